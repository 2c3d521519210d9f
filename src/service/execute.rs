//! Executes the steps of a handler until it has to wait or is done.
//!
//! **Adding a step:** a variant of [`Step`] (with its compilation in `language`), an arm in `Service::perform`.

use std::sync::Arc;

use super::attempt::failure;
use super::effect::{Cause, Decision, Duty, Effect};
use super::envelope::{Content, Intent, Verdict};
use super::machine::{Running, Service, Standing};
use super::memory::OwnTables;
use super::room::await_room;
use crate::base::Span;
use crate::base::limits::{STEPS_PER_INSTANT_MAX, TABLE_ROWS_MAX};
use crate::interaction::Learn;
use crate::language::Value;
use crate::language::expression::{Expression, Scope};
use crate::language::scenario::{MessageId, Posting, Step, TableId, Write};

/// What comes after a step.
pub(super) enum Next {
    /// The one behind it.
    Step,
    /// The one at this index.
    Jump(usize),
    /// Nothing for now: the worker waits until it is woken, and goes on behind this step.
    Wait(Standing),
}

impl Service {
    /// Goes on with a worker's handler until it waits or ends.
    pub(super) fn resume(&mut self, worker: usize, duty: &mut Duty<'_>) {
        self.count_busy(duty.now);
        if let Some(running) = self.workers[worker].take() {
            self.run(worker, running, duty);
        }
    }

    /// Lets a worker, whose busy time is counted up to now, go on with a handler until it waits or ends.
    pub(super) fn run(&mut self, worker: usize, mut running: Running, duty: &mut Duty<'_>) {
        let scenario = duty.scenario;
        let handler = &scenario.services[self.id].handlers[running.handler];
        if running.envelope.expected.is_some() && !self.meets_no_objection(&mut running, duty) {
            running.at = usize::MAX;
        }
        let mut steps = 0;
        while let Some(instruction) = handler.code.get(running.at) {
            steps += 1;
            if STEPS_PER_INSTANT_MAX < steps {
                let most = format!(
                    "more than {STEPS_PER_INSTANT_MAX} steps at one instant (STEPS_PER_INSTANT_MAX)"
                );
                self.fail(running, most, duty);
                return;
            }
            match self.perform(&instruction.step, worker, &mut running, duty) {
                Ok(Next::Step) => running.at += 1,
                Ok(Next::Jump(target)) => running.at = target,
                Ok(Next::Wait(standing)) => {
                    self.stand(worker, standing, running, duty);
                    return;
                }
                Err(reason) => {
                    self.fail(running, reason, duty);
                    return;
                }
            }
        }
        // A handler may stop inside of a transaction.
        self.commit();
        let Running { envelope, delivery, .. } = running;
        self.handled += 1;
        if let Some(seen) = self.seen.get_mut(envelope.source) {
            *seen = envelope.version.max(*seen);
        }
        duty.effects.push(Effect::Handled { envelope, delivery });
    }

    /// Ends a handler without success. Who called without a queue is told: nobody tries again.
    pub(super) fn fail(&mut self, failed: Running, reason: String, duty: &mut Duty<'_>) {
        self.roll_back(duty);
        let handler = &duty.scenario.services[self.id].handlers[failed.handler];
        let place = handler.code.get(failed.at).map(|it| it.place).unwrap_or_default();
        let Running { envelope, delivery, .. } = failed;
        let answer = delivery.is_none().then(|| failure(&envelope, &reason)).flatten();
        duty.effects.push(Effect::Failed { envelope, delivery, reason, place });
        duty.effects.extend(answer);
    }

