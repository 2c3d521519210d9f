//! `call` and `all`: messages whose answers the handler waits for.

use super::messages::posting;
use super::{CALL_KEYS, Verb, flow};
use crate::base::limits::RUN_SPAN_MAX;
use crate::base::{Span, sorted};
use crate::language::compile::handlers::Block;
use crate::language::compile::keys::{Keys, list};
use crate::language::compile::targets::Way;
use crate::language::expression::{Expression, Shape, Type};
use crate::language::scenario::{
    BreakerRule, Call, Calls, ChannelId, Elements, JITTERS, MessageId, Retry, Step,
};
use crate::language::value::Value;
use crate::language::yaml::{Content, Key, Node};

/// The keys of `retry`.
pub(in crate::language::compile) const RETRY_KEYS: &[&str] =
    &["attempts", "backoff", "factor", "max", "jitter", "budget"];

/// The keys of `breaker`.
pub(in crate::language::compile) const BREAKER_KEYS: &[&str] = &["failures", "within", "pause"];

/// How long a call waits unless the text says otherwise.
const TIMEOUT: Span = Span::from_secs(5);

/// A call as it was written: what it compiles to, what it gives, and the name that this is to have.
struct Written<'n> {
    call: Call,
    kind: Type,
    name: Option<&'n Node>,
}

/// `call: Message`, `to`, `with`, `timeout`, `retry`, `breaker`, `hedge`, `cancel`, `as`, `fallback`
pub(super) fn call(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.refuse_waiting(verb.place);
    let calls = one(block, (verb.node, &verb.keys), None).map(|mut it| {
        it.call.slot = it.name.and_then(|node| local(block, node, it.kind));
        let calls = vec![it.call];
        Calls { calls, each: None, at_once: None, enough: None, slot: None, fallback: None }
    });
    finish(block, verb, calls);
}

/// `all: [calls]`, `for`, `in`, `at_once`, `enough`, `as`, `fallback`
pub(super) fn all(block: &mut Block<'_, '_>, verb: &Verb<'_>) {
    block.refuse_waiting(verb.place);
    let mut written = Vec::new();
    let mut each = None;
    if let Some(name) = verb.keys.get("for") {
        let found = flow::elements(block, name, &verb.keys);
        block.inside(|block| {
            each = found.map(|(key, list, kind)| {
                let slot = block.local(&key, kind);
                Elements { list, slot }
            });
            written = calls(block, verb);
        });
    } else {
        if let Some(entry) = verb.keys.entry("in") {
            block.report.say(entry.key.place, "no name for the element", "`for` with a name");
        }
        written = calls(block, verb);
    }
    let whole = |key: &str, block: &mut Block<'_, '_>| {
        verb.keys.get(key).map(|it| at_least(block, it, &Type::Int, 1))
    };
    let (at_once, enough) = (whole("at_once", block), whole("enough", block));
    if let (Some(Value::Int(enough)), None, Some(node)) =
        (enough.as_ref().and_then(Expression::as_constant), &each, verb.keys.get("enough"))
        && usize::try_from(*enough).is_ok_and(|it| written.len() < it)
    {
        let most = ["at most ", &written.len().to_string()].concat();
        block.report.say(node.place, "there are not so many calls", most);
    }
    for it in &mut written {
        match (it.name, &each) {
            (Some(node), Some(_)) => {
                block.report.say(
                    node.place,
                    "there is one answer for each element",
                    "`as` of `all`: a list",
                );
            }
            (Some(node), None) => it.call.slot = local(block, node, it.kind.clone()),
            (None, _) => {}
        }
    }
    let slot = verb.keys.get("as").and_then(|node| {
        let kind = written.first().map_or(Type::Any, |it| it.kind.clone());
        if written.iter().any(|it| it.kind != kind) {
            block.report.say(node.place, "there are several kinds of answers", "`as` of each call");
        }
        local(block, node, Type::List(Box::new(kind)))
    });
    let calls = written.into_iter().map(|it| it.call).collect();
    finish(block, verb, Some(Calls { calls, each, at_once, enough, slot, fallback: None }));
}

/// The instruction, and behind it the steps that are done instead when it fails.
fn finish(block: &mut Block<'_, '_>, verb: &Verb<'_>, calls: Option<Calls>) {
    let at = block.code.len();
    block.push(Step::Stop, verb.place);
    let fallback = verb.keys.get("fallback").map(|steps| {
        let over = block.code.len();
        block.push(Step::Stop, verb.place);
        block.steps(steps);
        let target = block.code.len();
        block.code[over].step = Step::Jump { target };
        over + 1
    });
    if let Some(calls) = calls {
        block.code[at].step = Step::Call(Box::new(Calls { fallback, ..calls }));
    }
}

/// The calls of a list.
fn calls<'n>(block: &mut Block<'_, '_>, verb: &Verb<'n>) -> Vec<Written<'n>> {
    let node = verb.node;
    let items = list(block.report, node, "a list of calls: each line begins with `- call`");
    if items.is_empty() {
        block.report.say(node.place, "nothing is called here", "`- call: Message`");
    }
    let mut written = Vec::new();
    for item in items {
        let Content::Mapping(_) = &item.content else {
            block.report.say(item.place, ["this is ", item.word()].concat(), "`call: Message`");
            continue;
        };
        let known: Vec<&str> = std::iter::once("call").chain(CALL_KEYS.iter().copied()).collect();
        let keys = Keys::open(block.report, item, item.place, &known);
        if let Some(node) = keys.need(block.report, "call", "Message") {
            written.extend(one(block, (node, &keys), verb.keys.get("as")));
        }
    }
    written
}

