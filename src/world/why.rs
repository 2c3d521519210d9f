//! Why something happened: what everything is traced back to.
//!
//! A cause is what was being handled, not what was known: that a row changed and that a later handler looked at that
//! row makes the one no cause of the other.

use std::sync::Arc;

use super::input::id32;
use super::record::{Record, What};
use super::state::{Occurrence, World};
use crate::language::Value;
use crate::language::scenario::ServiceId;
use crate::service::{self, Content, Envelope, ListAddress, NodeId};
use crate::sim::Context;

/// Why something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The run began.
    #[default]
    Start,
    /// A person at the lab did it: an input.
    Hand,
    /// A habit came due.
    Habit,
    /// It was time: a list asks every so often, what was promised is due, a broker tries again.
    Clock,
    /// A fault struck, or was over.
    Fault(u32),
    /// A device does something for an intent on its own account: at the click, or because a while is over.
    Intent(u64),
    /// A message was handled, or this is what became of it.
    Message(u64),
}

impl What {
    /// The message to which this happened, if it happened to one.
    pub const fn message(&self) -> Option<u64> {
        match self {
            Self::Sent { message, .. }
            | Self::Lost { message, .. }
            | Self::Unroutable { message, .. }
            | Self::Queued { message, .. }
            | Self::Started { message, .. }
            | Self::Handled { message, .. }
            | Self::Failed { message, .. }
            | Self::Shed { message }
            | Self::DeadLettered { message, .. }
            | Self::Cancelled { message, .. }
            | Self::Noted { message, .. }
            | Self::Returned { message, .. }
            | Self::Shown { message, .. } => Some(*message),
            _ => None,
        }
    }
}

impl World {
    /// Tells that something has happened at a node: because of the message that it happened to, or else of what the
    /// present reaction is about.
    pub(super) fn record(&self, node: NodeId, what: What, context: &mut Context<'_, Self>) {
        let why = what.message().map_or(self.why, Why::Message);
        context.record(Record { at: context.now, node: id32(node), why, what });
    }

    /// What an occurrence is about.
    pub(super) fn why_of(&self, occurrence: &Occurrence) -> Why {
        match occurrence {
            Occurrence::Arrive(slot) => {
                let leg = self.legs[*slot].as_ref();
                leg.map_or(Why::Clock, |it| Why::Message(it.envelope.id))
            }
            Occurrence::Worker(service, timer)
            | Occurrence::Boundary(service, _, timer)
            | Occurrence::Room { service, timer, .. } => self.handled(*service, *timer),
            Occurrence::Undo { fault, .. } => Why::Fault(id32(*fault)),
            Occurrence::Habit { .. } => Why::Habit,
            Occurrence::Device { timer, .. } if timer.intent != 0 => Why::Intent(timer.intent),
            _ => Why::Clock,
        }
    }

    fn handled(&self, service: ServiceId, timer: service::Timer) -> Why {
        let running = self.services[service].workers.get(timer.worker as usize);
        running.and_then(Option::as_ref).map_or(Why::Clock, |it| Why::Message(it.envelope.id))
    }

    /// Why a device does something for an intent: because of what it has just heard, or on its own account.
    pub(super) const fn why_for(&self, intent: u64) -> Why {
        match self.why {
            Why::Message(_) => self.why,
            _ => Why::Intent(intent),
        }
    }

    /// Tells that a message begins, and why.
    pub(super) fn tell_begin(
        &self,
        envelope: &Envelope,
        why: Why,
        context: &mut Context<'_, Self>,
    ) {
        let what = What::Begun {
            message: envelope.id,
            name: id32(envelope.content.name_index(self.plan.scenario.messages.len())),
            intent: envelope.intent.map_or(0, |it| it.id),
            body: body(&envelope.content),
        };
        let node = id32(envelope.source);
        context.record(Record { at: context.now, node, why, what });
    }

    /// A table has changed, because of what is being handled.
    pub(super) fn note_change(&mut self, list: ListAddress) {
        match self.changed.iter_mut().find(|it| it.0 == list) {
            Some(changed) => changed.1 = self.why,
            None => self.changed.push((list, self.why)),
        }
    }
}

/// What can be read in a message, if that is more than its name and less than a table.
fn body(content: &Content) -> Option<Arc<[Value]>> {
    match content {
        Content::Message { body, .. } => Some(body.clone()),
        Content::Verdict(it) => {
            Some(Arc::from([Value::Bool(it.accepted), Value::Text(it.reason.clone())]))
        }
        Content::Failure(reason) => Some(Arc::from([Value::Text(reason.clone())])),
        _ => None,
    }
}
