//! `publish`, `send`, `call`, `after`: messages that leave the handler.

use super::Verb;
use crate::base::{Span, sorted};
use crate::language::compile::handlers::Block;
use crate::language::compile::keys::mapping;
use crate::language::compile::targets::{Way, target};
use crate::language::expression::{Expression, Shape, Type};
use crate::language::scenario::{ChannelId, MessageId, Posting, Step};
use crate::language::value::Value;
use crate::language::yaml::{Entry, Key, Node};

/// How long a call waits unless the text says otherwise.
const TIMEOUT: Span = Span::from_secs(5);

/// `publish: Message` or `send: Message`, `to: channel`, `with: { fields }`
pub(super) fn post(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    let way = if verb.name == "publish" { Way::Publish } else { Way::Send };
    if let Some(posting) = posting(block, verb, way) {
        block.push(Step::Send(posting), verb.place);
    }
}

/// `call: Message`, `to: channel`, `with: { fields }`, `timeout: duration`, `as: name`
pub(super) fn call(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.refuse_waiting(verb.place);
    let posting = posting(block, verb, Way::Call);
    let timeout = match verb.keys.get("timeout") {
        Some(node) => block.value(node, &Type::Duration, None),
        None => Expression::constant(Value::from(TIMEOUT)),
    };
    let kind = posting
        .as_ref()
        .map_or(Type::Any, |it| answer(block, it.message, it.channel, verb.keys.get("as")));
    let slot = verb.keys.get("as").and_then(|node| {
        let text = block.report.text(node, "a name for the answer")?.to_owned();
        Some(block.local(&Key { text, place: node.place }, kind))
    });
    if let Some(posting) = posting {
        block.push(Step::Call { posting, timeout, slot }, verb.place);
    }
}

/// `after: duration`, `send: Message`, `with: { fields }`
pub(super) fn after(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    if block.report.text(verb.node, "a duration").is_none() {
        return;
    }
    let delay = block.value(verb.node, &Type::Duration, None);
    let Some(node) = verb.keys.need(block.report, "send", "Message") else { return };
    let Some(message) = block.names.message(block.report, node) else { return };
    let handles = &block.names.handles[block.service];
    if !handles.contains(&message) {
        let service = &block.names.services[block.service].name;
        let text = ["`", service, "` does not handle this message"].concat();
        let known: Vec<&str> =
            handles.iter().map(|it| block.names.messages[*it].name.as_str()).collect();
        let expected =
            ["a message that it handles: ", &crate::language::findings::one_of(&known)].concat();
        block.report.say(node.place, text, expected);
    }
    let body = block.body(message, verb.keys.get("with"), node.place);
    block.report.traffic.later.push((block.service, message));
    block.push(Step::After { delay, message, body }, verb.place);
}

/// `cancel: Message`, `with: { some fields }`
pub(super) fn cancel(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    let Some(message) = block.names.message(block.report, verb.node) else { return };
    let names = block.names;
    let (fields, types) = (&names.messages[message].fields, &names.field_types[message]);
    let with = verb.keys.get("with");
    let mut wanted = Vec::new();
    for Entry { key, value } in
        with.map_or(&[] as &[Entry], |it| mapping(block.report, it, it.place))
    {
        let Some(field) = fields.iter().position(|it| it.name == key.text) else {
            let what = ["field of `", &names.messages[message].name, "`"].concat();
            let known = fields.iter().map(|it| it.name.as_str());
            block.report.findings.unknown(key.place, &what, &key.text, known);
            continue;
        };
        wanted.push((field, block.value(value, &types[field], None)));
    }
    block.report.traffic.taken_back.push((block.service, message, verb.node.place));
    block.push(Step::Cancel { message, fields: wanted }, verb.place);
}

fn posting(block: &mut Block<'_, '_>, verb: &Verb<'_>, way: Way) -> Option<Posting> {
    let message = block.names.message(block.report, verb.node)?;
    let body = block.body(message, verb.keys.get("with"), verb.node.place);
    let channel =
        target(block.report, block.names, (way, message, verb.node.place), verb.keys.get("to"))?;
    let route = verb.keys.get("route").map(|it| {
        block.report.traffic.routed.push(channel);
        block.value(it, &Type::Text, None)
    });
    Some(Posting { message, channel, body, route })
}

/// What a call gives: the fields of the reply of those who handle it.
fn answer(
    block: &mut Block<'_, '_>,
    message: MessageId,
    channel: ChannelId,
    wanted: Option<&Node>,
) -> Type {
    let Some(node) = wanted else { return Type::Any };
    let names = block.names;
    let handlers = names.takers(channel, message).filter_map(|it| names.handler(it, message));
    let mut messages: Vec<MessageId> = Vec::new();
    for reply in handlers.flat_map(|it| &it.replies).flatten() {
        sorted::insert(&mut messages, *reply);
    }
    match messages.as_slice() {
        [only] => {
            let message = &names.messages[*only];
            Type::Row(Shape::of_message(&message.name, &message.fields, &names.field_types[*only]))
        }
        [] => {
            if names.takers(channel, message).any(|it| names.answers(it, message)) {
                block.report.say(
                    node.place,
                    "the answer is empty",
                    "a `reply` with a message, or no `as`",
                );
            }
            Type::Any
        }
        _ => {
            block.report.say(
                node.place,
                "there are several kinds of answers",
                "one message that all handlers reply with",
            );
            Type::Any
        }
    }
}
