//! The messages that wait for a worker: in which order, and which of them are not handled at all.
//!
//! Every message gets a rank when it comes; the least rank is next, and among equal ones what came first. So an order
//! is nothing but a way to give ranks.

use std::collections::VecDeque;

use super::attempt::failure;
use super::effect::{Duty, Effect};
use super::envelope::{Content, Envelope};
use super::machine::{Inboxed, Service};
use crate::base::{Map, Time};
use crate::language::Value;
use crate::language::scenario::{MessageField, Order, ServiceId};

/// An instance's messages that wait.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inbox {
    /// By rank.
    waiting: VecDeque<Waiting>,
    /// Messages that have come, for those who look at the last first.
    came: i64,
    /// The turn that it is, when each value of a field has its turns.
    turn: i64,
    /// By value: its last turn.
    turns: Map<Value, i64>,
}

#[derive(Clone, Debug, PartialEq)]
struct Waiting {
    rank: i64,
    since: Time,
    message: Inboxed,
}

impl Inbox {
    /// How many messages wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Does none wait?
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The messages, the next one first.
    pub fn iter(&self) -> impl Iterator<Item = &Inboxed> {
        self.waiting.iter().map(|it| &it.message)
    }

    /// The messages, the next one first.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Inboxed> {
        self.waiting.iter_mut().map(|it| &mut it.message)
    }

    /// Takes all messages out.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Inboxed> {
        std::mem::take(self).waiting.into_iter().map(|it| it.message)
    }

    /// Lets a message be the next one. False when there is none, or when it is the next already.
    pub fn overtake(&mut self, is_meant: impl Fn(&Envelope) -> bool) -> bool {
        let meant = |it: &Waiting| is_meant(&it.message.envelope);
        let place = self.waiting.iter().position(meant).filter(|it| *it > 0);
        let Some(overtaking) = place.and_then(|it| self.waiting.remove(it)) else { return false };
        let rank = self.waiting[0].rank;
        self.waiting.push_front(Waiting { rank, ..overtaking });
        true
    }

    /// Takes a message out that is not to be handled.
    pub fn withdraw(&mut self, is_meant: impl Fn(&Envelope) -> bool) -> Option<Inboxed> {
        let place = self.waiting.iter().position(|it| is_meant(&it.message.envelope))?;
        let withdrawn = self.waiting.remove(place)?.message;
        if self.is_empty() {
            self.turns.clear();
        }
        Some(withdrawn)
    }

    fn put(&mut self, message: Inboxed, order: &Order, since: Time) {
        let rank = match order {
            Order::FirstInFirstOut => 0,
            Order::LastInFirstOut => {
                self.came += 1;
                -self.came
            }
            Order::Priority(field) => match value(&message, field) {
                Value::Int(priority) => !priority,
                // What has no priority counts as 0.
                _ => !0,
            },
            Order::Fair(field) => {
                let last = self.turns.get_or_insert(value(&message, field), self.turn - 1);
                *last = self.turn.max(*last + 1);
                *last
            }
        };
        let place = match order {
            Order::FirstInFirstOut => self.waiting.len(),
            _ => self.waiting.partition_point(|it| it.rank <= rank),
        };
        self.waiting.insert(place, Waiting { rank, since, message });
    }

    fn take(&mut self) -> Option<Waiting> {
        let next = self.waiting.pop_front()?;
        self.turn = next.rank;
        if self.is_empty() {
            self.turns.clear();
        }
        Some(next)
    }
}

/// What a message has in a field; nothing if it has no such field.
fn value(message: &Inboxed, field: &MessageField) -> Value {
    let Content::Message { message, body } = &message.envelope.content else { return Value::Null };
    field.of(*message, body).cloned().unwrap_or(Value::Null)
}

/// Does whoever called give up before a message could be handled that is taken up now?
pub(super) fn is_too_late(envelope: &Envelope, duty: &Duty<'_>, service: ServiceId) -> bool {
    let Some(remaining) = duty.scenario.services[service].shed.remaining else { return false };
    envelope.deadline.is_some_and(|it| it < duty.now + remaining)
}

impl Service {
    /// A message waits for a worker, unless too many do already.
    pub(super) fn line_up(&mut self, instance: usize, message: Inboxed, duty: &mut Duty<'_>) {
        let definition = &duty.scenario.services[self.id];
        let inbox = &mut self.instances[instance].inbox;
        if definition.shed.waiting.is_some_and(|it| it as usize <= inbox.len()) {
            self.shed(message, duty);
        } else {
            duty.effects.push(Effect::Inboxed { message: message.envelope.id });
            inbox.put(message, &definition.order, duty.now);
        }
    }

    /// The message that a worker takes up next. What has waited for too long, or could not be done in
    /// time, is not handled any more.
    pub(super) fn next_message(&mut self, worker: usize, duty: &mut Duty<'_>) -> Option<Inboxed> {
        let instance = self.instance_of(worker);
        let age = duty.scenario.services[self.id].shed.age;
        while let Some(next) = self.instances[instance].inbox.take() {
            let is_old = age.is_some_and(|age| age < duty.now.since(next.since));
            if !is_old && !is_too_late(&next.message.envelope, duty, self.id) {
                return Some(next.message);
            }
            self.shed(next.message, duty);
        }
        None
    }

    pub(super) fn shed(&mut self, Inboxed { envelope, delivery }: Inboxed, duty: &mut Duty<'_>) {
        self.shed += 1;
        let answer = failure(&envelope, "shed");
        duty.effects.push(Effect::Shed { envelope, delivery });
        duty.effects.extend(answer);
    }
}
