//! The mirror: what would be lost with the lab is kept outside of it, as text.
//!
//! It promises that whatever a person does is there a second later, and that a scenario is there before it runs.

use std::cell::Cell;

use gloo_timers::callback::Interval;

use super::editor::unfinished;
use super::live::follow;
use super::page::Desk;
use super::platform::{clock_ms, leave};
use crate::app::link;

/// How often is looked whether there is something new, in milliseconds.
const LOOK_MILLIS: u32 = 500;
/// Time that merely passes is written down less often: so many times as long as writing takes lies between.
const REST: f64 = 200.0;

/// Keeps the mirror up to date as long as there is a page.
pub(super) fn use_mirror(desk: Desk) {
    let session = desk.session;
    let generation = session.acted(crate::app::Lab::generation);
    follow(move || {
        generation.read();
        leave("text", &session.lab().scenario().source);
        leave("link", &link::write(&session.lab()));
    });
    follow(move || {
        generation.read();
        leave("draft", &unfinished(desk).unwrap_or_default());
    });
    let playing = session.timely(|lab| lab.playback().playing);
    follow(move || leave("plays", if playing.get() { "yes" } else { "" }));
    let written = Cell::new((0, session.lab().run().now()));
    let due_ms = Cell::new(0.0);
    let look = move || {
        let (began_ms, now) = (clock_ms(), (session.acts(), session.lab().run().now()));
        let acted = written.get().0 != now.0;
        if acted || (written.get() != now && due_ms.get() < began_ms) {
            leave("link", &link::write(&session.lab()));
            written.set(now);
            let ended_ms = clock_ms();
            due_ms.set(ended_ms + (ended_ms - began_ms) * REST);
        }
    };
    Interval::new(LOOK_MILLIS, look).forget();
}
