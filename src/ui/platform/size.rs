//! How large an element is, in the page's pixels.

use leptos::prelude::{StoredValue, WithValue, on_cleanup};
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Element, ResizeObserver};

use crate::ui::live::{Live, State};

/// The inner width and height of an element, in whole pixels; zero before it is on the page. Follows it until whoever
/// asked is gone.
pub(in crate::ui) fn use_size(element: &Element) -> Live<(f64, f64)> {
    let size = State::new((0.0, 0.0));
    let measured = element.clone();
    let measure = Closure::<dyn Fn()>::new(move || {
        let now = (f64::from(measured.client_width()), f64::from(measured.client_height()));
        if *size.peek() != now {
            size.set(now);
        }
    });
    if let Ok(observer) = ResizeObserver::new(measure.into_js_value().unchecked_ref()) {
        observer.observe(element);
        let observer = StoredValue::new_local(observer);
        on_cleanup(move || {
            observer.try_with_value(ResizeObserver::disconnect);
        });
    }
    *size
}
