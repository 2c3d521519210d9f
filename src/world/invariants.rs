//! Judges the invariants: after every change, or when nothing is under way any more.

use super::input::id32;
use super::record::What;
use super::state::{Occurrence, World};
use crate::base::{Span, Time};
use crate::language::Value;
use crate::language::expression::Expression;
use crate::language::scenario::InvariantKind;
use crate::sim::Context;

/// How an invariant stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvariantState {
    /// How it stands now.
    pub standing: Standing,
    /// When it was first broken.
    pub first_violation: Option<Time>,
    /// What it says is still owed: the condition that leads to it has become true, and it has not yet.
    pub owed: bool,
    /// Did the condition that leads to it hold when it was last looked at?
    given: Option<bool>,
    /// How often it has been owed.
    debts: u32,
}

/// How an invariant stands now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// There has been no occasion to judge it.
    #[default]
    Open,
    /// It held when it was last judged.
    Holds,
    /// It did not.
    Broken,
}

impl World {
    /// Judges what the present reaction may have changed.
    pub(super) fn judge(&mut self, context: &mut Context<'_, Self>) {
        if self.invariants.is_empty() {
            return;
        }
        if let Some((_, why)) = self.changed.last() {
            self.why = *why;
        }
        let plan = self.plan.clone();
        let quiet = self.books.in_flight() == 0;
        for (index, invariant) in plan.scenario.invariants.iter().enumerate() {
            let touched = self.changed.iter().any(|it| invariant.reads.contains(&it.0.service));
            if let Some(when) = &invariant.when {
                self.judge_promise((index, when), touched, quiet, context);
                continue;
            }
            let state = &mut self.invariants[index];
            if touched {
                state.standing = Standing::Open;
            }
            let is_due = invariant.kind == InvariantKind::Always || quiet;
            if !is_due || state.standing != Standing::Open {
                continue;
            }
            if self.holds(&invariant.expression, context.now) {
                self.invariants[index].standing = Standing::Holds;
            } else {
                self.break_invariant(index, context);
            }
        }
    }

    /// An invariant that cannot be computed does not hold: a missing row, say.
    pub fn holds(&self, condition: &Expression, now: Time) -> bool {
        self.value_of(condition, None, now) == Some(Value::Bool(true))
    }

    fn break_invariant(&mut self, index: usize, context: &mut Context<'_, Self>) {
        let state = &mut self.invariants[index];
        state.standing = Standing::Broken;
        if state.first_violation.is_none() {
            state.first_violation = Some(context.now);
            let what = What::Violated { invariant: id32(index) };
            self.record(0, what, context);
        }
    }

    /// Looks after what one condition promises of another. What is owed already is not owed twice: if the earliest
    /// debt is paid in time, so are those after it.
    fn judge_promise(
        &mut self,
        (index, when): (usize, &Expression),
        touched: bool,
        quiet: bool,
        context: &mut Context<'_, Self>,
    ) {
        let plan = self.plan.clone();
        let invariant = &plan.scenario.invariants[index];
        if touched || self.invariants[index].given.is_none() {
            let given = self.holds(when, context.now);
            let paid = self.holds(&invariant.expression, context.now);
            let within = invariant.within.as_ref();
            let within = within.and_then(|it| self.value_of(it, None, context.now)?.as_span());
            let state = &mut self.invariants[index];
            let begins = given && state.given != Some(true);
            state.given = Some(given);
            if paid && (begins || state.owed) {
                state.owed = false;
                state.standing = Standing::Holds;
            } else if begins && !state.owed {
                state.owed = true;
                state.standing = Standing::Open;
                state.debts += 1;
                if let Some(within) = within {
                    // The last instant counts in full, whatever comes about at it.
                    let (after, debt) = (within + Span::from_micros(1), state.debts);
                    context.after(after, Occurrence::Due { invariant: index, debt });
                }
            }
        }
        if quiet && invariant.within.is_none() && self.invariants[index].owed {
            self.invariants[index].owed = false;
            self.break_invariant(index, context);
        }
    }

    /// The time is over in which something had to become true.
    pub(super) fn promise_due(&mut self, index: usize, debt: u32, context: &mut Context<'_, Self>) {
        let state = &mut self.invariants[index];
        if state.owed && state.debts == debt {
            state.owed = false;
            self.break_invariant(index, context);
        }
    }
}
