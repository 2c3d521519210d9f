//! Running until something happens.
//!
//! It promises to stand right after the occurrence that made it so, to keep the budget of each frame, and to stop
//! at once
//! when it is told to. Virtual time runs as fast as the budget allows.

use super::action::Action;
use super::lab::{Lab, Selection, end_of_time};
use super::lineage::Told;
use super::view::words::{message_name, record_words, subject};
use crate::language::expression::Expression;
use crate::language::scenario::ServiceId;
use crate::language::{self, Finding};
use crate::world::{Record, What};

/// Occurrences that are played between two frames while running until something.
const OCCURRENCES_PER_FRAME: u64 = 4_000;

/// What ends the running.
#[derive(Clone, Debug, PartialEq)]
pub enum Until {
    /// Somebody clicks.
    Click,
    /// An invariant is broken for the first time.
    Violation,
    /// A message is lost for good, or becomes a dead letter.
    Loss,
    /// A message of this kind begins: an index into the plan's names.
    Message(u32),
    /// This condition becomes true.
    Condition(String),
    /// The handling of this message ends at this service.
    Handled(u64, ServiceId),
}

/// A run that goes on until something happens.
#[derive(Clone, Debug)]
pub(super) struct Chase {
    until: Until,
    /// The condition, compiled, and whether it held when it was last looked at.
    condition: Option<(Expression, bool)>,
}

/// How the last one has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It has happened: in words.
    Happened(String),
    /// Nothing more can happen, or time is over.
    Never,
    /// The condition is none.
    Refused(Vec<Finding>),
}

impl Until {
    /// What one waits for, in words.
    pub fn words(&self, lab: &Lab) -> String {
        match self {
            Self::Click => "the next click".to_owned(),
            Self::Violation => "the next violation".to_owned(),
            Self::Loss => "the next loss".to_owned(),
            Self::Message(name) => ["the next ", message_name(lab, *name)].concat(),
            Self::Condition(text) => text.clone(),
            Self::Handled(_, service) => {
                let name = lab.scenario().services.get(*service).map_or("", |it| &it.name);
                ["the end of a handler of ", name].concat()
            }
        }
    }

    fn is_met(&self, record: &Record) -> bool {
        match (self, &record.what) {
            (Self::Click, What::Submitted { .. })
            | (Self::Violation, What::Violated { .. })
            | (
                Self::Loss,
                What::Lost { held: false, .. }
                | What::Unroutable { .. }
                | What::DeadLettered { .. },
            ) => true,
            (Self::Message(wanted), What::Begun { name, .. }) => wanted == name,
            (
                Self::Handled(wanted, service),
                What::Handled { message, .. }
                | What::Failed { message, .. }
                | What::Cancelled { message, .. }
                | What::Lost { message, .. },
            ) => wanted == message && record.node as usize == *service,
            (Self::Handled(_, service), What::Crashed { .. }) => record.node as usize == *service,
            _ => false,
        }
    }
}

impl Lab {
    /// What is run until, if it is.
    pub fn chased(&self) -> Option<&Until> {
        self.chase.as_ref().map(|it| &it.until)
    }

    /// How the last running until something has ended.
    pub const fn arrival(&self) -> Option<&Reached> {
        self.arrival.as_ref()
    }

    /// Runs until something happens.
    pub(super) fn run_until(&mut self, until: Until) {
        let condition = match &until {
            Until::Condition(text) => match language::condition(self.scenario(), text) {
                Ok(expression) => {
                    let holds = self.world().holds(&expression, self.run.now());
                    Some((expression, holds))
                }
                Err(findings) => {
                    self.arrival = Some(Reached::Refused(findings));
                    return;
                }
            },
            _ => None,
        };
        self.arrival = None;
        self.goal = None;
        self.playback.playing = true;
        self.chase = Some(Chase { until, condition });
    }

    /// Runs until the handler ends that the selected service, or who handles the selected message, is in the middle of.
    pub(super) fn step_over(&mut self) {
        if let Some((message, service)) = self.running_handler() {
            self.run_until(Until::Handled(message, service));
        }
    }

    /// The running handler that is meant by what is selected: which message it handles, and where.
    pub fn running_handler(&self) -> Option<(u64, ServiceId)> {
        let running = |service: ServiceId| {
            let state = &self.world().services[service];
            let running = state.workers.iter().flatten().chain(state.aside());
            running.map(move |it| (it.envelope.id, service))
        };
        match self.selection()? {
            Selection::Service(id) => running(*id).next(),
            Selection::Message(id) => {
                let services = 0..self.world().services.len();
                services.flat_map(running).find(|it| it.0 == *id)
            }
            _ => None,
        }
    }

    /// Anything else that a person asks ends it, and what it ended with is read.
    pub(super) fn forget_chase(&mut self, action: &Action) {
        let goes_on = matches!(
            action,
            Action::Frame(_)
                | Action::Work
                | Action::Select(_)
                | Action::Search(_)
                | Action::AdvanceTrials(_)
                | Action::Fetched { .. }
        );
        if !goes_on {
            self.chase = None;
            self.arrival = None;
        }
    }

    /// A frame of running until something.
    pub(super) fn chase_on(&mut self) {
        let Some(mut chase) = self.chase.take() else { return };
        for _ in 0..OCCURRENCES_PER_FRAME {
            let before = Told::new(&self.run).here();
            let ended = self.run.engine().next_time().is_none_or(|it| end_of_time() < it);
            if ended && !self.run.has_inputs_ahead() {
                return self.arrive(Reached::Never);
            }
            self.play_one(end_of_time());
            if let Some(words) = self.met(&mut chase, before) {
                return self.arrive(Reached::Happened(words));
            }
        }
        self.chase = Some(chase);
    }

    fn arrive(&mut self, arrival: Reached) {
        self.playback.playing = false;
        self.arrival = Some(arrival);
    }

    /// Has it happened in the last occurrence? Then it is selected, if one can select it.
    fn met(&mut self, chase: &mut Chase, before: u64) -> Option<String> {
        if let Some((condition, held)) = &mut chase.condition {
            let holds = self.run.system().holds(condition, self.run.now());
            let becomes = holds && !*held;
            *held = holds;
            return becomes.then(|| chase.until.words(self));
        }
        let told = Told::new(&self.run);
        let number = (before..told.here())
            .find(|it| told.get(*it).is_some_and(|record| chase.until.is_met(record)))?;
        let record = told.get(number)?;
        let name = match record.what {
            What::Begun { name, .. }
            | What::Lost { name, .. }
            | What::DeadLettered { name, .. } => message_name(self, name),
            _ => "the message",
        };
        let (words, select) = (record_words(self, record, name), subject(self, number, record));
        if !matches!(chase.until, Until::Handled(..)) {
            self.selection = Some(select);
        }
        Some(words)
    }
}
