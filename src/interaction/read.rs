//! What the screen's views are trusted for.

use super::{Axis, Choice};
use crate::base::Span;

/// What the screen's views are trusted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Read {
    /// Whatever the view last said.
    Any,
    /// Never older than what was shown before.
    Monotonic,
    /// At least as new as my own last accepted command.
    OwnWrites,
    /// Asked for again when they are older than [`Read::BOUND`].
    Bounded,
    /// As they are, with their age.
    Labelled,
    /// Not at all: the lists come from the authority.
    Primary,
}

impl Read {
    /// How old rows may be before the device asks for newer ones.
    pub const BOUND: Span = Span::from_secs(3);

    /// Does the device ask for rows by itself, or elsewhere than usual?
    pub const fn asks(self) -> bool {
        matches!(self, Self::Bounded | Self::Primary)
    }

    /// May rows that stand for `version` replace rows that stand for `shown`?
    pub const fn accepts(self, version: u64, shown: u64) -> bool {
        match self {
            Self::Any | Self::Bounded | Self::Labelled => true,
            Self::Monotonic | Self::OwnWrites | Self::Primary => version >= shown,
        }
    }

    /// Is a list that stands for `version` still behind what this person has written (`own`), so that the screen
    /// must say so?
    pub const fn is_behind(self, version: u64, own: u64) -> bool {
        matches!(self, Self::OwnWrites) && version < own
    }
}

impl Axis for Read {
    const NAME: &'static str = "read";
    const QUESTION: &'static str = "What are the lists on the screen trusted for?";
    const CHOICES: &'static [Choice<Self>] = &[
        Choice {
            name: "any",
            meaning: "The lists show whatever the view last said, even if that is older than before.",
            value: Self::Any,
        },
        Choice {
            name: "monotonic",
            meaning: "The lists never go back to something older.",
            value: Self::Monotonic,
        },
        Choice {
            name: "own-writes",
            meaning: "The lists say that they are catching up until they contain this person's own changes.",
            value: Self::OwnWrites,
        },
        Choice {
            name: "bounded",
            meaning: "The device asks for the lists again when they are older than three seconds.",
            value: Self::Bounded,
        },
        Choice {
            name: "labelled",
            meaning: "The lists show how old they are.",
            value: Self::Labelled,
        },
        Choice {
            name: "primary",
            meaning: "The lists come from whoever decides, not from a view.",
            value: Self::Primary,
        },
    ];
}
