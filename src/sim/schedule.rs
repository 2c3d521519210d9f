//! The pending occurrences, in the order (time, sequence).
//!
//! A 4-ary heap of packed 128-bit keys (time 64 bits, sequence 40, slot 24) beside a slab of payloads: one branch-free
//! comparison decides, and equal instants keep the order in which they were planned. Siblings share a cache line.
//! Taking the minimum leaves a hole at the root that the next insertion fills, because most occurrences plan another
//! one. (Method and figures: Larkin, Sen and Tarjan, "A back-to-basics empirical study of priority queues", 2014.)

use crate::base::Time;

const SLOT_BITS: u32 = 24;
const SEQUENCE_BITS: u32 = 40;
/// Occurrences that can be pending at the same time. The last slot stays free, so that no key is [`NOBODY`].
const PENDING_MAX: usize = (1 << SLOT_BITS) - 1;
/// Stands where there is no key; later than any key.
const NOBODY: u128 = u128::MAX;
/// The root's place. The children of the key at a place are the family number `place - 2`, whose four places begin at
/// four times its number; so the first family consists of the root alone.
const ROOT: usize = 3;

/// Four siblings.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Family([u128; 4]);

/// A priority queue of occurrences.
#[derive(Clone, Debug)]
pub struct Schedule<T> {
    /// Keys in heap order. While `hole` is set, the root is a key that has been taken already.
    heap: Vec<Family>,
    /// The place behind the last key.
    end: usize,
    hole: bool,
    payloads: Vec<Option<T>>,
    free: Vec<u32>,
    planned: u64,
}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        let heap = vec![Family([NOBODY; 4])];
        Self { heap, end: ROOT, hole: false, payloads: Vec::new(), free: Vec::new(), planned: 0 }
    }
}

impl<T> Schedule<T> {
    /// How many occurrences are pending.
    pub fn len(&self) -> usize {
        self.end - ROOT - usize::from(self.hole)
    }

    /// Is nothing pending?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The pending occurrences, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.payloads.iter().flatten()
    }

    /// Plans an occurrence. Among those at the same instant it comes last.
    #[inline]
    pub fn push(&mut self, at: Time, payload: T) {
        let slot = self.free.pop().unwrap_or_else(|| self.new_slot());
        self.payloads[slot as usize] = Some(payload);
        let sequence = self.planned & ((1 << SEQUENCE_BITS) - 1);
        self.planned += 1;
        let key = (u128::from(at.as_micros()) << 64)
            | u128::from((sequence << SLOT_BITS) | u64::from(slot));
        if !self.hole {
            self.sift_up(key);
        } else if self.end == ROOT + 1 {
            self.hole = false;
            self.heap[0].0[ROOT] = key;
        } else if self.end == ROOT + 2 {
            // One other is pending, as in small systems: the same, without a call.
            self.hole = false;
            let other = self.heap[1].0[0];
            let (first, second) = if key < other { (key, other) } else { (other, key) };
            self.heap[0].0[ROOT] = first;
            self.heap[1].0[0] = second;
        } else {
            self.hole = false;
            self.sift_down(key);
        }
    }

    #[cold]
    fn new_slot(&mut self) -> u32 {
        let slot = self.payloads.len();
        assert!(slot < PENDING_MAX, "law: fewer than 2²⁴ occurrences are pending");
        self.payloads.push(None);
        u32::try_from(slot).unwrap_or(u32::MAX)
    }

    /// When the next occurrence is due.
    #[inline]
    pub fn next_time(&self) -> Option<Time> {
        let key = if self.hole {
            self.heap.get(1).map_or(NOBODY, |children| children.least().1)
        } else {
            self.heap[0].0[ROOT]
        };
        (key != NOBODY).then(|| time_of(key))
    }

    /// Takes the next occurrence.
    #[inline]
    pub fn pop(&mut self) -> Option<(Time, T)> {
        self.pop_until(Time::MAX)
    }

    /// Takes the next occurrence, unless it is due after `until`.
    #[inline]
    pub fn pop_until(&mut self, until: Time) -> Option<(Time, T)> {
        if self.hole {
            self.close_hole();
        }
        if self.end == ROOT {
            return None;
        }
        let key = self.heap[0].0[ROOT];
        let at = time_of(key);
        if until < at {
            return None;
        }
        self.hole = true;
        #[expect(clippy::cast_possible_truncation, reason = "the slot is the lowest 24 bits")]
        let slot = key as u32 & ((1 << SLOT_BITS) - 1);
        self.free.push(slot);
        let payload = self.payloads[slot as usize].take();
        Some((at, payload.expect("law: a key in the heap has a payload")))
    }

    /// Fills the hole at the root with the last key.
    #[inline]
    fn close_hole(&mut self) {
        self.hole = false;
        self.end -= 1;
        let last = std::mem::replace(&mut self.heap[self.end / 4].0[self.end % 4], NOBODY);
        if self.end == ROOT {
            return;
        }
        if self.end.is_multiple_of(4) {
            self.heap.pop();
        }
        self.sift_down(last);
    }

    /// Puts `key` at the root and lets it sink to its place.
    #[inline]
    fn sift_down(&mut self, key: u128) {
        let heap = self.heap.as_mut_slice();
        let mut at = ROOT;
        while let Some(children) = heap.get(at - 2) {
            let (place, least) = children.least();
            if key <= least {
                break;
            }
            heap[at / 4].0[at % 4] = least;
            at = (at - 2) * 4 + place;
        }
        heap[at / 4].0[at % 4] = key;
    }

    /// Puts `key` behind the last one and lets it rise to its place.
    #[inline]
    fn sift_up(&mut self, key: u128) {
        let mut at = self.end;
        self.end += 1;
        if at / 4 == self.heap.len() {
            self.heap.push(Family([NOBODY; 4]));
        }
        let heap = self.heap.as_mut_slice();
        while at > ROOT {
            let parent = at / 4 + 2;
            let above = heap[parent / 4].0[parent % 4];
            if above <= key {
                break;
            }
            heap[at / 4].0[at % 4] = above;
            at = parent;
        }
        heap[at / 4].0[at % 4] = key;
    }
}

