//! What an instance remembers of a call in the text: its circuit breaker, and how many repetitions it has saved up for.
//! It is in memory, and a crash takes it.

use std::collections::VecDeque;

use crate::base::{Span, Time};

/// Units of the budget that one repetition costs: it is kept in whole numbers.
pub(super) const REPETITION: u64 = 1_000_000;
/// Repetitions that may be saved up.
const SAVED_MAX: u64 = 10 * REPETITION;

/// The place of a call in the text of a service: handler, instruction, call.
pub type Place = [usize; 3];

/// What is remembered of one call in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallMemory {
    /// Does it let calls through?
    pub breaker: Breaker,
    /// What is left of the budget for repetitions.
    pub(super) saved: u64,
}

/// A circuit breaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breaker {
    /// It lets calls through. The latest failures.
    Closed(VecDeque<Time>),
    /// It lets nothing through before this instant.
    Open(Time),
    /// It has let one attempt through, whose outcome decides.
    HalfOpen,
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed(VecDeque::new())
    }
}

impl Breaker {
    /// May an attempt be made? If so: is it the one whose outcome decides?
    pub(super) fn admit(&mut self, now: Time) -> Option<bool> {
        match self {
            Self::Closed(_) => Some(false),
            Self::Open(until) if *until <= now => {
                *self = Self::HalfOpen;
                Some(true)
            }
            Self::Open(_) | Self::HalfOpen => None,
        }
    }

    /// An attempt has failed.
    pub(super) fn fail(&mut self, probe: bool, now: Time, failures: usize, rule: (Span, Span)) {
        let (within, pause) = rule;
        match self {
            Self::Closed(recent) => {
                recent.push_back(now);
                while recent.front().is_some_and(|it| within < now.since(*it)) {
                    recent.pop_front();
                }
                if failures <= recent.len() {
                    *self = Self::Open(now + pause);
                }
            }
            Self::HalfOpen if probe => *self = Self::Open(now + pause),
            Self::HalfOpen | Self::Open(_) => {}
        }
    }

    /// The attempt that decides has been answered.
    pub(super) fn close(&mut self) {
        *self = Self::default();
    }

    /// Nobody waits any more for the attempt that decides: the next one does.
    pub(super) fn let_next(&mut self, now: Time) {
        *self = Self::Open(now);
    }

    /// Its number in records: 0 closed, 1 open, 2 half open.
    pub(super) const fn standing(&self) -> u32 {
        match self {
            Self::Closed(_) => 0,
            Self::Open(_) => 1,
            Self::HalfOpen => 2,
        }
    }
}

impl CallMemory {
    /// A call with a budget begins.
    pub(super) fn save(&mut self, share: f64) {
        let units = Span::from_secs_f64(share).as_micros();
        self.saved = (self.saved + units.min(REPETITION)).min(SAVED_MAX);
    }

    /// Is there enough for a repetition? Then it is spent.
    pub(super) const fn spend(&mut self) -> bool {
        if self.saved < REPETITION {
            return false;
        }
        self.saved -= REPETITION;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_ten_repetitions_are_saved_up() {
        let mut memory = CallMemory::default();
        (0..40).for_each(|_| memory.save(0.5));
        assert_eq!((0..40).filter(|_| memory.spend()).count(), 10);
        // And of one call no more than one.
        memory.save(3.0);
        assert_eq!((0..40).filter(|_| memory.spend()).count(), 1);
    }
}
