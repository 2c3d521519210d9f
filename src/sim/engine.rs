//! The engine: a system, its schedule, and virtual time.

use super::{Digest, Schedule};
use crate::base::limits::{OCCURRENCES_MAX, OCCURRENCES_PER_INSTANT_MAX};
use crate::base::{Span, Time};

/// A value that reacts to occurrences.
///
/// It holds no futures, no callbacks and no shared cells: cloning it yields an independent copy, which is what
/// makes seeking and branching cheap.
pub trait System: Clone {
    /// Something that comes about at an instant: a message arrives, a timer runs out.
    type Occurrence: Clone;
    /// Something that a person does to the system from outside.
    type Input: Clone;
    /// What the system tells about itself.
    type Record: Clone + Record;

    /// Plans what comes about by itself. Runs once, at the start.
    fn start(&mut self, context: &mut Context<'_, Self>);

    /// Lets an occurrence come about.
    fn react(&mut self, occurrence: Self::Occurrence, context: &mut Context<'_, Self>);

    /// Carries out what a person does.
    fn steer(&mut self, input: Self::Input, context: &mut Context<'_, Self>);
}

/// What a system tells about itself; the run's identity is the digest of all of it.
pub trait Record {
    /// Adds everything that makes this record what it is.
    fn fold(&self, digest: &mut Digest);
}

impl Record for () {
    fn fold(&self, _digest: &mut Digest) {}
}

/// What a system may see and ask for while it reacts.
pub struct Context<'a, S: System> {
    /// The present instant.
    pub now: Time,
    schedule: &'a mut Schedule<S::Occurrence>,
    records: &'a mut Vec<S::Record>,
    digest: &'a mut Digest,
    halt: &'a mut Option<Halt>,
}

impl<S: System> Context<'_, S> {
    /// Plans an occurrence `delay` from now.
    #[inline]
    pub fn after(&mut self, delay: Span, occurrence: S::Occurrence) {
        self.schedule.push(self.now + delay, occurrence);
    }

    /// Plans an occurrence at an instant; the past counts as now.
    #[inline]
    pub fn at(&mut self, instant: Time, occurrence: S::Occurrence) {
        self.schedule.push(instant.max(self.now), occurrence);
    }

    /// Tells something.
    #[inline]
    pub fn record(&mut self, record: S::Record) {
        record.fold(self.digest);
        self.records.push(record);
    }

    /// Stops the run for good, because it has met a bound: this sentence names it.
    pub const fn halt(&mut self, bound: &'static str) {
        *self.halt = Some(Halt::Bound(bound));
    }
}

/// Why an engine does not go on although something is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// More than [`OCCURRENCES_PER_INSTANT_MAX`] occurrences at this instant: an endless chain.
    EndlessInstant(Time),
    /// More than [`OCCURRENCES_MAX`] occurrences in all.
    TooLong,
    /// The system met a bound of its own, which this sentence names.
    Bound(&'static str),
}

/// A running system.
#[derive(Clone, Debug)]
pub struct Engine<S: System> {
    /// What runs.
    pub system: S,
    now: Time,
    steps: u64,
    steps_at_now: u32,
    halt: Option<Halt>,
    digest: Digest,
    schedule: Schedule<S::Occurrence>,
}

impl<S: System> Engine<S> {
    /// Starts a system at time zero. `records` takes what it tells.
    pub fn new(system: S, records: &mut Vec<S::Record>) -> Self {
        let mut engine = Self {
            system,
            now: Time::ZERO,
            steps: 0,
            steps_at_now: 0,
            halt: None,
            digest: Digest::default(),
            schedule: Schedule::default(),
        };
        engine.with(records, S::start);
        engine
    }

    /// The present instant.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// How many occurrences have come about.
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// The digest of everything told so far: the identity of the run up to here.
    pub const fn digest(&self) -> u64 {
        self.digest.value()
    }

    /// Why the engine has stopped for good, if it has.
    pub const fn halt(&self) -> Option<Halt> {
        self.halt
    }

    /// When the next occurrence is due; `None` when nothing will happen any more.
    pub fn next_time(&self) -> Option<Time> {
        if self.halt.is_some() { None } else { self.schedule.next_time() }
    }

    /// The pending occurrences, in no particular order.
    pub fn pending(&self) -> impl Iterator<Item = &S::Occurrence> {
        self.schedule.iter()
    }

    /// Lets the next occurrence come about, whenever that is. False when there is none.
    #[inline]
    pub fn step(&mut self, records: &mut Vec<S::Record>) -> bool {
        self.step_until(Time::MAX, records)
    }

    /// Lets everything up to and including `until` come about, at most `budget` occurrences, and moves time there
    /// if the budget allows. Returns how many came about.
    pub fn advance(&mut self, until: Time, budget: u64, records: &mut Vec<S::Record>) -> u64 {
        let mut taken = 0;
        while taken < budget && self.step_until(until, records) {
            taken += 1;
        }
        if self.next_time().is_none_or(|next| until < next) {
            self.now = self.now.max(until);
        }
        taken
    }

    /// Lets the next occurrence come about, unless it is due after `until`. False when there is none.
    #[inline]
    fn step_until(&mut self, until: Time, records: &mut Vec<S::Record>) -> bool {
        if self.halt.is_some() {
            return false;
        }
        let Some((at, occurrence)) = self.schedule.pop_until(until) else { return false };
        assert!(self.now <= at, "law: time runs forward");
        self.steps_at_now = if at == self.now { self.steps_at_now + 1 } else { 0 };
        self.now = at;
        self.steps += 1;
        if self.steps_at_now >= OCCURRENCES_PER_INSTANT_MAX {
            self.halt = Some(Halt::EndlessInstant(at));
        } else if self.steps >= OCCURRENCES_MAX {
            self.halt = Some(Halt::TooLong);
        }
        self.with(records, |system, context| system.react(occurrence, context));
        true
    }

    /// Carries out what a person does at the present instant.
    pub fn steer(&mut self, input: S::Input, records: &mut Vec<S::Record>) {
        self.with(records, |system, context| system.steer(input, context));
    }

    #[inline]
    fn with(
        &mut self,
        records: &mut Vec<S::Record>,
        act: impl FnOnce(&mut S, &mut Context<'_, S>),
    ) {
        let mut context = Context {
            now: self.now,
            schedule: &mut self.schedule,
            records,
            digest: &mut self.digest,
            halt: &mut self.halt,
        };
        act(&mut self.system, &mut context);
    }
}
