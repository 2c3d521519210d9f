//! `insert`, `update`, `upsert`, `delete`: changes of the service's own tables.

use std::sync::Arc;

use super::Verb;
use crate::language::compile::handlers::Block;
use crate::language::compile::keys::mapping;
use crate::language::expression::{Expression, Shape, Type};
use crate::language::scenario::{Step, TableId, Write};
use crate::language::value::Value;
use crate::language::yaml::{Content, Entry, Node, Scalar};

/// `insert: table`, `set: { key and other columns }`
pub(super) fn insert(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    let Some(name) = block.report.text(verb.node, "the name of a table") else { return };
    let (name, place) = (name.trim(), verb.node.place);
    let Some(table) = table(block, name, verb.node) else { return };
    let shape = Arc::clone(&block.names.services[block.service].tables[table]);
    let key_name = &shape.columns[shape.key].0;
    let mut set = columns(block, verb, &shape, None);
    let Some(at) = set.iter().position(|(column, _)| *column == shape.key) else {
        let expected = ["`", key_name, "` in `set`"].concat();
        block.report.say(
            place,
            ["a new row of `", &shape.name, "` needs its key"].concat(),
            expected,
        );
        return;
    };
    let (_, key) = set.remove(at);
    block.push(Step::Write { how: Write::Insert, table, key, set }, verb.place);
}

/// `update: table[key]`, `set: { columns }`
pub(super) fn update(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    change(block, verb, Write::Update);
}

/// `upsert: table[key]`, `set: { columns }`
pub(super) fn upsert(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    change(block, verb, Write::Upsert);
}

/// `delete: table[key]`
pub(super) fn delete(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    if let Some((table, key)) = row(block, verb) {
        block.push(Step::Delete { table, key }, verb.place);
    }
}

fn change(block: &mut Block<'_, '_>, verb: &Verb<'_>, how: Write) {
    let Some((table, key)) = row(block, verb) else { return };
    let shape = Arc::clone(&block.names.services[block.service].tables[table]);
    if verb.keys.get("set").is_none() && how == Write::Update {
        block.report.say(verb.place, "nothing is changed", "`set:` with columns");
    }
    let set = columns(block, verb, &shape, Some(&shape));
    if let Some(entry) = verb.keys.get("set").and_then(|it| key_entry(it, &shape)) {
        block.report.say(
            entry.key.place,
            "the key of a row cannot be changed",
            "the other columns",
        );
    }
    block.push(Step::Write { how, table, key, set }, verb.place);
}

fn key_entry<'n>(set: &'n Node, shape: &Shape) -> Option<&'n Entry> {
    let Content::Mapping(entries) = &set.content else { return None };
    entries.iter().find(|it| shape.column(&it.key.text) == Some(shape.key))
}

/// The table and the key that `table[key]` means.
fn row(block: &mut Block<'_, '_>, verb: &Verb<'_>) -> Option<(TableId, Expression)> {
    let text = block.report.text(verb.node, "a row: `table[key]`")?;
    let open = text.find('[').filter(|_| text.trim_end().ends_with(']'));
    let Some(open) = open else {
        block.report.say(
            verb.node.place,
            ["`", verb.name, "` needs a row"].concat(),
            "`table[key]`",
        );
        return None;
    };
    let name = text[..open].trim().trim_start_matches('=').trim_start();
    let table = table(block, name, verb.node)?;
    let wanted = block.names.services[block.service].tables[table].key_type();
    // The key is what stands between the brackets. Blanks in front of it keep its columns in the text.
    let end = text.trim_end().len() - 1;
    let blanks = text[..=open].chars().count();
    let key = [&" ".repeat(blanks), &text[open + 1..end]].concat();
    let content = Content::Scalar(Scalar { text: key, plain: true });
    let node = Node { content, ..verb.node.clone() };
    Some((table, block.expression(&node, &wanted)))
}

/// The table of this service with this name, which stands at the start of a node.
fn table(block: &mut Block<'_, '_>, name: &str, node: &Node) -> Option<TableId> {
    let tables = &block.names.services[block.service].tables;
    let found = tables.iter().position(|it| &*it.name == name);
    if found.is_none() {
        let place = block.report.findings.inside(node, 0, name.chars().count().max(1));
        block.report.findings.unknown(
            place,
            "table of this service",
            name,
            tables.iter().map(|it| &*it.name),
        );
    }
    found
}

/// The cells that `set` sets, by column.
fn columns(
    block: &mut Block<'_, '_>,
    verb: &Verb<'_>,
    shape: &Arc<Shape>,
    row: Option<&Arc<Shape>>,
) -> Vec<(usize, Expression)> {
    let Some(node) = verb.keys.get("set") else { return Vec::new() };
    let mut set = Vec::new();
    for Entry { key, value } in mapping(block.report, node, verb.place) {
        let Some(column) = shape.column(&key.text) else {
            let what = ["column of `", &shape.name, "`"].concat();
            block.report.findings.unknown(key.place, &what, &key.text, shape.names());
            continue;
        };
        let kind = &shape.columns[column].1;
        let expression = block.value(value, kind, row);
        if *kind == Type::Any {
            scalar_only(block, value, row);
        }
        if column == shape.key
            && matches!(expression.as_constant(), Some(Value::Null))
            && value.is_null()
        {
            block.report.say(value.place, "a key cannot be nothing", "a value");
        }
        set.push((column, expression));
    }
    set
}

/// Cells hold single values, also where their type is not known.
fn scalar_only(block: &mut Block<'_, '_>, node: &Node, row: Option<&Arc<Shape>>) {
    if row.is_none() && node.scalar().is_some_and(|it| it.text.starts_with('=')) {
        let (_, kind) = block.any_value(node);
        if !kind.is_scalar() {
            block.report.say(node.place, ["this is ", &kind.word()].concat(), "a single value");
        }
    }
}
