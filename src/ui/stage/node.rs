//! A service, a view, a queue or a topic: its name, what it is doing, and who stands in line there.

use leptos::prelude::*;

use super::shapes::glyph;
use crate::app::view::{NodeStatus, Place, StandingTokens, status};
use crate::app::{Action, Lab, Selection};
use crate::ui::inspector::power;
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
pub(super) fn is_selected(desk: Desk, place: Place) -> Memo<bool> {
    desk.session.view(move |lab| lab.selection() == Some(&selection(place)))
}

/// The box.
pub(super) fn node(desk: Desk, place: Place) -> AnyView {
    let state = desk.session.view(move |lab| exists(lab, place).then(|| status(lab, place)));
    let selected = is_selected(desk, place);
    let class = move || {
        let role = state.with(|it| it.as_ref().map_or("service", |it| it.role));
        let down = state.with(|it| it.as_ref().is_some_and(|it| !it.up));
        format!("node node--{role}{}", if down { " node--down" } else { "" })
    };
    let content = move || state.get().map(inside);
    let waiting = move || state.get().map(|it| line(&it.waiting));
    let is_service = matches!(place, Place::Service(_));
    view! {
        <button
            type="button"
            class=class
            aria-pressed=move || selected.get().to_string()
            on:click=move |_| desk.act(Action::Select(Some(selection(place))))
        >
            {content}
        </button>
        <div class="node__line">{waiting}</div>
        <Show when=move || is_service && selected.get() && !desk.narrow.get()>
            <div class="node__power">{power(desk)}</div>
        </Show>
    }
    .into_any()
}

fn inside(it: NodeStatus) -> AnyView {
    let doing = if it.doing.is_empty() { it.role.to_owned() } else { it.doing };
    let dead = (it.dead > 0)
        .then(|| view! { <span class="node__dead">{format!("✕ {} dead", it.dead)}</span> });
    view! {
        <span class="node__name">{it.name}</span>
        <span class="node__doing">{doing}</span>
        {workers(it.busy, it.workers)}
        {dead}
    }
    .into_any()
}

/// Busy and free workers.
fn workers(busy: usize, all: usize) -> AnyView {
    if all == 0 {
        return ().into_any();
    }
    let words = format!("{busy} of {all} busy");
    if all > WORKERS_SHOWN_MAX {
        return view! { <span class="node__workers">{words}</span> }.into_any();
    }
    let title = words.clone();
    let worker = |it| view! { <span class="worker" class:worker--busy=it < busy></span> };
    view! {
        <span class="node__workers" title=title>
            <span class="hidden">{words}</span>
            {(0..all).map(worker).collect_view()}
        </span>
    }
    .into_any()
}

/// Messages that stand in line: each as its sign, or a count and a bar.
fn line(waiting: &StandingTokens) -> AnyView {
    if waiting.count == 0 {
        return ().into_any();
    }
    let words = format!("{} waiting", waiting.count);
    if waiting.count > StandingTokens::SHOWN_MAX {
        let length = format!("{}%", waiting.count.min(100));
        return view! {
            <span class="crowd">
                <span class="crowd__count">{words}</span>
                <span class="crowd__bar" style:inline-size=length></span>
            </span>
        }
        .into_any();
    }
    let signs = waiting.first.iter().map(|it| glyph(*it)).collect_view();
    view! {
        <span class="hidden">{words}</span>
        {signs}
    }
    .into_any()
}