impl Family {
    /// The earliest of them: its place and its key. Arithmetic instead of branches, which nobody could predict.
    #[inline]
    fn least(&self) -> (usize, u128) {
        let [a, b, c, d] = self.0;
        let (left, right) = (usize::from(b < a), usize::from(d < c));
        let side = usize::from(c.min(d) < a.min(b));
        let place = 2 * side + (left ^ ((left ^ right) & side.wrapping_neg()));
        (place, self.0[place % 4])
    }
}

const fn time_of(key: u128) -> Time {
    Time::from_micros((key >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;
    use std::collections::BTreeSet;

    /// Plays `operations` pushes and pops against a sorted map and compares every pop.
    #[track_caller]
    fn check_order(name: &str, mut delay: impl FnMut(&mut Stream) -> u64) {
        let mut stream = Stream::new(11, &[name]);
        let mut schedule = Schedule::default();
        let mut model = BTreeSet::new();
        let mut now = 0;
        for operation in 0..20_000_u64 {
            if stream.unit() < 0.52 || model.is_empty() {
                let at = now + delay(&mut stream);
                schedule.push(Time::from_micros(at), operation);
                model.insert((at, operation));
            } else {
                assert_eq!(schedule.next_time().map(Time::as_micros), model.first().map(|it| it.0));
                let (at, expected) = model.pop_first().unwrap();
                if let Some(before) = at.checked_sub(1) {
                    assert_eq!(schedule.pop_until(Time::from_micros(before)), None, "{name}");
                }
                assert_eq!(schedule.pop(), Some((Time::from_micros(at), expected)), "{name}");
                now = at;
            }
            assert_eq!(schedule.len(), model.len());
        }
        while let Some((at, expected)) = model.pop_first() {
            assert_eq!(schedule.pop(), Some((Time::from_micros(at), expected)), "{name}");
        }
        assert_eq!(schedule.pop(), None);
        assert_eq!(schedule.next_time(), None);
    }

    #[test]
    fn the_earliest_comes_first_and_ties_keep_their_order() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive and small"
        )]
        let exponential = |stream: &mut Stream| (stream.exponential() * 1e3) as u64;
        check_order("exponential", exponential);
        check_order("constant", |_| 500);
        check_order("ties", |stream| stream.bits() % 2 * 1_000);
        check_order("bimodal", |stream| if stream.unit() < 0.9 { 1 } else { 10_000_000 });
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive and cut"
        )]
        let pareto =
            |stream: &mut Stream| libm::pow(1.0 - stream.unit(), -1.0 / 1.1).min(1e12) as u64;
        check_order("pareto", pareto);
    }
}
