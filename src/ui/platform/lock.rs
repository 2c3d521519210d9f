//! One writer for each document: a lock that all tabs of the browser see.
//!
//! Pages without encryption have none. Then everybody is told yes, and the archive notices by the copies that are
//! there whether somebody else has written.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::window;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Function, Object, Promise, Reflect};

thread_local! {
    /// Lets the lock go that this tab holds.
    static RELEASE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Asks for the lock of this name, by force if need be, and lets go the one that was held. Tells whether this tab
/// holds it, and later when another one has taken it.
pub(in crate::ui) fn lock(name: &str, force: bool, told: impl Fn(bool) + 'static) {
    unlock();
    let told = Rc::new(told);
    let locks = get(&window().navigator(), "locks");
    let Ok(request) = get(&locks, "request").dyn_into::<Function>() else { return told(true) };
    let options = Object::new();
    let how = if force { "steal" } else { "ifAvailable" };
    let _ = Reflect::set(&options, &how.into(), &JsValue::TRUE);
    let asked = told.clone();
    let answer = Closure::once_into_js(move |lock: JsValue| {
        asked(!lock.is_null());
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        // It is held until this promise is kept.
        Promise::new(&mut |release, _| RELEASE.set(Some(release))).into()
    });
    let held = request.call3(&locks, &["inflight.", name].concat().into(), &options, &answer);
    // A frame that may have no locks has no other tabs either: only force of another tab takes one away.
    let lost = Closure::once_into_js(move |reason: JsValue| {
        told(get(&reason, "name").as_string().as_deref() != Some("AbortError"));
    });
    if let Ok(held) = held
        && let Ok(then) = get(&held, "then").dyn_into::<Function>()
    {
        let _ = then.call2(&held, &JsValue::UNDEFINED, &lost);
    }
}

/// Lets the lock go that this tab holds.
pub(in crate::ui) fn unlock() {
    if let Some(release) = RELEASE.take() {
        let _ = release.call0(&JsValue::NULL);
    }
}
