//! The measures of the scorecard: names, units and definitions, in one table.

/// What is measured. The order is that of the scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "`TABLE` says what each means")]
pub enum Measure {
    Feedback,
    Blocked,
    Certainty,
    FalseClaim,
    Retraction,
    SilentLoss,
    FalseAlarm,
    Duplicate,
    StaleDecision,
    OwnWrites,
    TimeTravel,
    Staleness,
    Cost,
    Availability,
}

/// In what a measure is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Among a thousand intents.
    PerThousandIntents,
    /// Among a thousand times that rows came to a screen.
    PerThousandReads,
    /// Messages for each intent.
    Messages,
    /// Of all intents.
    Percent,
}

impl Unit {
    /// The unit as it stands in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seconds => "s",
            Self::PerThousandIntents => "per 1,000 intents",
            Self::PerThousandReads => "per 1,000 reads",
            Self::Messages => "messages per intent",
            Self::Percent => "%",
        }
    }
}

/// A row of the table: measure, name for programs, name for people, unit, definition.
type Row = (Measure, &'static str, &'static str, Unit, &'static str);

impl Measure {
    /// All measures with their definitions.
    pub const TABLE: [Row; 14] = [
        (
            Self::Feedback,
            "feedback",
            "Time to feedback",
            Unit::Seconds,
            "From the click to the first word on the screen; a frozen form is none.",
        ),
        (
            Self::Blocked,
            "blocked",
            "Time blocked",
            Unit::Seconds,
            "For how long the person could not go on.",
        ),
        (
            Self::Certainty,
            "certainty",
            "Time to certainty",
            Unit::Seconds,
            "From the click to the instant from which the screen says what is true, and goes on saying it.",
        ),
        (
            Self::FalseClaim,
            "false_claim",
            "False claim",
            Unit::Seconds,
            "For how long the screen asserted an outcome that was not true.",
        ),
        (
            Self::Retraction,
            "retraction",
            "Retractions",
            Unit::PerThousandIntents,
            "The screen took back what it had claimed.",
        ),
        (
            Self::SilentLoss,
            "silent_loss",
            "Silent losses",
            Unit::PerThousandIntents,
            "The intent got lost, and the screen never said so.",
        ),
        (
            Self::FalseAlarm,
            "false_alarm",
            "False alarms",
            Unit::PerThousandIntents,
            "The screen gave it up, and it was accepted all the same.",
        ),
        (
            Self::Duplicate,
            "duplicate",
            "Duplicates",
            Unit::PerThousandIntents,
            "It was accepted, and applied more than once.",
        ),
        (
            Self::StaleDecision,
            "stale_decision",
            "Stale decisions",
            Unit::PerThousandIntents,
            "It was refused, and what the screen showed was out of date; or it was written over a change not shown.",
        ),
        (
            Self::OwnWrites,
            "own_writes",
            "Own changes missing",
            Unit::PerThousandIntents,
            "The screen said that it was so, it was so, and a list on the same screen lacked it.",
        ),
        (
            Self::TimeTravel,
            "time_travel",
            "Time travel",
            Unit::PerThousandReads,
            "A list on the screen went back to something older.",
        ),
        (
            Self::Staleness,
            "staleness",
            "Staleness",
            Unit::Seconds,
            "How long ago the lists on the screen last agreed with those who decide, at any instant.",
        ),
        (
            Self::Cost,
            "cost",
            "Cost",
            Unit::Messages,
            "Messages that were sent, by all, for each intent.",
        ),
        (
            Self::Availability,
            "availability",
            "Availability",
            Unit::Percent,
            "Intents of which the screen told the truth within ten seconds, a person's patience.",
        ),
    ];

    /// The word in reports and on the command line.
    pub const fn name(self) -> &'static str {
        Self::TABLE[self as usize].1
    }

    /// The name on the page.
    pub const fn label(self) -> &'static str {
        Self::TABLE[self as usize].2
    }

    /// In what it is counted.
    pub const fn unit(self) -> Unit {
        Self::TABLE[self as usize].3
    }

    /// What it means, in one sentence.
    pub const fn meaning(self) -> &'static str {
        Self::TABLE[self as usize].4
    }

    /// Does it count something that should not happen to anybody at all?
    pub const fn is_harm(self) -> bool {
        let at_best_zero = matches!(self.unit(), Unit::PerThousandIntents | Unit::PerThousandReads);
        at_best_zero || matches!(self, Self::FalseClaim)
    }

    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::TABLE.into_iter().map(|it| it.0)
    }
}
