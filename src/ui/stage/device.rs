//! A person's device: the real screen of the scenario, to be used.

use leptos::prelude::*;

use super::form::form;
use super::node::{is_selected, selection};
use crate::app::Action;
use crate::app::view::{ItemView, ListView, Place, ScreenView, screen};
use crate::ui::icon::{Icon, icon};
use crate::ui::inspector::table;
use crate::ui::page::Desk;

/// The device.
pub(super) fn device(desk: Desk, person: usize) -> AnyView {
    let shown = desk
        .session
        .view(move |lab| (person < lab.world().people.len()).then(|| screen(lab, person)));
    let Some(first) = shown.get_untracked() else { return ().into_any() };
    let place = Place::Person(person);
    let selected = is_selected(desk, place);
    let initial = first.name.chars().next().map(String::from).unwrap_or_default();
    let label = format!("{}'s screen", first.name);
    let marked = first.items.iter().position(|it| matches!(it, ItemView::Form(_)));
    let items = first.items.into_iter().enumerate().map(|(index, it)| match it {
        ItemView::Form(it) => {
            form(desk, person, it, person == 0 && marked == Some(index), item(shown, index))
        }
        ItemView::List(it) => list(it.label, item(shown, index)),
    });
    view! {
        <section class="device" class:device--selected=selected aria-label=label>
            <button
                type="button"
                class="device__person"
                aria-pressed=move || selected.get().to_string()
                on:click=move |_| desk.act(Action::Select(Some(selection(place))))
            >
                <span class="device__face" aria-hidden="true">{initial}</span>
                <span class="device__name">{first.name}</span>
            </button>
            <div class="device__screen">
                {items.collect_view()}
            </div>
        </section>
    }
    .into_any()
}

/// One item of a screen, as long as it is there.
fn item(shown: Memo<Option<ScreenView>>, index: usize) -> Memo<Option<ItemView>> {
    Memo::new(move |_| shown.with(|it| it.as_ref().and_then(|it| it.items.get(index)).cloned()))
}

fn list(label: String, item: Memo<Option<ItemView>>) -> AnyView {
    let content = move || match item.get() {
        Some(ItemView::List(it)) => Some(rows(it)),
        _ => None,
    };
    view! { <div class="list" tabindex="0" role="group" aria-label=label>{content}</div> }
        .into_any()
}

fn rows(it: ListView) -> AnyView {
    let behind = it.behind.then(|| {
        view! { <span class="list__behind">{icon(Icon::Clock)}"catching up…"</span> }
    });
    view! {
        <p class="list__label">
            <span>{it.label}</span>
            {behind}
        </p>
        {table(it.columns, it.rows)}
    }
    .into_any()
}
