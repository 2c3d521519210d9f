//! Files that the page hands to the person.

use leptos::prelude::document;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::Array;
use leptos::web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// Saves a text as a file of this name and kind. False when the browser does not let it.
pub(in crate::ui) fn save_file(name: &str, kind: &str, text: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options);
    let Some(address) = blob.ok().and_then(|it| Url::create_object_url_with_blob(&it).ok()) else {
        return false;
    };
    let Ok(link) = document().create_element("a") else { return false };
    let named = link.set_attribute("download", name).and(link.set_attribute("href", &address));
    link.unchecked_ref::<HtmlElement>().click();
    // The click has read the address already.
    let _ = Url::revoke_object_url(&address);
    named.is_ok()
}
