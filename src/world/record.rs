//! What the world tells about itself: one record for everything that happens, and why.
//!
//! Records know more than their digest: what is there to explain them (why they happened, a message's fields, a row's
//! cells) makes no run another one, because it follows from what the digest contains.

use std::sync::Arc;

pub use super::meddling::Meddling;
use super::why::Why;
use crate::base::Time;
use crate::client::Assertion;
use crate::language::Value;
use crate::sim::{self, Digest};

/// Something that happened, when, where and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When.
    pub at: Time,
    /// At which node.
    pub node: u32,
    /// Why.
    pub why: Why,
    /// What.
    pub what: What,
}

/// What happened. Messages are meant by their id, intents by theirs; `name` is the index of a message's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A person submitted a form.
    Submitted {
        /// The new intent.
        intent: u64,
        /// Which item of the screen the form is.
        item: u32,
    },
    /// A message began: somebody put it into an envelope.
    Begun {
        /// Which.
        message: u64,
        /// Its name.
        name: u32,
        /// The intent that it serves; 0 for none.
        intent: u64,
        /// Its fields, if it has some: a verdict has the answer and the reason.
        body: Option<Arc<[Value]>>,
    },
    /// Rows that a message brought stand on a screen.
    Shown {
        /// Which message.
        message: u64,
        /// Which item of the screen.
        item: u32,
    },
    /// A message left for another node.
    Sent {
        /// Which.
        message: u64,
        /// Its name.
        name: u32,
        /// Where it goes.
        to: u32,
        /// What led to it.
        cause: u64,
        /// The digest of its body.
        body: u64,
        /// The channel that it goes to or comes from, or [`NO_CHANNEL`].
        channel: u32,
        /// When it arrives, unless it gets lost.
        arrives: Time,
    },
    /// A mail is on its way to a person.
    Mailed {
        /// Which message.
        message: u64,
        /// Its name.
        name: u32,
        /// To whom.
        to: u32,
        /// When it arrives.
        arrives: Time,
    },
    /// A message lines up in an inbox.
    Inboxed {
        /// Which.
        message: u64,
    },
    /// A handler lets its worker go while it waits, or goes on with one.
    Aside {
        /// The message that is being handled.
        message: u64,
        /// The worker.
        worker: u32,
        /// Does it wait from now on?
        waits: bool,
    },
    /// A message got lost on its way from this node. `held`: a queue still has it and will send it again.
    Lost {
        /// Which.
        message: u64,
        /// Its name.
        name: u32,
        /// Where it would have gone.
        to: u32,
        /// A queue still has it.
        held: bool,
    },
    /// A message is lost at a topic, because nobody's binding fits it.
    Unroutable {
        /// Which.
        message: u64,
        /// Its name.
        name: u32,
        /// The channel.
        channel: u32,
    },
    /// A channel took a message in.
    Queued {
        /// Which.
        message: u64,
        /// The channel.
        channel: u32,
    },
    /// A worker took a message up.
    Started {
        /// Which.
        message: u64,
        /// The worker.
        worker: u32,
    },
    /// A message reached its goal: it was handled, or taken note of.
    Handled {
        /// Which.
        message: u64,
        /// Its name.
        name: u32,
        /// Microseconds since it was sent.
        micros: u64,
    },
    /// A message could not be handled.
    Failed {
        /// Which.
        message: u64,
        /// Why, in words.
        reason: Arc<str>,
    },
    /// A service did not want to handle a message.
    Shed {
        /// Which.
        message: u64,
    },
    /// A message became a dead letter.
    DeadLettered {
        /// Which.
        message: u64,
        /// Its name.
        name: u32,
    },
    /// A message to oneself was taken back before it was due, or one was not handled any further because its
    /// caller had given up.
    Cancelled {
        /// Which.
        message: u64,
        /// Its name.
        name: u32,
    },
    /// A handler noted something.
    Noted {
        /// The message that was being handled.
        message: u64,
        /// The text.
        text: Arc<str>,
    },
    /// A row changed.
    Changed {
        /// The table.
        table: u32,
        /// The row as it is now, or as it was.
        row: Arc<[Value]>,
        /// It is no longer there.
        gone: bool,
    },
    /// The authority decided on an intent.
    Decided {
        /// Which.
        intent: u64,
        /// Yes or no.
        accepted: bool,
        /// Why, in words; may be empty.
        reason: Arc<str>,
    },
    /// A screen asserts something else about an intent.
    Asserted {
        /// Which.
        intent: u64,
        /// What it asserts.
        assertion: Assertion,
    },
    /// A process of the service died.
    Crashed {
        /// Which of its instances.
        instance: u32,
    },
    /// A process of the service came back.
    Restarted {
        /// Which of its instances.
        instance: u32,
    },
    /// A call's breaker stands otherwise: 0 closed, 1 open, 2 half open.
    Breaker {
        /// The call's handler.
        handler: u32,
        /// Its instruction.
        at: u32,
        /// Which of the instruction's calls.
        call: u32,
        /// How it stands.
        standing: u32,
    },
    /// A person turned a knob.
    Turned {
        /// Which.
        knob: u32,
        /// The digest of its value.
        value: u64,
    },
    /// A person switched the habits on or off.
    Habits {
        /// On?
        on: bool,
    },
    /// A person chose an interaction for a class of people.
    Chose {
        /// Which class.
        client: u32,
    },
    /// A fault struck, or is over.
    Fault {
        /// Which.
        fault: u32,
        /// Has it struck?
        on: bool,
    },
    /// A person let a message get lost.
    Snatched {
        /// Which.
        message: u64,
    },
    /// A person did something to a message (which is named), to a service (by how much), or to a link (where it
    /// goes, and by how much).
    Meddled {
        /// What.
        how: Meddling,
        /// With what.
        with: u64,
    },
    /// A person put a dead letter back into its channel.
    Returned {
        /// Which.
        message: u64,
        /// The channel.
        channel: u32,
    },
    /// A device did not send an intent.
    Kept {
        /// Which.
        intent: u64,
        /// The person has taken it back.
        undone: bool,
    },
    /// A device went offline, or came back.
    Online {
        /// Is it back?
        on: bool,
    },
    /// A person loaded the page anew.
    Reloaded,
    /// A person closed the page, or opened it again.
    Opened {
        /// Is it open?
        on: bool,
    },
    /// An invariant was broken for the first time.
    Violated {
        /// Which.
        invariant: u32,
    },
}

