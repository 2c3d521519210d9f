//! Words on canvases, written once and then stamped.
//!
//! A canvas that stands on the page makes the browser bring the whole page's styles up to date before it writes a
//! single word. These are written on a sheet that stands nowhere, a line each; the sheet has so many lines, and
//! whatever was written first gives way. Whoever has many words writes all of them before the first is stamped: a
//! browser copies the sheet whenever it is written on after that.

use std::cell::RefCell;

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::platform::context;

/// Lines of the sheet.
const LINES: usize = 48;
/// Its width and the height of a line, in letters' heights.
const WIDTH: f64 = 30.0;
const LINE: f64 = 1.6;
/// Where letters stand in a line, from above, in letters' heights.
const BASE: f64 = 1.2;
/// The rim in the colour of the ground, on each side, in letters' heights.
const RIM: f64 = 0.18;

/// How words look.
#[derive(Clone, Debug)]
pub(super) struct Script {
    /// How heavy they are, as in style sheets.
    pub(super) weight: u16,
    /// How high letters are, in the measure of the canvas.
    pub(super) letter: f64,
    pub(super) family: String,
    pub(super) ink: String,
    /// What keeps them apart from what is behind them.
    pub(super) rim: String,
    /// Device pixels for one of the canvas' measure.
    pub(super) density: f64,
}

/// Words of one look that have been written.
pub(super) struct Letters {
    script: Script,
    sheet: HtmlCanvasElement,
    cx: CanvasRenderingContext2d,
    /// The height of a line: as many whole device pixels.
    height: f64,
    /// What each line says, and how long it is; and which line is written next.
    lines: RefCell<(Vec<(String, f64)>, usize)>,
}

impl Letters {
    /// An empty sheet; `None` when the browser has no more canvases.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a sheet has some thousands of pixels"
    )]
    pub(super) fn new(script: Script) -> Option<Self> {
        let sheet: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
        let em = script.letter * script.density;
        let height = (em * LINE).ceil();
        sheet.set_width((em * WIDTH).ceil() as u32);
        sheet.set_height((height * LINES as f64) as u32);
        let cx = context(&sheet)?;
        let _ = cx.scale(script.density, script.density);
        cx.set_font(&format!("{} {:.2}px {}", script.weight, script.letter, script.family));
        cx.set_line_join("round");
        cx.set_line_width(script.letter * RIM * 2.0);
        cx.set_stroke_style_str(&script.rim);
        cx.set_fill_style_str(&script.ink);
        let height = height / script.density;
        Some(Self { script, sheet, cx, height, lines: RefCell::default() })
    }

    /// Are they as large as this, and as fine?
    pub(super) fn fit(&self, letter: f64, density: f64) -> bool {
        (self.script.letter, self.script.density) == (letter, density)
    }

    /// Writes words, and says how long they are.
    pub(super) fn width(&self, words: &str) -> f64 {
        self.find(words).1
    }

    /// Stamps words: they begin at `x`, and letters stand on `y`.
    pub(super) fn stamp(&self, cx: &CanvasRenderingContext2d, words: &str, x: f64, y: f64) {
        let (line, width) = self.find(words);
        let Script { letter, density, .. } = self.script;
        let rim = letter * RIM;
        let (width, height) = (width + 2.0 * rim, self.height);
        // On whole pixels, as letters are written.
        let whole = |it: f64| (it * density).round() / density;
        let _ = cx.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.sheet,
            0.0,
            (line as f64 * height * density).round(),
            width * density,
            height * density,
            whole(x - rim),
            whole(y - letter * BASE),
            width,
            height,
        );
    }

    /// The line of these words, and their width.
    fn find(&self, words: &str) -> (usize, f64) {
        let mut guard = self.lines.borrow_mut();
        let (lines, next) = &mut *guard;
        if let Some(line) = lines.iter().position(|it| it.0 == words) {
            return (line, lines[line].1);
        }
        let (cx, letter) = (&self.cx, self.script.letter);
        let (line, rim) = (*next, letter * RIM);
        let width = cx.measure_text(words).map_or(0.0, |it| it.width());
        let width = width.min(letter * WIDTH - 2.0 * rim);
        let top = line as f64 * self.height;
        cx.clear_rect(0.0, top, letter * WIDTH, self.height);
        let _ = cx.stroke_text(words, rim, top + letter * BASE);
        let _ = cx.fill_text(words, rim, top + letter * BASE);
        let written = (words.to_owned(), width);
        if line < lines.len() {
            lines[line] = written;
        } else {
            lines.push(written);
        }
        *next = (line + 1) % LINES;
        (line, width)
    }
}
