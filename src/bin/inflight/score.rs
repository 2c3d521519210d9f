//! `score`: runs a scenario with several seeds and several interactions, and puts the scorecards beside each other.

use std::fmt::Write as _;
use std::sync::Arc;

use inflight::interaction::{Interaction, PARTS, PRESETS, grid};
use inflight::language::nearest;
use inflight::measure::{
    Experiment, Figures, Measure, Score, choose_everywhere, csv, score_report,
};
use inflight::world::{Input, Plan};
use lexopt::ValueExt as _;

use crate::Stop;
use crate::setup::{Setup, Word, as_json, choice, next};

/// Seeds, if nothing is said.
const SEEDS: u64 = 10;
/// Seeds at most: an experiment keeps what it has seen.
const SEEDS_MAX: u64 = 1_000;

/// Interactions at most.
const INTERACTIONS_MAX: usize = 1_000;

/// `score FILE …`
pub(crate) fn score(arguments: &mut lexopt::Parser) -> Result<String, Stop> {
    let (mut setup, mut seeds, mut form) = (Setup::default(), SEEDS, 0);
    let (mut interactions, mut varied) = (Vec::new(), Vec::new());
    while let Some(word) = next(arguments)? {
        match word {
            Word::Option(name) if name == "interaction" => {
                interactions.extend(read_interactions(&arguments.value()?.string()?)?);
            }
            Word::Option(name) if name == "vary" => {
                varied.push(read_part(&arguments.value()?.string()?)?)
            }
            Word::Option(name) if name == "seeds" => seeds = arguments.value()?.parse()?,
            Word::Option(name) if name == "report" => {
                form = choice("report", &arguments.value()?.string()?, &["text", "json", "csv"])?;
            }
            other => setup.take(other, arguments)?,
        }
    }
    if !(1..=SEEDS_MAX).contains(&seeds) {
        return Err(Stop::Usage(format!(
            "`--seeds {seeds}`: expected a number from 1 to {SEEDS_MAX} (SEEDS_MAX)"
        )));
    }
    let opened = setup.open()?;
    let mut experiment = Experiment {
        plan: Arc::new(Plan::new(opened.scenario)),
        settings: opened.settings,
        choices: Vec::new(),
        span: opened.span,
    };
    if !varied.is_empty() {
        if interactions.is_empty() {
            interactions.extend(present(&experiment));
        }
        interactions = interactions.into_iter().flat_map(|it| grid(it, &varied)).collect();
    }
    if INTERACTIONS_MAX < interactions.len() {
        return Err(Stop::Usage(format!(
            "`--vary` makes {} interactions: expected {INTERACTIONS_MAX} at most (INTERACTIONS_MAX)",
            interactions.len()
        )));
    }
    let all = |it| choose_everywhere(&experiment.plan.scenario, it);
    let mut chosen: Vec<Vec<Input>> = interactions.into_iter().map(all).collect();
    if chosen.is_empty() {
        chosen.push(Vec::new());
    }
    let mut scores = Vec::new();
    for choices in chosen {
        experiment.choices = choices;
        let some = experiment.score(1..=seeds);
        scores.extend(some.map_err(|reason| Stop::Broken(format!("{}: {reason}", opened.file)))?);
    }
    if form == 0 {
        return Ok(words(&experiment, seeds, &scores));
    }
    let report = score_report(&experiment, seeds, scores.iter());
    Ok(if form == 1 { as_json(&report) } else { csv(&report) })
}

/// How the first people's wishes are handled if nothing is said.
fn present(experiment: &Experiment) -> Option<Interaction> {
    let scenario = &experiment.plan.scenario;
    let mut knobs: Vec<_> = scenario.knobs.iter().map(|it| it.default.clone()).collect();
    for (knob, value) in &experiment.settings {
        knobs[*knob] = value.clone();
    }
    Some(scenario.clients.first()?.interaction.resolve(&knobs))
}

/// The part of an interaction with this name.
fn read_part(name: &str) -> Result<&'static str, Stop> {
    choice("vary", name, &PARTS).map(|it| PARTS[it])
}

/// The preset of this name, or all.
fn read_interactions(name: &str) -> Result<Vec<Interaction>, Stop> {
    if name == "all" {
        return Ok(PRESETS.iter().map(|it| it.interaction).collect());
    }
    let found = PRESETS.iter().find(|it| it.name == name);
    found.map(|it| vec![it.interaction]).ok_or_else(|| {
        let known: Vec<&str> = PRESETS.iter().map(|it| it.name).collect();
        let nearest = nearest(name, known.iter().copied());
        let hint = nearest.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
        let known = known.join(", ");
        Stop::Usage(format!("There is no interaction `{name}`: expected all, {known}{hint}"))
    })
}

/// The scorecards as a table: a line for each measure, a column for each scorecard.
fn words(experiment: &Experiment, seeds: u64, scores: &[Score]) -> String {
    let scenario = &experiment.plan.scenario;
    let mut text = format!(
        "{}\n{seeds} seeds, people act for {} and rest for {}\n",
        scenario.title,
        experiment.span,
        Experiment::REST
    );
    for score in scores {
        let client = &scenario.clients[score.client].name;
        let _ = writeln!(text, "\n{client}, {}: {} intents", score.interaction, score.intents);
        let _ = writeln!(
            text,
            "{:<21}{:>10}{:>10}{:>9}{:>9}{:>9}{:>9}  unit",
            "", "mean", "±", "p50", "p95", "p99", "never"
        );
        for measure in Measure::all() {
            let Figures { mean, margin, percentiles, never } = *score.of(measure);
            let percentile = |place: usize| percentiles.map(|it: [f64; 3]| it[place]);
            let _ = writeln!(
                text,
                "{:<21}{:>10}{:>10}{:>9}{:>9}{:>9}{:>9}  {}",
                measure.label(),
                number(mean),
                number(margin),
                number(percentile(0)),
                number(percentile(1)),
                number(percentile(2)),
                if never > 0.0 { format!("{:.1} %", never * 100.0) } else { String::new() },
                measure.unit().name()
            );
        }
    }
    text
}

/// A number with three decimals at most, or nothing.
fn number(it: Option<f64>) -> String {
    match it {
        None => String::new(),
        Some(it) if it.is_infinite() => "never".to_owned(),
        Some(it) => format!("{it:.3}"),
    }
}
