//! What decides when an item's turn comes, besides its place in the order of acceptance: how important it is, and
//! which others it belongs with. Only queues whose items have labels keep one of these.

use std::cmp::Reverse;

use crate::base::{Map, sorted};

/// What is known of an item besides its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// A greater one is handed out first.
    pub priority: i64,
    /// Items with the same key are handed out one after the other.
    pub key: Option<u64>,
}

/// The labels of all items in a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// By tag.
    labels: Map<u64, Label>,
    /// The keys, in order, of items that are in somebody's hands or wait for another attempt; and which item that is.
    busy: Vec<(u64, u64)>,
}

impl Order {
    /// A new item.
    pub(super) fn add(&mut self, tag: u64, label: Label) {
        self.labels.insert(tag, label);
    }

    /// An item becomes more important than another one.
    pub(super) fn promote(&mut self, tag: u64, above: u64) {
        let priority = self.label(above).priority.saturating_add(1);
        self.labels.insert(tag, Label { priority, ..self.label(tag) });
    }

    /// What items that wait are sorted by.
    pub(super) fn rank(&self, tag: u64) -> (Reverse<i64>, u64) {
        (Reverse(self.label(tag).priority), tag)
    }

    /// Is nobody busy with another item of the same key?
    pub(super) fn is_free(&self, tag: u64) -> bool {
        let is_busy = |key| self.busy.binary_search_by_key(&key, |it| it.0).is_ok();
        !self.label(tag).key.is_some_and(is_busy)
    }

    /// The item is in somebody's hands.
    pub(super) fn hold(&mut self, tag: u64) {
        if let Some(key) = self.label(tag).key {
            sorted::insert(&mut self.busy, (key, tag));
        }
    }

    /// The item waits again.
    pub(super) fn let_go(&mut self, tag: u64) {
        if let Some(key) = self.label(tag).key
            && let Ok(place) = self.busy.binary_search(&(key, tag))
        {
            self.busy.remove(place);
        }
    }

    /// The item was in somebody's hands, or waited for another attempt, and is gone.
    pub(super) fn forget(&mut self, tag: u64) {
        self.let_go(tag);
        self.labels.remove(&tag);
    }

    /// The item waited and is gone.
    pub(super) fn drop_waiting(&mut self, tag: u64) {
        self.labels.remove(&tag);
    }

    fn label(&self, tag: u64) -> Label {
        self.labels.get(&tag).copied().unwrap_or_default()
    }
}
