//! A condition that is asked about a scenario while it runs: one expression, not part of its text.

use crate::base::limits::CONDITION_CHARS_MAX;
use crate::language::diagnostic::{Finding, Place};
use crate::language::expression::{Environment, Expression, Type};
use crate::language::scenario::Scenario;

/// Compiles a condition.
pub(in crate::language) fn condition(
    scenario: &Scenario,
    text: &str,
) -> Result<Expression, Vec<Finding>> {
    let skip = text.len() - text.trim_start().trim_start_matches('=').len();
    let expression = &text[skip..];
    let chars = |bytes: usize| u32::try_from(text[..bytes].chars().count()).unwrap_or(u32::MAX);
    let finding = |from: usize, length: usize, message: String, expected: String| Finding {
        place: Place {
            line: 1,
            column: chars(skip) + u32::try_from(from).unwrap_or(u32::MAX) + 1,
            length: u32::try_from(length).unwrap_or(u32::MAX),
        },
        message,
        offending: expression.chars().skip(from).take(length).collect(),
        expected,
        nearest: None,
    };
    if CONDITION_CHARS_MAX < text.chars().count() {
        let most = format!("at most {CONDITION_CHARS_MAX} characters (CONDITION_CHARS_MAX)");
        return Err(vec![finding(0, 0, "the condition is too long".to_owned(), most)]);
    }
    let environment = Environment {
        knobs: &scenario.knobs,
        services: &scenario.shapes,
        all_tables: true,
        ..Environment::default()
    };
    let compiled = Expression::compile(expression, &environment);
    let mut findings: Vec<Finding> = compiled
        .mistakes
        .into_iter()
        .map(|it| Finding {
            nearest: it.nearest,
            ..finding(it.range.start, it.range.length, it.message, it.expected)
        })
        .collect();
    if findings.is_empty() && !matches!(compiled.kind, Type::Bool | Type::Any) {
        let gives = ["this expression gives ", &compiled.kind.word()].concat();
        let length = expression.chars().count();
        findings.push(finding(0, length, gives, "true or false".to_owned()));
    }
    if findings.is_empty() { Ok(compiled.expression) } else { Err(findings) }
}
