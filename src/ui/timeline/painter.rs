//! Paints the timeline: lines with a pattern for each kind of message, blocks, signs, charts, the playhead.
//!
//! It knows a canvas and a diagram, nothing else.

use std::f64::consts::TAU;

use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::CanvasRenderingContext2d;
use leptos::web_sys::js_sys::Array;

use crate::app::view::timeline::{Block, Diagram, Ink, RowKind, Stroke};
use crate::app::view::{DIM, Shape};
use crate::ui::letters::Letters;
use crate::ui::palette::Palette;

/// With more lines, ends carry no shape of their own.
const ENDS_MAX: usize = 400;
/// Where the axis has its line, from the top.
const AXIS_PX: f64 = 26.0;
/// Where signs stand on the axis.
const SIGNS_PX: f64 = 9.0;

/// The words of a tick take so much room, nearly always.
const TICK_WORDS_PX: f64 = 28.0;

/// What one paints with, and on.
pub(super) struct Painter<'a> {
    pub(super) cx: &'a CanvasRenderingContext2d,
    pub(super) palette: &'a Palette,
    pub(super) letters: &'a Letters,
    /// The canvas' width and height in the page's pixels.
    pub(super) size: (f64, f64),
    /// The selected span, in pixels.
    pub(super) brush: Option<(f64, f64)>,
    /// The message that is selected.
    pub(super) selected: Option<u64>,
}

/// The axis, with its ticks, its folds, all signs, and the head of the playhead.
pub(super) fn paint_axis(it: &Painter<'_>, diagram: &Diagram) {
    let (cx, palette) = (it.cx, it.palette);
    let end = diagram.end.clamp(0.0, it.size.0);
    it.brushed(it.size.1);
    it.rect(&palette.line, (0.0, AXIS_PX - 3.0, it.size.0, 6.0));
    it.rect(&palette.edge, (0.0, AXIS_PX - 3.0, end, 6.0));
    let words = diagram.ticks.iter().map(|it| &it.words);
    for words in words.chain(diagram.folds.iter().map(|it| &it.words)) {
        it.letters.width(words);
    }
    cx.set_fill_style_str(&palette.soft);
    for tick in &diagram.ticks {
        cx.fill_rect(tick.x.round(), AXIS_PX + 3.0, 1.0, 5.0);
        // The words of a fold stand where those of a tick at its edge would.
        if diagram.folds.iter().any(|it| it.x - TICK_WORDS_PX < tick.x && tick.x < it.x + it.width)
        {
            continue;
        }
        it.words(&tick.words, (tick.x + 4.0, it.size.1 - 3.0), false);
    }
    for fold in &diagram.folds {
        it.rect(&palette.surface, (fold.x + 2.0, AXIS_PX - 4.0, fold.width - 4.0, 8.0));
        it.dots(fold.x, fold.width, AXIS_PX);
        it.words(&fold.words, (fold.x + fold.width / 2.0, it.size.1 - 3.0), true);
    }
    for sign in &diagram.signs {
        it.sign(sign, SIGNS_PX);
    }
    if 0.0 <= diagram.now && diagram.now <= it.size.0 {
        cx.begin_path();
        let _ = cx.arc(diagram.now.clamp(8.0, it.size.0 - 8.0), AXIS_PX, 8.0, 0.0, TAU);
        cx.set_fill_style_str(&palette.ink);
        cx.fill();
        cx.set_stroke_style_str(&palette.surface);
        cx.set_line_width(2.5);
        cx.stroke();
    }
}

/// Lanes and small multiples, so far scrolled down.
pub(super) fn paint_lanes(it: &Painter<'_>, diagram: &Diagram, scrolled: f64) {
    let cx = it.cx;
    let _ = cx.translate(0.0, -scrolled);
    let height = diagram.height().max(it.size.1 + scrolled);
    let in_sight = |top: f64, height: f64| top < scrolled + it.size.1 && scrolled < top + height;
    cx.set_fill_style_str(&it.palette.line);
    for row in diagram.rows.iter().filter(|row| in_sight(row.top, row.height)) {
        let top = match row.kind {
            RowKind::Lane(_) => (row.top + row.height / 2.0).round(),
            RowKind::Chart(_) => row.top,
        };
        cx.fill_rect(0.0, top, it.size.0, 1.0);
    }
    for fold in &diagram.folds {
        it.fold((fold.x, fold.width), height);
    }
    it.brushed(height);
    // What has nothing to do with what is selected lies behind, and is faint.
    for dim in [true, false] {
        for ink in INKS {
            let blocks = diagram.blocks.iter();
            let own = blocks.filter(|it| (it.ink, it.dim) == (ink, dim));
            it.blocks(ink, dim, own.filter(|it| in_sight(it.y, it.height)));
        }
        it.strokes(&diagram.strokes, dim);
        for sign in diagram.signs.iter().filter(|it| it.dim == dim) {
            if let Some(y) = sign.y.filter(|y| in_sight(*y, 1.0)) {
                it.sign(sign, y);
            }
        }
    }
    for chart in &diagram.charts {
        it.chart(chart.base, chart.tone, &chart.columns, &chart.of);
        it.words(&chart.most, (4.0, chart.top + 12.0), false);
    }
    it.veil(diagram, height);
    if let Some(x) = diagram.thinned {
        let at = ((x - 240.0).max(4.0), scrolled + 12.0);
        it.words("Messages before this are only counted", at, false);
        it.rect(&it.palette.late, (x, 0.0, 1.0, height));
    }
    it.rect(&it.palette.ink, (diagram.now - 0.75, 0.0, 1.5, height));
}

