//! What the pointer does on the timeline: scrub on the axis; pan, zoom, select and look on the lanes; a drag with the
//! shift key selects a span.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::js_sys::Reflect;
use leptos::web_sys::{Element, Event, MouseEvent, PointerEvent};

use super::Line;
use crate::app::Action;
use crate::app::view::timeline::{Axis, Hit, hit};
use crate::base::Time;
use crate::ui::view::{View, el, words};

/// A pointer that moves less has not dragged.
const STILL_PX: f64 = 4.0;
/// A notch of a wheel zooms by this much.
const NOTCH: f64 = 1.25;
/// Pixels of a wheel's notch.
const NOTCH_PX: f64 = 100.0;
/// What a key moves the upper edge by.
const GRIP_STEP_PX: f64 = 24.0;
/// The stage keeps so much.
const STAGE_MIN_PX: f64 = 260.0;

/// What a pressed pointer is doing.
#[derive(Clone, Copy, PartialEq)]
enum Doing {
    /// It moves the playhead.
    Scrub,
    /// It moves the picture, or will click.
    Pan { moved: bool },
    /// It selects from here on.
    Brush(Time),
}

/// Pressed pointers.
#[derive(Default)]
struct Pressed {
    /// Which, and where they were last.
    pointers: Vec<(i32, f64, f64)>,
    doing: Option<Doing>,
}

fn axis_now(line: Line) -> Axis {
    line.window.peek().axis(&line.desk.session.lab(), *line.width.peek())
}

/// Where an event is, from the upper left corner of its element.
fn place(ev: &PointerEvent) -> (f64, f64) {
    let target = ev.current_target().and_then(|it| it.dyn_into::<Element>().ok());
    let origin = target.map(|it| it.get_bounding_client_rect());
    let (left, top) = origin.map_or((0.0, 0.0), |it| (it.left(), it.top()));
    (f64::from(ev.client_x()) - left, f64::from(ev.client_y()) - top)
}

fn seek(line: Line, x: f64) {
    let width = *line.width.peek();
    // Whoever drags beyond an edge goes to it; the picture stands still meanwhile.
    let at = axis_now(line).time(x.clamp(0.0, width));
    line.hold();
    line.desk.act(Action::Seek(at));
}

/// The axis: a press and a drag move the playhead.
pub(super) fn on_axis(line: Line, canvas: View) -> View {
    listens(line, canvas, true)
}

/// Lanes: a drag moves what is in sight, a click selects.
pub(super) fn on_lanes(line: Line, canvas: View) -> View {
    listens(line, canvas, false)
}

fn listens(line: Line, canvas: View, is_axis: bool) -> View {
    let pressed = Rc::new(RefCell::new(Pressed::default()));
    let (down, moves, up) = (pressed.clone(), pressed.clone(), pressed);
    let leave = move |_: Event| line.hover.set(None);
    canvas
        .on("pointerdown", move |ev| {
            press(line, is_axis, &mut down.borrow_mut(), ev.unchecked_ref())
        })
        .on("pointermove", move |ev| {
            drag(line, is_axis, &mut moves.borrow_mut(), ev.unchecked_ref())
        })
        .on("pointerup", {
            let up = up.clone();
            move |ev| release(line, &mut up.borrow_mut(), ev.unchecked_ref(), true)
        })
        .on("pointercancel", move |ev| {
            release(line, &mut up.borrow_mut(), ev.unchecked_ref(), false)
        })
        .on("pointerleave", leave)
        .on("wheel", move |ev| wheel(line, ev.unchecked_ref()))
}

fn press(line: Line, is_axis: bool, pressed: &mut Pressed, ev: &PointerEvent) {
    if ev.button() != 0 {
        return;
    }
    ev.prevent_default();
    if let Some(target) = ev.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
        // It can only fail for a pointer that has gone already.
        let _ = target.set_pointer_capture(ev.pointer_id());
    }
    let (x, y) = place(ev);
    pressed.pointers.retain(|it| it.0 != ev.pointer_id());
    pressed.pointers.push((ev.pointer_id(), x, y));
    line.hover.set(None);
    if pressed.pointers.len() > 1 {
        pressed.doing = Some(Doing::Pan { moved: true });
        return;
    }
    pressed.doing = Some(if ev.shift_key() || *line.brushes.peek() {
        let at = axis_now(line).time(x.max(0.0));
        line.brush.set(Some((at, at)));
        Doing::Brush(at)
    } else if is_axis {
        seek(line, x);
        Doing::Scrub
    } else {
        Doing::Pan { moved: false }
    });
}

fn drag(line: Line, is_axis: bool, pressed: &mut Pressed, ev: &PointerEvent) {
    let (x, y) = place(ev);
    let Some(index) = pressed.pointers.iter().position(|it| it.0 == ev.pointer_id()) else {
        return look(line, is_axis, x, y);
    };
    let (_, last_x, last_y) = pressed.pointers[index];
    match pressed.doing {
        Some(Doing::Scrub) => seek(line, x),
        Some(Doing::Brush(from)) => {
            let at = axis_now(line).time(x.max(0.0));
            line.brush.set(Some((from.min(at), from.max(at))));
        }
        Some(Doing::Pan { moved }) => {
            if pressed.pointers.len() == 2 {
                let (_, other, _) = pressed.pointers[1 - index];
                let (before, now) = ((last_x - other).abs(), (x - other).abs());
                line.zoom(before.max(8.0) / now.max(8.0), Some(f64::midpoint(x, other)));
            } else if moved || (x - last_x).abs() + (y - last_y).abs() >= STILL_PX {
                line.pan(last_x - x);
                if let Some(target) = scroller(ev) {
                    #[expect(clippy::cast_possible_truncation, reason = "some pixels")]
                    target.set_scroll_top(target.scroll_top() + (last_y - y).round() as i32);
                }
                pressed.doing = Some(Doing::Pan { moved: true });
            } else {
                return;
            }
        }
        None => {}
    }
    pressed.pointers[index] = (ev.pointer_id(), x, y);
}

