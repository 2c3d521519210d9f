//! `work`, `let`, `if`: what happens inside the handler alone.

use super::Verb;
use crate::language::compile::handlers::Block;
use crate::language::compile::keys::mapping;
use crate::language::expression::Type;
use crate::language::scenario::Step;
use crate::language::yaml::Entry;

/// `work: duration`
pub(super) fn work(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    if block.report.text(verb.node, "a duration").is_some() {
        let duration = block.value(verb.node, &Type::Duration, None);
        block.push(Step::Work(duration), verb.place);
    }
}

/// `let: { name: value, … }`
pub(super) fn locals(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    for Entry { key, value } in mapping(block.report, verb.node, verb.place) {
        let (expression, kind) = block.any_value(value);
        let slot = block.local(key, kind);
        block.push(Step::Let { slot, value: expression }, key.place);
    }
}

/// `if: condition`, `then: steps`, `else: steps`
pub(super) fn branch(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    let condition = block.expression(verb.node, &Type::Bool);
    let (yes, no) = (verb.keys.get("then"), verb.keys.get("else"));
    if yes.is_none() && no.is_none() {
        block.report.say(verb.place, "nothing depends on this condition", "`then:` with steps");
    }
    let jump = block.code.len();
    block.push(Step::JumpUnless { condition: condition.clone(), target: 0 }, verb.place);
    if let Some(steps) = yes {
        block.steps(steps);
    }
    let mut target = block.code.len();
    if let Some(steps) = no {
        let over = block.code.len();
        block.push(Step::Jump { target: 0 }, verb.place);
        target = block.code.len();
        block.steps(steps);
        let end = block.code.len();
        block.code[over].step = Step::Jump { target: end };
    }
    block.code[jump].step = Step::JumpUnless { condition, target };
}
