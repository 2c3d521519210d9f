//! Races: contestants in turn, round after round, and the medians of their times.
//!
//! A B C A B C …, never A A A B B B, so that whatever slows the machine down for a while slows all of them. The time is
//! the thread's CPU time, because everything here runs on one thread and the machine has other work.

use benches::Outcome;
use cpu_time::ThreadTime;

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
    /// Over the columns that hold everybody against the first and the second contestant.
    pub headings: [&'static str; 2],
    /// The engines, ours first.
    pub contestants: Vec<Contestant>,
}

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
