//! The clipboard, which browsers refuse on pages without encryption and without a click.

use leptos::prelude::window;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::Reflect;

/// Puts a text on the clipboard, and tells whether that worked.
pub(in crate::ui) fn copy(text: &str, done: impl FnOnce(bool) + Clone + 'static) {
    let navigator = window().navigator();
    // Looked up by hand: browsers leave the clipboard out of insecure pages, where the typed call would throw.
    let clipboard = Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    let Some(clipboard) = clipboard.ok().filter(|it| !it.is_undefined()) else {
        return done(false);
    };
    let clipboard: leptos::web_sys::Clipboard = clipboard.unchecked_into();
    let refused = done.clone();
    let on_done = Closure::once_into_js(move |_: JsValue| done(true));
    let on_refused = Closure::once_into_js(move |_: JsValue| refused(false));
    let promise = clipboard.write_text(text);
    let then = Reflect::get(&promise, &JsValue::from_str("then"));
    if let Some(then) =
        then.ok().and_then(|it| it.dyn_into::<leptos::web_sys::js_sys::Function>().ok())
    {
        // An error here could only say that the promise is none.
        let _ = then.call2(&promise, &on_done, &on_refused);
    }
}
