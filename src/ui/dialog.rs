//! A dialog: the browser's own, so that focus, Escape and what lies behind are its business.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, icon};

/// Shows `content` in a dialog while `open` holds, and calls `close` when the person puts it away.
pub(super) fn dialog(
    title: &'static str,
    open: Signal<bool>,
    close: impl Fn() + Copy + Send + Sync + 'static,
    content: impl Fn() -> AnyView + Send + Sync + 'static,
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
    let behind = move |ev: MouseEvent| {
        let target = ev.target();
        if target.is_some() && target == node.get_untracked().map(Into::into) {
            close();
        }
    };
    view! {
        <dialog class="dialog" node_ref=node on:close=move |_| close() on:click=behind aria-label=title>
            <Show when=move || open.get()>
                <div class="dialog__frame">
                    <header class="dialog__head">
                        <h2>{title}</h2>
                        <button type="button" class="button button--plain" aria-label="Close" on:click=move |_| close()>
                            {icon(Icon::Cross)}
                        </button>
                    </header>
                    <div class="dialog__body" tabindex="0">{content()}</div>
                </div>
            </Show>
        </dialog>
    }
    .into_any()
}
