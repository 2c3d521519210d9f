//! A few choices that the browser keeps until the next visit. Browsers may refuse to; then nothing is kept.

use leptos::prelude::window;

const PREFIX: &str = "inflight.";

/// What was kept under this name.
pub(in crate::ui) fn kept(name: &str) -> Option<String> {
    let storage = window().local_storage().ok().flatten()?;
    storage.get_item(&format!("{PREFIX}{name}")).ok().flatten()
}

/// Keeps a value under this name.
pub(in crate::ui) fn keep(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(&format!("{PREFIX}{name}"), value);
    }
}
