//! The truths about intents that are not over, by their ids. It knows nothing of what they say.

use std::collections::VecDeque;

use super::truth::Truth;

/// Truths by the ids of intents. Ids come in order and mostly go in order: those that go out of it leave gaps, which
/// are closed when they are the half of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// Sorted by id.
    pub(super) entries: VecDeque<(u64, Option<Truth>)>,
    gaps: usize,
}

impl Open {
    pub(super) fn push(&mut self, id: u64, truth: Truth) {
        assert!(self.entries.back().is_none_or(|it| it.0 < id), "law: ids of intents grow");
        self.entries.push_back((id, Some(truth)));
    }

    pub(super) fn place(&self, id: u64) -> Option<usize> {
        let first = self.entries.front()?.0;
        let guess = usize::try_from(id.checked_sub(first)?).ok()?;
        match self.entries.get(guess) {
            Some(entry) if entry.0 == id => Some(guess),
            _ => self.entries.binary_search_by_key(&id, |it| it.0).ok(),
        }
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut Truth> {
        self.place(id).and_then(|it| self.entries[it].1.as_mut())
    }

    pub(super) fn take(&mut self, place: usize) -> Option<Truth> {
        let truth = self.entries[place].1.take()?;
        self.gaps += 1;
        while self.entries.front().is_some_and(|it| it.1.is_none()) {
            self.entries.pop_front();
            self.gaps -= 1;
        }
        if self.entries.len() / 2 < self.gaps {
            self.entries.retain(|it| it.1.is_some());
            self.gaps = 0;
        }
        Some(truth)
    }
}
