//! A service: tables, instances and their workers.

use std::sync::Arc;

use super::aside::Notes;
use super::call::Calling;
use super::effect::{Cause, Decision, Duty, Effect, Timer};
use super::envelope::{Content, Envelope, ReplyTo, Verdict};
use super::guard::{Expected, Hold};
use super::inbox::is_too_late;
use super::instance::Instance;
use super::transaction::{Transaction, no_keys};
use crate::base::{Map, Stream, Time};
use crate::language::scenario::{ChannelId, ServiceId, TableId};
use crate::language::{Table, Value};

/// Which queue handed a message out, and under which tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The channel.
    pub channel: ChannelId,
    /// Which of the channel's queues: 0 for a queue, the reader's number for a topic.
    pub queue: usize,
    /// The tag.
    pub tag: u64,
}

/// A message that waits for a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inboxed {
    /// The message.
    pub envelope: Box<Envelope>,
    /// Where it came from, when a queue handed it out.
    pub delivery: Option<Delivery>,
}

/// A handler that a worker is in the middle of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Names this handling among all of the service.
    pub token: u64,
    /// The message.
    pub envelope: Box<Envelope>,
    /// Where it came from, when a queue handed it out.
    pub delivery: Option<Delivery>,
    /// What the person saw who wishes it.
    pub(super) saw: Option<Arc<Expected>>,
    /// It has changed a row.
    pub(super) wrote: bool,
    /// The instance that handles it.
    pub instance: usize,
    /// Index into the service's handlers.
    pub handler: usize,
    /// The instruction at which it stands.
    pub at: usize,
    /// The local variables.
    pub locals: Vec<Value>,
    /// When the worker took it up.
    pub since: Time,
    /// Why it stands.
    pub standing: Standing,
    /// The calls that it waits for.
    pub calling: Option<Box<Calling>>,
    /// How far it is, in thousandths, if it has said so.
    pub progress: Option<u16>,
    /// How often it has asked to be woken.
    pub(super) reminders: u32,
}

/// Why a running handler stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It works, until this instant.
    Working(Time),
    /// It waits for an answer, until this instant.
    Calling(Time),
    /// It waits without a worker, until this instant.
    Aside(Time),
    /// It waits without a worker for a condition, until this instant at most.
    Until(Time),
    /// It has waited long enough, and goes on when a worker is free.
    Ready,
    /// It waits for room in this channel.
    Blocked(ChannelId),
}

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Which one.
    pub id: ServiceId,
    /// Its processes.
    pub instances: Vec<Instance>,
    /// How many messages it has handled.
    pub handled: u64,
    /// How many messages it did not handle, because there were too many or they had waited for too long.
    pub shed: u64,
    /// How many messages it dropped, or stopped handling, because their caller had given up.
    pub cancelled: u64,
    /// The tables. They survive a crash. Of tables in memory, which each instance has for itself, these are the first
    /// rows.
    pub tables: Vec<Table>,
    /// How often any table has changed.
    pub version: u64,
    /// By service: the newest version of it that any handled message carried. Survives a crash.
    pub seen: Vec<u64>,
    /// Verdicts on intents that carried a key, or will be asked about. They survive a crash, with the tables.
    pub(super) decided: Map<u64, Verdict>,
    /// Rows that are kept for intents. They survive a crash, with the tables.
    pub holds: Vec<Hold>,
    /// Keys of what was done once. They survive a crash, with the tables.
    pub(super) done: Table,
    /// What may still be taken back; only while a handler runs.
    pub(super) transaction: Option<Transaction>,
    /// How many times as long its work takes, while a fault slows it.
    pub slowness: Option<f64>,
    /// Messages to itself that came due while no process was there. They survive a crash, with the tables.
    pub overdue: Vec<Box<Envelope>>,
    /// What each worker is doing, instance by instance: each has equally many. Lost in a crash.
    pub workers: Vec<Option<Running>>,
    /// One stream for each handler.
    pub(super) chance: Vec<Stream>,
    /// What its handlers have noted lately.
    pub notes: Notes,
    /// Spreads the pauses of calls.
    pub(super) jitter: Stream,
    /// The instance whose turn comes next.
    pub(super) turn: usize,
    tokens: u64,
    busy_micros: u64,
    busy_since: Time,
}

