//! What a device is told, and what it wants done.

use std::sync::Arc;

use super::screen::{Assertion, IntentName, Says};
use crate::base::{Span, Time};
use crate::interaction::Interaction;
use crate::language::Value;
use crate::language::scenario::{ChannelId, Scenario};
use crate::service::{Content, Expected, Intent, NodeId};

/// What a device sees, and where it leaves its wishes.
pub struct Duty<'a> {
    /// The present instant.
    pub now: Time,
    /// What it was compiled from.
    pub scenario: &'a Scenario,
    /// Its wishes, in order.
    pub effects: &'a mut Vec<Effect>,
}

/// What a device wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send this on a channel.
    Send {
        /// Which.
        channel: ChannelId,
        /// What.
        content: Content,
        /// For which intent.
        intent: Intent,
        /// By what a topic routes it.
        route: Option<Arc<str>>,
        /// What the person saw, for who decides.
        expected: Option<Arc<Expected>>,
    },
    /// Ask whoever has the messages of an intent to drop them.
    Cancel {
        /// The channel on which they were sent.
        channel: ChannelId,
        /// Which intent.
        intent: Intent,
    },
    /// Ask for the rows of a list.
    Ask {
        /// Which item of the screen.
        item: usize,
    },
    /// Ask whoever decides what has become of an intent.
    AskStatus(Intent),
    /// Ask whoever decides to keep a row for an intent.
    AskHold(Intent, Arc<Expected>),
    /// Wake the device after a while.
    Remind {
        /// How long.
        after: Span,
        /// What to say then.
        timer: Timer,
    },
    /// The screen asserts something else about an intent.
    Asserted {
        /// Which intent.
        intent: u64,
        /// What it asserts now.
        assertion: Assertion,
    },
    /// The device does not send this intent: it has refused it itself, or the person has taken it back.
    Kept {
        /// Which intent.
        intent: u64,
        /// The person has taken it back.
        undone: bool,
    },
    /// The device will do nothing more for this intent.
    Settled {
        /// Which intent.
        intent: u64,
    },
}

impl Effect {
    /// The intent that it is about, if it is about one.
    pub const fn intent(&self) -> Option<u64> {
        match self {
            Self::Send { intent, .. }
            | Self::Cancel { intent, .. }
            | Self::AskStatus(intent)
            | Self::AskHold(intent, _) => Some(intent.id),
            Self::Asserted { intent, .. }
            | Self::Kept { intent, .. }
            | Self::Settled { intent } => Some(*intent),
            Self::Ask { .. } | Self::Remind { .. } => None,
        }
    }
}

/// What a person submits.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Names the intent among all of the run.
    pub id: u64,
    /// The device's [`Device::next_intent_name`](super::Device::next_intent_name).
    pub name: IntentName,
    /// Which item of the screen it was formed with.
    pub form: usize,
    /// The message's fields.
    pub body: Arc<[Value]>,
    /// How it is handled.
    pub interaction: Interaction,
    /// What the person sees of the row that it is about.
    pub expected: Option<Arc<Expected>>,
    /// Why it cannot work, as far as the screen knows.
    pub objection: Option<Arc<str>>,
}

/// What wakes a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// For which intent; 0 for a list.
    pub intent: u64,
    /// Why.
    pub kind: TimerKind,
}

/// Why a device is woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// No sign has come of this attempt.
    Silence(u32),
    /// The person's patience is over.
    Patience,
    /// The fixed while is over for which the form was frozen.
    Pause,
    /// It cannot be taken back any more.
    Grace,
    /// It is time to ask for the so-manieth time.
    Poll(u32),
    /// The rows of this list may be too old.
    Old(usize),
}

/// What a device is told about an intent.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Yes or no.
    pub accepted: bool,
    /// Why.
    pub reason: Arc<str>,
    /// Who tells.
    pub source: NodeId,
    /// The teller's version, which contains the change.
    pub version: u64,
    /// It is a mail, which reaches the person whatever stands on the screen; before, the person had heard this.
    pub mailed: Option<Says>,
}
