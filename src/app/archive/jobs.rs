//! The jobs of the keeper, one call at a time: what each wants next, and what an answer means to it.
//!
//! A copy is written beside the older ones, read back and compared; only then do copies go that nobody needs any more.

use super::document::Document;
use super::keeper::{Archive, RETRY_MILLIS};
use super::key::Key;
use super::shelf::Shelf;
use super::told::{News, Standing, Why};
use super::{Call, Reply};

/// Something that takes several calls.
#[derive(Clone, Debug)]
pub(super) enum Job {
    /// Looks at what is kept.
    Look,
    /// Keeps a document.
    Save(Save),
    /// Reads documents.
    Read(Read),
    /// Takes copies away.
    Remove(Vec<Key>),
    /// Keeps documents from elsewhere: those that are left, how many were new, how many were here already.
    Import(Vec<Document>, usize, usize),
    /// This tab keeps this document again, after another one did.
    Rejoin(String),
}

/// Keeping a document.
#[derive(Clone, Debug)]
pub(super) struct Save {
    document: Document,
    /// The edition of what is open; without one, it is a document that is not.
    edition: Option<u64>,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    Look,
    Write(Key, String),
    Check(Key, String),
}

/// Reading documents: of each, its copies from the newest on.
#[derive(Clone, Debug)]
pub(super) struct Read {
    left: Vec<Vec<Key>>,
    found: Vec<String>,
    /// What is left of a copy that is damaged.
    damaged: Option<String>,
    then: Then,
}

/// What the texts are read for.
#[derive(Clone, Debug)]
pub(super) enum Then {
    Open,
    Export,
    Rename(String),
    /// To see whether this document, from elsewhere, is already here; with the rest of its import.
    Compare(Box<Document>, Vec<Document>, usize, usize),
}

impl Save {
    pub(super) fn new(document: Document, edition: Option<u64>) -> Self {
        Self { document, edition, stage: Stage::Look }
    }
}

impl Read {
    pub(super) fn new(left: Vec<Vec<Key>>, then: Then) -> Self {
        let left = left.into_iter().filter(|it| !it.is_empty()).collect();
        Self { left, found: Vec::new(), damaged: None, then }
    }
}

impl Job {
    /// What it wants next.
    pub(super) fn call(&self) -> Call {
        match self {
            Self::Save(save) => match &save.stage {
                Stage::Look => Call::Keys,
                Stage::Write(key, text) => Call::Put(key.write(), text.clone()),
                Stage::Check(key, _) => Call::Get(key.write()),
            },
            Self::Read(read) => match read.left.last().and_then(|it| it.first()) {
                Some(key) => Call::Get(key.write()),
                None => Call::Keys,
            },
            Self::Remove(keys) => keys.last().map_or(Call::Keys, |it| Call::Remove(it.write())),
            Self::Look | Self::Import(..) | Self::Rejoin(_) => Call::Keys,
        }
    }

    /// Does it keep this edition of what is open?
    pub(super) fn keeps(&self, edition: u64) -> bool {
        matches!(self, Self::Save(it) if it.edition == Some(edition))
    }
}

fn why(reply: Reply) -> Why {
    match reply {
        Reply::Full => Why::Full,
        Reply::Refused => Why::Refused,
        Reply::Failed(reason) => Why::Other(reason),
        Reply::Keys(_) | Reply::Text(_) | Reply::Done => Why::Damaged,
    }
}

impl Archive {
    /// Goes on with a job after an answer; gives it back unless it is over.
    pub(super) fn advance(&mut self, job: Job, reply: Reply) -> Option<Job> {
        if let Reply::Keys(keys) = &reply {
            self.learn(keys);
        }
        match job {
            Job::Look => None,
            Job::Save(save) => self.save(save, reply),
            Job::Read(read) => self.go_on_reading(read, reply),
            Job::Remove(mut keys) => {
                if let (Some(gone), Reply::Done) = (keys.pop(), reply) {
                    self.shelf.remove(&gone);
                }
                (!keys.is_empty()).then_some(Job::Remove(keys))
            }
            Job::Import(left, new, known) => match reply {
                Reply::Keys(_) => self.import_next(left, new, known),
                reply => self.tell(News::Failed(why(reply))),
            },
            Job::Rejoin(id) => self.rejoin(&id, &reply),
        }
    }

    fn tell(&mut self, news: News) -> Option<Job> {
        self.news.push_back(news);
        None
    }

    /// What is kept is seen anew. Somebody else may have changed it.
    fn learn(&mut self, keys: &[String]) {
        let shelf = Shelf::of(keys);
        if shelf.is_empty() && !self.shelf.is_empty() {
            self.news.push_back(News::Cleared);
            if let Some(work) = &mut self.work {
                work.kept = None;
            }
        }
        (self.shelf, self.is_known) = (shelf, true);
        if let Some(work) = &mut self.work {
            let last = self.shelf.last(&work.id);
            work.base.get_or_insert(last);
        }
    }

    /// Is this what is open?
    fn is_open(&self, save: &Save) -> bool {
        self.open_id() == Some(&save.document.id) && save.edition.is_some()
    }

