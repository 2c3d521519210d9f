//! Cause and effect: what led to the selected thing, and what followed from it.
//!
//! It promises that causes come before effects, that consequences are the inverse of causes, and that asking is
//! cheap: the
//! answers are found once for each selection, and followed while the run is played. What a handler found in a table
//! is no
//! cause of what it did; what it handled, and what it was answered, is. Refuses to know how anything is shown.

mod births;
mod causes;
mod effects;
mod told;

use std::cmp::Ordering;
use std::sync::Arc;

pub(in crate::app) use self::told::Told;

use self::births::Births;
use self::causes::Causes;
use self::effects::{Effects, row_key};
use super::lab::{Lab, Selection};
use crate::history::{Recorded, Run};
use crate::language::Value;
use crate::world::{Input, Plan, Record, Settings, What, Why, World};

/// How a message stands to the selected thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is selected.
    Selected,
    /// It led to it.
    Cause,
    /// It followed from it.
    Effect,
}

/// What a run is: two of the same are the same at every instant.
#[derive(Clone, Debug)]
struct Identity {
    plan: Arc<Plan>,
    seed: u64,
    settings: Settings,
    inputs: Vec<Recorded<Input>>,
}

impl Identity {
    fn of(lab: &Lab) -> Self {
        Self {
            plan: lab.plan().clone(),
            seed: lab.world().seed,
            settings: lab.settings().clone(),
            inputs: lab.run().inputs().to_vec(),
        }
    }

    fn is_of(&self, lab: &Lab) -> bool {
        Arc::ptr_eq(&self.plan, lab.plan())
            && self.seed == lab.world().seed
            && self.settings == *lab.settings()
            && self.inputs == lab.run().inputs()
    }
}

/// What led to the selected thing, and what followed.
#[derive(Clone, Debug)]
pub struct Lineage {
    selection: Selection,
    /// The number of the record that tells of the selected thing; `None` when it is not kept.
    origin: Option<u64>,
    births: Births,
    causes: Causes,
    effects: Effects,
    /// The number of the record that has not been looked at yet.
    next: u64,
    /// How many records there were up to the playhead.
    here: u64,
    run: Identity,
}

impl Lineage {
    fn of(selection: &Selection, lab: &Lab) -> Self {
        let told = Told::new(lab.run());
        let mut births = Births::default();
        let origin = origin(selection, told, lab.plan());
        let mut effects = Effects::default();
        let mut causes = Causes::default();
        for number in told.first()..told.end() {
            let Some(record) = told.get(number) else { continue };
            let answered = births.take(number, record);
            if Some(number) == origin {
                causes = Causes::of(number, &births, told);
                effects = Effects::of(number, record, lab.plan());
            } else if origin.is_some_and(|it| it < number) {
                effects.follow((number, record), answered, &births, lab.plan());
            }
        }
        if origin.is_none() {
            effects.begin_unseen(selection);
        }
        let selection = selection.clone();
        let (next, here) = (told.end(), told.here());
        let run = Identity::of(lab);
        Self { selection, origin, births, causes, effects, next, here, run }
    }

    /// Looks at what has come about since. False when something else is selected by now: another change of the row.
    fn follow(&mut self, run: &Run<World>) -> bool {
        let told = Told::new(run);
        let plan = &run.system().plan;
        let (before, here) = (std::mem::replace(&mut self.here, told.here()), told.here());
        let is_row = matches!(self.selection, Selection::Row { .. });
        let changes = |it: u64| told.get(it).is_some_and(|it| tells(&self.selection, it, plan));
        if is_row && (self.origin.is_some_and(|it| here <= it) || (before..here).any(changes)) {
            return false;
        }
        for number in self.next..told.end() {
            let Some(record) = told.get(number) else { continue };
            let answered = self.births.take(number, record);
            self.effects.follow((number, record), answered, &self.births, plan);
        }
        self.next = self.next.max(told.end());
        self.births.forget(told);
        true
    }

    /// How a message stands to the selected thing; nothing when it has nothing to do with it.
    pub fn relation(&self, message: u64) -> Option<Relation> {
        if self.selection == Selection::Message(message) {
            return Some(Relation::Selected);
        }
        let is_cause = self.led(message).next().is_some();
        let is_effect = || self.effects.has_message(message);
        if is_cause { Some(Relation::Cause) } else { is_effect().then_some(Relation::Effect) }
    }

    /// The nodes at which a message led to the selected thing.
    fn led(&self, message: u64) -> impl Iterator<Item = u32> {
        let from = self.causes.messages.partition_point(|it| it.0 < message);
        let those = self.causes.messages[from..].iter();
        those.take_while(move |it| it.0 == message).map(|it| it.1)
    }

    /// Has a message to do with the selected thing?
    pub fn has_message(&self, message: u64) -> bool {
        self.relation(message).is_some()
    }

