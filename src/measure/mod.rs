//! Measures: folds records into numbers, and a finished run into a report.
//!
//! A measure states its definition where it is computed. Nothing is measured inside an actor, and nothing here
//! knows how a number is drawn.

mod latency;
mod report;

pub use latency::{Latencies, Latency};
pub use report::{Report, report};
