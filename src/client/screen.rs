//! What stands on a screen: intents with what is asserted about them, and lists with their age.

use std::fmt;
use std::sync::Arc;

use crate::base::Time;
use crate::interaction::{Claim, Interaction};
use crate::language::{Table, Value};

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
}

impl Assertion {
    /// What the screen says at the click.
    pub const fn first(claim: Claim) -> Self {
        match claim {
            Claim::Block => Self::Waiting,
            Claim::Received => Self::Sending,
            Claim::Pending => Self::Pending,
            Claim::Done => Self::Done,
            Claim::Nothing => Self::Nothing,
        }
    }

    /// What the screen says once it has been told the outcome.
    #[must_use]
    pub fn told(&self, accepted: bool, reason: &Arc<str>) -> Self {
        match (accepted, self) {
            (true, _) => Self::Accepted,
            (false, Self::Done | Self::Accepted | Self::TakenBack(_)) => {
                Self::TakenBack(reason.clone())
            }
            (false, _) => Self::Refused(reason.clone()),
        }
    }

    /// Has the screen been told the outcome?
    pub const fn is_certain(&self) -> bool {
        matches!(self, Self::Accepted | Self::Refused(_) | Self::TakenBack(_))
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
        }
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
}

impl ShownIntent {
    /// Is there nothing more to tell about it, so that it may scroll away?
    pub const fn is_settled(&self) -> bool {
        self.assertion.is_certain()
            || matches!(self.assertion, Assertion::Nothing | Assertion::Unknown)
            || self.late
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
