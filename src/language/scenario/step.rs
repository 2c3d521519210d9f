//! Steps: what a handler does, one instruction after the other.

use super::{Calls, ChannelId, MessageId, TableId};
use crate::language::diagnostic::Place;
use crate::language::expression::Expression;

/// One step of a handler, and where it stands in the text.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// What to do.
    pub step: Step,
    /// Where it stands in the text.
    pub place: Place,
}

/// What one instruction does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Keeps the worker busy for a duration.
    Work(Expression),
    /// Waits for a duration. Meanwhile the worker is free for others.
    Wait(Expression),
    /// Waits for a condition to become true. Meanwhile the worker is free for others.
    WaitUntil(Box<Awaited>),
    /// Notes a text for whoever looks on.
    Log(Expression),
    /// Takes messages to one's later self back that are not due yet.
    Cancel {
        /// Their kind.
        message: MessageId,
        /// What their fields hold, by field.
        fields: Vec<(usize, Expression)>,
    },
    /// Keeps a value under a name; `slot` indexes the handler's locals.
    Let {
        /// Where to keep it.
        slot: usize,
        /// What to keep.
        value: Expression,
    },
    /// Goes on at `target` when the condition does not hold.
    JumpUnless {
        /// A bool.
        condition: Expression,
        /// Index into the handler's code; may equal its length.
        target: usize,
    },
    /// Goes on at `target`.
    Jump {
        /// Index into the handler's code; may equal its length.
        target: usize,
    },
    /// Takes the next element of a list, or goes on at `target` when there is none.
    Each {
        /// The local that holds the list.
        list: usize,
        /// The local that counts the elements taken so far; null before the first.
        taken: usize,
        /// The local that takes the element.
        element: usize,
        /// Index into the handler's code; may equal its length.
        target: usize,
    },
    /// Ends the handler, without success. The value says why.
    Fail(Expression),
    /// Ends the handler, with success.
    Stop,
    /// From here to [`Step::Commit`] all is done, or nothing. What is sent goes through an outbox.
    Begin,
    /// As [`Step::Begin`], but only once for each key; when it is done already, goes on at `target`.
    Once {
        /// What must not be done twice.
        key: Expression,
        /// Index into the handler's code; may equal its length.
        target: usize,
    },
    /// What was done since [`Step::Begin`] or [`Step::Once`] is final now.
    Commit,
    /// A boundary: the handler goes on when this fault, an index, has struck or has not.
    Boundary(usize),
    /// Changes a row.
    Write {
        /// How.
        how: Write,
        /// Which of the service's own tables.
        table: TableId,
        /// The row's key.
        key: Expression,
        /// The cells to set, by column; in them `row` is the row as it was (not for inserts).
        set: Vec<(usize, Expression)>,
    },
    /// Takes a row away; nothing happens when there is none.
    Delete {
        /// Which of the service's own tables.
        table: TableId,
        /// The row's key.
        key: Expression,
    },
    /// Sends a message on a channel (`publish` to a topic, `send` to a queue or a direct channel) and goes on at once.
    Send(Posting),
    /// Reads a log again, from an offset or (`since`) from an instant on.
    Replay {
        /// Which.
        channel: ChannelId,
        /// From where.
        from: Expression,
        /// `from` is a time since the start of the run.
        is_instant: bool,
    },
    /// Sends messages and keeps the worker until the answers are there.
    Call(Box<Calls>),
    /// Answers the message that is being handled.
    Reply {
        /// The reply's kind; `None` is an answer without a body.
        message: Option<MessageId>,
        /// Its fields, in order.
        body: Vec<Expression>,
    },
    /// The authority's verdict on the intent that the message carries.
    Decide {
        /// Yes or no.
        accepted: bool,
        /// Why, in words for the person at the screen.
        reason: Option<Expression>,
    },
    /// How far the handler is with what the message wishes for: a share from 0 to 1.
    Progress(Expression),
    /// Sends a message to one's later self. It survives a crash.
    After {
        /// When.
        delay: Expression,
        /// What.
        message: MessageId,
        /// Its fields, in order.
        body: Vec<Expression>,
    },
}

/// What a handler waits for.
#[derive(Clone, Debug)]
pub struct Awaited {
    /// A bool, over the service's own tables.
    pub condition: Expression,
    /// How long it waits before it fails.
    pub at_most: Expression,
    /// The local that keeps when that is.
    pub slot: usize,
}

/// How a row is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// It must not be there yet.
    Insert,
    /// It must be there already.
    Update,
    /// Either way; cells that are not set keep their value, or are null in a new row.
    Upsert,
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Posting {
    /// Its kind.
    pub message: MessageId,
    /// The way it goes.
    pub channel: ChannelId,
    /// Its fields, in order; fields that were not given are null.
    pub body: Vec<Expression>,
    /// By what a topic routes it.
    pub route: Option<Expression>,
}
