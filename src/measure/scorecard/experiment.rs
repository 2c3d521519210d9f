//! An experiment: the same scenario with several seeds, people acting for a while, and then a rest in which what is
//! under way comes to its end.

use std::sync::Arc;

use super::tally::{Score, Tally, scores, tallies};
use crate::base::{Span, Time};
use crate::interaction::Interaction;
use crate::language::Scenario;
use crate::language::scenario::ScreenItem;
use crate::measure::halt_words;
use crate::sim::Engine;
use crate::world::{Input, Plan, Settings, World};

/// What is run.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// The scenario.
    pub plan: Arc<Plan>,
    /// Knobs that differ from their defaults.
    pub settings: Settings,
    /// What is done before it begins: how intents are handled, where the scenario says something else.
    pub choices: Vec<Input>,
    /// For how long people act.
    pub span: Span,
}

impl Experiment {
    /// The rest after it: longer than a person's patience and the last repetition.
    pub const REST: Span = Span::from_secs(60);
    /// Occurrences between two looks at the records, so that a long run does not pile them up.
    const BATCH: u64 = 10_000;

    /// One run, to be played bit by bit.
    ///
    /// # Errors
    /// When a first row cannot be computed: why, in words.
    pub fn begin(&self, seed: u64) -> Result<Trial, String> {
        let world = World::from_plan(self.plan.clone(), seed, &self.settings)?;
        let mut records = Vec::new();
        let mut engine = Engine::new(world, &mut records);
        for input in &self.choices {
            engine.steer(input.clone(), &mut records);
        }
        Ok(Trial { engine, end: Time::ZERO + self.span, acting: None })
    }

    /// One run.
    ///
    /// # Errors
    /// When a first row cannot be computed, or the run was stopped for good: why, in words.
    pub fn run(&self, seed: u64) -> Result<Vec<Tally>, String> {
        let mut trial = self.begin(seed)?;
        loop {
            if let Some(tallies) = trial.advance(Self::BATCH)? {
                return Ok(tallies);
            }
        }
    }

    /// The scorecards of runs with these seeds.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub fn score(&self, seeds: impl Iterator<Item = u64>) -> Result<Vec<Score>, String> {
        Ok(scores(seeds.map(|it| self.run(it)).collect::<Result<_, _>>()?))
    }
}

/// A run of an experiment that is under way.
#[derive(Clone, Debug)]
pub struct Trial {
    engine: Engine<World>,
    end: Time,
    /// What was counted when people stopped.
    acting: Option<Vec<Tally>>,
}

impl Trial {
    /// How many occurrences have come about.
    pub const fn steps(&self) -> u64 {
        self.engine.steps()
    }

    /// Lets so many occurrences come about at most. At the end: what was counted. The lists on screens are judged by
    /// the time in which people act; their intents by the end of the rest.
    ///
    /// # Errors
    /// When the run was stopped for good: why, in words.
    pub fn advance(&mut self, occurrences: u64) -> Result<Option<Vec<Tally>>, String> {
        let mut records = Vec::new();
        let engine = &mut self.engine;
        let rest = self.end + Experiment::REST;
        let until = if self.acting.is_some() { rest } else { self.end };
        engine.advance(until, occurrences, &mut records);
        if let Some(halt) = engine.halt() {
            return Err(halt_words(halt, &engine.system.plan, &mut records.iter().rev()));
        }
        if engine.now() < until {
            return Ok(None);
        }
        let Some(acting) = &self.acting else {
            self.acting = Some(tallies(&engine.system, until));
            engine.steer(Input::Habits { on: false }, &mut records);
            return Ok(None);
        };
        let mut rested = tallies(&engine.system, until);
        for it in &mut rested {
            it.read_at(acting);
        }
        Ok(Some(rested))
    }
}

/// What has to be done so that the intents of all people are handled like this, whatever the scenario says.
pub fn choose_everywhere(scenario: &Scenario, interaction: Interaction) -> Vec<Input> {
    let mut inputs = Vec::new();
    for (client, class) in scenario.clients.iter().enumerate() {
        let forms = class.screen.iter().enumerate().filter(|it| has_own_choice(it.1));
        for form in std::iter::once(None).chain(forms.map(|it| Some(it.0))) {
            inputs.push(Input::Choose { client, form, interaction });
        }
    }
    inputs
}

fn has_own_choice(item: &ScreenItem) -> bool {
    matches!(item, ScreenItem::Form(form) if form.interaction.is_some())
}
