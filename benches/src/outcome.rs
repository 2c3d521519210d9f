//! What a run of a model comes to, whoever has run it.

use inflight::sim::Engine;
use inflight::world::World;

use crate::models::{CUSTOMERS, HOPS_PER_TOKEN, NODES, Node, SERVICE_MEAN, Till};

/// Events of one M/M/1 run: a customer comes, a customer leaves.
pub const QUEUE_EVENTS: u64 = 2 * CUSTOMERS;
/// Events of one run of the ring.
pub const RING_EVENTS: u64 = NODES as u64 * HOPS_PER_TOKEN as u64;

/// What a run has computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Events of the model that came about: what the rates count.
    pub events: u64,
    /// What theory knows the mean of: time in the system by time of service, or milliseconds a hop.
    pub mean: f64,
    /// Two contestants with the same draws have the same.
    pub identity: u64,
    /// Occurrences of our own engine that it took, when they are not the events themselves.
    pub occurrences: Option<u64>,
}

impl Outcome {
    /// What an M/M/1 run came to.
    pub fn queue(till: &Till) -> Self {
        let mean = till.stayed as f64 / 1e6 / till.served as f64 / SERVICE_MEAN;
        Self { events: 2 * till.served, mean, identity: till.stayed, occurrences: None }
    }

    /// What a run of M/M/1 as a file came to.
    pub fn queue_file(served: u64, stayed: u64, engine: &Engine<World>) -> Self {
        let mean = stayed as f64 / 1e6 / served as f64 / SERVICE_MEAN;
        let occurrences = Some(engine.steps());
        Self { events: 2 * served, mean, identity: engine.digest(), occurrences }
    }

    /// What a run of the ring as a file came to.
    pub fn ring_file(hops: u64, travelled: u64, engine: &Engine<World>) -> Self {
        let mean = travelled as f64 / 1e3 / hops as f64;
        let occurrences = Some(engine.steps());
        Self { events: hops, mean, identity: engine.digest(), occurrences }
    }

    /// What a run of the ring came to.
    pub fn ring(nodes: &[Node]) -> Self {
        let all = nodes.iter().fold(Node::default(), |all, it| all.and(*it));
        let mean = all.ends as f64 / 1e3 / all.hops as f64;
        Self { events: all.hops, mean, identity: all.hash, occurrences: None }
    }
}