/// From the back to the front.
const INKS: [Ink; 10] = [
    Ink::Trouble,
    Ink::Down,
    Ink::Waiting,
    Ink::Aside,
    Ink::Work,
    Ink::Failed,
    Ink::Pending,
    Ink::True,
    Ink::Bad,
    Ink::False,
];

/// The pattern of a line: it says what kind of message it is, as the colour does.
const fn pattern(shape: Shape) -> (&'static [f64], f64) {
    match shape {
        Shape::Command => (&[], 2.0),
        Shape::Event => (&[], 1.25),
        Shape::Query => (&[6.0, 3.0], 1.25),
        Shape::Reply => (&[2.0, 2.5], 1.5),
        Shape::Document => (&[1.0, 4.0], 1.25),
    }
}

/// How much of something is seen.
const fn strength(alpha: f64, dim: bool) -> f64 {
    if dim { alpha * DIM } else { alpha }
}

impl Painter<'_> {
    fn rect(&self, color: &str, (x, y, width, height): (f64, f64, f64, f64)) {
        self.cx.set_fill_style_str(color);
        self.cx.fill_rect(x, y, width, height);
    }

    fn words(&self, words: &str, at: (f64, f64), is_centered: bool) {
        let half = if is_centered { self.letters.width(words) / 2.0 } else { 0.0 };
        self.letters.stamp(self.cx, words, at.0 - half, at.1);
    }

    fn dash(&self, pattern: &[f64]) {
        let lengths: Array = pattern.iter().map(|it| JsValue::from_f64(*it)).collect();
        let _ = self.cx.set_line_dash(&lengths);
    }

    /// Three dots: time is left out here.
    fn dots(&self, x: f64, width: f64, y: f64) {
        for place in [-6.0, 0.0, 6.0] {
            self.rect(&self.palette.soft, (x + width / 2.0 + place - 1.0, y - 1.0, 2.0, 2.0));
        }
    }

    /// A folded time, between two dashed lines.
    fn fold(&self, (x, width): (f64, f64), height: f64) {
        let cx = self.cx;
        cx.set_global_alpha(0.5);
        self.rect(&self.palette.line, (x, 0.0, width, height));
        cx.set_global_alpha(1.0);
        self.dash(&[2.0, 4.0]);
        cx.begin_path();
        for x in [x, x + width] {
            cx.move_to(x, 0.0);
            cx.line_to(x, height);
        }
        cx.set_stroke_style_str(&self.palette.edge);
        cx.set_line_width(1.0);
        cx.stroke();
        self.dash(&[]);
    }

    fn brushed(&self, height: f64) {
        let Some((from, to)) = self.brush else { return };
        self.cx.set_global_alpha(0.16);
        self.rect(&self.palette.accent, (from, 0.0, to - from, height));
        self.cx.set_global_alpha(1.0);
        for x in [from, to] {
            self.rect(&self.palette.accent, (x - 0.75, 0.0, 1.5, height));
        }
    }

    /// What lies after the playhead has been seen, and is not now.
    fn veil(&self, diagram: &Diagram, height: f64) {
        if diagram.now + 1.0 < diagram.end {
            self.cx.set_global_alpha(0.5);
            let width = diagram.end.min(self.size.0) - diagram.now;
            self.rect(&self.palette.surface, (diagram.now, 0.0, width + 8.0, height));
            self.cx.set_global_alpha(1.0);
        }
    }

    fn blocks<'a>(&self, ink: Ink, dim: bool, blocks: impl Iterator<Item = &'a Block>) {
        let (cx, palette) = (self.cx, self.palette);
        let (color, alpha) = match ink {
            Ink::Trouble => (&palette.late, 0.22),
            Ink::Down => (&palette.bad, 0.18),
            Ink::Waiting => (&palette.soft, 0.8),
            Ink::Aside => (&palette.work, 0.5),
            Ink::Work => (&palette.work, 1.0),
            Ink::Failed | Ink::False => (&palette.bad, 1.0),
            Ink::Bad => (&palette.bad, 0.45),
            Ink::Pending => (&palette.late, 0.4),
            Ink::True => (&palette.good, 0.6),
        };
        let mut blocks = blocks.peekable();
        if blocks.peek().is_none() {
            return;
        }
        let alpha = strength(alpha, dim);
        cx.set_global_alpha(alpha);
        cx.set_fill_style_str(color);
        cx.set_stroke_style_str(color);
        for it in blocks {
            let (x, y) = (it.x.max(-4.0), it.y);
            let width = (it.x + it.width).min(self.size.0 + 4.0) - x;
            match ink {
                // A handler without a worker is a thin bar, as whatever waits.
                Ink::Aside => cx.fill_rect(x, y + it.height / 2.0 - 1.0, width, 2.0),
                Ink::False => self.wave((x, y, width, it.height)),
                Ink::Down => {
                    cx.fill_rect(x, y, width, it.height);
                    self.rim((x, y, width, it.height), alpha);
                }
                _ => cx.fill_rect(x, y, width, it.height),
            }
        }
        cx.set_global_alpha(1.0);
    }

    /// A dashed rim: the process is not there.
    fn rim(&self, (x, y, width, height): (f64, f64, f64, f64), alpha: f64) {
        self.cx.set_global_alpha(1.0);
        self.dash(&[3.0, 3.0]);
        self.cx.set_line_width(1.0);
        self.cx.stroke_rect(x, y, width, height);
        self.dash(&[]);
        self.cx.set_global_alpha(alpha);
    }

    /// What is not true is a wave.
    fn wave(&self, (x, y, width, height): (f64, f64, f64, f64)) {
        const STEP_PX: f64 = 4.0;
        let cx = self.cx;
        let (low, high) = (y + height, y);
        cx.begin_path();
        cx.move_to(x, low);
        let mut at = x;
        let mut up = true;
        while at < x + width {
            at = (at + STEP_PX).min(x + width);
            cx.line_to(at, if up { high } else { low });
            up = !up;
        }
        cx.set_line_width(1.75);
        cx.stroke();
    }

    fn strokes(&self, all: &[Stroke], dim: bool) {
        let cx = self.cx;
        let has_ends = all.len() <= ENDS_MAX && !dim;
        let all: Vec<&Stroke> = all.iter().filter(|it| it.dim == dim).collect();
        if all.is_empty() {
            return;
        }
        for shape in [Shape::Document, Shape::Reply, Shape::Query, Shape::Event, Shape::Command] {
            let (dashes, width) = pattern(shape);
            self.dash(dashes);
            cx.set_line_width(width);
            cx.set_stroke_style_str(self.palette.of(shape));
            // Lines that stand for many are stronger.
            for (least, most, alpha) in [(1, 1, 0.85), (2, 4, 0.7), (5, u32::MAX, 1.0)] {
                cx.set_global_alpha(strength(alpha, dim));
                cx.begin_path();
                let own = all.iter().filter(|it| it.shape == shape);
                for it in own.filter(|it| least <= it.count && it.count <= most) {
                    cx.move_to(it.from.0, it.from.1);
                    cx.line_to(it.to.0, it.to.1);
                }
                cx.stroke();
            }
        }
        cx.set_global_alpha(strength(1.0, dim));
        self.dash(&[]);
        for it in all {
            if self.selected == Some(it.message) {
                self.select(it);
            }
            if it.lost {
                self.cross(it.to, 4.0);
            } else if has_ends && it.arrived {
                self.end(it);
            }
        }
        cx.set_global_alpha(1.0);
    }

    /// The selected message: a broad line in the colour of what is selected.
    fn select(&self, it: &Stroke) {
        let cx = self.cx;
        cx.begin_path();
        cx.move_to(it.from.0, it.from.1);
        cx.line_to(it.to.0, it.to.1);
        cx.set_stroke_style_str(&self.palette.accent);
        cx.set_line_width(4.0);
        cx.stroke();
    }

    /// Where a message arrives, its line ends with its shape.
    fn end(&self, it: &Stroke) {
        const R: f64 = 2.75;
        let (cx, (x, y)) = (self.cx, it.to);
        let color = self.palette.of(it.shape);
        cx.begin_path();
        match it.shape {
            Shape::Command | Shape::Query => cx.rect(x - R, y - R, 2.0 * R, 2.0 * R),
            Shape::Event | Shape::Reply => drop(cx.arc(x, y, R, 0.0, TAU)),
            Shape::Document => cx.rect(x - R * 0.7, y - R, 1.4 * R, 2.0 * R),
        }
        let solid = matches!(it.shape, Shape::Command | Shape::Event);
        cx.set_fill_style_str(if solid { color } else { &self.palette.surface });
        cx.fill();
        cx.set_stroke_style_str(color);
        cx.set_line_width(1.25);
        cx.stroke();
    }
}
