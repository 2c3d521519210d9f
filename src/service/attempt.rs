//! The attempts of one call: each is sent, answered or given up, and followed by another one after a pause.

use std::sync::Arc;

use super::breaker::CallMemory;
use super::call::{Open, Progress};
use super::effect::{Cause, Duty, Effect};
use super::envelope::{Content, Envelope, ReplyTo};
use super::machine::{Running, Service};
use crate::base::limits::CALL_ATTEMPTS_MAX;
use crate::base::{Span, Time};
use crate::language::expression::Expression;
use crate::language::scenario::{Call, Calls, Retry, Scenario};
use crate::language::{Row, Value};

/// Where a call stands: which worker's, and what the text says of it.
#[derive(Clone, Copy)]
pub(super) struct Where<'c> {
    worker: usize,
    call: &'c Call,
    /// Which of the calls in the text.
    written: usize,
}

impl<'c> Where<'c> {
    pub(super) fn new(calls: &'c Calls, worker: usize, index: usize) -> Self {
        let written = index % calls.calls.len();
        Self { worker, call: &calls.calls[written], written }
    }
}

impl Service {
    /// Asks, unless the breaker is open.
    pub(super) fn attempt(
        &mut self,
        at: Where<'_>,
        open: &mut Open,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let timeout = self.span(&at.call.timeout, running, duty)?;
        let hedge = at.call.hedge.as_ref().map(|it| self.span(it, running, duty)).transpose()?;
        if at.call.breaker.is_some() {
            let admitted = self.breaker(at, running, duty, |it, now| it.breaker.admit(now));
            let Some(probe) = admitted else {
                open.progress = Progress::Failed("the breaker is open".to_owned());
                return Ok(());
            };
            open.probe = probe;
        }
        if open.attempts == 0
            && let Some(budget) = at.call.retry.as_ref().and_then(|it| it.budget.as_ref())
            && let Value::Float(share) = self.evaluate(budget, running, &[], duty)?
        {
            self.memory(at, running).save(share);
        }
        open.attempts += 1;
        open.progress = Progress::Asked(duty.now + timeout);
        open.asked = [false; 2];
        open.numbers = [running.remind(at.worker, timeout, duty), 0];
        self.ask(at, open, 0, running, duty);
        if let Some(hedge) = hedge {
            open.numbers[1] = running.remind(at.worker, hedge, duty);
        }
        Ok(())
    }

    /// Sends one of an attempt's two messages.
    fn ask(
        &self,
        at: Where<'_>,
        open: &mut Open,
        which: usize,
        running: &Running,
        duty: &mut Duty<'_>,
    ) {
        let Progress::Asked(until) = open.progress else { return };
        open.asked[which] = true;
        let reply_to = self.reply_to(open, which, running);
        duty.effects.push(Effect::Post {
            channel: at.call.posting.channel,
            content: open.content.clone(),
            cause: Cause::of(&running.envelope),
            call: Some((reply_to, running.envelope.deadline.map_or(until, |it| it.min(until)))),
            outbox: false,
            route: None,
        });
    }

    /// Who waits for the answer to one of an attempt's two messages.
    const fn reply_to(&self, open: &Open, which: usize, running: &Running) -> ReplyTo {
        let Running { instance, token, .. } = *running;
        ReplyTo { service: self.id, instance, token, number: open.numbers[which] }
    }

    /// Nobody waits any more for the answers to an attempt's messages. If the call says so, whoever has them is told.
    pub(super) fn give_up(
        &self,
        at: Where<'_>,
        open: &mut Open,
        running: &Running,
        duty: &mut Duty<'_>,
    ) {
        let asked = std::mem::take(&mut open.asked);
        for which in (0..asked.len()).filter(|it| asked[*it] && open.cancels) {
            duty.effects.push(Effect::GiveUp {
                channel: at.call.posting.channel,
                asked: self.reply_to(open, which, running),
                cause: Cause::of(&running.envelope),
            });
        }
    }

    /// A pause is over, an attempt has waited long enough, or it is time to ask a second time.
    pub(super) fn run_out(
        &mut self,
        at: Where<'_>,
        open: &mut Open,
        which: usize,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        match open.progress {
            Progress::Pausing(_) => open.progress = Progress::Due,
            Progress::Asked(_) if which == 1 => self.ask(at, open, 1, running, duty),
            Progress::Asked(_) => {
                return self.try_again(at, open, "no answer in time", running, duty);
            }
            _ => {}
        }
        Ok(())
    }

    /// An answer has come to one of an attempt's two messages.
    pub(super) fn hear(
        &mut self,
        at: Where<'_>,
        open: &mut Open,
        (which, answer): (usize, &Content),
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        if !(matches!(open.progress, Progress::Asked(_)) && open.asked[which]) {
            return Ok(());
        }
        open.asked[which] = false;
        if let Content::Failure(reason) = answer {
            return match open.asked {
                [false, false] => self.try_again(at, open, reason, running, duty),
                _ => Ok(()),
            };
        }
        self.give_up(at, open, running, duty);
        if std::mem::take(&mut open.probe) {
            self.breaker(at, running, duty, |it, _| it.breaker.close());
        }
        open.progress = Progress::Answered(value_of(answer, duty.scenario));
        Ok(())
    }

