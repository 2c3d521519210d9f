//! Texts that lie beside the page, on its own host, or in the page itself.

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::XmlHttpRequest;

use super::shell::enclosed;

/// Fetches a text by its address relative to the page, and hands it over; `None` when it cannot be had.
pub(in crate::ui) fn fetch_text(address: &str, done: impl FnOnce(Option<String>) + 'static) {
    if let Some(text) = enclosed(address) {
        return done(Some(text));
    }
    let Ok(request) = XmlHttpRequest::new() else { return done(None) };
    if request.open("GET", address).is_err() {
        return done(None);
    }
    let ended = request.clone();
    let on_end = Closure::once_into_js(move || {
        let came = ended.status() == Ok(200);
        done(ended.response_text().ok().flatten().filter(|_| came));
    });
    request.set_onloadend(Some(on_end.unchecked_ref()));
    // An error ends the request as well: `loadend` tells.
    let _ = request.send();
}
