//! What must hold, and whether it does.

use super::controls::button;
use super::icon::{Icon, icon};
use super::page::Desk;
use super::view::{View, dynamic, el, group, nothing};
use crate::app::view::{InvariantView, invariants};
use crate::app::{Action, Until};
use crate::world::InvariantStanding;

/// The panel's tab.
pub(super) fn invariants_panel(desk: Desk) -> View {
    let all = desk.session.view(invariants);
    let list = move || {
        let all = all.get();
        if all.is_empty() {
            return el("p").text("This scenario states no rule. A text can: under “invariants”.");
        }
        let next = move || desk.act(Action::RunUntil(Until::Violation));
        group()
            .child(el("ul.rules").children(all.into_iter().map(|it| rule(desk, it))))
            .child(button("button", Some(Icon::Play), "Run until the next violation", None, next))
    };
    group().child(el("h2.panel__title").text("What must hold")).child(dynamic(list))
}

fn rule(desk: Desk, it: InvariantView) -> View {
    let (verdict, sign) = match it.standing {
        InvariantStanding::Open => ("span.verdict", Icon::Dash),
        InvariantStanding::Holds => ("span.verdict.verdict--good", Icon::Check),
        InvariantStanding::Broken => ("span.verdict.verdict--bad", Icon::Cross),
    };
    let first = it.first_violation.map_or_else(nothing, |(at, select)| {
        let words = format!("First broken at {at}");
        button("button", None, words, None, move || desk.act(Action::Jump(at, select.clone())))
    });
    let state = el("p.rule__state")
        .child(el(verdict).child(icon(sign)).text(it.words))
        .child(el("span.muted").text(it.when));
    el("li.rule").child(el("p.rule__name").text(it.name)).child(state).child(first)
}
