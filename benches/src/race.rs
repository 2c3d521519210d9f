//! Races: contestants in turn, round after round, and the medians of their times.
//!
//! A B C A B C …, never A A A B B B, so that whatever slows the machine down for a while slows all of them. The time is
//! the thread's CPU time, because everything here runs on one thread and the machine has other work.

use cpu_time::ThreadTime;
use inflight::sim::Engine;
use inflight::world::World;

use crate::models::{CUSTOMERS, HOPS_PER_TOKEN, NODES, Node, SERVICE_MEAN, Till};

/// What a run has computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Outcome {
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
    pub(crate) fn queue(till: &Till) -> Self {
        let mean = till.stayed as f64 / 1e6 / till.served as f64 / SERVICE_MEAN;
        Self { events: 2 * till.served, mean, identity: till.stayed, occurrences: None }
    }

    /// What a run of M/M/1 as a file came to.
    pub(crate) fn queue_file(served: u64, stayed: u64, engine: &Engine<World>) -> Self {
        let mean = stayed as f64 / 1e6 / served as f64 / SERVICE_MEAN;
        let occurrences = Some(engine.steps());
        Self { events: 2 * served, mean, identity: engine.digest(), occurrences }
    }

    /// What a run of the ring as a file came to.
    pub(crate) fn ring_file(hops: u64, travelled: u64, engine: &Engine<World>) -> Self {
        let mean = travelled as f64 / 1e3 / hops as f64;
        let occurrences = Some(engine.steps());
        Self { events: hops, mean, identity: engine.digest(), occurrences }
    }

    /// What a run of the ring came to.
    pub(crate) fn ring(nodes: &[Node]) -> Self {
        let all = nodes.iter().fold(Node::default(), |all, it| all.and(*it));
        let mean = all.ends as f64 / 1e3 / all.hops as f64;
        Self { events: all.hops, mean, identity: all.hash, occurrences: None }
    }
}

/// How a contestant shows that it runs the model.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// It draws what the first contestant draws, and so comes to the same, bit for bit.
    Same,
    /// It has luck of its own, and a mean that theory knows.
    Theory,
    /// It counts the same events, but their mean differs for a reason.
    Count,
}

/// One engine's way to run a model.
pub(crate) struct Contestant {
    /// The engine.
    pub name: &'static str,
    /// What its outcome is held against.
    pub(crate) check: Check,
    /// Runs the model once.
    pub run: fn() -> Outcome,
}

/// A model, and who runs it.
pub(crate) struct Race {
    /// The model's name.
    pub title: &'static str,
    /// What one event is called.
    pub unit: &'static str,
    /// Events of one run.
    pub events: u64,
    /// The mean that theory gives, and four standard errors of it.
    pub theory: (f64, f64),
    /// The engines, ours first.
    pub contestants: Vec<Contestant>,
}

/// Events of one M/M/1 run: a customer comes, a customer leaves.
pub(crate) const QUEUE_EVENTS: u64 = 2 * CUSTOMERS;
/// Events of one run of the ring.
pub(crate) const RING_EVENTS: u64 = NODES as u64 * HOPS_PER_TOKEN as u64;

/// How a contestant did.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// The engine.
    pub name: &'static str,
    /// What it computed.
    pub outcome: Outcome,
    /// Its times in seconds, shortest first.
    pub times: Vec<f64>,
}

impl Standing {
    /// The median of its times, in seconds.
    pub(crate) fn median(&self) -> f64 {
        self.times[self.times.len() / 2]
    }

    /// Events a second, in millions.
    pub(crate) fn rate(&self) -> f64 {
        self.outcome.events as f64 / self.median() / 1e6
    }

    /// How far apart its times lie: the middle half of them, as a part of the median.
    pub(crate) fn spread(&self) -> f64 {
        let quarter = self.times.len() / 4;
        let middle = self.times[self.times.len() - 1 - quarter] - self.times[quarter];
        middle / self.median()
    }
}

impl Race {
    /// Runs everybody in turn, `rounds` times. The round before the first is not counted: it warms up.
    pub(crate) fn run(&self, rounds: usize) -> Vec<Standing> {
        let mut standings: Vec<_> = self
            .contestants
            .iter()
            .map(|it| Standing {
                name: it.name,
                outcome: self.checked(it, (it.run)()),
                times: Vec::new(),
            })
            .collect();
        for _ in 0..rounds {
            for (contestant, standing) in self.contestants.iter().zip(&mut standings) {
                let start = ThreadTime::now();
                let outcome = (contestant.run)();
                standing.times.push(start.elapsed().as_secs_f64());
                assert!(outcome == standing.outcome, "law: {} gives equal runs", contestant.name);
            }
        }
        let ours = standings[0].outcome.identity;
        for (contestant, standing) in self.contestants.iter().zip(&mut standings) {
            let same = standing.outcome.identity == ours;
            assert!(
                same || contestant.check != Check::Same,
                "law: {} runs the same model",
                contestant.name
            );
            standing.times.sort_by(f64::total_cmp);
        }
        standings
    }

    fn checked(&self, contestant: &Contestant, outcome: Outcome) -> Outcome {
        let (theory, tolerance) = self.theory;
        let Outcome { events, mean, .. } = outcome;
        // A run with luck of its own ends with the time, not with the count.
        let slack = if contestant.check == Check::Theory { self.events / 100 } else { 0 };
        let whole = events.abs_diff(self.events) <= slack;
        let fits = contestant.check == Check::Count || (mean - theory).abs() <= tolerance;
        assert!(whole && fits, "law: {} runs the model: {outcome:?}", contestant.name);
        outcome
    }
}
