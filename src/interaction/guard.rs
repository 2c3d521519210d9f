//! How a decision that was made on stale data survives.

use super::{Axis, Choice};
use crate::base::Span;

/// How a decision on stale data survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// It does not: the authority decides on what it finds, and the last writer wins.
    None,
    /// The device asks its own screen first.
    Precheck,
    /// The authority refuses when the row is not as the person saw it.
    Version,
    /// The authority keeps the row for this person, up to [`Guard::HOLD`], before the command is sent.
    Reserve,
    /// The person's change goes into what the authority finds.
    Merge,
    /// The authority says yes at once, and apologizes if it cannot keep that.
    Accept,
}

impl Guard {
    /// For how long a row is kept for one person.
    pub const HOLD: Span = Span::from_secs(30);

    /// Does it need to know which row the intent is about?
    pub const fn needs_row(self) -> bool {
        matches!(self, Self::Precheck | Self::Version | Self::Reserve | Self::Merge)
    }
}

impl Axis for Guard {
    const NAME: &'static str = "guard";
    const QUESTION: &'static str = "What if the screen was out of date?";
    const CHOICES: &'static [Choice<Self>] = &[
        Choice {
            name: "none",
            meaning: "Whoever decides takes what it finds; what the screen showed does not count.",
            value: Self::None,
        },
        Choice {
            name: "precheck",
            meaning: "The device looks at its own list first, and does not even send what cannot work.",
            value: Self::Precheck,
        },
        Choice {
            name: "version",
            meaning: "It is refused if the row is not as the person saw it; the screen shows both.",
            value: Self::Version,
        },
        Choice {
            name: "reserve",
            meaning: "The row is first kept for this person, up to thirty seconds; nobody else can take it meanwhile.",
            value: Self::Reserve,
        },
        Choice {
            name: "merge",
            meaning: "Only what the person has changed goes into what is there by then.",
            value: Self::Merge,
        },
        Choice {
            name: "accept",
            meaning: "The answer is always yes, at once; if it cannot be kept, an apology follows.",
            value: Self::Accept,
        },
    ];
}
