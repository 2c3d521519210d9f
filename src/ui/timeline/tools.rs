//! The buttons of the timeline.

use super::{HEIGHT_WITH_CHARTS_PX, Line};
use crate::ui::controls::{button, toggle};
use crate::ui::icon::{Icon, icon};
use crate::ui::view::{View, el, shown, when, words};

/// Shows and hides lanes.
pub(super) fn opener(line: Line) -> View {
    let open = move || line.height.get() > 0.0;
    let said = words(move || if open() { "Hide the lanes" } else { "Show the lanes" }.to_owned());
    el("button.timeline__opener")
        .attr("type", "button")
        .attr("aria-expanded", words(move || open().to_string()))
        .attr("title", said.clone())
        .on_click(move || line.toggle())
        .child(icon(Icon::Lanes))
        .child(el("span").text("Timeline"))
}

/// Zoom, small multiples, tables, and what a selected span is good for.
pub(in crate::ui) fn tools(line: Line) -> View {
    let class = "button button--sign";
    let brushed = when(move || line.brush.get().is_some());
    let follows = when(move || line.window.get().follows);
    let charts = move || {
        line.charts.set(!*line.charts.peek());
        if *line.charts.peek() {
            line.make_room();
        }
    };
    let table = move || {
        line.table.set(!*line.table.peek());
        if *line.table.peek() && *line.height.peek() < HEIGHT_WITH_CHARTS_PX {
            line.make_room();
        }
    };
    let selected = move || {
        el("span.timeline__selected")
            .child(button("button", None, "Zoom to the selection", None, move || {
                line.zoom_to_brush()
            }))
            .child(button(class, Some(Icon::Cross), "Clear the selection", None, move || {
                line.brush.set(None)
            }))
    };
    let select = move || line.brushes.set(!*line.brushes.peek());
    el("div.timeline__tools")
        .attr("role", "group")
        .attr("aria-label", "Timeline tools")
        .child(shown(brushed, selected))
        .child(button(class, Some(Icon::Dash), "Zoom out", None, move || line.zoom(2.0, None)))
        .child(button(class, Some(Icon::Plus), "Zoom in", None, move || line.zoom(0.5, None)))
        .child(button(class, Some(Icon::Whole), "Whole run", None, move || line.show_whole()))
        .child(toggle(class, Icon::Follow, "Follow the playhead", follows, move || line.follow()))
        .child(toggle(class, Icon::Brush, "Select a span", line.brushes.into(), select))
        .child(toggle(class, Icon::Chart, "Small multiples", line.charts.into(), charts))
        .child(toggle(class, Icon::Table, "As a table", line.table.into(), table))
}
