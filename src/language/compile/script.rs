//! A run as text in, a [`Script`] or all findings out. Whether the scenario has what it names, it does not know.

use super::interactions::interaction;
use super::keys::{Keys, list, mapping};
use super::report::Report;
use super::values;
use crate::base::Time;
use crate::base::limits::RUN_ITEMS_MAX;
use crate::language::diagnostic::{Finding, Place};
use crate::language::script::{Act, Deed, Script};
use crate::language::value::Value;
use crate::language::yaml::{Node, read_at_most};

/// What a person can do: the keys of which a deed has one.
const ACTS: &[&str] = &[
    "submit",
    "turn",
    "habits",
    "crash",
    "restart",
    "fault",
    "undo",
    "lose",
    "choose",
    "reload",
    "offline",
    "online",
    "close",
    "open",
    "take_back",
    "cancel",
];

/// Reads a run.
pub(in crate::language) fn script(text: &str) -> Result<Script, Vec<Finding>> {
    let mut report = Report::about(text);
    let script = read_at_most(RUN_ITEMS_MAX, text, &mut report.findings).map(|root| {
        let start = Place { line: 1, column: 1, length: 0 };
        let keys = Keys::open(&mut report, &root, start, &["seed", "at", "settings", "deeds"]);
        let deeds =
            keys.get("deeds").map_or(&[] as &[Node], |it| list(&mut report, it, "a list of deeds"));
        Script {
            seed: whole(&mut report, &keys, "seed"),
            settings: named(&mut report, &keys, "settings"),
            deeds: deeds.iter().filter_map(|it| deed(&mut report, it)).collect(),
            at: instant(&mut report, &keys),
        }
    });
    match script {
        Some(script) if report.findings.is_empty() => Ok(script),
        _ => Err(report.findings.into_sorted()),
    }
}

fn deed(report: &mut Report<'_>, node: &Node) -> Option<Deed> {
    let mut known =
        vec!["after", "at", "item", "values", "to", "interaction", "instance", "number"];
    known.extend(ACTS);
    let keys = Keys::open(report, node, node.place, &known);
    let Some((name, node)) = ACTS.iter().find_map(|it| Some((*it, keys.get(it)?))) else {
        report.say(
            node.place,
            "nothing is done here",
            ["one of `", &ACTS.join("`, `"), "`"].concat(),
        );
        return None;
    };
    let target = report.text(node, "a name")?.to_owned();
    let act = match name {
        "submit" => Act::Submit {
            person: target,
            item: usize::try_from(whole(report, &keys, "item")).unwrap_or(usize::MAX),
            values: numbered(report, &keys),
        },
        "turn" => {
            let to = keys.need(report, "to", "a value")?;
            Act::Turn(target, value(report, to)?)
        }
        "habits" => Act::Habits(report.truth(node)?),
        "crash" => Act::Crash(target, instance(report, &keys)),
        "fault" => Act::Fault(target, true),
        "undo" => Act::Fault(target, false),
        "lose" => Act::Lose(whole(report, &keys, "lose")),
        "restart" => Act::Restart(target, instance(report, &keys)),
        "reload" => Act::Reload(target),
        "offline" => Act::Online(target, false),
        "online" => Act::Online(target, true),
        "close" => Act::Open(target, false),
        "open" => Act::Open(target, true),
        "take_back" => Act::TakeBack(target, whole(report, &keys, "number")),
        "cancel" => Act::Cancel(target, whole(report, &keys, "number")),
        _ => {
            let chosen =
                keys.need(report, "interaction", "the name of an interaction, or its axes")?;
            let item = keys.get("item").map(|_| whole(report, &keys, "item"));
            let item = item.map(|it| usize::try_from(it).unwrap_or(usize::MAX));
            Act::Choose(target, item, interaction(report, chosen)?)
        }
    };
    Some(Deed { steps: whole(report, &keys, "after"), at: instant(report, &keys), act })
}

/// `instance: number`, counted from 1 as people do; without it, all of them are meant.
fn instance(report: &mut Report<'_>, keys: &Keys<'_>) -> Option<usize> {
    let number = report.number(keys.get("instance")?, 1, i64::MAX)?;
    usize::try_from(number - 1).ok()
}

/// Values by names.
fn named(report: &mut Report<'_>, keys: &Keys<'_>, key: &str) -> Vec<(String, Value)> {
    let Some(node) = keys.get(key) else { return Vec::new() };
    let entries = mapping(report, node, node.place);
    entries.iter().filter_map(|it| Some((it.key.text.clone(), value(report, &it.value)?))).collect()
}

/// Values by the numbers of fields.
fn numbered(report: &mut Report<'_>, keys: &Keys<'_>) -> Vec<(usize, Value)> {
    let named = named(report, keys, "values");
    let fields = named.into_iter().map(|(field, value)| Some((field.parse().ok()?, value)));
    fields.collect::<Option<_>>().unwrap_or_else(|| {
        report.say(keys.place, "a field is meant by its number", "whole numbers as keys");
        Vec::new()
    })
}

fn value(report: &mut Report<'_>, node: &Node) -> Option<Value> {
    report.text(node, "a value")?;
    node.scalar().map(values::inferred)
}

fn whole(report: &mut Report<'_>, keys: &Keys<'_>, key: &str) -> u64 {
    let text =
        keys.need(report, key, "1").and_then(|it| Some((it.place, report.text(it, "a number")?)));
    let Some((place, text)) = text else { return 0 };
    text.parse().unwrap_or_else(|_| {
        report.say(place, "this is not such a number", "a whole number that is not negative");
        0
    })
}

fn instant(report: &mut Report<'_>, keys: &Keys<'_>) -> Time {
    let since = keys.need(report, "at", "1.5s").and_then(|it| values::span(report, it));
    Time::ZERO + since.unwrap_or_default()
}
