//! `messages`: what travels.

use super::keys::{Keys, mapping};
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::values;
use crate::language::expression::{Environment, Type};
use crate::language::scenario::{BUILT_IN_MESSAGES, Field, FieldKind, Message, MessageKind};
use crate::language::yaml::{Entry, Node};

/// The keys of a message.
pub(super) const KEYS: &[&str] = &["kind", "fields", "size"];

/// The words behind `kind`.
pub(super) const KINDS: &[(&str, MessageKind)] = &[
    ("command", MessageKind::Command),
    ("event", MessageKind::Event),
    ("query", MessageKind::Query),
    ("reply", MessageKind::Reply),
    ("document", MessageKind::Document),
];

/// The types of fields and columns.
pub(super) const TYPES: &[(&str, FieldKind)] = &[
    ("id", FieldKind::Id),
    ("text", FieldKind::Text),
    ("int", FieldKind::Int),
    ("float", FieldKind::Float),
    ("bool", FieldKind::Bool),
    ("duration", FieldKind::Duration),
];

/// Declares all messages.
pub(super) fn declare_all(report: &mut Report<'_>, names: &mut Names, entry: &Entry) {
    for Entry { key, value } in mapping(report, &entry.value, entry.key.place) {
        declare(report, key, Spelling::Word);
        if BUILT_IN_MESSAGES.contains(&key.text.as_str()) {
            report.say(
                key.place,
                "every scenario has a message of this name already",
                "another name",
            );
        }
        let keys = Keys::open(report, value, key.place, KEYS);
        let words: Vec<&str> = KINDS.iter().map(|it| it.0).collect();
        let kind = keys
            .need(report, "kind", "command")
            .and_then(|it| report.word(it, "kind of message", &words));
        let kind = kind.map_or(MessageKind::Document, |it| KINDS[it].1);
        let (fields, types) =
            keys.get("fields").map_or_else(Default::default, |it| fields(report, it));
        let mut message = Message { name: key.text.clone(), kind, fields, size: None };
        message.size = keys.get("size").map(|it| {
            let environment = Environment {
                knobs: &names.knobs,
                message: Some(&message),
                field_types: &types,
                ..Environment::default()
            };
            values::value(report, it, &environment, &Type::Int)
        });
        names.messages.push(message);
        names.field_types.push(types);
        names.message_places.push(key.place);
    }
}

/// The fields, and their types for expressions.
fn fields(report: &mut Report<'_>, node: &Node) -> (Vec<Field>, Vec<Type>) {
    let (mut fields, mut types) = (Vec::new(), Vec::new());
    for Entry { key, value } in mapping(report, node, node.place) {
        declare(report, key, Spelling::Word);
        let kind = field_kind(report, value);
        types.push(kind.map_or(Type::Any, Type::of_field));
        fields.push(Field { name: key.text.clone(), kind: kind.unwrap_or(FieldKind::Text) });
    }
    (fields, types)
}

/// The type that a scalar names.
pub(super) fn field_kind(report: &mut Report<'_>, node: &Node) -> Option<FieldKind> {
    let words: Vec<&str> = TYPES.iter().map(|it| it.0).collect();
    report.word(node, "type", &words).map(|it| TYPES[it].1)
}
