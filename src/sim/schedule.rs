//! The pending occurrences, in the order (time, sequence).
//!
//! A 4-ary heap of packed 128-bit keys (time 64 bits, sequence 40, slot 24) beside a slab of payloads: one branch-free
//! comparison decides, and equal instants keep the order in which they were planned. Taking the minimum leaves
//! a hole at the root that the next insertion fills, because most occurrences plan another one. (Method and figures:
//! Larkin, Sen and Tarjan, "A back-to-basics empirical study of priority queues", 2014.)

use crate::base::Time;

const ARITY: usize = 4;
const SLOT_BITS: u32 = 24;
const SEQUENCE_BITS: u32 = 40;
/// Occurrences that can be pending at the same time.
const PENDING_MAX: usize = 1 << SLOT_BITS;

/// A priority queue of occurrences.
#[derive(Clone, Debug)]
pub struct Schedule<T> {
    /// Keys in heap order. While `hole` is set, the root is a key that has been taken already.
    heap: Vec<u128>,
    hole: bool,
    payloads: Vec<Option<T>>,
    free: Vec<u32>,
    planned: u64,
}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        Self { heap: Vec::new(), hole: false, payloads: Vec::new(), free: Vec::new(), planned: 0 }
    }
}

impl<T> Schedule<T> {
    /// How many occurrences are pending.
    pub fn len(&self) -> usize {
        self.heap.len() - usize::from(self.hole)
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
        let slot = if let Some(slot) = self.free.pop() {
            self.payloads[slot as usize] = Some(payload);
            slot
        } else {
            assert!(self.payloads.len() < PENDING_MAX, "law: at most 2²⁴ occurrences are pending");
            self.payloads.push(Some(payload));
            u32::try_from(self.payloads.len() - 1).unwrap_or(u32::MAX)
        };
        let sequence = self.planned & ((1 << SEQUENCE_BITS) - 1);
        self.planned += 1;
        let key = (u128::from(at.as_micros()) << 64)
            | u128::from((sequence << SLOT_BITS) | u64::from(slot));
        if self.hole {
            self.hole = false;
            self.sift_down(key);
        } else {
            self.heap.push(key);
            self.sift_up(key);
        }
    }

    /// When the next occurrence is due.
    #[inline]
    pub fn next_time(&self) -> Option<Time> {
        let first = if self.hole {
            let end = self.heap.len().min(1 + ARITY);
            self.heap[1..end].iter().min()
        } else {
            self.heap.first()
        };
        first.map(|key| time_of(*key))
    }

    /// Takes the next occurrence.
    #[inline]
    pub fn pop(&mut self) -> Option<(Time, T)> {
        if self.hole {
            self.hole = false;
            let last = self.heap.pop()?;
            if !self.heap.is_empty() {
                self.sift_down(last);
            }
        }
        let key = *self.heap.first()?;
        self.hole = true;
        #[expect(clippy::cast_possible_truncation, reason = "the slot is the lowest 24 bits")]
        let slot = key as u32 & (PENDING_MAX as u32 - 1);
        self.free.push(slot);
        let payload = self.payloads[slot as usize].take();
        Some((time_of(key), payload.expect("law: a key in the heap has a payload")))
    }

    /// Puts `key` at the root and lets it sink to its place.
    #[inline]
    fn sift_down(&mut self, key: u128) {
        let heap = self.heap.as_mut_slice();
        let mut at = 0;
        loop {
            let first = at * ARITY + 1;
            if first >= heap.len() {
                break;
            }
            let end = (first + ARITY).min(heap.len());
            let mut least = first;
            let mut least_key = heap[first];
            for (offset, child) in heap[first..end].iter().enumerate().skip(1) {
                if *child < least_key {
                    least = first + offset;
                    least_key = *child;
                }
            }
            if key <= least_key {
                break;
            }
            heap[at] = least_key;
            at = least;
        }
        heap[at] = key;
    }

    /// Lets `key`, which stands at the end, rise to its place.
    #[inline]
    fn sift_up(&mut self, key: u128) {
        let heap = self.heap.as_mut_slice();
        let mut at = heap.len() - 1;
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if heap[parent] <= key {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = key;
    }
}

const fn time_of(key: u128) -> Time {
    Time::from_micros((key >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;
    use std::collections::BTreeMap;

    /// Plays `operations` pushes and pops against a sorted map and compares every pop.
    #[track_caller]
    fn check_order(name: &str, mut delay: impl FnMut(&mut Stream) -> u64) {
        let mut stream = Stream::new(11, &[name]);
        let mut schedule = Schedule::default();
        let mut model = BTreeMap::new();
        let mut now = 0;
        for operation in 0..20_000_u64 {
            if stream.unit() < 0.52 || model.is_empty() {
                let at = now + delay(&mut stream);
                schedule.push(Time::from_micros(at), operation);
                model.insert((at, operation), ());
            } else {
                assert_eq!(
                    schedule.next_time().map(Time::as_micros),
                    model.keys().next().map(|it| it.0)
                );
                let ((at, expected), ()) = model.pop_first().unwrap();
                assert_eq!(schedule.pop(), Some((Time::from_micros(at), expected)), "{name}");
                now = at;
            }
            assert_eq!(schedule.len(), model.len());
        }
        while let Some(((at, expected), ())) = model.pop_first() {
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
