//! The scorecard: what an interaction does to the people in front of it, in fourteen measures.
//!
//! A [`Tally`] is what one run says about the intents of one class of people that were handled in one way; several
//! tallies, from runs with different seeds, make a [`Score`]. What each measure means stands in [`Measure::TABLE`].
//! Truth and claims are compared elsewhere (`world`); here they are only counted.

mod experiment;
mod measure;
mod report;
mod statistics;
mod tally;

pub use experiment::{Experiment, Trial, choose_everywhere};
pub use measure::{Measure, Unit};
pub use report::{ScoreReport, csv, score_report};
pub use statistics::Figures;
pub use tally::{Score, Tally, scores, tallies};
