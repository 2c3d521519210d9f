//! Scorecards as the page shows them: numbers in words, tables, and points of the frontier.

use crate::app::Lab;
use crate::measure::{Measure, Score, Unit, scores, tallies};

/// A scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreView {
    /// Whose, and at which interaction.
    pub title: String,
    /// How many intents.
    pub intents: u64,
    /// By measure: its mean, or what else there is to say.
    pub values: Vec<String>,
}

/// A point of the frontier: some interactions that are the same there.
#[derive(Clone, Debug, PartialEq)]
pub struct PointView {
    /// From left to right, 0 to 1.
    pub x: f64,
    /// From bottom to top, 0 to 1.
    pub y: f64,
    /// The interactions: preset's name and label.
    pub names: Vec<(&'static str, &'static str)>,
}

/// The picture of two measures.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FrontierView {
    /// The greatest values of both axes, in words.
    pub ends: [String; 2],
    /// The points.
    pub points: Vec<PointView>,
}

/// The scorecards of the run on the stage, up to the playhead.
pub fn live_scores(lab: &Lab) -> Vec<ScoreView> {
    let all = scores(vec![tallies(lab.world(), lab.run().now())]);
    all.iter().map(|it| score_view(lab, it)).collect()
}

/// The scorecards of the trials so far.
pub fn trial_scores(lab: &Lab) -> Vec<ScoreView> {
    let scores = lab.trials().map_or(&[][..], |it| it.scores());
    scores.iter().map(|it| score_view(lab, it)).collect()
}

fn score_view(lab: &Lab, score: &Score) -> ScoreView {
    let interaction = score.interaction.preset().map_or("a nameless mix", |it| it.label);
    let clients = &lab.scenario().clients;
    let title = match clients.get(score.client).filter(|_| clients.len() > 1) {
        Some(class) => format!("{}, {interaction}", class.name),
        None => interaction.to_owned(),
    };
    let values = Measure::all().map(|it| words(score, it)).collect();
    ScoreView { title, intents: score.intents, values }
}

/// A figure in words: the mean, its margin if there is one, and to how many it never happened.
fn words(score: &Score, measure: Measure) -> String {
    let figures = score.of(measure);
    let digits = if measure.unit() == Unit::Seconds { 2 } else { 1 };
    let Some(mean) = figures.mean else {
        return if figures.never > 0.0 { "never" } else { "–" }.to_owned();
    };
    let margin = figures.margin.filter(|it| *it > 0.0);
    let margin = margin.map_or(String::new(), |it| format!(" ± {it:.digits$}"));
    let never = match figures.never {
        0.0 => String::new(),
        share => format!(", {:.0} % never", share * 100.0),
    };
    format!("{mean:.digits$}{margin}{never}")
}

/// The trials' interactions as points: one measure to the right, another one upward. Interactions of several classes
/// of people are told apart by nobody here: the first class counts.
pub fn frontier(lab: &Lab, x: Measure, y: Measure) -> FrontierView {
    let scores = lab.trials().map_or(&[][..], |it| it.scores());
    let client = scores.first().map(|it| it.client);
    let mean = |score: &Score, measure| score.of(measure).mean;
    let values: Vec<_> = scores
        .iter()
        .filter(|it| Some(it.client) == client)
        .filter_map(|it| Some((it.interaction.preset()?, mean(it, x)?, mean(it, y)?)))
        .collect();
    let greatest = |of: fn(&(&crate::interaction::Preset, f64, f64)) -> f64| {
        values.iter().map(of).fold(0.0, f64::max)
    };
    let (right, top) = (greatest(|it| it.1), greatest(|it| it.2));
    // Small differences count more than great ones, so that what is near zero can be told apart.
    let place = |value: f64, end: f64| if end > 0.0 { (value / end).sqrt() } else { 0.0 };
    let mut points: Vec<PointView> = Vec::new();
    for (preset, at_x, at_y) in values {
        let (x, y, name) = (place(at_x, right), place(at_y, top), (preset.name, preset.label));
        let near = |it: &&mut PointView| (it.x - x).abs() < 0.04 && (it.y - y).abs() < 0.04;
        match points.iter_mut().find(near) {
            Some(point) => point.names.push(name),
            None => points.push(PointView { x, y, names: vec![name] }),
        }
    }
    let end = |value: f64, measure: Measure| format!("{value:.1} {}", measure.unit().name());
    FrontierView { ends: [end(right, x), end(top, y)], points }
}
