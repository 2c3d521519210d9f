//! Buttons for what can be done by hand to what is selected. What cannot be done is grey and says why.
//!
//! What is selected can also be moved on the stage with them, for whoever cannot drag.

use super::controls::{button, select};
use super::icon::Icon;
use super::live::{Live, State};
use super::page::Desk;
use super::stage::nudge;
use super::view::{Row, View, dynamic, each, el, group, nothing, shown, when, words};
use crate::app::view::{Power, goals, powers};
use crate::app::{Action, Selection};
use crate::language::scenario::Movable;
use crate::service::NodeId;

type All = Live<Vec<Power>>;

/// All of them, with the choice of which copies of a message are meant, where there are several.
pub(super) fn powers_view(desk: Desk) -> View {
    let meant = State::new(None::<NodeId>);
    let there = desk.session.view(goals);
    // A copy that is gone is not meant any more: then all are.
    let to = Live::new(move || {
        let to = meant.get();
        to.filter(|it| there.read().iter().any(|goal| goal.0 == *it))
    });
    let all: All = Live::new(move || {
        desk.session.track_world();
        powers(&desk.session.lab(), to.get())
    });
    let row = move |it: Power| Row::new(it.words.clone(), move || power_button(desk, all, it));
    let buttons = each(move || all.get().into_iter().map(row).collect());
    let several = when(move || !there.read().is_empty());
    let choice = move || {
        let every = (String::new(), "All of them".to_owned());
        let options =
            there.get().into_iter().map(|(id, name)| (id.to_string(), format!("For {name}")));
        let options = std::iter::once(every).chain(options).collect();
        let value = words(move || to.get().map_or_else(String::new, |it| it.to_string()));
        select("field field--wide", "Which copies", options, value, move |it| {
            meant.set(it.parse().ok());
        })
    };
    group()
        .child(shown(several, move || dynamic(choice)))
        .child(el("div.powers").child(buttons))
        .child(dynamic(move || objections(&all.read())))
        .child(moves(desk))
}

/// Four arrows that move what is selected.
fn moves(desk: Desk) -> View {
    let chosen = desk.session.acted(|lab| match lab.selection() {
        Some(Selection::Service(id)) => Some(Movable::Service(*id)),
        Some(Selection::Channel(id)) => Some(Movable::Channel(*id)),
        _ => None,
    });
    let is_wide = move || desk.layout.read().as_ref().is_some_and(|it| !it.narrow);
    let arrows = move || {
        let arrow = move |sign, words: &'static str, columns, rows| {
            let act = move || {
                if let Some(node) = *chosen.peek() {
                    nudge(desk, node, columns, rows);
                }
            };
            button("button button--sign", Some(sign), words, None, act)
        };
        el("div.moves")
            .attr("role", "group")
            .attr("aria-label", "Its place on the stage")
            .child(el("span.muted").text("Its place on the stage"))
            .child(arrow(Icon::Left, "Move left", -1, 0))
            .child(arrow(Icon::Up, "Move up", 0, -1))
            .child(arrow(Icon::Down, "Move down", 0, 1))
            .child(arrow(Icon::Right, "Move right", 1, 0))
    };
    shown(when(move || chosen.get().is_some() && is_wide()), arrows)
}

/// The first of them, for the stage.
pub(super) fn first_power(desk: Desk) -> View {
    let all: All = desk.session.view(|lab| powers(lab, None));
    let first = Live::new(move || all.read().first().cloned());
    dynamic(move || first.get().map_or_else(nothing, |it| power_button(desk, all, it)))
}

/// A button stays while its words stay; whether it can be pressed follows.
fn power_button(desk: Desk, all: All, it: Power) -> View {
    let Power { words: name, harms, .. } = it;
    let now = move |words: &str| all.read().iter().find(|it| it.words == words).cloned();
    let (class, sign) =
        if harms { ("button button--danger", Icon::Cross) } else { ("button", Icon::Restart) };
    let pressed = name.clone();
    let act = move || {
        let power = all.peek().iter().find(|it| it.words == pressed).cloned();
        if let Some(input) = power.filter(|it| it.objection.is_none()).and_then(|it| it.input) {
            desk.act(Action::Do(input));
        }
    };
    let off = name.clone();
    let off = when(move || now(&off).is_some_and(|it| it.objection.is_some()));
    button(class, Some(sign), name, None, act).flag("aria-disabled", "true", off)
}

/// Why some of them cannot be pressed.
fn objections(all: &[Power]) -> View {
    // What is the same for all of them is said once.
    let first = all.first().and_then(|it| it.objection);
    let is_same = all.iter().all(|it| it.objection == first);
    let rows: Vec<String> = match first {
        Some(why) if is_same => vec![why.to_owned()],
        _ => {
            let say = |it: &Power| it.objection.map(|why| [it.words.as_str(), ": ", why].concat());
            all.iter().filter_map(say).collect()
        }
    };
    if rows.is_empty() {
        return nothing();
    }
    el("ul.powers__objections").children(rows.into_iter().map(|it| el("li").text(it)))
}
