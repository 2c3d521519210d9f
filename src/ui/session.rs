//! A handle to the one lab of the page.
//!
//! It owns the signal in which the lab lives and the two kinds of projections: those of time, which are looked at in
//! every frame, and those of the world, which are looked at only when something has come about.

use leptos::prelude::*;

use crate::app::{Action, Lab};

/// What can have changed the world since it was last looked at. Virtual time is not part of it.
#[derive(Clone, Copy, PartialEq, Eq)]
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
    acts: RwSignal<u64>,
    moment: Memo<Moment>,
}

impl Session {
    /// The lab as a visitor finds it.
    pub(super) fn new() -> Self {
        let lab = RwSignal::new(Lab::new());
        let acts = RwSignal::new(0);
        let moment = Memo::new(move |_| {
            let acts = acts.get();
            lab.with(|lab| Moment {
                generation: lab.generation(),
                steps: lab.run().engine().steps(),
                records: lab.run().records_before() + lab.run().records().len() as u64,
                acts,
            })
        });
        Self { lab, acts, moment }
    }

    /// Carries out an action; then the views catch up. Does nothing once the page is gone.
    pub(super) fn dispatch(self, action: Action) {
        let act = !matches!(action, Action::Frame(_));
        self.lab.try_update(|lab| lab.update(action));
        if act {
            self.acts.try_update(|it| *it += 1);
        }
    }

    /// A projection that also depends on virtual time. Computed in every frame, so it has to be cheap.
    pub(super) fn timely<T>(self, project: impl Fn(&Lab) -> T + Send + Sync + 'static) -> Signal<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.lab.with(&project)).into()
    }

    /// A projection of the world. Computed when something has come about or somebody has acted.
    pub(super) fn view<T>(self, project: impl Fn(&Lab) -> T + Send + Sync + 'static) -> Signal<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            // Read, not only tracked: a memo that nobody reads never looks at its own sources.
            self.moment.get();
            self.lab.with_untracked(&project)
        })
        .into()
    }

    /// Looks at the lab once, without subscribing to it.
    pub(super) fn peek<T>(self, look: impl FnOnce(&Lab) -> T) -> T {
        self.lab.with_untracked(look)
    }

    /// Actions so far, frames not counted.
    pub(super) fn acts(self) -> ReadSignal<u64> {
        self.acts.read_only()
    }

    /// Subscribes to what comes about and to what persons do, selecting included.
    pub(super) fn track_selection(self) {
        self.acts.track();
    }

    /// Subscribes to every change, that of virtual time included.
    pub(super) fn track_time(self) {
        self.lab.track();
    }

    /// Subscribes to what comes about.
    pub(super) fn track_world(self) {
        self.moment.get();
    }
}
