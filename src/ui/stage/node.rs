//! A service, a view, a queue or a topic: its name, what it is doing, and who stands in line there.

use super::shapes::glyph;
use crate::app::view::{NodeStatus, Place, Shape, StandingTokens, status};
use crate::app::{Action, Lab, Selection};
use crate::ui::live::Live;
use crate::ui::page::Desk;
use crate::ui::powers::first_power;
use crate::ui::view::{View, dynamic, el, group, nothing, shown, when, words};

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
pub(super) fn is_selected(desk: Desk, place: Place) -> Live<bool> {
    desk.session.acted(move |lab| lab.selection() == Some(&selection(place)))
}

/// The box.
pub(super) fn node(desk: Desk, place: Place) -> View {
    let state = desk.session.view(move |lab| exists(lab, place).then(|| status(lab, place)));
    let selected = is_selected(desk, place);
    let class = words(move || {
        let state = state.read();
        let role = state.as_ref().map_or("service", |it| it.role);
        let down = state.as_ref().is_some_and(|it| !it.up);
        format!("node node--{role}{}", if down { " node--down" } else { "" })
    });
    let content = move || state.read().as_ref().map_or_else(nothing, inside);
    let waiting = move || state.read().as_ref().map_or_else(nothing, |it| line(&it.waiting));
    let is_service = matches!(place, Place::Service(_));
    let powered = when(move || is_service && selected.get() && !desk.narrow.get());
    let node = el("button")
        .attr("type", "button")
        .attr("class", class)
        .attr("aria-pressed", words(move || selected.get().to_string()))
        .on_click(move || desk.act(Action::Select(Some(selection(place)))))
        .child(dynamic(content));
    group()
        .child(node)
        .child(el("div.node__line").child(dynamic(waiting)))
        .child(shown(powered, move || el("div.node__power").child(first_power(desk))))
}

fn inside(it: &NodeStatus) -> View {
    let doing = if it.doing.is_empty() { it.role } else { it.doing.as_str() };
    let doing = match it.workers {
        // More workers than can be drawn are told.
        all if all > WORKERS_SHOWN_MAX => format!("{} of {all} busy, {doing}", it.busy),
        _ => doing.to_owned(),
    };
    let dead = match it.dead {
        0 => nothing(),
        dead => el("span.node__dead").text(format!("✕ {dead} dead")),
    };
    group()
        .child(el("span.node__name").text(it.name.clone()))
        .child(el("span.node__doing").text(doing))
        .child(workers(it.busy, it.workers))
        .child(dead)
}

/// Busy and free workers.
fn workers(busy: usize, all: usize) -> View {
    if all == 0 {
        return nothing();
    }
    let words = format!("{busy} of {all} busy");
    if all > WORKERS_SHOWN_MAX {
        return nothing();
    }
    let worker = |it| el(if it < busy { "span.worker.worker--busy" } else { "span.worker" });
    el("span.node__workers").child(el("span.hidden").text(words)).children((0..all).map(worker))
}

/// Messages that stand in line: each as its sign, or a count and a bar.
fn line(waiting: &StandingTokens) -> View {
    if waiting.count == 0 {
        return nothing();
    }
    let words = format!("{} waiting", waiting.count);
    if waiting.count > StandingTokens::SHOWN_MAX {
        let length = format!("{}%", waiting.count.min(100));
        return el("span.crowd")
            .child(el("span.crowd__count").text(words))
            .child(el("span.crowd__bar").style("inline-size", length));
    }
    let is_dim = |index: usize| waiting.dim.get(index) == Some(&true);
    let token = |(index, it): (usize, &Shape)| match glyph(*it) {
        token if is_dim(index) => el("span.dim").child(token),
        token => token,
    };
    let tokens = waiting.first.iter().enumerate().map(token);
    group().child(el("span.hidden").text(words)).children(tokens)
}