/// What scrolls around the canvas.
fn scroller(ev: &PointerEvent) -> Option<Element> {
    ev.current_target()?.dyn_into::<Element>().ok()?.parent_element()
}

fn release(line: Line, pressed: &mut Pressed, ev: &PointerEvent, clicks: bool) {
    let (x, y) = place(ev);
    let known = pressed.pointers.iter().any(|it| it.0 == ev.pointer_id());
    pressed.pointers.retain(|it| it.0 != ev.pointer_id());
    if !known || !pressed.pointers.is_empty() {
        return;
    }
    match pressed.doing.take() {
        Some(Doing::Pan { moved: false }) if clicks => click(line, x, y),
        Some(Doing::Brush(_)) => {
            line.brushes.set(false);
            // A press without a drag selects nothing.
            if line.brush.peek().is_some_and(|it| it.0 == it.1) {
                line.brush.set(None);
            }
        }
        _ => {}
    }
}

fn at(line: Line, x: f64, y: f64) -> Option<Hit> {
    let painted = line.painted.lock().expect("law: nobody panics while painting");
    let lab = line.desk.session.lab();
    hit(&lab, painted.as_ref()?, x, y + *line.scrolled.peek())
}

/// A click goes to the instant, and selects what is there.
fn click(line: Line, x: f64, y: f64) {
    match at(line, x, y) {
        Some(it) => {
            line.hold();
            line.desk.act(Action::Seek(it.at));
            if it.selection.is_some() {
                line.desk.act(Action::Select(it.selection));
            }
        }
        None => seek(line, x),
    }
}

/// What is under a pointer that only looks.
fn look(line: Line, is_axis: bool, x: f64, y: f64) {
    let said = if is_axis { None } else { at(line, x, y).map(|it| (x, y, it.words)) };
    if *line.hover.peek() != said {
        line.hover.set(said);
    }
}

fn wheel(line: Line, ev: &MouseEvent) {
    ev.prevent_default();
    let target = ev.current_target().and_then(|it| it.dyn_into::<Element>().ok());
    let left = target.map_or(0.0, |it| it.get_bounding_client_rect().left());
    let x = f64::from(ev.client_x()) - left;
    let read =
        |name: &str| Reflect::get(ev, &name.into()).ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
    // Some wheels count lines.
    let unit = if read("deltaMode") > 0.0 { NOTCH_PX / 3.0 } else { 1.0 };
    let (across, down) = (read("deltaX") * unit, read("deltaY") * unit);
    if ev.shift_key() || down.abs() < across.abs() {
        line.pan(if across == 0.0 { down } else { across });
    } else {
        line.zoom(libm::pow(NOTCH, (down / NOTCH_PX).clamp(-4.0, 4.0)), Some(x));
    }
}

impl super::Shared {
    /// From now on the picture stands where it is.
    fn hold(&self) {
        let lab = self.desk.session.lab();
        if self.window.peek().follows {
            self.look(|it, width| {
                let start = it.axis(&lab, width).time(0.0);
                crate::app::view::timeline::Window { start, follows: false, ..*it }
            });
        }
    }
}

/// The upper edge of the timeline: a drag, or keys, give lanes more room.
pub(super) fn grip(line: Line) -> View {
    let resize = move |height: f64| {
        let most = leptos::prelude::window().inner_height().ok().and_then(|it| it.as_f64());
        line.resize(height.min(most.map_or(f64::MAX, |it| it - STAGE_MIN_PX)));
    };
    let dragged = Rc::new(RefCell::new(None::<(f64, f64)>));
    let (down, moves, up) = (dragged.clone(), dragged.clone(), dragged);
    let press = move |ev: Event| {
        let ev: &PointerEvent = ev.unchecked_ref();
        ev.prevent_default();
        if let Some(target) = ev.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
            let _ = target.set_pointer_capture(ev.pointer_id());
        }
        *down.borrow_mut() = Some((f64::from(ev.client_y()), *line.height.peek()));
    };
    let drag = move |ev: Event| {
        let ev: &PointerEvent = ev.unchecked_ref();
        let from = *moves.borrow();
        if let Some((y, height)) = from {
            resize((height + y - f64::from(ev.client_y())).max(1.0));
        }
    };
    let key = move |ev: Event| {
        let key: &leptos::web_sys::KeyboardEvent = ev.unchecked_ref();
        let by = match key.key().as_str() {
            "ArrowUp" => GRIP_STEP_PX,
            "ArrowDown" => -GRIP_STEP_PX,
            _ => return,
        };
        ev.prevent_default();
        resize((*line.height.peek() + by).max(1.0));
    };
    el("div.timeline__grip")
        .attr("role", "separator")
        .attr("tabindex", "0")
        .attr("aria-orientation", "horizontal")
        .attr("aria-label", "Height of the timeline")
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", "1000")
        .attr("aria-valuenow", words(move || line.height.get().round().to_string()))
        .on("pointerdown", press)
        .on("pointermove", drag)
        .on("pointerup", move |_| *up.borrow_mut() = None)
        .on("keydown", key)
}
