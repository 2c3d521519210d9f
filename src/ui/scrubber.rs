//! The time line: a slider through the run, with marks for what happened.

use leptos::prelude::*;

use super::leaf::{Row, each, on_click, on_value, words};
use super::page::Desk;
use crate::app::Action;
use crate::app::view::Mark;
use crate::base::Time;

/// The shortest time line.
const SPAN_MIN_MICROS: u64 = 10_000_000;

/// Steps of the slider on the whole line. Coarse, so that it is not touched in every frame.
const STEPS: u64 = 500;

/// How much time the line shows. It doubles rather than grows, so that marks stand still.
fn shown_micros(furthest: Time) -> u64 {
    let mut span = SPAN_MIN_MICROS;
    while span < furthest.as_micros() {
        span = span.saturating_mul(2);
    }
    span
}

/// A share of the line, for style sheets.
fn percent(at: Time, span: u64) -> String {
    format!("{:.2}%", at.as_micros() as f64 / span as f64 * 100.0)
}

/// Marks that say the same at the same instant are one.
fn distinct(marks: &[Mark]) -> Vec<Mark> {
    let mut distinct: Vec<Mark> = Vec::with_capacity(marks.len());
    for it in marks {
        let mut same_instant = distinct.iter().rev().take_while(|other| other.at == it.at);
        if !same_instant.any(|other| other == it) {
            distinct.push(it.clone());
        }
    }
    distinct
}

/// The time line.
pub(super) fn scrubber(desk: Desk) -> AnyView {
    let session = desk.session;
    let span = session.timely(|lab| shown_micros(lab.run().furthest().max(lab.run().now())));
    let played = session
        .timely(move |lab| percent(lab.run().furthest(), shown_micros(lab.run().furthest())));
    let now = session.timely(|lab| lab.run().now());
    let position = Memo::new(move |_| now.get().as_micros() * STEPS / span.get());
    let value = words(move || (position.get() * (span.get() / STEPS)).to_string());
    let seek = move |value: String| {
        if let Ok(micros) = value.parse() {
            desk.act(Action::Seek(Time::from_micros(micros)));
        }
    };
    let marks = move || {
        let row = |it: Mark| {
            let key = format!("{} {} {}", it.at.as_micros(), it.kind, it.words);
            Row::new(key, move || mark(desk, &it, span))
        };
        desk.marks.with(|it| distinct(it)).into_iter().map(row).collect()
    };
    view! {
        <div class="scrubber">
            <div class="scrubber__marks" aria-hidden="true">{each(marks)}</div>
            <div class="scrubber__line" aria-hidden="true">
                <div class="scrubber__played" style:inline-size=played></div>
            </div>
            <input
                class="scrubber__slider"
                type="range"
                min="0"
                max=words(move || span.get().to_string())
                step=words(move || (span.get() / STEPS).to_string())
                aria-label="Playhead"
                aria-valuetext=words(move || now.get().to_string())
                prop:value=value
                on:input=on_value(seek)
            />
        </div>
    }
    .into_any()
}

fn mark(desk: Desk, it: &Mark, span: Signal<u64>) -> AnyView {
    let class = format!("mark mark--{}", it.kind);
    let at = it.at;
    let title = format!("{} at {at}", it.words);
    let left = words(move || percent(at, span.get()));
    view! {
        <span
            class=class
            title=title
            style:inset-inline-start=left
            on:click=on_click(move || desk.act(Action::Seek(at)))
        ></span>
    }
    .into_any()
}
