//! Measures: folds records into numbers, and a finished run into a report.
//!
//! A measure states its definition where it is computed. Nothing is measured inside an actor, and nothing here
//! knows how a number is drawn.

mod halt;
mod identity;
mod latency;
mod report;
mod scorecard;

pub use halt::halt_words;
pub use identity::{ENGINE, identity};
pub use latency::{Latencies, Latency};
pub use report::{Report, report};
pub use scorecard::{
    Experiment, Figures, Measure, Score, ScoreReport, Tally, Trial, Unit, choose_everywhere, csv,
    score_report, scores, tallies,
};
