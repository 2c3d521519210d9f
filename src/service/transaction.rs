//! What a handler does in one piece: all of it, or nothing.
//!
//! Nothing waits inside, so there is no transaction between two reactions, and nobody sees a half-done one. It keeps
//! what it changes as it was, and puts that back when a step fails.

use std::sync::Arc;

use super::effect::Duty;
use super::machine::Service;
use crate::base::limits::TABLE_ROWS_MAX;
use crate::language::scenario::TableId;
use crate::language::{Table, Value};

/// Changes that may still be taken back.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Transaction {
    /// What is to be kept as done when it succeeds.
    once: Option<Value>,
    /// Wishes before it began.
    effects: usize,
    /// The service's version before it began.
    version: u64,
    /// Rows as they were, the latest change last.
    rows: Vec<Before>,
    /// Intents that were decided in it.
    decided: Vec<u64>,
}

/// A row as it was, or its absence.
#[derive(Clone, Debug, PartialEq)]
struct Before {
    instance: usize,
    table: TableId,
    key: Value,
    row: Option<Arc<[Value]>>,
}

/// The keys of what was done once, as the service keeps them.
pub(super) fn no_keys() -> Table {
    Table::new(Arc::from([Arc::from("key")]), 0)
}

impl Service {
    /// Begins a transaction.
    pub(super) fn begin(&mut self, once: Option<Value>, duty: &Duty<'_>) {
        let effects = duty.effects.len();
        let version = self.version;
        let (rows, decided) = (Vec::new(), Vec::new());
        self.transaction = Some(Transaction { once, effects, version, rows, decided });
    }

    /// Begins a transaction that is done only once for a key at this place of the handler. False when it is done.
    ///
    /// # Errors
    /// Why no more keys can be kept.
    pub(super) fn begin_once(
        &mut self,
        place: (usize, usize),
        key: Value,
        duty: &Duty<'_>,
    ) -> Result<bool, String> {
        let [handler, at] = <[usize; 2]>::from(place)
            .map(|it| Value::Int(i64::try_from(it).expect("law: handlers are short")));
        let key = Value::List(Arc::from([handler, at, key]));
        if self.done.get(&key).is_some() {
            return Ok(false);
        }
        if self.done.len() >= TABLE_ROWS_MAX {
            return Err(format!("`once` has {TABLE_ROWS_MAX} keys already (TABLE_ROWS_MAX)"));
        }
        self.begin(Some(key), duty);
        Ok(true)
    }

    /// Makes the changes final.
    pub(super) fn commit(&mut self) {
        if let Some(key) = self.transaction.take().and_then(|it| it.once) {
            self.done.put(Arc::from([key]));
        }
    }

    /// Takes the changes back, if there is a transaction.
    pub(super) fn roll_back(&mut self, duty: &mut Duty<'_>) {
        let Some(transaction) = self.transaction.take() else { return };
        for Before { instance, table, key, row } in transaction.rows.into_iter().rev() {
            match row {
                Some(row) => self.table_mut(instance, table).put(row),
                None => self.table_mut(instance, table).remove(&key),
            };
        }
        for intent in transaction.decided {
            self.decided.remove(&intent);
        }
        self.version = transaction.version;
        duty.effects.truncate(transaction.effects);
    }

    /// Notes how a row is before it is changed.
    pub(super) fn note_row(&mut self, (instance, table): (usize, TableId), key: &Value) {
        if self.transaction.is_none() {
            return;
        }
        let row = self.table(instance, table).get(key).cloned();
        if let Some(transaction) = &mut self.transaction {
            transaction.rows.push(Before { instance, table, key: key.clone(), row });
        }
    }

    /// Notes that an intent is being decided.
    pub(super) fn note_decided(&mut self, intent: u64) {
        if let Some(transaction) = &mut self.transaction
            && !self.decided.contains_key(&intent)
        {
            transaction.decided.push(intent);
        }
    }
}
