//! Opening scenarios: from the catalogue, a text, a link, or a text that somebody has changed.
//!
//! It promises that what cannot be opened changes nothing: the running scenario stays, and what is wrong is kept for
//! the person to see.

use std::sync::Arc;

use super::action::{Action, Return};
use super::catalogue;
use super::lab::Lab;
use super::link;
use crate::base::Time;
use crate::history::Run;
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
    text: Arc<str>,
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

impl Lab {
    pub(super) fn open_built_in(&mut self, path: &str) {
        if let (Some(entry), Some(text)) = (catalogue::find(path), self.fetched(path)) {
            return self.open(Origin::BuiltIn(entry.path), text.to_string(), 1);
        }
        let reason = format!("There is no scenario `{path}` in the catalogue");
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
        let path = match action {
            Action::OpenBuiltIn(path) => path,
            Action::OpenLink(link) | Action::Restore { link, .. } => link::built_in(link)?,
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

    /// Goes back from a changed text to what it was.
    pub(super) fn open_original(&mut self) {
        if let Origin::Edited(original) = &self.origin {
            let (origin, text) = (original.origin.clone(), original.text.to_string());
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
        (self.rival, self.trials) = (None, None);
        self.goal = None;
        self.playback.playing = true;
        self.selection = None;
        self.refusal = None;
        self.generation += 1;
    }

    fn refuse(&mut self, name: String, reason: String, findings: Vec<Finding>, text: String) {
        self.refusal = Some(Refusal { name, reason, findings, text });
    }

    /// Opens a link; `again` when somebody comes back to it. Otherwise it plays if it starts at the start.
    pub(super) fn open_link(&mut self, fragment: &str, again: Option<Return>) {
        match link::read(fragment, |path| self.fetched(path)) {
            Ok(opened) => {
                self.show(opened.origin, opened.settings, Run::new(opened.world, opened.inputs));
                let at = opened.position.at;
                self.playback.playing = again.map_or(at == Time::ZERO, |it| it == Return::Playing);
                if again != Some(Return::Still) {
                    self.go_to(at);
                }
            }
            Err(refusal) => self.refusal = Some(refusal),
        }
    }
}
