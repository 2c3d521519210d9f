//! How large an element is, in the page's pixels.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::ResizeObserver;

type Kept = (ResizeObserver, Closure<dyn FnMut()>);

/// The inner width and height of an element, in whole pixels; zero before it is there. Ends with its owner.
pub(in crate::ui) fn use_size(node: NodeRef<Div>) -> ReadSignal<(f64, f64)> {
    let (size, set_size) = signal((0.0, 0.0));
    let kept = StoredValue::new_local(None::<Kept>);
    node.on_load(move |element| {
        let measured = element.clone();
        let measure = move || {
            let now = (f64::from(measured.client_width()), f64::from(measured.client_height()));
            if size.try_get_untracked().is_some_and(|it| it != now) {
                set_size.try_set(now);
            }
        };
        measure();
        let on_resize = Closure::<dyn FnMut()>::new(measure);
        if let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
            observer.observe(&element);
            kept.try_set_value(Some((observer, on_resize)));
        }
    });
    on_cleanup(move || {
        if let Some(Some((observer, _))) = kept.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
    size
}
