//! Playing: turns the onlooker's time into virtual time, within bounds.

use std::time::Duration;

use crate::base::Span;

/// The speeds that can be chosen, in virtual seconds for one of the onlooker's.
pub const SPEEDS: &[f64] = &[0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0];

/// The longest step of the onlooker's time that is played: a hidden tab or a sleeping machine does not make the run
/// jump.
const FRAME_MAX: Duration = Duration::from_millis(100);

/// Occurrences that are played in one frame at most; what is more waits for the next, and time waits with it.
pub(super) const OCCURRENCES_PER_FRAME: u64 = 20_000;

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
