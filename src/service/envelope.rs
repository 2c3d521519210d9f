//! What travels between nodes: a content in an envelope.

use std::sync::Arc;

use super::guard::Expected;
use crate::base::Time;
use crate::interaction::Learn;
use crate::language::scenario::{MessageId, ServiceId, TableId};
use crate::language::{Table, Value};

/// A node of the stage: index into the world's list of nodes.
pub type NodeId = usize;

/// A message under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Names this message among all of the run. A copy that the network or a broker makes keeps it.
    pub id: u64,
    /// The message whose handling led to this one; its own id when a person began it.
    pub causation: u64,
    /// The message that began the whole conversation.
    pub correlation: u64,
    /// What is said.
    pub content: Content,
    /// Who says it.
    pub source: NodeId,
    /// When.
    pub sent_at: Time,
    /// How often it has been handed to a reader; the device's repetitions count as messages of their own.
    pub attempt: u32,
    /// The sender's count of changes when it sent this: what a screen compares its lists with.
    pub version: u64,
    /// The person's intent that led to it, if one did.
    pub intent: Option<Intent>,
    /// Who waits for an answer.
    pub reply_to: Option<ReplyTo>,
    /// When nobody waits for the answer any more, nor for that of the message whose handling led to it.
    pub deadline: Option<Time>,
    /// The sender keeps it until it has arrived, and sends it again when it gets lost.
    pub outbox: bool,
    /// What the sender says of it to topics: words with dots between them.
    pub route: Option<Arc<str>>,
    /// What the person at the screen saw who wishes it.
    pub expected: Option<Arc<Expected>>,
}

/// What an envelope says of the intent that it serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intent {
    /// Which intent.
    pub id: u64,
    /// The device on which it was formed.
    pub device: NodeId,
    /// Repetitions can be recognized.
    pub key: bool,
    /// Whoever takes the message in is to confirm that.
    pub receipt: bool,
    /// How the device learns what was decided.
    pub learn: Learn,
    /// Whoever decides is to say yes at once.
    pub promise: bool,
}

/// Somebody who waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplyTo {
    /// The service that called.
    pub service: ServiceId,
    /// Which of its instances.
    pub instance: usize,
    /// Its running handler.
    pub token: u64,
    /// Which of the messages that it asks with.
    pub number: u32,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A message of the scenario, with a value for each field.
    Message {
        /// Its kind.
        message: MessageId,
        /// Its fields, in order.
        body: Arc<[Value]>,
    },
    /// "I have taken your message in."
    Receipt,
    /// "This is what became of your intent."
    Verdict(Verdict),
    /// "These are the rows of the list on your screen."
    Rows(Arc<Rows>),
    /// "Which rows are in that list?"
    Question(ListAddress),
    /// An answer without a body.
    Answer,
    /// "Begin": to an instance that has just started.
    Start,
    /// "I could not handle your message", and why.
    Failure(Arc<str>),
    /// "Nobody waits any more for what this message was to bring about."
    Cancellation(Box<Asked>),
    /// "What has become of my intent?"
    Status,
    /// "Keep this row for my intent."
    Hold(Arc<Expected>),
    /// "It is kept; these are the rows of its table."
    Held(Arc<Rows>),
    /// "So far I am with your intent": a share, in thousandths.
    Progress(u16),
    /// "I have dropped the message of your intent, as you have asked."
    Cancelled,
}

/// What a cancellation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The message of a call: whoever waited for its answer.
    Call(ReplyTo),
    /// The messages of a person's intent.
    Intent(u64),
}

impl Asked {
    /// Is it about this message?
    pub fn means(&self, it: &Envelope) -> bool {
        match self {
            Self::Call(asked) => it.reply_to == Some(*asked),
            Self::Intent(id) => {
                matches!(it.content, Content::Message { .. })
                    && it.intent.is_some_and(|it| it.id == *id)
            }
        }
    }
}

/// The authority's decision on an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Yes or no.
    pub accepted: bool,
    /// Why, in words for the person at the screen; may be empty.
    pub reason: Arc<str>,
}

/// Which list is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListAddress {
    /// Whose table.
    pub service: ServiceId,
    /// Which table.
    pub table: TableId,
}

/// The rows of a list at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Which list.
    pub list: ListAddress,
    /// The table as it stood.
    pub table: Table,
    /// How many changes of the authority it contains.
    pub version: u64,
}

impl Content {
    /// An index for the content's name: the scenario's messages first (there are `messages` of them), then
    /// [`BUILT_IN_MESSAGES`](crate::language::scenario::BUILT_IN_MESSAGES).
    pub const fn name_index(&self, messages: usize) -> usize {
        match self {
            Self::Message { message, .. } => *message,
            Self::Receipt => messages,
            Self::Verdict(_) => messages + 1,
            Self::Rows(_) => messages + 2,
            Self::Question(_) => messages + 3,
            Self::Answer => messages + 4,
            Self::Start => messages + 5,
            Self::Failure(_) => messages + 6,
            Self::Cancellation(_) => messages + 7,
            Self::Status => messages + 8,
            Self::Hold(_) => messages + 9,
            Self::Held(_) => messages + 10,
            Self::Progress(_) => messages + 11,
            Self::Cancelled => messages + 12,
        }
    }

    /// Puts other values into some fields of a message of the scenario.
    pub fn set(&mut self, fields: impl Iterator<Item = (usize, Value)>) {
        if let Self::Message { body, .. } = self {
            let mut cells = body.to_vec();
            fields.for_each(|(field, value)| cells[field] = value);
            *body = cells.into();
        }
    }

    /// The fields of a message of the scenario; nothing for the others.
    pub fn body(&self) -> &[Value] {
        match self {
            Self::Message { body, .. } => body,
            _ => &[],
        }
    }
}
