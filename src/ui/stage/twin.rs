//! The canvas' twin: messages in the air as a list, for the keyboard and for screen readers.
//!
//! It follows the beat and not the frames, and it shows itself when the keyboard is in it.

use std::sync::Arc;

use leptos::ev::FocusEvent;
use leptos::prelude::*;

use crate::app::view::{Layout, Shape, flights};
use crate::ui::inspector::message_button;
use crate::ui::leaf::{Listener, Row, each, words};
use crate::ui::page::Desk;

/// Messages that are listed at most.
const LISTED_MAX: usize = 30;

type Listed = (u64, Arc<str>, Shape);

/// The list.
pub(super) fn twin(desk: Desk, layout: Memo<Layout>) -> AnyView {
    let inside = RwSignal::new(false);
    let playing = desk.session.timely(|lab| lab.playback().playing);
    let rows = Memo::new(move |before: Option<&Vec<Listed>>| {
        desk.beat.get();
        // While the keyboard is in a moving list, it stands: nobody can press what runs away.
        if let (true, true, Some(before)) = (inside.get(), playing.get(), before) {
            return before.clone();
        }
        let all = layout.with(|layout| desk.session.peek(|lab| flights(lab, layout)));
        let mut rows: Vec<Listed> = Vec::new();
        // Copies for several readers are one message.
        for it in all.into_iter().filter(|it| !it.lost) {
            if rows.len() < LISTED_MAX && rows.iter().all(|row| row.0 != it.message) {
                rows.push((it.message, it.name, it.shape));
            }
        }
        rows
    });
    let count = words(move || match rows.with(Vec::len) {
        0 => "No message is in the air".to_owned(),
        1 => "1 message in the air".to_owned(),
        it => format!("{it} messages in the air"),
    });
    let list = move || {
        let row = |(id, name, shape): (u64, Arc<str>, Shape)| {
            let words = format!("{name}, {}", shape.word());
            Row::new(id.to_string(), move || message_button(desk, id, words))
        };
        rows.get().into_iter().map(row).collect()
    };
    let focus =
        move |is_inside| -> Listener<FocusEvent> { Box::new(move |_| inside.set(is_inside)) };
    view! {
        <div
            class="twin"
            role="group"
            aria-label="Messages in the air"
            on:focusin=focus(true)
            on:focusout=focus(false)
        >
            <p>{count}</p>
            <ul>{each(list)}</ul>
        </div>
    }
    .into_any()
}
