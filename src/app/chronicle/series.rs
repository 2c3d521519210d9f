//! A quantity that changes in the course of a run: steps and slopes.
//!
//! It owns its knees, in the order of time. Promises exact integrals, also where old knees have been put together.

use crate::app::view::Place;
use crate::base::Time;
use crate::language::scenario::{ClientId, ServiceId};

/// What a series counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Messages that wait in a channel or an inbox.
    Waiting(Place),
    /// Workers of a service that are busy.
    Busy(ServiceId),
    /// The age in seconds of what a list on the screens of a class of people shows: the mean of all its people.
    Stale(ClientId, usize),
    /// Claims on the screens of a class of people of which it is not over what is true.
    Claims(ClientId),
    /// Those of them that are not true at this instant.
    False(ClientId),
}

/// From here on, a quantity has this value and grows like this.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knee {
    /// From when on.
    pub at: Time,
    /// The value at this instant. Of knees that were put together, the mean.
    pub value: f64,
    /// What it gains in each second.
    pub slope: f64,
    /// Of knees that were put together: the highest value of all.
    pub peak: f64,
}

/// The stretch from one knee to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Where it begins.
    pub from: Time,
    /// Where it ends.
    pub to: Time,
    /// The value at its beginning.
    pub first: f64,
    /// The value at its end.
    pub last: f64,
    /// Its highest value.
    pub peak: f64,
}

impl Segment {
    /// Its area, in seconds.
    pub fn area(&self) -> f64 {
        f64::midpoint(self.first, self.last) * self.to.since(self.from).as_secs()
    }
}

/// A quantity in the course of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it counts.
    pub of: Of,
    /// The value that means all of it, where there is one: as many workers as there are.
    pub whole: Option<f64>,
    knees: Vec<Knee>,
}

impl Series {
    pub(super) fn new(of: Of, whole: Option<f64>) -> Self {
        let first = Knee { at: Time::ZERO, value: 0.0, slope: 0.0, peak: 0.0 };
        Self { of, whole, knees: vec![first] }
    }

    /// How many knees it has.
    pub const fn len(&self) -> usize {
        self.knees.len()
    }

    /// Has it always been the same?
    pub const fn is_empty(&self) -> bool {
        self.knees.len() <= 1
    }

    /// From this instant on, the quantity is this. What was said of the same instant does not count any more.
    pub(super) fn set(&mut self, at: Time, value: f64, slope: f64) {
        let knee = Knee { at, value, slope, peak: value };
        if let Some(last) = self.knees.last_mut().filter(|it| at <= it.at) {
            *last = Knee { at: last.at, ..knee };
            // Going back to what was before leaves no trace.
            if let [.., before, last] = self.knees[..]
                && goes_on(&before, &last)
            {
                self.knees.pop();
            }
        } else if !self.knees.last().is_some_and(|it| goes_on(it, &knee)) {
            self.knees.push(knee);
        }
    }

    /// The value at its end.
    pub(super) fn last_value(&self) -> f64 {
        self.knees.last().map_or(0.0, |it| it.value)
    }

    /// Forgets what was from this instant on.
    pub(super) fn forget_from(&mut self, at: Time) {
        let keep = self.knees.partition_point(|it| it.at < at).max(1);
        self.knees.truncate(keep);
        if at == Time::ZERO {
            self.knees[0] = Knee { at, value: 0.0, slope: 0.0, peak: 0.0 };
        }
    }

    /// Puts pairs of old knees together when there are more than so many. The area stays.
    pub(super) fn thin(&mut self, most: usize) {
        if self.knees.len() <= most {
            return;
        }
        let old = (self.knees.len() / 2) & !1;
        let mut thinned = Vec::with_capacity(most);
        for index in (0..old).step_by(2) {
            let (a, b) = (self.segment(index, Time::MAX), self.segment(index + 1, Time::MAX));
            let span = b.to.since(a.from).as_secs();
            let value = if span > 0.0 { (a.area() + b.area()) / span } else { a.first };
            thinned.push(Knee { at: a.from, value, slope: 0.0, peak: a.peak.max(b.peak) });
        }
        thinned.extend_from_slice(&self.knees[old..]);
        self.knees = thinned;
    }

    /// The stretch that begins with a knee; the last one goes on until `end`.
    fn segment(&self, index: usize, end: Time) -> Segment {
        let it = self.knees[index];
        let to = self.knees.get(index + 1).map_or(end.max(it.at), |it| it.at.min(end.max(it.at)));
        let last = it.value + it.slope * to.since(it.at).as_secs();
        Segment { from: it.at, to, first: it.value, last, peak: it.peak.max(last) }
    }

    /// The stretches between two instants, cut there.
    pub fn segments(&self, from: Time, to: Time) -> impl Iterator<Item = Segment> {
        let first = self.knees.partition_point(|it| it.at <= from).max(1) - 1;
        let knees = self.knees[first..].iter().take_while(move |it| it.at < to);
        knees.enumerate().map(move |(index, it)| {
            let whole = self.segment(first + index, to);
            let begin = it.at.max(from);
            let end = whole.to.min(to).max(begin);
            let value = |at: Time| it.value + it.slope * at.since(it.at).as_secs();
            let (first, last) = (value(begin), value(end));
            // Where it only rises or stays, the end is the highest; put together, the peak is known.
            let peak = if it.slope > 0.0 { last } else { it.peak };
            Segment { from: begin, to: end, first, last, peak }
        })
    }

    /// The value at an instant.
    pub fn at(&self, at: Time) -> f64 {
        let it = self.knees[self.knees.partition_point(|it| it.at <= at).max(1) - 1];
        it.value + it.slope * at.since(it.at).as_secs()
    }

    /// The mean and the highest value between two instants.
    pub fn mean_and_peak(&self, from: Time, to: Time) -> (f64, f64) {
        let (mut area, mut peak) = (0.0, 0.0_f64);
        for it in self.segments(from, to) {
            area += it.area();
            peak = peak.max(it.peak);
        }
        let span = to.since(from).as_secs();
        if span > 0.0 { (area / span, peak) } else { (self.at(from), self.at(from)) }
    }
}

/// Does a knee say only what the one before it has said?
fn goes_on(before: &Knee, it: &Knee) -> bool {
    before.slope.total_cmp(&it.slope).is_eq()
        && before.slope.total_cmp(&0.0).is_eq()
        && before.value.total_cmp(&it.value).is_eq()
        && before.peak.total_cmp(&it.value).is_eq()
}
