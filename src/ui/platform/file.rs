//! Files that a person chooses or drops on the page.

use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{DragEvent, File, FileReader};

use crate::base::limits::ARCHIVE_BYTES_MAX;

/// The largest file that is read at all. What a scenario may have is the gate's business.
const BYTES_MAX: f64 = ARCHIVE_BYTES_MAX as f64;

/// Reads a file as text and hands over its name and its text; `None` when it cannot be read.
pub(in crate::ui) fn read_text(file: &File, done: impl FnOnce(String, Option<String>) + 'static) {
    let name = file.name();
    let Ok(reader) = FileReader::new() else { return done(name, None) };
    if file.size() > BYTES_MAX {
        return done(name, None);
    }
    let finished = reader.clone();
    let on_end = Closure::once_into_js(move || {
        let text = finished.result().ok().and_then(|it| it.as_string());
        done(name, text);
    });
    reader.set_onloadend(Some(on_end.unchecked_ref()));
    // An error ends the reading as well: `loadend` tells.
    let _ = reader.read_as_text(file);
}

/// Is something being dragged that holds a file?
pub(in crate::ui) fn carries_files(ev: &DragEvent) -> bool {
    let kinds = ev.data_transfer().map(|it| it.types());
    kinds.is_some_and(|it| it.includes(&JsValue::from_str("Files"), 0))
}

/// The first file that has been dropped.
pub(in crate::ui) fn dropped_file(ev: &DragEvent) -> Option<File> {
    ev.data_transfer()?.files()?.get(0)
}
