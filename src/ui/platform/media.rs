//! What the person has set in the system: media queries as live values.

use leptos::prelude::window;
use leptos::web_sys::MediaQueryList;

use crate::ui::live::{Live, State};
use crate::ui::view::listen;

/// Does a media query hold? Follows it as long as there is a page.
pub(in crate::ui) fn use_media(query: &str) -> Live<bool> {
    let list = window().match_media(query).ok().flatten();
    let holds = State::new(list.as_ref().is_some_and(MediaQueryList::matches));
    if let Some(list) = list {
        let watched = list.clone();
        listen(&list, "change", Box::new(move |_| holds.set(watched.matches())));
    }
    *holds
}
