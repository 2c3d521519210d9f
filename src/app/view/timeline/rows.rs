//! What stands below the axis, from the top down: a lane for each node, then small multiples.

use super::axis::{Axis, length_words};
use crate::app::Lab;
use crate::app::chronicle::{Of, Series};
use crate::app::view::Place;
use crate::app::view::stage::{channel_word, role_word};
use crate::base::Time;
use crate::language::scenario::ScreenItem;

/// A lane is at least and at most so high.
const LANE_PX: (f64, f64) = (17.0, 30.0);
/// How high a small multiple is.
const CHART_PX: f64 = 40.0;
/// Small multiples that are shown at most.
const CHARTS_MAX: usize = 40;

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// What happens at a node.
    Lane(Place),
    /// How a quantity changes.
    Chart(Of),
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it shows.
    pub kind: RowKind,
    /// Its name.
    pub name: String,
    /// What it is, in a word or a few.
    pub what: &'static str,
    /// Its upper edge, in pixels.
    pub top: f64,
    /// Its height.
    pub height: f64,
}

/// All rows: lanes first.
pub type Rows = Vec<Row>;

/// A small multiple in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartView {
    /// At the playhead.
    pub now: String,
    /// The mean of what is in sight, or selected.
    pub mean: String,
    /// The highest value of that.
    pub peak: String,
}

/// The rows in so much height; more of them need more.
pub fn rows(lab: &Lab, height: f64, charts: bool) -> Rows {
    let places = &lab.chronicle().lanes.places;
    let most = if charts { LANE_PX.0 } else { LANE_PX.1 };
    let lane = (height / places.len().max(1) as f64).clamp(LANE_PX.0, most.max(LANE_PX.0));
    let mut rows: Rows = Vec::new();
    let mut top = 0.0;
    for place in places {
        let (name, what) = named(lab, *place);
        rows.push(Row { kind: RowKind::Lane(*place), name, what, top, height: lane });
        top += lane;
    }
    if charts {
        let all = lab.chronicle().series.iter().filter(|it| is_shown(it));
        for series in all.take(CHARTS_MAX) {
            let (name, what) = counted(lab, series.of);
            let kind = RowKind::Chart(series.of);
            rows.push(Row { kind, name, what, top, height: CHART_PX });
            top += CHART_PX;
        }
    }
    rows
}

/// What never was anything but nothing is not shown, except what people are told: that it was right is worth knowing.
pub(super) fn is_shown(series: &Series) -> bool {
    match series.of {
        Of::Claims(_) => false,
        Of::Stale(..) | Of::False(_) => true,
        Of::Waiting(_) | Of::Busy(_) => !series.is_empty(),
    }
}

fn named(lab: &Lab, place: Place) -> (String, &'static str) {
    match place {
        Place::Person(it) => (lab.world().people[it].name.clone(), "person"),
        Place::Channel(it) => {
            let it = &lab.scenario().channels[it];
            (it.name.clone(), channel_word(it.kind))
        }
        Place::Service(it) => {
            let it = &lab.scenario().services[it];
            (it.name.clone(), role_word(it.role))
        }
    }
}

/// The name of what a series is about, and what is counted.
pub(super) fn counted(lab: &Lab, of: Of) -> (String, &'static str) {
    let class = |client: usize| lab.scenario().clients[client].name.clone();
    match of {
        Of::Waiting(place) => (named(lab, place).0, "waiting"),
        Of::Busy(id) => (lab.scenario().services[id].name.clone(), "busy share"),
        Of::False(client) | Of::Claims(client) => (class(client), "false claims"),
        Of::Stale(client, item) => match &lab.scenario().clients[client].screen[item] {
            ScreenItem::List(it) => (it.label.clone(), "staleness"),
            ScreenItem::Form(_) => (class(client), "staleness"),
        },
    }
}

/// A value of a series, in words.
pub(super) fn value_words(series: &Series, value: f64) -> String {
    match (series.of, series.whole) {
        (Of::Stale(..), _) => length_words(value),
        (_, Some(whole)) if whole > 0.0 => format!("{:.0} %", value / whole * 100.0),
        _ if value.fract().abs() < 0.005 => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}

/// A small multiple in numbers, at the playhead and between two instants.
pub(super) fn chart_view(series: &Series, now: Time, (from, to): (Time, Time)) -> ChartView {
    let (mean, peak) = series.mean_and_peak(from, to);
    ChartView {
        now: value_words(series, series.at(now)),
        mean: value_words(series, mean),
        peak: value_words(series, peak),
    }
}

/// What of the run is in sight: from the left edge to the right one, or to the end of what is seen.
pub(super) fn in_sight(lab: &Lab, axis: &Axis) -> (Time, Time) {
    let (from, to) = axis.edges();
    let to = to.min(lab.run().furthest());
    (from.min(to), to)
}
