//! The rival: another run of the open scenario with the same seed, beside the one on the stage.
//!
//! It promises to stand at the same instant as the run on the stage, whatever is done to that. It is another branch; or
//! it differs from the start on by one thing, and then what a person does on the stage is done to the rival as well,
//! except what would undo the difference, and except to a message by its number: its messages are others.

use super::lab::Lab;
use crate::base::{Time, sorted};
use crate::history::{BranchId, Run};
use crate::interaction::Interaction;
use crate::measure::choose_everywhere;
use crate::world::{Input, Settings, World};

/// Occurrences that the second run plays at most to come to the same instant.
const OCCURRENCES_TO_FOLLOW: u64 = 2_000_000;

/// What is different there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Everybody's intents are handled like this.
    Interaction(Interaction),
    /// The knobs stand as this variant says.
    Variant(usize),
    /// What was done in this branch.
    Branch(BranchId),
}

/// The second run.
#[derive(Clone)]
pub(super) struct Rival {
    difference: Difference,
    lab: Box<Lab>,
}

impl Lab {
    /// The second run, as a lab of its own, when somebody compares. It stands at the same instant.
    pub fn rival(&self) -> Option<&Self> {
        self.rival.as_ref().map(|it| &*it.lab)
    }

    /// What is different in it.
    pub fn difference(&self) -> Option<Difference> {
        self.rival.as_ref().map(|it| it.difference)
    }

    /// Begins to compare, from the start on: what was clicked so far has been clicked there as well.
    pub(super) fn compare(&mut self, difference: Option<Difference>) {
        self.rival = None;
        let Some(difference) = difference.filter(|it| self.can_differ_by(*it)) else { return };
        match self.rival_with(difference) {
            Ok(rival) => self.rival = Some(rival),
            Err(reason) => self.cannot_start(&reason),
        }
    }

    fn can_differ_by(&self, difference: Difference) -> bool {
        match difference {
            Difference::Interaction(_) => true,
            Difference::Variant(it) => it < self.scenario().variants.len(),
            Difference::Branch(it) => self.branches.run(it).is_some(),
        }
    }

    fn rival_with(&self, difference: Difference) -> Result<Rival, String> {
        if let Difference::Branch(branch) = difference
            && let Some(run) = self.branches.run(branch)
        {
            let lab = Box::new(self.with_run(run.clone(), self.settings.clone()));
            let mut rival = Rival { difference, lab };
            rival.follow(self.run.now());
            return Ok(rival);
        }
        let plan = self.plan();
        let mut settings: Settings = self.settings.clone();
        if let Difference::Variant(variant) = difference {
            for setting in &plan.scenario.variants[variant].settings {
                settings.retain(|it| it.0 != setting.0);
                sorted::insert(&mut settings, setting.clone());
            }
        }
        let world = World::from_plan(plan.clone(), self.world().seed, &settings)?;
        let mut run = Run::new(world, Vec::new());
        if let Difference::Interaction(interaction) = difference {
            for input in choose_everywhere(&plan.scenario, interaction) {
                run.steer(input);
            }
        }
        let lab = Box::new(self.with_run(run, settings));
        let mut rival = Rival { difference, lab };
        for it in self.run.inputs() {
            rival.take(it.position.at, &it.input);
        }
        rival.follow(self.run.now());
        Ok(rival)
    }

    /// Tells the rival what is about to be done to the run on the stage.
    pub(super) fn rival_is_told(&mut self, input: &Input) {
        let now = self.run.now();
        if let Some(rival) = &mut self.rival {
            rival.take(now, input);
        }
    }

    /// The rival goes where the run on the stage stands.
    pub(super) fn rival_follows(&mut self) {
        let now = self.run.now();
        if let Some(rival) = &mut self.rival {
            rival.follow(now);
            rival.lab.playback = self.playback;
            rival.lab.selection.clone_from(&self.selection);
        }
    }
}

impl Rival {
    /// Goes to this instant: everything up to and including it has come about.
    fn follow(&mut self, now: Time) {
        self.lab.run.seek(now, OCCURRENCES_TO_FOLLOW);
    }

    fn take(&mut self, at: Time, input: &Input) {
        self.follow(at);
        if !self.would_undo(input) && self.lab.world().accepts(input) {
            self.lab.run.steer(input.clone());
        }
    }

    /// Would this take the difference away, or mean another thing here?
    fn would_undo(&self, input: &Input) -> bool {
        let scenario = self.lab.scenario();
        match (self.difference, input) {
            // A branch is changed where it is played.
            (Difference::Branch(_), _)
            | (
                _,
                Input::Lose(_)
                | Input::Duplicate(_)
                | Input::Delay(..)
                | Input::Overtake(_)
                | Input::Redeliver { .. },
            )
            | (Difference::Interaction(_), Input::Choose { .. }) => true,
            (Difference::Interaction(_), Input::Turn { knob, .. }) => {
                scenario.chooses_interactions(*knob)
            }
            (Difference::Variant(variant), Input::Turn { knob, .. }) => {
                scenario.variants[variant].settings.iter().any(|it| it.0 == *knob)
            }
            _ => false,
        }
    }
}
