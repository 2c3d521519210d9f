//! The scenarios that come with the lab: what they are called, and where their texts are.
//!
//! Only the first one's text comes with the program. The others lie beside the page, and whoever shows the lab brings
//! them when somebody wants to see one.

/// A scenario that comes with the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Shelf and name: its path below `scenarios/`, without the ending. Links use it.
    pub path: &'static str,
    /// Its title.
    pub title: &'static str,
}

/// The text of the first of them.
pub const FIRST: &str = include_str!("../../scenarios/first-steps/a-mug-eventually.yaml");

/// All of them, in the order in which the page shows them.
pub const CATALOGUE: &[Entry] = &[
    Entry { path: "first-steps/a-mug-eventually", title: "A mug, eventually" },
    Entry { path: "published/two-generals", title: "Two generals" },
    Entry { path: "published/mm1", title: "One counter, one line" },
    Entry { path: "published/mmc", title: "One clerk or eight" },
    Entry { path: "published/backoff-and-jitter", title: "Back off, but not together" },
    Entry { path: "published/tail-at-scale", title: "The tail at scale" },
    Entry { path: "published/pbs", title: "How stale is eventual?" },
    Entry { path: "published/metastable", title: "The fault is over, the failure stays" },
    Entry { path: "delivery/lose-duplicate-shuffle", title: "Lose, duplicate, shuffle" },
    Entry { path: "delivery/routing-bench", title: "Routing bench" },
    Entry { path: "delivery/notifier", title: "One wire, many listeners" },
    Entry { path: "delivery/competing-consumers", title: "Dealt out, or fetched" },
    Entry { path: "process/ghost-and-zombie", title: "Ghost and zombie" },
    Entry { path: "process/twenty-four-tries", title: "Twenty-four tries" },
    Entry { path: "shape/two-hundred-calls", title: "Two hundred calls" },
    Entry { path: "shape/chain-or-replica", title: "Chain, fan-out, or replica" },
    Entry { path: "shape/whole-shop", title: "A whole shop" },
    Entry { path: "load/noisy-neighbour", title: "Noisy neighbor" },
    Entry { path: "time/who-speaks-first", title: "Who speaks first" },
    Entry { path: "time/await-is-a-gap", title: "Await is a gap" },
    Entry { path: "time/cancel-button", title: "The Cancel button" },
    Entry { path: "time/dead-or-slow", title: "Dead or slow?" },
    Entry { path: "time/clocks", title: "Three clocks for one list" },
    Entry { path: "interaction/save-the-form", title: "Save the form" },
    Entry { path: "interaction/either-order", title: "Either order, same end" },
    Entry { path: "interaction/cancel-meets-ship", title: "Cancel meets ship" },
    Entry { path: "interaction/buyers-remorse", title: "Time to change your mind" },
    Entry { path: "interaction/that-name-is-taken", title: "That name is taken" },
    Entry { path: "interaction/pending-tray", title: "A tick or a cross for everyone" },
    Entry { path: "interaction/wait-fake-predict", title: "Wait, fake, or predict" },
    Entry { path: "interaction/last-room", title: "The last room" },
    Entry { path: "interaction/dont-delete", title: "Nothing is ever deleted" },
    Entry { path: "interaction/one-page-four-owners", title: "One page, four owners" },
    Entry { path: "interaction/queue-per-command", title: "One queue per command" },
    Entry { path: "interaction/ticker", title: "A ticker in a durable queue" },
    Entry { path: "interaction/not-cqrs-here", title: "Do not split this cart" },
    Entry { path: "interaction/accepted-then-poll", title: "Accepted, and then?" },
    Entry { path: "interaction/ten-thousand-edits", title: "Ten thousand edits" },
    Entry { path: "interaction/finale-night", title: "Finale night" },
    Entry { path: "views/login-without-asking", title: "Log in without asking anyone" },
];

/// The entry with this path.
pub fn find(path: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|it| it.path == path)
}
