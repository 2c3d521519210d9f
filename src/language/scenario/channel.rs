//! Channels: where messages travel.

use super::{MessageId, ServiceId};
use crate::base::Span;
use crate::broker::Pattern;
use crate::language::diagnostic::Place;
use crate::language::expression::Expression;
use crate::language::value::Value;

/// A way for messages to go.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// How it treats messages, and where it lives.
    pub kind: ChannelKind,
    /// Travel time to its readers, in addition to the network's.
    pub delay: Option<Expression>,
    /// How often a message is handed to a reader before it becomes a dead letter.
    pub attempts: u32,
    /// How long the broker waits before it sends a message again that got lost or failed. Its one local says how often
    /// that has been handed out.
    pub redelivery_delay: Expression,
    /// How many messages the broker hands to one reader before the first is acknowledged; `None` is no limit.
    pub prefetch: Option<u32>,
    /// How long a message may wait there before it becomes a dead letter.
    pub time_to_live: Option<Span>,
    /// How many messages may wait there, and what happens to one more.
    pub capacity: Option<(u32, WhenFull)>,
    /// The field that says how important a message is: a greater one is handed out first.
    pub priority: Option<MessageField>,
    /// The field that says which messages belong together: they are handed out one after the other.
    pub key: Option<MessageField>,
    /// What a log does besides.
    pub log: Option<LogOptions>,
    /// Does what it holds survive a crash of its broker?
    pub durable: bool,
    /// Does the broker forget a message when it hands it out, and not only when it has been handled?
    pub forgets_early: bool,
    /// The services that read it.
    pub readers: Vec<ServiceId>,
    /// By reader: what it wants of a topic. It gets a message that any of these fits.
    pub bindings: Vec<Vec<Binding>>,
    /// Where its definition stands.
    pub place: Place,
}

/// What a reader wants of a topic.
#[derive(Clone, Debug, Default)]
pub struct Binding {
    /// The route must fit this pattern; where the text says so.
    pub route: Option<(Pattern, Place)>,
    /// These fields must have these values.
    pub fields: Vec<(MessageField, Value)>,
}

impl Binding {
    /// Does it want everything?
    pub const fn is_open(&self) -> bool {
        self.route.is_none() && self.fields.is_empty()
    }

    /// Is this message wanted?
    #[inline]
    pub fn fits(&self, route: &str, message: MessageId, body: &[Value]) -> bool {
        self.route.as_ref().is_none_or(|it| it.0.fits(route))
            && self.fields.iter().all(|(field, value)| field.of(message, body) == Some(value))
    }
}

/// A field that the messages of a channel or a service have, or some of them.
#[derive(Clone, Debug)]
pub struct MessageField {
    /// Its name.
    pub name: String,
    /// By message: its place among the fields.
    pub places: Vec<Option<usize>>,
    /// Where the text names it.
    pub place: Place,
}

impl MessageField {
    /// What a message has there.
    pub fn of<'v>(&self, message: MessageId, body: &'v [Value]) -> Option<&'v Value> {
        body.get(self.places[message]?)
    }
}

/// What a log does that other channels do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogOptions {
    /// How many partitions it has.
    pub partitions: usize,
    /// How long it keeps a message; `None` is for ever.
    pub age: Option<Span>,
    /// How many messages it keeps in all its partitions.
    pub messages: usize,
    /// Does it keep only the latest of each key?
    pub is_compacted: bool,
    /// How long a group stands still when one of its processes comes or goes.
    pub rebalance: Span,
}

/// What happens to a message for a channel that is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// It is not taken in, as if it had got lost on its way.
    Reject,
    /// It is taken in, and the one that waits longest becomes a dead letter.
    DropOldest,
    /// A service does not send it before there is room. What others send is taken in.
    Block,
}

/// How a channel treats messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// Each message goes to one reader. Lives on the broker with this index in
    /// [`Scenario::brokers`](super::Scenario::brokers).
    Queue {
        /// Where it lives.
        broker: usize,
    },
    /// Each reader gets a copy of each message that it handles. Lives on a broker.
    Topic {
        /// Where it lives.
        broker: usize,
    },
    /// Keeps messages in partitions; each service that reads it is a group with a position of its own. Lives on a
    /// broker.
    Log {
        /// Where it lives.
        broker: usize,
    },
    /// From node to node, with nothing in between: what gets lost is lost, what cannot be delivered as well.
    Direct,
}

impl ChannelKind {
    /// The broker that it lives on: index into [`Scenario::brokers`](super::Scenario::brokers).
    pub const fn broker(self) -> Option<usize> {
        match self {
            Self::Queue { broker } | Self::Topic { broker } | Self::Log { broker } => Some(broker),
            Self::Direct => None,
        }
    }
}
