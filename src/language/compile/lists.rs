//! `list`: the rows of a service's table on a screen.

use super::keys::{self, Keys};
use super::names::Names;
use super::report::Report;
use super::values;
use super::words;
use crate::language::expression::Type;
use crate::language::scenario::{List, Refresh};
use crate::language::yaml::{Entry, Node};

/// The keys of a list on a screen.
pub(super) const LIST_KEYS: &[&str] = &["list", "columns", "label", "refresh"];

/// Compiles an item of a screen that begins with `list`.
pub(super) fn list(
    report: &mut Report<'_>,
    names: &Names,
    (entry, item): (&Entry, &Node),
) -> Option<List> {
    let keys = Keys::open(report, item, entry.key.place, LIST_KEYS);
    let label = keys.get("label").and_then(|it| report.label(it));
    let refresh = match keys.get("refresh") {
        Some(node) => {
            Refresh::Every(values::value(report, node, &names.environment(), &Type::Duration))
        }
        None => Refresh::Push,
    };
    let (service, table) = names.table(report, &entry.value)?;
    let shape = &names.services[service].tables[table];
    let mut columns = Vec::new();
    for node in
        keys.get("columns").map_or(&[] as &[Node], |it| keys::list(report, it, "a list of columns"))
    {
        let Some(name) = report.text(node, "the name of a column") else { continue };
        match shape.column(name) {
            Some(column) => columns.push(column),
            None => report.findings.unknown(
                node.place,
                &["column of `", &shape.name, "`"].concat(),
                name,
                shape.names(),
            ),
        }
    }
    if keys.get("columns").is_none() {
        columns = (0..shape.columns.len()).collect();
    }
    Some(List {
        label: label.unwrap_or_else(|| words::label(&shape.name)),
        service,
        table,
        columns,
        refresh,
    })
}
