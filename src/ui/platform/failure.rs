//! The last words: what the page shows when it has found a mistake of its own and stopped.

use std::panic;

use leptos::prelude::document;

/// Shows every panic on the page, instead of a page that does not answer any more.
pub(in crate::ui) fn show_panics() {
    panic::set_hook(Box::new(|mistake| {
        let words = format!(
            "The lab has found a mistake of its own and stopped. Reload the page to go on. ({mistake})"
        );
        let (Some(body), Ok(note)) = (document().body(), document().create_element("p")) else {
            return;
        };
        note.set_text_content(Some(&words));
        // Neither can fail on a fresh element.
        let _ = note.set_attribute("role", "alert");
        let _ = note.set_attribute("class", "failure");
        let _ = body.append_child(&note);
    }));
}