impl Service {
    /// A service at the start of a run, with so many instances that have so many workers each. `services` is how many
    /// services there are in all.
    pub fn new(
        id: ServiceId,
        tables: Vec<Table>,
        (instances, workers): (u32, u32),
        (chance, jitter): (Vec<Stream>, Stream),
        services: usize,
    ) -> Self {
        Self {
            id,
            instances: vec![Instance::default(); instances as usize],
            handled: 0,
            shed: 0,
            cancelled: 0,
            tables,
            version: 0,
            seen: vec![0; services],
            decided: Map::new(),
            holds: Vec::new(),
            done: no_keys(),
            transaction: None,
            slowness: None,
            overdue: Vec::new(),
            workers: vec![None; instances as usize * workers as usize],
            chance,
            notes: Notes::new(),
            jitter,
            turn: 0,
            tokens: 0,
            busy_micros: 0,
            busy_since: Time::ZERO,
        }
    }

    /// A message has arrived at an instance. A free worker takes it up at once.
    pub fn receive(
        &mut self,
        instance: usize,
        envelope: Box<Envelope>,
        delivery: Option<Delivery>,
        duty: &mut Duty<'_>,
    ) {
        debug_assert!(self.instances[instance].up, "law: nothing reaches a crashed process");
        let free = self.workers_of(instance).find(|it| self.workers[*it].is_none());
        match free.filter(|_| !self.instances[instance].starting) {
            Some(_) if is_too_late(&envelope, duty, self.id) => {
                self.shed(Inboxed { envelope, delivery }, duty);
            }
            Some(worker) => {
                self.start(worker, envelope, delivery, duty);
                self.take_next(worker, duty);
            }
            None => self.line_up(instance, Inboxed { envelope, delivery }, duty),
        }
    }

    /// A worker's time is over: work is done, or an answer did not come.
    pub fn wake(&mut self, timer: Timer, duty: &mut Duty<'_>) {
        let worker = timer.worker as usize;
        let Some(running) = self.workers[worker].as_ref().filter(|it| it.token == timer.token)
        else {
            self.wake_aside(timer, duty);
            return;
        };
        match running.standing {
            Standing::Working(_) | Standing::Blocked(_) if running.reminders == timer.number => {
                self.resume(worker, duty);
            }
            Standing::Working(_) | Standing::Blocked(_) => {}
            Standing::Calling(_) => self.get_on(worker, (timer.number, None), duty),
            Standing::Aside(_) | Standing::Until(_) | Standing::Ready => {
                unreachable!("law: these have no worker")
            }
        }
        self.take_next(worker, duty);
    }

    /// The answer to one of a handler's messages has arrived. Nobody cares if the handler has gone.
    pub fn answer(&mut self, to: ReplyTo, content: &Content, duty: &mut Duty<'_>) {
        let calls = |it: &Running| it.token == to.token && it.calling.is_some();
        let mut workers = self.workers_of(to.instance);
        let Some(worker) = workers.find(|it| self.workers[*it].as_ref().is_some_and(calls)) else {
            return;
        };
        self.get_on(worker, (to.number, Some(content)), duty);
        self.take_next(worker, duty);
    }

    /// How many microseconds its workers have been busy, all together, up to `now`.
    pub fn busy_micros(&self, now: Time) -> u64 {
        let busy = self.workers.iter().flatten().count() as u64;
        self.busy_micros + busy * now.since(self.busy_since).as_micros()
    }

    /// Brings the account of busy time up to `now`, before the number of busy workers changes.
    pub(super) fn count_busy(&mut self, now: Time) {
        self.busy_micros = self.busy_micros(now);
        self.busy_since = now;
    }

