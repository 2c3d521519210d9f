//! `knobs`: what can be turned while a scenario runs.

use super::keys::{Keys, list, mapping};
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::values;
use super::words::label;
use crate::base::limits;
use crate::interaction::PRESETS;
use crate::language::expression::Type;
use crate::language::scenario::{Knob, KnobKind};
use crate::language::value::Value;
use crate::language::yaml::{Entry, Node};

/// The keys of a knob.
pub(super) const KEYS: &[&str] = &["label", "type", "default", "min", "max", "options"];

/// The words behind `type`.
pub(super) const KINDS: &[&str] = &["bool", "int", "float", "duration", "choice", "interaction"];

/// Declares all knobs.
pub(super) fn declare_all(report: &mut Report<'_>, names: &mut Names, entry: &Entry) {
    for Entry { key, value } in mapping(report, &entry.value, entry.key.place) {
        declare(report, key, Spelling::Word);
        let keys = Keys::open(report, value, key.place, KEYS);
        let given = keys.get("label").and_then(|it| report.label(it));
        let label = given.unwrap_or_else(|| label(&key.text));
        let kind = keys
            .need(report, "type", "int")
            .and_then(|it| report.word(it, "type of a knob", KINDS));
        let (kind, default) = match kind.map(|it| KINDS[it]) {
            Some("bool") => switch(report, &keys),
            Some("int") => int(report, &keys),
            Some("float") => float(report, &keys),
            Some("duration") => duration(report, &keys),
            Some("choice") => choice(report, &keys),
            Some("interaction") => interaction(report, &keys),
            _ => nothing(),
        };
        names.knobs.push(Knob {
            name: key.text.clone(),
            label,
            kind,
            default,
            at_start_only: false,
        });
    }
}

fn switch(report: &mut Report<'_>, keys: &Keys<'_>) -> (KnobKind, Value) {
    refuse(report, keys, &["min", "max", "options"]);
    (KnobKind::Bool, literal(report, keys, "default", &Type::Bool).unwrap_or(Value::Bool(false)))
}

fn int(report: &mut Report<'_>, keys: &Keys<'_>) -> (KnobKind, Value) {
    refuse(report, keys, &["options"]);
    let [min, max, default] = three(report, keys, &Type::Int).map(|it| match it {
        Some(Value::Int(it)) => it,
        _ => 0,
    });
    (KnobKind::Int { min, max }, Value::Int(default))
}

fn float(report: &mut Report<'_>, keys: &Keys<'_>) -> (KnobKind, Value) {
    refuse(report, keys, &["options"]);
    let [min, max, default] = three(report, keys, &Type::Float).map(|it| match it {
        Some(Value::Float(it)) => it,
        _ => 0.0,
    });
    (KnobKind::Float { min, max }, Value::Float(default))
}

fn duration(report: &mut Report<'_>, keys: &Keys<'_>) -> (KnobKind, Value) {
    refuse(report, keys, &["options"]);
    let [min, max, default] = three(report, keys, &Type::Duration).map(|it| match it {
        Some(Value::Duration(it)) => it,
        _ => 0,
    });
    if keys.get("max").is_some() && limits::RUN_SPAN_MAX.as_micros() < max.unsigned_abs() {
        let expected = ["at most ", &limits::RUN_SPAN_MAX.to_string()].concat();
        report.say(
            keys.get("max").map_or(keys.place, |it| it.place),
            "longer than any run",
            expected,
        );
    }
    (KnobKind::Duration { min, max }, Value::Duration(default))
}

fn choice(report: &mut Report<'_>, keys: &Keys<'_>) -> (KnobKind, Value) {
    refuse(report, keys, &["min", "max"]);
    let Some(node) = keys.need(report, "options", "[one, two]") else { return nothing() };
    let items = list(report, node, "a list of words");
    let options: Vec<String> =
        items.iter().filter_map(|it| report.text(it, "a word")).map(str::to_owned).collect();
    if options.is_empty() {
        report.say(node.place, "there is nothing to choose", "at least one word");
        return nothing();
    }
    let words: Vec<&str> = options.iter().map(String::as_str).collect();
    let default = keys.get("default").and_then(|it| report.word(it, "option", &words)).unwrap_or(0);
    let default = Value::text(words[default]);
    (KnobKind::Choice { options }, default)
}

fn interaction(report: &mut Report<'_>, keys: &Keys<'_>) -> (KnobKind, Value) {
    refuse(report, keys, &["min", "max", "options"]);
    let presets: Vec<&str> = PRESETS.iter().map(|it| it.name).collect();
    let default =
        keys.get("default").and_then(|it| report.word(it, "interaction", &presets)).unwrap_or(0);
    (KnobKind::Interaction, Value::text(presets[default]))
}

/// A knob that cannot be read fits everywhere, so that nothing else is said about it.
fn nothing() -> (KnobKind, Value) {
    (KnobKind::Choice { options: Vec::new() }, Value::text(""))
}

/// `min`, `max` and `default`, which must lie between them.
fn three(report: &mut Report<'_>, keys: &Keys<'_>, wanted: &Type) -> [Option<Value>; 3] {
    let max = keys.need(report, "max", "…").and_then(|it| literal_of(report, it, wanted));
    let min = match keys.get("min") {
        Some(node) => literal_of(report, node, wanted),
        None => Some(zero(wanted)),
    };
    let default = match keys.get("default") {
        Some(node) => literal_of(report, node, wanted),
        None => min.clone(),
    };
    if let (Some(min), Some(max), Some(default)) = (&min, &max, &default) {
        if max < min {
            let place = keys.get("max").map_or(keys.place, |it| it.place);
            report.say(place, "`max` is below `min`", ["at least ", &min.to_string()].concat());
        } else if default < min || max < default {
            let place = keys.get("default").map_or(keys.place, |it| it.place);
            let expected = ["a value from ", &min.to_string(), " to ", &max.to_string()].concat();
            report.say(place, "the default is out of bounds", expected);
        }
    }
    [min, max, default]
}

fn zero(wanted: &Type) -> Value {
    match wanted {
        Type::Float => Value::Float(0.0),
        Type::Duration => Value::Duration(0),
        _ => Value::Int(0),
    }
}

fn literal(report: &mut Report<'_>, keys: &Keys<'_>, key: &str, wanted: &Type) -> Option<Value> {
    keys.get(key).and_then(|it| literal_of(report, it, wanted))
}

/// A literal; expressions mean nothing before there are knobs.
fn literal_of(report: &mut Report<'_>, node: &Node, wanted: &Type) -> Option<Value> {
    if node.scalar().is_some_and(|it| it.text.starts_with('=')) {
        report.say(node.place, "a knob cannot depend on anything", wanted.word());
        return None;
    }
    report.text(node, &wanted.word())?;
    values::literal(report, node, wanted)
}

/// Keys that mean nothing for this type.
fn refuse(report: &mut Report<'_>, keys: &Keys<'_>, refused: &[&str]) {
    for entry in refused.iter().filter_map(|it| keys.entry(it)) {
        report.say(
            entry.key.place,
            "this key means nothing for a knob of this type",
            "a knob without it",
        );
    }
}
