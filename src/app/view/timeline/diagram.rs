//! Everything that is painted: lines, blocks and signs, in pixels.

use super::axis::{Axis, Fold, Tick};
use super::charts::{Chart, charts};
use super::flags::{SignView, signs};
use super::profile::profile;
use super::rows::{Row, RowKind, Rows};
use super::strokes::{Stroke, strokes};
use crate::app::Lab;
use crate::app::chronicle::{Bar, Of, STILL, Trouble};
use crate::app::view::Place;
use crate::app::view::link::node_at;
use crate::base::Time;
use crate::client::Says;

/// With more handlers in sight, the share of busy workers stands for them.
const BARS_MAX: usize = 2_000;
/// Claims that are drawn at most.
const CLAIMS_MAX: usize = 2_000;
/// Rows within a lane for workers and claims that go on side by side, at most.
const SIDE_BY_SIDE_MAX: u32 = 3;
/// No block is narrower than this.
const NARROW_PX: f64 = 1.5;

/// What a block stands for. It has a colour and a pattern of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// Something is wrong with the node.
    Trouble,
    /// The process is not there.
    Down,
    /// Messages wait.
    Waiting,
    /// A handler waits without a worker.
    Aside,
    /// A worker is busy.
    Work,
    /// A worker was busy, and the message could not be handled.
    Failed,
    /// A screen says something that is not certain.
    Pending,
    /// A screen says that it is so, and it is.
    True,
    /// A screen says that it was refused, or that it does not know.
    Bad,
    /// A screen says what is not true.
    False,
}

/// A block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// What it stands for.
    pub ink: Ink,
    /// Its place among the chronicle's bars or claims, as the ink says; none for what has no end of its own.
    pub index: Option<usize>,
    /// It has nothing to do with what is selected, while something is.
    pub dim: bool,
}

/// The timeline as it is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    /// The axis.
    pub axis: Axis,
    /// Rows from the top down.
    pub rows: Rows,
    /// Marks on the axis.
    pub ticks: Vec<Tick>,
    /// Folded times.
    pub folds: Vec<Fold>,
    /// Messages.
    pub strokes: Vec<Stroke>,
    /// Handlers, claims, what waits, troubles.
    pub blocks: Vec<Block>,
    /// Instants that are worth a sign.
    pub signs: Vec<SignView>,
    /// Small multiples.
    pub charts: Vec<Chart>,
    /// Where the playhead stands.
    pub now: f64,
    /// Where that ends what has been seen.
    pub end: f64,
    /// Up to here, messages are not kept one by one any more.
    pub thinned: Option<f64>,
}

/// The timeline of the run, between the edges of the axis.
pub fn diagram(lab: &Lab, axis: Axis, rows: Rows) -> Diagram {
    let thinned = lab.chronicle().thinned.before;
    let mut blocks = Vec::new();
    troubles(lab, &axis, &rows, &mut blocks);
    waits(lab, &axis, &rows, &mut blocks);
    works(lab, &axis, &rows, &mut blocks);
    claims(lab, &axis, &rows, &mut blocks);
    Diagram {
        ticks: axis.ticks(),
        folds: axis.folds(),
        strokes: strokes(lab, &axis, &rows),
        signs: signs(lab, &axis, &rows),
        charts: charts(lab, &axis, &rows),
        now: axis.x(lab.run().now()),
        end: axis.x(lab.run().furthest()),
        thinned: (Time::ZERO < thinned).then(|| axis.x(thinned)).filter(|it| 0.0 < *it),
        blocks,
        axis,
        rows,
    }
}

/// A block from one instant to another, within what is seen.
fn block(
    lab: &Lab,
    axis: &Axis,
    (since, until): (Time, Time),
    (y, height): (f64, f64),
    ink: Ink,
) -> Block {
    let (x, end) = (axis.x(since), axis.x(until.min(lab.run().furthest())));
    Block { x, y, width: (end - x).max(NARROW_PX), height, ink, index: None, dim: false }
}

fn troubles(lab: &Lab, axis: &Axis, rows: &Rows, blocks: &mut Vec<Block>) {
    let (first, last) = axis.edges();
    let shades = lab.chronicle().shades.iter();
    for it in shades.filter(|it| it.since <= last && first <= it.until) {
        let Some(row) = rows.get(usize::from(it.lane)) else { continue };
        let ink = match it.trouble {
            Trouble::Down => Ink::Down,
            Trouble::Paused | Trouble::Slow | Trouble::Cut | Trouble::Offline => Ink::Trouble,
        };
        let span = (it.since, it.until);
        blocks.push(block(lab, axis, span, (row.top + 1.0, row.height - 2.0), ink));
    }
}

