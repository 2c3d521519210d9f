//! What the screen asserts between the click and the truth.

use super::{Axis, Choice};
use crate::base::Span;

/// What the screen asserts meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// Nothing yet: the form is frozen.
    Block,
    /// Nothing for a fixed while; then as if it were true. Everybody hopes that it is by then.
    Pause,
    /// A receipt, no result.
    Received,
    /// The wished-for row, marked as tentative.
    Pending,
    /// The wished-for row, as if it were true.
    Done,
    /// Nothing at all; the form is free again.
    Nothing,
}

impl Claim {
    /// A person's patience: after this long without the truth a frozen form is set free, and a tentative claim
    /// says that it is still working on it.
    pub const PATIENCE: Span = Span::from_secs(10);

    /// For how long a form stays frozen that waits for a fixed while.
    pub const PAUSE: Span = Span::from_secs(2);

    /// Does the claim rest on a receipt?
    pub const fn wants_receipt(self) -> bool {
        matches!(self, Self::Received)
    }
}

impl Axis for Claim {
    const NAME: &'static str = "claim";
    const QUESTION: &'static str = "What does the screen say meanwhile?";
    const CHOICES: &'static [Choice<Self>] = &[
        Choice {
            name: "block",
            meaning: "The form stays frozen until the answer is there.",
            value: Self::Block,
        },
        Choice {
            name: "pause",
            meaning: "The form stays frozen for two seconds; then the wish counts as done.",
            value: Self::Pause,
        },
        Choice {
            name: "received",
            meaning: "The screen says that the wish has been received, and nothing about the result.",
            value: Self::Received,
        },
        Choice {
            name: "pending",
            meaning: "The wish appears at once, marked as not yet certain.",
            value: Self::Pending,
        },
        Choice {
            name: "done",
            meaning: "The wish appears at once, as if it were already true.",
            value: Self::Done,
        },
        Choice { name: "nothing", meaning: "The screen says nothing.", value: Self::Nothing },
    ];
}
