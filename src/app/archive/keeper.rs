//! The keeper: looks at the lab again and again, and has kept what a person has changed in it.

use std::collections::VecDeque;

use super::document::Document;
use super::jobs::{Job, Read, Save, Then};
use super::key::Key;
use super::shelf::Shelf;
use super::told::{Kept, News, Standing, Why};
use super::{Call, Reply};
use crate::app::link::{is_readable, pack, write_as};
use crate::app::{Lab, Options, Origin};
use crate::base::limits::DOCUMENT_BYTES_MAX;
use crate::sim::Digest;

/// How long nobody has changed anything before it is kept, in milliseconds.
const PAUSE_MILLIS: u64 = 500;
/// The longest time for which a change waits.
const WAIT_MILLIS: u64 = 1_500;
/// After a failure, how long until it is tried again.
pub(super) const RETRY_MILLIS: u64 = 5_000;

/// Somebody who has worked for so long is told to keep a copy elsewhere, too: browsers clear what they keep.
const REMIND_MILLIS: u64 = 600_000;

/// What is open, as far as it is to be kept.
#[derive(Clone, Debug)]
pub(super) struct Work {
    /// The lab's number for it.
    number: u64,
    /// The entry of the catalogue that it is, or of which it is a changed copy.
    path: Option<&'static str>,
    pub(super) id: String,
    pub(super) name: Option<String>,
    /// The number of the copy that this page knows; `None` until the first look.
    pub(super) base: Option<u64>,
    /// The edition that is kept.
    pub(super) kept: Option<u64>,
    /// The edition that was seen last, and since when.
    seen: u64,
    seen_ms: u64,
    /// Since when there is something to keep.
    dirty_ms: Option<u64>,
    pub(super) retry_ms: u64,
    /// When it was kept last.
    pub(super) saved_ms: Option<u64>,
    /// Another tab keeps it.
    pub(super) elsewhere: bool,
    /// When it was made, or changed for the first time since it was opened.
    changed_ms: Option<u64>,
    /// The person has been told to keep a copy elsewhere.
    told: bool,
}

impl Work {
    /// Has it changed since it was kept?
    pub(super) fn is_dirty(&self) -> bool {
        self.kept != Some(self.seen)
    }
}

/// Everything that this device keeps, and what is open.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    pub(super) shelf: Shelf,
    /// Has anybody looked at what is kept?
    pub(super) is_known: bool,
    /// Documents that are not open any more and could not be kept: it is tried again, from this time on.
    pub(super) stranded: Vec<Document>,
    pub(super) stranded_ms: u64,
    pub(super) jobs: VecDeque<Job>,
    /// A call has been handed out and not been answered.
    waiting: bool,
    pub(super) work: Option<Work>,
    pub(super) standing: Standing,
    pub(super) news: VecDeque<News>,
    /// The document that was open before the page was loaded again.
    resumed: Option<String>,
    /// Documents that go when nobody takes it back.
    going: Vec<String>,
    pub(super) now_ms: u64,
}

impl Archive {
    /// An archive that is about to look at what is kept.
    pub fn new() -> Self {
        Self { jobs: VecDeque::from([Job::Look]), ..Self::default() }
    }

    /// Looks at the lab, and at the text that somebody has begun to change in it. `now_ms` is the time of the device.
    pub fn look(&mut self, lab: &Lab, draft: Option<&str>, now_ms: u64) {
        self.now_ms = now_ms;
        if self.jobs.is_empty() && self.stranded_ms <= now_ms {
            let stranded = std::mem::take(&mut self.stranded);
            self.jobs.extend(stranded.into_iter().map(|it| Job::Save(Save::new(it, None))));
        }
        let is_own = !matches!(lab.origin(), Origin::BuiltIn(_)) || draft.is_some();
        if !is_own {
            self.work = None;
            self.standing = Standing::Nothing;
            return;
        }
        let edition = edition(lab, draft);
        if self.work.as_ref().is_none_or(|it| it.number != lab.begun()) {
            self.begin(lab, edition);
        }
        let Some(work) = &mut self.work else { return };
        if work.seen != edition {
            (work.seen, work.seen_ms) = (edition, now_ms);
            work.changed_ms.get_or_insert(now_ms);
        }
        if !work.told && work.changed_ms.is_some_and(|it| it + REMIND_MILLIS <= now_ms) {
            work.told = true;
            self.news.push_back(News::Worked);
        }
        if work.kept == Some(edition) {
            work.dirty_ms = None;
            if let (Standing::Saving, Some(saved_ms)) = (&self.standing, work.saved_ms) {
                self.standing = Standing::Saved(saved_ms);
            }
            return;
        }
        let since = *work.dirty_ms.get_or_insert(now_ms);
        let rests = work.seen_ms + PAUSE_MILLIS <= now_ms || since + WAIT_MILLIS <= now_ms;
        if matches!(self.standing, Standing::Nothing | Standing::Saved(_)) {
            self.standing = Standing::Saving;
        }
        if rests {
            self.keep(lab, draft);
        }
    }

