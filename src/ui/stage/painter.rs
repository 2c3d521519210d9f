//! Paints the messages in the air: shapes, names, the ring around the selected one, the cross on a lost one.
//!
//! It knows a canvas and a list of tokens, nothing else.

use std::f64::consts::TAU;

use leptos::web_sys::{CanvasRenderingContext2d, CanvasWindingRule};

use super::palette::Palette;
use crate::app::view::{Flight, Placed, Shape};

/// Half the size of a token.
const RADIUS_PX: f64 = 8.0;
/// The gap between a token and its name.
const GAP_PX: f64 = 6.0;
/// The height of a name's line.
const LINE_PX: f64 = 18.0;
/// Lines in use that are painted at most.
const WAYS_MAX: usize = 200;
/// Names that are painted at most: more would cover each other.
const NAMES_MAX: usize = 40;
/// Up to so many tokens, names are shown while the world moves.
const NAMES_MOVING_MAX: usize = 6;

/// What to paint.
pub(super) struct Picture<'a> {
    /// The tokens.
    pub(super) flights: &'a [Flight],
    /// The boxes that names have to keep clear of.
    pub(super) places: &'a [Placed],
    /// The message that is selected.
    pub(super) selected: Option<u64>,
    /// The world stands.
    pub(super) paused: bool,
    /// The canvas' width and height in the page's pixels.
    pub(super) size: (f64, f64),
    /// Device pixels for one of the page's.
    pub(super) density: f64,
}

/// Paints everything anew. A browser refuses to draw only what lies outside of numbers: nothing is lost then.
pub(super) fn paint(cx: &CanvasRenderingContext2d, palette: &Palette, picture: &Picture<'_>) {
    let _ = cx.set_transform(picture.density, 0.0, 0.0, picture.density, 0.0, 0.0);
    cx.clear_rect(0.0, 0.0, picture.size.0, picture.size.1);
    ways(cx, palette, picture);
    let seen: Vec<&Flight> = picture.flights.iter().filter(|it| !picture.hides(it)).collect();
    for flight in &seen {
        cx.set_global_alpha(flight.opacity);
        token(cx, palette, flight);
        if picture.selected == Some(flight.message) {
            ring(cx, palette, flight);
        }
    }
    cx.set_global_alpha(1.0);
    names(cx, palette, picture, &seen);
}

impl Picture<'_> {
    /// Messages pass behind boxes that are none of their business: nothing flies across words. A loss shows anyway.
    fn hides(&self, flight: &Flight) -> bool {
        // Ways run from edge to edge, so a token is never inside a box where it comes from or goes to.
        let inside = |at: f64, from: f64, length: f64| from + 1.0 < at && at < from + length - 1.0;
        let over =
            |it: &Placed| inside(flight.x, it.x, it.width) && inside(flight.y, it.y, it.height);
        !flight.lost && self.places.iter().any(over)
    }
}

/// The lines along which something travels at this instant, all in one stroke, and behind all boxes.
fn ways(cx: &CanvasRenderingContext2d, palette: &Palette, picture: &Picture<'_>) {
    cx.save();
    cx.begin_path();
    cx.rect(0.0, 0.0, picture.size.0, picture.size.1);
    for it in picture.places {
        cx.rect(it.x, it.y, it.width, it.height);
    }
    cx.clip_with_canvas_winding_rule(CanvasWindingRule::Evenodd);
    cx.begin_path();
    for lane in picture.flights.iter().take(WAYS_MAX).map(|it| it.lane) {
        cx.move_to(lane.start.0, lane.start.1);
        cx.line_to(lane.end.0, lane.end.1);
    }
    cx.set_stroke_style_str(&palette.edge);
    cx.set_line_width(1.5);
    cx.stroke();
    cx.restore();
}

fn token(cx: &CanvasRenderingContext2d, palette: &Palette, flight: &Flight) {
    cx.save();
    let _ = cx.translate(flight.x, flight.y);
    outline(cx, flight.shape, flight.lane.angle());
    let color = palette.of(flight.shape);
    let solid = matches!(flight.shape, Shape::Command | Shape::Event);
    // The rim in the colour of the ground keeps tokens apart from lines and from each other.
    cx.set_stroke_style_str(&palette.ground);
    cx.set_line_width(if solid { 3.0 } else { 6.0 });
    cx.stroke();
    cx.set_fill_style_str(if solid { color } else { &palette.ground });
    cx.fill();
    if !solid {
        cx.set_stroke_style_str(color);
        cx.set_line_width(2.5);
        cx.stroke();
    }
    cx.restore();
    if flight.lost {
        cross(cx, palette, flight);
    }
}

