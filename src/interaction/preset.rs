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

/// The five choices in the order of the axes.
const fn point(
    send: (Send, bool),
    claim: Claim,
    learn: Learn,
    read: Read,
    guard: Guard,
) -> Interaction {
    Interaction { send: send.0, key: send.1, claim, learn, read, guard }
}

/// Sent one time, and nobody could tell a repetition.
const BARE: (Send, bool) = (Send::Once, false);
/// Sent one time, with a key.
const KEYED: (Send, bool) = (Send::Once, true);
/// Sent again with the same key.
const SAFE: (Send, bool) = (Send::Retry, true);

/// All presets, in the order in which the page shows them.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "wait-for-it",
        label: "Wait for it",
        meaning: "The form freezes until the answer is there. Nothing false is shown, and nobody can go on.",
        interaction: point(BARE, Claim::Block, Learn::Reply, Read::Any, Guard::None),
    },
    Preset {
        name: "fire-and-forget",
        label: "Fire and forget",
        meaning: "The wish leaves the device, and the screen never mentions it again.",
        interaction: point(BARE, Claim::Nothing, Learn::Never, Read::Any, Guard::None),
    },
    Preset {
        name: "receipt-by-mail",
        label: "Receipt, result by mail",
        meaning: "The screen says that the wish has been received; the result comes by mail.",
        interaction: point(KEYED, Claim::Received, Learn::Message, Read::Any, Guard::Accept),
    },
    Preset {
        name: "accepted-then-poll",
        label: "Accepted, then poll",
        meaning: "The screen says that the wish has been received, and asks again and again what became of it.",
        interaction: point(SAFE, Claim::Received, Learn::Poll, Read::Any, Guard::None),
    },
    Preset {
        name: "accepted-then-push",
        label: "Accepted, then push",
        meaning: "The wish appears at once, marked as not yet certain, until an event tells the outcome.",
        interaction: point(SAFE, Claim::Pending, Learn::Push, Read::Any, Guard::None),
    },
    Preset {
        name: "optimistic",
        label: "Optimistic",
        meaning: "The wish appears as if it were true, on the strength of one message and one answer.",
        interaction: point(BARE, Claim::Done, Learn::Reply, Read::Any, Guard::None),
    },
    Preset {
        name: "optimistic-honest",
        label: "Optimistic, honest",
        meaning: "The wish appears as if it were true. If it is refused, the screen takes it back and says so.",
        interaction: point(SAFE, Claim::Done, Learn::Push, Read::OwnWrites, Guard::None),
    },
    Preset {
        name: "predictive-view",
        label: "Predictive view",
        meaning: "The wish stands in the list at once, marked as not yet certain, and survives a reload.",
        interaction: point(SAFE, Claim::Pending, Learn::View, Read::OwnWrites, Guard::None),
    },
    Preset {
        name: "grace-period",
        label: "Grace period, undo",
        meaning: "For five seconds the wish can be undone; only then it is sent.",
        interaction: point(
            (Send::Hold, true),
            Claim::Pending,
            Learn::Push,
            Read::OwnWrites,
            Guard::None,
        ),
    },
    Preset {
        name: "offline-first",
        label: "Offline first",
        meaning: "The device keeps the wish until it has gone through, also offline and after a reload.",
        interaction: point(
            (Send::Outbox, true),
            Claim::Pending,
            Learn::Push,
            Read::OwnWrites,
            Guard::Merge,
        ),
    },
    Preset {
        name: "compare-and-set",
        label: "Compare and set",
        meaning: "The form freezes; the wish is refused if the row is not as the person saw it.",
        interaction: point(KEYED, Claim::Block, Learn::Reply, Read::Labelled, Guard::Version),
    },
    Preset {
        name: "reserve-then-confirm",
        label: "Reserve, then confirm",
        meaning: "The row is kept for this person before the wish is sent.",
        interaction: point(SAFE, Claim::Pending, Learn::Push, Read::Bounded, Guard::Reserve),
    },
    Preset {
        name: "look-before-you-leap",
        label: "Look before you leap",
        meaning: "The device looks at its own list first, and does not send what cannot work.",
        interaction: point(KEYED, Claim::Pending, Learn::Push, Read::Labelled, Guard::Precheck),
    },
    Preset {
        name: "say-yes",
        label: "Say yes, apologize later",
        meaning: "The wish counts as done at once; if that cannot be kept, an apology comes by mail.",
        interaction: point(KEYED, Claim::Done, Learn::Message, Read::Labelled, Guard::Accept),
    },
    Preset {
        name: "sleep-and-hope",
        label: "Sleep and hope (do not)",
        meaning: "The form freezes for two seconds, and everybody hopes that it is done by then.",
        interaction: point(BARE, Claim::Pause, Learn::View, Read::Any, Guard::None),
    },
    Preset {
        name: "sold-as-success",
        label: "Receipt sold as success (do not)",
        meaning: "The wish appears as if it were true, and nobody ever asks whether it is.",
        interaction: point(BARE, Claim::Done, Learn::Never, Read::Any, Guard::None),
    },
];
