//! What a person does to the run, and the branches that come of it: acting where the run goes on already begins another
//! one, and the old one stays.

use super::lab::Lab;
use super::rival::Difference;
use super::view::deed_words;
use crate::base::limits::{BRANCHES_MAX, NAME_CHARS_MAX};
use crate::base::{Time, sorted};
use crate::history::{BranchId, Branches};
use crate::world::{Input, World};

/// What the first branch is called until somebody gives it another name.
pub(super) const FIRST_BRANCH: &str = "First run";

impl Lab {
    /// All branches; [`Self::run`] is the one that is played.
    pub const fn branches(&self) -> &Branches<World> {
        &self.branches
    }

    /// Why what a person wanted to do last was not done.
    pub fn objection(&self) -> Option<&str> {
        self.objection.as_deref()
    }

    /// Does something in the running world. An input that the scenario cannot take is not one: nothing happens. Where
    /// the run goes on already, a branch begins.
    pub(super) fn steer(&mut self, input: Input) {
        if !self.world().accepts(&input) {
            return;
        }
        if let Some(objection) = self.world().objection_to(&input) {
            self.objection = Some(objection.to_owned());
            return;
        }
        let is_elsewhere = !self.run.is_at_its_end();
        if is_elsewhere {
            if self.branches.is_full() {
                self.objection = Some(format!(
                    "There are {BRANCHES_MAX} branches already (BRANCHES_MAX): delete one, or act at the end of one"
                ));
                return;
            }
            let name = self.branch_name(&input);
            self.branches.begin(&mut self.run, name);
        }
        self.goal = None;
        self.rival_is_told(&input);
        self.run.steer(input);
        if is_elsewhere {
            // In another future, what was done after this instant is done nowhere.
            self.compare(self.difference());
        }
    }

    /// What a branch is called by itself: what was done, and when. No two are called the same.
    fn branch_name(&self, input: &Input) -> String {
        let words = [&deed_words(self.world(), input), " at ", &tenths(self.run.now())].concat();
        let is_taken = |name: &str| self.branches.iter().any(|it| it.name == name);
        let numbered = (2..).map(|it: usize| format!("{words} ({it})"));
        let mut names = std::iter::once(words.clone()).chain(numbered);
        names.find(|it| !is_taken(it)).unwrap_or(words)
    }

    pub(super) fn switch_branch(&mut self, to: BranchId) {
        let (from, now) = (self.branches.played(), self.goal.unwrap_or(self.run.now()));
        self.branches.switch(&mut self.run, to, self.at_once);
        if self.branches.played() == from {
            return;
        }
        self.go_to(now);
        // Whoever goes over to what stands beside looks at the same two, from the other side.
        let difference = match self.difference() {
            Some(Difference::Branch(it)) if it == to => Some(Difference::Branch(from)),
            difference => difference,
        };
        self.compare(difference);
    }

    /// Deletes a branch; the one that is played gives way to its parent.
    pub(super) fn delete_branch(&mut self, id: BranchId) {
        let Some(parent) = self.branches.get(id).and_then(|it| it.parent) else { return };
        if id == self.branches.played() {
            self.switch_branch(parent);
        }
        self.branches.delete(id);
        if self.difference() == Some(Difference::Branch(id)) {
            self.compare(None);
        }
    }

    pub(super) fn rename_branch(&mut self, id: BranchId, name: &str) {
        let name: String = name.trim().chars().take(NAME_CHARS_MAX).collect();
        if !name.is_empty() {
            self.branches.rename(id, name);
        }
    }

    /// Turns all knobs of a variant that stand differently. If one of them takes effect only by starting again, all do.
    pub(super) fn vary(&mut self, variant: usize) {
        let plan = self.plan().clone();
        let Some(variant) = plan.scenario.variants.get(variant) else { return };
        let mut settings = variant.settings.clone();
        settings.retain(|(knob, value)| self.world().knobs[*knob] != *value);
        if settings.iter().any(|it| plan.scenario.knobs[it.0].at_start_only) {
            self.settings = self.present_settings();
            for (knob, value) in settings {
                self.settings.retain(|it| it.0 != knob);
                sorted::insert(&mut self.settings, (knob, value));
            }
            self.begin(self.world().seed, Vec::new());
        } else {
            for (knob, value) in settings {
                self.steer(Input::Turn { knob, value });
            }
        }
    }
}

/// An instant in seconds with one decimal, cut off: for names.
fn tenths(at: Time) -> String {
    let tenths = at.as_micros() / 100_000;
    format!("{}.{} s", tenths / 10, tenths % 10)
}
