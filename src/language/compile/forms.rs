//! `form`: what a person can fill in and send.

use std::sync::Arc;

use super::interactions;
use super::keys::{Keys, list, mapping};
use super::names::Names;
use super::report::{LABEL, Report};
use super::targets::{Way, is_routed, target};
use super::values;
use super::words;
use crate::language::diagnostic::Place;
use crate::language::expression::{Environment, Expression, Type};
use crate::language::scenario::{
    ChannelId, ChannelKind, Field, FieldKind, Form, FormField, MessageId, Outcome, OutcomeKey,
};
use crate::language::value::Value;
use crate::language::yaml::{Content, Entry, Node};

/// The keys of a form.
pub(super) const FORM_KEYS: &[&str] = &[
    "form",
    "label",
    "words",
    "to",
    "fields",
    "outcome",
    "interaction",
    "route",
    "about",
    "cancel",
];

/// The keys of a form's field.
pub(super) const FIELD_KEYS: &[&str] = &["min", "max", "default", "label", "options", "text"];

/// The keys of an outcome.
pub(super) const OUTCOME_KEYS: &[&str] = &["accepted", "refused", "by"];

/// Compiles an item of a screen that begins with `form`.
pub(super) fn form(
    report: &mut Report<'_>,
    names: &Names,
    (entry, item): (&Entry, &Node),
) -> Option<Form> {
    let place = entry.value.place;
    let keys = Keys::open(report, item, entry.key.place, FORM_KEYS);
    let message = names.message(report, &entry.value)?;
    let channel = match keys.get("to") {
        // A form may also say something to everybody.
        Some(node) if names.channel(&mut silent(), node).is_some_and(|it| names.is_topic(it)) => {
            target(report, names, (Way::Publish, message, place), Some(node))
        }
        to => target(report, names, (Way::Send, message, place), to),
    };
    let route = keys.get("route").and_then(|node| {
        let text = report.text(node, "words with dots between them")?;
        let channel = channel?;
        if text.starts_with('=') {
            report.say(node.place, "a form cannot compute", "words with dots between them");
        } else if !is_routed(report, names, (channel, node)) {
        }
        report.traffic.routed.push(channel);
        Some(Arc::from(text))
    });
    let label = keys.get("label").and_then(|it| report.label(it));
    let here = Environment {
        message: Some(&names.messages[message]),
        field_types: &names.field_types[message],
        chance: false,
        services: &[],
        ..names.environment()
    };
    let words = keys.get("words").map(|it| values::value(report, it, &here, &Type::Text));
    let fields = fields(report, names, message, (keys.get("fields"), place));
    let outcome = keys.get("outcome").and_then(|it| outcome(report, names, (message, &fields), it));
    let choice = keys.get("interaction").map(|it| interactions::choice(report, names, it));
    let form = Form {
        message,
        label: label.unwrap_or_else(|| words::label(&names.messages[message].name)),
        words,
        channel: channel?,
        route,
        fields,
        outcome,
        interaction: choice,
        about: None,
        cancel: keys.get("cancel").is_some_and(|it| cancel(report, names, channel, it)),
    };
    Some(form)
}

/// `cancel: true`: only one queue, or one service, can be told to drop a message.
fn cancel(report: &mut Report<'_>, names: &Names, channel: Option<ChannelId>, node: &Node) -> bool {
    let wanted = report.truth(node).unwrap_or(false);
    let is_spread = channel.is_some_and(|it| {
        matches!(names.channels[it].kind, ChannelKind::Topic { .. } | ChannelKind::Log { .. })
    });
    if wanted && is_spread {
        let text = "what has been published cannot be cancelled";
        report.say(node.place, text, "a form that goes to a queue, or to a direct channel");
    }
    wanted
}

/// A report that nobody reads.
fn silent() -> Report<'static> {
    Report::about("")
}

fn fields(
    report: &mut Report<'_>,
    names: &Names,
    message: MessageId,
    (node, place): (Option<&Node>, Place),
) -> Vec<FormField> {
    let kinds = &names.field_types[message];
    let message = &names.messages[message];
    let entries = node.map_or(&[] as &[Entry], |it| mapping(report, it, it.place));
    for Entry { key, .. } in entries {
        if !message.fields.iter().any(|it| it.name == key.text) {
            let what = ["field of `", &message.name, "`"].concat();
            report.findings.unknown(
                key.place,
                &what,
                &key.text,
                message.fields.iter().map(|it| it.name.as_str()),
            );
        }
    }
    let mut fields = Vec::with_capacity(message.fields.len());
    for (field, kind) in message.fields.iter().zip(kinds) {
        fields.push(match entries.iter().find(|it| it.key.text == field.name) {
            Some(entry) => form_field(report, names, (field, kind), entry),
            None if field.kind == FieldKind::Id => FormField::IntentId,
            None => {
                let text = ["the form does not fill in `", &field.name, "`"].concat();
                report.say(place, text, ["`", &field.name, "` in `fields`"].concat());
                FormField::Computed(Expression::constant(Value::Null))
            }
        });
    }
    fields
}

