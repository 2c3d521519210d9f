//! `atomic` and `once`: all or nothing, and not twice.

use super::Verb;
use crate::language::compile::handlers::Block;
use crate::language::expression::Type;
use crate::language::scenario::Step;
use crate::language::yaml::Node;

/// `atomic: steps`
pub(super) fn atomic(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.refuse_waiting(verb.place);
    block.push(Step::Begin, verb.place);
    transaction(block, verb, Some(verb.node));
}

/// `once: key`, `do: steps`
pub(super) fn once(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.refuse_waiting(verb.place);
    let key = block.expression(verb.node, &Type::Any);
    let begin = block.code.len();
    block.push(Step::Begin, verb.place);
    let steps = verb.keys.need(block.report, "do", "steps");
    transaction(block, verb, steps);
    let target = block.code.len();
    block.code[begin].step = Step::Once { key, target };
}

fn transaction(block: &mut Block<'_, '_>, verb: &Verb<'_>, steps: Option<&Node>) {
    block.atomic = Some(verb.name);
    if let Some(steps) = steps {
        block.steps(steps);
    }
    block.atomic = None;
    block.push(Step::Commit, verb.place);
}
