//! The scenario language: text in, a checked and compiled [`Scenario`] or all [`Finding`]s out.
//!
//! It knows what a scenario says, not how one runs.

mod compile;
pub mod diagnostic;
mod duration;
pub mod expression;
mod findings;
mod nearest;
pub mod scenario;
pub mod script;
#[cfg(test)]
mod tests;
pub mod value;
mod yaml;

pub use diagnostic::{Finding, Place};
pub use duration::parse as parse_duration;
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

/// Reads what [`Script`] writes.
///
/// # Errors
/// All findings, in the order of the text. There is at least one.
pub fn read_script(text: &str) -> Result<Script, Vec<Finding>> {
    compile::script(text)
}
