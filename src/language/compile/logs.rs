//! What only logs have: partitions, retention, compaction, and groups that hand over.

use super::keys::Keys;
use super::report::Report;
use super::values;
use crate::base::Span;
use crate::base::limits::{LOG_MESSAGES_MAX, LOG_PARTITIONS_MAX};
use crate::language::scenario::{ChannelKind, LogOptions};

/// The keys that only a log may have.
const LOG_KEYS: &[&str] = &["partitions", "retention", "compact", "rebalance"];
/// The keys that a log may not have: it keeps everybody's order, and never makes anybody wait.
const FOREIGN_KEYS: &[&str] = &["prefetch", "time_to_live", "capacity", "when_full", "priority"];
/// The keys of `retention`.
pub(super) const RETENTION_KEYS: &[&str] = &["age", "messages"];
/// How long a group stands still unless the text says otherwise: what brokers wait for those who come.
const REBALANCE: Span = Span::from_secs(3);

/// What the text says of a log. Says so where something does not fit the kind of the channel.
pub(super) fn options(
    report: &mut Report<'_>,
    keys: &Keys<'_>,
    kind: ChannelKind,
) -> Option<LogOptions> {
    let is_log = matches!(kind, ChannelKind::Log { .. });
    if kind != ChannelKind::Direct {
        let (foreign, text, expected) = if is_log {
            (FOREIGN_KEYS, "a log hands out in order, and keeps what it has", "a queue or a topic")
        } else {
            (LOG_KEYS, "only a log has this", "`kind: log`")
        };
        for entry in foreign.iter().filter_map(|it| keys.entry(it)) {
            report.say(entry.key.place, text, expected);
        }
    }
    if !is_log {
        return None;
    }
    let number = |report: &mut Report<'_>, node, most: usize| {
        let number = report.number(node, 1, i64::try_from(most).unwrap_or(i64::MAX))?;
        usize::try_from(number).ok()
    };
    let partitions = keys.get("partitions").and_then(|it| number(report, it, LOG_PARTITIONS_MAX));
    let mut options = LogOptions {
        partitions: partitions.unwrap_or(1),
        age: None,
        messages: LOG_MESSAGES_MAX,
        is_compacted: keys.get("compact").and_then(|it| report.truth(it)).unwrap_or(false),
        rebalance: keys
            .get("rebalance")
            .and_then(|it| values::span(report, it))
            .unwrap_or(REBALANCE),
    };
    if let Some(entry) = keys.entry("compact").filter(|_| options.is_compacted)
        && keys.get("key").is_none()
    {
        let expected = "`key` with the name of a field";
        report.say(entry.key.place, "it is not said which messages replace which", expected);
    }
    if let Some(entry) = keys.entry("retention") {
        let keys = Keys::open(report, &entry.value, entry.key.place, RETENTION_KEYS);
        if RETENTION_KEYS.iter().all(|it| keys.get(it).is_none()) {
            report.say(entry.key.place, "everything is kept", "`age: 1min` or `messages: 1000`");
        }
        options.age = keys.get("age").and_then(|it| values::span(report, it));
        let messages = keys.get("messages").and_then(|it| number(report, it, LOG_MESSAGES_MAX));
        options.messages = messages.unwrap_or(options.messages);
    }
    Some(options)
}
