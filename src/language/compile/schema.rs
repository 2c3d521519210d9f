//! The JSON Schema of the language: what an editor needs to complete, explain and mark as one types.
//!
//! Its keys and words are those that the checker looks at, so that they cannot differ; the shapes behind the keys
//! stand here. It says less than the checker: scalars are typed by what they mean, which only the checker knows.

use serde_json::{Map, Value, json};

use super::steps::{self, STEPS};
use super::{
    about, channels, clients, clocks, faults, forms, habits, inbox, interactions, invariants,
    knobs, lists, logs, messages, network, receives, scenario, services, tables,
};
use crate::interaction::{PRESETS, choices};

/// The schema, draft 7: what editors' YAML support reads.
pub fn schema() -> Value {
    let mut root = mapping("scenario", scenario::KEYS, &["inflight", "title"]);
    let more = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A scenario of Inflight, version 1 of the language",
        "definitions": {
            "steps": list(json!({ "anyOf": STEPS.iter().map(step).collect::<Vec<_>>() })),
            "interaction": interaction(),
            // What a scalar means is seen when it is checked.
            "value": { "type": ["string", "number", "boolean", "null"] },
            "values": { "type": ["object", "null"], "additionalProperties": scalar() },
        },
    });
    if let (Value::Object(root), Value::Object(more)) = (&mut root, more) {
        root.extend(more);
    }
    // One text, whatever order another package of the build asks `serde_json` to keep.
    root.sort_all_objects();
    root
}

/// Something that is written in one piece, or nothing.
fn scalar() -> Value {
    json!({ "$ref": "#/definitions/value" })
}

/// Such things under names.
fn values() -> Value {
    json!({ "$ref": "#/definitions/values" })
}

/// One of these words.
fn word(words: impl IntoIterator<Item = &'static str>) -> Value {
    json!({ "enum": words.into_iter().collect::<Vec<_>>() })
}

/// One of these words, or an expression.
fn word_or_expression(words: impl IntoIterator<Item = &'static str>) -> Value {
    json!({ "anyOf": [word(words), { "type": "string", "pattern": "^=" }] })
}

fn list(item: impl Into<Value>) -> Value {
    let item: Value = item.into();
    json!({ "type": "array", "items": item })
}

/// A mapping with any names.
fn named(value: Value) -> Value {
    json!({ "type": "object", "additionalProperties": or_nothing(value) })
}

/// Nothing behind a key is as if the key were not there.
fn or_nothing(value: Value) -> Value {
    if value == scalar() || value == values() {
        return value;
    }
    json!({ "anyOf": [value, { "type": "null" }] })
}

fn steps() -> Value {
    json!({ "$ref": "#/definitions/steps" })
}

fn types() -> Value {
    word(messages::TYPES.iter().map(|it| it.0))
}

