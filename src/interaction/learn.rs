//! How the truth comes back to the screen.

use super::{Axis, Choice};

/// How the truth comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Learn {
    /// The authority answers the device itself.
    Reply,
    /// The device is subscribed to the events that tell the outcome.
    Push,
    /// It does not.
    Never,
}

impl Learn {
    /// Is the authority asked to answer the device?
    pub const fn wants_reply(self) -> bool {
        matches!(self, Self::Reply)
    }

    /// Does the device need a subscription to the outcome's events?
    pub const fn needs_subscription(self) -> bool {
        matches!(self, Self::Push)
    }
}

impl Axis for Learn {
    const NAME: &'static str = "learn";
    const QUESTION: &'static str = "How does the truth come back?";
    const CHOICES: &'static [Choice<Self>] = &[
        Choice {
            name: "reply",
            meaning: "Whoever decides answers this device directly.",
            value: Self::Reply,
        },
        Choice {
            name: "push",
            meaning: "The event that tells the outcome is pushed to this device.",
            value: Self::Push,
        },
        Choice { name: "never", meaning: "This device is never told.", value: Self::Never },
    ];
}
