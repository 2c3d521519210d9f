//! Both models as scenario files, run by the world on the engine, without a history.
//!
//! Each draws its own luck. What the hand-written models compute by themselves, the world does for every message:
//! it counts (the books), hashes (the run's digest), and follows the intent that led to it.

use std::fmt::Write;
use std::sync::LazyLock;

use inflight::base::Time;
use inflight::language;
use inflight::sim::Engine;
use inflight::world::{Input, Record, What, World};

use crate::models::{CUSTOMERS, NODES};
use crate::outcome::{Outcome, RING_EVENTS};

/// Occurrences between two looks at the records.
const BATCH: u64 = 4_096;

static QUEUE: LazyLock<World> = LazyLock::new(|| world(include_str!("../scenarios/queue.yaml")));
static RING: LazyLock<World> = LazyLock::new(|| world(&ring_file(NODES)));
static MIDDLE_RING: LazyLock<World> = LazyLock::new(|| world(&ring_file(NODES / 10)));
static SMALL_RING: LazyLock<World> = LazyLock::new(|| world(&ring_file(NODES / 100)));

fn world(file: &str) -> World {
    let scenario = language::compile(file).unwrap_or_else(|findings| panic!("{findings:#?}"));
    World::new(scenario, 1, &Vec::new()).expect("law: the file has no tables")
}

/// Runs M/M/1 for as long as the customers take to come. A customer is three occurrences: wish, arrival, departure.
pub(crate) fn queue() -> Outcome {
    let end = Time::from_micros(CUSTOMERS * 1_000_000);
    let mut records = Vec::new();
    let mut engine = Engine::new(QUEUE.clone(), &mut records);
    let (mut served, mut stayed) = (0, 0);
    while engine.advance(end, BATCH, &mut records) == BATCH {
        for record in records.drain(..) {
            if let What::Handled { micros, .. } = record.what {
                served += 1;
                stayed += micros;
            }
        }
    }
    Outcome::queue_file(served, stayed, &engine)
}

/// Runs the ring for as many hops as the others. A hop is one occurrence. It takes longer than theirs, because messages
/// on one link do not overtake each other.
pub(crate) fn ring() -> Outcome {
    hop(&RING, NODES)
}

/// A ring with a tenth of the nodes and tokens, for as many hops.
pub(crate) fn middle_ring() -> Outcome {
    hop(&MIDDLE_RING, NODES / 10)
}

/// A ring with a hundredth of the nodes and tokens, for as many hops.
pub(crate) fn small_ring() -> Outcome {
    hop(&SMALL_RING, NODES / 100)
}

fn hop(ring: &World, tokens: u32) -> Outcome {
    let mut records = Vec::new();
    let mut engine = Engine::new(ring.clone(), &mut records);
    for _ in 0..tokens {
        engine.steer(Input::Submit { person: 0, item: 0, values: Vec::new() }, &mut records);
    }
    let (mut hops, mut travelled) = (0, 0);
    while hops < RING_EVENTS {
        engine.advance(Time::MAX, BATCH.min(RING_EVENTS - hops), &mut records);
        for Record { what, .. } in records.drain(..) {
            if let What::Handled { micros, .. } = what {
                hops += 1;
                travelled += micros;
            }
        }
    }
    Outcome::ring_file(hops, travelled, &engine)
}

/// The ring as a scenario: it is too regular to be written by hand. The tokens are wishes of one person; a queue deals
/// them out, one to each node.
fn ring_file(nodes: u32) -> String {
    let mut file = String::from(
        "inflight: 1\ntitle: A ring\nmessages:\n  Token: { kind: command, fields: {} }\n\
         clients:\n  starter:\n    people: 1\n    interaction: fire-and-forget\n    screen:\n\
         \x20     - form: Token\n        to: start\n\
         network:\n  delay: =1ms + exponential(9ms)\n\
         channels:\n  start: { kind: queue }\n",
    );
    let mut services = String::from("services:\n");
    for node in 0..nodes {
        let next = (node + 1) % nodes;
        let channel = writeln!(file, "  to-{node}: {{ kind: direct }}");
        let service = writeln!(
            services,
            "  n{node}: {{ receives: [to-{node}, start], handles: {{ Token: [{{ send: Token, to: to-{next} }}] }} }}"
        );
        channel.and(service).expect("law: a string takes everything");
    }
    file + &services
}
