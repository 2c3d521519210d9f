//! Rearrangement: when somebody places something, everything eases to where it now stands, in half a second. A stage
//! of another size or another scenario stands at once, and so does everything with less motion.

use std::cell::RefCell;
use std::rc::Rc;

use crate::app::view::Layout;
use crate::ui::frame_loop::use_frames;
use crate::ui::live::{Live, State, follow};
use crate::ui::page::Desk;

/// How long it takes.
const GLIDE_MS: f64 = 500.0;

/// The layout as it is to be drawn at each instant.
pub(super) fn glide(desk: Desk, target: Live<Layout>) -> Live<Layout> {
    let shown = State::new((*target.peek()).clone());
    let start = Rc::new(RefCell::new((*target.peek()).clone()));
    // The share that is done.
    let done = State::new(1.0);
    let from = start.clone();
    follow(move || {
        let goal = target.get();
        if desk.appearance.reduced.get() || !goal.is_rearranged(&shown.peek()) {
            done.set(1.0);
            shown.set(goal);
        } else {
            from.replace((*shown.peek()).clone());
            done.set(0.0);
        }
    });
    let each = move |elapsed_ms: f64| {
        let share = (*done.peek() + elapsed_ms / GLIDE_MS).min(1.0);
        shown.set(start.borrow().toward(&target.peek(), ease_out(share)));
        done.set(share);
    };
    use_frames(Live::new(move || done.get() < 1.0), Box::new(each));
    *shown
}

/// Fast at first, then slower.
fn ease_out(share: f64) -> f64 {
    let left = 1.0 - share;
    1.0 - left * left * left
}