/// One call. `listed` is the name of the list that its answer goes into.
fn one<'n>(
    block: &mut Block<'_, '_>,
    (node, keys): (&'n Node, &Keys<'n>),
    listed: Option<&Node>,
) -> Option<Written<'n>> {
    let posting = posting(block, (node, keys), Way::Call);
    let timeout = duration(block, keys, "timeout").unwrap_or_else(|| span(TIMEOUT));
    let retry = keys.get("retry").map(|it| retry(block, it));
    let breaker = keys.get("breaker").map(|it| breaker(block, it));
    let hedge = duration(block, keys, "hedge");
    if let (Some(Value::Duration(first)), Some(Value::Duration(second))) =
        (timeout.as_constant(), hedge.as_ref().and_then(Expression::as_constant))
        && first <= second
        && let Some(node) = keys.get("hedge")
    {
        block.report.say(
            node.place,
            "the first message has been given up then",
            "less than `timeout`",
        );
    }
    let cancel = keys.get("cancel").map(|it| block.value(it, &Type::Bool, None));
    let name = keys.get("as");
    let posting = posting?;
    let kind = answer(block, posting.message, posting.channel, name.or(listed));
    let call = Call { posting, timeout, retry, breaker, hedge, cancel, slot: None };
    Some(Written { call, kind, name })
}

fn local(block: &mut Block<'_, '_>, node: &Node, kind: Type) -> Option<usize> {
    let text = block.report.text(node, "a name for the answer")?.to_owned();
    Some(block.local(&Key { text, place: node.place }, kind))
}

/// `retry: { attempts, backoff, factor, max, jitter, budget }`
fn retry(block: &mut Block<'_, '_>, node: &Node) -> Retry {
    let keys = Keys::open(block.report, node, node.place, RETRY_KEYS);
    let attempts = need(block, &keys, "attempts", &Type::Int);
    let nothing = || span(Span::ZERO);
    let backoff = duration(block, &keys, "backoff").unwrap_or_else(nothing);
    let max = duration(block, &keys, "max").unwrap_or_else(|| span(RUN_SPAN_MAX));
    let factor = keys.get("factor").map(|it| at_least(block, it, &Type::Float, 1));
    let jitter = keys.get("jitter").map(|it| {
        let jitter = block.value(it, &Type::Text, None);
        if let Some(Value::Text(word)) = jitter.as_constant()
            && !JITTERS.contains(&&**word)
        {
            block.report.findings.unknown(it.place, "jitter", word, JITTERS.iter().copied());
        }
        jitter
    });
    let budget = keys.get("budget").map(|it| {
        let share = block.value(it, &Type::Float, None);
        if let Some(Value::Float(number)) = share.as_constant()
            && !(0.0..=1.0).contains(number)
        {
            block.report.say(it.place, "this is not a share", "a number from 0 to 1");
        }
        share
    });
    Retry {
        attempts,
        backoff,
        factor: factor.unwrap_or_else(|| Expression::constant(Value::Float(2.0))),
        max,
        jitter: jitter.unwrap_or_else(|| Expression::constant(Value::text(JITTERS[0]))),
        budget,
    }
}

/// `breaker: { failures, within, pause }`
fn breaker(block: &mut Block<'_, '_>, node: &Node) -> BreakerRule {
    let keys = Keys::open(block.report, node, node.place, BREAKER_KEYS);
    BreakerRule {
        failures: need(block, &keys, "failures", &Type::Int),
        within: need(block, &keys, "within", &Type::Duration),
        pause: need(block, &keys, "pause", &Type::Duration),
    }
}

fn need(block: &mut Block<'_, '_>, keys: &Keys<'_>, key: &str, kind: &Type) -> Expression {
    let example = if *kind == Type::Int { "5" } else { "10s" };
    match keys.need(block.report, key, example) {
        Some(node) if *kind == Type::Int => at_least(block, node, kind, 1),
        Some(node) => block.value(node, kind, None),
        None => Expression::constant(Value::Null),
    }
}

/// A number that is not below a bound, as far as that is known before it runs.
fn at_least(block: &mut Block<'_, '_>, node: &Node, kind: &Type, least: i64) -> Expression {
    let number = block.value(node, kind, None);
    if number.as_constant().is_some_and(|it| *it != Value::Null && *it < Value::Int(least)) {
        let expected = [&kind.word(), " from ", &least.to_string()].concat();
        block.report.say(node.place, "this is not such a number", expected);
    }
    number
}

fn duration(block: &mut Block<'_, '_>, keys: &Keys<'_>, key: &str) -> Option<Expression> {
    keys.get(key).map(|it| block.value(it, &Type::Duration, None))
}

fn span(span: Span) -> Expression {
    Expression::constant(Value::from(span))
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
