//! What the page can have of the screen: how large its letters are, all of it, and the moment before it is painted.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

use crate::base::number;

/// The size of the page's usual letters, in pixels.
pub(in crate::ui) fn letter_size() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|it| window().get_computed_style(&it).ok().flatten());
    let size = style.and_then(|it| it.get_property_value("font-size").ok());
    let size = size.and_then(|it| number::parse(it.trim_end_matches("px")));
    size.filter(|it| 1.0 <= *it).unwrap_or(16.0)
}

/// Fills the screen with the page, or leaves that. A browser that cannot do it stays as it is.
pub(in crate::ui) fn toggle_full_screen() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else if let Some(root) = document().document_element() {
        let _ = root.request_fullscreen();
    }
}

/// Does something once, just before the page is painted the next time.
pub(in crate::ui) fn before_next_paint(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    let _ = window().request_animation_frame(act.unchecked_ref());
}
