//! Trials: the open scenario at all presets, with several seeds, played bit by bit beside what is on the stage.
//!
//! They own their worlds; nothing of the lab's run moves. Whoever drives them says how much may happen at a time, so
//! that frames stay in time and a person can stop them at any moment.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::base::Span;
use crate::interaction::{Interaction, PRESETS};
use crate::measure::{Experiment, Score, Tally, Trial, scores};
use crate::world::{Plan, Settings};

/// Trials that have begun.
#[derive(Clone, Debug)]
pub struct Trials {
    experiment: Experiment,
    seeds: u64,
    /// What comes next: an interaction and a seed. The first is being played.
    queue: VecDeque<(Interaction, u64)>,
    all: usize,
    current: Option<Trial>,
    /// What the runs at the present interaction have given.
    runs: Vec<Vec<Tally>>,
    scores: Vec<Score>,
    failure: Option<String>,
}

impl Trials {
    /// For how long people act in a trial.
    pub const SPAN: Span = Span::from_secs(60);

    /// Trials of a scenario at all presets, with seeds from 1 on.
    pub fn new(plan: Arc<Plan>, settings: Settings, seeds: u64) -> Self {
        let experiment = Experiment { plan, settings, interaction: None, span: Self::SPAN };
        let each = |it: &'static crate::interaction::Preset| {
            (1..=seeds).map(move |seed| (it.interaction, seed))
        };
        let queue: VecDeque<_> = PRESETS.iter().flat_map(each).collect();
        let all = queue.len();
        let (current, failure) = (None, None);
        let (runs, scores) = (Vec::new(), Vec::new());
        Self { experiment, seeds, queue, all, current, runs, scores, failure }
    }

    /// Lets so many occurrences come about at most. Does nothing when all is done.
    pub fn advance(&mut self, occurrences: u64) {
        let Some((interaction, seed)) = self.queue.front().copied() else { return };
        let begun = if let Some(trial) = self.current.take() {
            Ok(trial)
        } else {
            self.experiment.interaction = Some(interaction);
            self.experiment.begin(seed)
        };
        let done = begun.and_then(|mut trial| {
            let done = trial.advance(occurrences)?;
            self.current = Some(trial);
            Ok(done)
        });
        match done {
            Ok(None) => {}
            Ok(Some(tallies)) => {
                self.runs.push(tallies);
                self.current = None;
                self.queue.pop_front();
                if self.queue.front().is_none_or(|it| it.0 != interaction) {
                    self.scores.extend(scores(std::mem::take(&mut self.runs)));
                }
            }
            Err(reason) => {
                self.failure = Some(reason);
                self.queue.clear();
            }
        }
    }

    /// How much is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        1.0 - self.queue.len() as f64 / self.all as f64
    }

    /// Is there more to play?
    pub fn is_running(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Why they ended early, if so.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// The scorecards so far, in the order of the presets.
    pub fn scores(&self) -> &[Score] {
        &self.scores
    }

    /// What was run.
    pub const fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// With how many seeds each.
    pub const fn seeds(&self) -> u64 {
        self.seeds
    }
}
