//! A service, a view, a queue or a topic: its name, what it is doing, and who stands in line there.

use leptos::prelude::*;

use super::shapes::glyph;
use crate::app::view::{NodeStatus, Place, StandingTokens, status};
use crate::app::{Action, Lab, Selection};
use crate::ui::inspector::power;
use crate::ui::leaf::{dynamic, nothing, on_click, shown, when, words};
use crate::ui::page::Desk;

/// Workers that are shown as signs; with more, numbers speak.
const WORKERS_SHOWN_MAX: usize = 6;

/// Is this place in the scenario that is open now?
fn exists(lab: &Lab, place: Place) -> bool {
    match place {
        Place::Person(it) => it < lab.world().people.len(),
        Place::Channel(it) => it < lab.scenario().channels.len(),
        Place::Service(it) => it < lab.scenario().services.len(),
    }
}

/// What to select with a click on this place.
pub(super) const fn selection(place: Place) -> Selection {
    match place {
        Place::Person(it) => Selection::Person(it),
        Place::Channel(it) => Selection::Channel(it),
        Place::Service(it) => Selection::Service(it),
    }
}

/// Is this place selected?
pub(super) fn is_selected(desk: Desk, place: Place) -> Signal<bool> {
    desk.session.view(move |lab| lab.selection() == Some(&selection(place)))
}

/// The box.
pub(super) fn node(desk: Desk, place: Place) -> AnyView {
    let state = desk.session.view(move |lab| exists(lab, place).then(|| status(lab, place)));
    let selected = is_selected(desk, place);
    let class = words(move || {
        state.with(|it| {
            let role = it.as_ref().map_or("service", |it| it.role);
            let down = it.as_ref().is_some_and(|it| !it.up);
            format!("node node--{role}{}", if down { " node--down" } else { "" })
        })
    });
    let content = move || state.with(|it| it.as_ref().map_or_else(nothing, inside));
    let waiting = move || state.with(|it| it.as_ref().map_or_else(nothing, |it| line(&it.waiting)));
    let is_service = matches!(place, Place::Service(_));
    let powered = when(move || is_service && selected.get() && !desk.narrow.get());
    let controls = move || view! { <div class="node__power">{power(desk)}</div> }.into_any();
    view! {
        <button
            type="button"
            class=class
            aria-pressed=words(move || selected.get().to_string())
            on:click=on_click(move || desk.act(Action::Select(Some(selection(place)))))
        >
            {dynamic(content)}
        </button>
        <div class="node__line">{dynamic(waiting)}</div>
        {shown(powered, controls)}
    }
    .into_any()
}

fn inside(it: &NodeStatus) -> AnyView {
    let doing = if it.doing.is_empty() { it.role } else { it.doing.as_str() };
    let dead = match it.dead {
        0 => nothing(),
        dead => span("node__dead", format!("✕ {dead} dead")),
    };
    view! {
        {span("node__name", it.name.clone())}
        {span("node__doing", doing.to_owned())}
        {workers(it.busy, it.workers)}
        {dead}
    }
    .into_any()
}

fn span(class: &'static str, words: String) -> AnyView {
    view! { <span class=class>{words}</span> }.into_any()
}

/// Busy and free workers.
fn workers(busy: usize, all: usize) -> AnyView {
    if all == 0 {
        return nothing();
    }
    let words = format!("{busy} of {all} busy");
    if all > WORKERS_SHOWN_MAX {
        return span("node__workers", words);
    }
    let worker = |it| span(if it < busy { "worker worker--busy" } else { "worker" }, String::new());
    let signs: Vec<AnyView> = (0..all).map(worker).collect();
    view! {
        <span class="node__workers">
            {span("hidden", words)}
            {signs}
        </span>
    }
    .into_any()
}

/// Messages that stand in line: each as its sign, or a count and a bar.
fn line(waiting: &StandingTokens) -> AnyView {
    if waiting.count == 0 {
        return nothing();
    }
    let words = format!("{} waiting", waiting.count);
    if waiting.count > StandingTokens::SHOWN_MAX {
        let length = format!("{}%", waiting.count.min(100));
        return view! {
            <span class="crowd">
                {span("crowd__count", words)}
                <span class="crowd__bar" style:inline-size=length></span>
            </span>
        }
        .into_any();
    }
    let signs: Vec<AnyView> = waiting.first.iter().map(|it| glyph(*it)).collect();
    view! { {span("hidden", words)} {signs} }.into_any()
}
