//! What a device keeps: nothing is lost silently, whichever call fails, and nothing is written over.

use std::collections::BTreeMap;

use inflight::app::archive::{Archive, Call, Document, News, Reply, Standing};
use inflight::app::{Action, Incoming, Lab, Way};

use crate::rig::FLAGSHIP;

mod documents;
mod saving;
mod tabs;

/// A place where things are kept, which can be made to fail.
#[derive(Clone, Default)]
struct Store {
    texts: BTreeMap<String, String>,
    calls: u64,
    /// From this call on so many fail, in this manner.
    fails: Option<(u64, u64, Failure)>,
}

#[derive(Clone, Debug)]
enum Failure {
    Says(Reply),
    /// It says that it is done, and keeps half of the text.
    Lies,
}

impl Store {
    fn call(&mut self, call: Call) -> Reply {
        self.calls += 1;
        let fails = self.fails.clone();
        let failure = fails.filter(|it| (it.0..it.0 + it.1).contains(&self.calls)).map(|it| it.2);
        match (call, failure) {
            (_, Some(Failure::Says(reply))) => reply,
            (Call::Put(key, text), Some(Failure::Lies)) => {
                let half = (0..=text.len() / 2).rev().find(|it| text.is_char_boundary(*it));
                self.texts.insert(key, text[..half.unwrap()].to_owned());
                Reply::Done
            }
            (Call::Keys, _) => Reply::Keys(self.texts.keys().cloned().collect()),
            (Call::Get(key), _) => Reply::Text(self.texts.get(&key).cloned()),
            (Call::Put(key, text), None) => {
                self.texts.insert(key, text);
                Reply::Done
            }
            (Call::Remove(key), _) => {
                self.texts.remove(&key);
                Reply::Done
            }
        }
    }

    fn serve(&mut self, archive: &mut Archive) {
        while let Some(call) = archive.next_call() {
            let reply = self.call(call);
            archive.answer(reply);
        }
    }

    /// All copies that can be read.
    fn copies(&self) -> Vec<Document> {
        self.texts.values().filter_map(|it| Document::read(it).ok()).collect()
    }

    /// The newest copy of the one document that there is, as it opens.
    fn opens(&self) -> Lab {
        let newest =
            self.copies().into_iter().max_by_key(|it| it.saved_ms).expect("a copy is left");
        open(&newest)
    }
}

fn open(document: &Document) -> Lab {
    let mut lab = Lab::new();
    open_in(&mut lab, document);
    lab
}

fn open_in(lab: &mut Lab, document: &Document) {
    let text = document.write();
    lab.update(Action::Offer(Incoming { way: Way::Kept, name: "kept".to_owned(), text }));
    assert_eq!(lab.refusal(), None);
    assert!(lab.offer().is_none(), "what is kept here needs no question");
}

/// A page: a lab and an archive, and the time of the device.
struct Page {
    lab: Lab,
    archive: Archive,
    now_ms: u64,
}

impl Page {
    fn new(store: &mut Store) -> Self {
        let mut page = Self { lab: Lab::new(), archive: Archive::new(), now_ms: 1_000 };
        page.wait(store, 100);
        page
    }

    /// Time passes, in which the archive looks four times a second.
    fn wait(&mut self, store: &mut Store, ms: u64) {
        for _ in 0..ms.div_ceil(250) {
            self.now_ms += 250;
            self.archive.look(&self.lab, None, self.now_ms);
            store.serve(&mut self.archive);
        }
    }

    fn edit(&mut self, title: &str) {
        let changed = FLAGSHIP.replacen("title: A mug, eventually", &format!("title: {title}"), 1);
        self.lab.update(Action::RunText(changed));
        assert_eq!(self.lab.scenario().title, title);
    }

    fn is_saved(&self) -> bool {
        matches!(self.archive.standing(), Standing::Saved(_))
    }

    fn news(&mut self) -> Vec<News> {
        std::iter::from_fn(|| self.archive.take_news()).collect()
    }
}
