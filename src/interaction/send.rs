//! How the intent leaves the device.

use super::{Axis, Choice};
use crate::base::Span;

/// How the intent leaves the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Send {
    /// One message; what becomes of it, becomes of it.
    Once,
    /// The same message again until somebody confirms it: see [`Send::timeout`].
    Retry,
    /// Kept on the device and sent again until the outcome is there; a reload and no network do it no harm.
    Outbox,
    /// As [`Send::Retry`], after a while in which the person can take it back.
    Hold,
}

impl Send {
    /// Messages in all of one that is repeated until it is confirmed, the first included.
    pub const ATTEMPTS: u32 = 4;
    /// How long the device waits for a sign after the first message; each time twice as long.
    pub const TIMEOUT: Span = Span::from_secs(2);
    /// How long it waits at most.
    pub const TIMEOUT_MAX: Span = Span::from_secs(32);
    /// For how long a person can take back what is held.
    pub const GRACE: Span = Span::from_secs(5);

    /// Is the message sent again when no sign comes?
    pub const fn repeats(self) -> bool {
        !matches!(self, Self::Once)
    }

    /// Messages in all, at most; none when it goes on for ever.
    pub const fn attempts(self) -> Option<u32> {
        match self {
            Self::Once => Some(1),
            Self::Retry | Self::Hold => Some(Self::ATTEMPTS),
            Self::Outbox => None,
        }
    }

    /// How long the device waits for a sign after message number `attempt` (the first is 1).
    pub const fn timeout(attempt: u32) -> Span {
        let doublings = if attempt > 5 { 4 } else { attempt.saturating_sub(1) };
        Span::from_micros(Self::TIMEOUT.as_micros() << doublings)
    }

    /// For how long the person can still take it back.
    pub const fn grace(self) -> Option<Span> {
        match self {
            Self::Hold => Some(Self::GRACE),
            Self::Once | Self::Retry | Self::Outbox => None,
        }
    }

    /// Is it kept on the device, so that a reload does it no harm and being offline only delays it?
    pub const fn is_kept(self) -> bool {
        matches!(self, Self::Outbox)
    }
}

impl Axis for Send {
    const NAME: &'static str = "send";
    const QUESTION: &'static str = "How does the intent leave the device?";
    const CHOICES: &'static [Choice<Self>] = &[
        Choice { name: "once", meaning: "The device sends it one time.", value: Self::Once },
        Choice {
            name: "retry",
            meaning: "The device sends it again until somebody confirms it, four times at most.",
            value: Self::Retry,
        },
        Choice {
            name: "outbox",
            meaning: "The device keeps it and sends it until the outcome is there, also after a reload or offline.",
            value: Self::Outbox,
        },
        Choice {
            name: "hold",
            meaning: "The device waits for five seconds, in which it can be undone; then it sends it as with retry.",
            value: Self::Hold,
        },
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_up_to_its_bound() {
        let seconds = [1, 2, 3, 4, 5, 6, 60].map(|it| Send::timeout(it).as_secs());
        assert_eq!(format!("{seconds:?}"), "[2.0, 4.0, 8.0, 16.0, 32.0, 32.0, 32.0]");
        assert_eq!(Send::timeout(60), Send::TIMEOUT_MAX);
    }
}
