//! The records of a run by their number among all of it.

use crate::base::Time;
use crate::history::Run;
use crate::world::{Record, World};

/// What a run has told, as far as it is kept.
#[derive(Clone, Copy)]
pub(in crate::app) struct Told<'a> {
    run: &'a Run<World>,
}

impl<'a> Told<'a> {
    pub(in crate::app) const fn new(run: &'a Run<World>) -> Self {
        Self { run }
    }

    /// The number of the oldest record that is kept.
    pub(in crate::app) fn first(self) -> u64 {
        self.run.records_before()
    }

    /// The number of the record that nobody has seen yet: those before it have come about, or will come again.
    pub(in crate::app) fn end(self) -> u64 {
        self.run.records_before() + self.run.records().len_known() as u64
    }

    /// How many records there have been up to the playhead.
    pub(in crate::app) fn here(self) -> u64 {
        self.run.records_before() + self.run.records().len() as u64
    }

    /// A record, if it is kept: also one that is ahead of the playhead.
    pub(in crate::app) fn get(self, number: u64) -> Option<&'a Record> {
        let index = number.checked_sub(self.run.records_before())?;
        self.run.records().known(usize::try_from(index).ok()?)
    }

    /// The number of the first record of an instant or later.
    pub(in crate::app) fn since(self, at: Time) -> u64 {
        let (mut low, mut high) = (self.first(), self.end());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(|it| it.at < at) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        low
    }

    /// The number of the last record of which this is true, of those up to the playhead.
    pub(in crate::app) fn last(self, fits: impl Fn(&Record) -> bool) -> Option<u64> {
        let mut numbers = (self.first()..self.here()).rev();
        numbers.find(|it| self.get(*it).is_some_and(&fits))
    }
}
