//! What stands beside and below the stage: knobs, transport, invariants.

use crate::app::Lab;
use crate::app::lab::Selection;
use crate::app::lineage::Told;
use crate::base::Time;
use crate::language::Value;
use crate::language::scenario::{InvariantKind, KnobKind};
use crate::measure::halt_words;
use crate::world::{FaultState, InvariantStanding, Record, What};

/// A knob as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnobView {
    /// Which.
    pub knob: usize,
    /// Its name.
    pub label: String,
    /// What it can hold.
    pub kind: KnobKind,
    /// What it holds.
    pub value: Value,
    /// Turning it starts the run again.
    pub at_start_only: bool,
}

/// The knobs, in the order of the text.
pub fn knobs(lab: &Lab) -> Vec<KnobView> {
    let knobs = lab.scenario().knobs.iter().zip(&lab.world().knobs).enumerate();
    let view =
        |(knob, (it, value)): (usize, (&crate::language::scenario::Knob, &Value))| KnobView {
            knob,
            label: it.label.clone(),
            kind: it.kind.clone(),
            value: value.clone(),
            at_start_only: it.at_start_only,
        };
    knobs.map(view).collect()
}

/// The names of the variants, and the first whose values the knobs have.
pub fn variants(lab: &Lab) -> (Vec<String>, Option<usize>) {
    let (all, knobs) = (&lab.scenario().variants, &lab.world().knobs);
    let stands = all.iter().position(|it| it.settings.iter().all(|it| knobs[it.0] == it.1));
    (all.iter().map(|it| it.name.clone()).collect(), stands)
}

/// A fault as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultView {
    /// Which.
    pub fault: usize,
    /// Its name.
    pub name: String,
    /// It has struck, and is not over.
    pub active: bool,
}

/// The faults, in the order of the text.
pub fn faults(lab: &Lab) -> Vec<FaultView> {
    let states = lab.world().faults.states.iter();
    let faults = lab.scenario().faults.iter().zip(states).enumerate();
    let view = |(fault, (it, state)): (usize, (&crate::language::scenario::Fault, &FaultState))| {
        FaultView { fault, name: it.name.clone(), active: state.active }
    };
    faults.map(view).collect()
}

/// What the transport shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Transport {
    /// Does it play?
    pub playing: bool,
    /// Virtual seconds for one of the onlooker's.
    pub speed: f64,
    /// The playhead.
    pub now: Time,
    /// The furthest instant that has been played.
    pub furthest: Time,
    /// How many occurrences have come about.
    pub steps: u64,
    /// Nothing will happen any more unless a person acts.
    pub ended: bool,
    /// Why the run has been stopped for good, in a sentence.
    pub halt: Option<String>,
}

/// What the transport shows at the playhead.
pub fn transport(lab: &Lab) -> Transport {
    let (run, engine) = (lab.run(), lab.run().engine());
    Transport {
        playing: lab.playback().playing,
        speed: lab.playback().speed,
        now: run.now(),
        furthest: run.furthest(),
        steps: engine.steps(),
        ended: engine.next_time().is_none(),
        halt: halt(lab),
    }
}

/// Why the lab's run has been stopped for good, if it has.
pub fn halt(lab: &Lab) -> Option<String> {
    let halt = lab.run().engine().halt()?;
    Some(halt_words(halt, lab.plan(), &mut lab.run().records().iter().rev()))
}

/// An invariant as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvariantView {
    /// The sentence.
    pub name: String,
    /// When it must hold, in words.
    pub when: &'static str,
    /// How it stands.
    pub standing: InvariantStanding,
    /// How it stands, in words.
    pub words: String,
    /// When it was first broken, and what is selected when one goes there.
    pub first_violation: Option<(Time, Selection)>,
}

/// The invariants.
pub type Invariants = Vec<InvariantView>;

/// The invariants at the playhead, in the order of the text.
pub fn invariants(lab: &Lab) -> Invariants {
    let states = lab.scenario().invariants.iter().zip(&lab.world().invariants);
    states
        .enumerate()
        .map(|(index, (invariant, state))| InvariantView {
            name: invariant.name.clone(),
            when: match invariant.kind {
                InvariantKind::Always => "always",
                InvariantKind::Eventually => "once nothing is under way",
                InvariantKind::LeadsTo => "in time after its condition",
            },
            standing: state.standing,
            words: match state.standing {
                InvariantStanding::Open if state.owed => "is still owed".to_owned(),
                InvariantStanding::Open => "not yet known".to_owned(),
                InvariantStanding::Holds => "holds".to_owned(),
                InvariantStanding::Broken => "broken".to_owned(),
            },
            first_violation: state.first_violation.map(|at| (at, violation(lab, at, index))),
        })
        .collect()
}

/// The record that tells that an invariant was broken first, as a thing to select.
fn violation(lab: &Lab, at: Time, index: usize) -> Selection {
    let told = Told::new(lab.run());
    let from = told.since(at);
    let tells = |it: &Record| matches!(it.what, What::Violated { invariant } if invariant as usize == index);
    let found = (from..told.end()).find(|it| told.get(*it).is_some_and(tells));
    Selection::Record(found.unwrap_or(from))
}
