//! The timeline on the page: an axis that is a slider, lanes, small multiples, and the same as tables.
//!
//! It owns what of the run is in sight and how much room that has; everything that it shows comes from
//! [`timeline`](crate::app::view::timeline).

mod canvas;
mod painter;
mod pointer;
mod signs;
mod slider;
mod tables;
mod tools;

use std::sync::Mutex;

use leptos::web_sys::Element;

use super::live::{Live, State};
use super::page::Desk;
use super::platform::{keep, kept, use_size};
use super::view::{Row as ListRow, View, dynamic, each, el, nothing, shown, when, words};
use crate::app::view::Place;
use crate::app::view::timeline::{Diagram, Row, RowKind, Window, figures, rows};
use crate::app::{Action, Selection};
use crate::base::Time;

use tools::tools;

/// The room for lanes, in pixels: at first (the seven of the first scenario), at least, and when there are small
/// multiples or a table.
const HEIGHT_PX: f64 = 120.0;
const HEIGHT_MIN_PX: f64 = 48.0;
const HEIGHT_WITH_CHARTS_PX: f64 = 240.0;
/// On a narrow page lanes lie over the stage, when somebody wants them.
const HEIGHT_NARROW_PX: f64 = 264.0;
/// What is kept for the next visit.
const KEPT: &str = "timeline";

/// What the parts of the timeline share.
pub(super) struct Shared {
    desk: Desk,
    /// What is in sight.
    window: State<Window>,
    /// How much room lanes have, in pixels; 0 without.
    height: State<f64>,
    /// Are there small multiples?
    charts: State<bool>,
    /// Are there tables in place of the picture?
    table: State<bool>,
    /// A span of time that somebody has selected.
    brush: State<Option<(Time, Time)>>,
    /// The next drag selects, as with the shift key.
    brushes: State<bool>,
    /// What is under the pointer: where, and in words.
    hover: State<Option<(f64, f64, String)>>,
    /// How far lanes are scrolled.
    scrolled: State<f64>,
    /// How wide the picture is, in pixels.
    width: State<f64>,
    /// What has been painted last: what one clicks on is what one sees.
    painted: Mutex<Option<Diagram>>,
}

pub(super) type Line = &'static Shared;

impl Shared {
    fn new(desk: Desk) -> Self {
        let first = if *desk.narrow.peek() { 0.0 } else { HEIGHT_PX };
        let height = kept(KEPT).and_then(|it| it.parse().ok()).unwrap_or(first);
        Self {
            desk,
            window: State::new(Window::default()),
            height: State::new(height),
            charts: State::new(false),
            table: State::new(false),
            brush: State::new(None),
            brushes: State::new(false),
            hover: State::new(None),
            scrolled: State::new(0.0),
            width: State::new(0.0),
            painted: Mutex::new(None),
        }
    }

    /// Gives lanes so much room; nearly none is none.
    fn resize(&self, height: f64) {
        let height = if height < HEIGHT_MIN_PX { 0.0 } else { height };
        self.height.set(height);
        keep(KEPT, &height.to_string());
    }

    /// Shows or hides lanes.
    fn toggle(&self) {
        let least = if *self.desk.narrow.peek() { HEIGHT_NARROW_PX } else { HEIGHT_PX };
        self.resize(if *self.height.peek() > 0.0 { 0.0 } else { least });
    }

    /// Makes sure that there is so much room, and some to spare.
    fn make_room(&self) {
        if *self.height.peek() < HEIGHT_WITH_CHARTS_PX {
            self.resize(HEIGHT_WITH_CHARTS_PX);
        }
    }

    fn look(&self, change: impl FnOnce(&Window, f64) -> Window) {
        let next = change(&self.window.peek(), *self.width.peek());
        self.window.set(next);
    }

    /// Shows so many times as much around a place, or around the playhead.
    fn zoom(&self, times: f64, pivot: Option<f64>) {
        let lab = self.desk.session.lab();
        self.look(|it, width| it.zoomed(&lab, width, times, pivot));
    }

    fn pan(&self, px: f64) {
        let lab = self.desk.session.lab();
        self.look(|it, width| it.panned(&lab, width, px));
    }

    fn show_whole(&self) {
        let lab = self.desk.session.lab();
        self.look(|it, _| it.whole(&lab));
    }

    fn follow(&self) {
        self.look(|it, _| Window { follows: true, ..*it });
    }

    /// Shows what is selected, and nothing else.
    fn zoom_to_brush(&self) {
        if let Some((from, to)) = *self.brush.peek() {
            self.window.set(Window::between(from, to));
            self.brush.set(None);
        }
    }

    /// One end of the selected span is here.
    fn brush_from_or_to(&self, is_end: bool) {
        let now = self.desk.session.lab().run().now();
        let (from, to) = self.brush.peek().unwrap_or((now, now));
        let (from, to) = if is_end { (from.min(now), now) } else { (now, to.max(now)) };
        self.brush.set(Some((from, to)));
    }
}