    fn save(&mut self, mut save: Save, reply: Reply) -> Option<Job> {
        match (save.stage, reply) {
            (Stage::Look, Reply::Keys(_)) => {
                let id = &save.document.id;
                let last = self.shelf.last(id);
                let work = self.work.as_mut().filter(|it| it.id == *id && save.edition.is_some());
                if let Some(work) = work
                    && work.base.is_some_and(|it| it < last)
                {
                    work.elsewhere = true;
                    self.fail(&Why::Elsewhere);
                    return None;
                }
                let base = self.work.as_ref().filter(|it| it.id == *id).and_then(|it| it.base);
                let text = save.document.write();
                if let Some(why) = self.shelf.lacks_room(id, text.len()) {
                    return self.give_up(&save.document, save.edition, why);
                }
                let key = Key {
                    id: id.clone(),
                    copy: last.max(base.unwrap_or(0)) + 1,
                    saved_ms: save.document.saved_ms,
                    bytes: text.len(),
                    name: save.document.name.clone(),
                };
                // From here on this copy is ours, whether writing it goes well or not.
                if let Some(work) = self.work.as_mut().filter(|it| it.id == key.id) {
                    work.base = Some(key.copy);
                }
                save.stage = Stage::Write(key, text);
                Some(Job::Save(save))
            }
            (Stage::Write(key, text), Reply::Done) => {
                save.stage = Stage::Check(key, text);
                Some(Job::Save(save))
            }
            (Stage::Check(key, text), Reply::Text(Some(read))) if read == text => {
                save.stage = Stage::Look;
                self.is_kept(&save, key)
            }
            (_, reply) => self.give_up(&save.document, save.edition, why(reply)),
        }
    }

    /// A copy has been written and read back. Copies that it makes superfluous may go.
    fn is_kept(&mut self, save: &Save, key: Key) -> Option<Job> {
        let is_open = self.is_open(save);
        if let Some(work) = self.work.as_mut().filter(|_| is_open) {
            work.kept = save.edition;
            work.saved_ms = Some(key.saved_ms);
            self.standing = Standing::Saved(key.saved_ms);
        }
        let id = key.id.clone();
        self.shelf.add(key);
        let gone = self.shelf.superfluous(&id);
        (!gone.is_empty()).then_some(Job::Remove(gone))
    }

    fn give_up(&mut self, document: &Document, edition: Option<u64>, why: Why) -> Option<Job> {
        if edition.is_some() && self.open_id() == Some(&document.id) {
            self.fail(&why);
            return None;
        }
        // Something else is open by now, or it came from elsewhere: it is not forgotten, and tried again.
        self.jobs.retain(|it| !matches!(it, Job::Import(..)));
        self.stranded.push(document.clone());
        self.stranded_ms = self.now_ms + RETRY_MILLIS;
        self.tell(News::Failed(why))
    }

    fn go_on_reading(&mut self, mut read: Read, reply: Reply) -> Option<Job> {
        match reply {
            Reply::Text(text) => {
                let well = text.as_deref().is_some_and(|it| Document::read(it).is_ok());
                match text {
                    Some(text) if well => {
                        read.found.push(text);
                        read.left.pop();
                    }
                    text => {
                        read.damaged = read.damaged.or(text);
                        if let Some(copies) = read.left.last_mut() {
                            copies.remove(0);
                        }
                    }
                }
                read.left.retain(|it| !it.is_empty());
            }
            Reply::Keys(_) => read.left.clear(),
            reply => return self.tell(News::Failed(why(reply))),
        }
        if read.left.is_empty() { self.is_read(read) } else { Some(Job::Read(read)) }
    }

    fn is_read(&mut self, read: Read) -> Option<Job> {
        let damaged = read.damaged;
        if let Then::Export = read.then {
            return self.tell(News::Exported(read.found.concat()));
        }
        match (read.then, read.found.into_iter().next_back()) {
            (Then::Export, _) => None,
            (Then::Open, Some(text)) => self.tell(News::Read(text, damaged.is_some())),
            (Then::Open | Then::Rename(_), None) => {
                self.tell(News::Damaged(damaged.unwrap_or_default()))
            }
            (Then::Rename(name), Some(text)) => {
                let document = Document::read(&text).ok()?;
                let document = Document { name, saved_ms: self.now_ms, ..document };
                Some(Job::Save(Save::new(document, None)))
            }
            (Then::Compare(mut new, left, kept, known), here) => {
                let here = here.and_then(|it| Document::read(&it).ok());
                if here.is_some_and(|it| it.is_same_work(&new)) {
                    return self.import_next(left, kept, known + 1);
                }
                new.id = self.fresh_id(kept as u64);
                self.jobs.push_front(Job::Import(left, kept + 1, known));
                Some(Job::Save(Save::new(*new, None)))
            }
        }
    }

    fn import_next(&mut self, mut left: Vec<Document>, new: usize, known: usize) -> Option<Job> {
        let Some(document) = left.pop() else { return self.tell(News::Imported(new, known)) };
        let copies: Vec<Key> = self.shelf.copies(&document.id).cloned().collect();
        if copies.is_empty() {
            self.jobs.push_front(Job::Import(left, new + 1, known));
            return Some(Job::Save(Save::new(document, None)));
        }
        let then = Then::Compare(Box::new(document), left, new, known);
        Some(Job::Read(Read::new(vec![copies], then)))
    }

    /// This tab keeps what is open again. What another one has kept meanwhile is not written over: it is opened, or,
    /// if something has changed here as well, what is here becomes a document of its own.
    fn rejoin(&mut self, id: &str, reply: &Reply) -> Option<Job> {
        let fresh = self.fresh_id(1);
        let work = self.work.as_mut().filter(|it| it.id == id)?;
        work.elsewhere = false;
        let last = self.shelf.last(&work.id);
        if !matches!(reply, Reply::Keys(_)) || work.base.is_none_or(|it| last <= it) {
            return None;
        }
        if work.is_dirty() {
            (work.id, work.base, work.retry_ms) = (fresh, Some(0), 0);
            return None;
        }
        let copies = self.shelf.copies(&work.id).cloned().collect();
        Some(Job::Read(Read::new(vec![copies], Then::Open)))
    }
}
