//! How the truth comes back to the screen.

use super::{Axis, Choice};
use crate::base::Span;

/// How the truth comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Learn {
    /// The authority answers the device itself.
    Reply,
    /// The device asks the authority again and again: see [`Learn::interval`].
    Poll,
    /// The device is subscribed to the events that tell the outcome.
    Push,
    /// When the row appears in a list on the screen.
    View,
    /// By another medium, later: a mail.
    Message,
    /// It does not.
    Never,
}

impl Learn {
    /// How long a device waits before it asks the first time; each time twice as long.
    pub const INTERVAL: Span = Span::from_secs(1);
    /// How often it asks at most: for about a minute.
    pub const POLLS: u32 = 10;
    /// How long a mail is under way.
    pub const MAIL: Span = Span::from_secs(20);

    /// How long a device waits before it asks for the `number`-th time (the first is 1).
    pub const fn interval(number: u32) -> Span {
        let doublings = if number > 4 { 3 } else { number.saturating_sub(1) };
        Span::from_micros(Self::INTERVAL.as_micros() << doublings)
    }

    /// Does a screen that has been reloaded still hear of what was received? Then its number stands in the page's
    /// address, the row is kept where the list is, or the answer goes elsewhere anyway.
    pub const fn survives_reload(self) -> bool {
        matches!(self, Self::Poll | Self::View | Self::Message)
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
            name: "poll",
            meaning: "The device asks whoever decides, at first every second, then less often.",
            value: Self::Poll,
        },
        Choice {
            name: "push",
            meaning: "The event that tells the outcome is pushed to this device.",
            value: Self::Push,
        },
        Choice {
            name: "view",
            meaning: "It counts as accepted when it stands in a list on the screen; of a refusal nobody hears.",
            value: Self::View,
        },
        Choice {
            name: "message",
            meaning: "The answer comes by mail, which takes twenty seconds and never gets lost.",
            value: Self::Message,
        },
        Choice { name: "never", meaning: "This device is never told.", value: Self::Never },
    ];
}
