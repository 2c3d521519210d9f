//! Keeping: drives the archive, and says in the bar how what is open stands.
//!
//! It owns the archive of this page. What is to be done it hears from it; what comes of it, it tells it.

use std::sync::Mutex;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::{document, window};

use super::controls::button;
use super::editor::unfinished;
use super::icon::Icon;
use super::live::State;
use super::page::{Desk, Opened};
use super::platform::{clock_words, leave, lock, now_ms, save_file, store, unlock};
use super::view::{View, el, listen, shown, when, words};
use crate::app::archive::{Archive, Kept, News, Standing, Why};
use crate::app::view::count;
use crate::app::{Action, Incoming, Offer, Way};

/// How often is looked whether something has changed, in milliseconds.
const LOOK_MILLIS: u32 = 250;
/// How long the status line says something.
const NOTE_MILLIS: u32 = 6_000;

/// The archive, and what of it shows on the page.
pub(super) struct Keeping {
    archive: Mutex<Archive>,
    /// The document whose lock this tab has asked for.
    locked: Mutex<String>,
    /// How what is open stands.
    pub(super) standing: State<Standing>,
    /// The documents.
    pub(super) documents: State<Vec<Kept>>,
    /// How many of them are about to go.
    pub(super) going: State<usize>,
}

impl Keeping {
    /// An archive that nobody has looked at.
    pub(super) fn new() -> Self {
        Self {
            archive: Mutex::new(Archive::new()),
            locked: Mutex::new(String::new()),
            standing: State::new(Standing::Nothing),
            documents: State::new(Vec::new()),
            going: State::new(0),
        }
    }
}

/// Does something with the archive, and what it wants done because of it.
pub(super) fn archive(desk: Desk, act: impl FnOnce(&mut Archive)) {
    act(&mut desk.keeping.archive.lock().expect("law: nobody panics while keeping"));
    pump(desk);
}

/// Keeps what is open as long as there is a page.
pub(super) fn use_keeping(desk: Desk) {
    look(desk);
    Interval::new(LOOK_MILLIS, move || look(desk)).forget();
    // It may be the last that is heard of this page.
    listen(&document(), "visibilitychange", Box::new(move |_| keep_now(desk)));
    listen(&window(), "pagehide", Box::new(move |_| keep_now(desk)));
}

fn look(desk: Desk) {
    archive(desk, |it| it.look(&desk.session.lab(), unfinished(desk).as_deref(), now_ms()));
}

/// Has what is open kept at once: before something takes its place.
pub(super) fn keep_now(desk: Desk) {
    archive(desk, |it| it.flush(&desk.session.lab(), unfinished(desk).as_deref(), now_ms()));
}

/// Hands on what the archive wants, and shows how it stands.
fn pump(desk: Desk) {
    let keeping = &desk.keeping;
    let (call, news, guarded, open, elsewhere) = {
        let mut it = keeping.archive.lock().expect("law: nobody panics while keeping");
        let elsewhere = *it.standing() == Standing::NotSaved(Why::Elsewhere);
        let open = it.open_id().unwrap_or_default().to_owned();
        show(keeping.standing, it.standing().clone());
        show(keeping.documents, it.documents());
        show(keeping.going, it.going());
        (it.next_call(), it.take_news(), it.is_guarded(), open, elsewhere)
    };
    if let Some(call) = call {
        store(call, move |reply| archive(desk, |it| it.answer(reply)));
    }
    if desk.session.lab().is_guarded() != guarded {
        desk.session.dispatch(Action::Guard(guarded));
    }
    let asked = {
        let mut locked = keeping.locked.lock().expect("law: nobody panics while locking");
        std::mem::replace(&mut *locked, open.clone()) != open
    };
    if asked {
        // A reload goes on with the same document.
        leave("document", &open);
    }
    match (asked, open.is_empty()) {
        (true, true) => unlock(),
        (true, false) if !elsewhere => ask_for(desk, open, false),
        _ => {}
    }
    if let Some(news) = news {
        tell(desk, news);
        pump(desk);
    }
}

fn show<T: PartialEq + Send + Sync + 'static>(state: State<T>, now: T) {
    if *state.peek() != now {
        state.set(now);
    }
}

fn ask_for(desk: Desk, id: String, force: bool) {
    let name = id.clone();
    lock(&name, force, move |held| archive(desk, |it| it.set_elsewhere(&id, !held)));
}

