//! `channels`: where messages travel.

use super::keys::{Keys, mapping};
use super::logs;
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::values;
use crate::base::Span;
use crate::language::expression::{Environment, Expression, Local, Type};
use crate::language::scenario::{Channel, ChannelKind, MessageField, WhenFull};
use crate::language::value::Value;
use crate::language::yaml::{Entry, Node};

/// The keys of a channel; what stands behind the third needs a broker.
pub(super) const KEYS: &[&str] = &[
    "kind",
    "broker",
    "delay",
    "attempts",
    "redelivery_delay",
    "prefetch",
    "time_to_live",
    "capacity",
    "when_full",
    "acknowledge",
    "durable",
    "priority",
    "key",
    "partitions",
    "retention",
    "compact",
    "rebalance",
];

/// The kinds of channels.
pub(super) const KINDS: &[&str] = &["queue", "topic", "direct", "log"];
/// What happens to a message for a channel that is full.
pub(super) const WHEN_FULL: &[&str] = &["reject", "drop-oldest", "block"];
/// When a broker forgets a message.
pub(super) const ACKNOWLEDGE: &[&str] = &["before", "after"];

/// How often a message is handed out unless the text says otherwise.
const ATTEMPTS: u32 = 3;
/// The longest list of attempts that makes sense.
const ATTEMPTS_MAX: i64 = 1_000;
/// How long a broker waits unless the text says otherwise.
const REDELIVERY_DELAY: Span = Span::from_secs(1);
/// The broker that channels live on unless the text says otherwise.
const BROKER: &str = "broker";

/// Declares all channels. Readers come later.
pub(super) fn declare_all(report: &mut Report<'_>, names: &mut Names, entry: &Entry) {
    for Entry { key, value } in mapping(report, &entry.value, entry.key.place) {
        declare(report, key, Spelling::Dashed);
        let keys = Keys::open(report, value, key.place, KEYS);
        let kind = kind(report, names, &keys);
        if kind == ChannelKind::Direct {
            for entry in KEYS[3..].iter().filter_map(|it| keys.entry(it)) {
                report.say(
                    entry.key.place,
                    "a direct channel has no broker that could do this",
                    "a channel without it",
                );
            }
        }
        let delay = keys
            .get("delay")
            .map(|it| values::value(report, it, &names.environment(), &Type::Duration));
        let attempts = keys.get("attempts").and_then(|it| report.number(it, 1, ATTEMPTS_MAX));
        let prefetch =
            keys.get("prefetch").and_then(|it| report.number(it, 1, i64::from(u32::MAX)));
        names.channels.push(Channel {
            name: key.text.clone(),
            kind,
            delay,
            attempts: attempts.and_then(|it| u32::try_from(it).ok()).unwrap_or(ATTEMPTS),
            redelivery_delay: redelivery_delay(report, names, &keys),
            prefetch: prefetch.and_then(|it| u32::try_from(it).ok()),
            time_to_live: keys.get("time_to_live").and_then(|it| values::span(report, it)),
            capacity: capacity(report, &keys, kind),
            priority: field(report, names, keys.get("priority")),
            key: field(report, names, keys.get("key")),
            log: logs::options(report, &keys, kind),
            durable: keys.get("durable").and_then(|it| report.truth(it)).unwrap_or(true),
            forgets_early: acknowledges_before(report, &keys, kind),
            readers: Vec::new(),
            bindings: Vec::new(),
            place: key.place,
        });
    }
}

/// `redelivery_delay: duration`, in which `attempt` counts from 1
fn redelivery_delay(report: &mut Report<'_>, names: &Names, keys: &Keys<'_>) -> Expression {
    let Some(node) = keys.get("redelivery_delay") else {
        return Expression::constant(Value::from(REDELIVERY_DELAY));
    };
    let locals = [Local { name: "attempt".to_owned(), kind: Type::Int, slot: 0 }];
    let environment = Environment { locals: &locals, chance: false, ..names.environment() };
    values::value(report, node, &environment, &Type::Duration)
}

/// `capacity: number`, `when_full: reject` `drop-oldest` or `block`
fn capacity(
    report: &mut Report<'_>,
    keys: &Keys<'_>,
    kind: ChannelKind,
) -> Option<(u32, WhenFull)> {
    let full = keys.get("when_full");
    let when_full = full.and_then(|it| report.word(it, "choice of `when_full`", WHEN_FULL));
    let Some(node) = keys.get("capacity") else {
        if let Some(node) = full {
            report.say(node.place, "this channel is never full", "`capacity` with a number");
        }
        return None;
    };
    if let (Some(node), Some(2), ChannelKind::Topic { .. }) = (full, when_full, kind) {
        let expected =
            "a queue, or another choice: a topic does not know for whom a message will be";
        report.say(node.place, "a topic keeps no sender waiting", expected);
    }
    let number = report.number(node, 1, i64::from(u32::MAX))?;
    let when_full = match when_full {
        Some(1) => WhenFull::DropOldest,
        Some(2) => WhenFull::Block,
        _ => WhenFull::Reject,
    };
    Some((u32::try_from(number).ok()?, when_full))
}

/// The name of a field that some messages have. Whether those that are meant do is seen later.
pub(super) fn field(
    report: &mut Report<'_>,
    names: &Names,
    node: Option<&Node>,
) -> Option<MessageField> {
    let node = node?;
    Some(names.field_of_messages(report.text(node, "the name of a field")?, node.place))
}

/// `acknowledge: before` or `after`
fn acknowledges_before(report: &mut Report<'_>, keys: &Keys<'_>, kind: ChannelKind) -> bool {
    let Some(node) = keys.get("acknowledge") else { return false };
    let before = report.word(node, "choice of `acknowledge`", ACKNOWLEDGE) == Some(0);
    // To a log, a key says where a message lies, and not whose turn it is.
    for name in ["attempts", "redelivery_delay", "prefetch", "key"] {
        if let Some(entry) = keys
            .entry(name)
            .filter(|_| before && (name != "key" || !matches!(kind, ChannelKind::Log { .. })))
        {
            let expected = "`acknowledge: after`: what is forgotten early is never sent again";
            report.say(entry.key.place, "this channel forgets what it hands out", expected);
        }
    }
    before
}

fn kind(report: &mut Report<'_>, names: &mut Names, keys: &Keys<'_>) -> ChannelKind {
    let kind =
        keys.need(report, "kind", "queue").and_then(|it| report.word(it, "kind of channel", KINDS));
    if kind == Some(2) {
        if let Some(entry) = keys.entry("broker") {
            report.say(entry.key.place, "a direct channel has no broker", "a channel without it");
        }
        return ChannelKind::Direct;
    }
    let broker = match keys.entry("broker") {
        Some(entry) => {
            let name = report.text(&entry.value, "the name of a broker").unwrap_or(BROKER);
            let key =
                crate::language::yaml::Key { text: name.to_owned(), place: entry.value.place };
            declare(report, &key, Spelling::Dashed);
            name
        }
        None => BROKER,
    };
    let known = names.brokers.iter().position(|it| it == broker);
    let broker = known.unwrap_or_else(|| {
        names.brokers.push(broker.to_owned());
        names.brokers.len() - 1
    });
    match kind {
        Some(1) => ChannelKind::Topic { broker },
        Some(3) => ChannelKind::Log { broker },
        _ => ChannelKind::Queue { broker },
    }
}
