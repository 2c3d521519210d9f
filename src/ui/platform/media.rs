//! What the person has set in the system: media queries as signals.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::MediaQueryList;

type Kept = (MediaQueryList, Closure<dyn FnMut()>);

/// Does a media query hold? Follows it until the owner ends.
pub(in crate::ui) fn use_media(query: &str) -> ReadSignal<bool> {
    let list = window().match_media(query).ok().flatten();
    let (holds, set_holds) = signal(list.as_ref().is_some_and(MediaQueryList::matches));
    if let Some(list) = list {
        let watched = list.clone();
        let on_change = Closure::<dyn FnMut()>::new(move || {
            set_holds.try_set(watched.matches());
        });
        let _ = list.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
        let kept = StoredValue::new_local(Some::<Kept>((list, on_change)));
        on_cleanup(move || {
            if let Some(Some((list, on_change))) = kept.try_update_value(Option::take) {
                let on_change = on_change.as_ref().unchecked_ref();
                let _ = list.remove_event_listener_with_callback("change", on_change);
            }
        });
    }
    holds
}
