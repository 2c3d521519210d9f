//! Paints the messages in the air: shapes, names, the ring around the selected one, the cross on a lost one. A world
//! that stands shows more: where each way leads, and how long each message has been under way.
//!
//! It knows a canvas and a list of tokens, nothing else. All measures are the layout's; one transform leads to the
//! view.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use leptos::web_sys::{CanvasRenderingContext2d, CanvasWindingRule};

use super::camera::Sight;
use super::stamps::Stamps;
use crate::app::view::{Flight, Lane, Placed};
use crate::ui::letters::{Letters, Script};
use crate::ui::palette::Palette;

/// The gap between a token and its name.
const GAP_PX: f64 = 6.0;
/// The height of a name's line, for a letter's.
const LINE: f64 = 1.1;
/// Where letters stand below the middle of a line, for a letter's height.
const BASE: f64 = 0.35;
/// The least height of letters on the screen.
const LETTER_MIN_PX: f64 = 12.5;
/// Of more tokens than this, those that would cover one of their kind are not painted.
const CROWD: usize = 200;
/// So close together one covers the other.
const CROWD_PX: f64 = 5.0;
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
    /// The world stands, or nothing is to move: names, ages and arrowheads are shown.
    pub(super) paused: bool,
    /// Half the size of a token.
    pub(super) radius: f64,
    /// Which part of the layout is seen, and how large.
    pub(super) sight: Sight,
    /// The canvas' width and height in the page's pixels.
    pub(super) size: (f64, f64),
    /// Device pixels for one of the page's.
    pub(super) density: f64,
}

/// Paints everything anew. A browser refuses to draw only what lies outside of numbers: nothing is lost then.
pub(super) fn paint(
    cx: &CanvasRenderingContext2d,
    palette: &Palette,
    stamps: &Stamps,
    letters: &Letters,
    picture: &Picture<'_>,
) {
    let _ = cx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
    let (width, height) = picture.size;
    cx.clear_rect(0.0, 0.0, width * picture.density, height * picture.density);
    picture.look(cx);
    ways(cx, palette, picture);
    let seen = picture.seen();
    let mut spots = BTreeSet::new();
    let _ = cx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
    let mut turned = (1.0, 0.0);
    for flight in &seen {
        if seen.len() <= CROWD || spots.insert(spot_of(flight)) {
            stamps.press(cx, flight, picture, &mut turned);
        }
    }
    picture.look(cx);
    let marked = |it: &&&Flight| it.lost || picture.selected == Some(it.message);
    for flight in seen.iter().filter(marked) {
        cx.set_global_alpha(flight.strength());
        if flight.lost {
            cross(cx, palette, flight, picture.radius + 1.0);
        }
        if picture.selected == Some(flight.message) {
            ring(cx, palette, flight, picture.radius * 1.9);
        }
    }
    cx.set_global_alpha(1.0);
    let lit: Vec<&Flight> = seen.into_iter().filter(|it| !it.dim).collect();
    names(cx, palette, letters, picture, &lit);
}

/// Where one token in a crowd covers another of its kind.
#[expect(clippy::cast_possible_truncation, reason = "a layout has some thousands of pixels")]
fn spot_of(flight: &Flight) -> (i32, i32, &'static str, bool) {
    let cell = |it: f64| (it / CROWD_PX).floor() as i32;
    (cell(flight.x), cell(flight.y), flight.shape.word(), flight.dim)
}

impl Picture<'_> {
    /// Device pixels for one of the layout's.
    pub(super) fn scale(&self) -> f64 {
        self.sight.scale * self.density
    }

    /// How names are written. The style sheet counts in the page's pixels; on a small picture names stay as large as
    /// can be read.
    pub(super) fn script(&self, palette: &Palette) -> Script {
        Script {
            weight: 600,
            letter: self.letter(palette),
            family: palette.family.clone(),
            ink: palette.ink.clone(),
            rim: palette.ground.clone(),
            density: self.scale(),
        }
    }

    /// The height of a name's letters.
    pub(super) fn letter(&self, palette: &Palette) -> f64 {
        (palette.letter * self.sight.zoom).max(LETTER_MIN_PX) / self.sight.scale
    }

    /// Where a point of the layout lies on the canvas.
    pub(super) fn on_canvas(&self, x: f64, y: f64) -> (f64, f64) {
        let (origin, scale) = (self.sight.origin, self.scale());
        (origin.0 * self.density + x * scale, origin.1 * self.density + y * scale)
    }

    /// From here on the layout's measures count.
    fn look(&self, cx: &CanvasRenderingContext2d) {
        let (scale, (x, y)) = (self.scale(), self.on_canvas(0.0, 0.0));
        let _ = cx.set_transform(scale, 0.0, 0.0, scale, x, y);
    }

    /// The part of the layout that is seen.
    fn area(&self) -> Area {
        let Sight { scale, origin, .. } = self.sight;
        let (left, top) = (-origin.0 / scale, -origin.1 / scale);
        (left, top, left + self.size.0 / scale, top + self.size.1 / scale)
    }

    /// Messages pass behind boxes that are none of their business: nothing flies across words. A loss shows anyway.
    fn seen(&self) -> Vec<&Flight> {
        let mut seen = Vec::with_capacity(self.flights.len());
        for way in self.flights.chunk_by(|a, b| a.lane == b.lane) {
            let ((x1, y1), (x2, y2)) = (way[0].lane.start, way[0].lane.end);
            let (left, right, top, bottom) = (x1.min(x2), x1.max(x2), y1.min(y2), y1.max(y2));
            let near = |it: &&Placed| {
                it.x < right && left < it.x + it.width && it.y < bottom && top < it.y + it.height
            };
            let near: Vec<&Placed> = self.places.iter().filter(near).collect();
            seen.extend(way.iter().filter(|it| it.lost || !near.iter().any(|of| covers(of, it))));
        }
        seen
    }
}

