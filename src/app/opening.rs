//! Opening scenarios: from the catalogue, a text, a link, what is kept here, or a text that somebody has changed.
//!
//! It promises that what cannot be opened changes nothing: the running scenario stays, and what is wrong is kept for
//! the person to see. What comes from outside passes the [`gate`] and waits until the person says yes.

use std::sync::Arc;

use super::action::{Action, Return};
use super::archive::Document;
use super::branching::FIRST_BRANCH;
use super::catalogue;
use super::chronicle::Chronicle;
use super::gate::{self, Arrival, Incoming, Offer, Way};
use super::lab::Lab;
use super::link;
use super::options::Options;
use crate::base::Time;
use crate::base::limits::LINK_CHARS_MAX;
use crate::history::{Branches, Run};
use crate::language::{self, Finding};
use crate::world::{Settings, World};

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
    /// Empty when it lies in the catalogue and has not been fetched.
    text: Arc<str>,
}

impl Origin {
    /// A changed copy of something, whose text may be known.
    pub(super) fn copy_of(origin: Self, text: Option<Arc<str>>) -> Self {
        Self::Edited(Arc::new(Original { origin, text: text.unwrap_or_default() }))
    }

    /// The entry of the catalogue of which this is a changed copy.
    pub fn copied_from(&self) -> Option<&'static str> {
        match self {
            Self::Edited(original) => match original.origin {
                Self::BuiltIn(path) => Some(path),
                Self::Own(_) | Self::Edited(_) => None,
            },
            Self::BuiltIn(_) | Self::Own(_) => None,
        }
    }
}

/// A text or a link that could not be opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// What has come in, and how.
#[derive(Clone, Default)]
pub(super) struct Opening {
    /// What waits for a yes.
    offer: Option<Offer>,
    /// How the link that was opened last wants the page to look.
    options: Options,
    /// What whoever opened something should know of it.
    notes: Vec<String>,
    /// Counts the works that have been begun: changing a text of one's own does not begin another.
    work: u64,
    /// The document as which the work was opened.
    document: Option<Document>,
    /// What is open is kept nowhere: nothing may replace it without a question.
    guarded: bool,
}

impl Lab {
    /// What waits for the person to say yes.
    pub const fn offer(&self) -> Option<&Offer> {
        self.opening.offer.as_ref()
    }

    /// How the link that was opened last wants the page to look.
    pub const fn options(&self) -> &Options {
        &self.opening.options
    }

    /// What whoever opened this should know of it.
    pub fn notes(&self) -> &[String] {
        &self.opening.notes
    }

    /// Counts the works that have been begun: with another number, something else is open. Changing a text of one's
    /// own does not begin another.
    pub const fn begun(&self) -> u64 {
        self.opening.work
    }

    /// The document as which the work was opened, if it has been kept before.
    pub const fn document(&self) -> Option<&Document> {
        self.opening.document.as_ref()
    }

    /// Is it kept nowhere what is open?
    pub const fn is_guarded(&self) -> bool {
        self.opening.guarded
    }

    pub(super) fn open_built_in(&mut self, path: &str) {
        if self.opening.guarded {
            return self.take_in(&Incoming {
                way: Way::Link,
                name: path.to_owned(),
                text: ["scenario=", path].concat(),
            });
        }
        if let (Some(entry), Some(text)) = (catalogue::find(path), self.fetched(path)) {
            return self.open(Origin::BuiltIn(entry.path), text.to_string(), 1);
        }
        let reason = ["There is no scenario `", path, "` in the catalogue"].concat();
        self.refuse("This link".to_owned(), reason, Vec::new(), String::new());
    }

    pub(super) fn take_fetched(&mut self, path: &'static str, text: Option<String>) {
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
        let kept;
        let path = match action {
            Action::OpenBuiltIn(path) => path.as_str(),
            Action::OpenLink(fragment) if fragment.len() <= LINK_CHARS_MAX => {
                link::part(fragment, "scenario")?
            }
            Action::Offer(it) if it.way == Way::Link => link::part(&it.text, "scenario")?,
            Action::Offer(it) if it.way == Way::Kept => {
                kept = Document::read(&it.text).ok()?;
                link::part(&kept.link, "scenario")?
            }
            Action::OpenOriginal => self.origin.copied_from()?,
            Action::Restore { link, .. } => link::part(link, "scenario")?,
            _ => return None,
        };
        let entry = catalogue::find(path)?;
        self.fetched(path).is_none().then_some(entry.path)
    }

    pub(super) fn open_text(&mut self, name: String, text: String) {
        self.open(Origin::Own(name), text, 1);
    }

