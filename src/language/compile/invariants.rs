//! `invariants`: sentences that must be true.

use super::keys::{Keys, mapping};
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::values;
use crate::base::sorted;
use crate::language::expression::{Environment, Expression, Type};
use crate::language::scenario::{Invariant, InvariantKind, ServiceId};
use crate::language::yaml::{Entry, Node};

/// When an invariant must hold, by the word that says so. `never` is `always` of the opposite.
pub(super) const KINDS: &[(&str, InvariantKind)] = &[
    ("always", InvariantKind::Always),
    ("eventually", InvariantKind::Eventually),
    ("never", InvariantKind::Always),
    ("leads_to", InvariantKind::LeadsTo),
];

/// The keys that only `leads_to` has.
pub(super) const MORE_KEYS: &[&str] = &["when", "within"];

/// Compiles all invariants.
pub(super) fn compile_all(report: &mut Report<'_>, names: &Names, entry: &Entry) -> Vec<Invariant> {
    let environment = Environment { chance: false, all_tables: true, ..names.environment() };
    let mut invariants = Vec::new();
    for Entry { key, value } in mapping(report, &entry.value, entry.key.place) {
        declare(report, key, Spelling::Free);
        let known =
            KINDS.iter().map(|it| it.0).chain(MORE_KEYS.iter().copied()).collect::<Vec<_>>();
        let keys = Keys::open(report, value, key.place, &known);
        let mut given =
            KINDS.iter().filter_map(|(word, kind)| Some((*word, *kind, keys.get(word)?)));
        let Some((word, kind, node)) = given.next() else {
            report.say(
                key.place,
                "this says nothing",
                "`always:`, `never:`, `eventually:` or `leads_to:` with a condition",
            );
            continue;
        };
        if let Some((second, _, _)) = given.next() {
            let place = keys.entry(second).map_or(key.place, |it| it.key.place);
            report.say(place, "one sentence says one thing", "an invariant of its own");
        }
        let (expression, mut reads) = condition(report, &environment, node);
        let expression = if word == "never" { expression.into_opposite() } else { expression };
        let (mut when, mut within) = (None, None);
        if kind == InvariantKind::LeadsTo {
            if let Some(node) = keys.need(report, "when", "condition") {
                let (condition, more) = condition(report, &environment, node);
                when = Some(condition);
                for it in more {
                    sorted::insert(&mut reads, it);
                }
            }
            within = keys
                .get("within")
                .map(|it| values::value(report, it, &environment, &Type::Duration));
        } else if let Some(entry) = ["when", "within"].iter().find_map(|it| keys.entry(it)) {
            report.say(entry.key.place, "nothing leads to this", "`leads_to:`");
        }
        invariants.push(Invariant {
            name: key.text.clone(),
            kind,
            expression,
            when,
            within,
            reads,
            place: key.place,
        });
    }
    invariants
}

/// A condition, and the services whose tables it reads.
fn condition(
    report: &mut Report<'_>,
    environment: &Environment<'_>,
    node: &Node,
) -> (Expression, Vec<ServiceId>) {
    let (expression, found, reads) = values::any_expression(report, node, environment);
    if !matches!(found, Type::Bool | Type::Any) {
        let text = ["this expression gives ", &found.word()].concat();
        report.say(node.place, text, "true or false");
    }
    (expression, reads)
}
