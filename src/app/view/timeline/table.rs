//! The timeline's twin: the same as words and numbers, for those who do not look at the picture, or want figures.

use super::axis::Axis;
use super::flags::flag_words;
use super::hit::{bar_words, claim_words, trip_words};
use super::rows::{ChartView, chart_view, counted, in_sight, is_shown};
use super::strokes::Stroke;
use crate::app::chronicle::Series;
use crate::app::view::Shape;
use crate::app::{Lab, Selection};
use crate::base::Time;

/// Rows that are told at most.
const HAPPENINGS_MAX: usize = 150;

/// Something that begins in sight.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// When.
    pub at: Time,
    /// What, in words.
    pub words: String,
    /// What it is about, if that can be selected.
    pub selection: Option<Selection>,
}

/// A quantity in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// Whose.
    pub name: String,
    /// What is counted.
    pub what: &'static str,
    /// In numbers.
    pub figures: ChartView,
}

/// What begins between two instants, the earliest first; and how much more there is.
pub fn happenings(lab: &Lab, (from, to): (Time, Time)) -> (Vec<Happening>, usize) {
    let it = lab.chronicle();
    let mut all: Vec<(Time, u8, usize)> = Vec::new();
    let mut take = |kind: u8, count: usize, at: &dyn Fn(usize) -> Time| {
        let begin = partition(count, &|index| at(index) < from);
        let end = partition(count, &|index| at(index) <= to);
        all.extend((begin..end).map(|index| (at(index), kind, index)));
    };
    take(0, it.flags.len(), &|index| it.flags[index].at);
    take(1, it.trips.len(), &|index| it.trips[index].departed);
    take(2, it.bars.len(), &|index| it.bars[index].since);
    take(3, it.claims.len(), &|index| it.claims[index].since);
    all.sort_unstable();
    let more = all.len().saturating_sub(HAPPENINGS_MAX);
    let told = all.iter().take(HAPPENINGS_MAX).filter_map(|(at, kind, index)| {
        let (words, selection) = match kind {
            0 => (flag_words(lab, &it.flags[*index]), None),
            1 => {
                let message = it.trips[*index].message;
                (trip_words(lab, &stroke(lab, *index)), Some(Selection::Message(message)))
            }
            2 => {
                let message = it.bars[*index].message;
                (bar_words(lab, *index), Some(Selection::Message(message)))
            }
            _ => (claim_words(lab, *index), None),
        };
        (!words.is_empty()).then_some(Happening { at: *at, words, selection })
    });
    (told.collect(), more)
}

/// How many items come before the first that is not meant.
fn partition(count: usize, is_before: &dyn Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// A trip without its place in a picture.
fn stroke(lab: &Lab, index: usize) -> Stroke {
    let trip = &lab.chronicle().trips[index];
    let is_over = trip.ends <= lab.run().furthest();
    Stroke {
        from: (0.0, 0.0),
        to: (0.0, 0.0),
        shape: Shape::of_name(trip.name as usize, lab.plan()),
        lost: trip.lost && is_over,
        arrived: !trip.lost && is_over,
        count: 1,
        message: trip.message,
        trip: index,
        dim: false,
    }
}

/// All quantities, at the playhead and in this span of time; without one, in what is in sight.
pub fn figures(lab: &Lab, axis: &Axis, span: Option<(Time, Time)>) -> Vec<FigureRow> {
    let span = span.unwrap_or_else(|| in_sight(lab, axis));
    let now = lab.run().now();
    let shown = lab.chronicle().series.iter().filter(|it| is_shown(it));
    let row = |series: &Series| {
        let (name, what) = counted(lab, series.of);
        FigureRow { name, what, figures: chart_view(series, now, span) }
    };
    shown.map(row).collect()
}
