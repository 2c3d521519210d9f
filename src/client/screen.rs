//! What stands on a screen: intents with what is asserted about them, and lists with their age.

use std::fmt;
use std::sync::Arc;

use super::effect::Wish;
use super::sending::Stage;
use crate::base::Time;
use crate::interaction::{Claim, Interaction, Learn};
use crate::language::{Table, Value};
use crate::service::Expected;

/// What a screen asserts about one intent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Assertion {
    /// Not a word.
    Nothing,
    /// The form is frozen until the answer is there.
    Waiting,
    /// It left the device, and no receipt has come yet.
    Sending,
    /// Somebody has taken it in.
    Received,
    /// It is wished for, and not certain.
    Pending,
    /// It is so. The screen does not know that yet.
    Done,
    /// It is so, and the screen has been told.
    Accepted,
    /// It was refused; the screen had not claimed otherwise.
    Refused(Arc<str>),
    /// It was refused, and the screen had shown it as done: it takes that back, and says so.
    TakenBack(Arc<str>),
    /// No answer came. Whether it worked is not known here.
    Unknown,
    /// It has not left the device.
    NotSent,
    /// The person has taken it back before it left the device, or it was dropped as the person has asked.
    Undone,
}

impl Assertion {
    /// What the screen says at the click.
    pub const fn first(claim: Claim) -> Self {
        match claim {
            Claim::Block | Claim::Pause => Self::Waiting,
            Claim::Received => Self::Sending,
            Claim::Pending => Self::Pending,
            Claim::Done => Self::Done,
            Claim::Nothing => Self::Nothing,
        }
    }

    /// Has the screen been told the outcome?
    pub const fn is_certain(&self) -> bool {
        matches!(self, Self::Accepted | Self::Refused(_) | Self::TakenBack(_))
    }

    /// Will nothing more be said about it?
    pub const fn is_over(&self) -> bool {
        self.is_certain() || matches!(self, Self::NotSent | Self::Undone)
    }

    /// The assertion without its reason.
    pub const fn says(&self) -> Says {
        match self {
            Self::Nothing => Says::Nothing,
            Self::Waiting => Says::Waiting,
            Self::Sending => Says::Sending,
            Self::Received => Says::Received,
            Self::Pending => Says::Pending,
            Self::Done => Says::Done,
            Self::Accepted => Says::Accepted,
            Self::Refused(_) => Says::Refused,
            Self::TakenBack(_) => Says::TakenBack,
            Self::Unknown => Says::Unknown,
            Self::NotSent => Says::NotSent,
            Self::Undone => Says::Undone,
        }
    }
}

/// An [`Assertion`] without its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are those of `Assertion`")]
pub enum Says {
    Nothing,
    Waiting,
    Sending,
    Received,
    Pending,
    Done,
    Accepted,
    Refused,
    TakenBack,
    Unknown,
    NotSent,
    Undone,
}

impl Says {
    /// Its name in reports and records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Received => "received",
            Self::Pending => "pending",
            Self::Done => "done",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::TakenBack => "taken back",
            Self::Unknown => "unknown",
            Self::NotSent => "not sent",
            Self::Undone => "undone",
        }
    }

    /// What the screen says once it has been told the outcome.
    #[must_use]
    pub fn told(self, accepted: bool, reason: &Arc<str>) -> Assertion {
        match (accepted, self) {
            (true, _) => Assertion::Accepted,
            (false, Self::Done | Self::Accepted | Self::TakenBack) => {
                Assertion::TakenBack(reason.clone())
            }
            (false, _) => Assertion::Refused(reason.clone()),
        }
    }

    /// Does the screen say that it has not worked, or may not have?
    pub const fn is_bad_news(self) -> bool {
        matches!(
            self,
            Self::Unknown | Self::Refused | Self::TakenBack | Self::NotSent | Self::Undone
        )
    }

    /// The outcome that is asserted, if one is: yes or no.
    pub const fn outcome(self) -> Option<bool> {
        match self {
            Self::Done | Self::Accepted => Some(true),
            Self::Refused | Self::TakenBack => Some(false),
            _ => None,
        }
    }
}

/// What people and messages call an intent ("Ana-1"). Put into words only where somebody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntentName {
    /// Whose it is.
    pub person: Arc<str>,
    /// The person's how many-th.
    pub number: u64,
}

impl fmt::Display for IntentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.person, self.number)
    }
}

/// An intent as its own screen knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownIntent {
    /// Names the intent among all of the run.
    pub id: u64,
    /// Names it for people and in messages.
    pub name: IntentName,
    /// Which item of the screen it was formed with.
    pub form: usize,
    /// The message's fields.
    pub body: Arc<[Value]>,
    /// How it is handled: the choices as they were at the click.
    pub interaction: Interaction,
    /// The click.
    pub since: Time,
    /// What the screen asserts now.
    pub assertion: Assertion,
    /// The screen has run out of patience and says that this takes longer.
    pub late: bool,
    /// Messages sent for it so far.
    pub attempts: u32,
    /// Somebody has confirmed to have it.
    pub received: bool,
    /// How far it is on its way out of the device.
    pub stage: Stage,
    /// Messages that were sent before this stage.
    pub(super) earlier: u32,
    /// What the person saw of the row that it is about.
    pub(super) expected: Option<Arc<Expected>>,
    /// Up to when the row is kept for it.
    pub held_until: Option<Time>,
    /// How far whoever works on it is, in thousandths, as far as the screen has heard.
    pub progress: Option<u16>,
    /// The person has asked for it to be dropped.
    pub cancelling: bool,
}

impl ShownIntent {
    /// A wish of which nothing has been said yet.
    pub(super) fn new(wish: Wish, now: Time) -> Self {
        let Wish { id, name, form, body, interaction, expected, .. } = wish;
        Self {
            id,
            name,
            form,
            body,
            interaction,
            since: now,
            assertion: Assertion::Nothing,
            late: false,
            attempts: 0,
            received: false,
            stage: Stage::Sent,
            earlier: 0,
            expected,
            held_until: None,
            progress: None,
            cancelling: false,
        }
    }

    /// Is there nothing more to tell about it, or nothing more to do, so that it may scroll away?
    pub const fn is_settled(&self) -> bool {
        self.assertion.is_over()
            || matches!(self.assertion, Assertion::Nothing | Assertion::Unknown)
            || self.late && self.is_done_sending() && !matches!(self.interaction.learn, Learn::Poll)
    }
}

/// A list as it stands on a screen.
#[derive(Clone, Debug, PartialEq)]
pub struct ListOnScreen {
    /// Which item of the screen it is.
    pub item: usize,
    /// Its rows.
    pub table: Table,
    /// How many changes of the authority they contain.
    pub version: u64,
    /// When they came.
    pub since: Time,
    /// Since when they differ from the authority's, if they do. The screen does not know that.
    pub stale_since: Option<Time>,
}

impl ListOnScreen {
    /// Do its rows differ from the authority's?
    pub const fn is_stale(&self) -> bool {
        self.stale_since.is_some()
    }
}
