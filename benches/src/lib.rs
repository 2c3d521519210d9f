//! Our side of the races: the models, our own engine's ways to run them, and the same models as scenario files.
//!
//! It builds for the browser as well. The peers, and whoever holds the watch, are in the program `benches`.

mod files;
pub mod models;
mod ours;
mod outcome;

pub use outcome::{Outcome, QUEUE_EVENTS, RING_EVENTS};

/// A way to run a model.
pub type Run = fn() -> Outcome;

/// All ways of ours, by name.
pub const OURS: [(&str, Run); 6] = [
    ("queue", ours::queue),
    ("ring", ours::ring),
    ("queue-file", files::queue),
    ("ring-file", files::ring),
    ("ring-file-10", files::small_ring),
    ("ring-file-100", files::middle_ring),
];

/// The one with this name.
pub fn ours(name: &str) -> Option<Run> {
    OURS.iter().find(|it| it.0 == name).map(|it| it.1)
}
