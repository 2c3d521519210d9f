//! Trials: the open scenario at all presets, with several seeds, played bit by bit beside what is on the stage.
//!
//! They own their worlds; nothing of the lab's run moves. Whoever drives them says how much may happen at a time, so
//! that frames stay in time and a person can stop them at any moment.

use std::sync::Arc;

use super::lab::Lab;
use crate::base::Span;
use crate::interaction::{Interaction, PARTS, PRESETS, grid};
use crate::language::scenario::ScreenItem;
use crate::measure::{
    Experiment, Score, Tally, Trial, choose_everywhere, csv, score_report, scores,
};
use crate::world::{Input, Plan, Settings};

/// Which interactions are tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// All presets.
    Presets,
    /// All choices of these parts of what stands on the stage.
    Grid(Vec<&'static str>),
}

/// A way to handle all wishes, and what came of it.
#[derive(Clone, Debug)]
pub struct Course {
    /// The interaction; without one all is as it stands on the stage.
    pub interaction: Option<Interaction>,
    /// Its name.
    pub label: Arc<str>,
    /// What has to be chosen for it.
    choices: Vec<Input>,
    /// The scorecards, as soon as all its runs are over.
    pub scores: Vec<Score>,
}

/// Trials that have begun.
#[derive(Clone, Debug)]
pub struct Trials {
    experiment: Experiment,
    seeds: u64,
    courses: Vec<Course>,
    /// Runs that are over. Each course has one for each seed.
    done: u64,
    current: Option<Trial>,
    /// What the runs of the present course have given.
    runs: Vec<Vec<Tally>>,
    failure: Option<String>,
}

impl Lab {
    pub(super) fn start_trials(&mut self, field: Field, seeds: u64) {
        let (plan, settings) = (self.plan().clone(), self.present_settings());
        self.trials = Some(match field {
            Field::Presets => Trials::of_presets(plan, settings, self.nameless_choices(), seeds),
            Field::Grid(parts) => {
                let base = self.world().interaction(0);
                Trials::of_grid(plan, settings, (base, &parts), seeds)
            }
        });
    }

    /// Starts again with the same seed, and with all wishes handled alike.
    pub(super) fn choose_alike(&mut self, interaction: Interaction) {
        self.restart(self.world().seed);
        for it in choose_everywhere(self.scenario(), interaction) {
            if let Input::Choose { client, form, interaction } = it {
                self.choose(client, form, interaction);
            }
        }
    }

    /// What has to be chosen for the way in which things stand, unless all wishes are handled as one preset says.
    fn nameless_choices(&self) -> Option<Vec<Input>> {
        let (world, mut choices) = (self.world(), Vec::new());
        for (client, class) in self.scenario().clients.iter().enumerate() {
            let interaction = world.interaction(client);
            choices.push(Input::Choose { client, form: None, interaction });
            for (item, it) in class.screen.iter().enumerate() {
                if matches!(it, ScreenItem::Form(_)) {
                    let interaction = world.form_interaction(client, item);
                    choices.push(Input::Choose { client, form: Some(item), interaction });
                }
            }
        }
        let of = |it: &Input| match it {
            Input::Choose { interaction, .. } => Some(*interaction),
            _ => None,
        };
        let first = choices.first().and_then(of)?;
        let one_preset = first.preset().is_some() && choices.iter().all(|it| of(it) == Some(first));
        (!one_preset).then_some(choices)
    }
}

impl Trials {
    /// For how long people act in a trial.
    pub const SPAN: Span = Span::from_secs(60);

    /// Interactions that are tried at most.
    pub const COURSES_MAX: usize = 150;

    /// Trials of a scenario at all presets, with seeds from 1 on. `present`: what has to be chosen for the way in
    /// which things stand, if that is none of the presets.
    pub fn of_presets(
        plan: Arc<Plan>,
        settings: Settings,
        present: Option<Vec<Input>>,
        seeds: u64,
    ) -> Self {
        let mut courses: Vec<Course> = present
            .map(|choices| {
                let label = Arc::from("As it stands");
                Course { interaction: None, label, choices, scores: Vec::new() }
            })
            .into_iter()
            .collect();
        courses.extend(PRESETS.iter().map(|it| course(&plan, it.interaction, it.label.into())));
        Self::begin(plan, settings, courses, seeds)
    }

