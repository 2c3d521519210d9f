//! What followed from something: followed record by record, because every cause comes before its effect.

use super::births::{Answered, Births};
use crate::app::lab::Selection;
use crate::base::{Time, sorted};
use crate::language::Value;
use crate::world::{Plan, Record, What, Why, id32};

/// Records of what followed that are kept for telling, at most.
const KEPT_MAX: usize = 400;

/// A row: whose, of which table, and its key.
pub(super) type RowKey = (u32, u32, Value);

/// What followed.
#[derive(Clone, Debug, Default)]
pub(super) struct Effects {
    /// Messages, in order.
    pub(super) messages: Vec<u64>,
    /// Intents of which something was decided or said, in order, with the number of the first record that tells it.
    pub(super) intents: Vec<(u64, u64)>,
    /// Rows that changed, likewise.
    pub(super) rows: Vec<(RowKey, u64)>,
    /// Lists on screens that show such rows, likewise: a person's node and the item.
    pub(super) shown: Vec<((u32, u32), u64)>,
    /// The numbers of the first records that tell of it.
    pub(super) records: Vec<u64>,
    /// How many records tell of it.
    pub(super) count: u64,
    /// The click of this intent began it.
    intent: Option<u64>,
    /// This fault's strike began it, and is not over.
    fault: Option<u32>,
    /// What happens for this reason, at this node and instant, follows from a row that changed there.
    change: Option<(Why, u32, Time)>,
    /// Handlers that go on because of an answer among the messages: what they handle, and where.
    answered: Vec<(u64, u32)>,
}

impl Effects {
    /// Nothing but the beginning.
    pub(super) fn of(number: u64, origin: &Record, plan: &Plan) -> Self {
        let mut effects = Self::default();
        match &origin.what {
            What::Begun { message, .. } => effects.messages.push(*message),
            What::Submitted { intent, .. } => {
                effects.intent = Some(*intent);
                effects.intents.push((*intent, number));
            }
            What::Fault { fault, on: true } => effects.fault = Some(*fault),
            What::Changed { .. } => {
                effects.rows.extend(row_key(origin, plan).map(|it| (it, number)));
                effects.change = Some((origin.why, origin.node, origin.at));
            }
            _ => {}
        }
        effects
    }

    /// The beginning is not kept: everything that is kept came after it.
    pub(super) fn begin_unseen(&mut self, selection: &Selection) {
        match selection {
            Selection::Message(message) => self.messages.push(*message),
            Selection::Intent(intent) => {
                self.intent = Some(*intent);
                self.intents.push((*intent, 0));
            }
            Selection::Row { service, table, key } => {
                self.rows.push(((id32(*service), id32(*table), key.clone()), 0));
            }
            _ => {}
        }
    }

    /// Looks at the next record after the beginning.
    pub(super) fn follow(
        &mut self,
        (number, record): (u64, &Record),
        answered: Option<Answered>,
        births: &Births,
        plan: &Plan,
    ) {
        if let Some(it) = answered.filter(|it| self.has_message(it.answer)) {
            sorted::insert(&mut self.answered, (it.message, it.node));
        }
        if !self.is_effect(record, births) {
            return;
        }
        match &record.what {
            What::Begun { message, .. } => self.messages.push(*message),
            What::Decided { intent, .. }
            | What::Asserted { intent, .. }
            | What::Kept { intent, .. } => {
                add(&mut self.intents, *intent, number);
            }
            What::Changed { .. } => {
                if let Some(row) = row_key(record, plan) {
                    add(&mut self.rows, row, number);
                }
            }
            What::Shown { item, .. } => {
                add(&mut self.shown, (record.node, *item), number);
            }
            What::Fault { on: false, .. } => self.fault = None,
            _ => {}
        }
        self.count += 1;
        if self.records.len() < KEPT_MAX {
            self.records.push(number);
        }
    }

    fn is_effect(&self, record: &Record, births: &Births) -> bool {
        match record.why {
            Why::Message(message) if self.has_message(message) => return true,
            Why::Message(message)
                if record.what.message().is_none()
                    && self.answered.binary_search(&(message, record.node)).is_ok() =>
            {
                return births.get(message).is_some();
            }
            Why::Intent(intent) if self.intent == Some(intent) => return true,
            Why::Fault(fault) if self.fault == Some(fault) => return true,
            _ => {}
        }
        // Rows that are sent to screens, and what is judged, at the end of the reaction.
        let follows = matches!(record.what, What::Begun { body: None, .. } | What::Violated { .. });
        let is_here = |(why, node, at): (Why, u32, Time)| {
            let judged = matches!(record.what, What::Violated { .. });
            record.why == why && record.at == at && (record.node == node || judged)
        };
        follows && self.change.is_some_and(is_here)
    }

    pub(super) fn has_message(&self, message: u64) -> bool {
        self.messages.binary_search(&message).is_ok()
    }
}

/// Adds what is not there yet.
fn add<T: Ord>(list: &mut Vec<(T, u64)>, item: T, number: u64) {
    if let Err(place) = list.binary_search_by(|it| it.0.cmp(&item)) {
        list.insert(place, (item, number));
    }
}

/// The row that a record says has changed.
pub(super) fn row_key(record: &Record, plan: &Plan) -> Option<RowKey> {
    let What::Changed { table, row, .. } = &record.what else { return None };
    let schema = plan.scenario.services.get(record.node as usize)?.tables.get(*table as usize)?;
    Some((record.node, *table, row[schema.key].clone()))
}
