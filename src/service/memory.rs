//! Tables in memory: each instance has its own, and a new process begins with the first rows.

use super::machine::Service;
use crate::language::Table;
use crate::language::expression::Tables;
use crate::language::scenario::{self, ServiceId, TableId};

/// An instance's own tables.
pub(super) type Memory = Vec<(TableId, Table)>;

/// The tables that an instance sees, for expressions in its handlers.
pub(super) struct OwnTables<'a> {
    /// What all instances share.
    pub(super) shared: &'a [Table],
    /// What is its own.
    pub(super) memory: &'a Memory,
}

impl Tables for OwnTables<'_> {
    fn table(&self, _service: ServiceId, table: TableId) -> &Table {
        let own = self.memory.iter().find(|it| it.0 == table);
        own.map_or(&self.shared[table], |it| &it.1)
    }
}

impl Service {
    /// A table as an instance sees it.
    pub fn table(&self, instance: usize, table: TableId) -> &Table {
        let own = self.instances[instance].memory.iter().find(|it| it.0 == table);
        own.map_or(&self.tables[table], |it| &it.1)
    }

    pub(super) fn table_mut(&mut self, instance: usize, table: TableId) -> &mut Table {
        let own = self.instances[instance].memory.iter_mut().find(|it| it.0 == table);
        own.map_or(&mut self.tables[table], |it| &mut it.1)
    }

    /// Gives an instance the first rows of its own tables. Returns which these are.
    pub fn refresh(&mut self, instance: usize, definition: &scenario::Service) -> Vec<TableId> {
        let schemas = definition.tables.iter().enumerate().filter(|it| it.1.memory);
        let own: Vec<TableId> = schemas.map(|it| it.0).collect();
        self.instances[instance].memory =
            own.iter().map(|it| (*it, self.tables[*it].clone())).collect();
        own
    }
}
