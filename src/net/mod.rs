//! The network: links between nodes, and what they do to messages.
//!
//! A link takes messages in one after the other, as fast as its bandwidth allows. It carries a message in some
//! time, or loses it half way. Messages between the same two nodes keep their order, as on one connection, unless
//! the link says otherwise. It knows numbers of nodes, not what stands there or what is carried; how long and how
//! unsafe a link is at this instant, the caller says.

use crate::base::{Span, Stream, Time};

/// What a link does with one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It arrives at this instant.
    Arrives(Time),
    /// It gets lost on the way, at this instant.
    Lost(Time),
}

/// A directed link between two nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where the link's delays come from.
    pub delays: Stream,
    /// Where the luck of its jitter comes from.
    pub jitters: Stream,
    losses: Stream,
    /// Where the luck of second copies comes from.
    pub duplicates: Stream,
    /// Do messages keep their order?
    ordered: bool,
    /// When the last message that was not lost arrives.
    last_arrival: Time,
    /// When it has taken in the last message.
    busy_until: Time,
}

impl Link {
    /// The link between the nodes with these names. Its luck depends on nothing but them and the seed.
    pub fn new(seed: u64, from: &str, to: &str, ordered: bool) -> Self {
        Self {
            delays: Stream::new(seed, &["link", from, to, "delay"]),
            jitters: Stream::new(seed, &["link", from, to, "jitter"]),
            losses: Stream::new(seed, &["link", from, to, "loss"]),
            duplicates: Stream::new(seed, &["link", from, to, "duplicate"]),
            ordered,
            last_arrival: Time::ZERO,
            busy_until: Time::ZERO,
        }
    }

    /// Takes a message in for so long, after those before it: when the last of it has left.
    pub fn occupy(&mut self, now: Time, span: Span) -> Time {
        self.busy_until = self.busy_until.max(now) + span;
        self.busy_until
    }

    /// When a message arrives that leaves now, is not lost, and travels for `delay`.
    pub fn arrival(&mut self, now: Time, delay: Span) -> Time {
        if !self.ordered {
            return now + delay;
        }
        self.last_arrival = (now + delay).max(self.last_arrival);
        self.last_arrival
    }

    /// A message on the way is held up until then. True when those behind it have to wait for it.
    pub fn hold_up(&mut self, until: Time) -> bool {
        self.last_arrival = self.last_arrival.max(until);
        self.ordered
    }

    /// Sends a message that leaves now and travels for `delay`. It gets lost with probability `loss`.
    pub fn carry(&mut self, now: Time, delay: Span, loss: f64) -> Verdict {
        // Certain outcomes draw too, so that turning the loss up changes no later message's luck.
        if self.losses.chance(loss) {
            return Verdict::Lost(now + Span::from_micros(delay.as_micros() / 2));
        }
        Verdict::Arrives(self.arrival(now, delay))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_on_one_link_keep_their_order() {
        let mut link = Link::new(1, "a", "b", true);
        assert_eq!(
            link.carry(Time::ZERO, Span::from_millis(50), 0.0),
            Verdict::Arrives(Time::from_micros(50_000))
        );
        let overtaking = link.carry(Time::from_micros(10), Span::from_millis(1), 0.0);
        assert_eq!(overtaking, Verdict::Arrives(Time::from_micros(50_000)));
    }

    #[test]
    fn messages_wait_until_the_link_has_taken_in_those_before_them() {
        let mut link = Link::new(1, "a", "b", true);
        let span = Span::from_millis(10);
        let leaves = [0, 1_000, 40_000].map(|it| link.occupy(Time::from_micros(it), span));
        assert_eq!(leaves, [10_000, 20_000, 50_000].map(Time::from_micros));
    }

    #[test]
    fn without_order_a_faster_message_overtakes() {
        let mut link = Link::new(1, "a", "b", false);
        link.carry(Time::ZERO, Span::from_millis(50), 0.0);
        let overtaking = link.carry(Time::from_micros(10), Span::from_millis(1), 0.0);
        assert_eq!(overtaking, Verdict::Arrives(Time::from_micros(1_010)));
    }

    #[test]
    fn a_tenth_gets_lost_half_way() {
        let mut link = Link::new(1, "a", "b", true);
        let lost = (0..10_000).filter(|_| {
            link.carry(Time::ZERO, Span::from_millis(10), 0.1)
                == Verdict::Lost(Time::from_micros(5_000))
        });
        // Four standard errors of a binomial share are 120.
        assert!(lost.count().abs_diff(1_000) < 120);
        assert!(matches!(link.carry(Time::ZERO, Span::ZERO, 1.0), Verdict::Lost(_)));
    }
}