/// The timeline, and the tools that belong beside the transport.
pub(super) fn timeline(desk: Desk) -> (View, View) {
    let line: Line = Box::leak(Box::new(Shared::new(desk)));
    let open = when(move || line.height.get() > 0.0);
    let class = words(move || {
        let open = if line.height.get() > 0.0 { " timeline--open" } else { "" };
        ["timeline", open].concat()
    });
    let view = el("section")
        .attr("class", class)
        .attr("aria-label", "Timeline")
        .child(shown(open.clone(), move || pointer::grip(line)))
        .child(head(line))
        .child(shown(open.clone(), move || body(line)))
        .child(hover(line));
    let tools = shown(open, move || tools(line));
    (view, tools)
}

fn head(line: Line) -> View {
    let axis = el("div.timeline__axis");
    let size = use_size(&axis.element::<Element>());
    super::live::follow(move || line.width.set(size.get().0));
    el("div.timeline__head")
        .child(tools::opener(line))
        .child(axis.child(canvas::axis(line)).child(slider::slider(line)))
}

fn body(line: Line) -> View {
    let height = words(move || {
        let room = line.height.get();
        format!("{room}px")
    });
    let picture = move || group_of(line);
    let tables = move || tables::tables(line);
    el("div.timeline__body")
        .style("block-size", height)
        .child(shown(when(move || !line.table.get()), picture))
        .child(shown(line.table.into(), tables))
}

fn group_of(line: Line) -> View {
    let scroll = el("div.timeline__scroll").attr("tabindex", "-1");
    let element: Element = scroll.element();
    scroll
        .on("scroll", move |_| line.scrolled.set(f64::from(element.scroll_top())))
        .child(names(line))
        .child(canvas::lanes(line))
}

/// The rows as they are now.
fn rows_now(line: Line) -> Live<Vec<Row>> {
    let generation = line.desk.session.acted(crate::app::Lab::generation);
    Live::new(move || {
        generation.read();
        line.desk.beat.read();
        rows(&line.desk.session.lab(), line.height.get(), line.charts.get())
    })
}

/// The names of all rows: buttons that select what stands there, and what small multiples say in numbers.
fn names(line: Line) -> View {
    let rows = rows_now(line);
    let figures = Live::new(move || {
        line.desk.beat.read();
        let lab = line.desk.session.lab();
        if !line.charts.get() {
            return Vec::new();
        }
        let axis = line.window.get().axis(&lab, line.width.get());
        figures(&lab, &axis, line.brush.get())
    });
    let list = move || {
        let generation = line.desk.session.lab().generation();
        let row = |it: Row| {
            let key = format!("{generation} {:?} {}", it.kind, it.height);
            ListRow::new(key, move || name(line, it, figures))
        };
        rows.get().into_iter().map(row).collect()
    };
    el("ul.timeline__names").attr("aria-label", "Lanes").child(each(list))
}

fn name(line: Line, it: Row, figures: Live<Vec<crate::app::view::timeline::FigureRow>>) -> View {
    let height = format!("{}px", it.height);
    let content = match it.kind {
        RowKind::Lane(place) => {
            let selection = match place {
                Place::Person(it) => Selection::Person(it),
                Place::Channel(it) => Selection::Channel(it),
                Place::Service(it) => Selection::Service(it),
            };
            // Lanes are close to each other, and what stands on the stage does the same with more room: the
            // keyboard goes there.
            el("button.timeline__name")
                .attr("type", "button")
                .attr("tabindex", "-1")
                .attr("title", format!("{} ({})", it.name, it.what))
                .on_click(move || line.desk.act(Action::Select(Some(selection.clone()))))
                .text(it.name)
        }
        RowKind::Chart(_) => {
            let (name, what) = (it.name.clone(), it.what);
            let said = words(move || {
                let all = figures.read();
                let own = all.iter().find(|it| it.name == name && it.what == what);
                own.map_or_else(String::new, |it| {
                    format!("{}, mean {}", it.figures.now, it.figures.mean)
                })
            });
            el("div.timeline__chart")
                .attr("title", format!("{}: {}", it.name, it.what))
                .child(el("span.timeline__of").text(it.name))
                .child(el("span.timeline__what").text(it.what))
                .child(el("span.timeline__value").text(said))
        }
    };
    el("li").style("block-size", height).child(content)
}

/// What is under the pointer.
fn hover(line: Line) -> View {
    let there = Live::new(move || line.hover.get());
    dynamic(move || match there.get() {
        None => nothing(),
        Some((x, y, said)) => {
            let place = if x > 640.0 {
                "p.timeline__hover.timeline__hover--left"
            } else {
                "p.timeline__hover"
            };
            el(place)
                .attr("aria-hidden", "true")
                .style("left", format!("{x}px"))
                .style("top", format!("{y}px"))
                .text(said)
        }
    })
}
