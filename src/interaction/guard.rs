//! How a decision that was made on stale data survives.

use super::{Axis, Choice};

/// How a decision on stale data survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// It does not: the authority decides on what it finds, and the last writer wins.
    None,
}

impl Axis for Guard {
    const NAME: &'static str = "guard";
    const QUESTION: &'static str = "What if the screen was out of date?";
    const CHOICES: &'static [Choice<Self>] = &[Choice {
        name: "none",
        meaning: "The authority decides on what it finds; what the screen showed does not count.",
        value: Self::None,
    }];
}
