//! Finds what has happened by words.
//!
//! It promises that every word that one gives is found in what a hit tells: its kind, its node, its message's name and
//! fields, its reason. It looks at records once, a bounded number at a time, and follows the run.

use std::collections::VecDeque;

use super::lab::{Lab, Selection};
use super::lineage::Told;
use super::view::words::{intent_name, message_name, record_words, subject};
use crate::base::Time;
use crate::base::limits::{SEARCH_HITS_MAX, SEARCH_WORDS_MAX};
use crate::language::Value;
use crate::world::{Record, What};

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// When it happened.
    pub at: Time,
    /// What, in words.
    pub words: String,
    /// What is selected when one goes there.
    pub select: Selection,
}

/// What is looked for, and what has been found.
#[derive(Clone, Debug)]
pub struct Search {
    text: String,
    words: Vec<Word>,
    /// Numbers of records, the latest last.
    hits: VecDeque<u64>,
    /// How many there are, those included that are not kept.
    count: u64,
    /// The number of the record that is looked at next.
    next: u64,
    /// The kinds of messages by their ids, from the first that is kept on.
    names: VecDeque<u32>,
    first: u64,
    /// How often inputs had changed the run.
    inputs: usize,
}

impl Search {
    pub(super) fn new(text: String, lab: &Lab) -> Self {
        let words = text.split_whitespace().take(SEARCH_WORDS_MAX);
        let words = words.map(|it| Word::new(it, lab)).collect();
        Self {
            text,
            words,
            hits: VecDeque::new(),
            count: 0,
            next: Told::new(lab.run()).first(),
            names: VecDeque::new(),
            first: 0,
            inputs: lab.run().inputs().len(),
        }
    }

    /// The words, as they were given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Is it about another past by now?
    pub(super) fn is_outdated(&self, lab: &Lab) -> bool {
        Told::new(lab.run()).end() < self.next || self.inputs != lab.run().inputs().len()
    }

    /// Looks at what has not been looked at.
    pub(super) fn follow(&mut self, lab: &Lab) {
        let told = Told::new(lab.run());
        for number in self.next.max(told.first())..told.end() {
            let Some(record) = told.get(number) else { continue };
            self.learn(record);
            if self.is_hit(lab, record) {
                self.count += 1;
                self.hits.push_back(number);
                if self.hits.len() > SEARCH_HITS_MAX {
                    self.hits.pop_front();
                }
            }
        }
        self.next = told.end();
    }

    /// Remembers what kind of message has begun.
    fn learn(&mut self, record: &Record) {
        let What::Begun { message, name, .. } = record.what else { return };
        if self.names.is_empty() {
            self.first = message;
        }
        self.names.push_back(name);
    }

    /// The kind of the message to which a record happened.
    fn name_index(&self, record: &Record) -> Option<u32> {
        let message = match record.what {
            What::Begun { message, .. } | What::Snatched { message } => Some(message),
            _ => record.what.message(),
        };
        let place = message.and_then(|it| usize::try_from(it.checked_sub(self.first)?).ok());
        place.and_then(|it| self.names.get(it)).copied()
    }

    fn is_hit(&self, lab: &Lab, record: &Record) -> bool {
        // A message's hops are found with the message.
        if self.words.is_empty() || matches!(record.what, What::Sent { .. } | What::Queued { .. }) {
            return false;
        }
        self.words.iter().all(|it| self.tells(lab, record, it))
    }

    /// Is a word found in what a record tells?
    fn tells(&self, lab: &Lab, record: &Record, word: &Word) -> bool {
        let node = |it: u32| word.nodes.get(it as usize) == Some(&true);
        let name = self.name_index(record).and_then(|it| word.names.get(it as usize));
        if node(record.node)
            || name == Some(&true)
            || kind_words(&record.what).contains(&*word.text)
        {
            return true;
        }
        match &record.what {
            What::Begun { body: Some(values), .. } | What::Changed { row: values, .. } => {
                values.iter().any(|it| word.is_in_value(it))
            }
            What::Lost { to, .. } => node(*to),
            What::Noted { text, .. } | What::Failed { reason: text, .. } => word.is_in(text),
            What::Decided { intent, reason, .. } => {
                word.is_in(reason) || word.is_in(&intent_name(lab, *intent))
            }
            What::Asserted { intent, .. } | What::Kept { intent, .. } => {
                word.is_in(&intent_name(lab, *intent))
            }
            What::Turned { .. }
            | What::Fault { .. }
            | What::Violated { .. }
            | What::Chose { .. } => word.is_in(&record_words(lab, record, "")),
            _ => false,
        }
    }

