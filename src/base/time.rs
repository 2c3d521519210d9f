//! Virtual time: instants and spans in whole microseconds.
//!
//! Integers only, so that equal inputs give equal runs on every machine. Arithmetic saturates at
//! [`Time::MAX`], which no run reaches: see `limits::RUN_SPAN_MAX`.

use std::fmt;
use std::ops::{Add, Sub};

use serde::Serialize;

/// An instant of virtual time: microseconds since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Time(u64);

/// A length of virtual time in microseconds, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Span(u64);

impl Time {
    /// The start of every run.
    pub const ZERO: Self = Self(0);
    /// Later than anything that can happen.
    pub const MAX: Self = Self(u64::MAX);

    /// The instant `micros` microseconds after the start.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// Microseconds since the start.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// Seconds since the start, for drawing and for statistics only.
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// How long after `earlier` this is; zero when it is not after it.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of `micros` microseconds.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// A span of `millis` milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// A span of `secs` seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    /// The nearest whole microsecond to `secs` seconds; zero for negative numbers and for what is not a
    /// number. Rounded once, here, so that everything after is exact.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, as wanted"
    )]
    pub fn from_secs_f64(secs: f64) -> Self {
        Self((secs * 1e6 + 0.5) as u64)
    }

    /// The span in microseconds.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// The span in seconds, for drawing and for statistics only.
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

impl Add<Span> for Time {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub<Span> for Time {
    type Output = Self;
    /// Saturates at the start of the run.
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

/// Written as people write it and as the scenario language reads it: the largest unit of `us`, `ms`, `s`,
/// `min`, `h` in which the number stays a short decimal (`250ms`, `1.5s`, `2min`).
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, size) = match self.0 {
            0 => ("ms", 1_000),
            us if us < 1_000 => ("us", 1),
            us if us < 1_000_000 => ("ms", 1_000),
            us if us < 120_000_000 || us % 60_000_000 != 0 => ("s", 1_000_000),
            us if us % 3_600_000_000 == 0 => ("h", 3_600_000_000),
            _ => ("min", 60_000_000),
        };
        let (whole, rest) = (self.0 / size, self.0 % size);
        if rest == 0 {
            return write!(f, "{whole}{unit}");
        }
        let digits = size.ilog10() as usize;
        let fraction = format!("{rest:0digits$}");
        write!(f, "{whole}.{}{unit}", fraction.trim_end_matches('0'))
    }
}

/// Seconds with milliseconds, as a stopwatch shows them (`12.345 s`).
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0 / 1_000;
        write!(f, "{}.{:03} s", millis / 1_000, millis % 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_written_as_people_write_them() {
        for (micros, text) in [
            (0, "0ms"),
            (250_000, "250ms"),
            (1_500_000, "1.5s"),
            (120_000_000, "2min"),
            (90_000_000, "90s"),
            (7_200_000_000, "2h"),
            (12, "12us"),
            (1_050, "1.05ms"),
        ] {
            assert_eq!(Span::from_micros(micros).to_string(), text);
        }
    }

    #[test]
    fn seconds_round_once_to_the_nearest_microsecond() {
        assert_eq!(Span::from_secs_f64(0.000_001_4).as_micros(), 1);
        assert_eq!(Span::from_secs_f64(-1.0), Span::ZERO);
        assert_eq!(Span::from_secs_f64(f64::NAN), Span::ZERO);
    }
}
