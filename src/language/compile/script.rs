//! A run as text in, a [`Script`] or all findings out. Whether the scenario has what it names, it does not know.

use super::interactions::interaction;
use super::keys::{Keys, list, mapping};
use super::report::Report;
use super::values;
use crate::base::limits::RUN_ITEMS_MAX;
use crate::base::{Span, Time};
use crate::language::diagnostic::{Finding, Place};
use crate::language::script::{Act, Beside, Branch, Copies, Deed, Script, Way};
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
    "duplicate",
    "delay",
    "overtake",
    "pause",
    "resume",
    "slow",
    "cut",
    "slow_link",
    "mend",
    "retry",
    "choose",
    "reload",
    "offline",
    "online",
    "close",
    "open",
    "take_back",
    "cancel",
];

/// The keys that say more about a deed.
const MORE: &[&str] = &[
    "after",
    "at",
    "item",
    "values",
    "to",
    "interaction",
    "instance",
    "number",
    "message",
    "by",
    "factor",
    "both",
];

/// Reads a run.
pub(in crate::language) fn script(text: &str) -> Result<Script, Vec<Finding>> {
    let mut report = Report::about(text);
    let script = read_at_most(RUN_ITEMS_MAX, text, &mut report.findings).map(|root| {
        let start = Place { line: 1, column: 1, length: 0 };
        let known = ["seed", "at", "settings", "deeds", "name", "branches", "shown", "beside"];
        let keys = Keys::open(&mut report, &root, start, &known);
        let later = items(&mut report, &keys, "branches");
        let is_named = keys.get("name").is_some();
        Script {
            seed: whole(&mut report, &keys, "seed"),
            settings: named(&mut report, &keys, "settings"),
            deeds: deeds(&mut report, &keys),
            at: instant(&mut report, &keys),
            name: is_named.then(|| name(&mut report, &keys, "name")),
            branches: later.iter().map(|it| branch(&mut report, it)).collect(),
            shown: keys.get("shown").map_or(0, |_| index(&mut report, &keys, "shown")),
            beside: keys.get("beside").and_then(|it| beside(&mut report, it)),
        }
    });
    match script {
        Some(script) if report.findings.is_empty() => Ok(script),
        _ => Err(report.findings.into_sorted()),
    }
}

/// The items of a list that need not be there.
fn items<'n>(report: &mut Report<'_>, keys: &Keys<'n>, key: &str) -> &'n [Node] {
    keys.get(key).map_or(&[], |it| list(report, it, "a list"))
}

fn deeds(report: &mut Report<'_>, keys: &Keys<'_>) -> Vec<Deed> {
    items(report, keys, "deeds").iter().filter_map(|it| deed(report, it)).collect()
}

fn branch(report: &mut Report<'_>, node: &Node) -> Branch {
    let keys = Keys::open(report, node, node.place, &["name", "of", "keeps", "deeds"]);
    Branch {
        name: name(report, &keys, "name"),
        of: index(report, &keys, "of"),
        keeps: index(report, &keys, "keeps"),
        deeds: deeds(report, &keys),
    }
}

/// One of `branch`, `variant` and `interaction`.
fn beside(report: &mut Report<'_>, node: &Node) -> Option<Beside> {
    let keys = Keys::open(report, node, node.place, &["branch", "variant", "interaction"]);
    if let Some(it) = keys.get("interaction") {
        return Some(Beside::Interaction(interaction(report, it)?));
    }
    if keys.get("variant").is_some() {
        return Some(Beside::Variant(name(report, &keys, "variant")));
    }
    Some(Beside::Branch(index(report, &keys, "branch")))
}

fn name(report: &mut Report<'_>, keys: &Keys<'_>, key: &str) -> String {
    let node = keys.need(report, key, "a name");
    node.and_then(|it| report.text(it, "a name")).unwrap_or_default().to_owned()
}

fn index(report: &mut Report<'_>, keys: &Keys<'_>, key: &str) -> usize {
    usize::try_from(whole(report, keys, key)).unwrap_or(usize::MAX)
}

fn deed(report: &mut Report<'_>, node: &Node) -> Option<Deed> {
    let known: Vec<&str> = MORE.iter().chain(ACTS).copied().collect();
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
        "lose" => Act::Lose(copies(report, &keys, name)),
        "duplicate" => Act::Duplicate(copies(report, &keys, name)),
        "delay" => Act::Delay(copies(report, &keys, name), span(report, &keys, "by")),
        "overtake" => Act::Overtake(copies(report, &keys, name)),
        "pause" => Act::Pause(target),
        "resume" => Act::Resume(target),
        "slow" => Act::Slow(target, factor(report, &keys)),
        "cut" => Act::Cut(way(report, &keys, target)),
        "slow_link" => Act::SlowLink(way(report, &keys, target), span(report, &keys, "by")),
        "mend" => Act::Mend(way(report, &keys, target)),
        "retry" => Act::Retry(target, whole(report, &keys, "message")),
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

/// `lose: 12`, or `lose: 12, to: name`.
fn copies(report: &mut Report<'_>, keys: &Keys<'_>, act: &str) -> Copies {
    let to = keys.get("to").and_then(|it| report.text(it, "the name of a node"));
    Copies { message: whole(report, keys, act), to: to.map(str::to_owned) }
}

/// `cut: name, to: name`, and `both: true` for the way back as well.
fn way(report: &mut Report<'_>, keys: &Keys<'_>, from: String) -> Way {
    let to = keys.need(report, "to", "the name of a node");
    let to = to.and_then(|it| report.text(it, "the name of a node")).unwrap_or_default().to_owned();
    let both = keys.get("both").is_some_and(|it| report.truth(it).unwrap_or_default());
    Way { from, to, both }
}

fn factor(report: &mut Report<'_>, keys: &Keys<'_>) -> f64 {
    let Some(node) = keys.need(report, "factor", "10") else { return 1.0 };
    match value(report, node) {
        Some(Value::Float(it)) => it,
        Some(Value::Int(it)) => it as f64,
        _ => {
            report.say(node.place, "this is not such a number", "how many times as long: `10`");
            1.0
        }
    }
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
    Time::ZERO + span(report, keys, "at")
}

fn span(report: &mut Report<'_>, keys: &Keys<'_>, key: &str) -> Span {
    let span = keys.need(report, key, "1.5s").and_then(|it| values::span(report, it));
    span.unwrap_or_default()
}
