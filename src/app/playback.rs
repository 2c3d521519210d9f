//! Playing: turns the onlooker's time into virtual time, within bounds, and leads the playhead to where it is to go.

use std::time::Duration;

use super::lab::{Lab, end_of_time};
use crate::base::{Span, Time};

/// The speeds that can be chosen, in virtual seconds for one of the onlooker's.
pub const SPEEDS: &[f64] = &[0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0];

/// The longest step of the onlooker's time that is played: a hidden tab or a sleeping machine does not make the run
/// jump.
const FRAME_MAX: Duration = Duration::from_millis(100);

/// Occurrences that are played in one go, unless whoever drives the lab wants to look at a clock in between.
pub(super) const OCCURRENCES_AT_ONCE: u64 = 2_000_000;

/// How the run is being played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// Does it move?
    pub playing: bool,
    /// Virtual seconds for one of the onlooker's.
    pub speed: f64,
}

impl Default for Playback {
    fn default() -> Self {
        Self { playing: true, speed: 1.0 }
    }
}

impl Playback {
    /// How far virtual time moves in a frame that took `elapsed`.
    pub(super) fn span(self, elapsed: Duration) -> Span {
        if !self.playing {
            return Span::ZERO;
        }
        Span::from_secs_f64(elapsed.min(FRAME_MAX).as_secs_f64() * self.speed)
    }
}

impl Lab {
    /// The same lab, which lets so many occurrences at most come about in one go, so that whoever drives it can look
    /// at a clock in between. The rest of a way is left to [`Action::Work`](super::Action::Work).
    #[must_use]
    pub const fn in_turns(mut self, occurrences: u64) -> Self {
        self.at_once = occurrences;
        self
    }

    /// The instant that the playhead is on its way to, while there is more to play before it than fits into one go.
    pub const fn goal(&self) -> Option<Time> {
        self.goal
    }

    /// So much time has passed for the onlooker. A way that is not at its end yet goes first: nothing is caught up.
    pub(super) fn frame(&mut self, elapsed: Duration) {
        if self.goal.is_none() && self.playback.playing {
            self.goal = Some(self.run.now() + self.playback.span(elapsed));
        }
        self.work();
    }

    pub(super) fn toggle_play(&mut self) {
        self.goal = None;
        self.playback.playing = !self.playback.playing;
    }

    pub(super) fn pause(&mut self) {
        self.goal = None;
        self.playback.playing = false;
    }

    /// Sends the playhead to an instant.
    pub(super) fn go_to(&mut self, to: Time) {
        self.goal = Some(to);
        self.work();
    }

    /// Plays on towards the goal, as much as fits into one go.
    pub(super) fn work(&mut self) {
        let Some(to) = self.goal else { return };
        if self.play(to.min(end_of_time()), self.at_once) {
            self.goal = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleeping_tab_does_not_jump() {
        let playback = Playback { playing: true, speed: 2.0 };
        assert_eq!(playback.span(Duration::from_secs(3_600)), Span::from_millis(200));
        assert_eq!(playback.span(Duration::from_millis(16)), Span::from_millis(32));
        assert_eq!(
            Playback { playing: false, ..playback }.span(Duration::from_secs(1)),
            Span::ZERO
        );
    }
}
