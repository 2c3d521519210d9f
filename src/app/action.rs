//! Everything that can be asked of the lab.

use std::time::Duration;

use super::gate::Incoming;
use super::lab::Selection;
use super::rival::Difference;
use super::trials::Field;
use super::until::Until;
use crate::base::Time;
use crate::history::BranchId;
use crate::interaction::Interaction;
use crate::language::Value;
use crate::language::scenario::{ClientId, KnobId, Movable, Spot};
use crate::world::Input;

/// In which manner somebody comes back to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Return {
    /// It plays on from where it stood.
    Playing,
    /// It stands where it stood.
    Paused,
    /// It stands at its start, and nothing of it has come about: it may be what the page crashed at.
    Still,
}

/// Something that a person, the clock or the address bar asks of the lab.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// So much time has passed for the person who looks on.
    Frame(Duration),
    /// Plays, or pauses.
    TogglePlay,
    /// Lets one occurrence come about, and pauses.
    Step,
    /// Takes one occurrence back, and pauses.
    StepBack,
    /// Goes to an instant, and pauses. What a lab in turns does not reach at once is left to [`Action::Work`].
    Seek(Time),
    /// Works on towards the instant that the playhead is on its way to.
    Work,
    /// Stays where the playhead is, and pauses.
    Stop,
    /// Goes to an instant, pauses, and shows something in the inspector.
    Jump(Time, Selection),
    /// Goes along cause and effect from what is selected: to what followed first, or to what led to it last.
    Walk(bool),
    /// Runs until something happens, as fast as it can.
    RunUntil(Until),
    /// Runs until the handler ends that is meant by what is selected.
    StepOver,
    /// Looks for these words among what has happened; without words, for nothing.
    Search(String),
    /// Plays at this many times the speed of life: one of [`SPEEDS`](super::SPEEDS).
    SetSpeed(f64),
    /// Starts again with this seed; what persons did is forgotten, knobs keep their values.
    Restart(u64),
    /// Does this in the running world. What the scenario cannot take does nothing.
    Do(Input),
    /// Turns a knob.
    Turn(KnobId, Value),
    /// Sets all knobs of a variant.
    Variant(usize),
    /// Chooses how the intents of a class of people are handled, or of one of its forms. Turns the knob, if a knob
    /// decides that.
    Choose(ClientId, Option<usize>, Interaction),
    /// Starts again with the same seed, and with all intents handled like this.
    ChooseEverywhere(Interaction),
    /// Runs the open scenario at many interactions, with so many seeds, beside what is on the stage.
    StartTrials(Field, u64),
    /// Lets the trials go on by so many occurrences.
    AdvanceTrials(u64),
    /// Stops the trials and forgets them.
    StopTrials,
    /// Runs the open scenario a second time beside itself, with one difference; or no more.
    Compare(Option<Difference>),
    /// Plays another branch, at the same instant.
    SwitchBranch(BranchId),
    /// Deletes a branch. The first one stays.
    DeleteBranch(BranchId),
    /// Calls a branch something else.
    RenameBranch(BranchId, String),
    /// Shows something in the inspector, or nothing.
    Select(Option<Selection>),
    /// Opens a scenario of the person's own. If it is broken, all findings are shown and the running one stays.
    Open {
        /// What the person calls it: a file's name, say.
        name: String,
        /// Its text.
        text: String,
    },
    /// Runs the open scenario's text as somebody has changed it, with the same seed. A broken text changes nothing.
    RunText(String),
    /// Goes back from a changed text to what it was.
    OpenOriginal,
    /// Opens a scenario of the catalogue, by its path.
    OpenBuiltIn(String),
    /// The text of a scenario of the catalogue has come, or could not be had.
    Fetched {
        /// Its path.
        path: &'static str,
        /// Its text.
        text: Option<String>,
    },
    /// Opens a link, the part of the address behind `#`: an [`Action::Offer`].
    OpenLink(String),
    /// Lets something from outside pass the gate. What the catalogue says of itself opens at once, anything else waits
    /// for [`Action::Accept`].
    Offer(Incoming),
    /// Opens what has been offered.
    Accept,
    /// Puts away what has been offered.
    Decline,
    /// Says whether what is open is kept nowhere, so that nothing replaces it without a question.
    Guard(bool),
    /// Opens a link again after the page was away.
    Restore {
        /// The link.
        link: String,
        /// In which manner.
        as_it_was: Return,
    },
    /// Places something on the stage.
    Place(Movable, Spot),
    /// Lets everything on the stage find its place by itself.
    PlaceNothing,
    /// Puts the report about a text that could not be opened away.
    DismissRefusal,
}
