//! A queue with competing readers, acknowledgement and dead letters.
//!
//! Every item is in exactly one place: waiting, held (handed to a reader or to be handed out again, not yet
//! acknowledged), or dead. Items are handed out in the order in which they were accepted; one that comes back
//! takes its old place. Delivery is at least once: what is not acknowledged is handed out again, until it has
//! been handed out too often.

use std::collections::{BTreeMap, VecDeque};

/// An item on its way to a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery<T> {
    /// Names the item until it is acknowledged: its place in the order of acceptance.
    pub tag: u64,
    /// Which reader gets it.
    pub reader: usize,
    /// The which-th time it is handed out, from 1.
    pub attempt: u32,
    /// The item.
    pub item: T,
}

/// What becomes of an item that a reader could not handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The caller lets some time pass and calls [`Queue::retry`] with this tag.
    Retry(u64),
    /// It has been handed out often enough: it is a dead letter now.
    Dead,
    /// The tag is not known any more: it was settled already.
    Settled,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Held<T> {
    item: T,
    attempts: u32,
    /// The reader that has it; `None` while it waits for another attempt.
    reader: Option<usize>,
    /// Its time ran out while a reader had it: it is dead when it comes back.
    expired: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Reader {
    in_hand: u32,
    ready: bool,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue<T> {
    waiting: VecDeque<(u64, u32, T)>,
    held: BTreeMap<u64, Held<T>>,
    dead: Vec<T>,
    readers: Vec<Reader>,
    next_reader: usize,
    accepted: u64,
    attempts_max: u32,
    prefetch: u32,
}

impl<T: Clone> Queue<T> {
    /// An empty queue for `readers` readers, all ready. An item is handed out `attempts_max` times at most, and a
    /// reader has `prefetch` items in hand at most.
    pub fn new(readers: usize, attempts_max: u32, prefetch: u32) -> Self {
        Self {
            waiting: VecDeque::new(),
            held: BTreeMap::new(),
            dead: Vec::new(),
            readers: vec![Reader { in_hand: 0, ready: true }; readers],
            next_reader: 0,
            accepted: 0,
            attempts_max,
            prefetch,
        }
    }

    /// Takes an item in, at the end. Returns its tag.
    pub fn accept(&mut self, item: T) -> u64 {
        let tag = self.accepted;
        self.waiting.push_back((tag, 0, item));
        self.accepted += 1;
        tag
    }

    /// The item that waits longest becomes a dead letter. Returns it.
    pub fn drop_oldest(&mut self) -> Option<&T> {
        let (_, _, item) = self.waiting.pop_front()?;
        self.dead.push(item);
        self.dead.last()
    }

    /// An item's time has run out: it becomes a dead letter, if it waits. Returns it then. One that a reader has may
    /// still be handled; it only does not come back.
    pub fn expire(&mut self, tag: u64) -> Option<&T> {
        let item = if let Ok(place) = self.waiting.binary_search_by_key(&tag, |it| it.0) {
            self.waiting.remove(place)?.2
        } else {
            let held = self.held.get_mut(&tag)?;
            if held.reader.is_some() {
                held.expired = true;
                return None;
            }
            self.held.remove(&tag)?.item
        };
        self.dead.push(item);
        self.dead.last()
    }

    /// Hands the first waiting item to the next reader that is ready and has a hand free; readers take turns.
    pub fn hand_out(&mut self) -> Option<Delivery<T>> {
        if self.waiting.is_empty() {
            return None;
        }
        let count = self.readers.len();
        let reader =
            (0..count).map(|it| (self.next_reader + it) % count).find(|it| self.has_room(*it))?;
        let (tag, attempts, item) = self.waiting.pop_front()?;
        let attempt = attempts + 1;
        self.next_reader = (reader + 1) % count;
        self.readers[reader].in_hand += 1;
        self.held.insert(
            tag,
            Held { item: item.clone(), attempts: attempt, reader: Some(reader), expired: false },
        );
        Some(Delivery { tag, reader, attempt, item })
    }

    fn has_room(&self, reader: usize) -> bool {
        self.readers[reader].ready && self.readers[reader].in_hand < self.prefetch
    }

    /// The reader has handled the item; it is gone. False when the tag is not known any more.
    pub fn acknowledge(&mut self, tag: u64) -> bool {
        self.release(tag).is_some()
    }

    /// The reader tried to handle the item and could not.
    pub fn fail(&mut self, tag: u64) -> Fate {
        let Some(held) = self.release(tag) else { return Fate::Settled };
        if held.expired || held.attempts >= self.attempts_max {
            self.dead.push(held.item);
            return Fate::Dead;
        }
        self.held.insert(tag, Held { reader: None, ..held });
        Fate::Retry(tag)
    }

    /// The item never reached the reader. That does not count as an attempt.
    pub fn lose(&mut self, tag: u64) -> Fate {
        let Some(held) = self.release(tag) else { return Fate::Settled };
        if held.expired {
            self.dead.push(held.item);
            return Fate::Dead;
        }
        self.held.insert(tag, Held { reader: None, attempts: held.attempts - 1, ..held });
        Fate::Retry(tag)
    }

    /// Puts an item that failed or got lost back into its old place.
    pub fn retry(&mut self, tag: u64) {
        if self.held.get(&tag).is_some_and(|it| it.reader.is_none())
            && let Some(held) = self.held.remove(&tag)
        {
            let place = self.waiting.partition_point(|it| it.0 < tag);
            self.waiting.insert(place, (tag, held.attempts, held.item));
        }
    }

    /// The reader is there, or is not: items are handed only to those who are.
    pub fn set_ready(&mut self, reader: usize, ready: bool) {
        self.readers[reader].ready = ready;
    }

    /// All readers are there, or none is.
    pub fn set_all_ready(&mut self, ready: bool) {
        self.readers.iter_mut().for_each(|it| it.ready = ready);
    }

    /// Takes back what readers have in hand: it waits again, in its old place, and that was no attempt. Returns what
    /// may not come back: it is dead.
    pub fn recall(&mut self) -> Vec<T> {
        let mut dead = Vec::new();
        for (tag, held) in self.take_from_readers() {
            if held.expired {
                dead.push(held.item);
            } else {
                let place = self.waiting.partition_point(|it| it.0 < tag);
                self.waiting.insert(place, (tag, held.attempts - 1, held.item));
            }
        }
        self.dead.extend(dead.iter().cloned());
        dead
    }

    /// Forgets everything except for the dead letters. Returns what waited; what readers have in hand they keep.
    pub fn clear(&mut self) -> Vec<T> {
        self.take_from_readers();
        let waiting = self.waiting.drain(..).map(|it| it.2);
        waiting.chain(std::mem::take(&mut self.held).into_values().map(|it| it.item)).collect()
    }

    /// Empties the hands of all readers. Returns what was in them, in the order of acceptance.
    fn take_from_readers(&mut self) -> Vec<(u64, Held<T>)> {
        let in_hand = self.held.iter().filter(|it| it.1.reader.is_some());
        let tags: Vec<u64> = in_hand.map(|it| *it.0).collect();
        tags.into_iter().filter_map(|tag| Some((tag, self.release(tag)?))).collect()
    }

    /// Takes an item out of its reader's hands.
    fn release(&mut self, tag: u64) -> Option<Held<T>> {
        let held = self.held.remove(&tag)?;
        if let Some(reader) = held.reader {
            self.readers[reader].in_hand -= 1;
        }
        Some(held)
    }

    /// The items that wait, first to last.
    pub fn waiting(&self) -> impl ExactSizeIterator<Item = &T> {
        self.waiting.iter().map(|it| &it.2)
    }

    /// The items that are handed out, or wait for another attempt, in the order of acceptance.
    pub fn held(&self) -> impl ExactSizeIterator<Item = &T> {
        self.held.values().map(|it| &it.item)
    }

    /// The items that wait for another attempt.
    pub fn retrying(&self) -> impl Iterator<Item = &T> {
        self.held.values().filter(|it| it.reader.is_none()).map(|it| &it.item)
    }

    /// The dead letters, in the order in which they died.
    pub fn dead(&self) -> &[T] {
        &self.dead
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(queue: &mut Queue<char>) -> Vec<(char, usize, u32)> {
        std::iter::from_fn(|| queue.hand_out()).map(|it| (it.item, it.reader, it.attempt)).collect()
    }

    #[test]
    fn readers_take_turns_and_keep_their_prefetch() {
        let mut queue = Queue::new(2, 3, 1);
        assert_eq!("abc".chars().map(|it| queue.accept(it)).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(tags(&mut queue), [('a', 0, 1), ('b', 1, 1)]);
        assert!(queue.acknowledge(1));
        assert_eq!(tags(&mut queue), [('c', 1, 1)]);
        assert!(!queue.acknowledge(1));
    }

    #[test]
    fn what_fails_comes_back_in_its_old_place_until_it_is_dead() {
        let mut queue = Queue::new(1, 2, 1);
        assert_eq!("ab".chars().map(|it| queue.accept(it)).last(), Some(1));
        assert_eq!(tags(&mut queue), [('a', 0, 1)]);
        assert_eq!(queue.fail(0), Fate::Retry(0));
        queue.retry(0);
        assert_eq!(tags(&mut queue), [('a', 0, 2)]);
        assert_eq!(queue.fail(0), Fate::Dead);
        assert_eq!(queue.dead(), ['a']);
        assert_eq!(queue.fail(0), Fate::Settled);
        assert_eq!(tags(&mut queue), [('b', 0, 1)]);
    }

    #[test]
    fn what_gets_lost_on_the_way_is_not_an_attempt() {
        let mut queue = Queue::new(1, 1, 1);
        queue.accept('a');
        for _ in 0..5 {
            assert_eq!(tags(&mut queue), [('a', 0, 1)]);
            assert_eq!(queue.lose(0), Fate::Retry(0));
            queue.retry(0);
        }
    }

    #[test]
    fn nobody_ready_means_everything_waits() {
        let mut queue = Queue::new(1, 1, 9);
        queue.set_ready(0, false);
        queue.accept('a');
        assert_eq!(queue.hand_out(), None);
        queue.set_ready(0, true);
        assert!(queue.hand_out().is_some());
    }

    #[test]
    fn what_waits_too_long_is_dead_and_what_is_in_hand_only_when_it_comes_back() {
        let mut queue = Queue::new(1, 9, 1);
        for item in ['a', 'b', 'c'] {
            queue.accept(item);
        }
        assert_eq!(tags(&mut queue), [('a', 0, 1)]);
        assert_eq!(queue.expire(1), Some(&'b'));
        assert_eq!(queue.expire(1), None, "it is dead already");
        assert_eq!(queue.expire(0), None, "a reader has it");
        assert_eq!(queue.fail(0), Fate::Dead);
        assert_eq!(tags(&mut queue), [('c', 0, 1)]);
        assert_eq!(queue.lose(2), Fate::Retry(2));
        assert_eq!(queue.expire(2), Some(&'c'), "it waits for another attempt");
        assert_eq!((queue.dead(), queue.held().len()), (&['b', 'a', 'c'][..], 0));
    }

    #[test]
    fn what_is_recalled_waits_in_its_old_place_and_what_is_cleared_is_gone() {
        let mut queue = Queue::new(2, 9, 2);
        for item in ['a', 'b', 'c', 'd'] {
            queue.accept(item);
        }
        assert_eq!(tags(&mut queue).len(), 4);
        assert_eq!(queue.fail(1), Fate::Retry(1));
        assert_eq!(queue.expire(2), None, "a reader has it");
        assert_eq!(queue.recall(), ['c']);
        assert_eq!(
            (queue.waiting().copied().collect::<String>(), queue.dead()),
            ("ad".into(), &['c'][..])
        );
        queue.retry(1);
        assert_eq!(tags(&mut queue), [('a', 0, 1), ('b', 1, 2), ('d', 0, 1)]);
        queue.accept('e');
        queue.accept('f');
        assert_eq!(tags(&mut queue), [('e', 1, 1)]);
        assert_eq!(queue.lose(0), Fate::Retry(0));
        assert_eq!(queue.clear(), ['f', 'a']);
        assert_eq!((queue.waiting().len(), queue.held().len(), queue.dead()), (0, 0, &['c'][..]));
        assert!(!queue.acknowledge(4));
        queue.accept('g');
        assert_eq!(tags(&mut queue), [('g', 0, 1)], "all hands are free");
    }

    #[test]
    fn room_is_made_at_the_front() {
        let mut queue = Queue::new(1, 9, 1);
        assert_eq!(queue.drop_oldest(), None);
        queue.accept('a');
        queue.accept('b');
        assert_eq!(queue.drop_oldest(), Some(&'a'));
        assert_eq!(tags(&mut queue), [('b', 0, 1)]);
    }
}
