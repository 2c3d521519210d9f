//! The lab: everything that the page stands for, in one value.

use std::sync::Arc;

use super::action::Action;
use super::branching::FIRST_BRANCH;
use super::catalogue::{self, CATALOGUE};
use super::chronicle::Chronicle;
use super::gate::{Incoming, Way};
use super::lineage::Lineage;
use super::opening::{Opening, Origin, Refusal};
use super::playback::{OCCURRENCES_AT_ONCE, Playback};
use super::rival::Rival;
use super::search::Search;
use super::trials::Trials;
use super::until::{Chase, Reached};
use crate::base::limits::RUN_SPAN_MAX;
use crate::base::{Time, sorted};
use crate::history::{Branches, Recorded, Run};
use crate::interaction::Interaction;
use crate::language::scenario::{
    ChannelId, ClientId, KnobKind, Movable, Part, ServiceId, Spot, TableId,
};
use crate::language::{self, Scenario, Value};
use crate::service::NodeId;
use crate::world::{Input, Plan, Settings, World};

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
    /// A link: from one node to another.
    Link(NodeId, NodeId),
    /// An intent, and what its screen says of it.
    Intent(u64),
    /// A row of a service's table.
    Row {
        /// Whose.
        service: ServiceId,
        /// Which table.
        table: TableId,
        /// Which row.
        key: Value,
    },
    /// What a record tells, by its number among all of the run.
    Record(u64),
}

impl Selection {
    /// Is it something that another run may not have?
    pub(super) const fn is_of_one_run(&self) -> bool {
        matches!(self, Self::Message(_) | Self::Intent(_) | Self::Record(_))
    }
}