    /// Gives a worker the messages that wait, as long as it is done with each at once. When that was the start, all
    /// workers begin.
    pub(super) fn take_next(&mut self, worker: usize, duty: &mut Duty<'_>) {
        let instance = self.instance_of(worker);
        if self.instances[instance].starting {
            let aside = &self.instances[instance].aside;
            if self.workers[worker].is_some()
                || aside.iter().any(|it| it.standing != Standing::Ready)
            {
                return;
            }
            if self.take_aside(worker, duty) {
                self.take_next(worker, duty);
                return;
            }
            self.instances[instance].starting = false;
            self.workers_of(instance).for_each(|it| self.take_next(it, duty));
        }
        while self.workers[worker].is_none() && self.take_aside(worker, duty) {}
        while self.workers[worker].is_none()
            && let Some(next) = self.next_message(worker, duty)
        {
            self.start(worker, next.envelope, next.delivery, duty);
        }
    }

    /// An instance begins with what it does at its start; until that is over, messages wait.
    pub fn start_up(&mut self, instance: usize, envelope: Box<Envelope>, duty: &mut Duty<'_>) {
        self.instances[instance].starting = true;
        let worker = self.workers_of(instance).start;
        self.start(worker, envelope, None, duty);
        self.take_next(worker, duty);
    }

    fn start(
        &mut self,
        worker: usize,
        envelope: Box<Envelope>,
        delivery: Option<Delivery>,
        duty: &mut Duty<'_>,
    ) {
        let service = &duty.scenario.services[self.id];
        let handler = match envelope.content {
            Content::Message { message, .. } => service.handler(message),
            Content::Start => service.start,
            _ => unreachable!("law: only messages of the scenario reach an inbox"),
        };
        let handler = handler.expect("law: the checker lets only handled messages through");
        duty.effects.push(Effect::Started { message: envelope.id, worker: worker_number(worker) });
        if service.handlers[handler].decides && self.is_repetition(&envelope, duty) {
            self.handled += 1;
            duty.effects.push(Effect::Handled { envelope, delivery });
            return;
        }
        if service.handlers[handler].decides {
            promise(&envelope, duty);
        }
        self.count_busy(duty.now);
        self.tokens += 1;
        let running = Running {
            token: self.tokens,
            saw: envelope.expected.clone(),
            envelope,
            delivery,
            wrote: false,
            instance: self.instance_of(worker),
            handler,
            at: 0,
            locals: vec![Value::Null; service.handlers[handler].locals],
            since: duty.now,
            standing: Standing::Working(duty.now),
            calling: None,
            progress: None,
            reminders: 0,
        };
        self.run(worker, running, duty);
    }

    /// Has this intent been decided already, or is another worker about to? Then a repeated command changes
    /// nothing; a verdict that is known is told again. Only intents with a key can be recognized.
    fn is_repetition(&self, envelope: &Envelope, duty: &mut Duty<'_>) -> bool {
        let Some(intent) = envelope.intent.filter(|it| it.key) else { return false };
        if let Some(verdict) = self.decided.get(&intent.id) {
            let cause = Cause::of(envelope);
            duty.effects.push(Effect::Decided {
                intent,
                verdict: verdict.clone(),
                how: Decision::Again,
                cause,
            });
            return true;
        }
        self.workers
            .iter()
            .flatten()
            .chain(self.aside())
            .any(|it| it.envelope.intent.is_some_and(|other| other.id == intent.id))
    }

    /// What has been decided on an intent that carried a key, or that was to be asked about.
    pub fn verdict(&self, intent: u64) -> Option<&Verdict> {
        self.decided.get(&intent)
    }

    /// Notes a change of a table.
    pub(super) fn changed(
        &mut self,
        (message, table): (u64, TableId),
        row: Arc<[Value]>,
        gone: bool,
        duty: &mut Duty<'_>,
    ) {
        self.version += 1;
        self.look_again(duty);
        duty.effects.push(Effect::Changed { message, table, row, gone });
    }
}

/// Says yes at once, if the intent wants that.
fn promise(envelope: &Envelope, duty: &mut Duty<'_>) {
    let Some(intent) = envelope.intent.filter(|it| it.promise) else { return };
    let verdict = Verdict { accepted: true, reason: Arc::from("") };
    let (how, cause) = (Decision::Promise, Cause::of(envelope));
    duty.effects.push(Effect::Decided { intent, verdict, how, cause });
}

/// A worker's number as effects and timers carry it.
pub(super) fn worker_number(worker: usize) -> u32 {
    u32::try_from(worker).unwrap_or(u32::MAX)
}
