//! The axis of a timeline: where an instant stands, and which instant stands at a place.
//!
//! Times in which nothing happens are no wider than so many pixels, however long they last. Everything else is linear:
//! the slope of a line is a delay.

use crate::app::chronicle::Gap;
use crate::base::Time;

/// A time in which nothing happens is at most this wide.
const FOLD_PX: f64 = 56.0;
/// The least distance of two ticks.
const TICK_PX: f64 = 84.0;

/// A folded time.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// Where it begins, in pixels.
    pub x: f64,
    /// How wide it is.
    pub width: f64,
    /// How long it really is, in words.
    pub words: String,
}

/// A mark with its instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where it stands.
    pub x: f64,
    /// The instant, in words.
    pub words: String,
}

/// A time in which nothing happens and that is too long to be shown: instants in microseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Idle {
    from: f64,
    to: f64,
    /// What is left out up to its end, itself included.
    left_out: f64,
}

/// The axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Its width in pixels.
    pub width: f64,
    /// Microseconds for one pixel.
    pub micros_per_px: f64,
    /// The left edge, in microseconds of which idle ones are left out.
    left: f64,
    idle: Vec<Idle>,
}

impl Axis {
    /// An axis that begins at the start of the run. `idle` are the times in which nothing happens.
    pub(super) fn new(idle: impl Iterator<Item = Gap>, width: f64, micros_per_px: f64) -> Self {
        let most = FOLD_PX * micros_per_px;
        let mut left_out = 0.0;
        let mut folded = Vec::new();
        for Gap { from, to } in idle {
            let (from, to) = (micros(from), micros(to));
            if most < to - from {
                left_out += to - from - most;
                folded.push(Idle { from, to, left_out });
            }
        }
        Self { width: width.max(1.0), micros_per_px, left: 0.0, idle: folded }
    }

    /// The same axis, moved so that this instant stands there.
    pub(super) fn with(mut self, at: Time, x: f64) -> Self {
        self.left = (self.shown(micros(at)) - x * self.micros_per_px).max(0.0);
        self
    }

    /// An instant without the idle time before it.
    fn shown(&self, at: f64) -> f64 {
        let next = self.idle.partition_point(|it| it.from <= at);
        let Some(it) = next.checked_sub(1).map(|it| self.idle[it]) else { return at };
        if it.to <= at {
            return at - it.left_out;
        }
        let most = FOLD_PX * self.micros_per_px;
        let before = it.left_out - (it.to - it.from - most);
        it.from - before + (at - it.from) / (it.to - it.from) * most
    }

    /// Where an instant stands, in pixels from the left edge; also beyond the edges.
    pub fn x(&self, at: Time) -> f64 {
        (self.shown(micros(at)) - self.left) / self.micros_per_px
    }

    /// The instant that stands at a place.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "instants of a run are far below 2⁵³ microseconds"
    )]
    pub fn time(&self, x: f64) -> Time {
        let shown = (self.left + x * self.micros_per_px).max(0.0);
        let next = self.idle.partition_point(|it| self.shown(it.from) <= shown);
        let at = match next.checked_sub(1).map(|it| self.idle[it]) {
            None => shown,
            Some(it) if self.shown(it.to) <= shown => shown + it.left_out,
            Some(it) => {
                let share = (shown - self.shown(it.from)) / (FOLD_PX * self.micros_per_px);
                it.from + share * (it.to - it.from)
            }
        };
        Time::from_micros(at.round() as u64)
    }

    /// The instants at both edges.
    pub fn edges(&self) -> (Time, Time) {
        (self.time(0.0), self.time(self.width))
    }

    /// What is folded, as far as it is in sight.
    pub fn folds(&self) -> Vec<Fold> {
        let fold = |it: &Idle| {
            let x = (self.shown(it.from) - self.left) / self.micros_per_px;
            let words = length_words((it.to - it.from) / 1e6);
            Fold { x, width: FOLD_PX, words }
        };
        let (first, last) = self.edges();
        let (first, last) = (micros(first), micros(last));
        let begin = self.idle.partition_point(|it| it.to < first);
        let in_sight = self.idle[begin..].iter().take_while(|it| it.from <= last);
        in_sight.map(fold).collect()
    }

    /// Round instants, with room between them.
    pub fn ticks(&self) -> Vec<Tick> {
        let step = round_step(TICK_PX * self.micros_per_px);
        let digits = match step {
            _ if 1e6 <= step => 0,
            _ if 1e5 <= step => 1,
            _ if 1e4 <= step => 2,
            _ if 1e3 <= step => 3,
            _ => 4,
        };
        let (first, last) = self.edges();
        let mut ticks: Vec<Tick> = Vec::new();
        let mut at = (micros(first) / step).ceil() * step;
        while at <= micros(last) {
            let x = (self.shown(at) - self.left) / self.micros_per_px;
            let inside = self.idle.partition_point(|it| it.from < at);
            let idle = inside.checked_sub(1).map(|it| self.idle[it]).filter(|it| at < it.to);
            if let Some(idle) = idle {
                // No tick stands in what is left out.
                at = (idle.to / step).ceil() * step;
                continue;
            }
            if ticks.last().is_none_or(|it| it.x + TICK_PX * 0.7 <= x) {
                ticks.push(Tick { x, words: format!("{:.digits$} s", at / 1e6) });
            }
            at += step;
        }
        ticks
    }
}

