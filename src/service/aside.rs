//! Handlers that wait without a worker, what they take back, and the notes that they leave.

use std::collections::VecDeque;
use std::sync::Arc;

use super::effect::{Duty, Effect, Timer};
use super::execute::Next;
use super::machine::{Running, Service, Standing, worker_number};
use crate::base::{Span, Time};
use crate::language::Value;
use crate::language::expression::Expression;
use crate::language::scenario::{Awaited, MessageId};

/// Notes of a service that are kept for showing, at most.
const NOTES_MAX: usize = 20;

/// What a handler has noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Time,
    /// The message that was being handled.
    pub message: u64,
    /// What.
    pub text: Arc<str>,
}

/// The latest notes, oldest first.
pub(super) type Notes = VecDeque<Note>;

impl Service {
    /// `wait`
    pub(super) fn wait(
        &mut self,
        duration: &Expression,
        worker: usize,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<Next, String> {
        let span = self.span(duration, running, duty)?;
        running.at += 1;
        running.remind(worker, span, duty);
        Ok(Next::Wait(Standing::Aside(duty.now + span)))
    }

    /// `wait_until`: performed again after each change of a table, and when the time is over.
    pub(super) fn wait_until(
        &mut self,
        Awaited { condition, at_most, slot }: &Awaited,
        worker: usize,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<Next, String> {
        if self.evaluate(condition, running, &[], duty)? == Value::Bool(true) {
            running.locals[*slot] = Value::Null;
            return Ok(Next::Step);
        }
        let until = if let Some(since_start) = running.locals[*slot].as_span() {
            Time::ZERO + since_start
        } else {
            let span = self.span(at_most, running, duty)?;
            running.remind(worker, span, duty);
            running.locals[*slot] = Value::from((duty.now + span).since(Time::ZERO));
            duty.now + span
        };
        if until <= duty.now {
            return Err("the condition has not become true in time".to_owned());
        }
        Ok(Next::Wait(Standing::Until(until)))
    }

    /// A table has changed: those who wait for a condition look at it, as soon as this reaction is over.
    pub(super) fn look_again(&self, duty: &mut Duty<'_>) {
        for (instance, it) in self.instances.iter().enumerate() {
            for running in it.aside.iter().filter(|it| matches!(it.standing, Standing::Until(_))) {
                let worker = worker_number(self.workers_of(instance).start);
                let timer = Timer { worker, token: running.token, number: running.reminders };
                duty.effects.push(Effect::Remind { after: Span::ZERO, timer });
            }
        }
    }

    /// `log`
    pub(super) fn note(
        &mut self,
        text: &Expression,
        running: &Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let text = self.evaluate(text, running, &[], duty)?.to_string().into();
        let message = running.envelope.id;
        duty.effects.push(Effect::Noted(Note { at: duty.now, message, text }));
        Ok(())
    }

    /// `cancel`
    pub(super) fn cancel(
        &mut self,
        message: MessageId,
        fields: &[(usize, Expression)],
        running: &Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let mut wanted = Vec::with_capacity(fields.len());
        for (field, value) in fields {
            wanted.push((*field, self.evaluate(value, running, &[], duty)?));
        }
        duty.effects.push(Effect::Cancel { message, fields: wanted });
        Ok(())
    }

    /// Keeps a note for showing.
    pub fn keep_note(&mut self, note: Note) {
        if self.notes.len() == NOTES_MAX {
            self.notes.pop_front();
        }
        self.notes.push_back(note);
    }

    /// The handlers that wait without a worker.
    pub fn aside(&self) -> impl Iterator<Item = &Running> {
        self.instances.iter().flat_map(|it| &it.aside)
    }

    /// A handler stands still: with its worker, or aside.
    pub(super) fn stand(
        &mut self,
        worker: usize,
        standing: Standing,
        mut running: Running,
        duty: &mut Duty<'_>,
    ) {
        running.standing = standing;
        if let Standing::Aside(_) | Standing::Until(_) = standing {
            duty.effects.push(tell_aside(&running, worker, true));
            self.instances[running.instance].aside.push(running);
        } else {
            self.workers[worker] = Some(running);
        }
    }

    /// A handler has waited long enough: it goes on as soon as a worker is free.
    pub(super) fn wake_aside(&mut self, timer: Timer, duty: &mut Duty<'_>) {
        let instance = self.instance_of(timer.worker as usize);
        let aside = &mut self.instances[instance].aside;
        let waits = |it: &Running| {
            it.token == timer.token
                && it.reminders == timer.number
                && it.standing != Standing::Ready
        };
        let Some(place) = aside.iter().position(waits) else { return };
        let mut running = aside.remove(place);
        running.standing = Standing::Ready;
        aside.push(running);
        let free = self.workers_of(instance).find(|it| self.workers[*it].is_none());
        if let Some(worker) = free {
            self.take_next(worker, duty);
        }
    }

    /// Lets a worker go on with a handler of its instance that has waited long enough. False when there is none.
    pub(super) fn take_aside(&mut self, worker: usize, duty: &mut Duty<'_>) -> bool {
        let instance = self.instance_of(worker);
        let aside = &mut self.instances[instance].aside;
        let Some(place) = aside.iter().position(|it| it.standing == Standing::Ready) else {
            return false;
        };
        let running = aside.remove(place);
        duty.effects.push(tell_aside(&running, worker, false));
        self.count_busy(duty.now);
        self.run(worker, running, duty);
        true
    }
}

fn tell_aside(running: &Running, worker: usize, waits: bool) -> Effect {
    Effect::Aside { message: running.envelope.id, worker: worker_number(worker), waits }
}
