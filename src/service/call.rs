//! Calls: asks, tries again, asks a second time, gives up, and knows when enough has been answered.
//!
//! A step with calls is performed again whenever one of them has got on, until enough have been answered or too few
//! can answer any more.

use super::attempt::Where;
use super::effect::{Duty, Effect, Timer};
use super::envelope::Content;
use super::execute::Next;
use super::machine::{Running, Service, Standing, worker_number};
use crate::base::limits::CALLS_MAX;
use crate::base::{Span, Time};
use crate::language::Value;
use crate::language::expression::Expression;
use crate::language::scenario::{Calls, Step};

/// The calls of a step, while a handler waits for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calling {
    /// In the order of the text, for each element in turn.
    pub calls: Vec<Open>,
    /// How many answers are wanted.
    pub enough: usize,
    /// How many may be open at the same time.
    at_once: usize,
    /// The list, when calls are made for each of its elements.
    elements: Value,
}

/// One call, while a handler waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// How it stands.
    pub progress: Progress,
    /// How often it has been tried.
    pub attempts: u32,
    /// What is asked, the same in each attempt.
    pub(super) content: Content,
    /// The pause before this attempt.
    pub(super) pause: Span,
    /// The numbers of the attempt's message, or of the pause; and of its second message.
    pub(super) numbers: [u32; 2],
    /// Which of the attempt's two messages may still be answered.
    pub(super) asked: [bool; 2],
    /// Its breaker's next standing depends on this attempt.
    pub(super) probe: bool,
    /// Whom it asked is told when an attempt is given up.
    pub(super) cancels: bool,
}

/// How a call stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has not begun.
    Waiting,
    /// An attempt is to be made now.
    Due,
    /// It waits for an answer, until this instant.
    Asked(Time),
    /// It waits before it tries again, until this instant.
    Pausing(Time),
    /// This is the answer.
    Answered(Value),
    /// This is why there is none.
    Failed(String),
}

impl Calling {
    /// How many have been answered, have failed, and are open.
    pub fn tally(&self) -> (usize, usize, usize) {
        let count =
            |fits: fn(&Progress) -> bool| self.calls.iter().filter(|it| fits(&it.progress)).count();
        let answered = count(|it| matches!(it, Progress::Answered(_)));
        let failed = count(|it| matches!(it, Progress::Failed(_)));
        (
            answered,
            failed,
            self.calls.len() - answered - failed - count(|it| *it == Progress::Waiting),
        )
    }

    /// When the last of the open calls gets on at the latest.
    fn until(&self) -> Time {
        let until = self.calls.iter().map(|it| match it.progress {
            Progress::Asked(until) | Progress::Pausing(until) => until,
            _ => Time::ZERO,
        });
        until.max().unwrap_or(Time::ZERO)
    }
}

