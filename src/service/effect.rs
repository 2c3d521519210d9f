//! What a service wants done, and what it may see while it works.

use std::sync::Arc;

use super::aside::Note;
use super::breaker::Place;
use super::envelope::{Content, Envelope, Intent, ReplyTo, Verdict};
use super::machine::Delivery;
use crate::base::{Span, Time};
use crate::broker::Start;
use crate::language::scenario::{ChannelId, MessageId, Scenario, TableId};
use crate::language::{self, Value};

/// What a service sees while it works, and where it leaves its wishes.
pub struct Duty<'a> {
    /// The present instant.
    pub now: Time,
    /// What its processes take for the present instant. Nothing but its expressions looks at it.
    pub clock: Time,
    /// What it was compiled from.
    pub scenario: &'a Scenario,
    /// The knobs' values.
    pub knobs: &'a [Value],
    /// How many more messages a channel can take, if its senders wait for room.
    pub room: &'a dyn Fn(ChannelId) -> usize,
    /// Its wishes, in order.
    pub effects: &'a mut Vec<Effect>,
}

/// What wakes a worker: it has worked long enough, or waited long enough for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// Which worker.
    pub worker: u32,
    /// The handler that was running when the timer was set; another one does not care.
    pub token: u64,
    /// Which of the timers that the handler has set.
    pub number: u32,
}

/// What a service wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// A message has been taken up by a worker.
    Started {
        /// The message's id.
        message: u64,
        /// The worker.
        worker: u32,
    },
    /// Wake this worker after a while.
    Remind {
        /// How long.
        after: Span,
        /// What to say then.
        timer: Timer,
    },
    /// This worker waits until a channel has room. Wake it then.
    AwaitRoom {
        /// Which channel.
        channel: ChannelId,
        /// What to say then.
        timer: Timer,
    },
    /// The handler of this worker stands at a boundary, and waits.
    Boundary {
        /// Which fault may strike: an index.
        fault: usize,
        /// What to say when it may go on.
        timer: Timer,
    },
    /// Send this on a channel.
    Post {
        /// Which.
        channel: ChannelId,
        /// What.
        content: Content,
        /// The message that was being handled.
        cause: Cause,
        /// Who waits for the answer, and until when.
        call: Option<(ReplyTo, Time)>,
        /// Sent through an outbox: the service keeps it until it has arrived.
        outbox: bool,
        /// By what topics route it.
        route: Option<Arc<str>>,
    },
    /// Answer a caller.
    Reply {
        /// Who waits.
        to: ReplyTo,
        /// What.
        content: Content,
        /// The message that was being handled.
        cause: Cause,
    },
    /// Tell whoever has a message of a call that nobody waits for its answer any more.
    GiveUp {
        /// The channel on which it was sent.
        channel: ChannelId,
        /// Who waited for its answer.
        asked: ReplyTo,
        /// The message that was being handled.
        cause: Cause,
    },
    /// Send this to oneself, later.
    Later {
        /// When.
        after: Span,
        /// What.
        content: Content,
        /// The message that was being handled.
        cause: Cause,
    },
    /// Take back what was sent to oneself and is not due yet: messages of this kind with these values.
    Cancel {
        /// Their kind.
        message: MessageId,
        /// What their fields hold, by field.
        fields: Vec<(usize, Value)>,
    },
    /// Read this log again, from there on.
    Replay {
        /// Which.
        channel: ChannelId,
        /// From where.
        start: Start,
    },
    /// A note for whoever looks on.
    Noted(Note),
    /// This is the verdict on an intent.
    Decided {
        /// Which intent.
        intent: Intent,
        /// The verdict.
        verdict: Verdict,
        /// How it came about.
        how: Decision,
        /// The message that was being handled.
        cause: Cause,
    },
    /// So far a handler is with an intent.
    Progress {
        /// Which.
        intent: Intent,
        /// In thousandths.
        share: u16,
        /// The message that is being handled.
        cause: Cause,
    },
    /// A handler that decides on an intent has made its first change.
    Applied {
        /// Which intent.
        intent: u64,
        /// What it handles.
        message: MessageId,
    },
    /// A wish has been written over what somebody else has changed since the person looked.
    Overwritten {
        /// Which intent.
        intent: u64,
    },
    /// A row is kept for an intent that has waited for that.
    Held {
        /// Which.
        intent: Intent,
        /// In which table.
        table: TableId,
        /// The message that was being handled.
        cause: Cause,
    },
    /// A call's breaker stands otherwise.
    Breaker {
        /// Which call's.
        place: Place,
        /// 0 closed, 1 open, 2 half open.
        standing: u32,
    },
    /// A table has changed.
    Changed {
        /// The message that was being handled.
        message: u64,
        /// Which.
        table: TableId,
        /// The row as it is now, or as it was.
        row: Arc<[Value]>,
        /// It is no longer there.
        gone: bool,
    },
    /// A message lines up in the inbox.
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
    /// A message has been handled.
    Handled {
        /// The message.
        envelope: Box<Envelope>,
        /// Who is to be told.
        delivery: Option<Delivery>,
    },
    /// A message is not handled any further, because whoever sent it has given up.
    Cancelled {
        /// The message.
        envelope: Box<Envelope>,
        /// Who is to be told.
        delivery: Option<Delivery>,
    },
    /// A message is not going to be handled: there are too many, or it has waited for too long.
    Shed {
        /// The message.
        envelope: Box<Envelope>,
        /// Who is to be told.
        delivery: Option<Delivery>,
    },
    /// A message could not be handled.
    Failed {
        /// The message.
        envelope: Box<Envelope>,
        /// Who is to be told.
        delivery: Option<Delivery>,
        /// Why, in words.
        reason: String,
        /// The step that failed.
        place: language::Place,
    },
}

impl Effect {
    /// The message that is being handled, if the wish tells.
    pub const fn message(&self) -> Option<u64> {
        match self {
            Self::Started { message, .. }
            | Self::Inboxed { message }
            | Self::Aside { message, .. }
            | Self::Changed { message, .. } => Some(*message),
            Self::Post { cause, .. }
            | Self::Reply { cause, .. }
            | Self::GiveUp { cause, .. }
            | Self::Later { cause, .. }
            | Self::Decided { cause, .. }
            | Self::Progress { cause, .. }
            | Self::Held { cause, .. } => Some(cause.message),
            Self::Noted(note) => Some(note.message),
            Self::Handled { envelope, .. }
            | Self::Cancelled { envelope, .. }
            | Self::Shed { envelope, .. }
            | Self::Failed { envelope, .. } => Some(envelope.id),
            Self::Remind { .. }
            | Self::AwaitRoom { .. }
            | Self::Boundary { .. }
            | Self::Cancel { .. }
            | Self::Replay { .. }
            | Self::Applied { .. }
            | Self::Overwritten { .. }
            | Self::Breaker { .. } => None,
        }
    }
}

/// How a verdict came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A handler has decided.
    Usual,
    /// It had been decided before; this repeats the verdict.
    Again,
    /// A guard has refused it, and no handler says a word.
    Conflict,
    /// It is promised before anybody has looked.
    Promise,
}

/// What led to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The message that was being handled.
    pub message: u64,
    /// The conversation.
    pub correlation: u64,
    /// The intent.
    pub intent: Option<Intent>,
}

impl Cause {
    /// What is done because of this message.
    pub(super) const fn of(envelope: &Envelope) -> Self {
        let Envelope { id, correlation, intent, .. } = *envelope;
        Self { message: id, correlation, intent }
    }
}
