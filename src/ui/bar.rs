//! The bar on top: what is open, how intents are handled, and what can be done with the whole.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::page::{Desk, Opened};
use super::share::copy_link;
use crate::app::{Action, Lab};
use crate::interaction::{Interaction, PRESETS};
use crate::language::scenario::{ClientId, ScreenItem};

/// The bar.
pub(super) fn bar(desk: Desk) -> AnyView {
    let title = desk.session.view(|lab| lab.scenario().title.clone());
    let button = move |words: &'static str, sign: Icon, act: fn(Desk)| {
        view! {
            <button type="button" class="button" aria-label=words title=words on:click=move |_| act(desk)>
                {icon(sign)}
                <span class="button__words">{words}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <header class="bar">
            <p class="bar__mark">"Inflight"</p>
            <h1 class="bar__title">{title}</h1>
            {move || (!desk.narrow.get()).then(|| interactions(desk))}
            <div class="bar__actions">
                {button("Open a scenario", Icon::Open, |desk| desk.opened.set(Some(Opened::Scenarios)))}
                {button("Copy link", Icon::Link, copy_link)}
                {button("Display", Icon::Display, |desk| desk.opened.set(Some(Opened::Display)))}
                {button("Help", Icon::Help, |desk| desk.opened.set(Some(Opened::Help)))}
            </div>
        </header>
    }
    .into_any()
}

/// The classes of people who can send something, by id and name.
fn classes(lab: &Lab) -> Vec<(ClientId, String)> {
    let classes = lab.scenario().clients.iter().enumerate();
    let classes =
        classes.filter(|(_, it)| it.screen.iter().any(|item| matches!(item, ScreenItem::Form(_))));
    classes.map(|(id, it)| (id, it.name.clone())).collect()
}

/// How the intents of each class of people are handled, and what that means for them.
pub(super) fn interactions(desk: Desk) -> AnyView {
    let classes = desk.session.view(classes);
    let several = move || classes.with(|it| it.len() > 1);
    view! {
        <div class="interactions">
            <For each=move || classes.get() key=Clone::clone let((client, name))>
                {interaction(desk, client, &name, several())}
            </For>
        </div>
    }
    .into_any()
}

fn interaction(desk: Desk, client: ClientId, name: &str, several: bool) -> AnyView {
    let chosen = desk.session.view(move |lab| {
        let there = client < lab.scenario().clients.len();
        there.then(|| lab.world().interaction(client)).as_ref().and_then(Interaction::preset)
    });
    let label = if several { format!("Interaction of {name}") } else { "Interaction".to_owned() };
    let choose = move |name: String| {
        if let Some(preset) = PRESETS.iter().find(|it| it.name == name) {
            desk.act(Action::Choose(client, preset.interaction));
        }
    };
    let meaning = move || {
        chosen
            .get()
            .map_or("A combination of choices that has no name of its own.", |it| it.meaning)
    };
    view! {
        <div class="interaction">
            <label class="field">
                <span class="field__label">{label}</span>
                <select
                    prop:value=move || chosen.get().map_or("", |it| it.name)
                    on:change:target=move |ev| choose(ev.target().value())
                >
                    {move || chosen.get().is_none().then(|| view! { <option value="">"Its own"</option> })}
                    {PRESETS
                        .iter()
                        .map(|it| {
                            let selected = move || chosen.get().is_some_and(|now| now.name == it.name);
                            view! { <option value=it.name selected=selected>{it.label}</option> }
                        })
                        .collect_view()}
                </select>
            </label>
            <p class="interaction__meaning">{meaning}</p>
        </div>
    }
    .into_any()
}
