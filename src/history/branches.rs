//! Runs with a common past: each left another one where something else was done.
//!
//! One of them is played, and lives with whoever plays it; the others are kept here. They share keyframes and records
//! of their past, so that a branch costs what is its own.
//!
//! **Invariant:** a branch and its parent have the same inputs up to the fork, so they have the same past bit for bit.

use super::run::{Position, RECORDS_MAX, Recorded, Run};
use crate::base::Time;
use crate::base::limits::BRANCHES_MAX;
use crate::sim::System;

/// Records that branches which are not played may keep of their own, all together.
const RECORDS_ASIDE_MAX: usize = RECORDS_MAX;

/// Names a branch among all that there have been.
pub type BranchId = u32;

/// What is known of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Which.
    pub id: BranchId,
    /// What it is called.
    pub name: String,
    /// The branch that it left; none for the first.
    pub parent: Option<BranchId>,
    /// How many inputs it has in common with that.
    pub shared: usize,
    /// Where it left it.
    pub fork: Position,
}

#[derive(Clone)]
struct Kept<S: System> {
    branch: Branch,
    /// The run, unless it is the one that is played.
    run: Option<Run<S>>,
    /// When it was played last: a count of switches.
    left: u64,
}

/// All branches.
#[derive(Clone)]
pub struct Branches<S: System> {
    /// In the order in which they began; the first is never deleted.
    all: Vec<Kept<S>>,
    played: BranchId,
    begun: BranchId,
    switches: u64,
}

impl<S: System> Branches<S> {
    /// One branch, which is played.
    pub fn new(name: String) -> Self {
        let fork = Position { steps: 0, at: Time::ZERO };
        let branch = Branch { id: 0, name, parent: None, shared: 0, fork };
        let all = vec![Kept { branch, run: None, left: 0 }];
        Self { all, played: 0, begun: 1, switches: 0 }
    }

    /// The one that is played.
    pub const fn played(&self) -> BranchId {
        self.played
    }

    /// All of them, in the order in which they began.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Branch> {
        self.all.iter().map(|it| &it.branch)
    }

    /// One of them.
    pub fn get(&self, id: BranchId) -> Option<&Branch> {
        self.iter().find(|it| it.id == id)
    }

    /// The run of a branch that is not played.
    pub fn run(&self, id: BranchId) -> Option<&Run<S>> {
        self.all.iter().find(|it| it.branch.id == id)?.run.as_ref()
    }

    /// Are there as many as there may be?
    pub fn is_full(&self) -> bool {
        BRANCHES_MAX <= self.all.len()
    }

    /// A branch begins where `run`, the one that is played, stands: that goes on as the new one, and what it was stays
    /// as the old one. Where there is no room for one more, nothing happens.
    pub fn begin(&mut self, run: &mut Run<S>, name: String) {
        let Some(old) = self.all.iter().position(|it| it.branch.id == self.played) else { return };
        if self.is_full() {
            return;
        }
        // Whoever stands before the fork of a branch stands in the branch that it left.
        let mut parent = &self.all[old].branch;
        while run.inputs_done() <= parent.shared
            && let Some(above) = parent.parent.and_then(|it| self.get(it))
        {
            parent = above;
        }
        let (parent, shared, fork) = (Some(parent.id), run.inputs_done(), run.position());
        let id = self.begun;
        self.begun += 1;
        self.all[old].run = Some(run.clone());
        self.all.push(Kept {
            branch: Branch { id, name, parent, shared, fork },
            run: None,
            left: 0,
        });
        self.played = id;
        run.leave();
        self.leave(old);
    }

    /// Adds a branch from what is known of it: its run, the place of its parent, and how many inputs they share. It
    /// has an input of its own, which is where it left its parent.
    pub fn add(&mut self, name: String, parent: usize, shared: usize, run: Run<S>) {
        let parent = self.all.get(parent).map(|it| it.branch.id);
        let (Some(first), false) = (run.inputs().get(shared), self.is_full()) else { return };
        let branch = Branch { id: self.begun, name, parent, shared, fork: first.position };
        self.begun += 1;
        self.all.push(Kept { branch, run: Some(run), left: 0 });
    }

    /// Plays another branch: `run` becomes that one.
    pub fn switch(&mut self, run: &mut Run<S>, to: BranchId, budget: u64) {
        let find = |id| self.all.iter().position(|it| it.branch.id == id);
        let (Some(old), Some(new)) = (find(self.played), find(to)) else { return };
        let Some(other) = self.all[new].run.take() else { return };
        self.all[old].run = Some(std::mem::replace(run, other));
        self.played = to;
        self.leave(old);
        run.remember(budget);
    }

    /// Deletes a branch that is not played, and is not the first. Those that left it have then left its parent.
    pub fn delete(&mut self, id: BranchId) {
        let Some(place) = self.all.iter().position(|it| it.branch.id == id) else { return };
        if place == 0 || id == self.played {
            return;
        }
        let gone = self.all.remove(place).branch;
        for Kept { branch, .. } in &mut self.all {
            if branch.parent == Some(id) {
                branch.parent = gone.parent;
                branch.shared = branch.shared.min(gone.shared);
                branch.fork = branch.fork.min(gone.fork);
            }
        }
    }

    /// Calls a branch something else.
    pub fn rename(&mut self, id: BranchId, name: String) {
        if let Some(kept) = self.all.iter_mut().find(|it| it.branch.id == id) {
            kept.branch.name = name;
        }
    }

    /// The inputs of a branch that its parent does not have; `run` is the one that is played.
    pub fn own_inputs<'r>(&'r self, branch: &Branch, run: &'r Run<S>) -> &'r [Recorded<S::Input>] {
        let inputs = self.run(branch.id).unwrap_or(run).inputs();
        inputs.get(branch.shared..).unwrap_or_default()
    }

    /// A branch is not played any more. What all of those keep for themselves is bounded: those that were left first
    /// lose their records.
    fn leave(&mut self, place: usize) {
        self.switches += 1;
        self.all[place].left = self.switches;
        if let Some(run) = &mut self.all[place].run {
            run.set_aside();
        }
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|it| std::cmp::Reverse(self.all[*it].left));
        let mut kept = 0;
        for place in order {
            let Some(run) = &mut self.all[place].run else { continue };
            kept += run.own().1;
            if RECORDS_ASIDE_MAX < kept {
                run.forget_records();
            }
        }
    }
}
