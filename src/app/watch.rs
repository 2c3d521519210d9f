//! Plays the run so that the chronicle can follow it.
//!
//! It promises that the chronicle tells everything that has been seen of the run on the stage, and nothing else,
//! whatever is done to that run.

use super::chronicle::Chronicle;
use super::lab::Lab;
use crate::base::Time;

impl Lab {
    /// What the timeline remembers of the run.
    pub const fn chronicle(&self) -> &Chronicle {
        &self.chronicle
    }

    /// Goes to an instant, by so many occurrences at most; false when that did not reach. What has been told is gone to
    /// at once; what lies after it is told while it is played.
    pub(super) fn play(&mut self, until: Time, mut budget: u64) -> bool {
        if until < self.run.now() || until < self.chronicle.end() {
            return self.run.seek(until, budget);
        }
        loop {
            let next = self.run.engine().next_time().filter(|it| *it <= until);
            if next.is_some() && budget == 0 {
                return false;
            }
            if next.is_some() {
                budget -= 1;
                self.play_one(until);
            } else {
                // What people do when nothing is under way may set something going.
                let is_there = self.run.advance(until, 0);
                self.chronicle.look(&self.run);
                if is_there {
                    return true;
                }
            }
        }
    }

    /// Lets the next occurrence come about, with what people do before it.
    pub(super) fn play_one(&mut self, until: Time) {
        let next = self.run.engine().next_time().unwrap_or(until);
        if self.run.has_inputs_ahead() {
            self.run.advance(next, 0);
            self.chronicle.look(&self.run);
        }
        self.run.step();
        self.chronicle.look(&self.run);
    }

    /// Whatever has been done to the run: the chronicle tells it as it is now.
    pub(super) fn chronicle_follows(&mut self) {
        self.chronicle.forget_others(&self.run);
        let goal = self.run.position();
        if goal.at == Time::ZERO || !self.chronicle.lags(goal) {
            return self.chronicle.look(&self.run);
        }
        self.run.seek(self.chronicle.end(), u64::MAX);
        self.chronicle.stand_at(&self.run);
        self.chronicle.look(&self.run);
        while self.run.position().steps < goal.steps {
            self.play_one(goal.at);
        }
        self.run.advance(goal.at, 0);
        self.chronicle.look(&self.run);
    }
}
