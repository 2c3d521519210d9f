//! The two canvases of the timeline: the axis, and what stands below it. Both are painted at once.

use leptos::web_sys::HtmlCanvasElement;

use super::Line;
use super::painter::{Painter, paint_axis, paint_lanes};
use super::pointer::{on_axis, on_lanes};
use crate::app::Selection;
use crate::app::view::timeline::{diagram, rows};
use crate::ui::letters::{Letters, Script};
use crate::ui::live::follow;
use crate::ui::palette::Palette;
use crate::ui::platform::{context, fit, use_size};
use crate::ui::view::{View, el, words};

/// Device pixels for one of the page's, at most.
const DENSITY_MAX: f64 = 2.0;

/// The axis: scrubs.
pub(super) fn axis(line: Line) -> View {
    let canvas = el("canvas.timeline__ruler").attr("aria-hidden", "true");
    paints(line, canvas.element(), true);
    on_axis(line, canvas)
}

/// Lanes and small multiples: pans, zooms, selects.
pub(super) fn lanes(line: Line) -> View {
    // As high as what is seen, however many lanes there are.
    let height = words(move || format!("{}px", line.height.get()));
    let canvas =
        el("canvas.timeline__canvas").attr("aria-hidden", "true").style("block-size", height);
    paints(line, canvas.element(), false);
    on_lanes(line, canvas)
}

fn paints(line: Line, canvas: HtmlCanvasElement, is_axis: bool) {
    let (desk, session) = (line.desk, line.desk.session);
    let size = use_size(&canvas);
    let mut dressed = None;
    follow(move || {
        if desk.appearance.reduced.get() {
            session.track_world();
        } else {
            session.track_time();
        }
        let looks = desk.appearance.colors.get();
        let (window, width) = (line.window.get(), line.width.get());
        let (brush, scrolled) = (line.brush.get(), line.scrolled.get());
        let (room, charts) = (line.height.get(), line.charts.get());
        let size = size.get();
        if size.0 == 0.0 || width == 0.0 {
            return;
        }
        let density = fit(&canvas, size, DENSITY_MAX);
        let as_before = |it: &(_, _, _)| it.0 == (looks, density);
        if !dressed.as_ref().is_some_and(as_before) {
            let palette = Palette::read(&canvas);
            let letters = Letters::new(Script {
                weight: 500,
                letter: palette.letter,
                family: palette.family.clone(),
                ink: palette.soft.clone(),
                rim: palette.surface.clone(),
                density,
            });
            dressed = letters.map(|it| ((looks, density), palette, it));
        }
        let Some(cx) = context(&canvas) else { return };
        let Some((_, palette, letters)) = &dressed else { return };
        let lab = session.lab();
        let _ = cx.set_transform(density, 0.0, 0.0, density, 0.0, 0.0);
        cx.clear_rect(0.0, 0.0, size.0, size.1);
        let axis = window.axis(&lab, width);
        // The axis knows what it shows without the lanes, which may be hidden.
        let rows = if is_axis { Vec::new() } else { rows(&lab, room, charts) };
        let shown = diagram(&lab, axis, rows);
        let brush = brush.map(|(from, to)| (shown.axis.x(from), shown.axis.x(to)));
        let selected = match lab.selection() {
            Some(Selection::Message(id)) => Some(*id),
            _ => None,
        };
        let painter = Painter { cx: &cx, palette, letters, size, brush, selected };
        if is_axis {
            paint_axis(&painter, &shown);
        } else {
            paint_lanes(&painter, &shown, scrolled);
            *line.painted.lock().expect("law: nobody panics while painting") = Some(shown);
        }
    });
}
