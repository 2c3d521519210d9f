//! The lab: everything that the page stands for, in one value.

use std::sync::Arc;

use super::action::Action;
use super::catalogue::{self, CATALOGUE};
use super::link;
use super::playback::{OCCURRENCES_PER_FRAME, Playback};
use crate::base::limits::RUN_SPAN_MAX;
use crate::base::{Time, sorted};
use crate::history::{Recorded, Run};
use crate::interaction::Interaction;
use crate::language::scenario::{ChannelId, ClientId, InteractionChoice, ServiceId};
use crate::language::{self, Finding, Scenario, Value};
use crate::world::{Input, Plan, Settings, World};

/// Occurrences that a seek plays at most in one go.
const OCCURRENCES_PER_SEEK: u64 = 2_000_000;

/// Where the open scenario comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the catalogue: its path.
    BuiltIn(&'static str),
    /// From the person: what they call it.
    Own(String),
    /// Another scenario, changed here.
    Edited(Arc<Original>),
}

/// What a text was before somebody changed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    origin: Origin,
    text: Arc<str>,
}

/// What the inspector shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A message, by its id.
    Message(u64),
    /// A service.
    Service(ServiceId),
    /// A channel.
    Channel(ChannelId),
    /// A person: index into the world's people.
    Person(usize),
}

/// A text or a link that could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What the person calls it.
    pub name: String,
    /// Why, in one sentence.
    pub reason: String,
    /// What is wrong with the text, in its order; empty when the text was never reached.
    pub findings: Vec<Finding>,
    /// The text.
    pub text: String,
}

/// The lab.
#[derive(Clone)]
pub struct Lab {
    origin: Origin,
    settings: Settings,
    run: Run<World>,
    playback: Playback,
    selection: Option<Selection>,
    refusal: Option<Refusal>,
    generation: u64,
    /// Texts of the catalogue that are here, by path.
    fetched: Vec<(&'static str, Arc<str>)>,
}

impl Lab {
    /// The lab as a visitor finds it: the first scenario of the catalogue is alive.
    pub fn new() -> Self {
        let entry = &CATALOGUE[0];
        let scenario = language::compile(catalogue::FIRST).expect("law: the catalogue compiles");
        let settings = Settings::new();
        let world = World::new(scenario, 1, &settings).expect("law: the catalogue starts");
        Self {
            origin: Origin::BuiltIn(entry.path),
            settings,
            run: Run::new(world, Vec::new()),
            playback: Playback::default(),
            selection: None,
            refusal: None,
            generation: 0,
            fetched: vec![(entry.path, catalogue::FIRST.into())],
        }
    }

    /// Where the open scenario comes from.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The run.
    pub const fn run(&self) -> &Run<World> {
        &self.run
    }

    /// The world at the playhead.
    pub const fn world(&self) -> &World {
        self.run.system()
    }

    /// What never changes in this run.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.world().plan
    }