/// The outline of a shape around the origin; a command's points where it goes.
fn outline(cx: &CanvasRenderingContext2d, shape: Shape, angle: f64) {
    let r = RADIUS_PX;
    cx.begin_path();
    match shape {
        Shape::Command => {
            let _ = cx.rotate(angle);
            polygon(
                cx,
                &[
                    (-r, -r * 0.9),
                    (r * 0.45, -r * 0.9),
                    (r * 1.35, 0.0),
                    (r * 0.45, r * 0.9),
                    (-r, r * 0.9),
                ],
            );
        }
        Shape::Query => cx.rect(-r * 0.85, -r * 0.85, r * 1.7, r * 1.7),
        Shape::Event | Shape::Reply => drop(cx.arc(0.0, 0.0, r * 0.92, 0.0, TAU)),
        Shape::Document => {
            let (w, h, fold) = (r * 0.75, r * 0.95, r * 0.55);
            polygon(cx, &[(-w, -h), (w - fold, -h), (w, fold - h), (w, h), (-w, h)]);
        }
    }
}

fn polygon(cx: &CanvasRenderingContext2d, points: &[(f64, f64)]) {
    for (index, (x, y)) in points.iter().enumerate() {
        if index == 0 { cx.move_to(*x, *y) } else { cx.line_to(*x, *y) }
    }
    cx.close_path();
}

fn cross(cx: &CanvasRenderingContext2d, palette: &Palette, flight: &Flight) {
    let r = RADIUS_PX + 1.0;
    let (x, y) = (flight.x, flight.y);
    cx.begin_path();
    cx.move_to(x - r, y - r);
    cx.line_to(x + r, y + r);
    cx.move_to(x + r, y - r);
    cx.line_to(x - r, y + r);
    cx.set_stroke_style_str(&palette.lost);
    cx.set_line_width(3.0);
    cx.stroke();
}

fn ring(cx: &CanvasRenderingContext2d, palette: &Palette, flight: &Flight) {
    cx.begin_path();
    let _ = cx.arc(flight.x, flight.y, RADIUS_PX * 1.9, 0.0, TAU);
    cx.set_stroke_style_str(&palette.accent);
    cx.set_line_width(3.0);
    cx.stroke();
}

/// A name's box: left, top, right, bottom.
type Area = (f64, f64, f64, f64);

fn overlap(a: &Area, b: &Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// Names beside their tokens, as far as they cover neither each other nor another token.
fn names(
    cx: &CanvasRenderingContext2d,
    palette: &Palette,
    picture: &Picture<'_>,
    seen: &[&Flight],
) {
    let all = picture.paused || seen.len() <= NAMES_MOVING_MAX;
    cx.set_font(&palette.font);
    cx.set_text_baseline("middle");
    cx.set_text_align("left");
    cx.set_line_join("round");
    let around =
        |it: &Flight| (it.x - RADIUS_PX, it.y - RADIUS_PX, it.x + RADIUS_PX, it.y + RADIUS_PX);
    let mut taken: Vec<Area> =
        picture.places.iter().map(|it| (it.x, it.y, it.x + it.width, it.y + it.height)).collect();
    if seen.len() <= NAMES_MAX {
        taken.extend(seen.iter().map(|it| around(it)));
    }
    // The selected one chooses first.
    let is_selected = |it: &Flight| picture.selected == Some(it.message);
    let first = seen.iter().filter(|it| is_selected(it));
    let others = seen.iter().filter(|it| all && !is_selected(it)).take(NAMES_MAX);
    for flight in first.chain(others) {
        let width = cx.measure_text(&flight.name).map_or(0.0, |it| it.width());
        let spots = spots(flight, width);
        let inside = |it: &Area| {
            0.0 <= it.0 && 0.0 <= it.1 && it.2 <= picture.size.0 && it.3 <= picture.size.1
        };
        let free = |it: &&Area| inside(it) && !taken.iter().any(|other| overlap(it, other));
        let spot = spots.iter().find(free).copied();
        // A selected message has its name, whatever it covers.
        let Some(spot) = spot.or_else(|| is_selected(flight).then_some(spots[0])) else {
            continue;
        };
        taken.push(spot);
        cx.set_global_alpha(flight.opacity);
        cx.set_stroke_style_str(&palette.ground);
        cx.set_line_width(5.0);
        let (x, y) = (spot.0, f64::midpoint(spot.1, spot.3));
        let _ = cx.stroke_text(&flight.name, x, y);
        cx.set_fill_style_str(&palette.ink);
        let _ = cx.fill_text(&flight.name, x, y);
    }
    cx.set_global_alpha(1.0);
}

/// Where a token's name can stand, best first: above, below, right, left.
fn spots(flight: &Flight, width: f64) -> [Area; 4] {
    let (x, y, away) = (flight.x, flight.y, RADIUS_PX + GAP_PX);
    let at = |left: f64, top: f64| (left, top, left + width, top + LINE_PX);
    [
        at(x - width / 2.0, y - away - LINE_PX),
        at(x - width / 2.0, y + away),
        at(x + away + 4.0, y - LINE_PX / 2.0),
        at(x - away - 4.0 - width, y - LINE_PX / 2.0),
    ]
}
