//! Links: copied to the clipboard, or shown to be copied by hand.

use gloo_timers::callback::Timeout;
use leptos::web_sys::HtmlTextAreaElement;

use super::dialog::dialog;
use super::page::{Desk, Opened};
use super::platform::{copy, page_address};
use super::view::{View, el, group, when};
use crate::app::link;

/// How long the status line says that a link has been copied.
const NOTE_MILLIS: u32 = 4_000;

/// Copies the link that reproduces the lab as it stands.
pub(super) fn copy_link(desk: Desk) {
    let address = format!("{}#{}", page_address(), link::write(&desk.session.lab()));
    let shown = address.clone();
    copy(&address, move |copied| {
        if copied {
            let length = shown.chars().count();
            desk.note.set(format!("Link copied, {length} characters"));
            Timeout::new(NOTE_MILLIS, move || desk.note.set(String::new())).forget();
        } else {
            desk.opened.set(Some(Opened::Link(shown)));
        }
    });
}

/// The dialog for browsers that do not let the page write to the clipboard.
pub(super) fn link_dialog(desk: Desk) -> View {
    let is_open = when(move || matches!(*desk.opened.read(), Some(Opened::Link(_))));
    let close = move || {
        if matches!(*desk.opened.peek(), Some(Opened::Link(_))) {
            desk.opened.set(None);
        }
    };
    let content = move || {
        let link = match &*desk.opened.peek() {
            Some(Opened::Link(link)) => link.clone(),
            _ => String::new(),
        };
        let length = format!("{} characters", link.chars().count());
        let field = el("textarea.code")
            .attr("autofocus", "")
            .attr("readonly", "")
            .attr("rows", "5")
            .attr("aria-label", "Link")
            .value(link);
        let element: HtmlTextAreaElement = field.element();
        group()
            .child(el("p").text(
                "The browser does not let this page use the clipboard. Copy the selected text by hand.",
            ))
            .child(field.on("focus", move |_| element.select()))
            .child(el("p.muted").text(length))
    };
    dialog("Copy link", is_open, close, content)
}
