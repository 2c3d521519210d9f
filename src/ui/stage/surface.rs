//! The canvas above the stage: its size, its colours, and when it is painted.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::Painted;
use super::painter::{Picture, paint};
use super::palette::Palette;
use crate::app::Selection;
use crate::app::view::{Layout, flights};
use crate::ui::live::{Live, follow};
use crate::ui::page::Desk;
use crate::ui::view::{View, el};

/// Device pixels for one of the page's, at most: more cost time and are not seen.
const DENSITY_MAX: f64 = 3.0;

/// The canvas. What it shows is kept in `painted`.
pub(super) fn surface(desk: Desk, layout: Live<Layout>, painted: Painted) -> View {
    let surface = el("canvas.surface").attr("aria-hidden", "true");
    let canvas: HtmlCanvasElement = surface.element();
    let session = desk.session;
    // The colours, and for which looks they were read.
    let mut dressed = None;
    follow(move || {
        // With less motion, tokens stand still until something comes about.
        if desk.appearance.reduced.get() {
            session.track_world();
        } else {
            session.track_time();
        }
        let (looks, layout) = (desk.appearance.colors.get(), layout.read());
        let (density, size) = fit(&canvas);
        // Without a size it is not on the page yet, and has no colours.
        if size.0 == 0.0 {
            return;
        }
        if dressed.as_ref().is_none_or(|(it, _)| *it != looks) {
            dressed = Some((looks, Palette::read(&canvas)));
        }
        let Some(cx) = context(&canvas) else { return };
        let Some((_, palette)) = &dressed else { return };
        let lab = session.lab();
        let shown = flights(&lab, &layout);
        let selected = match lab.selection() {
            Some(Selection::Message(id)) => Some(*id),
            _ => None,
        };
        let (places, paused) = (&layout.places, !lab.playback().playing);
        let picture = Picture { flights: &shown, places, selected, paused, size, density };
        paint(&cx, palette, &picture);
        painted.replace(shown);
    });
    surface
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Makes the canvas as fine as the screen; returns its density, and its size in the page's pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a canvas has a few thousand pixels"
)]
fn fit(canvas: &HtmlCanvasElement) -> (f64, (f64, f64)) {
    let density = window().device_pixel_ratio().clamp(1.0, DENSITY_MAX);
    let size = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
    let (width, height) = ((size.0 * density).round() as u32, (size.1 * density).round() as u32);
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    (density, size)
}
