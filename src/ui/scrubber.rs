//! The time line: a slider through the run, with marks for what happened.

use super::live::Live;
use super::page::Desk;
use super::view::{Row, View, each, el, words};
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
pub(super) fn scrubber(desk: Desk) -> View {
    let session = desk.session;
    let span = session.timely(|lab| shown_micros(lab.run().furthest().max(lab.run().now())));
    let played = session
        .timely(move |lab| percent(lab.run().furthest(), shown_micros(lab.run().furthest())));
    let now = session.timely(|lab| lab.run().now());
    let position = Live::new(move || now.get().as_micros() * STEPS / span.get());
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
        distinct(&desk.marks.read()).into_iter().map(row).collect()
    };
    let line = el("div.scrubber__line")
        .attr("aria-hidden", "true")
        .child(el("div.scrubber__played").style("inline-size", played));
    let slider = el("input.scrubber__slider")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", words(move || span.get().to_string()))
        .attr("step", words(move || (span.get() / STEPS).to_string()))
        .attr("aria-label", "Playhead")
        .attr("aria-valuetext", words(move || now.get().to_string()))
        .value(value)
        .on_value("input", seek);
    el("div.scrubber")
        .child(el("div.scrubber__marks").attr("aria-hidden", "true").child(each(marks)))
        .child(line)
        .child(slider)
}

fn mark(desk: Desk, it: &Mark, span: Live<u64>) -> View {
    let at = it.at;
    el("span")
        .attr("class", format!("mark mark--{}", it.kind))
        .attr("title", format!("{} at {at}", it.words))
        .style("inset-inline-start", words(move || percent(at, span.get())))
        .on_click(move || desk.act(Action::Seek(at)))
}
