//! What has come in from outside, before anything of it runs: what it is, what it would replace, yes or no.

use super::controls::{button, pair};
use super::dialog::dialog;
use super::icon::{Icon, icon};
use super::keeping::keep_offered;
use super::page::Desk;
use super::view::{View, dynamic, el, group, nothing, when};
use crate::app::Action;
use crate::app::view::{OfferView, offer};

/// The dialog.
pub(super) fn offer_dialog(desk: Desk) -> View {
    let offered = desk.session.acted(offer);
    let close = move || {
        let waits = desk.session.lab().offer().is_some();
        if waits {
            desk.act(Action::Decline);
        }
    };
    let content =
        move || dynamic(move || offered.read().as_ref().map_or_else(nothing, |it| card(desk, it)));
    dialog("Open this?", when(move || offered.read().is_some()), close, content)
}

fn card(desk: Desk, it: &OfferView) -> View {
    let fact = |(name, value): &(&'static str, String)| {
        pair("facts__row", group().text(*name), group().text(value.clone()))
    };
    let note = |it: &String| {
        el("p.offer__note").child(icon(Icon::Warning)).child(el("span").text(it.clone()))
    };
    let no = button("button", None, "Leave it", None, move || desk.act(Action::Decline));
    let yes = move || {
        keep_offered(desk);
        desk.opened.set(None);
        desk.act(Action::Accept);
    };
    let yes = button("button button--main", None, it.yes, None, yes);
    el("div.offer")
        .child(el("h3.offer__title").text(it.title.clone()))
        .child(el("p.offer__summary").text(it.summary.clone()))
        .child(el("dl.facts").children(it.facts.iter().map(fact)))
        .children(it.notes.iter().map(note))
        .child(el("p.muted").text(it.replaces.clone()))
        .child(el("p.dialog__actions").child(no).child(yes))
}
