//! The combinations that the field has names for.

use super::{Claim, Guard, Interaction, Learn, Read, Send};

/// A named point in the interaction space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The word in scenario files, on the command line and in links.
    pub name: &'static str,
    /// The name on the page.
    pub label: &'static str,
    /// What it means for the person at the screen, in one sentence.
    pub meaning: &'static str,
    /// The five choices.
    pub interaction: Interaction,
}

/// A row of the table: the five choices in the order of the axes.
const fn point(send: Send, key: bool, claim: Claim, learn: Learn, read: Read) -> Interaction {
    Interaction { send, key, claim, learn, read, guard: Guard::None }
}

/// All presets, in the order in which the page shows them.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "wait-for-it",
        label: "Wait for it",
        meaning: "The form freezes until the answer is there. Nothing false is shown, and nobody can go on.",
        interaction: point(Send::Once, false, Claim::Block, Learn::Reply, Read::Any),
    },
    Preset {
        name: "accepted-then-push",
        label: "Accepted, then push",
        meaning: "The wish appears at once, marked as not yet certain, until an event tells the outcome.",
        interaction: point(Send::Retry, true, Claim::Pending, Learn::Push, Read::Any),
    },
    Preset {
        name: "optimistic-honest",
        label: "Optimistic, honest",
        meaning: "The wish appears as if it were true. If it is refused, the screen takes it back and says so.",
        interaction: point(Send::Retry, true, Claim::Done, Learn::Push, Read::OwnWrites),
    },
    Preset {
        name: "optimistic",
        label: "Optimistic",
        meaning: "The wish appears as if it were true, on the strength of one message and one answer.",
        interaction: point(Send::Once, false, Claim::Done, Learn::Reply, Read::Any),
    },
    Preset {
        name: "fire-and-forget",
        label: "Fire and forget",
        meaning: "The wish leaves the device, and the screen never mentions it again.",
        interaction: point(Send::Once, false, Claim::Nothing, Learn::Never, Read::Any),
    },
];
