//! Presenting: large letters, and nothing but the stage, the transport, and the lesson one step at a time.
//!
//! It owns which step is shown, and the mark at the page's root from which the style sheets take everything else. A
//! remote control has two keys: the one that goes on first shows the next step, while the world stands and the room
//! makes up its mind; pressed again, it lets the world go.

use leptos::prelude::document;

use super::controls::button;
use super::icon::Icon;
use super::page::Desk;
use super::view::{View, el, shown, when, words};
use crate::app::{Action, Lab};

/// Begins to present, or ends it.
pub(super) fn present(desk: Desk, on: bool) {
    if let Some(root) = document().document_element() {
        // An attribute with a plain name: it cannot fail.
        let _ = if on {
            root.set_attribute("data-presenting", "")
        } else {
            root.remove_attribute("data-presenting")
        };
    }
    desk.slide.set(0);
    desk.zoom.set(1.0);
    desk.presenting.set(on);
}

/// What a remote control's keys do; false for other keys.
pub(super) fn press(desk: Desk, key: &str) -> bool {
    if !*desk.presenting.peek() {
        return false;
    }
    match key {
        "PageDown" => forth(desk),
        "PageUp" => turn(desk, false),
        "Escape" => present(desk, false),
        _ => return false,
    }
    true
}

/// Steps of the lesson, and before them what it is about.
fn slides(lab: &Lab) -> usize {
    lab.scenario().lesson.len() + 1
}

/// On: a step that has been read is played, and then comes the next one.
fn forth(desk: Desk) {
    if desk.session.lab().playback().playing {
        turn(desk, true);
    } else {
        desk.act(Action::TogglePlay);
    }
}

/// To the next step, or the one before: the world stands while it is read.
fn turn(desk: Desk, on: bool) {
    let (slide, count) = (*desk.slide.peek(), slides(&desk.session.lab()));
    let to = if on { slide + 1 } else { slide.saturating_sub(1) };
    if to < count && to != slide {
        desk.slide.set(to);
        if desk.session.lab().playback().playing {
            desk.act(Action::TogglePlay);
        }
    }
}

/// The strip with the lesson's step.
pub(super) fn slide(desk: Desk) -> View {
    let session = desk.session;
    let count = session.acted(slides);
    let told = session.view(|lab| {
        let scenario = lab.scenario();
        let first = [scenario.title.clone(), scenario.summary.clone()].join(". ");
        [vec![first], scenario.lesson.clone()].concat()
    });
    let text = words(move || told.read().get(desk.slide.get()).cloned().unwrap_or_default());
    let number = words(move || match desk.slide.get() {
        0 => String::new(),
        step => format!("{step} of {}", count.get() - 1),
    });
    let strip = move || {
        let sign = |sign, words: &'static str, off, act: fn(Desk)| {
            button("button button--sign", Some(sign), words, off, move || act(desk))
        };
        let first = when(move || desk.slide.get() == 0);
        let last = when(move || desk.slide.get() + 1 == count.get());
        el("section.slide")
            .attr("aria-label", "Lesson")
            .child(el("p.slide__number").text(number.clone()))
            .child(el("p.slide__text").attr("role", "status").text(text.clone()))
            .child(
                el("div.slide__turn")
                    .child(sign(Icon::Left, "Back in the lesson", Some(first), |it| {
                        turn(it, false)
                    }))
                    .child(sign(Icon::Right, "On in the lesson", Some(last), |it| turn(it, true)))
                    .child(sign(Icon::Cross, "Stop presenting", None, |it| present(it, false))),
            )
    };
    shown(desk.presenting.into(), strip)
}