    /// Has what is open kept at once, if it has changed: before something takes its place, or when the page is hidden.
    pub fn flush(&mut self, lab: &Lab, draft: Option<&str>, now_ms: u64) {
        self.look(lab, draft, now_ms);
        if self.work.as_ref().is_some_and(Work::is_dirty) {
            self.keep(lab, draft);
        }
    }

    /// Goes on with a document that was open before the page was loaded again: what is open next is that one.
    pub fn resume(&mut self, document: Option<String>) {
        self.resumed = document;
    }

    fn begin(&mut self, lab: &Lab, edition: u64) {
        let path = match lab.origin() {
            Origin::BuiltIn(path) => Some(*path),
            origin => origin.copied_from(),
        };
        let before = self.work.take();
        let kept = lab.document().filter(|it| !it.is_newer);
        // The text of a built-in scenario had been begun to change, and now runs: that is the same work.
        let goes_on = before.filter(|it| {
            kept.is_none() && lab.document().is_none() && it.path.is_some() && it.path == path
        });
        let id = match (kept, goes_on.as_ref()) {
            (Some(kept), _) => kept.id.clone(),
            (None, Some(before)) => before.id.clone(),
            (None, None) => self.resumed.take().unwrap_or_else(|| self.fresh_id(lab.begun())),
        };
        let is_kept = lab.document().is_some();
        self.standing = kept.map_or(Standing::Nothing, |it| Standing::Saved(it.saved_ms));
        // What is not kept anywhere has just been made.
        let new = ((!is_kept).then_some(self.now_ms), false);
        let (changed_ms, told) = goes_on.as_ref().map_or(new, |it| (it.changed_ms, it.told));
        self.work = Some(Work {
            changed_ms,
            told,
            number: lab.begun(),
            path,
            base: match &goes_on {
                Some(before) => before.base,
                None => self.is_known.then(|| self.shelf.last(&id)),
            },
            // As long as nobody has chosen another name, it is called as its scenario.
            name: kept
                .map(|it| it.name.clone())
                .filter(|it| *it != lab.scenario().title)
                .or(goes_on.and_then(|it| it.name)),
            id,
            kept: is_kept.then_some(edition),
            seen: edition,
            seen_ms: self.now_ms,
            dirty_ms: None,
            retry_ms: 0,
            saved_ms: kept.map(|it| it.saved_ms),
            elsewhere: false,
        });
    }

    /// A name that no document has.
    pub(super) fn fresh_id(&self, salt: u64) -> String {
        let mut digest = Digest::default();
        digest.word(self.now_ms);
        digest.word(salt);
        loop {
            digest.word(1);
            let id = format!("{:012x}", digest.value() >> 16);
            if self.shelf.newest(&id).is_none() {
                return id;
            }
        }
    }

    fn keep(&mut self, lab: &Lab, draft: Option<&str>) {
        let Some(work) = &self.work else { return };
        let saving = self.jobs.iter().any(|it| it.keeps(work.seen));
        if saving || work.elsewhere || self.now_ms < work.retry_ms {
            return;
        }
        let document = Document {
            id: work.id.clone(),
            name: work.name.clone().unwrap_or_else(|| lab.scenario().title.clone()),
            saved_ms: self.now_ms,
            link: write_as(lab, true, &Options::default()),
            draft: draft.map(pack),
            is_newer: false,
        };
        let edition = work.seen;
        let bytes = document.link.len() + document.draft.as_ref().map_or(0, String::len);
        if DOCUMENT_BYTES_MAX < bytes || !is_readable(lab) {
            return self.fail(&Why::TooLong);
        }
        if !matches!(self.standing, Standing::NotSaved(_)) {
            self.standing = Standing::Saving;
        }
        self.jobs.push_back(Job::Save(Save::new(document, Some(edition))));
    }

    /// What is open could not be kept.
    pub(super) fn fail(&mut self, why: &Why) {
        self.standing = Standing::NotSaved(why.clone());
        if let Some(work) = &mut self.work {
            work.retry_ms = self.now_ms + RETRY_MILLIS;
        }
    }

    /// The next thing that is wanted, unless something is under way.
    pub fn next_call(&mut self) -> Option<Call> {
        if self.waiting {
            return None;
        }
        let call = self.jobs.front()?.call();
        self.waiting = true;
        Some(call)
    }

