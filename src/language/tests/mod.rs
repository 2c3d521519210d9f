//! The language from outside: texts in, scenarios or findings out.

mod findings;
mod formatting;
mod meaning;
mod robustness;
mod schema;

/// A scenario in which everything is used once, and nothing is wrong.
const BASE: &str = include_str!("base.yaml");
/// The first scenario of the catalogue.
const FLAGSHIP: &str = include_str!("../../../scenarios/first-steps/a-mug-eventually.yaml");

/// The findings of a text, one line each.
fn findings(text: &str) -> Vec<String> {
    match super::compile(text) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.iter().map(ToString::to_string).collect(),
    }
}