    fn perform(
        &mut self,
        step: &Step,
        worker: usize,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<Next, String> {
        match step {
            Step::Work(duration) => return self.work(duration, worker, running, duty),
            Step::Boundary(fault) => return Ok(self.halt_at(*fault, worker, running, duty)),
            Step::Wait(duration) => return self.wait(duration, worker, running, duty),
            Step::WaitUntil(it) => return self.wait_until(it, worker, running, duty),
            Step::Log(text) => self.note(text, running, duty)?,
            Step::Replay { channel, from, is_instant } => {
                self.replay(*channel, (from, *is_instant), running, duty)?;
            }
            Step::Cancel { message, fields } => {
                self.cancel(*message, fields, running, duty)?;
            }
            Step::Let { slot, value } => {
                running.locals[*slot] = self.evaluate(value, running, &[], duty)?
            }
            Step::JumpUnless { condition, target } => {
                if self.evaluate(condition, running, &[], duty)? != Value::Bool(true) {
                    return Ok(Next::Jump(*target));
                }
            }
            Step::Jump { target } => return Ok(Next::Jump(*target)),
            Step::Each { list, taken, element, target } => {
                let Some(item) = next_element(&mut running.locals, *list, *taken)? else {
                    return Ok(Next::Jump(*target));
                };
                running.locals[*element] = item;
            }
            Step::Fail(reason) => {
                return Err(self.evaluate(reason, running, &[], duty)?.to_string());
            }
            Step::Stop => return Ok(Next::Jump(usize::MAX)),
            Step::Begin => self.begin(None, duty),
            Step::Once { key, target } => {
                let key = self.evaluate(key, running, &[], duty)?;
                if !self.begin_once((running.handler, running.at), key, duty)? {
                    return Ok(Next::Jump(*target));
                }
            }
            Step::Commit => self.commit(),
            Step::Write { how, table, key, set } => {
                self.write(*how, *table, key, set, running, duty)?;
                running.envelope.expected = None;
            }
            Step::Delete { table, key } => {
                self.delete(*table, key, running, duty)?;
                running.envelope.expected = None;
            }
            Step::Send(Posting { channel, .. }) if self.must_wait(*channel, running, duty) => {
                return Ok(await_room(*channel, worker, running, duty));
            }
            Step::Send(posting) => self.post(posting, running, duty)?,
            Step::Call(calls) => return self.call_with_room(calls, worker, running, duty),
            Step::Reply { message, body } => self.reply(*message, body, running, duty)?,
            Step::Decide { accepted, reason } => {
                self.decide(*accepted, reason.as_ref(), running, duty)?;
                running.envelope.expected = None;
            }
            Step::Progress(share) => self.progress(share, running, duty)?,
            Step::After { delay, message, body } => {
                let after = self.span(delay, running, duty)?;
                let body = self.body(body, running, duty)?;
                let content = Content::Message { message: *message, body };
                duty.effects.push(Effect::Later {
                    after,
                    content,
                    cause: Cause::of(&running.envelope),
                });
            }
        }
        Ok(Next::Step)
    }

    fn delete(
        &mut self,
        table: TableId,
        key: &Expression,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let key = self.evaluate(key, running, &[], duty)?;
        self.note_row((running.instance, table), &key);
        if let Some(row) = self.table_mut(running.instance, table).remove(&key) {
            self.note_applied(running, duty);
            self.changed((running.envelope.id, table), row, true, duty);
        }
        Ok(())
    }

    /// The first change that a deciding handler makes: from here on, the wish is applied.
    fn note_applied(&self, running: &mut Running, duty: &mut Duty<'_>) {
        let handler = &duty.scenario.services[self.id].handlers[running.handler];
        if let (Some(intent), Some(message)) = (running.envelope.intent, handler.message)
            && handler.decides
            && !std::mem::replace(&mut running.wrote, true)
        {
            duty.effects.push(Effect::Applied { intent: intent.id, message });
        }
    }

    fn write(
        &mut self,
        how: Write,
        table: TableId,
        key: &Expression,
        set: &[(usize, Expression)],
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let key = self.evaluate(key, running, &[], duty)?;
        self.note_row((running.instance, table), &key);
        let rows = self.table(running.instance, table);
        let (count, columns, key_column) = (rows.len(), rows.columns.len(), rows.key);
        let old = rows.get(&key).cloned();
        let name = || &duty.scenario.services[self.id].tables[table].name;
        match (how, &old) {
            (Write::Insert, Some(_)) => {
                return Err(format!("`{}` has a row `{key}` already", name()));
            }
            (Write::Update, None) => return Err(format!("`{}` has no row `{key}`", name())),
            (_, None) if count >= TABLE_ROWS_MAX => {
                return Err(format!(
                    "`{}` is full: {TABLE_ROWS_MAX} rows (TABLE_ROWS_MAX)",
                    name()
                ));
            }
            _ => {}
        }
        let mut cells = match &old {
            Some(cells) => cells.to_vec(),
            None => vec![Value::Null; columns],
        };
        cells[key_column] = key;
        let before: Arc<[Value]> = match &old {
            Some(cells) => cells.clone(),
            None => cells.clone().into(),
        };
        for (column, value) in set {
            cells[*column] = self.evaluate(value, running, &before, duty)?;
        }
        let cells: Arc<[Value]> = cells.into();
        self.note_overwritten(table, old.as_deref(), &cells, running, duty);
        self.table_mut(running.instance, table).put(cells.clone());
        if old.as_deref() != Some(&*cells) {
            self.note_applied(running, duty);
        }
        self.changed((running.envelope.id, table), cells, false, duty);
        Ok(())
    }

    fn post(
        &mut self,
        posting: &Posting,
        running: &Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let body = self.body(&posting.body, running, duty)?;
        let content = Content::Message { message: posting.message, body };
        let route = match &posting.route {
            Some(route) => Some(self.evaluate(route, running, &[], duty)?.to_string().into()),
            None => None,
        };
        duty.effects.push(Effect::Post {
            channel: posting.channel,
            content,
            cause: Cause::of(&running.envelope),
            call: None,
            outbox: self.transaction.is_some(),
            route,
        });
        Ok(())
    }

    fn reply(
        &mut self,
        message: Option<MessageId>,
        body: &[Expression],
        running: &Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        // Nobody waits when the message was sent and not called: then there is nothing to say.
        let Some(to) = running.envelope.reply_to else { return Ok(()) };
        let content = match message {
            Some(message) => Content::Message { message, body: self.body(body, running, duty)? },
            None => Content::Answer,
        };
        duty.effects.push(Effect::Reply { to, content, cause: Cause::of(&running.envelope) });
        Ok(())
    }

    fn decide(
        &mut self,
        accepted: bool,
        reason: Option<&Expression>,
        running: &Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let reason = match reason {
            Some(reason) => self.evaluate(reason, running, &[], duty)?.to_string().into(),
            None => Arc::from(""),
        };
        // A command that no person's intent led to is decided silently.
        let Some(intent) = running.envelope.intent else { return Ok(()) };
        let verdict = Verdict { accepted, reason };
        let (how, cause) = (Decision::Usual, Cause::of(&running.envelope));
        self.keep_verdict(intent, &verdict, cause, duty);
        duty.effects.push(Effect::Decided { intent, verdict, how, cause });
        Ok(())
    }

    /// Keeps a verdict for repetitions and for whoever asks; what was kept for the intent is free.
    pub(super) fn keep_verdict(
        &mut self,
        intent: Intent,
        verdict: &Verdict,
        cause: Cause,
        duty: &mut Duty<'_>,
    ) {
        if intent.key || intent.learn == Learn::Poll {
            self.note_decided(intent.id);
            self.decided.insert(intent.id, verdict.clone());
        }
        if !self.holds.is_empty() {
            self.release(intent.id, cause, duty);
        }
    }

    pub(super) fn body(
        &mut self,
        body: &[Expression],
        running: &Running,
        duty: &Duty<'_>,
    ) -> Result<Arc<[Value]>, String> {
        body.iter().map(|it| self.evaluate(it, running, &[], duty)).collect()
    }

    pub(super) fn span(
        &mut self,
        expression: &Expression,
        running: &Running,
        duty: &Duty<'_>,
    ) -> Result<Span, String> {
        let value = self.evaluate(expression, running, &[], duty)?;
        value.as_span().ok_or_else(|| format!("`{value}` is not a length of time"))
    }

    pub(super) fn evaluate(
        &mut self,
        expression: &Expression,
        running: &Running,
        row: &[Value],
        duty: &Duty<'_>,
    ) -> Result<Value, String> {
        expression.evaluate(&mut Scope {
            now: duty.clock,
            knobs: duty.knobs,
            message: running.envelope.content.body(),
            locals: &running.locals,
            row,
            tables: &OwnTables {
                shared: &self.tables,
                memory: &self.instances[running.instance].memory,
            },
            chance: Some(&mut self.chance[running.handler]),
        })
    }
}

/// The element of a list that comes next, and counts it.
fn next_element(locals: &mut [Value], list: usize, taken: usize) -> Result<Option<Value>, String> {
    let Value::List(items) = &locals[list] else {
        return Err(format!("`{}` is not a list", locals[list]));
    };
    let index = if let Value::Int(index) = locals[taken] { index } else { 0 };
    let item = usize::try_from(index).ok().and_then(|it| items.get(it)).cloned();
    locals[taken] = Value::Int(index + 1);
    Ok(item)
}
