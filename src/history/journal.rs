//! The records of a run, in order. Cheap to copy: full pieces are shared, so that branches share their past.
//!
//! It keeps the latest records, up to a bound, and knows how many came before those. Going back forgets nothing: the
//! records ahead of the playhead are those that will come again, as long as nothing else is done.

use std::collections::VecDeque;
use std::ops::Index;
use std::sync::Arc;

/// Records in a piece.
const PIECE: usize = 512;

/// Such records.
#[derive(Clone, Debug)]
pub struct Journal<T> {
    full: VecDeque<Arc<[T]>>,
    last: Vec<T>,
    before: u64,
    /// How many there have been up to the playhead.
    total: u64,
}

impl<T> Default for Journal<T> {
    fn default() -> Self {
        Self { full: VecDeque::new(), last: Vec::new(), before: 0, total: 0 }
    }
}

impl<T> Journal<T> {
    /// How many are kept of those up to the playhead.
    pub fn len(&self) -> usize {
        usize::try_from(self.total - self.before).unwrap_or(usize::MAX)
    }

    /// Is none kept?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of those that are kept, counted from the oldest.
    pub fn get(&self, index: usize) -> Option<&T> {
        if index < self.len() { self.known(index) } else { None }
    }

    /// How many are kept, those ahead of the playhead as well.
    pub fn len_known(&self) -> usize {
        self.full.len() * PIECE + self.last.len()
    }

    /// One of these.
    pub fn known(&self, index: usize) -> Option<&T> {
        match self.full.get(index / PIECE) {
            Some(piece) => piece.get(index % PIECE),
            None => self.last.get(index - self.full.len() * PIECE),
        }
    }

    /// The latest.
    pub fn back(&self) -> Option<&T> {
        self.len().checked_sub(1).map(|it| &self[it])
    }

    /// Those that are kept, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        (0..self.len()).map(|it| &self[it])
    }

    /// How many of those that are kept, from the oldest on, fulfill this; all that do come before all that do not.
    pub fn partition_point(&self, fulfills: impl Fn(&T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if fulfills(&self[middle]) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// How many came before those that are kept.
    pub(super) const fn before(&self) -> u64 {
        self.before
    }

    /// How many there have been up to the playhead.
    pub(super) const fn total(&self) -> u64 {
        self.total
    }

    /// How many of those that are kept no other journal has as well.
    pub(super) fn own(&self) -> usize {
        self.full.iter().filter(|it| Arc::strong_count(it) == 1).count() * PIECE
    }

    /// Forgets what is kept.
    pub(super) fn forget(&mut self) {
        *self = Self { before: self.total, total: self.total, ..Self::default() };
    }

    /// How many there have been, and how many of those that will come again are kept.
    pub(super) fn total_known(&self) -> u64 {
        self.before + self.len_known() as u64
    }

    /// The playhead goes to where there had been so many. Of what is not known there, nothing is kept.
    pub(super) fn go_to(&mut self, total: u64) {
        let is_known = (self.before..=self.total_known()).contains(&total);
        self.total = total;
        if !is_known {
            self.forget();
        }
    }
}

impl<T: Clone> Journal<T> {
    /// Adds one at the playhead; what is ahead of it comes again. Of more than `max`, the oldest are forgotten, a piece
    /// at a time.
    pub(super) fn push(&mut self, record: T, max: usize) {
        let is_known = self.len() < self.len_known();
        self.total += 1;
        if is_known {
            return;
        }
        self.last.push(record);
        if self.last.len() < PIECE {
            return;
        }
        self.full.push_back(std::mem::take(&mut self.last).into());
        if max < self.full.len() * PIECE {
            self.full.pop_front();
            self.before += PIECE as u64;
        }
    }

    /// Forgets what is ahead of the playhead: something else is going to happen.
    pub(super) fn forget_ahead(&mut self) {
        let keep = self.len();
        if let Some(piece) = self.full.get(keep / PIECE) {
            self.last = piece[..keep % PIECE].to_vec();
            self.full.truncate(keep / PIECE);
        } else {
            self.last.truncate(keep - self.full.len() * PIECE);
        }
    }
}

impl<T> Index<usize> for Journal<T> {
    type Output = T;
    fn index(&self, index: usize) -> &T {
        self.get(index).expect("law: a record that is asked for is kept")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;

    /// Numbers as they would be kept without pieces.
    #[test]
    fn a_journal_is_a_list_that_forgets_its_oldest_and_copies_are_their_own() {
        let mut dice = Stream::new(1, &["journal"]);
        let (mut journal, mut all) = (Journal::default(), Vec::<u64>::new());
        let mut copies = Vec::new();
        for number in 0..20_000 {
            if dice.chance(0.001) {
                let keep = usize::try_from(dice.int(0, i64::try_from(all.len()).unwrap())).unwrap();
                journal.go_to(keep as u64);
                if dice.chance(0.5) {
                    // The same comes again.
                    let kept = usize::try_from(journal.before()).unwrap();
                    let known = kept + journal.len_known();
                    for (place, it) in all.iter().enumerate().take(known).skip(keep) {
                        assert_eq!(journal.known(place - kept), Some(it));
                        journal.push(*it, 4_000);
                    }
                    all.truncate(keep.max(known));
                } else {
                    journal.forget_ahead();
                    all.truncate(keep);
                }
            }
            journal.push(number, 4_000);
            all.push(number);
            if number % 3_000 == 0 {
                copies.push((journal.clone(), all.clone()));
            }
        }
        copies.push((journal, all));
        for (journal, all) in copies {
            assert_eq!(journal.total(), all.len() as u64);
            let kept = &all[usize::try_from(journal.before()).unwrap()..];
            assert!(journal.iter().eq(kept) && kept.len() <= 4_000 + PIECE);
            assert!(journal.iter().rev().eq(kept.iter().rev()));
            assert_eq!(journal.back(), kept.last());
            if let Some(middle) = kept.get(kept.len() / 2) {
                let found = journal.partition_point(|it| it <= middle);
                assert_eq!(found, kept.partition_point(|it| it <= middle));
            }
        }
    }
}
