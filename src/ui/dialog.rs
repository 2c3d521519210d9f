//! A dialog: the browser's own, so that focus, Escape and what lies behind are its business.

use std::rc::Rc;

use leptos::prelude::queue_microtask;
use leptos::web_sys::{EventTarget, HtmlDialogElement};

use super::controls::button;
use super::icon::Icon;
use super::live::follow;
use super::view::{View, When, el, shown};

/// Shows `content` in a dialog while `open` holds, and calls `close` when the person puts it away.
pub(super) fn dialog(
    title: &'static str,
    open: When,
    close: impl Fn() + 'static,
    content: impl Fn() -> View + 'static,
) -> View {
    framed(title, open, Rc::new(close), Box::new(content))
}

fn framed(
    title: &'static str,
    open: When,
    close: Rc<dyn Fn()>,
    content: Box<dyn Fn() -> View>,
) -> View {
    let (by_button, by_key, by_click) = (close.clone(), close.clone(), close.clone());
    let frame = move || {
        let close = by_button.clone();
        let head = el("header.dialog__head").child(el("h2").text(title)).child(button(
            "button button--sign",
            Some(Icon::Cross),
            "Close",
            None,
            move || close(),
        ));
        let body = el("div.dialog__body").attr("tabindex", "0").child(content());
        el("div.dialog__frame").child(head).child(body)
    };
    let dialog = el("dialog.dialog").attr("aria-label", title).child(shown(open.clone(), frame));
    let element: HtmlDialogElement = dialog.element();
    let behind: EventTarget = dialog.element();
    follow(move || {
        let (open, element) = (open.holds(), element.clone());
        // A moment later: the dialog stands on the page then, and its content in it.
        queue_microtask(move || match (open, element.open()) {
            // It can only fail when the dialog is not on the page.
            (true, false) => drop(element.show_modal()),
            (false, true) => element.close(),
            _ => {}
        });
    });
    let shown: HtmlDialogElement = dialog.element();
    // Escape tells at once; that it is closed is told later, when somebody may have opened it again.
    let closed = move |_| {
        if !shown.open() {
            close();
        }
    };
    dialog.on("cancel", move |_| by_key()).on("close", closed).on("click", move |ev| {
        // A click on the dialog itself, not on something in it, is one on what lies behind.
        if ev.target().is_some_and(|it| it == behind) {
            by_click();
        }
    })
}
