//! The browser's interfaces that the page uses, one file each.
//!
//! They promise not to panic when the browser refuses: what cannot be had is `None`, or nothing happens.

mod address;
mod canvas;
mod clipboard;
mod clock;
mod download;
mod fetch;
mod file;
mod lock;
mod media;
mod screen;
mod shell;
mod size;
mod storage;
mod store;

pub(super) use address::{forget_fragment, fragment, on_fragment, page_address};
pub(super) use canvas::{context, fit};
pub(super) use clipboard::copy;
pub(super) use clock::{clock_words, now_ms};
pub(super) use download::save_file;
pub(super) use fetch::fetch_text;
pub(super) use file::{carries_files, dropped_file, read_text};
pub(super) use lock::{lock, unlock};
pub(super) use media::use_media;
pub(super) use screen::{before_next_paint, letter_size, toggle_full_screen};
pub(super) use shell::{Back, came_back, leave, show_panics};
pub(super) use size::use_size;
pub(super) use storage::{keep, kept};
pub(super) use store::store;

/// Milliseconds on a clock that never jumps.
pub(super) fn clock_ms() -> f64 {
    leptos::prelude::window().performance().map_or(0.0, |it| it.now())
}
