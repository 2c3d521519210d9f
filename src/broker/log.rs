//! A log: records in partitions, which stay when they have been read.
//!
//! It knows what is kept, at which offset, and for how long. It does not know who reads, or how far: that is a
//! [`Group`](super::Group)'s matter. Records with the same key are in the same partition, in the order of appending.

use std::collections::VecDeque;

use crate::base::{Map, Time};

/// Something in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// Its place in its partition, counted from 0 and never given twice.
    pub offset: u64,
    /// When it was appended.
    pub at: Time,
    /// What it belongs with.
    pub key: Option<u64>,
    /// What was appended.
    pub item: T,
}

/// From where on something is to be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// From this offset of each partition.
    Offset(u64),
    /// From what was appended at this instant or later.
    Time(Time),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Partition<T> {
    entries: VecDeque<Entry<T>>,
    /// The offset of the next one.
    next: u64,
    /// By key: the offset of the latest one. Only kept when a log is compacted.
    latest: Map<u64, u64>,
}

/// A log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log<T> {
    partitions: Vec<Partition<T>>,
    is_compacted: bool,
    /// Where the next one without a key goes.
    turn: usize,
}

impl<T: Clone> Log<T> {
    /// An empty log with so many partitions, at least one. One that is compacted keeps the latest of each key.
    pub fn new(partitions: usize, is_compacted: bool) -> Self {
        let partition = Partition { entries: VecDeque::new(), next: 0, latest: Map::new() };
        Self { partitions: vec![partition; partitions.max(1)], is_compacted, turn: 0 }
    }

    /// The number of partitions.
    pub fn partitions(&self) -> usize {
        self.partitions.len()
    }

    /// Appends something: to the partition of its key, or without one to each partition in turn. Returns the
    /// partition, its offset, and what it takes the place of.
    pub fn append(&mut self, key: Option<u64>, at: Time, item: T) -> (usize, u64, Option<T>) {
        let count = self.partitions.len();
        let place = if let Some(key) = key {
            usize::try_from(key % count as u64).expect("law: less than a usize")
        } else {
            let turn = self.turn;
            self.turn = (turn + 1) % count;
            turn
        };
        let partition = &mut self.partitions[place];
        let offset = partition.next;
        partition.next += 1;
        let former = match key {
            Some(key) if self.is_compacted => partition.latest.insert(key, offset),
            _ => None,
        };
        let replaced = former.and_then(|it| partition.remove(it)).map(|it| it.item);
        partition.entries.push_back(Entry { offset, at, key, item });
        (place, offset, replaced)
    }

    /// Forgets what is at an offset, if it is still there.
    pub fn forget(&mut self, partition: usize, offset: u64) -> Option<T> {
        Some(self.partitions[partition].remove(offset)?.item)
    }

    /// Forgets the oldest of all, by the instant of appending and then by partition. Returns the partition as well.
    pub fn forget_oldest(&mut self) -> Option<(usize, T)> {
        let fronts = self.partitions.iter().enumerate();
        let fronts = fronts.filter_map(|(place, it)| Some((it.entries.front()?.at, place)));
        let (_, place) = fronts.min()?;
        let offset = self.partitions[place].entries.front()?.offset;
        Some((place, self.forget(place, offset)?))
    }

    /// Forgets everything. Offsets go on.
    pub fn clear(&mut self) {
        for partition in &mut self.partitions {
            partition.entries.clear();
            partition.latest.clear();
        }
    }

    /// What a partition holds from there on, in order.
    pub fn since(&self, partition: usize, start: Start) -> impl Iterator<Item = &Entry<T>> {
        let from = move |it: &&Entry<T>| match start {
            Start::Offset(offset) => offset <= it.offset,
            Start::Time(time) => time <= it.at,
        };
        self.partitions[partition].entries.iter().filter(from)
    }

    /// The offset that comes next in a partition.
    pub fn next_offset(&self, partition: usize) -> u64 {
        self.partitions[partition].next
    }

    /// How many there are in all partitions.
    pub fn count(&self) -> usize {
        self.partitions.iter().map(|it| it.entries.len()).sum()
    }
}

impl<T> Partition<T> {
    fn remove(&mut self, offset: u64) -> Option<Entry<T>> {
        let place = self.entries.binary_search_by_key(&offset, |it| it.offset).ok()?;
        let gone = self.entries.remove(place)?;
        if let Some(key) = gone.key.filter(|it| self.latest.get(it) == Some(&offset)) {
            self.latest.remove(&key);
        }
        Some(gone)
    }
}