    /// The open scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.world().plan.scenario
    }

    /// How the run is being played.
    pub const fn playback(&self) -> Playback {
        self.playback
    }

    /// What the inspector shows.
    pub const fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    /// The text that could not be opened, until the person has seen the report.
    pub const fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// Counts the scenarios that have been opened: another number means another stage.
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// The knobs that stood differently from their default at the start.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Carries out what is asked. The only place where the lab changes.
    pub fn update(&mut self, action: Action) {
        match action {
            Action::Frame(elapsed) => {
                let until = self.run.now() + self.playback.span(elapsed);
                self.run.advance(until.min(end_of_time()), OCCURRENCES_PER_FRAME);
            }
            Action::TogglePlay => self.playback.playing = !self.playback.playing,
            Action::Step => {
                self.playback.playing = false;
                self.run.step();
            }
            Action::StepBack => {
                self.playback.playing = false;
                self.run.step_back();
            }
            Action::Seek(to) => {
                self.playback.playing = false;
                self.run.seek(to.min(end_of_time()), OCCURRENCES_PER_SEEK);
            }
            Action::SetSpeed(speed) => self.playback.speed = speed,
            Action::Restart(seed) => self.restart(seed),
            Action::Submit { person, item, values } => {
                self.steer(Input::Submit { person, item, values })
            }
            Action::Turn(knob, value) => self.turn(knob, value),
            Action::Variant(variant) => self.vary(variant),
            Action::Habits(on) => self.steer(Input::Habits { on }),
            Action::Crash(node, instance) => self.steer(Input::Crash(node, instance)),
            Action::RestartNode(node, instance) => self.steer(Input::Restart(node, instance)),
            Action::Fault(fault, on) => self.steer(Input::Fault(fault, on)),
            Action::Lose(message) => self.steer(Input::Lose(message)),
            Action::Choose(client, interaction) => self.choose(client, interaction),
            Action::Select(selection) => self.selection = selection,
            Action::Open { name, text } => self.open_text(name, text),
            Action::RunText(text) => self.run_text(text),
            Action::OpenOriginal => {
                if let Origin::Edited(original) = &self.origin {
                    let (origin, text) = (original.origin.clone(), original.text.to_string());
                    self.open(origin, text, self.world().seed);
                }
            }
            Action::OpenBuiltIn(path) => self.open_built_in(&path),
            Action::Fetched { path, text } => self.take_fetched(path, text),
            Action::OpenLink(fragment) => self.open_link(&fragment),
            Action::DismissRefusal => self.refusal = None,
        }
    }

    /// An input that the scenario cannot take is not one: nothing happens.
    fn steer(&mut self, input: Input) {
        if self.world().accepts(&input) {
            self.run.steer(input);
        }
    }

    /// A knob that only first rows depend on takes effect by starting again; any other at this instant.
    fn turn(&mut self, knob: usize, value: Value) {
        if !self.world().accepts(&Input::Turn { knob, value: value.clone() }) {
            return;
        }
        if self.scenario().knobs[knob].at_start_only {
            self.settings = self.present_settings();
            self.settings.retain(|it| it.0 != knob);
            sorted::insert(&mut self.settings, (knob, value));
            self.begin(self.world().seed, Vec::new());
        } else {
            self.steer(Input::Turn { knob, value });
        }
    }

    /// Turns all knobs of a variant that stand differently. If one of them takes effect only by starting again, all do.
    fn vary(&mut self, variant: usize) {
        let plan = self.plan().clone();
        let Some(variant) = plan.scenario.variants.get(variant) else { return };
        let mut settings = variant.settings.clone();
        settings.retain(|(knob, value)| self.world().knobs[*knob] != *value);
        if settings.iter().any(|it| plan.scenario.knobs[it.0].at_start_only) {
            self.settings = self.present_settings();
            for (knob, value) in settings {
                self.settings.retain(|it| it.0 != knob);
                sorted::insert(&mut self.settings, (knob, value));
            }
            self.begin(self.world().seed, Vec::new());
        } else {
            for (knob, value) in settings {
                self.steer(Input::Turn { knob, value });
            }
        }
    }

    fn choose(&mut self, client: ClientId, interaction: Interaction) {
        let Some(class) = self.scenario().clients.get(client) else { return };
        match (class.interaction, interaction.preset()) {
            (InteractionChoice::Knob(knob), Some(preset)) => {
                self.turn(knob, Value::text(preset.name))
            }
            _ => self.steer(Input::Choose { client, interaction }),
        }
    }

    /// The knobs as they stand now, as far as they differ from their defaults.
    fn present_settings(&self) -> Settings {
        let knobs = self.scenario().knobs.iter().zip(&self.world().knobs).enumerate();
        knobs
            .filter(|(_, (knob, value))| knob.default != **value)
            .map(|(id, (_, it))| (id, it.clone()))
            .collect()
    }

    fn restart(&mut self, seed: u64) {
        self.settings = self.present_settings();
        self.begin(seed, Vec::new());
    }

    /// Starts the open scenario from the beginning.
    fn begin(&mut self, seed: u64, inputs: Vec<Recorded<Input>>) {
        match World::from_plan(self.plan().clone(), seed, &self.settings) {
            Ok(world) => {
                self.run = Run::new(world, inputs);
                self.selection =
                    self.selection.take().filter(|it| !matches!(it, Selection::Message(_)));
            }
            Err(reason) => {
                self.refusal = Some(Refusal {
                    name: self.scenario().title.clone(),
                    reason: format!("It cannot start with these settings: {reason}"),
                    findings: Vec::new(),
                    text: String::new(),
                });
            }
        }
    }

    fn open_built_in(&mut self, path: &str) {
        if let (Some(entry), Some(text)) = (catalogue::find(path), self.fetched(path)) {
            return self.open(Origin::BuiltIn(entry.path), text.to_string(), 1);
        }
        let reason = format!("There is no scenario `{path}` in the catalogue");
        self.refuse("This link".to_owned(), reason, Vec::new(), String::new());
    }

    fn take_fetched(&mut self, path: &'static str, text: Option<String>) {
        if let Some(text) = text {
            return self.fetched.push((path, text.into()));
        }
        let reason = "It could not be loaded. Is there a connection to the page's host?";
        self.refuse(path.to_owned(), reason.to_owned(), Vec::new(), String::new());
    }

    /// The text of a scenario of the catalogue, if it is here.
    pub(super) fn fetched(&self, path: &str) -> Option<Arc<str>> {
        self.fetched.iter().find(|it| it.0 == path).map(|it| it.1.clone())
    }

    /// The scenario of the catalogue whose text has to be fetched before this can be done.
    pub fn lacks(&self, action: &Action) -> Option<&'static str> {
        let path = match action {
            Action::OpenBuiltIn(path) => path,
            Action::OpenLink(fragment) => link::built_in(fragment)?,
            _ => return None,
        };
        let entry = catalogue::find(path)?;
        self.fetched(path).is_none().then_some(entry.path)
    }

    fn open_text(&mut self, name: String, text: String) {
        self.open(Origin::Own(name), text, 1);
    }

    /// Runs a changed text with the same luck. A broken one disturbs nothing: who writes has its findings already.
    fn run_text(&mut self, text: String) {
        let source = &self.scenario().source;
        let original = match &self.origin {
            Origin::Edited(original) => Arc::clone(original),
            origin => {
                Arc::new(Original { origin: origin.clone(), text: source.to_string().into() })
            }
        };
        let origin = if *original.text == *text {
            original.origin.clone()
        } else {
            Origin::Edited(original)
        };
        if language::compile(&text).is_ok() {
            self.open(origin, text, self.world().seed);
        }
    }

    /// Opens a text; on a broken one everything stays as it was, and the findings are shown.
    fn open(&mut self, origin: Origin, text: String, seed: u64) {
        let name = match &origin {
            Origin::BuiltIn(path) => (*path).to_owned(),
            Origin::Own(name) => name.clone(),
            Origin::Edited(_) => self.scenario().title.clone(),
        };
        let scenario = match language::compile(&text) {
            Ok(scenario) => scenario,
            Err(findings) => {
                let reason = match findings.len() {
                    1 => "One thing is wrong with it".to_owned(),
                    count => format!("{count} things are wrong with it"),
                };
                return self.refuse(name, reason, findings, text);
            }
        };
        match World::new(scenario, seed, &Settings::new()) {
            Ok(world) => self.show(origin, Settings::new(), Run::new(world, Vec::new())),
            Err(reason) => {
                self.refuse(name, format!("It cannot start: {reason}"), Vec::new(), text)
            }
        }
    }

    fn show(&mut self, origin: Origin, settings: Settings, run: Run<World>) {
        self.origin = origin;
        self.settings = settings;
        self.run = run;
        self.playback.playing = true;
        self.selection = None;
        self.refusal = None;
        self.generation += 1;
    }

    fn refuse(&mut self, name: String, reason: String, findings: Vec<Finding>, text: String) {
        self.refusal = Some(Refusal { name, reason, findings, text });
    }

    fn open_link(&mut self, fragment: &str) {
        match link::read(fragment, |path| self.fetched(path)) {
            Ok(opened) => {
                self.show(opened.origin, opened.settings, Run::new(opened.world, opened.inputs));
                self.run.seek(opened.position.at.min(end_of_time()), OCCURRENCES_PER_SEEK);
                self.playback.playing = opened.position.at == Time::ZERO;
            }
            Err(refusal) => self.refusal = Some(refusal),
        }
    }
}

impl Default for Lab {
    fn default() -> Self {
        Self::new()
    }
}

/// The last instant that a run can reach.
fn end_of_time() -> Time {
    Time::ZERO + RUN_SPAN_MAX
}
