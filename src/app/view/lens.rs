//! The truth lens: what a screen says, held against what is so.
//!
//! People at the screens do not see this; whoever looks on does, when they want to.

use crate::app::Lab;
use crate::base::Time;
use crate::client::{ListOnScreen, ShownIntent};
use crate::world::Outcome;

/// How something on a screen stands to the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It says what is so.
    True,
    /// It says nothing about it that could be wrong.
    Open,
    /// It does not know yet what is so.
    Behind,
    /// It says what is not so.
    False,
}

/// A mark of the lens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TruthMark {
    /// How it stands to the truth.
    pub standing: Standing,
    /// That in words.
    pub words: &'static str,
    /// Since when it is so, if that matters: people ask by how much it is behind.
    pub since: Option<Time>,
}

impl TruthMark {
    const fn new(standing: Standing, words: &'static str, since: Option<Time>) -> Self {
        Self { standing, words, since }
    }
}

/// What is so about an intent on a screen.
pub(super) fn of_intent(lab: &Lab, shown: &ShownIntent) -> Option<TruthMark> {
    let outcome = lab.world().truths.outcome(shown.id)?;
    let says = shown.assertion.says();
    let (said, verdict) = (says.outcome(), outcome.verdict());
    let (standing, words) = match (said, outcome) {
        (_, Outcome::Undone) => (Standing::True, "true: nothing was sent"),
        (_, Outcome::Handled) => (Standing::Open, "nobody decides on it"),
        (Some(_), _) if said == verdict && outcome == Outcome::AcceptedTwice => {
            (Standing::False, "accepted more than once")
        }
        (Some(_), _) if said == verdict => (Standing::True, "true"),
        (Some(_), Outcome::Open) => (Standing::False, "not true yet"),
        (Some(_), Outcome::Lost) => (Standing::False, "false: it is lost"),
        (Some(_), Outcome::Refused) => (Standing::False, "false: it was refused"),
        (Some(_), Outcome::Apologized) => (Standing::False, "false: it was taken back"),
        (Some(_), _) => (Standing::False, "false: it was accepted"),
        (None, Outcome::Open) => (Standing::Open, "not decided yet"),
        (None, Outcome::Lost) if says.is_bad_news() => (Standing::True, "true: it is lost"),
        (None, Outcome::Lost) => (Standing::Behind, "lost by now"),
        (None, Outcome::Refused | Outcome::Apologized) => (Standing::Behind, "refused by now"),
        (None, _) => (Standing::Behind, "accepted by now"),
    };
    Some(TruthMark::new(standing, words, None))
}

/// What is so about a list on a screen.
pub(super) fn of_list(shown: &ListOnScreen) -> TruthMark {
    match shown.stale_since {
        None => TruthMark::new(Standing::True, "as it is", None),
        since => TruthMark::new(Standing::Behind, "out of date for", since),
    }
}