    /// An attempt has failed: there is another one, or the call has failed.
    fn try_again(
        &mut self,
        at: Where<'_>,
        open: &mut Open,
        reason: &str,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        self.give_up(at, open, running, duty);
        let probe = std::mem::take(&mut open.probe);
        if let Some(rule) = &at.call.breaker {
            let failures = self.whole(&rule.failures, running, duty)?;
            let within = self.span(&rule.within, running, duty)?;
            let pause = self.span(&rule.pause, running, duty)?;
            self.breaker(at, running, duty, |it, now| {
                it.breaker.fail(probe, now, failures.max(1), (within, pause));
            });
        }
        open.progress = Progress::Failed(reason.to_owned());
        let Some(retry) = &at.call.retry else { return Ok(()) };
        let attempts = self.whole(&retry.attempts, running, duty)?.min(CALL_ATTEMPTS_MAX);
        if attempts <= open.attempts as usize
            || retry.budget.is_some() && !self.memory(at, running).spend()
        {
            return Ok(());
        }
        open.pause = self.pause(retry, open, running, duty)?;
        open.numbers = [running.remind(at.worker, open.pause, duty), 0];
        open.progress = Progress::Pausing(duty.now + open.pause);
        Ok(())
    }

    /// How long to wait before the next attempt.
    fn pause(
        &mut self,
        retry: &Retry,
        open: &Open,
        running: &Running,
        duty: &Duty<'_>,
    ) -> Result<Span, String> {
        let first = self.span(&retry.backoff, running, duty)?.as_secs();
        let most = self.span(&retry.max, running, duty)?.as_secs();
        let factor = match self.evaluate(&retry.factor, running, &[], duty)? {
            Value::Float(factor) => factor.max(0.0),
            other => return Err(format!("`{other}` is not a number")),
        };
        let jitter = self.evaluate(&retry.jitter, running, &[], duty)?;
        let grown = (1..open.attempts).fold(first, |it, _| (it * factor).min(most)).min(most);
        let Value::Text(word) = &jitter else { return Err(format!("`{jitter}` is not a jitter")) };
        let pause = match &**word {
            "none" => grown,
            "full" => grown * self.jitter.unit(),
            "equal" => grown.midpoint(grown * self.jitter.unit()),
            "decorrelated" => {
                let before = if open.attempts == 1 { first } else { open.pause.as_secs() };
                (first + (before * 3.0 - first).max(0.0) * self.jitter.unit()).min(most)
            }
            _ => return Err(format!("there is no jitter `{word}`")),
        };
        Ok(Span::from_secs_f64(pause))
    }

    fn memory(&mut self, at: Where<'_>, running: &Running) -> &mut CallMemory {
        let instance = self.instance_of(at.worker);
        let place = [running.handler, running.at, at.written];
        self.instances[instance].calls.get_or_insert(place, CallMemory::default())
    }

    /// Does something to a call's breaker. If it stands otherwise then, that is told.
    pub(super) fn breaker<T>(
        &mut self,
        at: Where<'_>,
        running: &Running,
        duty: &mut Duty<'_>,
        change: impl FnOnce(&mut CallMemory, Time) -> T,
    ) -> T {
        let memory = self.memory(at, running);
        let before = memory.breaker.standing();
        let result = change(memory, duty.now);
        let standing = memory.breaker.standing();
        if standing != before {
            let place = [running.handler, running.at, at.written];
            duty.effects.push(Effect::Breaker { place, standing });
        }
        result
    }

    /// A whole number that is not negative.
    pub(super) fn whole(
        &mut self,
        expression: &Expression,
        running: &Running,
        duty: &Duty<'_>,
    ) -> Result<usize, String> {
        let value = self.evaluate(expression, running, &[], duty)?;
        let Value::Int(number) = value else {
            return Err(format!("`{value}` is not a whole number"));
        };
        Ok(usize::try_from(number).unwrap_or(0))
    }
}

/// An answer as a value: a row with its fields.
fn value_of(content: &Content, scenario: &Scenario) -> Value {
    let Content::Message { message, body } = content else { return Value::Null };
    let fields = &scenario.messages[*message].fields;
    let columns = fields.iter().map(|it| Arc::from(it.name.as_str())).collect();
    Value::Row(Row { columns, cells: body.clone() })
}

/// Tells the caller, if there is one, that nobody will answer.
pub(super) fn failure(envelope: &Envelope, reason: &str) -> Option<Effect> {
    let to = envelope.reply_to?;
    Some(Effect::Reply { to, content: Content::Failure(reason.into()), cause: Cause::of(envelope) })
}
