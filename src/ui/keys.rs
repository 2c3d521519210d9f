//! Keys that work everywhere on the page, except where one types.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, KeyboardEvent};

use super::branches::go_to_next;
use super::page::{Desk, Opened};
use super::platform::toggle_full_screen;
use super::present;
use super::search::go_to_search;
use super::stage::{STEP, zoom_by};
use super::view::listen;
use crate::app::Action;
use crate::app::view::timeline::next_flag;

/// The keys and what they do, for the help.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("Space", "Play or pause"),
    ("→", "Step: one occurrence on"),
    ("←", "Step back: one occurrence"),
    ("Shift →", "To the next mark on the timeline"),
    ("Shift ←", "To the mark before"),
    ("+ − 0", "Zoom in, zoom out, everything"),
    ("Alt and arrows", "Move the box that has the focus"),
    ("F", "Full screen"),
    ("P", "Present, in large letters; Escape ends it"),
    (
        "Page Down, Up",
        "While presenting: the next step, pressed again: let the world go; the step before",
    ),
    ("B", "Branches: the list"),
    ("[ ]", "To the branch before, to the next one"),
    ("/", "Find what has happened"),
    ("U", "Run until …"),
    ("O", "Step over: until the selected thing's handler ends"),
    (".", "To what followed from the selected thing"),
    (",", "Back to what led to it"),
    ("+ − 0 F", "On the timeline: zoom, the whole run, follow the playhead"),
    ("[ ] Enter", "On the timeline: select a span from here to there, zoom to it"),
    ("T", "Truth lens: hold what screens say against what is so"),
    ("Ctrl Enter", "In the text: run it"),
    ("Escape, Tab", "In the text: leave it; Tab alone indents"),
    ("Escape", "Select nothing; close a dialog"),
    ("?", "This help"),
];

/// Listens to keys as long as there is a page.
pub(super) fn use_keys(desk: Desk) {
    let key = move |ev: Event| {
        let ev: &KeyboardEvent = ev.unchecked_ref();
        let plain = !(ev.ctrl_key() || ev.alt_key() || ev.meta_key());
        if plain && !ev.default_prevented() && !belongs_elsewhere(ev) && press(desk, ev) {
            ev.prevent_default();
        }
    };
    listen(&window(), "keydown", Box::new(key));
}

/// Fields, dialogs and tabs have their own use for keys; a button and a switch have it for the space bar.
fn belongs_elsewhere(ev: &KeyboardEvent) -> bool {
    let Some(target) = ev.target().and_then(|it| it.dyn_into::<Element>().ok()) else {
        return false;
    };
    let inside = |selector: &str| target.closest(selector).ok().flatten().is_some();
    let acts =
        matches!(ev.key().as_str(), " " | "Enter") && inside("button, summary, a, label, input");
    // An open dialog has all keys, also when nothing in it has the focus.
    let modal = document().query_selector("dialog[open]").ok().flatten().is_some();
    acts || modal || inside("input:not([type=checkbox]), textarea, select, [role=tab]")
}

/// Does what a key stands for; false when it stands for nothing.
fn press(desk: Desk, ev: &KeyboardEvent) -> bool {
    if present::press(desk, &ev.key()) {
        return true;
    }
    match (ev.key().as_str(), ev.shift_key()) {
        (" ", _) => desk.act(Action::TogglePlay),
        ("ArrowRight", false) => desk.act(Action::Step),
        ("ArrowLeft", false) => desk.act(Action::StepBack),
        ("ArrowRight", true) => jump(desk, true),
        ("ArrowLeft", true) => jump(desk, false),
        ("/", _) => go_to_search(desk),
        ("u" | "U", _) => desk.opened.set(Some(Opened::Until)),
        ("o" | "O", _) => desk.act(Action::StepOver),
        (".", _) => desk.act(Action::Walk(true)),
        (",", _) => desk.act(Action::Walk(false)),
        ("Escape", _) => desk.act(Action::Select(None)),
        ("+" | "=", _) => zoom_by(desk, STEP),
        ("-", _) => zoom_by(desk, 1.0 / STEP),
        ("0", _) => desk.zoom.set(1.0),
        ("f" | "F", _) => toggle_full_screen(),
        ("p" | "P", _) => present::present(desk, true),
        ("b" | "B", _) => desk.opened.set(Some(Opened::Branches)),
        ("[", _) => go_to_next(desk, false),
        ("]", _) => go_to_next(desk, true),
        ("t" | "T", _) => desk.lens.set(!*desk.lens.peek()),
        ("?", _) => desk.opened.set(Some(Opened::Help)),
        _ => return false,
    }
    true
}

/// Goes to the nearest mark after the playhead, or before it.
fn jump(desk: Desk, on: bool) {
    let goal = next_flag(&desk.session.lab(), on);
    if let Some(at) = goal {
        desk.act(Action::Seek(at));
    }
}