/// A mapping with these keys, some of which must be there.
fn mapping(owner: &str, keys: &[&'static str], needed: &[&str]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|it| ((*it).to_owned(), or_nothing(shape(owner, it)))).collect();
    let mut mapping =
        json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !needed.is_empty() {
        mapping["required"] = json!(needed);
    }
    mapping
}

fn step(kind: &steps::StepKind) -> Value {
    let keys: Vec<&str> = std::iter::once(kind.name).chain(kind.keys.iter().copied()).collect();
    mapping(["step ", kind.name].concat().as_str(), &keys, &[kind.name])
}

fn interaction() -> Value {
    let presets = PRESETS.iter().map(|it| it.name);
    let axes = mapping("interaction", interactions::KEYS, &[]);
    json!({ "anyOf": [word_or_expression(presets), axes] })
}

/// What stands behind a key of a mapping: one row for each that is more than a scalar.
fn shape(owner: &str, key: &str) -> Value {
    match (owner, key) {
        ("scenario", _) => section(key),
        ("channel", "kind") => word(channels::KINDS.iter().copied()),
        ("channel", "when_full") => word(channels::WHEN_FULL.iter().copied()),
        ("channel", "acknowledge") => word(channels::ACKNOWLEDGE.iter().copied()),
        ("channel", "retention") => mapping("retention", logs::RETENTION_KEYS, &[]),
        ("message", "kind") => word(messages::KINDS.iter().map(|it| it.0)),
        ("message", "fields") => named(types()),
        ("knob", "type") => word(knobs::KINDS.iter().copied()),
        ("knob" | "field", "options") | ("list", "columns") => list(scalar()),
        ("service", _) => service(key),
        ("table", "columns") => json!({ "anyOf": [named(types()), list(scalar())] }),
        ("table", "rows") => list(values()),
        ("receives", "match") | ("habit", "with") => values(),
        ("inbox", "order") => word(inbox::ORDERS.iter().copied()),
        ("client", "people") => json!({ "anyOf": [list(scalar()), scalar()] }),
        ("client" | "form", "interaction") => json!({ "$ref": "#/definitions/interaction" }),
        ("client", "clock") => mapping("clock", clocks::KEYS, &[]),
        ("client", "screen") => list(json!({ "anyOf": [
            mapping("form", forms::FORM_KEYS, &["form"]),
            mapping("list", lists::LIST_KEYS, &["list"]),
        ] })),
        ("client", "habits") => list(mapping("habit", habits::KEYS, &["submit"])),
        ("form", "fields") => {
            named(json!({ "anyOf": [mapping("field", forms::FIELD_KEYS, &[]), scalar()] }))
        }
        ("form", "about") => mapping("about", about::KEYS, &["list", "row"]),
        ("form", "outcome") => mapping("outcome", forms::OUTCOME_KEYS, &[]),
        ("interaction", "preset") => word_or_expression(PRESETS.iter().map(|it| it.name)),
        ("interaction", "key") => scalar(),
        ("interaction", part) => word_or_expression(choices(part)),
        ("network", "links") => list(mapping("link", network::LINK_KEYS, &[])),
        ("fault", "before") => mapping("before", faults::BEFORE_KEYS, &["in", "of", "step"]),
        ("fault", "partition") => list(list(scalar())),
        (owner, key) if owner.starts_with("step") => step_key(owner, key),
        _ => scalar(),
    }
}

/// What stands behind a key of the whole.
fn section(key: &str) -> Value {
    match key {
        "knobs" => named(mapping("knob", knobs::KEYS, &["type"])),
        "variants" => named(values()),
        "messages" => named(mapping("message", messages::KEYS, &["kind"])),
        "channels" => named(mapping("channel", channels::KEYS, &["kind"])),
        "services" => named(mapping("service", services::KEYS, &[])),
        "clients" => named(mapping("client", clients::KEYS, &[])),
        "network" => mapping("network", network::KEYS, &[]),
        "faults" => {
            let kinds = faults::HARMS.iter().map(|(harm, more)| {
                let keys = faults::KEYS.iter().chain([harm]).chain(more.iter());
                mapping("fault", &keys.copied().collect::<Vec<_>>(), &[harm])
            });
            named(json!({ "anyOf": kinds.collect::<Vec<_>>() }))
        }
        "invariants" => {
            let keys = invariants::KINDS.iter().map(|it| it.0);
            let keys: Vec<&str> = keys.chain(invariants::MORE_KEYS.iter().copied()).collect();
            named(mapping("invariant", &keys, &[]))
        }
        "lesson" => list(scalar()),
        "stage" => named(list(json!({ "type": "integer" }))),
        _ => scalar(),
    }
}

/// What stands behind a key of a service.
fn service(key: &str) -> Value {
    match key {
        "role" => word(services::ROLES.iter().map(|it| it.0)),
        "receives" => {
            let entry = mapping("receives", receives::KEYS, &["channel"]);
            list(json!({ "anyOf": [scalar(), entry] }))
        }
        "tables" => named(mapping("table", tables::KEYS, &[])),
        "inbox" => mapping("inbox", inbox::INBOX_KEYS, &["order"]),
        "shed" => mapping("shed", inbox::SHED_KEYS, &[]),
        "clock" => mapping("clock", clocks::KEYS, &[]),
        "start" => steps(),
        "handles" => named(steps()),
        _ => scalar(),
    }
}

/// What stands behind a key of a step.
fn step_key(owner: &str, key: &str) -> Value {
    match (owner, key) {
        (_, "then" | "else" | "do" | "fallback" | "atomic") => steps(),
        (_, "let" | "set" | "with") => values(),
        (_, "in") => json!({ "anyOf": [scalar(), list(scalar())] }),
        (_, "decide") => word(steps::answers::VERDICTS.iter().copied()),
        ("step reply", "reply") => json!({ "anyOf": [scalar(), mapping("nothing", &[], &[])] }),
        (_, "all") => {
            let keys: Vec<&str> =
                std::iter::once("call").chain(steps::CALL_KEYS.iter().copied()).collect();
            list(mapping("step call", &keys, &["call"]))
        }
        (_, "retry") => mapping("retry", steps::call::RETRY_KEYS, &["attempts"]),
        (_, "breaker") => mapping("breaker", steps::call::BREAKER_KEYS, &[]),
        _ => scalar(),
    }
}