/// The first of 1, 2, 5, 10, … that is not below this.
fn round_step(least: f64) -> f64 {
    let mut decade = 1.0;
    loop {
        for step in [1.0, 2.0, 5.0] {
            if least <= step * decade {
                return step * decade;
            }
        }
        decade *= 10.0;
    }
}

/// A length in few words: "4.2 s", "3 min".
pub(super) fn length_words(secs: f64) -> String {
    match secs {
        _ if secs < 0.0995 => format!("{:.0} ms", secs * 1e3),
        _ if secs < 9.95 => format!("{secs:.1} s"),
        _ if secs < 120.0 => format!("{secs:.0} s"),
        _ if secs < 7_200.0 => format!("{:.0} min", secs / 60.0),
        _ => format!("{:.0} h", secs / 3_600.0),
    }
}

pub(super) fn micros(at: Time) -> f64 {
    at.as_micros() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(from: u64, to: u64) -> Gap {
        Gap { from: Time::from_micros(from * 1_000_000), to: Time::from_micros(to * 1_000_000) }
    }

    fn secs(secs: u64) -> Time {
        Time::from_micros(secs * 1_000_000)
    }

    #[test]
    fn without_idle_time_it_is_linear() {
        let axis = Axis::new(std::iter::empty(), 1_000.0, 10_000.0).with(secs(5), 100.0);
        assert!((axis.x(secs(6)) - 200.0).abs() < 1e-9);
        assert_eq!(axis.time(200.0), secs(6));
        assert!(axis.folds().is_empty());
        let ticks = axis.ticks();
        assert_eq!(ticks[0].words, "4 s");
        assert!(ticks.windows(2).all(|it| it[0].x + 80.0 < it[1].x));
    }

    #[test]
    fn idle_time_folds_and_nothing_else_does() {
        // 10 ms for a pixel: 56 pixels are 0.56 s.
        let gaps = [gap(2, 3), gap(10, 100), gap(101, 1_000)];
        let axis = Axis::new(gaps.into_iter(), 2_000.0, 10_000.0);
        for (at, x) in [(2, 200.0), (3, 256.0), (10, 956.0), (100, 1_012.0), (101, 1_112.0)] {
            assert!((axis.x(secs(at)) - x).abs() < 1e-6, "{at}: {}", axis.x(secs(at)));
        }
        let words: Vec<String> = axis.folds().into_iter().map(|it| it.words).collect();
        assert_eq!(words, ["1.0 s", "90 s", "15 min"]);
        // A wider look folds less.
        let wide = Axis::new(gaps.into_iter(), 2_000.0, 1_000_000.0);
        assert_eq!(wide.folds().len(), 2);
    }

    #[test]
    fn places_and_instants_are_each_other_s_opposite() {
        let gaps = [gap(2, 3), gap(10, 100), gap(101, 1_000)];
        for micros_per_px in [100.0, 3_333.0, 10_000.0, 250_000.0] {
            let axis = Axis::new(gaps.into_iter(), 900.0, micros_per_px).with(secs(4), 20.0);
            let mut before = f64::NEG_INFINITY;
            for tenth in 0..10_050_u64 {
                let at = Time::from_micros(tenth * 100_000);
                let x = axis.x(at);
                assert!(before < x, "later stands further to the right");
                before = x;
                if 0.0 <= x {
                    let back = axis.time(x).as_micros().abs_diff(at.as_micros());
                    assert!(back <= 1, "{back} at {at}");
                }
            }
        }
    }

    #[test]
    fn no_tick_stands_in_a_fold() {
        let axis = Axis::new([gap(2, 900)].into_iter(), 1_200.0, 10_000.0);
        let folds = axis.folds();
        let inside = |x: f64| folds.iter().any(|it| it.x + 1e-6 < x && x < it.x + it.width - 1e-6);
        assert!(axis.ticks().iter().all(|it| !inside(it.x)));
    }
}
