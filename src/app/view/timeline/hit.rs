//! What is at a point of the timeline, in words, and what a click there selects.

use super::diagram::{Block, Diagram, Ink};
use super::flags::flag_words;
use super::rows::{RowKind, value_words};
use super::strokes::Stroke;
use crate::app::chronicle::{Of, STILL};
use crate::app::view::{Place, Shape};
use crate::app::{Lab, Selection};
use crate::base::Time;
use crate::world::{NodeKind, What};

/// How near one has to be.
const REACH_PX: f64 = 7.0;

/// What is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// In words.
    pub words: String,
    /// What a click selects.
    pub selection: Option<Selection>,
    /// The instant that a click goes to.
    pub at: Time,
}

/// What is at a point, if anything is.
pub fn hit(lab: &Lab, diagram: &Diagram, x: f64, y: f64) -> Option<Hit> {
    if x < 0.0 || diagram.end + REACH_PX < x {
        return None;
    }
    let at = diagram.axis.time(x).min(lab.run().furthest());
    sign(lab, diagram, x, y)
        .or_else(|| stroke(lab, diagram, x, y, at))
        .or_else(|| block(lab, diagram, x, y, at))
        .or_else(|| row(lab, diagram, y, at))
}

fn sign(lab: &Lab, diagram: &Diagram, x: f64, y: f64) -> Option<Hit> {
    let signs = diagram.signs.iter().filter(|it| it.y.is_some_and(|it| (it - y).abs() <= REACH_PX));
    let near = signs.filter(|it| (it.x - x).abs() <= REACH_PX);
    let it = near.min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))?;
    let record = lab.chronicle().flags.get(it.flag)?;
    let node = lab.plan().nodes.get(record.node as usize).map(|it| it.kind);
    let selection = match (&record.what, node) {
        (What::DeadLettered { message, .. }, _) => Some(Selection::Message(*message)),
        (_, Some(NodeKind::Service(id))) => Some(Selection::Service(id)),
        (_, Some(NodeKind::Person { person, .. })) => Some(Selection::Person(person)),
        _ => None,
    };
    let words = [&flag_words(lab, record), " at ", &record.at.to_string()].concat();
    Some(Hit { words, selection, at: record.at })
}

/// How far a point is from a line.
fn distance(it: &Stroke, x: f64, y: f64) -> f64 {
    let ((x1, y1), (x2, y2)) = (it.from, it.to);
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { ((x - x1) * dx + (y - y1) * dy) / length } else { 0.0 };
    let share = share.clamp(0.0, 1.0);
    libm::hypot(x1 + dx * share - x, y1 + dy * share - y)
}

fn stroke(lab: &Lab, diagram: &Diagram, x: f64, y: f64, at: Time) -> Option<Hit> {
    let near = diagram.strokes.iter().map(|it| (distance(it, x, y), it));
    let near = near.filter(|it| it.0 <= REACH_PX);
    let (_, it) = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let trip = lab.chronicle().trips.get(it.trip)?;
    // At the very end, it is no longer under way.
    let last = Time::from_micros(trip.ends.as_micros().saturating_sub(1)).max(trip.departed);
    Some(Hit {
        words: trip_words(lab, it),
        selection: Some(Selection::Message(trip.message)),
        at: at.clamp(trip.departed, last),
    })
}

/// A message's way in words.
pub(super) fn trip_words(lab: &Lab, it: &Stroke) -> String {
    let Some(trip) = lab.chronicle().trips.get(it.trip) else { return String::new() };
    let place = |lane: u16| match lab.chronicle().lanes.places[usize::from(lane)] {
        Place::Person(it) => lab.world().people[it].name.clone(),
        Place::Channel(it) => lab.scenario().channels[it].name.clone(),
        Place::Service(it) => lab.scenario().services[it].name.clone(),
    };
    let name = &lab.plan().names[trip.name as usize];
    let kind = Shape::of_name(trip.name as usize, lab.plan()).word();
    let after = trip.ends.since(trip.departed);
    let more =
        if it.count > 1 { format!(", and {} more here", it.count - 1) } else { String::new() };
    let end = match it {
        Stroke { lost: true, .. } => format!("lost after {after}"),
        Stroke { arrived: true, .. } => format!("takes {after}"),
        Stroke { .. } => "still under way".to_owned(),
    };
    format!(
        "{name} ({kind}) from {} to {}: leaves at {}, {end}{more}",
        place(trip.from),
        place(trip.to),
        trip.departed
    )
}

