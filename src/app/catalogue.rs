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
pub const CATALOGUE: &[Entry] = &[Entry {
    path: "first-steps/a-mug-eventually",
    text: include_str!("../../scenarios/first-steps/a-mug-eventually.yaml"),
}];

/// The entry with this path.
pub fn find(path: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|it| it.path == path)
}