    /// Has a message's way between two nodes? Of an event that led to it by one of its readers, the ways to the others
    /// have not.
    pub fn has_way(&self, message: u64, from: usize, to: usize) -> bool {
        if self.effects.has_message(message) {
            return true;
        }
        let is_first = self.births.get(message).is_some_and(|it| it.node as usize == from);
        let mut nodes = self.led(message).peekable();
        nodes.peek().is_some() && (is_first || nodes.any(|it| it as usize == to))
    }

    /// Has what a message does at a node?
    pub fn has_at(&self, message: u64, node: usize) -> bool {
        self.effects.has_message(message) || self.led(message).any(|it| it as usize == node)
    }

    /// Has an intent, and what its screen says of it?
    pub fn has_intent(&self, intent: u64) -> bool {
        let place = |it: &(u64, u64)| it.0.cmp(&intent);
        self.causes.intents.binary_search(&intent).is_ok()
            || self.happened(&self.effects.intents, place)
    }

    /// Has a row of a table?
    pub fn has_row(&self, service: usize, table: usize, key: &Value) -> bool {
        self.happened(&self.effects.rows, |it| {
            (it.0.0 as usize, it.0.1 as usize, &it.0.2).cmp(&(service, table, key))
        })
    }

    /// Do such rows stand on the screen at this node, in the list at this place?
    pub fn is_shown(&self, node: usize, item: usize) -> bool {
        self.happened(&self.effects.shown, |it| {
            (it.0.0 as usize, it.0.1 as usize).cmp(&(node, item))
        })
    }

    /// Is something in a list, and has it happened at the playhead?
    fn happened<T>(&self, list: &[(T, u64)], place: impl FnMut(&(T, u64)) -> Ordering) -> bool {
        list.binary_search_by(place).is_ok_and(|it| list[it].1 < self.here)
    }

    /// Has what this record tells?
    pub fn has(&self, record: &Record) -> bool {
        if let Some(message) = record.what.message() {
            return match record.what {
                What::Sent { to, .. } => self.has_way(message, record.node as usize, to as usize),
                _ => self.has_at(message, record.node as usize),
            };
        }
        match (&record.what, record.why) {
            (What::Begun { message, .. }, _) => self.has_message(*message),
            (What::Submitted { intent, .. }, _) => self.has_intent(*intent),
            (_, Why::Message(message)) => self.effects.has_message(message),
            (What::Asserted { intent, .. } | What::Decided { intent, .. }, _) => {
                self.effects.intents.binary_search_by(|it| it.0.cmp(intent)).is_ok()
            }
            _ => false,
        }
    }

    /// The number of the record that tells of the selected thing.
    pub const fn origin(&self) -> Option<u64> {
        self.origin
    }

    /// The one way on which a message led to a message: numbers of records, oldest first.
    pub fn chain(&self) -> &[u64] {
        &self.causes.chain
    }

    /// What led to it began before the oldest record that is kept.
    pub const fn is_cut(&self) -> bool {
        self.causes.is_cut
    }

    /// The numbers of the first records that tell of what followed, and how many there are.
    pub fn effects(&self) -> (&[u64], u64) {
        (&self.effects.records, self.effects.count)
    }

    /// Where a message began, and why.
    pub(super) fn birth(&self, message: u64) -> Option<(u64, u32, Why)> {
        self.births.get(message).map(|it| (it.number, it.node, it.why))
    }
}

/// The record that tells of the selected thing, as it is at the playhead.
fn origin(selection: &Selection, told: Told<'_>, plan: &Plan) -> Option<u64> {
    match selection {
        Selection::Record(number) => told.get(*number).map(|_| *number),
        _ => told.last(|it| tells(selection, it, plan)),
    }
}

/// Does a record tell how the selected thing came about?
fn tells(selection: &Selection, record: &Record, plan: &Plan) -> bool {
    match (selection, &record.what) {
        (Selection::Message(id), What::Begun { message, .. }) => id == message,
        (Selection::Intent(id), What::Submitted { intent, .. }) => id == intent,
        (Selection::Row { service, table, key }, What::Changed { .. }) => row_key(record, plan)
            .is_some_and(|it| (it.0 as usize, it.1 as usize, &it.2) == (*service, *table, key)),
        _ => false,
    }
}

impl Selection {
    /// Is it something that happens, and not a place?
    const fn has_lineage(&self) -> bool {
        !matches!(self, Self::Service(_) | Self::Channel(_) | Self::Person(_) | Self::Link(..))
    }
}

impl Lab {
    /// What led to the selected thing and what followed, if something is selected that can have led to anything.
    pub fn lineage(&self) -> Option<&Lineage> {
        self.lineage.as_deref()
    }

    /// Whatever has been done: cause and effect are those of what is selected now.
    pub(super) fn lineage_follows(&mut self) {
        let selection = self.selection.clone().filter(Selection::has_lineage);
        let Some(selection) = selection else {
            self.lineage = None;
            return;
        };
        let known = self.lineage.take();
        let known = known.filter(|it| it.selection == selection && it.run.is_of(self));
        let known = known.and_then(|mut it| it.follow(&self.run).then_some(it));
        self.lineage = Some(known.unwrap_or_else(|| Box::new(Lineage::of(&selection, self))));
    }
}
