//! The scenarios that come with the lab.

/// A scenario that comes with the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Shelf and name: its path below `scenarios/`, without the ending. Links use it.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All of them, in the order in which the page shows them.
pub const CATALOGUE: &[Entry] = &[
    Entry {
        path: "first-steps/a-mug-eventually",
        text: include_str!("../../scenarios/first-steps/a-mug-eventually.yaml"),
    },
    Entry { path: "published/mm1", text: include_str!("../../scenarios/published/mm1.yaml") },
    Entry { path: "published/mmc", text: include_str!("../../scenarios/published/mmc.yaml") },
    Entry {
        path: "published/two-generals",
        text: include_str!("../../scenarios/published/two-generals.yaml"),
    },
    Entry {
        path: "published/backoff-and-jitter",
        text: include_str!("../../scenarios/published/backoff-and-jitter.yaml"),
    },
    Entry {
        path: "delivery/competing-consumers",
        text: include_str!("../../scenarios/delivery/competing-consumers.yaml"),
    },
    Entry {
        path: "delivery/notifier",
        text: include_str!("../../scenarios/delivery/notifier.yaml"),
    },
    Entry {
        path: "delivery/lose-duplicate-shuffle",
        text: include_str!("../../scenarios/delivery/lose-duplicate-shuffle.yaml"),
    },
    Entry {
        path: "delivery/routing-bench",
        text: include_str!("../../scenarios/delivery/routing-bench.yaml"),
    },
    Entry {
        path: "load/noisy-neighbour",
        text: include_str!("../../scenarios/load/noisy-neighbour.yaml"),
    },
    Entry {
        path: "process/ghost-and-zombie",
        text: include_str!("../../scenarios/process/ghost-and-zombie.yaml"),
    },
    Entry {
        path: "process/twenty-four-tries",
        text: include_str!("../../scenarios/process/twenty-four-tries.yaml"),
    },
];

/// The entry with this path.
pub fn find(path: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|it| it.path == path)
}
