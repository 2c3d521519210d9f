//! The two models, apart from any engine: what every contestant computes, in the same arithmetic.
//!
//! A contestant brings the event list, the calls and the clock; the draws, the queue and the hash are these.
//! Times are whole microseconds. A delay is at least one of them, because `nexosim` refuses to plan for now.

use std::collections::VecDeque;
use std::convert::Infallible;

use inflight::base::{Span, Stream, mix};
use rand_distr::{Distribution, Exp1};
use serde::{Deserialize, Serialize};

/// Customers of one M/M/1 run.
pub const CUSTOMERS: u64 = 1_000_000;
/// Mean time between two arrivals, in seconds.
pub const ARRIVAL_MEAN: f64 = 1.0;
/// Mean time that a customer is served, in seconds: load 0.9.
pub const SERVICE_MEAN: f64 = 0.9;

/// Nodes of the ring, and tokens under way in it.
pub const NODES: u32 = 1_000;
/// Hops that each token makes.
pub const HOPS_PER_TOKEN: u32 = 1_000;
/// Every hop takes this long at least, in microseconds.
const HOP_LEAST: u64 = 1_000;
/// And as long again as an exponential draw with this mean, in seconds.
const HOP_MEAN: f64 = 0.009;

/// A source of chance that is one plain word, so that every engine can copy and serialize it. The generator is that of
/// `inflight::base::Stream`, the exponential that of `rand_distr`.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Draws(u64);

impl Draws {
    fn new(name: &str) -> Self {
        Self(Stream::new(1, &[name]).bits())
    }

    /// An exponential draw with this mean in seconds, as microseconds.
    #[inline]
    fn exponential(&mut self, mean: f64) -> u64 {
        let draw: f64 = Exp1.sample(self);
        Span::from_secs_f64(draw * mean).as_micros().max(1)
    }
}

impl rand_core::TryRng for Draws {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|bits| (bits >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        Ok(mix(self.0))
    }

    fn try_fill_bytes(&mut self, target: &mut [u8]) -> Result<(), Infallible> {
        for chunk in target.chunks_mut(8) {
            chunk.copy_from_slice(&self.try_next_u64()?.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// M/M/1: one till, one line before it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Till {
    arrivals: Draws,
    services: Draws,
    to_come: u64,
    line: VecDeque<u64>,
    /// Customers who have left.
    pub served: u64,
    /// The microseconds that they spent here, together.
    pub stayed: u64,
}

/// What an arrival brings about, as delays from now.
pub struct Arrived {
    /// The next customer comes.
    pub next: Option<u64>,
    /// This customer leaves; later, when there is a line.
    pub leaves: Option<u64>,
}

impl Till {
    /// A till that nobody has come to yet.
    #[allow(clippy::new_without_default, reason = "nobody needs a till by default")]
    pub fn new() -> Self {
        Self {
            arrivals: Draws::new("arrivals"),
            services: Draws::new("services"),
            to_come: CUSTOMERS,
            line: VecDeque::new(),
            served: 0,
            stayed: 0,
        }
    }

    /// How long until the first customer comes.
    pub fn first(&mut self) -> u64 {
        self.arrivals.exponential(ARRIVAL_MEAN)
    }

    /// A customer comes.
    #[inline]
    pub fn arrive(&mut self, now: u64) -> Arrived {
        self.to_come -= 1;
        self.line.push_back(now);
        let next = (self.to_come > 0).then(|| self.arrivals.exponential(ARRIVAL_MEAN));
        let leaves = (self.line.len() == 1).then(|| self.services.exponential(SERVICE_MEAN));
        Arrived { next, leaves }
    }

    /// The customer at the head of the line leaves. Returns how long the next one takes.
    #[inline]
    pub fn depart(&mut self, now: u64) -> Option<u64> {
        let came = self.line.pop_front().expect("law: whoever leaves has come");
        self.stayed += now - came;
        self.served += 1;
        (!self.line.is_empty()).then(|| self.services.exponential(SERVICE_MEAN))
    }
}

/// What travels around the ring. It carries its own luck, so that its way is the same in every engine.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Token {
    draws: Draws,
    left: u32,
}

impl Token {
    /// The token that begins at this node.
    pub fn new(node: u32) -> Self {
        Self { draws: Draws::new(&format!("token {node}")), left: HOPS_PER_TOKEN }
    }

    /// How long the next hop takes.
    #[inline]
    pub fn delay(&mut self) -> u64 {
        HOP_LEAST + self.draws.exponential(HOP_MEAN)
    }
}

/// A node of the ring.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Node {
    /// Tokens that came by.
    pub hops: u64,
    /// A hash of them, in which their order does not count: two engines may break a tie differently.
    pub hash: u64,
    /// The instants at which tokens ended here, added up.
    pub ends: u64,
}

impl Node {
    /// A token comes by. Returns how long its next hop takes, if it makes one.
    #[inline]
    pub fn visit(&mut self, token: &mut Token, now: u64) -> Option<u64> {
        self.hops += 1;
        self.hash = self.hash.wrapping_add(mix(token.draws.0));
        token.left -= 1;
        if token.left == 0 {
            self.ends += now;
            return None;
        }
        Some(token.delay())
    }

    /// What two nodes have seen together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            hops: self.hops + other.hops,
            hash: self.hash.wrapping_add(other.hash),
            ends: self.ends + other.ends,
        }
    }
}
