//! `habits`: what people do by themselves, when, and how often.

use super::keys::{Keys, list, mapping};
use super::names::Names;
use super::report::Report;
use super::values;
use crate::base::limits::HABIT_TIMES_MAX;
use crate::language::expression::{Environment, Expression, Type};
use crate::language::scenario::{Form, FormField, Habit, ScreenItem};
use crate::language::value::Value;
use crate::language::yaml::{Content, Entry, Node};

/// The keys of a habit.
pub(super) const KEYS: &[&str] = &["every", "at", "times", "until", "submit", "with"];

/// What people do when nobody drives their screen.
pub(super) fn habits(
    report: &mut Report<'_>,
    names: &Names,
    keys: &Keys<'_>,
    screen: &[ScreenItem],
) -> Vec<Habit> {
    let items =
        keys.get("habits").map_or(&[] as &[Node], |it| list(report, it, "a list of habits"));
    let mut habits = Vec::new();
    for item in items {
        let place = match &item.content {
            Content::Mapping(entries) => entries.first().map_or(item.place, |it| it.key.place),
            Content::Scalar(_) | Content::List(_) => item.place,
        };
        let keys = Keys::open(report, item, place, KEYS);
        if keys.get("at").is_none() {
            keys.need(report, "every", "exponential(6s)");
        }
        let mut value = |key: &str, chance: bool, kind: &Type| {
            let environment = Environment { chance, ..names.environment() };
            keys.get(key).map(|it| values::value(report, it, &environment, kind))
        };
        let [at, every] = ["at", "every"].map(|it| value(it, true, &Type::Duration));
        let until = value("until", false, &Type::Duration);
        let times = value("times", false, &Type::Int);
        check_times(report, &keys, times.as_ref());
        let Some(node) = keys.need(report, "submit", "Message") else { continue };
        let Some(message) = names.message(report, node) else { continue };
        let found = screen.iter().enumerate().find_map(|(index, it)| match it {
            ScreenItem::Form(form) if form.message == message => Some((index, form)),
            ScreenItem::Form(_) | ScreenItem::List(_) => None,
        });
        let Some((index, form)) = found else {
            report.say(
                node.place,
                "the screen has no form for this message",
                "a message that a form of this screen sends",
            );
            continue;
        };
        let with = keys.get("with").map_or_else(Vec::new, |it| overrides(report, names, form, it));
        habits.push(Habit { at, every, times, until, form: index, with });
    }
    habits
}

/// `times`, as far as it is known before it runs.
fn check_times(report: &mut Report<'_>, keys: &Keys<'_>, times: Option<&Expression>) {
    let Some(Value::Int(times)) = times.and_then(Expression::as_constant) else { return };
    if let Some(node) = keys.get("times").filter(|_| !(1..=HABIT_TIMES_MAX).contains(times)) {
        let most = HABIT_TIMES_MAX.to_string();
        let expected = ["a whole number from 1 to ", &most, " (HABIT_TIMES_MAX)"].concat();
        report.say(node.place, "this is not such a number", expected);
    }
}

/// What people fill in by habit.
fn overrides(
    report: &mut Report<'_>,
    names: &Names,
    form: &Form,
    node: &Node,
) -> Vec<(usize, Expression)> {
    let message = &names.messages[form.message];
    let mut with = Vec::new();
    for Entry { key, value } in mapping(report, node, node.place) {
        let Some(field) = message.fields.iter().position(|it| it.name == key.text) else {
            let what = ["field of `", &message.name, "`"].concat();
            report.findings.unknown(
                key.place,
                &what,
                &key.text,
                message.fields.iter().map(|it| it.name.as_str()),
            );
            continue;
        };
        if matches!(form.fields.get(field), Some(FormField::IntentId)) {
            report.say(key.place, "the form fills in this field by itself", "another field");
        }
        let kind = &names.field_types[form.message][field];
        with.push((field, values::value(report, value, &names.environment(), kind)));
    }
    with
}
