//! The part of the run that is in sight: what the person at the page has chosen of it.

use super::axis::Axis;
use crate::app::Lab;
use crate::app::chronicle::Gap;
use crate::base::{Span, Time};

/// What is in sight at first.
const SPAN_FIRST: Span = Span::from_secs(12);
/// The closest look.
const SPAN_MIN_MICROS: f64 = 10_000.0;
/// Where the playhead stands when the window follows it: a share of the width.
const PLAYHEAD_AT: f64 = 0.86;
/// What stays free at the right edge when the whole run is in sight.
const WHOLE: f64 = 0.97;

/// What is in sight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The left edge, when it does not follow.
    pub start: Time,
    /// How much time the width holds, in microseconds, if nothing is folded.
    pub micros: f64,
    /// It goes with the playhead.
    pub follows: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self { start: Time::ZERO, micros: SPAN_FIRST.as_micros() as f64, follows: true }
    }
}

impl Window {
    /// The axis that shows this window.
    pub fn axis(&self, lab: &Lab, width: f64) -> Axis {
        let axis = self.plain_axis(lab, width);
        if !self.follows {
            return axis.with(self.start, 0.0);
        }
        let now = lab.run().now();
        if axis.x(now) <= width * PLAYHEAD_AT { axis } else { axis.with(now, width * PLAYHEAD_AT) }
    }

    fn plain_axis(&self, lab: &Lab, width: f64) -> Axis {
        let chronicle = lab.chronicle();
        let end = lab.run().furthest();
        // Idle time at the end of what is seen folds while it grows: nothing jumps when it is over.
        let open = Gap { from: chronicle.idle_since(), to: end };
        let gaps = chronicle.gaps.iter().copied();
        let gaps = gaps.chain(Some(open).filter(|it| it.from < it.to));
        Axis::new(gaps, width, self.micros / width.max(1.0))
    }

    /// Shows so many times as much, around an instant that stays where it is; without one, around the playhead.
    #[must_use]
    pub fn zoomed(&self, lab: &Lab, width: f64, times: f64, pivot: Option<f64>) -> Self {
        let most = self.whole_micros(lab).max(SPAN_FIRST.as_micros() as f64) * 2.0;
        let micros = (self.micros * times).clamp(SPAN_MIN_MICROS, most);
        let before = self.axis(lab, width);
        let now = lab.run().now();
        let (x, at) = match pivot {
            Some(x) => (x, before.time(x)),
            None => (before.x(now).clamp(0.0, width), before.time(before.x(now).clamp(0.0, width))),
        };
        let wider = Self { micros, ..*self };
        let start = wider.plain_axis(lab, width).with(at, x).time(0.0);
        // Who looks at something does not want to be taken along; who does not goes on with the playhead.
        Self { start, micros, follows: self.follows && pivot.is_none() }
    }

    /// The same, so many pixels further to the right.
    #[must_use]
    pub fn panned(&self, lab: &Lab, width: f64, px: f64) -> Self {
        let axis = self.axis(lab, width);
        let end = lab.run().furthest().max(lab.run().now());
        Self { start: axis.time(px).min(end), follows: false, ..*self }
    }

    /// The whole run.
    #[must_use]
    pub fn whole(&self, lab: &Lab) -> Self {
        Self { start: Time::ZERO, micros: self.whole_micros(lab), follows: false }
    }

    /// From one instant to another.
    #[must_use]
    pub fn between(from: Time, to: Time) -> Self {
        let micros = (to.since(from).as_micros() as f64).max(SPAN_MIN_MICROS);
        Self { start: from, micros, follows: false }
    }

    /// So much time that everything that is seen fits in, folded as it then is.
    fn whole_micros(&self, lab: &Lab) -> f64 {
        const WIDTH: f64 = 1_000.0;
        let end = lab.run().furthest().max(Time::from_micros(1_000_000));
        let (mut least, mut most) = (SPAN_MIN_MICROS, end.as_micros() as f64 / WHOLE);
        let fits =
            |micros: f64| Self { micros, ..*self }.plain_axis(lab, WIDTH).x(end) <= WIDTH * WHOLE;
        for _ in 0..24 {
            let middle = f64::midpoint(least, most);
            if fits(middle) { most = middle } else { least = middle }
        }
        most
    }

    /// With the playhead in sight, moved if it has to be.
    #[must_use]
    pub fn with_playhead(&self, lab: &Lab, width: f64) -> Self {
        let now = lab.run().now();
        let axis = self.axis(lab, width);
        let x = axis.x(now);
        if self.follows || 0.0 <= x && x <= width {
            return *self;
        }
        let start = self.plain_axis(lab, width).with(now, width / 2.0).time(0.0);
        Self { start, ..*self }
    }
}