/// Is a token behind a box? Ways run from edge to edge, so it never is where it comes from or goes to.
fn covers(it: &Placed, flight: &Flight) -> bool {
    let inside = |at: f64, from: f64, length: f64| from + 1.0 < at && at < from + length - 1.0;
    inside(flight.x, it.x, it.width) && inside(flight.y, it.y, it.height)
}

/// The lines along which something travels at this instant, all in one stroke, and behind all boxes.
fn ways(cx: &CanvasRenderingContext2d, palette: &Palette, picture: &Picture<'_>) {
    let (left, top, right, bottom) = picture.area();
    cx.save();
    cx.begin_path();
    cx.rect(left, top, right - left, bottom - top);
    for it in picture.places {
        cx.rect(it.x, it.y, it.width, it.height);
    }
    cx.clip_with_canvas_winding_rule(CanvasWindingRule::Evenodd);
    cx.begin_path();
    let ways = picture.flights.chunk_by(|a, b| a.lane == b.lane).map(|way| way[0].lane);
    for lane in ways.take(WAYS_MAX) {
        cx.move_to(lane.start.0, lane.start.1);
        cx.line_to(lane.end.0, lane.end.1);
        if picture.paused {
            arrowhead(cx, &lane);
        }
    }
    cx.set_stroke_style_str(&palette.edge);
    cx.set_line_width(1.5);
    cx.stroke();
    cx.restore();
}

/// At the end of a way: that is where the message goes.
fn arrowhead(cx: &CanvasRenderingContext2d, lane: &Lane) {
    const LENGTH_PX: f64 = 9.0;
    const HALF_PX: f64 = 4.5;
    let ((x, y), (dx, dy)) = (lane.end, lane.direction());
    let (back_x, back_y) = (x - dx * LENGTH_PX, y - dy * LENGTH_PX);
    cx.move_to(back_x - dy * HALF_PX, back_y + dx * HALF_PX);
    cx.line_to(x, y);
    cx.line_to(back_x + dy * HALF_PX, back_y - dx * HALF_PX);
}

fn cross(cx: &CanvasRenderingContext2d, palette: &Palette, flight: &Flight, r: f64) {
    let (x, y) = (flight.x, flight.y);
    cx.begin_path();
    cx.move_to(x - r, y - r);
    cx.line_to(x + r, y + r);
    cx.move_to(x + r, y - r);
    cx.line_to(x - r, y + r);
    cx.set_stroke_style_str(&palette.bad);
    cx.set_line_width(3.0);
    cx.stroke();
}

fn ring(cx: &CanvasRenderingContext2d, palette: &Palette, flight: &Flight, radius: f64) {
    cx.begin_path();
    let _ = cx.arc(flight.x, flight.y, radius, 0.0, TAU);
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
    letters: &Letters,
    picture: &Picture<'_>,
    seen: &[&Flight],
) {
    let all = picture.paused || seen.len() <= NAMES_MOVING_MAX;
    let is_selected = |it: &Flight| picture.selected == Some(it.message);
    let letter = picture.letter(palette);
    let r = picture.radius;
    let around = |it: &Flight| (it.x - r, it.y - r, it.x + r, it.y + r);
    let mut taken: Vec<Area> =
        picture.places.iter().map(|it| (it.x, it.y, it.x + it.width, it.y + it.height)).collect();
    if seen.len() <= NAMES_MAX {
        taken.extend(seen.iter().map(|it| around(it)));
    }
    let page = picture.area();
    // The selected one chooses first.
    let first = seen.iter().filter(|it| is_selected(it));
    let others = seen.iter().filter(|it| all && !is_selected(it)).take(NAMES_MAX);
    let mut written = Vec::new();
    for flight in first.chain(others) {
        let words = if picture.paused { flight.with_age() } else { flight.name.to_string() };
        let width = letters.width(&words);
        let spots = spots(flight, r, (width, letter * LINE));
        let inside =
            |it: &Area| page.0 <= it.0 && page.1 <= it.1 && it.2 <= page.2 && it.3 <= page.3;
        let free = |it: &&Area| inside(it) && !taken.iter().any(|other| overlap(it, other));
        let spot = spots.iter().find(free).copied();
        // A selected message has its name, whatever it covers.
        let Some(spot) = spot.or_else(|| is_selected(flight).then_some(spots[0])) else {
            continue;
        };
        taken.push(spot);
        written.push((words, spot, flight.opacity));
    }
    for (words, spot, opacity) in written {
        cx.set_global_alpha(opacity);
        letters.stamp(cx, &words, spot.0, f64::midpoint(spot.1, spot.3) + letter * BASE);
    }
    cx.set_global_alpha(1.0);
}

/// Where a token's name can stand, best first: above, below, right, left.
fn spots(flight: &Flight, radius: f64, (width, height): (f64, f64)) -> [Area; 4] {
    let (x, y, away) = (flight.x, flight.y, radius + GAP_PX);
    let at = |left: f64, top: f64| (left, top, left + width, top + height);
    [
        at(x - width / 2.0, y - away - height),
        at(x - width / 2.0, y + away),
        at(x + away + 4.0, y - height / 2.0),
        at(x - away - 4.0 - width, y - height / 2.0),
    ]
}
