//! Guards at the authority: is the row on which a person has decided still as the person saw it?
//!
//! A message from a screen may say what the person saw ([`Expected`]). It is held against the row whenever its handler
//! begins or goes on, until the handler has changed a table or decided: in between nobody else gets a turn, so that
//! nothing can slip through. Reservations stand here, too. It knows no screens.

use std::collections::VecDeque;
use std::sync::Arc;

use super::effect::{Cause, Decision, Duty, Effect};
use super::envelope::{Intent, Verdict};
use super::machine::{Running, Service};
use crate::base::Time;
use crate::interaction::Guard;
use crate::language::Value;
use crate::language::scenario::{ServiceId, TableId};

/// What a person saw of the row that an intent is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Whose row.
    pub service: ServiceId,
    /// In which of its tables.
    pub table: TableId,
    /// The row's key.
    pub key: Value,
    /// How the decision is guarded.
    pub guard: Guard,
    /// The cells that the screen showed, by column of the authority's table; nothing if it showed no such row.
    pub cells: Vec<(usize, Value)>,
    /// Fields of the message that are named like columns that the screen shows, with these.
    pub named: Vec<(usize, usize)>,
    /// Those that the person has left as the screen showed them.
    pub unchanged: Vec<(usize, usize)>,
}

impl Expected {
    /// Does a change of the row put what the message says over what somebody else has put there since the person
    /// looked? Who merges means that, and who reserves has looked again.
    pub(super) fn is_overwritten(
        &self,
        old: Option<&[Value]>,
        new: &[Value],
        said: &[Value],
    ) -> bool {
        let differs = |(field, column): &(usize, usize)| {
            let seen = self.cells.iter().find(|it| it.0 == *column).map(|it| &it.1);
            let is = old.map(|it| &it[*column]);
            is != seen && is != Some(&new[*column]) && new[*column] == said[*field]
        };
        !matches!(self.guard, Guard::Merge | Guard::Reserve) && self.named.iter().any(differs)
    }
}

/// A row that is kept for an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// In which table.
    pub table: TableId,
    /// The row's key.
    pub key: Value,
    /// For which intent.
    pub intent: u64,
    /// Until when.
    pub until: Time,
    /// Who wants it next.
    pub next: VecDeque<(Intent, Arc<Expected>)>,
}

impl Service {
    /// Keeps a row for an intent. If it is kept for another one, this one stands in line.
    pub fn hold(&mut self, intent: Intent, expected: &Arc<Expected>, now: Time) -> bool {
        let until = now + Guard::HOLD;
        let (table, key, id) = (expected.table, expected.key.clone(), intent.id);
        match self.holds.iter_mut().find(|it| it.table == table && it.key == key) {
            Some(hold) if hold.intent != id && now < hold.until => {
                if hold.next.iter().all(|it| it.0.id != id) {
                    hold.next.push_back((intent, expected.clone()));
                }
                return false;
            }
            Some(hold) => {
                (hold.intent, hold.until) = (id, until);
                hold.next.retain(|it| it.0.id != id);
            }
            None => self.holds.push(Hold { table, key, intent: id, until, next: VecDeque::new() }),
        }
        true
    }

    /// A handler begins or goes on: refuses the intent if the row is not as it should be, and tells whether it did.
    pub(super) fn meets_no_objection(
        &mut self,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> bool {
        let Some(reason) = self.objection(running, duty.now) else { return true };
        let envelope = &running.envelope;
        let Some(intent) = envelope.intent else { return true };
        let verdict = Verdict { accepted: false, reason: reason.into() };
        let (how, cause) = (Decision::Conflict, Cause::of(envelope));
        self.keep_verdict(intent, &verdict, cause, duty);
        duty.effects.push(Effect::Decided { intent, verdict, how, cause });
        false
    }

    fn objection(&self, running: &mut Running, now: Time) -> Option<String> {
        let expected = running.envelope.expected.clone().filter(|it| it.service == self.id)?;
        let intent = running.envelope.intent?.id;
        let fits =
            |it: &&Hold| now < it.until && it.table == expected.table && it.key == expected.key;
        let hold = self.holds.iter().find(fits);
        if hold.is_some_and(|it| it.intent != intent) {
            return Some("it is kept for somebody else".to_owned());
        }
        let table = self.table(running.instance, expected.table);
        let row = table.get(&expected.key);
        match expected.guard {
            Guard::Reserve if hold.is_none() => Some("it is not kept for you any more".to_owned()),
            Guard::Version => {
                let changed = expected.cells.iter().filter_map(|(column, seen)| {
                    let Some(row) = row else { return Some("it is gone".to_owned()) };
                    let (name, is) = (&table.columns[*column], &row[*column]);
                    (is != seen).then(|| {
                        [name, " is ", &is.to_string(), ", you saw ", &seen.to_string()].concat()
                    })
                });
                let mut changed: Vec<String> = changed.collect();
                changed.dedup();
                if expected.cells.is_empty() && row.is_some() {
                    changed.push("it is there already".to_owned());
                }
                (!changed.is_empty()).then(|| changed.join("; "))
            }
            Guard::Merge => {
                let (row, unchanged) = (row?.clone(), &expected.unchanged);
                running.envelope.content.set(unchanged.iter().map(|it| (it.0, row[it.1].clone())));
                None
            }
            _ => None,
        }
    }

    /// A handler changes a row: tells whether that is what its person had not seen.
    pub(super) fn note_overwritten(
        &self,
        table: TableId,
        old: Option<&[Value]>,
        new: &[Value],
        running: &Running,
        duty: &mut Duty<'_>,
    ) {
        let (Some(saw), Some(intent)) = (&running.saw, running.envelope.intent) else { return };
        let key = &new[self.table(running.instance, table).key];
        let is_it = (saw.service, saw.table, &saw.key) == (self.id, table, key);
        if is_it && saw.is_overwritten(old, new, running.envelope.content.body()) {
            duty.effects.push(Effect::Overwritten { intent: intent.id });
        }
    }

    /// An intent is decided: what was kept for it is kept for the next in line, if there is one.
    pub(super) fn release(&mut self, intent: u64, cause: Cause, duty: &mut Duty<'_>) {
        for hold in &mut self.holds {
            hold.next.retain(|it| it.0.id != intent);
            if hold.intent != intent {
                continue;
            }
            if let Some((next, expected)) = hold.next.pop_front() {
                (hold.intent, hold.until) = (next.id, duty.now + Guard::HOLD);
                duty.effects.push(Effect::Held { intent: next, table: expected.table, cause });
            }
        }
        self.holds.retain(|it| it.intent != intent);
    }
}
