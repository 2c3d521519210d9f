//! Links: copied to the clipboard, or shown to be copied by hand.

use leptos::ev::FocusEvent;
use leptos::html::Textarea;
use leptos::prelude::*;

use super::dialog::dialog;
use super::leaf::{Listener, when};
use super::page::{Desk, Opened};
use super::platform::{copy, page_address};
use crate::app::link;

/// Copies the link that reproduces the lab as it stands.
pub(super) fn copy_link(desk: Desk) {
    let address = format!("{}#{}", page_address(), desk.session.peek(link::write));
    let shown = address.clone();
    copy(&address, move |copied| {
        if copied {
            let length = shown.chars().count();
            desk.note.try_set(format!("Link copied, {length} characters"));
            let clear = move || drop(desk.note.try_set(String::new()));
            set_timeout(clear, std::time::Duration::from_secs(4));
        } else {
            desk.opened.try_set(Some(Opened::Link(shown)));
        }
    });
}

/// The dialog for browsers that do not let the page write to the clipboard.
pub(super) fn link_dialog(desk: Desk) -> AnyView {
    let link = Memo::new(move |_| match desk.opened.get() {
        Some(Opened::Link(link)) => Some(link),
        _ => None,
    });
    let close = move || {
        if link.with_untracked(Option::is_some) {
            desk.opened.set(None);
        }
    };
    let content = move || {
        let text = link.get().unwrap_or_default();
        let length = text.chars().count();
        let node = NodeRef::<Textarea>::new();
        let select: Listener<FocusEvent> = Box::new(move |_| {
            if let Some(element) = node.get_untracked() {
                element.select();
            }
        });
        view! {
            <p>"The browser does not let this page use the clipboard. Copy the selected text by hand."</p>
            <textarea
                class="code"
                node_ref=node
                autofocus
                readonly
                rows="5"
                aria-label="Link"
                on:focus=select
            >
                {text}
            </textarea>
            <p class="muted">{format!("{length} characters")}</p>
        }
        .into_any()
    };
    dialog("Copy link", when(move || link.with(Option::is_some)), close, content)
}
