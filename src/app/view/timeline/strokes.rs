//! Messages on their way, as lines from lane to lane.

use super::axis::Axis;
use super::rows::{RowKind, Rows};
use crate::app::Lab;
use crate::app::chronicle::Trip;
use crate::app::view::Shape;
use crate::app::view::link::node_at;
use crate::base::Map;
use crate::base::Time;

/// With more messages in sight, those that leave at the same place are one line.
const DRAWN_MAX: usize = 1_500;
/// How far apart such lines are.
const APART_PX: f64 = 4.0;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Where the message left.
    pub from: (f64, f64),
    /// Where it arrived, got lost, or is.
    pub to: (f64, f64),
    /// What kind of message.
    pub shape: Shape,
    /// It got lost.
    pub lost: bool,
    /// It has arrived.
    pub arrived: bool,
    /// So many messages.
    pub count: u32,
    /// The message; of several, the first.
    pub message: u64,
    /// Its place in the chronicle.
    pub trip: usize,
    /// It has nothing to do with what is selected, while something is.
    pub dim: bool,
}

/// The messages in sight.
pub(super) fn strokes(lab: &Lab, axis: &Axis, rows: &Rows) -> Vec<Stroke> {
    let chronicle = lab.chronicle();
    let middle = middles(rows);
    if middle.is_empty() {
        return Vec::new();
    }
    let (first, last) = axis.edges();
    let end = lab.run().furthest();
    let reach =
        Time::from_micros(first.as_micros().saturating_sub(chronicle.longest_trip().as_micros()));
    let begin = chronicle.trips.partition_point(|it| it.departed < reach);
    let behind = chronicle.trips.partition_point(|it| it.departed <= last);
    let in_sight = (begin..behind).filter(|it| first <= chronicle.trips[*it].ends);
    let count = in_sight.clone().count();
    let shapes = Shapes::new(lab);
    let lineage = lab.lineage();
    let node = |lane: u16| node_at(lab, lane);
    let stroke = |index: usize| {
        let it = &chronicle.trips[index];
        let (from, to) = (middle[usize::from(it.from)], middle[usize::from(it.to)]);
        let until = it.ends.min(end);
        let whole = it.arrives.since(it.departed).as_secs();
        let share = if whole > 0.0 { until.since(it.departed).as_secs() / whole } else { 1.0 };
        Stroke {
            from: (axis.x(it.departed), from),
            to: (axis.x(until), from + (to - from) * share),
            shape: shapes.of(it),
            lost: it.lost && it.ends <= end,
            arrived: !it.lost && it.ends <= end,
            count: 1,
            message: it.message,
            trip: index,
            dim: lineage.is_some_and(|of| !of.has_way(it.message, node(it.from), node(it.to))),
        }
    };
    if count <= DRAWN_MAX {
        return in_sight.map(stroke).collect();
    }
    together(in_sight.map(|it| (chronicle.trips[it], stroke(it))))
}

/// What lines have in common that can be one: their lanes, their kind, whether they got lost, whether they are faint.
type Alike = ((u16, u16), u8, bool, bool);

/// Lines between the same lanes, of the same kind, at the same place, are one.
fn together(all: impl Iterator<Item = (Trip, Stroke)>) -> Vec<Stroke> {
    let mut kinds: Map<Alike, (i64, usize)> = Map::new();
    let mut strokes: Vec<Stroke> = Vec::new();
    for (trip, stroke) in all {
        #[expect(clippy::cast_possible_truncation, reason = "places are on a screen")]
        let place = (stroke.from.0 / APART_PX).floor() as i64;
        let way = (trip.from, trip.to);
        let kind = (way, stroke.shape as u8, stroke.lost, stroke.dim);
        let last = kinds.get_or_insert(kind, (i64::MIN, 0));
        // They come by their departure: the last one of its kind is the only one at this place.
        if last.0 == place {
            strokes[last.1].count += 1;
        } else {
            *last = (place, strokes.len());
            strokes.push(stroke);
        }
    }
    strokes
}

/// The middles of all lanes.
pub(super) fn middles(rows: &Rows) -> Vec<f64> {
    let lanes = rows.iter().filter(|it| matches!(it.kind, RowKind::Lane(_)));
    lanes.map(|it| it.top + it.height / 2.0).collect()
}

/// The shapes of messages by their names.
pub(super) struct Shapes(Vec<Shape>);

impl Shapes {
    pub(super) fn new(lab: &Lab) -> Self {
        Self((0..lab.plan().names.len()).map(|it| Shape::of_name(it, lab.plan())).collect())
    }

    pub(super) fn of(&self, trip: &Trip) -> Shape {
        self.0.get(trip.name as usize).copied().unwrap_or(Shape::Document)
    }
}
