//! What the names in an expression can mean at one place of a scenario.

use std::sync::Arc;

use super::types::{Shape, Type};
use crate::language::scenario::{Knob, Message, ServiceId};

/// A local variable of a handler.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    /// Its name.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) kind: Type,
    /// Its index among the handler's locals.
    pub(crate) slot: usize,
}

/// The tables of a service.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServiceShape {
    /// The service's name.
    pub(crate) name: String,
    /// Its tables.
    pub(crate) tables: Vec<Arc<Shape>>,
}

/// What names mean.
#[derive(Clone, Copy, Default)]
pub(crate) struct Environment<'e> {
    /// The knobs.
    pub(crate) knobs: &'e [Knob],
    /// The message that is being handled: `msg`.
    pub(crate) message: Option<&'e Message>,
    /// The types of its fields.
    pub(crate) field_types: &'e [Type],
    /// The locals that can be seen.
    pub(crate) locals: &'e [Local],
    /// The row that is being changed: `row`.
    pub(crate) row: Option<&'e Arc<Shape>>,
    /// All services and their tables.
    pub(crate) services: &'e [ServiceShape],
    /// The service whose tables can be named alone.
    pub(crate) own: Option<ServiceId>,
    /// May the tables of all services be read, as `service.table`?
    pub(crate) all_tables: bool,
    /// May chance be drawn?
    pub(crate) chance: bool,
}

impl<'e> Environment<'e> {
    /// The tables that can be named alone.
    pub(super) fn own_tables(&self) -> &'e [Arc<Shape>] {
        self.own.and_then(|it| self.services.get(it)).map_or(&[], |it| &it.tables)
    }

    /// The names that contain a dash.
    pub(super) fn dashed_names(&self) -> Vec<&'e str> {
        let tables = self.services.iter().flat_map(|it| &it.tables).map(|it| &*it.name);
        let names = self.services.iter().map(|it| it.name.as_str()).chain(tables);
        names.filter(|it| it.contains('-')).collect()
    }

    /// All names that mean something by themselves.
    pub(super) fn names(&self) -> Vec<&'e str> {
        let mut names = vec!["now"];
        names.extend(self.own.map(|_| "self"));
        names.extend(self.message.map(|_| "msg"));
        names.extend(self.row.map(|_| "row"));
        names.extend(self.locals.iter().map(|it| it.name.as_str()));
        names.extend(self.own_tables().iter().map(|it| &*it.name));
        names.extend(self.knobs.iter().map(|it| it.name.as_str()));
        if self.all_tables {
            names.extend(self.services.iter().map(|it| it.name.as_str()));
        }
        names
    }
}
