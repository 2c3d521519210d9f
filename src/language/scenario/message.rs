//! Messages: what travels, and what their fields hold.

use crate::language::expression::Expression;

/// The names of the messages that every scenario has already: confirmations, decisions and rows on their way to
/// screens, a screen's questions, replies without a body, the start of a process, and that a message could not be
/// handled, that a caller has given up.
pub const BUILT_IN_MESSAGES: [&str; 13] = [
    "receipt",
    "verdict",
    "rows",
    "question",
    "answer",
    "start",
    "failure",
    "cancellation",
    "status",
    "hold",
    "held",
    "progress",
    "cancelled",
];

/// A kind of message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: MessageKind,
    /// What its body holds, in order.
    pub fields: Vec<Field>,
    /// How many bytes it has; may use its own fields. Without it, it is too small to count.
    pub size: Option<Expression>,
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// Asks one receiver to act.
    Command,
    /// Announces a fact to whoever listens.
    Event,
    /// Asks one receiver for an answer.
    Query,
    /// An answer.
    Reply,
    /// Data that is sent around.
    Document,
}

/// A field of a message.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a field of a message or a cell of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text that identifies something; forms fill it in by themselves.
    Id,
    /// A text.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// True or false.
    Bool,
    /// A length of time.
    Duration,
}
