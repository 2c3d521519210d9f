//! `tables` of a service: their shape and their first rows.

use std::sync::Arc;

use super::keys::{Keys, list, mapping};
use super::messages::field_kind;
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::values;
use crate::base::{limits, sorted};
use crate::language::diagnostic::Place;
use crate::language::expression::{Environment, Expression, Shape, Type};
use crate::language::scenario::TableSchema;
use crate::language::value::Value;
use crate::language::yaml::{Content, Entry, Key, Node};

/// The keys of a table.
pub(super) const KEYS: &[&str] = &["key", "rows", "columns", "mirrors", "memory"];

/// A table that has been declared, and the node that says what it mirrors.
pub(super) struct Declared<'n> {
    /// Its schema, still without `mirrors`.
    pub(super) schema: TableSchema,
    /// Its shape for expressions.
    pub(super) shape: Arc<Shape>,
    /// What stands behind `mirrors`.
    pub(super) mirrors: Option<&'n Node>,
}

/// Declares the tables of a service.
pub(super) fn declare_all<'n>(
    report: &mut Report<'_>,
    names: &Names,
    node: &'n Node,
    instances: u32,
) -> Vec<Declared<'n>> {
    let mut tables = Vec::new();
    for Entry { key, value } in mapping(report, node, node.place) {
        if declare(report, key, Spelling::Dashed)
            && names.knobs.iter().any(|it| it.name == key.text)
        {
            report.say(key.place, "a knob has this name already", "another name");
        }
        tables.push(table(report, names, (key, instances), value));
    }
    tables
}

fn table<'n>(
    report: &mut Report<'_>,
    names: &Names,
    (name, instances): (&Key, u32),
    node: &'n Node,
) -> Declared<'n> {
    let keys = Keys::open(report, node, name.place, KEYS);
    let memory = keys.get("memory").and_then(|it| report.truth(it)).unwrap_or(false);
    // First rows may use knobs, and nothing else: they are the same for every run with these knobs.
    let environment = Environment { chance: false, services: &[], ..names.environment() };
    let mut columns = keys.get("columns").map_or_else(Vec::new, |it| named_columns(report, it));
    let rows = keys.get("rows").map_or(&[] as &[Node], |it| list(report, it, "a list of rows"));
    if limits::TABLE_ROWS_MAX < rows.len() {
        let most = ["at most ", &limits::TABLE_ROWS_MAX.to_string()].concat();
        report.say(name.place, "the table has too many rows", most);
    }
    for row in rows {
        infer_columns(report, row, &environment, &mut columns);
    }
    let key = key_column(report, &keys, &mut columns);
    report.at_start = true;
    let cells: Vec<Vec<Expression>> =
        rows.iter().map(|it| cells(report, it, &environment, &columns)).collect();
    report.at_start = false;
    check_keys(report, rows, &cells, key, &columns[key].0);
    let schema = TableSchema {
        name: name.text.clone(),
        columns: columns.iter().map(|it| Arc::clone(&it.0)).collect(),
        key,
        rows: cells,
        memory,
        mirrors: None,
    };
    let shape = Arc::new(Shape {
        name: Arc::from(name.text.as_str()),
        columns,
        key,
        apart: memory && instances > 1,
    });
    Declared { schema, shape, mirrors: keys.get("mirrors") }
}

/// The columns that `columns` names, as a list or with their types.
fn named_columns(report: &mut Report<'_>, node: &Node) -> Vec<(Arc<str>, Type)> {
    let mut columns: Vec<(Arc<str>, Type)> = Vec::new();
    match &node.content {
        Content::List(items) => {
            for item in items {
                let Some(text) = report.text(item, "the name of a column") else { continue };
                declare(report, &Key { text: text.to_owned(), place: item.place }, Spelling::Word);
                if columns.iter().any(|(it, _)| &**it == text) {
                    report.say(item.place, "the same column stands here twice", "each column once");
                } else {
                    columns.push((Arc::from(text), Type::Any));
                }
            }
        }
        _ => {
            for Entry { key, value } in mapping(report, node, node.place) {
                declare(report, key, Spelling::Word);
                let kind = field_kind(report, value).map_or(Type::Any, Type::of_field);
                columns.push((Arc::from(key.text.as_str()), kind));
            }
        }
    }
    columns
}

