//! The playhead as a slider: what the keyboard and screen readers hold. The pointer has the axis itself.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::KeyboardEvent;

use super::Line;
use crate::app::Action;
use crate::base::Time;
use crate::ui::live::Live;
use crate::ui::view::{View, el, words};

/// The shortest timeline.
const SPAN_MIN_MICROS: u64 = 10_000_000;
/// Steps of the slider on what is in sight at first. Coarse, so that it is not touched in every frame.
const STEPS: u64 = 500;
/// A key moves what is in sight by this share of its width.
const PAN_SHARE: f64 = 0.5;

/// How much time the slider holds. It doubles rather than grows, so that its steps stay as they are.
fn held_micros(furthest: Time) -> u64 {
    let mut span = SPAN_MIN_MICROS;
    while span < furthest.as_micros() {
        span = span.saturating_mul(2);
    }
    span
}

/// The slider.
pub(super) fn slider(line: Line) -> View {
    let (desk, session) = (line.desk, line.desk.session);
    let span = session.timely(|lab| held_micros(lab.run().furthest().max(lab.run().now())));
    let now = session.timely(|lab| lab.run().now());
    // Who looks closely moves in small steps.
    let step = Live::new(move || {
        let shown = line.window.get();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few seconds"
        )]
        let close = (shown.micros as u64 / STEPS).max(1);
        let whole = span.get() / STEPS;
        if shown.follows { whole } else { close.min(whole) }
    });
    let value = words(move || {
        let step = step.get();
        (now.get().as_micros() / step * step).to_string()
    });
    let seek = move |value: String| {
        if let Ok(micros) = value.parse() {
            desk.act(Action::Seek(Time::from_micros(micros)));
            let lab = session.lab();
            line.look(|it, width| it.with_playhead(&lab, width));
        }
    };
    let key = move |ev: leptos::web_sys::Event| {
        if press(line, ev.unchecked_ref()) {
            ev.prevent_default();
        }
    };
    el("input.timeline__slider")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", words(move || span.get().to_string()))
        .attr("step", words(move || step.get().to_string()))
        .attr("aria-label", "Playhead")
        .attr("aria-valuetext", words(move || now.get().to_string()))
        .value(value)
        .on_value("input", seek)
        .on("keydown", key)
}

/// What keys do while the slider has the keyboard, arrows not counted.
fn press(line: Line, ev: &KeyboardEvent) -> bool {
    if ev.ctrl_key() || ev.alt_key() || ev.meta_key() {
        return false;
    }
    let width = *line.width.peek();
    match ev.key().as_str() {
        "+" | "=" => line.zoom(0.5, None),
        "-" => line.zoom(2.0, None),
        "0" => line.show_whole(),
        "f" | "F" => line.follow(),
        "PageUp" => line.pan(-width * PAN_SHARE),
        "PageDown" => line.pan(width * PAN_SHARE),
        "[" => line.brush_from_or_to(false),
        "]" => line.brush_from_or_to(true),
        "Enter" => line.zoom_to_brush(),
        "Backspace" => line.brush.set(None),
        _ => return false,
    }
    true
}
