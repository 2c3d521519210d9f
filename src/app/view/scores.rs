//! Scorecards as the page shows them: figures in words.

use super::compare::rival_name;
use crate::app::Lab;
use crate::language::scenario::ClientId;
use crate::measure::{Measure, Score, Unit, scores, tallies};

/// A scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreView {
    /// Whose.
    pub client: ClientId,
    /// Whose, and at which interaction.
    pub title: String,
    /// How many intents.
    pub intents: u64,
    /// By measure.
    pub figures: Vec<FigureView>,
}

/// A figure of a scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureView {
    /// What is measured.
    pub measure: Measure,
    /// The mean and its margin, or what else there is to say.
    pub words: String,
    /// It should not have happened at all, and has.
    pub is_harm: bool,
}

/// The scorecards of the run on the stage, up to the playhead.
pub fn live_scores(lab: &Lab) -> Vec<ScoreView> {
    let all = scores(vec![tallies(lab.world(), lab.run().now())]);
    all.iter().map(|it| score_view(lab, it)).collect()
}

/// The name of the rival run, and its scorecard for the same people: the one with the most intents.
pub fn rival_score(lab: &Lab, client: ClientId) -> Option<(String, ScoreView)> {
    let all = live_scores(lab.rival()?);
    let same = all.into_iter().filter(|it| it.client == client);
    Some((rival_name(lab)?, same.max_by_key(|it| it.intents)?))
}

/// The scorecards of the trials so far.
pub fn trial_scores(lab: &Lab) -> Vec<ScoreView> {
    let courses = lab.trials().map_or(&[][..], |it| it.courses());
    let mut all = Vec::new();
    for course in courses {
        for score in &course.scores {
            let mut it = score_view(lab, score);
            match course.interaction {
                None => it.title = ["As it stands: ", &it.title].concat(),
                Some(it_) if it_.preset().is_none() => it.title = course.label.to_string(),
                Some(_) => {}
            }
            all.push(it);
        }
    }
    all
}

fn score_view(lab: &Lab, score: &Score) -> ScoreView {
    let interaction = score.interaction.preset().map_or("A nameless mix", |it| it.label);
    let clients = &lab.scenario().clients;
    let title = match clients.get(score.client).filter(|_| clients.len() > 1) {
        Some(class) => format!("{}: {interaction}", class.name),
        None => interaction.to_owned(),
    };
    let figures = Measure::all().map(|it| figure(score, it)).collect();
    ScoreView { client: score.client, title, intents: score.intents, figures }
}

/// A figure in words: the mean, its margin if there is one, and to how many it never happened.
fn figure(score: &Score, measure: Measure) -> FigureView {
    let figures = score.of(measure);
    let digits = if measure.unit() == Unit::Seconds { 2 } else { 1 };
    let Some(mean) = figures.mean else {
        let words = if figures.never > 0.0 { "never" } else { "–" };
        return FigureView { measure, words: words.to_owned(), is_harm: false };
    };
    let margin = figures.margin.filter(|it| *it > 0.0);
    let margin = margin.map_or(String::new(), |it| format!(" ± {it:.digits$}"));
    let never = match figures.never {
        0.0 => String::new(),
        share => format!(", {:.0} % never", share * 100.0),
    };
    let is_harm = measure.is_harm() && mean > 0.0;
    FigureView { measure, words: format!("{mean:.digits$}{margin}{never}"), is_harm }
}
