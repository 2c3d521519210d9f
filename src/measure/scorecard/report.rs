//! Scorecards as data for programs: JSON and CSV. Their form is described in `docs/report.md` and is stable.

use serde::{Serialize, Serializer};

use super::experiment::Experiment;
use super::measure::Measure;
use super::statistics::Figures;
use super::tally::Score;
use crate::base::Span;

/// What `inflight score` tells.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreReport {
    /// The scenario's title.
    pub scenario: String,
    /// The seeds: from 1 to this.
    pub seeds: u64,
    /// For how long people acted, in microseconds; a rest follows.
    pub for_us: Span,
    /// A scorecard for each class of people and each interaction.
    pub scores: Vec<ScoreEntry>,
}

/// One scorecard.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreEntry {
    /// The class of people.
    pub client: String,
    /// How its intents were handled: a preset's name, or the axes.
    pub interaction: String,
    /// Intents in all runs.
    pub intents: u64,
    /// By name of the measure, in the order of the scorecard.
    #[serde(serialize_with = "as_object")]
    pub measures: Vec<(&'static str, FiguresEntry)>,
}

fn as_object<S: Serializer>(
    measures: &[(&'static str, FiguresEntry)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(measures.iter().map(|(name, it)| (name, it)))
}

/// The figures of one measure.
#[derive(Clone, Debug, Serialize)]
pub struct FiguresEntry {
    /// In what it is counted.
    pub unit: &'static str,
    /// As in [`Figures::mean`].
    pub mean: Option<f64>,
    /// As in [`Figures::margin`].
    pub margin: Option<f64>,
    /// Percentiles; none where the measure has none, or where it never happened to so many.
    pub p50: Option<f64>,
    /// As `p50`.
    pub p95: Option<f64>,
    /// As `p50`.
    pub p99: Option<f64>,
    /// As in [`Figures::never`].
    pub never: f64,
}

/// The report on an experiment: what was run, and the scores that came out.
pub fn score_report<'s>(
    experiment: &Experiment,
    seeds: u64,
    scores: impl Iterator<Item = &'s Score>,
) -> ScoreReport {
    let scenario = &experiment.plan.scenario;
    let entry = |score: &Score| ScoreEntry {
        client: scenario.clients[score.client].name.clone(),
        interaction: score.interaction.to_string(),
        intents: score.intents,
        measures: Measure::all()
            .map(|it| (it.name(), FiguresEntry::new(it, score.of(it))))
            .collect(),
    };
    ScoreReport {
        scenario: scenario.title.clone(),
        seeds,
        for_us: experiment.span,
        scores: scores.map(entry).collect(),
    }
}

impl FiguresEntry {
    fn new(measure: Measure, figures: &Figures) -> Self {
        let percentile =
            |place: usize| figures.percentiles.map(|it| it[place]).filter(|it| it.is_finite());
        Self {
            unit: measure.unit().name(),
            mean: figures.mean,
            margin: figures.margin,
            p50: percentile(0),
            p95: percentile(1),
            p99: percentile(2),
            never: figures.never,
        }
    }
}

/// The report as CSV: a line for each measure of each scorecard.
pub fn csv(report: &ScoreReport) -> String {
    let mut text =
        "client,interaction,intents,measure,unit,mean,margin,p50,p95,p99,never\n".to_owned();
    let number = |it: Option<f64>| it.map(|it| it.to_string()).unwrap_or_default();
    for score in &report.scores {
        for (measure, it) in &score.measures {
            let cells = [
                quoted(&score.client),
                quoted(&score.interaction),
                score.intents.to_string(),
                (*measure).to_owned(),
                quoted(it.unit),
                number(it.mean),
                number(it.margin),
                number(it.p50),
                number(it.p95),
                number(it.p99),
                it.never.to_string(),
            ];
            text.push_str(&cells.join(","));
            text.push('\n');
        }
    }
    text
}

/// A cell of CSV (RFC 4180): in quotes when it holds a sign that separates.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        return ["\"", &text.replace('"', "\"\""), "\""].concat();
    }
    text.to_owned()
}
