//! Services: who handles messages, and what they keep.

use std::sync::Arc;

use super::channel::MessageField;
use super::clock::Clock;
use super::step::Instruction;
use super::{MessageId, ServiceId, TableId};
use crate::base::Span;
use crate::language::diagnostic::Place;
use crate::language::expression::Expression;

/// Somebody who handles messages.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// What it is for; decides colour and place on the stage.
    pub role: Role,
    /// How many processes it has.
    pub instances: u32,
    /// How many messages each of them handles at the same time.
    pub workers: u32,
    /// Which of the messages that wait in an inbox comes next.
    pub order: Order,
    /// Which messages it does not handle.
    pub shed: Shed,
    /// How the clock of its processes goes wrong, if it does.
    pub clock: Option<Clock>,
    /// The tables, in order.
    pub tables: Vec<TableSchema>,
    /// The handlers: at most one for each message, and one without.
    pub handlers: Vec<Handler>,
    /// What an instance does when it starts, before anything else: index into the handlers.
    pub start: Option<usize>,
    /// Where its definition stands.
    pub place: Place,
}

impl Service {
    /// The handler for this message.
    pub fn handler(&self, message: MessageId) -> Option<usize> {
        self.handlers.iter().position(|it| it.message == Some(message))
    }
}

/// Which of the messages that wait in an inbox comes next.
#[derive(Clone, Debug)]
pub enum Order {
    /// The one that came first.
    FirstInFirstOut,
    /// The one that came last.
    LastInFirstOut,
    /// The one with the greatest number in this field; among equal ones the one that came first.
    Priority(MessageField),
    /// One for each value of this field in turn.
    Fair(MessageField),
}

/// Which messages a service does not handle.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shed {
    /// One more, when so many wait in an instance's inbox.
    pub waiting: Option<u32>,
    /// Those that have waited longer there.
    pub age: Option<Span>,
    /// Those whose caller gives up sooner.
    pub remaining: Option<Span>,
}

/// What a service is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Decides.
    Service,
    /// Keeps a read model.
    View,
    /// Stands between people and services.
    Gateway,
    /// Keeps data for others.
    Database,
    /// Belongs to somebody else.
    External,
    /// Coordinates a process.
    Process,
}

/// The shape of a table and its first rows.
#[derive(Clone, Debug)]
pub struct TableSchema {
    /// Its name.
    pub name: String,
    /// The columns, the key among them.
    pub columns: Vec<Arc<str>>,
    /// Which column is the key.
    pub key: usize,
    /// The first rows: a cell for each column (`Value::Null` literal where nothing was said). May use knobs.
    pub rows: Vec<Vec<Expression>>,
    /// Each instance has its own, which is lost in a crash.
    pub memory: bool,
    /// The table whose truth this one repeats.
    pub mirrors: Option<(ServiceId, TableId)>,
}

/// What a service does with a message, or when it starts.
#[derive(Clone, Debug)]
pub struct Handler {
    /// The message; none when it starts.
    pub message: Option<MessageId>,
    /// The steps, flattened. Running past the end means done.
    pub code: Vec<Instruction>,
    /// How many local variables the code uses at most.
    pub locals: usize,
    /// Does it contain a `decide`? Then the service is the authority for this message.
    pub decides: bool,
}
