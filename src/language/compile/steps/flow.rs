//! `work`, `wait`, `wait_until`, `log`, `let`, `if`, `for`, `fail`, `stop`: what happens inside the handler alone.

use super::Verb;
use crate::language::compile::handlers::Block;
use crate::language::compile::keys::{Keys, mapping};
use crate::language::expression::{Expression, Type};
use crate::language::scenario::{Awaited, Step};
use crate::language::value::Value;
use crate::language::yaml::{Entry, Key, Node};

/// `work: duration`
pub(super) fn work(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.refuse_waiting(verb.place);
    if block.report.text(verb.node, "a duration").is_some() {
        let duration = block.value(verb.node, &Type::Duration, None);
        block.push(Step::Work(duration), verb.place);
    }
}

/// `wait: duration`
pub(super) fn wait(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.refuse_waiting(verb.place);
    if block.report.text(verb.node, "a duration").is_some() {
        let duration = block.value(verb.node, &Type::Duration, None);
        block.push(Step::Wait(duration), verb.place);
    }
}

/// `wait_until: condition`, `at_most: duration`
pub(super) fn wait_until(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.refuse_waiting(verb.place);
    let condition = block.condition(verb.node);
    let Some(node) = verb.keys.need(block.report, "at_most", "10s") else { return };
    let at_most = block.value(node, &Type::Duration, None);
    let slot = block.slot();
    let awaited = Awaited { condition, at_most, slot };
    block.push(Step::WaitUntil(Box::new(awaited)), verb.place);
}

/// `log: text`
pub(super) fn log(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    if block.report.text(verb.node, "a text").is_some() {
        let text = block.value(verb.node, &Type::Text, None);
        block.push(Step::Log(text), verb.place);
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

/// `for: name`, `in: list`, `do: steps`
pub(super) fn each(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    let Some((key, expression, element_kind)) = elements(block, verb.node, &verb.keys) else {
        return;
    };
    let [list, taken] = [block.slot(), block.slot()];
    block.push(Step::Let { slot: list, value: expression }, verb.place);
    block.push(Step::Let { slot: taken, value: Expression::constant(Value::Null) }, verb.place);
    block.inside(|block| {
        let element = block.local(&key, element_kind);
        let next = block.code.len();
        block.push(Step::Stop, verb.place);
        if let Some(steps) = verb.keys.need(block.report, "do", "steps") {
            block.steps(steps);
        }
        block.push(Step::Jump { target: next }, verb.place);
        let target = block.code.len();
        block.code[next].step = Step::Each { list, taken, element, target };
    });
}

/// What the name behind `for` means: the name, the list, and what its elements are.
pub(super) fn elements(
    block: &mut Block<'_, '_>,
    name: &Node,
    keys: &Keys<'_>,
) -> Option<(Key, Expression, Type)> {
    let text = block.report.text(name, "a name for the element")?.to_owned();
    let key = Key { text, place: name.place };
    let items = keys.need(block.report, "in", "a list")?;
    let (expression, kind) = block.any_expression(items);
    let kind = match kind {
        Type::List(element) => *element,
        Type::Any => Type::Any,
        other => {
            let text = ["this expression gives ", &other.word()].concat();
            block.report.say(items.place, text, "a list");
            Type::Any
        }
    };
    Some((key, expression, kind))
}

/// `fail: reason`
pub(super) fn fail(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    if block.report.text(verb.node, "why it fails").is_some() {
        let reason = block.value(verb.node, &Type::Text, None);
        block.push(Step::Fail(reason), verb.place);
    }
}

/// `stop:` with nothing behind it
pub(super) fn stop(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    if !verb.node.is_null() {
        block.report.say(verb.node.place, "`stop` stands alone", "`stop:` with nothing behind it");
    }
    block.push(Step::Stop, verb.place);
}
