//! `reply`, `decide` and `progress`: what the handler says to whoever asked.

use super::Verb;
use crate::language::compile::handlers::Block;
use crate::language::expression::Type;
use crate::language::scenario::{MessageKind, Step};
use crate::language::yaml::Content;

/// The verdicts.
pub(in crate::language::compile) const VERDICTS: &[&str] = &["accepted", "refused"];

/// `reply: Message`, `with: { fields }`; `reply: {}` is an answer without a body.
pub(super) fn reply(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.needs_message(verb);
    let empty = match &verb.node.content {
        Content::Mapping(entries) => entries.is_empty(),
        Content::Scalar(_) => verb.node.is_null(),
        Content::List(_) => false,
    };
    if empty {
        if let Some(entry) = verb.keys.entry("with") {
            block.report.say(
                entry.key.place,
                "an answer without a message has no fields",
                "`reply: Message`",
            );
        }
        block.push(Step::Reply { message: None, body: Vec::new() }, verb.place);
        return;
    }
    let Some(message) = block.names.message(block.report, verb.node) else { return };
    if !matches!(block.names.messages[message].kind, MessageKind::Reply | MessageKind::Document) {
        block.report.say(
            verb.node.place,
            "this message is not an answer",
            "a message with `kind: reply`",
        );
    }
    block.report.traffic.replies.push(message);
    let body = block.body(message, verb.keys.get("with"), verb.node.place);
    block.push(Step::Reply { message: Some(message), body }, verb.place);
}

/// `decide: accepted` or `decide: refused`, `reason: text`
pub(super) fn decide(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.needs_message(verb);
    let verdict = block.report.word(verb.node, "verdict", VERDICTS);
    let reason = verb.keys.get("reason").map(|it| block.value(it, &Type::Text, None));
    block.decides = true;
    if let Some(verdict) = verdict {
        block.push(Step::Decide { accepted: verdict == 0, reason }, verb.place);
    }
}

/// `progress: share`
pub(super) fn progress(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.needs_message(verb);
    if block.report.text(verb.node, "a share from 0 to 1").is_some() {
        let share = block.value(verb.node, &Type::Float, None);
        block.push(Step::Progress(share), verb.place);
    }
}
