//! Judges the invariants: after every change, or when nothing is under way any more.

use super::input::id32;
use super::record::{Record, What};
use super::state::World;
use crate::base::Time;
use crate::language::Value;
use crate::language::expression::Scope;
use crate::language::scenario::InvariantKind;
use crate::sim::Context;

/// How an invariant stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvariantState {
    /// How it stands now.
    pub standing: Standing,
    /// When it was first broken.
    pub first_violation: Option<Time>,
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
        let plan = self.plan.clone();
        let quiet = self.books.in_flight() == 0;
        for (index, invariant) in plan.scenario.invariants.iter().enumerate() {
            let touched = self.changed.iter().any(|it| invariant.reads.contains(&it.service));
            let state = &mut self.invariants[index];
            if touched {
                state.standing = Standing::Open;
            }
            let is_due = invariant.kind == InvariantKind::Always || quiet;
            if !is_due || state.standing != Standing::Open {
                continue;
            }
            // An invariant that cannot be computed does not hold: a missing row, say.
            let verdict = invariant.expression.evaluate(&mut Scope {
                now: context.now,
                knobs: &self.knobs,
                message: &[],
                locals: &[],
                row: &[],
                tables: self,
                chance: None,
            });
            let holds = verdict == Ok(Value::Bool(true));
            let state = &mut self.invariants[index];
            state.standing = if holds { Standing::Holds } else { Standing::Broken };
            if !holds && state.first_violation.is_none() {
                state.first_violation = Some(context.now);
                let what = What::Violated { invariant: id32(index) };
                context.record(Record { at: context.now, node: 0, what });
            }
        }
    }
}