fn block(lab: &Lab, diagram: &Diagram, x: f64, y: f64, at: Time) -> Option<Hit> {
    let inside = |it: &&Block| {
        it.x - 2.0 <= x
            && x <= it.x + it.width + 2.0
            && it.y - 2.0 <= y
            && y <= it.y + it.height + 2.0
    };
    let it = diagram.blocks.iter().rev().filter(|it| it.index.is_some()).find(inside)?;
    let index = it.index?;
    match it.ink {
        Ink::Work | Ink::Failed | Ink::Aside => {
            let bar = lab.chronicle().bars.get(index)?;
            let words = bar_words(lab, index);
            let last = Time::from_micros(bar.until.as_micros().saturating_sub(1)).max(bar.since);
            let at = at.clamp(bar.since, last.min(lab.run().furthest()).max(bar.since));
            Some(Hit { words, selection: Some(Selection::Message(bar.message)), at })
        }
        _ => {
            let claim = lab.chronicle().claims.get(index)?;
            let Place::Person(person) = lab.chronicle().lanes.places[usize::from(claim.lane)]
            else {
                return None;
            };
            let words = claim_words(lab, index);
            Some(Hit { words, selection: Some(Selection::Person(person)), at: at.max(claim.since) })
        }
    }
}

fn span_words(since: Time, until: Time) -> String {
    match until {
        STILL => format!("from {since} on"),
        _ => format!("at {since}, for {}", until.since(since)),
    }
}

/// What a handler does, in words.
pub(super) fn bar_words(lab: &Lab, index: usize) -> String {
    let it = &lab.chronicle().bars[index];
    let Place::Service(id) = lab.chronicle().lanes.places[usize::from(it.lane)] else {
        return String::new();
    };
    let name = lab.plan().names.get(it.name as usize).map_or("a message", |it| &**it);
    let does = match (it.aside, it.failed) {
        (true, _) => "waits without a worker in",
        (_, true) => "fails at",
        _ => "works on",
    };
    let service = &lab.scenario().services[id].name;
    format!("{service} {does} {name} {}", span_words(it.since, it.until))
}

/// What a screen says, in words.
pub(super) fn claim_words(lab: &Lab, index: usize) -> String {
    let it = &lab.chronicle().claims[index];
    let Place::Person(person) = lab.chronicle().lanes.places[usize::from(it.lane)] else {
        return String::new();
    };
    let who = &lab.world().people[person].name;
    let truth = if it.is_false { ", which is not true" } else { "" };
    let span = span_words(it.since, it.until);
    format!("{who}'s screen says “{}”{truth} {span}", it.says.name())
}

/// The node of a lane, or the quantity of a small multiple.
fn row(lab: &Lab, diagram: &Diagram, y: f64, at: Time) -> Option<Hit> {
    let row = diagram.row_at(y)?;
    let (of, place) = match row.kind {
        RowKind::Chart(of) => (of, None),
        RowKind::Lane(place) => (Of::Waiting(place), Some(place)),
    };
    let series = lab.chronicle().series_of(of)?;
    let value = series.at(at);
    if place.is_some() && value < 0.5 {
        return None;
    }
    let what = if place.is_some() { "waiting" } else { row.what };
    let words = format!("{}: {} {what} at {at}", row.name, value_words(series, value));
    let selection = match (of, place) {
        (Of::Waiting(it), _) | (_, Some(it)) => Some(it),
        (Of::Busy(id), None) => Some(Place::Service(id)),
        _ => None,
    };
    let selection = selection.map(|it| match it {
        Place::Person(it) => Selection::Person(it),
        Place::Channel(it) => Selection::Channel(it),
        Place::Service(it) => Selection::Service(it),
    });
    Some(Hit { words, selection, at })
}