    /// What has been found, the latest first, and how many there are in all.
    pub fn hits(&self, lab: &Lab) -> (Vec<Hit>, u64) {
        let told = Told::new(lab.run());
        let hit = |number: &u64| {
            let record = told.get(*number)?;
            let name = self.name_index(record).map_or("", |it| message_name(lab, it));
            let words = record_words(lab, record, name);
            Some(Hit { at: record.at, words, select: subject(lab, *number, record) })
        };
        (self.hits.iter().rev().filter_map(hit).collect(), self.count)
    }
}

impl Lab {
    /// What is looked for, if anything is.
    pub const fn search(&self) -> Option<&Search> {
        self.search.as_ref()
    }

    pub(super) fn look_for(&mut self, text: String) {
        self.search = (!text.trim().is_empty()).then(|| Search::new(text, self));
    }

    /// Whatever has been done: what is found is found in the run as it is now.
    pub(super) fn search_follows(&mut self) {
        let Some(mut search) = self.search.take() else { return };
        if search.is_outdated(self) {
            search = Search::new(search.text, self);
        }
        search.follow(self);
        self.search = Some(search);
    }
}

/// A word that is looked for, and where it is found anyway.
#[derive(Clone, Debug)]
struct Word {
    /// In small letters.
    text: String,
    /// By node: is it in its name?
    nodes: Vec<bool>,
    /// By kind of message: is it in its name?
    names: Vec<bool>,
}

impl Word {
    fn new(text: &str, lab: &Lab) -> Self {
        let mut word = Self { text: text.to_lowercase(), nodes: Vec::new(), names: Vec::new() };
        word.nodes = lab.plan().nodes.iter().map(|it| word.is_in(&it.name)).collect();
        word.names = lab.plan().names.iter().map(|it| word.is_in(it)).collect();
        word
    }

    /// Is it in a text, whatever the size of its letters?
    fn is_in(&self, text: &str) -> bool {
        text.contains(&self.text) || text.to_lowercase().contains(&self.text)
    }

    fn is_in_value(&self, value: &Value) -> bool {
        match value {
            Value::Text(text) => self.is_in(text),
            other => self.is_in(&other.to_string()),
        }
    }
}

/// What is said of every record of a kind, as people look for it.
const fn kind_words(what: &What) -> &'static str {
    match what {
        What::Submitted { .. } => "clicks a click, submits",
        What::Begun { .. } => "sends, sent",
        What::Shown { .. } => "screen shows the rows",
        What::Lost { .. } => "gets lost, loss",
        What::Unroutable { .. } => "finds no reader, unroutable, lost",
        What::Started { .. } => "takes up, started",
        What::Handled { .. } => "is done, handled, reaches",
        What::Failed { .. } => "cannot handle, fails, failure",
        What::Shed { .. } => "sheds, shed",
        What::DeadLettered { .. } => "becomes a dead letter",
        What::Returned { .. } => "dead letter is put back, retry",
        What::Cancelled { .. } => "is taken back, cancelled",
        What::Noted { .. } => "notes",
        What::Changed { .. } => "changes, a row",
        What::Decided { accepted: true, .. } => "decides, accepts, accepted",
        What::Decided { .. } => "decides, refuses, refused",
        What::Asserted { .. } => "screen says, claims",
        What::Kept { .. } => "takes the wish back, does not send it",
        What::Crashed { .. } => "crashes, a crash",
        What::Restarted { .. } => "is back, restarts",
        What::Breaker { .. } => "a breaker",
        What::Turned { .. } => "somebody turns a knob",
        What::Habits { .. } => "habits are switched",
        What::Chose { .. } => "chooses an interaction",
        What::Fault { .. } => "a fault strikes",
        What::Snatched { .. } => "is made to get lost",
        What::Online { .. } => "goes offline, is online again",
        What::Opened { .. } => "opens the page, closes the page",
        What::Meddled { .. } => "by hand",
        What::Reloaded => "loads the page anew",
        What::Violated { .. } => "broken, a violation",
        _ => "",
    }
}
