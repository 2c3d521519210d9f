//! The canvas above the stage: its size, its colours, and when it is painted.

use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::painter::{Picture, paint};
use super::palette::Palette;
use crate::app::Selection;
use crate::app::view::{Flights, Layout, flights};
use crate::ui::page::Desk;

/// Device pixels for one of the page's, at most: more cost time and are not seen.
const DENSITY_MAX: f64 = 3.0;

/// The canvas. What it shows is kept in `painted`.
pub(super) fn surface(desk: Desk, layout: Memo<Layout>, painted: StoredValue<Flights>) -> AnyView {
    let node = NodeRef::<Canvas>::new();
    let session = desk.session;
    let palette = Memo::new_with_compare(
        move |_| {
            desk.appearance.colors.get();
            node.get().map(|it| Palette::read(&it)).unwrap_or_default()
        },
        |_, _| true,
    );
    Effect::new(move || {
        // With less motion, tokens stand still until something comes about.
        if desk.appearance.reduced.get() {
            session.track_world()
        } else {
            session.track_time()
        }
        let Some(canvas) = node.get() else { return };
        let Some(cx) = context(&canvas) else { return };
        let (density, size) = fit(&canvas);
        let layout = layout.read();
        let shown = session.peek(|lab| flights(lab, &layout));
        let (selected, paused) = session.peek(|lab| {
            let selected = match lab.selection() {
                Some(Selection::Message(id)) => Some(*id),
                _ => None,
            };
            (selected, !lab.playback().playing)
        });
        palette.with(|palette| {
            let places = &layout.places;
            paint(
                &cx,
                palette,
                &Picture { flights: &shown, places, selected, paused, size, density },
            );
        });
        painted.set_value(shown);
    });
    view! { <canvas class="surface" node_ref=node aria-hidden="true"></canvas> }.into_any()
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
