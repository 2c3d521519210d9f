//! `replay`: a log is read again.

use super::Verb;
use crate::language::compile::handlers::Block;
use crate::language::expression::{Expression, Type};
use crate::language::scenario::{ChannelKind, Step};
use crate::language::value::Value;

/// `replay: log`, and `from: offset` or `since: time since the start`
pub(super) fn replay(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    let Some(channel) = block.names.channel(block.report, verb.node) else { return };
    let definition = &block.names.channels[channel];
    let is_log = matches!(definition.kind, ChannelKind::Log { .. });
    if !is_log || !definition.readers.contains(&block.service) {
        let text = if is_log {
            let service = &block.names.services[block.service].name;
            ["`", service, "` does not receive `", &definition.name, "`"].concat()
        } else {
            ["`", &definition.name, "` is ", block.names.kind_of(channel)].concat()
        };
        block.report.say(verb.node.place, text, "a log that this service receives");
    }
    let (from, since) = (verb.keys.get("from"), verb.keys.entry("since"));
    if let Some(entry) = since.filter(|_| from.is_some()) {
        block.report.say(entry.key.place, "it is said already from where on", "`from` or `since`");
    }
    let from = match (from, since) {
        (Some(from), _) => block.value(from, &Type::Int, None),
        (None, Some(since)) => block.value(&since.value, &Type::Duration, None),
        (None, None) => Expression::constant(Value::Int(0)),
    };
    let is_instant = verb.keys.get("from").is_none() && since.is_some();
    block.push(Step::Replay { channel, from, is_instant }, verb.place);
}
