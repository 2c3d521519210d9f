//! The canvas' twin: messages in the air as a list, for the keyboard and for screen readers.
//!
//! It follows the beat and not the frames, and it shows itself when the keyboard is in it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::view::{Flights, Shape};
use crate::app::{Action, Selection};
use crate::ui::page::Desk;

/// Messages that are listed at most.
const LISTED_MAX: usize = 30;

type Row = (u64, Arc<str>, Shape);

/// The list.
pub(super) fn twin(desk: Desk, painted: StoredValue<Flights>) -> AnyView {
    let inside = RwSignal::new(false);
    let playing = desk.session.timely(|lab| lab.playback().playing);
    let rows = Memo::new(move |before: Option<&Vec<Row>>| {
        desk.beat.get();
        // While the keyboard is in a moving list, it stands: nobody can press what runs away.
        if let (true, true, Some(before)) = (inside.get(), playing.get(), before) {
            return before.clone();
        }
        painted.with_value(|it| {
            let mut rows: Vec<Row> = Vec::new();
            // Copies for several readers are one message.
            for it in it.iter().filter(|it| !it.lost) {
                if rows.len() < LISTED_MAX && rows.iter().all(|row| row.0 != it.message) {
                    rows.push((it.message, it.name.clone(), it.shape));
                }
            }
            rows
        })
    });
    let count = move || match rows.with(Vec::len) {
        0 => "No message is in the air".to_owned(),
        1 => "1 message in the air".to_owned(),
        it => format!("{it} messages in the air"),
    };
    view! {
        <div class="twin" role="group" aria-label="Messages in the air" on:focusin=move |_| inside.set(true) on:focusout=move |_| inside.set(false)>
            <p>{count}</p>
            <ul>
                <For each=move || rows.get() key=|it| it.0 let((id, name, shape))>
                    <li>
                        <button
                            type="button"
                            class="messages__row"
                            on:click=move |_| desk.act(Action::Select(Some(Selection::Message(id))))
                        >
                            {format!("{name}, {}", shape.word())}
                        </button>
                    </li>
                </For>
            </ul>
        </div>
    }
    .into_any()
}
