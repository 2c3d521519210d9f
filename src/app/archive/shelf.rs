//! The copies that are known to be kept, and what follows from them.

use super::key::Key;
use super::told::Why;
use crate::base::limits::{ARCHIVE_BYTES_MAX, DOCUMENTS_MAX};
use crate::base::sorted;

/// Earlier copies of a document that are kept beside the newest.
const EARLIER_MAX: usize = 3;

/// The copies, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf(Vec<Key>);

impl Shelf {
    /// What keys say; what is no copy of a document is left alone.
    pub(super) fn of(keys: &[String]) -> Self {
        let mut copies = Vec::new();
        for key in keys.iter().filter_map(|it| Key::read(it)) {
            sorted::insert(&mut copies, key);
        }
        Self(copies)
    }

    /// The copies of a document, newest first.
    pub(super) fn copies<'s>(&'s self, id: &'s str) -> impl Iterator<Item = &'s Key> {
        self.0.iter().rev().filter(move |it| it.id == id)
    }

    /// The newest copy of a document.
    pub(super) fn newest(&self, id: &str) -> Option<&Key> {
        self.0.iter().rev().find(|it| it.id == id)
    }

    /// The number of the newest copy of a document; 0 when there is none.
    pub(super) fn last(&self, id: &str) -> u64 {
        self.newest(id).map_or(0, |it| it.copy)
    }

    /// The newest copy of each document, the one that was kept last first.
    pub(super) fn documents(&self) -> Vec<&Key> {
        let mut all: Vec<&Key> = Vec::new();
        for it in self.0.iter().rev() {
            if all.iter().all(|known| known.id != it.id) {
                let place = all.iter().position(|known| known.saved_ms < it.saved_ms);
                all.insert(place.unwrap_or(all.len()), it);
            }
        }
        all
    }

    /// Copies of a document that newer ones have made superfluous.
    pub(super) fn superfluous(&self, id: &str) -> Vec<Key> {
        self.copies(id).skip(1 + EARLIER_MAX).cloned().collect()
    }

    /// Why so many bytes more of this document cannot be kept, if they cannot.
    pub(super) fn lacks_room(&self, id: &str, bytes: usize) -> Option<Why> {
        let used: usize = self.0.iter().map(|it| it.bytes).sum();
        match () {
            () if ARCHIVE_BYTES_MAX < used + bytes => Some(Why::ArchiveFull),
            () if self.newest(id).is_none() && DOCUMENTS_MAX <= self.documents().len() => {
                Some(Why::TooMany)
            }
            () => None,
        }
    }

    /// A copy has been kept.
    pub(super) fn add(&mut self, key: Key) {
        sorted::insert(&mut self.0, key);
    }

    /// A copy is gone.
    pub(super) fn remove(&mut self, key: &Key) {
        self.0.retain(|it| it != key);
    }

    /// Is nothing kept?
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