    /// How the last call went.
    pub fn answer(&mut self, reply: Reply) {
        self.waiting = false;
        if let Some(job) = self.jobs.pop_front()
            && let Some(job) = self.advance(job, reply)
        {
            self.jobs.push_front(job);
        }
    }

    /// How what is open stands.
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Is there something of the person's own that cannot be kept?
    pub fn is_guarded(&self) -> bool {
        let fails = matches!(self.standing, Standing::NotSaved(_));
        fails && self.work.as_ref().is_some_and(Work::is_dirty)
    }

    /// The document that is open, if it is one.
    pub fn open_id(&self) -> Option<&str> {
        self.work.as_ref().map(|it| it.id.as_str())
    }

    /// What has come about since the last time somebody asked.
    pub fn take_news(&mut self) -> Option<News> {
        self.news.pop_front()
    }

    /// The documents, the one that was kept last first.
    pub fn documents(&self) -> Vec<Kept> {
        let there = self.shelf.documents().into_iter().filter(|it| !self.going.contains(&it.id));
        let kept = |key: &Key| Kept { key: key.clone(), is_open: self.open_id() == Some(&key.id) };
        there.map(kept).collect()
    }

    /// Wants to open a document.
    pub fn open(&mut self, id: &str) {
        self.read([id], Then::Open);
    }

    /// Wants all documents in one text.
    pub fn export(&mut self) {
        let all = self.documents();
        self.read(all.iter().map(|it| it.key.id.as_str()), Then::Export);
    }

    /// Gives a document another name.
    pub fn rename(&mut self, id: &str, name: &str) {
        match self.work.as_mut().filter(|it| it.id == id) {
            Some(work) => {
                work.name = Some(name.to_owned());
                work.kept = None;
            }
            None => self.read([id], Then::Rename(name.to_owned())),
        }
    }

    fn read<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>, then: Then) {
        let copies = |id: &str| self.shelf.copies(id).cloned().collect();
        let left = ids.into_iter().map(copies).collect();
        self.jobs.push_back(Job::Read(Read::new(left, then)));
    }

    /// Keeps documents that have come from elsewhere, beside those that are here.
    pub fn import(&mut self, documents: Vec<Document>) {
        self.jobs.push_back(Job::Import(documents, 0, 0));
    }

    /// Lets a document go, as soon as [`Archive::let_go`] is called. The one that is open stays.
    pub fn delete(&mut self, id: &str) {
        if self.open_id() != Some(id) {
            self.going.push(id.to_owned());
        }
    }

    /// Takes the last [`Archive::delete`] back.
    pub fn undelete(&mut self) {
        self.going.pop();
    }

    /// How many documents are about to go.
    pub fn going(&self) -> usize {
        self.going.len()
    }

    /// Nobody takes it back any more: what is to go, goes.
    pub fn let_go(&mut self) {
        for id in std::mem::take(&mut self.going) {
            let copies = self.shelf.copies(&id).cloned().collect();
            self.jobs.push_back(Job::Remove(copies));
        }
    }

    /// Another tab keeps what is open; or it does so no more, and this one does.
    pub fn set_elsewhere(&mut self, id: &str, elsewhere: bool) {
        let Some(work) = self.work.as_mut().filter(|it| it.id == id) else { return };
        if elsewhere {
            work.elsewhere = true;
            self.standing = Standing::NotSaved(Why::Elsewhere);
        } else if work.elsewhere {
            // What the other tab has kept meanwhile comes first. Until that is known, nothing is kept here.
            self.standing = Standing::Saving;
            self.jobs.push_back(Job::Rejoin(id.to_owned()));
        }
    }
}

/// What is to be kept, as a number: another one when a person has changed something. Time that passes changes nothing.
fn edition(lab: &Lab, draft: Option<&str>) -> u64 {
    let mut digest = Digest::default();
    digest.text(&lab.scenario().source);
    digest.word(lab.world().seed);
    for (knob, value) in lab.settings() {
        digest.word(*knob as u64);
        digest.text(&value.to_string());
    }
    let branches = lab.branches();
    for it in branches.iter() {
        digest.text(&it.name);
        digest.word(u64::from(it.id == branches.played()));
        let inputs = branches.own_inputs(it, lab.run());
        digest.word(inputs.len() as u64);
        if let Some(last) = inputs.last() {
            digest.word(last.position.steps);
            digest.word(last.position.at.as_micros());
        }
    }
    digest.word(draft.map_or(0, |it| it.len() as u64 + 1));
    digest.text(draft.unwrap_or_default());
    digest.value()
}
