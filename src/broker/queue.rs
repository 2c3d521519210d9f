//! A queue with competing readers, acknowledgement and dead letters.
//!
//! Every item is in exactly one place: waiting, held (handed to a reader or to be handed out again, not yet
//! acknowledged), or dead. Items are handed out in the order in which they were accepted, unless they have labels that
//! say otherwise; one that comes back takes its old place. Delivery is at least once: what is not acknowledged is
//! handed out again, until it has been handed out too often.

use std::collections::VecDeque;

use super::order::{Label, Order};
use crate::base::Map;

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
    /// The caller lets some time pass and calls [`Queue::retry`]. So many handings-out have not succeeded.
    Retry(u32),
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
    /// In the order in which their turn comes.
    waiting: VecDeque<(u64, u32, T)>,
    held: Map<u64, Held<T>>,
    dead: Vec<T>,
    readers: Vec<Reader>,
    next_reader: usize,
    accepted: u64,
    attempts_max: u32,
    prefetch: u32,
    order: Option<Box<Order>>,
}

impl<T: Clone> Queue<T> {
    /// An empty queue for `readers` readers, all ready. An item is handed out `attempts_max` times at most, and a
    /// reader has `prefetch` items in hand at most.
    pub fn new(readers: usize, attempts_max: u32, prefetch: u32) -> Self {
        Self {
            waiting: VecDeque::new(),
            held: Map::new(),
            dead: Vec::new(),
            readers: vec![Reader { in_hand: 0, ready: true }; readers],
            next_reader: 0,
            accepted: 0,
            attempts_max,
            prefetch,
            order: None,
        }
    }

    /// Takes an item in, at the end. Returns its tag.
    pub fn accept(&mut self, item: T) -> u64 {
        let tag = self.accepted;
        self.waiting.push_back((tag, 0, item));
        self.accepted += 1;
        tag
    }

    /// Takes an item with a label in, where its turn comes. Returns its tag. Then all items of this queue have one.
    pub fn accept_as(&mut self, item: T, label: Label) -> u64 {
        let tag = self.accepted;
        self.order.get_or_insert_default().add(tag, label);
        self.wait(tag, 0, item);
        self.accepted += 1;
        tag
    }

    /// Puts an item among those that wait.
    fn wait(&mut self, tag: u64, attempts: u32, item: T) {
        let (Ok(place) | Err(place)) = self.place(tag);
        self.waiting.insert(place, (tag, attempts, item));
    }

    /// Where an item waits, or where it would.
    fn place(&self, tag: u64) -> Result<usize, usize> {
        match &self.order {
            None => self.waiting.binary_search_by_key(&tag, |it| it.0),
            Some(order) => {
                self.waiting.binary_search_by_key(&order.rank(tag), |it| order.rank(it.0))
            }
        }
    }

    /// The item that waits longest becomes a dead letter. Returns it.
    pub fn drop_oldest(&mut self) -> Option<&T> {
        let oldest = match self.order {
            None => 0,
            Some(_) => (0..self.waiting.len()).min_by_key(|it| self.waiting[*it].0)?,
        };
        let (tag, _, item) = self.waiting.remove(oldest)?;
        if let Some(order) = &mut self.order {
            order.drop_waiting(tag);
        }
        self.dead.push(item);
        self.dead.last()
    }

    /// An item's time has run out: it becomes a dead letter, if it waits. Returns it then. One that a reader has may
    /// still be handled; it only does not come back.
    pub fn expire(&mut self, tag: u64) -> Option<&T> {
        let item = if let Ok(place) = self.place(tag) {
            if let Some(order) = &mut self.order {
                order.drop_waiting(tag);
            }
            self.waiting.remove(place)?.2
        } else {
            let held = self.held.get_mut(&tag)?;
            if held.reader.is_some() {
                held.expired = true;
                return None;
            }
            self.forget(tag);
            self.held.remove(&tag)?.item
        };
        self.dead.push(item);
        self.dead.last()
    }

    /// Hands the first waiting item of which no other one with its key is being handled to the next reader that is
    /// ready and has a hand free; readers take turns.
    pub fn hand_out(&mut self) -> Option<Delivery<T>> {
        if self.waiting.is_empty() {
            return None;
        }
        let count = self.readers.len();
        let reader =
            (0..count).map(|it| (self.next_reader + it) % count).find(|it| self.has_room(*it))?;
        let (tag, attempts, item) = match &mut self.order {
            None => self.waiting.pop_front()?,
            Some(order) => {
                let free = self.waiting.iter().position(|it| order.is_free(it.0))?;
                order.hold(self.waiting[free].0);
                self.waiting.remove(free)?
            }
        };
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
        let is_known = self.release(tag).is_some();
        if is_known {
            self.forget(tag);
        }
        is_known
    }

