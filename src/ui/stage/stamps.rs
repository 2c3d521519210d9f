//! Tokens, drawn once and then stamped: thousands of them are one image each, and not a dozen strokes.

use std::f64::consts::TAU;

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::painter::Picture;
use crate::app::view::{Flight, Shape};
use crate::ui::palette::Palette;
use crate::ui::platform::context;

const SHAPES: [Shape; 5] =
    [Shape::Command, Shape::Event, Shape::Query, Shape::Reply, Shape::Document];

/// The stamps, side by side, for one size and one set of colours.
pub(super) struct Stamps {
    sheet: HtmlCanvasElement,
    /// The width and height of each, in device pixels.
    cell: f64,
    /// The size for which they were drawn: device pixels for one of the layout's, half a token's size.
    made_for: (f64, f64),
}

impl Stamps {
    /// Draws them as large as a picture needs; `None` when the browser has no more canvases.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a token has some dozens of pixels"
    )]
    pub(super) fn new(palette: &Palette, picture: &Picture<'_>) -> Option<Self> {
        let sheet: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
        let (scale, radius) = (picture.scale(), picture.radius);
        // The longest shape, and its rim.
        let cell = ((radius * 1.35 + 4.0) * 2.0 * scale).ceil();
        sheet.set_width((cell * SHAPES.len() as f64) as u32);
        sheet.set_height(cell as u32);
        let cx = context(&sheet)?;
        for (index, shape) in SHAPES.iter().enumerate() {
            let x = cell * (index as f64 + 0.5);
            let _ = cx.set_transform(scale, 0.0, 0.0, scale, x, cell / 2.0);
            draw(&cx, palette, *shape, radius);
        }
        Some(Self { sheet, cell, made_for: (scale, radius) })
    }

    /// Do they fit a picture?
    pub(super) fn fit(&self, picture: &Picture<'_>) -> bool {
        self.made_for == (picture.scale(), picture.radius)
    }

    /// Stamps a token where it is; a command points where it goes. The canvas is turned, and stays so: `turned` is by
    /// how much. Whoever stamps tokens of one way one after the other turns it once.
    pub(super) fn press(
        &self,
        cx: &CanvasRenderingContext2d,
        flight: &Flight,
        picture: &Picture<'_>,
        turned: &mut (f64, f64),
    ) {
        let toward = match flight.shape {
            Shape::Command => flight.lane.direction(),
            _ => (1.0, 0.0),
        };
        let (cos, sin) = toward;
        if *turned != toward {
            let _ = cx.set_transform(cos, sin, -sin, cos, 0.0, 0.0);
            *turned = toward;
        }
        let (x, y) = picture.on_canvas(flight.x, flight.y);
        let (x, y) = (cos * x + sin * y, cos * y - sin * x);
        let index = SHAPES.iter().position(|it| *it == flight.shape).unwrap_or_default();
        if flight.strength() < 1.0 {
            cx.set_global_alpha(flight.strength());
        }
        let (cell, half) = (self.cell, self.cell / 2.0);
        let _ = cx.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.sheet,
            cell * index as f64,
            0.0,
            cell,
            cell,
            x - half,
            y - half,
            cell,
            cell,
        );
        if flight.strength() < 1.0 {
            cx.set_global_alpha(1.0);
        }
    }
}

/// Draws a shape around the origin.
fn draw(cx: &CanvasRenderingContext2d, palette: &Palette, shape: Shape, radius: f64) {
    outline(cx, shape, radius);
    let color = palette.of(shape);
    let solid = matches!(shape, Shape::Command | Shape::Event);
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
}

/// The outline of a shape around the origin; a command's points to the right.
fn outline(cx: &CanvasRenderingContext2d, shape: Shape, r: f64) {
    cx.begin_path();
    match shape {
        Shape::Command => {
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
