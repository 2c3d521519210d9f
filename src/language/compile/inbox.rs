//! `inbox` and `shed` of a service: which of the messages that wait comes next, and which never does.

use super::channels::field;
use super::keys::Keys;
use super::names::Names;
use super::report::Report;
use super::values;
use crate::language::scenario::{Order, Shed};

/// The keys of `inbox`.
pub(super) const INBOX_KEYS: &[&str] = &["order", "by"];

/// The keys of `shed`.
pub(super) const SHED_KEYS: &[&str] = &["waiting", "age", "remaining"];

/// The words behind `order`. Those from the third on need a field.
pub(super) const ORDERS: &[&str] = &["first-in-first-out", "last-in-first-out", "priority", "fair"];

/// `inbox: { order, by: field }`
pub(super) fn order(report: &mut Report<'_>, names: &Names, service: &Keys<'_>) -> Order {
    let Some(entry) = service.entry("inbox") else { return Order::FirstInFirstOut };
    let keys = Keys::open(report, &entry.value, entry.key.place, INBOX_KEYS);
    let order = keys.need(report, "order", "fair");
    let order = order.and_then(|it| report.word(it, "order", ORDERS)).unwrap_or(0);
    if order < 2 {
        if let Some(entry) = keys.entry("by") {
            let expected = "`order: priority` or `order: fair`";
            report.say(entry.key.place, "this order looks at no field", expected);
        }
        return if order == 0 { Order::FirstInFirstOut } else { Order::LastInFirstOut };
    }
    let by = keys.need(report, "by", "the name of a field");
    match field(report, names, by) {
        Some(by) if order == 2 => Order::Priority(by),
        Some(by) => Order::Fair(by),
        None => Order::FirstInFirstOut,
    }
}

/// `shed: { waiting: number, age: duration, remaining: duration }`
pub(super) fn shed(report: &mut Report<'_>, service: &Keys<'_>) -> Shed {
    let Some(entry) = service.entry("shed") else { return Shed::default() };
    let keys = Keys::open(report, &entry.value, entry.key.place, SHED_KEYS);
    if SHED_KEYS.iter().all(|it| keys.get(it).is_none()) {
        report.say(
            entry.key.place,
            "nothing is shed",
            "`waiting: 100`, `age: 1s` or `remaining: 200ms`",
        );
    }
    let waiting = keys.get("waiting").and_then(|it| report.number(it, 0, i64::from(u32::MAX)));
    Shed {
        waiting: waiting.and_then(|it| u32::try_from(it).ok()),
        age: keys.get("age").and_then(|it| values::span(report, it)),
        remaining: keys.get("remaining").and_then(|it| values::span(report, it)),
    }
}