fn form_field(
    report: &mut Report<'_>,
    names: &Names,
    (field, wanted): (&Field, &Type),
    entry: &Entry,
) -> FormField {
    let node = &entry.value;
    if let Content::Mapping(_) = &node.content {
        return asked(report, (field, wanted), entry);
    }
    let environment = Environment { chance: false, ..names.environment() };
    FormField::Computed(values::value(report, node, &environment, wanted))
}

/// A field that the person fills in.
fn asked(report: &mut Report<'_>, (field, kind): (&Field, &Type), entry: &Entry) -> FormField {
    let node = &entry.value;
    let keys = Keys::open(report, node, entry.key.place, FIELD_KEYS);
    let label = keys.get("label").and_then(|it| report.label(it));
    let label = label.unwrap_or_else(|| words::label(&field.name));
    let is_text = matches!(kind, Type::Text | Type::Any);
    let (wanted, found) = if let Some(options) = keys.get("options") {
        let options = list(report, options, "a list of words");
        let options: Vec<Arc<str>> =
            options.iter().filter_map(|it| report.words(it, LABEL)).map(Arc::from).collect();
        if options.is_empty() {
            report.say(
                entry.key.place,
                "there is nothing to choose",
                "at least one word in `options`",
            );
        }
        (is_text, FormField::Choice { label, options })
    } else if let Some(text) = keys.entry("text") {
        let default =
            text.value.scalar().filter(|_| !text.value.is_null()).map_or("", |it| it.text.as_str());
        (is_text, FormField::Text { label, default: Arc::from(default) })
    } else {
        (matches!(kind, Type::Int | Type::Any), number(report, &keys, label))
    };
    if !wanted {
        let kind = kind.word();
        report.say(
            entry.key.place,
            "a field of this type cannot be filled in like this",
            [&kind, ", as a literal"].concat(),
        );
    }
    found
}

fn number(report: &mut Report<'_>, keys: &Keys<'_>, label: String) -> FormField {
    let mut read = |key: &str| keys.get(key).and_then(|it| report.number(it, i64::MIN, i64::MAX));
    let (min, max, default) = (read("min").unwrap_or(0), read("max"), read("default"));
    let max = max.unwrap_or_else(|| {
        keys.need(report, "max", "10");
        min
    });
    let default = default.unwrap_or(min);
    if default < min || max < default {
        let place = keys.get("default").or(keys.get("max")).map_or(keys.place, |it| it.place);
        let expected = ["a number from ", &min.to_string(), " to ", &max.to_string()].concat();
        report.say(place, "the default is out of bounds", expected);
    }
    FormField::Number { label, min, max, default }
}

/// Which events tell what became of the form's intents.
fn outcome(
    report: &mut Report<'_>,
    names: &Names,
    (message, fields): (MessageId, &[FormField]),
    node: &Node,
) -> Option<Outcome> {
    let keys = Keys::open(report, node, node.place, OUTCOME_KEYS);
    let accepted = event(report, names, &keys, "accepted");
    let refused = event(report, names, &keys, "refused");
    if keys.get("accepted").is_none() && keys.get("refused").is_none() {
        report.say(
            node.place,
            "no event tells this outcome",
            "`accepted: Event` and `refused: Event`",
        );
    }
    let by = keys.need(report, "by", "field")?;
    let name = report.text(by, "the name of a field")?;
    let mut field = |message: MessageId| {
        let message = &names.messages[message];
        let found = message.fields.iter().position(|it| it.name == name);
        if found.is_none() {
            let what = ["field of `", &message.name, "`"].concat();
            report.findings.unknown(
                by.place,
                &what,
                name,
                message.fields.iter().map(|it| it.name.as_str()),
            );
        }
        found
    };
    // Index 0 stands for what has been said to be unknown.
    let found = field(message);
    let form = found.unwrap_or(0);
    let key = OutcomeKey {
        form,
        accepted: accepted.and_then(&mut field).unwrap_or(0),
        refused: refused.and_then(&mut field).unwrap_or(0),
    };
    if found.is_some() && !matches!(fields.get(form), Some(FormField::IntentId)) {
        let expected =
            "a field of type id that the form does not fill in, so that the device makes it";
        report.say(by.place, "this field does not tell one intent from another", expected);
    }
    let reason =
        refused.and_then(|it| names.messages[it].fields.iter().position(|it| it.name == "reason"));
    Some(Outcome { accepted, refused, by: key, reason })
}

fn event(report: &mut Report<'_>, names: &Names, keys: &Keys<'_>, key: &str) -> Option<MessageId> {
    let node = keys.get(key)?;
    let message = names.message(report, node)?;
    report.traffic.outcomes.push((message, node.place));
    Some(message)
}