/// What waits: a thin line for one message, thicker ones for more.
fn waits(lab: &Lab, axis: &Axis, rows: &Rows, blocks: &mut Vec<Block>) {
    let (first, last) = axis.edges();
    let last = last.min(lab.run().furthest());
    for row in rows {
        let RowKind::Lane(place) = row.kind else { break };
        let Some(series) = lab.chronicle().series_of(Of::Waiting(place)) else { continue };
        if series.is_empty() {
            continue;
        }
        for it in profile(series, axis, (first, last)).iter().filter(|it| it.peak > 0.0) {
            let thick = (1.5 + libm::log2(it.peak.max(1.0)) * 2.0).min(row.height * 0.45);
            let y = row.top + row.height - 2.0 - thick;
            let width = (it.to - it.x).max(NARROW_PX);
            let (height, ink, dim) = (thick, Ink::Waiting, lab.lineage().is_some());
            blocks.push(Block { x: it.x, y, width, height, ink, index: None, dim });
        }
    }
}

/// Handlers at work, worker by worker, or the share of them that is busy.
fn works(lab: &Lab, axis: &Axis, rows: &Rows, blocks: &mut Vec<Block>) {
    let chronicle = lab.chronicle();
    let (first, last) = axis.edges();
    let behind = chronicle.bars.partition_point(|it| it.since <= last);
    let in_sight = (0..behind).rev().filter(|it| first <= chronicle.bars[*it].until);
    let in_sight: Vec<usize> = in_sight.take(BARS_MAX + 1).collect();
    if in_sight.len() <= BARS_MAX {
        for index in in_sight {
            let it = &chronicle.bars[index];
            let Some(row) = rows.get(usize::from(it.lane)) else { continue };
            let ink = match it {
                Bar { failed: true, .. } => Ink::Failed,
                Bar { aside: true, .. } => Ink::Aside,
                Bar { .. } => Ink::Work,
            };
            let place = beside(row, it.worker, workers(lab, row));
            let span = (it.since, it.until);
            let dim = lab.lineage().is_some_and(|of| !of.has_at(it.message, node_at(lab, it.lane)));
            blocks.push(Block { index: Some(index), dim, ..block(lab, axis, span, place, ink) });
        }
        return;
    }
    let last = last.min(lab.run().furthest());
    for row in rows {
        let RowKind::Lane(Place::Service(id)) = row.kind else { continue };
        let Some(series) = chronicle.series_of(Of::Busy(id)) else { continue };
        for it in profile(series, axis, (first, last)).iter().filter(|it| it.peak > 0.0) {
            let share = f64::midpoint(it.first, it.last) / series.whole.unwrap_or(1.0).max(1.0);
            let height = (row.height * 0.6 * share).max(1.0);
            let y = row.top + row.height * 0.8 - height;
            let width = (it.to - it.x).max(NARROW_PX);
            let (ink, dim) = (Ink::Work, lab.lineage().is_some());
            blocks.push(Block { x: it.x, y, width, height, ink, index: None, dim });
        }
    }
}

fn workers(lab: &Lab, row: &Row) -> u32 {
    let RowKind::Lane(Place::Service(id)) = row.kind else { return 1 };
    let it = &lab.scenario().services[id];
    it.instances.saturating_mul(it.workers)
}

/// The upper edge and the height of what goes on side by side with others in a lane.
fn beside(row: &Row, number: u32, of: u32) -> (f64, f64) {
    let of = of.clamp(1, SIDE_BY_SIDE_MAX);
    let room = if of == 1 { row.height * 0.42 } else { row.height * 0.64 };
    let each = room / f64::from(of);
    let top = row.top + (row.height - room) / 2.0;
    (top + each * f64::from(number % of), (each - 1.0).max(2.0))
}

/// What screens say, and how that stands to the truth.
fn claims(lab: &Lab, axis: &Axis, rows: &Rows, blocks: &mut Vec<Block>) {
    let chronicle = lab.chronicle();
    let (first, last) = axis.edges();
    let behind = chronicle.claims.partition_point(|it| it.since <= last);
    let in_sight = (0..behind).rev().filter(|it| first <= chronicle.claims[*it].until);
    for index in in_sight.take(CLAIMS_MAX) {
        let it = &chronicle.claims[index];
        let ink = match it.says {
            _ if it.is_false => Ink::False,
            Says::Nothing => continue,
            Says::Done | Says::Accepted => Ink::True,
            says if says.is_bad_news() => Ink::Bad,
            _ => Ink::Pending,
        };
        let Some(row) = rows.get(usize::from(it.lane)) else { continue };
        // A claim that is over was only said, for no time: it shows for an instant.
        let until = if it.until == STILL { it.until } else { it.until.max(it.since) };
        let number = u32::try_from(it.intent % u64::from(SIDE_BY_SIDE_MAX)).unwrap_or(0);
        let place = beside(row, number, SIDE_BY_SIDE_MAX);
        let dim = lab.lineage().is_some_and(|of| !of.has_intent(it.intent));
        let span = (it.since, until);
        blocks.push(Block { index: Some(index), dim, ..block(lab, axis, span, place, ink) });
    }
}

impl Diagram {
    /// How high all rows are together.
    pub fn height(&self) -> f64 {
        self.rows.last().map_or(0.0, |it| it.top + it.height)
    }

    /// The row at a height.
    pub fn row_at(&self, y: f64) -> Option<&Row> {
        self.rows.iter().find(|it| it.top <= y && y < it.top + it.height)
    }
}
