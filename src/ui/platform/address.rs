//! The address bar: what stands behind `#`.

use leptos::prelude::{location, location_hash, window};
use leptos::wasm_bindgen::JsValue;

use crate::ui::view::listen;

/// What stands behind `#`, if there is something.
pub(in crate::ui) fn fragment() -> Option<String> {
    location_hash().filter(|it| !it.is_empty())
}

/// Calls back whenever something else stands behind `#`.
pub(in crate::ui) fn on_fragment(changed: impl Fn(String) + 'static) {
    let moved = move |_| {
        if let Some(fragment) = fragment() {
            changed(fragment);
        }
    };
    listen(&window(), "hashchange", Box::new(moved));
}

/// The page's own address, without what stands behind `#`.
pub(in crate::ui) fn page_address() -> String {
    let whole = location().href().unwrap_or_default();
    match whole.split_once('#') {
        Some((before, _)) => before.to_owned(),
        None => whole,
    }
}

/// Takes away what stands behind `#`, without leaving a step in the browser's history.
pub(in crate::ui) fn forget_fragment() {
    if let (Some(_), Ok(history)) = (fragment(), window().history()) {
        // Refused on pages opened from a disk by some browsers: then it stays.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&page_address()));
    }
}
