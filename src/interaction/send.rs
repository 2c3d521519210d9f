//! How the intent leaves the device.

use super::{Axis, Choice};
use crate::base::Span;

/// How the intent leaves the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Send {
    /// One message; what becomes of it, becomes of it.
    Once,
    /// The same message again until somebody confirms it: see [`Retry`].
    Retry,
}

/// The schedule of repetitions: a time-out that doubles, so that a slow system is not made slower.
pub struct Retry;

impl Retry {
    /// Messages in all, the first included.
    pub const ATTEMPTS: u32 = 4;
    /// How long the device waits for a sign after the first message.
    pub const TIMEOUT: Span = Span::from_secs(2);

    /// How long the device waits for a sign after message number `attempt` (the first is 1).
    pub const fn timeout(attempt: u32) -> Span {
        Span::from_micros(Self::TIMEOUT.as_micros() << attempt.saturating_sub(1))
    }
}

impl Send {
    /// Does the device want a receipt from whoever takes the message in?
    pub const fn wants_receipt(self) -> bool {
        matches!(self, Self::Retry)
    }

    /// Messages in all, at most.
    pub const fn attempts(self) -> u32 {
        match self {
            Self::Once => 1,
            Self::Retry => Retry::ATTEMPTS,
        }
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
    ];
}