    /// An item that was held is gone.
    fn forget(&mut self, tag: u64) {
        if let Some(order) = &mut self.order {
            order.forget(tag);
        }
    }

    /// The reader tried to handle the item and could not.
    pub fn fail(&mut self, tag: u64) -> Fate {
        let Some(held) = self.release(tag) else { return Fate::Settled };
        if held.expired || held.attempts >= self.attempts_max {
            self.forget(tag);
            self.dead.push(held.item);
            return Fate::Dead;
        }
        let attempts = held.attempts;
        self.held.insert(tag, Held { reader: None, ..held });
        Fate::Retry(attempts)
    }

    /// The reader does not want the item: it is a dead letter, whatever attempts are left. False when the tag is not
    /// known any more.
    pub fn refuse(&mut self, tag: u64) -> bool {
        let Some(held) = self.release(tag) else { return false };
        self.forget(tag);
        self.dead.push(held.item);
        true
    }

    /// Takes an item away that waits for a reader or for another attempt, and that nobody wants any more.
    pub fn withdraw(&mut self, is_meant: impl Fn(&T) -> bool) -> Option<T> {
        if let Some(place) = self.waiting.iter().position(|it| is_meant(&it.2)) {
            let (tag, _, item) = self.waiting.remove(place)?;
            if let Some(order) = &mut self.order {
                order.drop_waiting(tag);
            }
            return Some(item);
        }
        let is_free = |it: &Held<T>| it.reader.is_none() && is_meant(&it.item);
        let tag = *self.held.iter().find(|(_, it)| is_free(it))?.0;
        self.forget(tag);
        Some(self.held.remove(&tag)?.item)
    }

    /// Lets a waiting item wait apart until [`Self::retry`]; meanwhile it is not handed out. Returns its tag.
    pub fn postpone(&mut self, is_meant: impl Fn(&T) -> bool) -> Option<u64> {
        let place = self.waiting.iter().position(|it| is_meant(&it.2))?;
        let (tag, attempts, item) = self.waiting.remove(place)?;
        if let Some(order) = &mut self.order {
            order.hold(tag);
        }
        self.held.insert(tag, Held { item, attempts, reader: None, expired: false });
        Some(tag)
    }

    /// Lets a waiting item be the first of those that wait. False when there is none, or when it is the first.
    pub fn overtake(&mut self, is_meant: impl Fn(&T) -> bool) -> bool {
        let place = self.waiting.iter().position(|it| is_meant(&it.2)).filter(|it| *it > 0);
        let Some(overtaking) = place.and_then(|it| self.waiting.remove(it)) else { return false };
        self.order.get_or_insert_default().promote(overtaking.0, self.waiting[0].0);
        self.waiting.push_front(overtaking);
        true
    }

    /// Gives a dead letter back, so that it can be taken in anew.
    pub fn exhume(&mut self, is_meant: impl Fn(&T) -> bool) -> Option<T> {
        let place = self.dead.iter().position(is_meant)?;
        Some(self.dead.remove(place))
    }

    /// A reader that has such an item in hand.
    pub fn reader_of(&self, is_meant: impl Fn(&T) -> bool) -> Option<usize> {
        self.held.values().filter(|it| is_meant(&it.item)).find_map(|it| it.reader)
    }

    /// The item never reached the reader. That does not count as an attempt.
    pub fn lose(&mut self, tag: u64) -> Fate {
        let Some(held) = self.release(tag) else { return Fate::Settled };
        if held.expired {
            self.forget(tag);
            self.dead.push(held.item);
            return Fate::Dead;
        }
        let attempts = held.attempts;
        self.held.insert(tag, Held { reader: None, attempts: attempts - 1, ..held });
        Fate::Retry(attempts)
    }

    /// Puts an item that failed or got lost back into its old place.
    pub fn retry(&mut self, tag: u64) {
        if self.held.get(&tag).is_some_and(|it| it.reader.is_none())
            && let Some(held) = self.held.remove(&tag)
        {
            self.wait_again(tag, held.attempts, held.item);
        }
    }

    fn wait_again(&mut self, tag: u64, attempts: u32, item: T) {
        if let Some(order) = &mut self.order {
            order.let_go(tag);
        }
        self.wait(tag, attempts, item);
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
                self.forget(tag);
                dead.push(held.item);
            } else {
                self.wait_again(tag, held.attempts - 1, held.item);
            }
        }
        self.dead.extend(dead.iter().cloned());
        dead
    }

    /// Forgets everything except for the dead letters. Returns what waited; what readers have in hand they keep.
    pub fn clear(&mut self) -> Vec<T> {
        self.take_from_readers();
        self.order = None;
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
