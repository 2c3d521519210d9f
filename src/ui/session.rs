//! A handle to the one lab of the page.
//!
//! It owns the signal in which the lab lives and the three kinds of projections: those of time, which are looked at in
//! every frame, those of the world, which are looked at only when something has come about, and those of what persons
//! do.

use std::ops::Deref;

use leptos::prelude::*;

use super::live::{Content, Live, State};
use super::platform::clock_ms;
use crate::app::{Action, Lab, Trials};

/// Occurrences between two looks at the clock.
const TURN: u64 = 64;
/// Occurrences of trials between two looks at the clock: nobody sees them one by one.
const TRIALS_TURN: u64 = 500;

/// What can have changed the world since it was last looked at. Virtual time is not part of it.
#[derive(PartialEq, Eq)]
struct Moment {
    generation: u64,
    steps: u64,
    records: u64,
    acts: u64,
}

/// A handle to the one [`Lab`] of the page.
#[derive(Clone, Copy)]
pub(super) struct Session {
    lab: RwSignal<Lab>,
    /// Actions so far, frames not counted.
    acts: State<u64>,
    moment: Live<Moment>,
    /// Looks at the rival run instead, as long as there is one.
    beside: bool,
}

/// A look at a lab, or at its rival.
struct Look<G> {
    guard: G,
    beside: bool,
}

impl<G: Deref<Target = Lab>> Deref for Look<G> {
    type Target = Lab;
    fn deref(&self) -> &Lab {
        let lab = &*self.guard;
        if self.beside { lab.rival().unwrap_or(lab) } else { lab }
    }
}

impl Session {
    /// The lab as a visitor finds it.
    pub(super) fn new() -> Self {
        let lab = RwSignal::new(Lab::new().in_turns(TURN));
        let acts = State::new(0);
        let moment = Live::new(move || {
            let lab = lab.read();
            Moment {
                generation: lab.generation(),
                // What comes about in the rival run counts as well.
                steps: lab.run().engine().steps()
                    + lab.rival().map_or(0, |it| it.run().engine().steps()),
                records: lab.run().records_before() + lab.run().records().len() as u64,
                acts: acts.get(),
            }
        });
        Self { lab, acts, moment, beside: false }
    }

    /// The same with the rival run in place of the one on the stage.
    pub(super) const fn beside(self) -> Self {
        Self { beside: true, ..self }
    }

    /// Carries out an action; then the views catch up.
    pub(super) fn dispatch(self, action: Action) {
        let act = !matches!(action, Action::Frame(_) | Action::AdvanceTrials(_));
        self.lab.write().update(action);
        if act {
            self.acts.set(*self.acts.peek() + 1);
        }
    }

    /// How many actions there have been, frames not counted.
    pub(super) fn acts(self) -> u64 {
        *self.acts.peek()
    }

    /// Carries out an action, and lets the lab work on towards its goal, for so many milliseconds in all.
    pub(super) fn work(self, action: Action, ms: f64) {
        let mut first = Some(action);
        self.take_turns(ms, |lab| {
            lab.update(first.take().unwrap_or(Action::Work));
            lab.goal().is_some()
        });
    }

    /// Lets trials go on for so many milliseconds.
    pub(super) fn advance_trials(self, ms: f64) {
        self.take_turns(ms, |lab| {
            lab.update(Action::AdvanceTrials(TRIALS_TURN));
            lab.trials().is_some_and(Trials::is_running)
        });
    }

    /// Takes turns until one says that nothing is left to do, or the time is over. The views catch up once.
    fn take_turns(self, ms: f64, mut turn: impl FnMut(&mut Lab) -> bool) {
        let began_ms = clock_ms();
        let mut lab = self.lab.write();
        while turn(&mut lab) && clock_ms() - began_ms < ms {}
    }

    /// A projection that also depends on virtual time. Computed in every frame, so it has to be cheap.
    pub(super) fn timely<T>(self, project: impl Fn(&Lab) -> T + Send + Sync + 'static) -> Live<T>
    where
        T: Content,
    {
        self.projection(Self::track_time, project)
    }

    /// A projection of the world. Computed when something has come about or somebody has acted.
    pub(super) fn view<T>(self, project: impl Fn(&Lab) -> T + Send + Sync + 'static) -> Live<T>
    where
        T: Content,
    {
        self.projection(Self::track_world, project)
    }

    /// A projection of what only persons change: what is open, placed or selected. Computed when somebody has acted.
    pub(super) fn acted<T>(self, project: impl Fn(&Lab) -> T + Send + Sync + 'static) -> Live<T>
    where
        T: Content,
    {
        self.projection(Self::track_acts, project)
    }

    fn projection<T: Content>(
        self,
        track: fn(Self),
        project: impl Fn(&Lab) -> T + Send + Sync + 'static,
    ) -> Live<T> {
        Live::new(move || {
            track(self);
            project(&self.lab())
        })
    }

    /// The lab at this instant, without subscribing to it. Nothing is dispatched while somebody looks.
    #[inline(never)]
    pub(super) fn lab(self) -> impl Deref<Target = Lab> {
        Look { guard: self.lab.read_untracked(), beside: self.beside }
    }

    /// Subscribes to what persons do, selecting included.
    pub(super) fn track_acts(self) {
        self.acts.read();
    }

    /// Subscribes to every change, that of virtual time included.
    #[inline(never)]
    pub(super) fn track_time(self) {
        self.lab.track();
    }

    /// Subscribes to what comes about. Read, not only tracked: a memo that nobody reads never looks at its own
    /// sources.
    pub(super) fn track_world(self) {
        self.moment.read();
    }
}
