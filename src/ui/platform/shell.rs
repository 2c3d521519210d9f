//! The shell: plain script in the page that is there before the lab and stays when the lab is gone. See
//! `shell/shell.js`.
//!
//! What is kept there outlives a crash and a reload.

use std::panic;

use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Function, Reflect};

/// What stood here before the page was loaded again.
pub(in crate::ui) struct Back {
    /// The link to the lab as it was.
    pub(in crate::ui) link: String,
    /// A text that was being written.
    pub(in crate::ui) draft: Option<String>,
    /// The document as which it was kept.
    pub(in crate::ui) document: Option<String>,
    /// Was it being played?
    pub(in crate::ui) plays: bool,
    /// May nothing of it come about by itself?
    pub(in crate::ui) still: bool,
}

/// Something of the shell; undefined when there is none.
fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

fn part(name: &str) -> JsValue {
    get(&get(&window(), "shell"), name)
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    get(of, name).as_string().filter(|it| !it.is_empty())
}

/// Hands every panic to the shell, which stops the page and says what can be done.
pub(in crate::ui) fn show_panics() {
    panic::set_hook(Box::new(|mistake| {
        if let Ok(crash) = part("crash").dyn_into::<Function>() {
            let _ = crash.call1(&JsValue::NULL, &mistake.to_string().into());
        }
    }));
}

/// Keeps a text under a name: `link`, `text`, `draft`, `document` or `plays`. An empty one is none.
pub(in crate::ui) fn leave(name: &str, text: &str) {
    let _ = Reflect::set(&part("kept"), &name.into(), &text.into());
}

/// What stood here, if somebody comes back to it.
pub(in crate::ui) fn came_back() -> Option<Back> {
    let back = part("back");
    Some(Back {
        link: text(&back, "link")?,
        draft: text(&back, "draft"),
        document: text(&back, "document"),
        plays: text(&back, "plays").is_some(),
        still: get(&back, "still").is_truthy(),
    })
}

/// A text that stands in the page itself, when the page is a single file.
pub(in crate::ui) fn enclosed(address: &str) -> Option<String> {
    text(&part("texts"), address)
}