/// Stands where a message goes without a channel.
pub const NO_CHANNEL: u32 = u32::MAX;

impl sim::Record for Record {
    fn fold(&self, digest: &mut Digest) {
        let (kind, a, b, c, d) = match self.what {
            // They follow from the others.
            What::Begun { .. }
            | What::Shown { .. }
            | What::Mailed { .. }
            | What::Inboxed { .. }
            | What::Aside { .. } => return,
            What::Submitted { intent, .. } => (1, intent, 0, 0, 0),
            What::Sent { message, name, to, cause, body, .. } => {
                (2, message, u64::from(name) << 32 | u64::from(to), cause, body)
            }
            What::Lost { message, name, to, held } => {
                (3, message, u64::from(name) << 32 | u64::from(to), u64::from(held), 0)
            }
            What::Queued { message, channel } => (4, message, channel.into(), 0, 0),
            What::Started { message, worker } => (5, message, worker.into(), 0, 0),
            What::Handled { message, name, micros } => (6, message, name.into(), micros, 0),
            What::Failed { message, .. } => (7, message, 0, 0, 0),
            What::Cancelled { message, name } => (21, message, name.into(), 0, 0),
            What::Noted { message, ref text } => {
                (22, message, digest_of(&[Value::Text(text.clone())]), 0, 0)
            }
            What::Shed { message } => (20, message, 0, 0, 0),
            What::DeadLettered { message, name } => (8, message, name.into(), 0, 0),
            What::Changed { table, ref row, gone } => {
                (9, table.into(), if gone { 0 } else { digest_of(row) }, 0, 0)
            }
            What::Decided { intent, accepted, .. } => (10, intent, accepted.into(), 0, 0),
            What::Asserted { intent, ref assertion } => {
                (11, intent, digest_of_assertion(assertion), 0, 0)
            }
            What::Crashed { instance } => (12, instance.into(), 0, 0, 0),
            What::Restarted { instance } => (13, instance.into(), 0, 0, 0),
            What::Turned { knob, value } => (14, knob.into(), value, 0, 0),
            What::Habits { on } => (15, on.into(), 0, 0, 0),
            What::Chose { client } => (16, client.into(), 0, 0, 0),
            What::Unroutable { message, name, channel } => {
                (18, message, u64::from(name) << 32 | u64::from(channel), 0, 0)
            }
            What::Violated { invariant } => (17, invariant.into(), 0, 0, 0),
            What::Fault { fault, on } => (18, fault.into(), on.into(), 0, 0),
            What::Snatched { message } => (19, message, 0, 0, 0),
            What::Returned { message, channel } => (41, message, channel.into(), 0, 0),
            What::Kept { intent, undone } => (23, intent, undone.into(), 0, 0),
            What::Online { on } => (24, on.into(), 0, 0, 0),
            What::Reloaded => (25, 0, 0, 0, 0),
            What::Opened { on } => (40, on.into(), 0, 0, 0),
            What::Meddled { how, with } => (26, with, how as u64, 0, 0),
            What::Breaker { handler, at, call, standing } => {
                (20, u64::from(handler) << 32 | u64::from(at), call.into(), standing.into(), 0)
            }
        };
        digest.word(self.at.as_micros());
        digest.word(u64::from(self.node) << 8 | kind);
        digest.word(a);
        if b | c | d != 0 {
            digest.word(b);
            digest.word(c);
            digest.word(d);
        }
    }
}

/// The digest of some values.
pub(super) fn digest_of(values: &[Value]) -> u64 {
    let mut digest = Digest::default();
    for value in values {
        fold_value(value, &mut digest);
    }
    digest.value()
}

fn digest_of_assertion(assertion: &Assertion) -> u64 {
    let mut digest = Digest::default();
    digest.text(assertion.says().name());
    if let Assertion::Refused(reason) | Assertion::TakenBack(reason) = assertion {
        digest.text(reason);
    }
    digest.value()
}

#[expect(clippy::cast_sign_loss, reason = "the bits are what counts")]
fn fold_value(value: &Value, digest: &mut Digest) {
    match value {
        Value::Null => digest.word(0),
        Value::Bool(it) => digest.word(1 + u64::from(*it)),
        Value::Int(it) | Value::Duration(it) => digest.word(*it as u64),
        Value::Float(it) => digest.word(it.to_bits()),
        Value::Text(it) => digest.text(it),
        Value::List(items) => {
            digest.word(items.len() as u64);
            items.iter().for_each(|it| fold_value(it, digest));
        }
        Value::Row(row) => row.cells.iter().for_each(|it| fold_value(it, digest)),
    }
}
