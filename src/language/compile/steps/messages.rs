//! `publish`, `send`, `after`: messages that leave the handler.

use super::Verb;
use crate::language::compile::handlers::Block;
use crate::language::compile::keys::{Keys, mapping};
use crate::language::compile::targets::{Way, is_routed, target};
use crate::language::expression::Type;
use crate::language::scenario::{Posting, Step};
use crate::language::yaml::{Entry, Node};

/// `publish: Message` or `send: Message`, `to: channel`, `with: { fields }`
pub(super) fn post(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    let way = if verb.name == "publish" { Way::Publish } else { Way::Send };
    if let Some(posting) = posting(block, (verb.node, &verb.keys), way) {
        block.push(Step::Send(posting), verb.place);
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

/// What is sent, and where: `node` names the message.
pub(super) fn posting(
    block: &mut Block<'_, '_>,
    (node, keys): (&Node, &Keys<'_>),
    way: Way,
) -> Option<Posting> {
    let message = block.names.message(block.report, node)?;
    let body = block.body(message, keys.get("with"), node.place);
    let channel = target(block.report, block.names, (way, message, node.place), keys.get("to"))?;
    let route = keys.get("route").map(|it| {
        if is_routed(block.report, block.names, (channel, it)) {
            block.report.traffic.routed.push(channel);
        }
        block.value(it, &Type::Text, None)
    });
    Some(Posting { message, channel, body, route })
}
