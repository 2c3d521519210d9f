//! A run that can be played, sought and steered.
//!
//! **Invariant:** seeking anywhere in any order equals playing there.

use std::sync::Arc;

use super::journal::Journal;
use crate::base::Time;
use crate::sim::{Engine, System};

/// Occurrences between two keyframes, at first. When keyframes become too many, every second one goes and the
/// distance doubles.
const KEYFRAME_DISTANCE: u64 = 512;
/// Keyframes that are kept at most.
const KEYFRAMES_MAX: usize = 256;
/// Records that are kept at most; older ones are forgotten (seeking back brings them again).
pub(super) const RECORDS_MAX: usize = 200_000;
/// Keyframes of its own that a run keeps while another one is played.
const KEYFRAMES_ASIDE_MAX: usize = 12;

/// A position in a run: after so many occurrences, and at this instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// How many occurrences have come about.
    pub steps: u64,
    /// The instant; between the last occurrence and the next.
    pub at: Time,
}

/// Something that a person did, and exactly where in the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded<I> {
    /// Where.
    pub position: Position,
    /// What.
    pub input: I,
}

#[derive(Clone)]
struct Keyframe<S: System> {
    engine: Engine<S>,
    inputs_done: usize,
    records_before: u64,
}

/// A run, its past, and as much of its future as inputs are known.
#[derive(Clone)]
pub struct Run<S: System> {
    engine: Engine<S>,
    inputs: Vec<Recorded<S::Input>>,
    inputs_done: usize,
    /// In the order of their positions; the first is the start. Runs with a common past share those of it.
    keyframes: Vec<Arc<Keyframe<S>>>,
    distance: u64,
    records: Journal<S::Record>,
    fresh: Vec<S::Record>,
    /// The furthest position that has been played; scrubbing back does not forget it, a new input does.
    furthest: Position,
}

impl<S: System> Run<S> {
    /// Starts a system, with inputs that will take effect at their positions.
    pub fn new(system: S, inputs: Vec<Recorded<S::Input>>) -> Self {
        let mut fresh = Vec::new();
        let engine = Engine::new(system, &mut fresh);
        let mut run = Self {
            engine,
            inputs,
            inputs_done: 0,
            keyframes: Vec::new(),
            distance: KEYFRAME_DISTANCE,
            records: Journal::default(),
            fresh,
            furthest: Position { steps: 0, at: Time::ZERO },
        };
        run.keep_records();
        // What the start tells belongs to the start: the first keyframe stands after it.
        run.keep_keyframe();
        run.apply_due_inputs(Time::ZERO);
        run
    }

    /// The same start with other inputs.
    #[must_use]
    pub fn from_start(&self, inputs: Vec<Recorded<S::Input>>) -> Self {
        let mut run = self.clone();
        run.restore(|it| it.engine.steps() == 0);
        run.keyframes.truncate(1);
        run.records.forget_ahead();
        run.inputs = inputs;
        run.furthest = run.position();
        run.apply_due_inputs(Time::ZERO);
        run
    }

    /// The engine as it stands at the playhead.
    pub const fn engine(&self) -> &Engine<S> {
        &self.engine
    }

    /// The system as it stands at the playhead.
    pub const fn system(&self) -> &S {
        &self.engine.system
    }

    /// The playhead.
    pub const fn now(&self) -> Time {
        self.engine.now()
    }

    /// The furthest instant of this run that has been seen.
    pub const fn furthest(&self) -> Time {
        self.furthest.at
    }

    /// Does the playhead stand where this run ends so far? What is done elsewhere makes another future.
    pub fn is_at_its_end(&self) -> bool {
        !self.has_inputs_ahead() && self.furthest <= self.position()
    }

    /// The records up to the playhead, oldest first, as far as they are kept.
    pub const fn records(&self) -> &Journal<S::Record> {
        &self.records
    }

    /// How many records of this run came before [`Self::records`].
    pub const fn records_before(&self) -> u64 {
        self.records.before()
    }

    /// Everything that persons did or will have done, in order.
    pub fn inputs(&self) -> &[Recorded<S::Input>] {
        &self.inputs
    }

    /// How many of [`Self::inputs`] have been done at the playhead.
    pub const fn inputs_done(&self) -> usize {
        self.inputs_done
    }

    /// Is there something that persons will have done after the playhead?
    pub const fn has_inputs_ahead(&self) -> bool {
        self.inputs_done < self.inputs.len()
    }

    /// The exact playhead.
    pub const fn position(&self) -> Position {
        Position { steps: self.engine.steps(), at: self.engine.now() }
    }

    /// Plays up to `until`, at most `budget` occurrences. Returns false when the budget ended before.
    pub fn advance(&mut self, until: Time, mut budget: u64) -> bool {
        loop {
            let next = self.engine.next_time().filter(|it| *it <= until);
            if !self.apply_due_inputs(next.unwrap_or(until)) && next.is_none() {
                break;
            }
            if next.is_none() {
                continue;
            }
            if budget == 0 {
                return false;
            }
            budget -= 1;
            self.step_engine();
        }
        self.engine.advance(until, 0, &mut self.fresh);
        self.furthest = self.furthest.max(self.position());
        true
    }

    /// Lets the next occurrence come about. False when there is none.
    pub fn step(&mut self) -> bool {
        let Some(next) = self.engine.next_time() else { return false };
        self.apply_due_inputs(next);
        self.step_engine();
        self.furthest = self.furthest.max(self.position());
        true
    }

