//! What must hold, and whether it does.

use leptos::prelude::*;

use super::controls::button;
use super::icon::{Icon, icon};
use super::leaf::{dynamic, nothing};
use super::page::Desk;
use crate::app::Action;
use crate::app::view::{InvariantView, invariants};
use crate::world::InvariantStanding;

/// The panel's tab.
pub(super) fn invariants_panel(desk: Desk) -> AnyView {
    let all = desk.session.view(invariants);
    let list = move || {
        let all = all.get();
        if all.is_empty() {
            let words = "This scenario states no rule. A text can: under “invariants”.";
            return view! { <p>{words}</p> }.into_any();
        }
        let rules: Vec<AnyView> = all.into_iter().map(|it| rule(desk, it)).collect();
        view! { <ul class="rules">{rules}</ul> }.into_any()
    };
    view! {
        <h2 class="panel__title">"What must hold"</h2>
        {dynamic(list)}
    }
    .into_any()
}

fn rule(desk: Desk, it: InvariantView) -> AnyView {
    let (class, sign) = match it.standing {
        InvariantStanding::Open => ("verdict", Icon::Dash),
        InvariantStanding::Holds => ("verdict verdict--good", Icon::Check),
        InvariantStanding::Broken => ("verdict verdict--bad", Icon::Cross),
    };
    let first = it.first_violation.map_or_else(nothing, |at| {
        let words = format!("First broken at {at}");
        button("button", None, words, None, move || desk.act(Action::Seek(at)))
    });
    view! {
        <li class="rule">
            <p class="rule__name">{it.name}</p>
            <p class="rule__state">
                <span class=class>{icon(sign)}{it.words}</span>
                <span class="muted">{it.when}</span>
            </p>
            {first}
        </li>
    }
    .into_any()
}
