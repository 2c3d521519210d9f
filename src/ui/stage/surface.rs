//! The canvas above the stage: its size, its colours, and when it is painted.

use leptos::web_sys::HtmlCanvasElement;

use super::Painted;
use super::camera::Sight;
use super::painter::{Picture, paint};
use super::stamps::Stamps;
use crate::app::Selection;
use crate::app::view::{Layout, flights, still_flights};
use crate::ui::letters::Letters;
use crate::ui::live::{Live, follow};
use crate::ui::page::Desk;
use crate::ui::palette::Palette;
use crate::ui::platform::{context, fit};
use crate::ui::view::{View, el};

/// Device pixels for one of the page's, at most: more cost time and are not seen.
const DENSITY_MAX: f64 = 3.0;

/// Half the size of a token, in the layout's pixels; and on a crowded stage.
const RADIUS_PX: f64 = 8.0;
const RADIUS_COMPACT_PX: f64 = 6.0;

/// The canvas. What it shows is kept in `painted`.
pub(super) fn surface(
    desk: Desk,
    layout: Live<Layout>,
    sight: Live<Sight>,
    size: Live<(f64, f64)>,
    painted: Painted,
) -> View {
    let surface = el("canvas.surface").attr("aria-hidden", "true");
    let canvas: HtmlCanvasElement = surface.element();
    let session = desk.session;
    // The colours, and for which looks they were read.
    let mut dressed = None;
    let (mut stamps, mut letters) = (None, None);
    follow(move || {
        // With less motion, tokens stand still until something comes about.
        let still = desk.appearance.reduced.get();
        if still {
            session.track_world();
        } else {
            session.track_time();
        }
        let layout = layout.read();
        let looks = (desk.appearance.colors.get(), desk.presenting.get(), layout.compact);
        let (sight, size) = (sight.get(), size.get());
        // Without a size it is not on the page yet, and has no colours.
        if size.0 == 0.0 {
            return;
        }
        let density = fit(&canvas, size, DENSITY_MAX);
        if dressed.as_ref().is_none_or(|(it, _)| *it != looks) {
            dressed = Some((looks, Palette::read(&canvas)));
            (stamps, letters) = (None, None);
        }
        let Some(cx) = context(&canvas) else { return };
        let Some((_, palette)) = &dressed else { return };
        let lab = session.lab();
        let shown = if still { still_flights(&lab, &layout) } else { flights(&lab, &layout) };
        let selected = match lab.selection() {
            Some(Selection::Message(id)) => Some(*id),
            _ => None,
        };
        let (places, paused) = (&layout.places, still || !lab.playback().playing);
        let radius = if layout.compact { RADIUS_COMPACT_PX } else { RADIUS_PX };
        let flights = &shown;
        let picture = Picture { flights, places, selected, paused, radius, sight, size, density };
        if stamps.as_ref().is_none_or(|it: &Stamps| !it.fit(&picture)) {
            stamps = Stamps::new(palette, &picture);
        }
        let (letter, scale) = (picture.letter(palette), picture.scale());
        if letters.as_ref().is_none_or(|it: &Letters| !it.fit(letter, scale)) {
            letters = Letters::new(picture.script(palette));
        }
        let (Some(stamps), Some(letters)) = (&stamps, &letters) else { return };
        paint(&cx, palette, stamps, letters, &picture);
        painted.replace(shown);
    });
    surface
}