    /// Goes to the position just before the last occurrence: what persons did since the one before has been done.
    /// False at the start.
    pub fn step_back(&mut self) -> bool {
        let Some(steps) = self.engine.steps().checked_sub(1) else { return false };
        self.restore(|it| it.engine.steps() <= steps);
        while self.engine.steps() < steps {
            let next = self.engine.next_time().unwrap_or(Time::MAX);
            self.apply_due_inputs(next);
            self.step_engine();
        }
        let next = self.engine.next_time().unwrap_or(Time::MAX);
        self.apply_due_inputs(next);
        true
    }

    /// Moves the playhead to an instant, back or on: everything up to and including it has come about. What has been
    /// played before is played again from the last keyframe only. At most `budget` occurrences are played; false when
    /// that did not reach.
    pub fn seek(&mut self, to: Time, budget: u64) -> bool {
        if to < self.now() {
            self.restore(|it| it.engine.now() <= to);
        } else {
            let (here, known) = (self.engine.steps(), self.records.total_known());
            // A way on which records would be forgotten is gone step by step, unless they are too many anyway.
            let most = self.keyframes.last().map_or(0, |it| it.records_before);
            let known = if most <= RECORDS_MAX as u64 { known } else { u64::MAX };
            let fits = |it: &Keyframe<S>| it.engine.now() <= to && it.records_before <= known;
            if self.keyframes.iter().any(|it| fits(it) && here < it.engine.steps()) {
                self.restore(fits);
            }
        }
        self.advance(to, budget)
    }

    /// Carries out what a person does now. What later inputs there were are forgotten: this is another future.
    pub fn steer(&mut self, input: S::Input) {
        self.leave();
        self.inputs.push(Recorded { position: self.position(), input: input.clone() });
        self.inputs_done += 1;
        self.engine.steer(input, &mut self.fresh);
        self.keep_records();
    }

    /// Forgets what was to come: the playhead stands at the end of this run then.
    pub(super) fn leave(&mut self) {
        self.inputs.truncate(self.inputs_done);
        self.records.forget_ahead();
        let here = self.engine.steps();
        self.keyframes.retain(|it| it.inputs_done <= self.inputs_done && it.engine.steps() <= here);
        self.furthest = self.position();
    }

    /// Applies inputs whose position is now, as long as the next occurrence (due at `next`) is not before them.
    /// True when there was one.
    fn apply_due_inputs(&mut self, next: Time) -> bool {
        let before = self.inputs_done;
        while let Some(recorded) = self.inputs.get(self.inputs_done) {
            let Position { steps, at } = recorded.position;
            if steps > self.engine.steps() || at > next {
                break;
            }
            let input = recorded.input.clone();
            self.engine.advance(at, 0, &mut self.fresh);
            self.engine.steer(input, &mut self.fresh);
            self.inputs_done += 1;
            self.keep_records();
        }
        self.inputs_done > before
    }

    fn step_engine(&mut self) {
        self.engine.step(&mut self.fresh);
        self.keep_records();
        let last = self.keyframes.last().expect("law: the start is a keyframe").engine.steps();
        if self.engine.steps() >= last + self.distance {
            self.keep_keyframe();
        }
    }

    fn keep_keyframe(&mut self) {
        if self.keyframes.len() >= KEYFRAMES_MAX {
            let mut index = 0;
            self.keyframes.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.distance *= 2;
        }
        self.keyframes.push(Arc::new(Keyframe {
            engine: self.engine.clone(),
            inputs_done: self.inputs_done,
            records_before: self.records.total(),
        }));
    }

    #[inline]
    fn keep_records(&mut self) {
        for record in self.fresh.drain(..) {
            self.records.push(record, RECORDS_MAX);
        }
    }

    /// Another run is going to be played: of what only this one has, it keeps few keyframes, and no record ahead.
    pub(super) fn set_aside(&mut self) {
        self.records.forget_ahead();
        let own = |it: &Arc<Keyframe<S>>| Arc::strong_count(it) == 1;
        let count = self.keyframes.iter().skip(1).filter(|it| own(it)).count();
        let every = count / KEYFRAMES_ASIDE_MAX + 1;
        let mut index = 0;
        let mut is_start = true;
        self.keyframes.retain(|it| {
            if std::mem::take(&mut is_start) || !own(it) {
                return true;
            }
            index += 1;
            index % every == 0
        });
    }

    /// How many keyframes and records no other run has as well.
    pub fn own(&self) -> (usize, usize) {
        let own = self.keyframes.iter().filter(|it| Arc::strong_count(it) == 1);
        (own.count(), self.records.own())
    }

    /// Forgets the records; [`Self::remember`] brings them back.
    pub(super) fn forget_records(&mut self) {
        self.records.forget();
    }

    /// Brings back what has been forgotten of the records, if so many may be kept: plays once more from the start.
    pub(super) fn remember(&mut self, budget: u64) {
        let before = self.records.before();
        if before > 0 && self.records.total() <= RECORDS_MAX as u64 {
            let now = self.now();
            self.seek(Time::ZERO, budget);
            self.seek(now, budget);
        }
    }

    /// Goes to the last keyframe that `fits`; the start fits always. All that fit come before all that do not.
    fn restore(&mut self, fits: impl Fn(&Keyframe<S>) -> bool) {
        let place = self.keyframes.partition_point(|it| fits(it)).max(1) - 1;
        let keyframe = &self.keyframes[place];
        self.engine = keyframe.engine.clone();
        self.inputs_done = keyframe.inputs_done;
        self.records.go_to(keyframe.records_before);
    }
}