/// This tab keeps what is open from now on, whoever did before.
fn take_over(desk: Desk) {
    let id = desk.keeping.locked.lock().expect("law: nobody panics while locking").clone();
    ask_for(desk, id, true);
}

/// Says something in the status line, for a while.
pub(super) fn say(desk: Desk, words: String) {
    desk.note.set(words.clone());
    let clear = move || {
        if *desk.note.peek() == words {
            desk.note.set(String::new());
        }
    };
    Timeout::new(NOTE_MILLIS, clear).forget();
}

fn tell(desk: Desk, news: News) {
    match news {
        News::Read(text, is_earlier) => {
            desk.opened.set(None);
            let name = "What was kept here".to_owned();
            desk.act(Action::Offer(Incoming { way: Way::Kept, name, text }));
            // Before anybody can change it: what is there now is what is kept.
            look(desk);
            if is_earlier {
                say(desk, "The newest copy is damaged: this is the one before it".to_owned());
            }
        }
        News::Damaged(text) => {
            save_file("damaged-document.txt", "text/plain", &text);
            say(
                desk,
                "It cannot be read any more. What is left of it has been saved as a file"
                    .to_owned(),
            );
        }
        News::Exported(text) => {
            save_file("inflight-documents.txt", "text/plain", &text);
        }
        News::Imported(new, known) => {
            let known = match known {
                0 => String::new(),
                known => ["; here already: ", &known.to_string()].concat(),
            };
            say(desk, [&count(new, "document"), " kept here", &known].concat());
        }
        News::Failed(why) => say(desk, ["Not saved: ", &why_words(&why)].concat()),
        News::Worked => say(
            desk,
            "Ten minutes of work: keep a copy as a link or a file, too, with Share".to_owned(),
        ),
        News::Cleared => say(
            desk,
            "The browser has cleared what was kept here. What is open is kept again".to_owned(),
        ),
    }
}

fn why_words(why: &Why) -> String {
    match why {
        Why::Full => "the storage is full",
        Why::ArchiveFull => "all documents together would be larger than 20 MB",
        Why::TooMany => "there are 200 documents already",
        Why::TooLong => "it is longer than what can be read again",
        Why::Refused => "this window cannot save",
        Why::Damaged => "what was read back is another text",
        Why::Elsewhere => "open in another tab",
        Why::Other(reason) => return ["the browser says ", reason].concat(),
    }
    .to_owned()
}

/// How what is open stands, in words.
fn standing_words(standing: &Standing) -> String {
    match standing {
        Standing::Nothing => String::new(),
        Standing::Saving => "Saving…".to_owned(),
        Standing::Saved(ms) => ["Saved ", &clock_words(*ms)].concat(),
        Standing::NotSaved(why) => ["Not saved: ", &why_words(why)].concat(),
    }
}

/// The sign in the bar: a dot and a word, and what can be done when it is a bad one.
pub(super) fn standing(desk: Desk) -> View {
    let standing = desk.keeping.standing;
    let class = words(move || {
        match &*standing.read() {
            Standing::Nothing => "keeping",
            Standing::Saving => "keeping keeping--busy",
            Standing::Saved(_) => "keeping keeping--good",
            Standing::NotSaved(_) => "keeping keeping--bad",
        }
        .to_owned()
    });
    let said = words(move || standing_words(&standing.read()));
    let elsewhere = when(move || *standing.read() == Standing::NotSaved(Why::Elsewhere));
    let lost = when(move || match &*standing.read() {
        Standing::NotSaved(why) => *why != Why::Elsewhere,
        Standing::Nothing | Standing::Saving | Standing::Saved(_) => false,
    });
    let take_over =
        move || button("button button--small", None, "Take over", None, move || take_over(desk));
    let save = move || {
        let share = move || desk.opened.set(Some(Opened::Share));
        button("button button--small", Some(Icon::Link), "Keep it as a link or a file", None, share)
    };
    let text = el("p.keeping__words")
        .attr("role", "status")
        .attr("aria-label", "Saving")
        .attr("title", said.clone())
        .text(said);
    el("div")
        .attr("class", class)
        .child(text)
        .child(shown(elsewhere, take_over))
        .child(shown(lost, save))
}

/// Keeps the documents that wait for a yes.
pub(super) fn keep_offered(desk: Desk) {
    let documents = match desk.session.lab().offer() {
        Some(Offer::Documents(documents, _)) => documents.clone(),
        _ => Vec::new(),
    };
    if !documents.is_empty() {
        archive(desk, |it| it.import(documents));
    }
}
