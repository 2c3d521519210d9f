//! Channels: where messages travel.

use super::ServiceId;
use crate::base::Span;
use crate::language::diagnostic::Place;
use crate::language::expression::Expression;

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
    /// How long the broker waits before it sends a message again that got lost or failed.
    pub redelivery_delay: Span,
    /// How many messages the broker hands to one reader before the first is acknowledged; `None` is no limit.
    pub prefetch: Option<u32>,
    /// The services that read it.
    pub readers: Vec<ServiceId>,
    /// Where its definition stands.
    pub place: Place,
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
    /// From node to node, with nothing in between: what gets lost is lost, what cannot be delivered as well.
    Direct,
}
