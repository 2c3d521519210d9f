//! Names and members: what they mean at this place.

use std::sync::Arc;

use super::check::{Checker, Subject};
use super::code::{Code, TableRef};
use super::environment::Environment;
use super::syntax::{Kind, Range, Syntax};
use super::types::{Shape, Type};
use crate::language::value::Value;

impl Checker<'_> {
    /// What a name alone means.
    pub(super) fn name(&mut self, range: Range, name: &str) -> Subject {
        let environment = self.environment;
        if let Some(depth) = self.bound.iter().rposition(|(it, _)| it == name) {
            return Subject::Value(Code::Bound(depth), self.bound[depth].1.clone());
        }
        if let Some(local) = environment.locals.iter().rfind(|it| it.name == name) {
            return Subject::Value(Code::Local(local.slot), local.kind.clone());
        }
        if let (Some(service), Some(table)) =
            (environment.own, environment.own_tables().iter().position(|it| &*it.name == name))
        {
            return table_of(environment, service, table);
        }
        if let Some(knob) = environment.knobs.iter().position(|it| it.name == name) {
            return Subject::Value(Code::Knob(knob), Type::of_knob(&environment.knobs[knob]));
        }
        if let Some(service) = environment.services.iter().position(|it| it.name == name) {
            if environment.all_tables {
                return Subject::Service(service);
            }
            let (code, kind) = self.wrong(
                range,
                "only the service itself sees its tables",
                "a table of this service, or a message that asks",
            );
            return Subject::Value(code, kind);
        }
        if let ("self", Some(service)) = (name, environment.own) {
            let name = Value::text(environment.services[service].name.as_str());
            return Subject::Value(Code::Constant(name), Type::Text);
        }
        let (message, expected) = match name {
            "now" => return Subject::Value(Code::Now, Type::Duration),
            "msg" if environment.message.is_some() => ("`msg` alone is not a value", "`msg.field`"),
            "row" if environment.row.is_some() => ("`row` alone is not a value", "`row.column`"),
            "msg" => ("there is no message here", "`msg` only in a handler"),
            "self" => ("this belongs to no service", "`self` only in a handler"),
            "row" => ("there is no row here", "`row` only in `set` of an update or upsert"),
            _ => {
                let bound = self.bound.clone();
                let mut names: Vec<&str> = bound.iter().map(|(name, _)| name.as_str()).collect();
                names.extend(environment.names());
                return self.unknown(range, "unknown name", name, &names);
            }
        };
        let (code, kind) = self.wrong(range, message, expected);
        Subject::Value(code, kind)
    }

    /// What `value.name` means.
    pub(super) fn member(&mut self, value: &Syntax, name: &str, at: Range) -> Subject {
        let environment = self.environment;
        if let Kind::Name(base) = &value.kind
            && !self.bound.iter().any(|(it, _)| it == base)
        {
            match (base.as_str(), environment.message, environment.row) {
                ("msg", Some(message), _) => {
                    let Some(field) = message.fields.iter().position(|it| it.name == name) else {
                        let names: Vec<&str> =
                            message.fields.iter().map(|it| it.name.as_str()).collect();
                        let text = ["`", &message.name, "` has no such field"].concat();
                        return self.unknown(at, &text, name, &names);
                    };
                    return Subject::Value(
                        Code::Field(field),
                        environment.field_types.get(field).cloned().unwrap_or(Type::Any),
                    );
                }
                ("row", _, Some(shape)) => {
                    return match self.column(shape, name, at) {
                        Ok((column, kind)) => Subject::Value(Code::Cell(column), kind),
                        Err(unknown) => unknown,
                    };
                }
                _ => {}
            }
        }
        match self.subject(value) {
            Subject::Service(service) => {
                let tables = &environment.services[service].tables;
                if let Some(table) = tables.iter().position(|it| &*it.name == name) {
                    if tables[table].apart {
                        self.say(at, "each instance has its own such table", APART);
                    }
                    return table_of(environment, service, table);
                }
                let names: Vec<&str> = tables.iter().map(|it| &*it.name).collect();
                let text =
                    ["`", &environment.services[service].name, "` has no such table"].concat();
                self.unknown(at, &text, name, &names)
            }
            Subject::Table(_, shape) => {
                let expected = ["`", &shape.name, "[key].", name, "`"].concat();
                let (code, kind) = self.wrong(
                    at,
                    "a table has no columns of its own, only its rows have",
                    &expected,
                );
                Subject::Value(code, kind)
            }
            Subject::Value(code, Type::Row(shape)) => match self.column(&shape, name, at) {
                Ok((column, kind)) => Subject::Value(cell(code, column), kind),
                Err(unknown) => unknown,
            },
            Subject::Value(code, Type::Any) => Subject::Value(code, Type::Any),
            Subject::Value(_, kind) => {
                let (code, kind) =
                    self.wrong(at, &[&kind.word(), " has no fields"].concat(), "a row");
                Subject::Value(code, kind)
            }
        }
    }

    fn column(
        &mut self,
        shape: &Arc<Shape>,
        name: &str,
        at: Range,
    ) -> Result<(usize, Type), Subject> {
        if let Some(column) = shape.column(name) {
            return Ok((column, shape.columns[column].1.clone()));
        }
        let names: Vec<&str> = shape.names().collect();
        Err(self.unknown(at, &["`", &shape.name, "` has no such column"].concat(), name, &names))
    }
}

/// What can be looked at from outside of a service.
pub(crate) const APART: &str = "a table without `memory`, or a service with one instance";

fn table_of(environment: &Environment<'_>, service: usize, table: usize) -> Subject {
    let shape = Arc::clone(&environment.services[service].tables[table]);
    Subject::Table(TableRef { service, table, name: Arc::clone(&shape.name) }, shape)
}

/// A cell of a row; of a row in a table without looking at the others.
fn cell(row: Code, column: usize) -> Code {
    match row {
        Code::TableRow(lookup) => Code::TableCell(lookup, column),
        row => Code::RowCell(Box::new(row), column),
    }
}