/// Learns columns and their types from a row.
fn infer_columns(
    report: &mut Report<'_>,
    row: &Node,
    environment: &Environment<'_>,
    columns: &mut Vec<(Arc<str>, Type)>,
) {
    for Entry { key, value } in mapping(report, row, row.place) {
        let kind = values::kind_of(value, environment);
        let kind = if kind.is_scalar() { kind } else { Type::Any };
        let Some((_, known)) = columns.iter_mut().find(|(it, _)| **it == key.text) else {
            declare(report, key, Spelling::Word);
            columns.push((Arc::from(key.text.as_str()), kind));
            continue;
        };
        match (&*known, &kind) {
            (Type::Any | Type::Null, _) | (Type::Int, Type::Float) => *known = kind,
            // What does not fit is said when the cell is compiled.
            _ => {}
        }
    }
}

/// The column that `key` names. A table without one gets one, so that the rest can be checked.
fn key_column(
    report: &mut Report<'_>,
    keys: &Keys<'_>,
    columns: &mut Vec<(Arc<str>, Type)>,
) -> usize {
    if let Some(node) = keys.need(report, "key", "column")
        && let Some(text) = report.text(node, "the name of a column")
    {
        if let Some(found) = columns.iter().position(|(it, _)| &**it == text) {
            return found;
        }
        let near = crate::language::nearest::nearest(text, columns.iter().map(|(it, _)| &**it));
        if let Some(near) = near {
            report.findings.push(
                node.place,
                "unknown column".to_owned(),
                "a column of this table".to_owned(),
                Some(near.to_owned()),
            );
            return columns.iter().position(|(it, _)| &**it == near).unwrap_or(0);
        }
        declare(report, &Key { text: text.to_owned(), place: node.place }, Spelling::Word);
        columns.insert(0, (Arc::from(text), Type::Any));
        return 0;
    }
    if columns.is_empty() {
        columns.push((Arc::from("key"), Type::Any));
    }
    0
}

/// The cells of a row, in the order of the columns.
fn cells(
    report: &mut Report<'_>,
    row: &Node,
    environment: &Environment<'_>,
    columns: &[(Arc<str>, Type)],
) -> Vec<Expression> {
    let entries = match &row.content {
        Content::Mapping(entries) => entries.as_slice(),
        Content::Scalar(_) | Content::List(_) => &[],
    };
    let cell =
        |(name, kind): &(Arc<str>, Type)| match entries.iter().find(|it| it.key.text == **name) {
            Some(entry) => values::value(report, &entry.value, environment, kind),
            None => Expression::constant(Value::Null),
        };
    columns.iter().map(cell).collect()
}

/// Every row needs a key, and one of its own.
fn check_keys(
    report: &mut Report<'_>,
    rows: &[Node],
    cells: &[Vec<Expression>],
    key: usize,
    column: &str,
) {
    let mut seen = Vec::new();
    for (node, row) in rows.iter().zip(cells) {
        let Some(value) = row[key].as_constant() else { continue };
        let place = place_of(node, column);
        if *value == Value::Null {
            report.say(place, "the row has no key", ["`", column, "` with a value"].concat());
        } else if !sorted::insert(&mut seen, value) {
            report.say(place, "another row has the same key", "a key of its own for each row");
        }
    }
}

/// Where a row's cell stands, or the row when it has none.
fn place_of(row: &Node, column: &str) -> Place {
    let entries =
        if let Content::Mapping(entries) = &row.content { entries.as_slice() } else { &[] };
    let cell = entries.iter().find(|it| it.key.text == column);
    cell.or(entries.first())
        .map_or(row.place, |it| if it.key.text == column { it.value.place } else { it.key.place })
}
