//! A dialog: the browser's own, so that focus, Escape and what lies behind are its business.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use super::controls::button;
use super::icon::Icon;
use super::leaf::{Listener, shown};

/// Shows `content` in a dialog while `open` holds, and calls `close` when the person puts it away.
pub(super) fn dialog(
    title: &'static str,
    open: Signal<bool>,
    close: impl Fn() + Copy + Send + Sync + 'static,
    content: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let close = Callback::new(move |()| close());
    framed(title, open, close, ViewFn::from(content))
}

fn framed(
    title: &'static str,
    open: Signal<bool>,
    close: Callback<()>,
    content: ViewFn,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        match (open.get(), element.open()) {
            // It can only fail when the dialog is open already or not on the page.
            (true, false) => drop(element.show_modal()),
            (false, true) => element.close(),
            _ => {}
        }
    });
    // A click on the dialog itself, not on something in it, is one on what lies behind.
    let behind: Listener<MouseEvent> = Box::new(move |ev| {
        let target = ev.target();
        if target.is_some() && target == node.get_untracked().map(Into::into) {
            close.run(());
        }
    });
    let frame = move || {
        view! {
            <div class="dialog__frame">
                <header class="dialog__head">
                    <h2>{title}</h2>
                    {button("button button--sign", Some(Icon::Cross), "Close", None, move || close.run(()))}
                </header>
                <div class="dialog__body" tabindex="0">{content.run()}</div>
            </div>
        }
        .into_any()
    };
    let on_close: Listener<leptos::ev::Event> = Box::new(move |_| close.run(()));
    view! {
        <dialog class="dialog" node_ref=node on:close=on_close on:click=behind aria-label=title>
            {shown(open, frame)}
        </dialog>
    }
    .into_any()
}
