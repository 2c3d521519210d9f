//! `clock` of a service or of a class of people: how far it is wrong.

use super::keys::Keys;
use super::names::Names;
use super::report::Report;
use super::values;
use crate::language::expression::{Environment, Type};
use crate::language::scenario::Clock;

/// The keys of a clock.
pub(super) const KEYS: &[&str] = &["ahead", "behind"];

/// `clock: { ahead: duration }` or `clock: { behind: duration }`
pub(super) fn clock(report: &mut Report<'_>, names: &Names, owner: &Keys<'_>) -> Option<Clock> {
    let entry = owner.entry("clock")?;
    let keys = Keys::open(report, &entry.value, entry.key.place, KEYS);
    if KEYS.iter().all(|it| keys.get(it).is_none()) {
        report.say(entry.key.place, "the clock is right", "`ahead: 2s` or `behind: 2s`");
    }
    let environment = Environment { chance: false, ..names.environment() };
    let [ahead, behind] = ["ahead", "behind"]
        .map(|it| keys.get(it).map(|it| values::value(report, it, &environment, &Type::Duration)));
    Some(Clock { ahead, behind })
}
