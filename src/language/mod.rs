//! The scenario language: text in, a checked and compiled [`Scenario`] or all [`Finding`]s out.
//!
//! It knows what a scenario says, not how one runs.

mod compile;
pub mod diagnostic;
mod duration;
pub mod expression;
mod findings;
mod format;
mod nearest;
pub mod scenario;
pub mod script;
#[cfg(test)]
mod tests;
pub mod value;
mod yaml;

pub use compile::schema;
pub use diagnostic::{Finding, Place};
pub use duration::parse as parse_duration;
use expression::Expression;
pub use format::format;
pub use nearest::nearest;
pub use scenario::Scenario;
pub use script::Script;
pub use value::{Row, Table, Value};

/// Reads, checks and compiles a scenario.
///
/// # Errors
/// All findings, in the order of the text. There is at least one.
pub fn compile(text: &str) -> Result<Scenario, Vec<Finding>> {
    compile::scenario(text)
}

/// Compiles a condition about a running scenario: what may stand in an invariant, with or without `=`.
///
/// # Errors
/// All findings. There is at least one.
pub fn condition(scenario: &Scenario, text: &str) -> Result<Expression, Vec<Finding>> {
    compile::condition(scenario, text)
}

/// What keeps a text from being YAML, as this language has it: until that is right, nothing else can be said.
pub fn yaml_findings(text: &str) -> Vec<Finding> {
    let mut findings = findings::Findings::about(text);
    let _ = yaml::read(text, &mut findings);
    findings.into_sorted()
}

/// Reads what [`Script`] writes.
///
/// # Errors
/// All findings, in the order of the text. There is at least one.
pub fn read_script(text: &str) -> Result<Script, Vec<Finding>> {
    compile::script(text)
}
