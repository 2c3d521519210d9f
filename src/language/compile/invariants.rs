//! `invariants`: sentences that must be true.

use super::keys::{Keys, mapping};
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::values;
use crate::language::expression::{Environment, Expression, Type};
use crate::language::scenario::{Invariant, InvariantKind};
use crate::language::yaml::Entry;

/// When an invariant must hold, by the word that says so. `never` is `always` of the opposite.
const KINDS: &[(&str, InvariantKind)] = &[
    ("always", InvariantKind::Always),
    ("eventually", InvariantKind::Eventually),
    ("never", InvariantKind::Always),
];

/// Compiles all invariants.
pub(super) fn compile_all(report: &mut Report<'_>, names: &Names, entry: &Entry) -> Vec<Invariant> {
    let environment = Environment { chance: false, all_tables: true, ..names.environment() };
    let mut invariants = Vec::new();
    for Entry { key, value } in mapping(report, &entry.value, entry.key.place) {
        declare(report, key, Spelling::Free);
        let words: Vec<&str> = KINDS.iter().map(|it| it.0).collect();
        let keys = Keys::open(report, value, key.place, &words);
        let mut given =
            KINDS.iter().filter_map(|(word, kind)| Some((*word, *kind, keys.get(word)?)));
        let Some((word, kind, node)) = given.next() else {
            report.say(
                key.place,
                "this says nothing",
                "`always:`, `never:` or `eventually:` with a condition",
            );
            continue;
        };
        if let Some((second, _, _)) = given.next() {
            let place = keys.entry(second).map_or(key.place, |it| it.key.place);
            report.say(place, "one sentence says one thing", "an invariant of its own");
        }
        let (expression, found, reads) = values::any_expression(report, node, &environment);
        if !matches!(found, Type::Bool | Type::Any) {
            report.say(
                node.place,
                ["this expression gives ", &found.word()].concat(),
                "true or false",
            );
        }
        let expression: Expression =
            if word == "never" { expression.into_opposite() } else { expression };
        invariants.push(Invariant {
            name: key.text.clone(),
            kind,
            expression,
            reads,
            place: key.place,
        });
    }
    invariants
}