/// The lab.
#[derive(Clone)]
pub struct Lab {
    pub(super) origin: Origin,
    pub(super) settings: Settings,
    pub(super) run: Run<World>,
    /// The other runs that have left this one, or that it has left.
    pub(super) branches: Branches<World>,
    /// Why what a person wanted to do last was not done.
    pub(super) objection: Option<String>,
    /// What has been seen of it.
    pub(super) chronicle: Chronicle,
    pub(super) playback: Playback,
    pub(super) goal: Option<Time>,
    /// Occurrences that an action lets come about at most.
    pub(super) at_once: u64,
    pub(super) selection: Option<Selection>,
    /// What is run until.
    pub(super) chase: Option<Chase>,
    /// How the last running until something has ended.
    pub(super) arrival: Option<Reached>,
    /// What is looked for among what has happened.
    pub(super) search: Option<Search>,
    /// What led to what is selected, and what followed.
    pub(super) lineage: Option<Box<Lineage>>,
    pub(super) refusal: Option<Refusal>,
    pub(super) opening: Opening,
    pub(super) generation: u64,
    /// The open scenario at all presets, if somebody has asked for that.
    pub(super) trials: Option<Trials>,
    /// The same run but for one difference, if somebody compares.
    pub(super) rival: Option<Rival>,
    /// What stands where, as far as the text or somebody on the page has said so.
    pub(super) placed: Vec<(Movable, Spot)>,
    /// Texts of the catalogue that are here, by path.
    pub(super) fetched: Vec<(&'static str, Arc<str>)>,
}

impl Lab {
    /// The lab as a visitor finds it: the first scenario of the catalogue is alive.
    pub fn new() -> Self {
        let entry = &CATALOGUE[0];
        let scenario = language::compile(catalogue::FIRST).expect("law: the catalogue compiles");
        let settings = Settings::new();
        let world = World::new(scenario, 1, &settings).expect("law: the catalogue starts");
        let mut lab = Self {
            origin: Origin::BuiltIn(entry.path),
            settings,
            placed: world.plan.scenario.stage.clone(),
            chronicle: Chronicle::new(&world),
            run: Run::new(world, Vec::new()),
            branches: Branches::new(FIRST_BRANCH.to_owned()),
            objection: None,
            playback: Playback::default(),
            goal: None,
            at_once: OCCURRENCES_AT_ONCE,
            selection: None,
            lineage: None,
            chase: None,
            arrival: None,
            search: None,
            refusal: None,
            opening: Opening::default(),
            generation: 0,
            trials: None,
            rival: None,
            fetched: vec![(entry.path, catalogue::FIRST.into())],
        };
        lab.chronicle_follows();
        lab
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

    /// The trials, if there are any.
    pub const fn trials(&self) -> Option<&Trials> {
        self.trials.as_ref()
    }

    /// The knobs that stood differently from their default at the start.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Carries out what is asked. The only place where the lab changes.
    pub fn update(&mut self, action: Action) {
        if !matches!(action, Action::Frame(_) | Action::AdvanceTrials(_)) {
            self.objection = None;
        }
        self.forget_chase(&action);
        match action {
            Action::Frame(_) if self.chase.is_some() => self.chase_on(),
            Action::Frame(elapsed) => self.frame(elapsed),
            Action::Work => self.work(),
            Action::TogglePlay => self.toggle_play(),
            Action::RunUntil(until) => self.run_until(until),
            Action::StepOver => self.step_over(),
            Action::Search(text) => self.look_for(text),
            Action::Step => {
                self.pause();
                if let Some(next) = self.run.engine().next_time() {
                    self.play_one(next);
                }
            }
            Action::StepBack => {
                self.pause();
                self.run.step_back();
            }
            Action::Seek(to) => {
                self.pause();
                self.go_to(to);
            }
            Action::Stop => self.pause(),
            Action::Jump(to, selection) => self.jump(to, selection),
            Action::Walk(on) => self.walk(on),
            Action::SetSpeed(speed) => self.playback.speed = speed,
            Action::Restart(seed) => self.restart(seed),
            Action::Do(input) => self.steer(input),
            Action::Turn(knob, value) => self.turn(knob, value),
            Action::Variant(variant) => self.vary(variant),
            Action::Choose(client, form, interaction) => self.choose(client, form, interaction),
            Action::ChooseEverywhere(interaction) => self.choose_alike(interaction),
            Action::StartTrials(field, seeds) => self.start_trials(field, seeds),
            Action::AdvanceTrials(occurrences) => {
                if let Some(trials) = &mut self.trials {
                    trials.advance(occurrences);
                }
            }
            Action::StopTrials => self.trials = None,
            Action::Compare(difference) => self.compare(difference),
            Action::SwitchBranch(branch) => self.switch_branch(branch),
            Action::DeleteBranch(branch) => self.delete_branch(branch),
            Action::RenameBranch(branch, name) => self.rename_branch(branch, &name),
            Action::Select(selection) => self.selection = selection,
            Action::Open { name, text } => self.open_text(name, text),
            Action::RunText(text) => self.run_text(text),
            Action::OpenOriginal => self.open_original(),
            Action::OpenBuiltIn(path) => self.open_built_in(&path),
            Action::Fetched { path, text } => self.take_fetched(path, text),
            Action::OpenLink(text) => {
                self.take_in(&Incoming { way: Way::Link, name: "This link".to_owned(), text });
            }
            Action::Offer(incoming) => self.take_in(&incoming),
            Action::Accept => self.accept(),
            Action::Decline => self.decline(),
            Action::Guard(guarded) => self.guard(guarded),
            Action::Restore { link, as_it_was } => self.restore(link, as_it_was),
            Action::DismissRefusal => self.refusal = None,
            Action::Place(node, spot) => self.place(node, spot),
            Action::PlaceNothing => self.placed.clear(),
        }
        self.chronicle_follows();
        self.rival_follows();
        self.lineage_follows();
        self.search_follows();
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

    pub(super) fn choose(
        &mut self,
        client: ClientId,
        form: Option<usize>,
        interaction: Interaction,
    ) {
        match self.turns(client, form, interaction) {
            Some(turns) => turns.into_iter().for_each(|(knob, value)| self.turn(knob, value)),
            None => self.steer(Input::Choose { client, form, interaction }),
        }
    }

    /// The knobs to turn, and how, so that the intents of a class of people are handled like this; none when knobs
    /// alone cannot do it.
    fn turns(
        &self,
        client: ClientId,
        form: Option<usize>,
        wanted: Interaction,
    ) -> Option<Settings> {
        let choice = self.scenario().clients.get(client).filter(|_| form.is_none())?.interaction;
        let turn = |knob: usize, value: Value| {
            self.scenario().knobs[knob].kind.admits(&value).then_some((knob, value))
        };
        if let Some(knob) = choice.whole_knob() {
            return Some(vec![turn(knob, Value::text(wanted.preset()?.name))?]);
        }
        let present = choice.resolve(&self.world().knobs);
        // What was chosen by hand stands, until knobs say what is wanted.
        if self.world().interaction(client) != present {
            return None;
        }
        let words = present.words().into_iter().zip(wanted.words()).zip(choice.parts);
        let changed = words.filter(|((before, after), _)| before != after);
        changed
            .map(|((_, word), part)| match part {
                Some(Part::Knob(knob)) => {
                    let switch = self.scenario().knobs[knob].kind == KnobKind::Bool;
                    turn(knob, if switch { Value::Bool(wanted.key) } else { Value::text(word) })
                }
                _ => None,
            })
            .collect()
    }

    /// The knobs as they stand now, as far as they differ from their defaults.
    pub(super) fn present_settings(&self) -> Settings {
        let knobs = self.scenario().knobs.iter().zip(&self.world().knobs).enumerate();
        knobs
            .filter(|(_, (knob, value))| knob.default != **value)
            .map(|(id, (_, it))| (id, it.clone()))
            .collect()
    }

    pub(super) fn restart(&mut self, seed: u64) {
        self.settings = self.present_settings();
        self.begin(seed, Vec::new());
    }

    /// Starts the open scenario from the beginning.
    pub(super) fn begin(&mut self, seed: u64, inputs: Vec<Recorded<Input>>) {
        match World::from_plan(self.plan().clone(), seed, &self.settings) {
            Ok(world) => {
                self.goal = None;
                self.chronicle = Chronicle::new(&world);
                self.run = Run::new(world, inputs);
                self.branches = Branches::new(FIRST_BRANCH.to_owned());
                self.selection = self.selection.take().filter(|it| !it.is_of_one_run());
                self.compare(self.difference());
            }
            Err(reason) => self.cannot_start(&reason),
        }
    }

    /// A lab with the same scenario and another run of it, in which nothing is selected or compared.
    pub(super) fn with_run(&self, run: Run<World>, settings: Settings) -> Self {
        Self {
            origin: self.origin.clone(),
            settings,
            chronicle: Chronicle::new(run.system()),
            run,
            branches: Branches::new(FIRST_BRANCH.to_owned()),
            objection: None,
            playback: self.playback,
            goal: None,
            at_once: self.at_once,
            selection: None,
            lineage: None,
            chase: None,
            arrival: None,
            search: None,
            refusal: None,
            opening: Opening::default(),
            generation: self.generation,
            trials: None,
            rival: None,
            placed: self.placed.clone(),
            fetched: Vec::new(),
        }
    }

    /// Says that the open scenario cannot start with some settings.
    pub(super) fn cannot_start(&mut self, reason: &str) {
        self.refusal = Some(Refusal {
            name: self.scenario().title.clone(),
            reason: format!("It cannot start with these settings: {reason}"),
            findings: Vec::new(),
            text: String::new(),
        });
    }
}

impl Default for Lab {
    fn default() -> Self {
        Self::new()
    }
}

/// The last instant that a run can reach.
pub(super) fn end_of_time() -> Time {
    Time::ZERO + RUN_SPAN_MAX
}
