//! A list that grows at its end and is cheap to copy: full pieces of it are shared between copies.

use std::collections::VecDeque;
use std::sync::Arc;

/// Items in a piece.
const PIECE: usize = 256;

/// Such a list. It keeps the latest items, so many at least as it is told, and forgets older ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunks<T> {
    full: VecDeque<Arc<[T]>>,
    last: Vec<T>,
    keeps: usize,
    forgotten: u64,
}

impl<T> Chunks<T> {
    /// An empty list that keeps so many items.
    pub const fn new(keeps: usize) -> Self {
        Self { full: VecDeque::new(), last: Vec::new(), keeps, forgotten: 0 }
    }

    /// Adds one at the end.
    pub fn push(&mut self, item: T) {
        self.last.push(item);
        if self.last.len() < PIECE {
            return;
        }
        self.full.push_back(std::mem::take(&mut self.last).into());
        if self.keeps / PIECE < self.full.len() {
            self.full.pop_front();
            self.forgotten += PIECE as u64;
        }
    }

    /// The items, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.full.iter().flat_map(|it| it.iter()).chain(&self.last)
    }

    /// How many are not kept any more.
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_items_are_kept_in_order_and_copies_are_their_own() {
        let mut chunks = Chunks::new(1_000);
        (0..500).for_each(|it| chunks.push(it));
        let before = chunks.clone();
        (500..5_000).for_each(|it| chunks.push(it));
        assert!(before.iter().copied().eq(0..500));
        let first = i32::try_from(chunks.forgotten()).unwrap();
        assert!(chunks.iter().copied().eq(first..5_000));
        let kept = 5_000 - first;
        assert!((768..=1_024 + 256).contains(&kept), "{kept}");
    }
}