impl Service {
    /// Begins the calls of a step, or looks how they stand.
    pub(super) fn call(
        &mut self,
        calls: &Calls,
        worker: usize,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<Next, String> {
        let mut calling = match running.calling.take() {
            Some(calling) => calling,
            None => self.open(calls, running, duty)?,
        };
        let progress = self.make_attempts(calls, worker, (&mut calling, running), duty);
        let (answered, failed, _) = calling.tally();
        let is_over = calling.enough <= answered || calling.calls.len() < calling.enough + failed;
        if progress.is_ok() && !is_over {
            let until = calling.until();
            running.calling = Some(calling);
            return Ok(Next::Wait(Standing::Calling(until)));
        }
        self.abandon(worker, &mut calling, running, duty);
        progress?;
        if answered < calling.enough {
            keep_nothing(calls, running);
            let reason = calling.calls.into_iter().rev().find_map(|it| match it.progress {
                Progress::Failed(reason) => Some(reason),
                _ => None,
            });
            let too_few = || "there are not so many calls".to_owned();
            return match calls.fallback {
                Some(target) => Ok(Next::Jump(target)),
                None => Err(reason.unwrap_or_else(too_few)),
            };
        }
        keep_answers(calls, *calling, running);
        Ok(Next::Step)
    }

    /// Computes what is going to be asked.
    fn open(
        &mut self,
        calls: &Calls,
        running: &mut Running,
        duty: &Duty<'_>,
    ) -> Result<Box<Calling>, String> {
        let elements = match &calls.each {
            Some(each) => self.evaluate(&each.list, running, &[], duty)?,
            None => Value::Null,
        };
        let rounds = if let Value::List(items) = &elements { items.len() } else { 1 };
        let count = rounds * calls.calls.len();
        if CALLS_MAX < count {
            return Err(format!(
                "{count} calls at the same time, more than {CALLS_MAX} (CALLS_MAX)"
            ));
        }
        let mut opened = Vec::with_capacity(count);
        for index in 0..count {
            enter(calls, &elements, index, running);
            let call = &calls.calls[index % calls.calls.len()];
            let posting = &call.posting;
            let cancels = match &call.cancel {
                Some(it) => self.evaluate(it, running, &[], duty)? == Value::Bool(true),
                None => false,
            };
            let body = self.body(&posting.body, running, duty)?;
            opened.push(Open {
                progress: Progress::Waiting,
                attempts: 0,
                content: Content::Message { message: posting.message, body },
                pause: Span::ZERO,
                numbers: [0; 2],
                asked: [false; 2],
                probe: false,
                cancels,
            });
        }
        let mut number = |expression: &Option<Expression>, least: usize| match expression {
            Some(it) => Ok(self.whole(it, running, duty)?.max(least)),
            None => Ok::<_, String>(count),
        };
        let (at_once, enough) = (number(&calls.at_once, 1)?, number(&calls.enough, 0)?);
        Ok(Box::new(Calling { calls: opened, enough, at_once, elements }))
    }

    /// Makes the attempts that are due, as long as they can change anything.
    fn make_attempts(
        &mut self,
        calls: &Calls,
        worker: usize,
        (calling, running): (&mut Calling, &mut Running),
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let count = calling.calls.len();
        let (answered, mut failed, mut open) = calling.tally();
        for index in 0..count {
            if calling.enough <= answered || count < calling.enough + failed {
                break;
            }
            match calling.calls[index].progress {
                Progress::Due => {}
                Progress::Waiting if open < calling.at_once => open += 1,
                _ => continue,
            }
            enter(calls, &calling.elements, index, running);
            let at = Where::new(calls, worker, index);
            self.attempt(at, &mut calling.calls[index], running, duty)?;
            if matches!(calling.calls[index].progress, Progress::Failed(_)) {
                (open, failed) = (open - 1, failed + 1);
            }
        }
        Ok(())
    }

    /// A timer of a call has run out (`answer` is nothing), or an answer has come. Nobody cares if the call is over.
    pub(super) fn get_on(
        &mut self,
        worker: usize,
        (number, answer): (u32, Option<&Content>),
        duty: &mut Duty<'_>,
    ) {
        self.count_busy(duty.now);
        let Some(mut running) = self.workers[worker].take() else { return };
        let scenario = duty.scenario;
        let code = &scenario.services[self.id].handlers[running.handler].code;
        if let Some(mut calling) = running.calling.take() {
            let found = calling.calls.iter().position(|it| it.numbers.contains(&number));
            let mut progress = Ok(());
            if let (Some(index), Step::Call(calls)) = (found, &code[running.at].step) {
                enter(calls, &calling.elements, index, &mut running);
                let (at, open) = (Where::new(calls, worker, index), &mut calling.calls[index]);
                let which = usize::from(open.numbers[1] == number);
                progress = match answer {
                    None => self.run_out(at, open, which, &mut running, duty),
                    Some(answer) => self.hear(at, open, (which, answer), &mut running, duty),
                };
                if progress.is_err() {
                    self.abandon(worker, &mut calling, &running, duty);
                }
            }
            if let Err(reason) = progress {
                self.fail(running, reason, duty);
                return;
            }
            running.calling = Some(calling);
        }
        self.run(worker, running, duty);
    }

    /// Nobody waits for the open calls any more.
    pub(super) fn abandon(
        &mut self,
        worker: usize,
        calling: &mut Calling,
        running: &Running,
        duty: &mut Duty<'_>,
    ) {
        let code = &duty.scenario.services[self.id].handlers[running.handler].code;
        let Step::Call(calls) = &code[running.at].step else { return };
        for (index, open) in calling.calls.iter_mut().enumerate() {
            let at = Where::new(calls, worker, index);
            self.give_up(at, open, running, duty);
            if open.probe {
                self.breaker(at, running, duty, |it, now| it.breaker.let_next(now));
            }
        }
    }
}

impl Running {
    /// Asks to be woken after a while. The number names this wish among all of the handling.
    pub(super) fn remind(&mut self, worker: usize, after: Span, duty: &mut Duty<'_>) -> u32 {
        let timer = self.timer(worker);
        duty.effects.push(Effect::Remind { after, timer });
        self.reminders
    }

    /// What wakes it, and nothing that was set before.
    pub(super) fn timer(&mut self, worker: usize) -> Timer {
        self.reminders += 1;
        Timer { worker: worker_number(worker), token: self.token, number: self.reminders }
    }
}

/// Lets the element's name mean the element that a call is made for.
fn enter(calls: &Calls, elements: &Value, index: usize, running: &mut Running) {
    if let (Some(each), Value::List(items)) = (&calls.each, elements) {
        running.locals[each.slot] = items[index / calls.calls.len()].clone();
    }
}

/// Puts the answers where the handler wants them.
fn keep_answers(calls: &Calls, calling: Calling, running: &mut Running) {
    keep_nothing(calls, running);
    let mut answers = Vec::new();
    for (index, open) in calling.calls.into_iter().enumerate() {
        let Progress::Answered(answer) = open.progress else { continue };
        if let (None, Some(slot)) = (&calls.each, calls.calls[index % calls.calls.len()].slot) {
            running.locals[slot] = answer.clone();
        }
        answers.push(answer);
    }
    if let Some(slot) = calls.slot {
        running.locals[slot] = Value::List(answers.into());
    }
}

/// What is not answered is nothing, also if it was in an earlier turn of a loop.
fn keep_nothing(calls: &Calls, running: &mut Running) {
    for slot in calls.calls.iter().filter_map(|it| it.slot).chain(calls.slot) {
        running.locals[slot] = Value::Null;
    }
}