    /// Runs a changed text with the same luck. A broken one disturbs nothing: who writes has its findings already.
    pub(super) fn run_text(&mut self, text: String) {
        let source: Arc<str> = self.scenario().source.to_string().into();
        let original = match &self.origin {
            Origin::Edited(original) => Arc::clone(original),
            origin => Arc::new(Original { origin: origin.clone(), text: source }),
        };
        let origin = if *original.text == *text {
            original.origin.clone()
        } else {
            Origin::Edited(original)
        };
        if language::compile(&text).is_ok() {
            let before = (self.origin.clone(), self.opening.clone());
            self.open(origin, text, self.world().seed);
            // A copy of what came with the lab is new; a text of one's own stays the same work.
            if !matches!(before.0, Origin::BuiltIn(_)) {
                self.opening = before.1;
            }
        }
    }

    /// Goes back from a changed text to what it was.
    pub(super) fn open_original(&mut self) {
        let Origin::Edited(original) = &self.origin else { return };
        match original.origin.clone() {
            Origin::BuiltIn(path) if self.opening.guarded => self.open_built_in(path),
            Origin::BuiltIn(path) => {
                if let Some(text) = self.fetched(path) {
                    self.open(Origin::BuiltIn(path), text.to_string(), self.world().seed);
                }
            }
            origin => self.open(origin, original.text.to_string(), self.world().seed),
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
            Ok(world) => {
                let branches = Branches::new(FIRST_BRANCH.to_owned());
                self.show(origin, Settings::new(), Run::new(world, Vec::new()), branches);
            }
            Err(reason) => {
                self.refuse(name, format!("It cannot start: {reason}"), Vec::new(), text)
            }
        }
    }

    fn show(
        &mut self,
        origin: Origin,
        settings: Settings,
        run: Run<World>,
        branches: Branches<World>,
    ) {
        self.origin = origin;
        self.settings = settings;
        self.placed.clone_from(&run.system().plan.scenario.stage);
        // A link goes to its instant at once: what is told must be of this run by then.
        self.chronicle = Chronicle::new(run.system());
        (self.run, self.branches) = (run, branches);
        (self.rival, self.trials) = (None, None);
        self.goal = None;
        self.playback.playing = true;
        self.selection = None;
        self.refusal = None;
        self.generation += 1;
        self.opening = Opening { work: self.opening.work + 1, ..Opening::default() };
    }

    fn refuse(&mut self, name: String, reason: String, findings: Vec<Finding>, text: String) {
        self.refusal = Some(Refusal { name, reason, findings, text });
    }

    /// Lets something pass the gate. What the catalogue says of itself is opened at once, unless that would lose
    /// something; anything else waits for a yes.
    pub(super) fn take_in(&mut self, incoming: &Incoming) {
        self.opening.offer = None;
        match gate::pass(incoming, &|path| self.fetched(path)) {
            Ok(offer) => {
                let asks = match &offer {
                    Offer::Scenario(it) => {
                        let known = matches!(it.origin, Origin::BuiltIn(_));
                        self.opening.guarded || !(known || incoming.way == Way::Kept)
                    }
                    Offer::Documents(..) => true,
                };
                self.opening.offer = Some(offer);
                if !asks {
                    self.accept();
                }
            }
            Err(refusal) => self.refusal = Some(refusal),
        }
    }

    /// The person says yes to what has come in.
    pub(super) fn accept(&mut self) {
        if let Some(Offer::Scenario(arrival)) = self.opening.offer.take() {
            self.welcome(*arrival, None);
        }
    }

    /// The person says no.
    pub(super) fn decline(&mut self) {
        self.opening.offer = None;
    }

    /// Says whether what is open is kept nowhere.
    pub(super) fn guard(&mut self, guarded: bool) {
        self.opening.guarded = guarded;
    }

    /// Opens again what was open when the page went away.
    pub(super) fn restore(&mut self, link: String, as_it_was: Return) {
        let (way, name) = (Way::Back, "What was open here".to_owned());
        match gate::pass(&Incoming { way, name, text: link }, &|path| self.fetched(path)) {
            Ok(Offer::Scenario(it)) => self.welcome(*it, Some(as_it_was)),
            Ok(Offer::Documents(..)) => {}
            Err(refusal) => self.refusal = Some(refusal),
        }
    }

    /// Opens what has arrived; `again` when somebody comes back to it. Otherwise it plays if it starts at the start.
    fn welcome(&mut self, it: Arrival, again: Option<Return>) {
        let run = it.prepared;
        self.show(it.origin, run.settings, run.first, run.branches);
        self.branches.switch(&mut self.run, run.shown, self.at_once);
        self.opening.options = it.options;
        self.opening.notes = it.notes;
        self.opening.document = it.document;
        let at = run.at;
        self.playback.playing = again.map_or(at == Time::ZERO, |it| it == Return::Playing);
        if again != Some(Return::Still) {
            self.go_to(at);
        }
        self.compare(run.beside);
    }
}
