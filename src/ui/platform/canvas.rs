//! Canvases: their size and what one paints with.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// What one paints with; `None` when the browser has no more canvases.
pub(in crate::ui) fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Makes a canvas of this size, in the page's pixels, as fine as the screen, but no finer than this many of its own
/// pixels for one of the page's; returns how many there are. It never measures: that would make the browser arrange
/// the whole page in the middle of a frame.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a canvas has a few thousand pixels"
)]
pub(in crate::ui) fn fit(canvas: &HtmlCanvasElement, size: (f64, f64), density_max: f64) -> f64 {
    let density = window().device_pixel_ratio().clamp(1.0, density_max);
    let (width, height) = ((size.0 * density).round() as u32, (size.1 * density).round() as u32);
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    density
}
