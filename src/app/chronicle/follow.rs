//! Follows a run: forward, and into another future.

use std::sync::Arc;

use super::kept::Chronicle;
use super::piece::STILL;
use crate::base::Time;
use crate::history::{Position, Run};
use crate::world::World;

impl Chronicle {
    /// Takes in what has come about since it was told last. The run has come on by one occurrence, or one instant.
    pub fn look(&mut self, run: &Run<World>) {
        let position = run.position();
        if self.position.is_some_and(|it| position < it) {
            return;
        }
        let kept = run.records();
        let total = run.records_before() + kept.len() as u64;
        let fresh = usize::try_from(total.saturating_sub(self.records)).unwrap_or(usize::MAX);
        for index in kept.len().saturating_sub(fresh)..kept.len() {
            if let Some(record) = kept.get(index) {
                self.fold(record, run.system());
            }
            self.records += 1;
        }
        self.records = total;
        if self.position.is_none() {
            // Lists may differ from the start on.
            self.poll_everybody(Time::ZERO, run.system());
        }
        self.position = Some(position);
        let more = run.inputs().iter().skip(self.inputs.len());
        self.inputs.extend(more.take_while(|it| it.position <= position).cloned());
        self.thin();
    }

    /// Forgets what is not of this run, or not any more.
    pub fn forget_others(&mut self, run: &Run<World>) {
        let world = run.system();
        if !Arc::ptr_eq(&self.plan, &world.plan) || self.seed != world.seed {
            *self = Self::new(world);
            return;
        }
        let shared = self.inputs.iter().zip(run.inputs()).take_while(|(a, b)| a == b).count();
        let known = self.inputs.get(shared).map(|it| it.position);
        let other = run.inputs().get(shared).map(|it| it.position);
        let told = self.position;
        let parts = [known, other].into_iter().flatten().min();
        let parts = parts.filter(|it| told.is_some_and(|told| *it < told)).map(|it| it.at);
        let unseen = told.filter(|it| run.furthest() < it.at).map(|_| run.furthest());
        if let Some(at) = parts.into_iter().chain(unseen).min() {
            self.inputs.truncate(shared);
            self.forget_from(at, world);
        }
    }

    /// Is less told than what lies before this position?
    pub fn lags(&self, goal: Position) -> bool {
        self.position.is_none_or(|it| it < goal)
    }

    /// Goes on from an instant up to which everything is told: the run has come there.
    pub fn stand_at(&mut self, run: &Run<World>) {
        if self.position.is_none() {
            return;
        }
        self.records = run.records_before() + run.records().len() as u64;
        self.position = Some(run.position());
        let people = &run.system().people;
        let lists = people.iter().map(|it| it.lists.iter().map(|it| it.stale_since).collect());
        self.stale = lists.collect();
    }

    /// Forgets what came about at this instant and later, as if it had never been told.
    fn forget_from(&mut self, at: Time, world: &World) {
        if at == Time::ZERO || at <= self.thinned.before {
            let inputs = std::mem::take(&mut self.inputs);
            *self = Self { inputs, ..Self::new(world) };
            return;
        }
        truncate(&mut self.trips, |it| it.departed < at);
        for it in &mut self.trips {
            if it.lost && at <= it.ends {
                it.lost = false;
                it.ends = it.arrives;
            }
        }
        truncate(&mut self.bars, |it| it.since < at);
        for it in self.bars.iter_mut().filter(|it| at <= it.until) {
            it.until = STILL;
            it.failed = false;
        }
        truncate(&mut self.claims, |it| it.since < at);
        self.claims.iter_mut().filter(|it| at <= it.until).for_each(|it| it.until = STILL);
        truncate(&mut self.shades, |it| it.since < at);
        self.shades.iter_mut().filter(|it| at <= it.until).for_each(|it| it.until = STILL);
        truncate(&mut self.flags, |it| it.at < at);
        truncate(&mut self.gaps, |it| it.to < at);
        self.series.iter_mut().for_each(|it| it.forget_from(at));
        self.find_running();
        self.find_open();
        self.busy_until = self.latest(at);
        let before = Time::from_micros(at.as_micros() - 1);
        if let Some(position) = &mut self.position {
            position.at = before;
            position.steps = 0;
        }
    }

    /// When something happened last, before an instant.
    fn latest(&self, at: Time) -> Time {
        let before = |it: Time| if it < at { it } else { Time::ZERO };
        let trips = self.trips.iter().map(|it| it.arrives.max(before(it.ends)));
        let bars = self.bars.iter().map(|it| it.since.max(before(it.until)));
        let claims = self.claims.iter().map(|it| it.since.max(before(it.until)));
        let flags = self.flags.iter().map(|it| it.at);
        trips.chain(bars).chain(claims).chain(flags).max().unwrap_or_default()
    }
}

fn truncate<T>(items: &mut Vec<T>, is_before: impl Fn(&T) -> bool) {
    let keep = items.partition_point(is_before);
    items.truncate(keep);
}