    /// Trials of a scenario at all choices of some parts of an interaction, the rest of which stays: the first
    /// [`Self::COURSES_MAX`] of them.
    pub fn of_grid(
        plan: Arc<Plan>,
        settings: Settings,
        (base, parts): (Interaction, &[&str]),
        seeds: u64,
    ) -> Self {
        let points = grid(base, parts).into_iter().take(Self::COURSES_MAX);
        let courses = points.map(|it| {
            let words = PARTS.iter().zip(it.words()).filter(|it| parts.contains(it.0));
            let words: Vec<&str> = words.map(|(part, word)| key_word(part, word)).collect();
            let label = it.preset().map_or_else(|| words.join(" · "), |it| it.label.to_owned());
            course(&plan, it, label.into())
        });
        let courses = courses.collect();
        Self::begin(plan, settings, courses, seeds)
    }

    fn begin(plan: Arc<Plan>, settings: Settings, courses: Vec<Course>, seeds: u64) -> Self {
        let experiment = Experiment { plan, settings, choices: Vec::new(), span: Self::SPAN };
        let (current, runs, failure) = (None, Vec::new(), None);
        Self { experiment, seeds, courses, done: 0, current, runs, failure }
    }

    /// Lets so many occurrences come about, or a few more. Does nothing when all is done.
    pub fn advance(&mut self, mut occurrences: u64) {
        while occurrences > 0 && self.is_running() {
            occurrences = occurrences.saturating_sub(self.advance_one(occurrences));
        }
    }

    /// Lets one run go on: so many occurrences, or up to its end. Returns how many it were; the end counts as one.
    fn advance_one(&mut self, occurrences: u64) -> u64 {
        let seed = self.done % self.seeds + 1;
        let place = usize::try_from(self.done / self.seeds).unwrap_or(usize::MAX);
        let course = &mut self.courses[place];
        let begun = self.current.take().map_or_else(
            || {
                self.experiment.choices.clone_from(&course.choices);
                self.experiment.begin(seed)
            },
            Ok,
        );
        let mut used = 1;
        let done = begun.and_then(|mut trial| {
            let before = trial.steps();
            let done = trial.advance(occurrences)?;
            used += trial.steps() - before;
            self.current = Some(trial);
            Ok(done)
        });
        match done {
            Ok(None) => {}
            Ok(Some(tallies)) => {
                self.runs.push(tallies);
                self.current = None;
                self.done += 1;
                if seed == self.seeds {
                    course.scores = scores(std::mem::take(&mut self.runs));
                }
            }
            Err(reason) => self.failure = Some(reason),
        }
        used
    }

    /// Runs that are over, and all that there will be.
    pub const fn progress(&self) -> (u64, u64) {
        (self.done, self.courses.len() as u64 * self.seeds)
    }

    /// Is there more to play?
    pub const fn is_running(&self) -> bool {
        let (done, all) = self.progress();
        self.failure.is_none() && done < all
    }

    /// Why they ended early, if so.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// The courses, those that are not over without scorecards.
    pub fn courses(&self) -> &[Course] {
        &self.courses
    }

    /// The scorecards so far as CSV, as the command line writes it.
    pub fn csv(&self) -> String {
        csv(&self.report())
    }

    /// The scorecards so far as JSON, as the command line writes it.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(&self.report()).expect("law: a report can be written as JSON")
            + "\n"
    }

    fn report(&self) -> crate::measure::ScoreReport {
        let scores = self.courses.iter().flat_map(|it| &it.scores);
        score_report(&self.experiment, self.seeds, scores)
    }
}

fn course(plan: &Plan, interaction: Interaction, label: Arc<str>) -> Course {
    let choices = choose_everywhere(&plan.scenario, interaction);
    Course { interaction: Some(interaction), label, choices, scores: Vec::new() }
}

/// A choice as a word for itself: that of the key says nothing without its part.
fn key_word(part: &str, word: &'static str) -> &'static str {
    match (part, word) {
        ("key", "true") => "with a key",
        ("key", _) => "no key",
        _ => word,
    }
}
