//! The page as a whole: what it is made of, and what its parts share.
//!
//! It owns the few things that are no business of the lab: which tab and which dialog is open, and a status line.

use std::sync::Mutex;

use gloo_timers::callback::Interval;
use leptos::mount::mount_to_body;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;

use super::bar::bar;
use super::branches::branches_dialog;
use super::compare::{Seen, stages};
use super::editor::{Draft, editor_dialog, go_on_writing, resume_text};
use super::findings::findings_dialog;
use super::frame_loop::use_frame_loop;
use super::help::help_dialog;
use super::keeping::{Keeping, archive, keep_now, say, use_keeping};
use super::keys::use_keys;
use super::live::{Live, State, follow};
use super::mirror::use_mirror;
use super::mixer::mixer_dialog;
use super::offer::offer_dialog;
use super::open_dialog::{open_dialog, take_file};
use super::panel::{Tab, panel};
use super::platform::{
    Back, came_back, carries_files, dropped_file, fetch_text, forget_fragment, fragment,
    on_fragment, show_panics, use_media,
};
use super::present::{present, slide};
use super::session::Session;
use super::share::share_dialog;
use super::theme::{Appearance, display_dialog};
use super::transport::transport;
use super::trials::{trials_dialog, use_trials};
use super::until::until_dialog;
use super::view::{View, When, el, when, words};
use crate::app::archive::Document;
use crate::app::view::{Layout, Place, differences, plain};
use crate::app::{Action, Offer, Return};
use crate::world::Input;

/// How often lists beside the stage catch up with a playing world, in milliseconds.
const BEAT_MILLIS: u32 = 400;

/// A dialog that can be open.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Opened {
    /// Scenarios to open.
    Scenarios,
    /// The text of what is open.
    Text,
    /// What the keys do.
    Help,
    /// Theme and motion.
    Display,
    /// The choices of an interaction, axis by axis.
    Mixer,
    /// All interactions, measured.
    Trials,
    /// A link, and what it should carry.
    Share,
    /// The branches of the run.
    Branches,
    /// What to run until.
    Until,
}

/// What the parts of the page share. There is one, and it stays as long as the page.
pub(super) type Desk = &'static Shared;

/// What stands on the [`Desk`].
#[derive(Clone, Copy)]
pub(super) struct Shared {
    /// The lab.
    pub(super) session: Session,
    /// Looks.
    pub(super) appearance: Appearance,
    /// Is the page as narrow as a phone?
    pub(super) narrow: Live<bool>,
    /// Changes a few times a second while something changes.
    pub(super) beat: Live<u64>,
    /// The tab at the side.
    pub(super) tab: State<Tab>,
    /// Is the side panel's sheet up? Only narrow pages have one.
    pub(super) sheet: State<bool>,
    /// The dialog that is open.
    pub(super) opened: State<Option<Opened>>,
    /// The text in the dialog for scenarios.
    pub(super) draft: State<String>,
    /// The open scenario's text as somebody is changing it.
    pub(super) text: State<Option<Draft>>,
    /// The status line.
    pub(super) note: State<String>,
    /// Nothing but the stage and its controls, for a frame in another page.
    pub(super) embedded: State<bool>,
    /// What this device keeps.
    pub(super) keeping: &'static Keeping,
    /// Which stages are seen while two runs are compared?
    pub(super) seen: State<Seen>,
    /// Where the two differ, and how.
    pub(super) differs: Live<Vec<(Place, String)>>,
    /// Is what screens say held against the truth?
    pub(super) lens: State<bool>,
    /// Where everything stands on the stage, once there is one.
    pub(super) layout: State<Option<Layout>>,
    /// How much larger than it comes the stage is drawn.
    pub(super) zoom: State<f64>,
    /// Only stage, lesson and transport, in large letters.
    pub(super) presenting: State<bool>,
    /// The step of the lesson that is presented; before the first one, what it is about.
    pub(super) slide: State<usize>,
    /// Nobody has clicked on a screen yet: one button is marked as the thing to click.
    pub(super) fresh: State<bool>,
}

impl Shared {
    fn new() -> Self {
        let session = Session::new();
        let beat = beat(session);
        Self {
            session,
            appearance: Appearance::new(),
            narrow: use_media("(max-width: 899px)"),
            beat,
            tab: State::new(Tab::Lesson),
            sheet: State::new(false),
            opened: State::new(None),
            draft: State::new(String::new()),
            text: State::new(None),
            note: State::new(String::new()),
            embedded: State::new(false),
            keeping: Box::leak(Box::new(Keeping::new())),
            seen: State::new(Seen::Both),
            differs: session.view(differences),
            lens: State::new(false),
            layout: State::new(None),
            zoom: State::new(1.0),
            presenting: State::new(false),
            slide: State::new(0),
            fresh: State::new(true),
        }
    }

    /// Asks something of the lab, and shows where its answer stands.
    pub(super) fn act(&'static self, action: Action) {
        let lacks = self.session.lab().lacks(&action);
        if let Some(path) = lacks {
            let came = move |text: Option<String>| {
                let goes_on = text.is_some();
                self.act(Action::Fetched { path, text });
                if goes_on {
                    self.act(action);
                }
            };
            return fetch_text(&["scenarios/", path, ".yaml"].concat(), came);
        }
        match &action {
            Action::Select(Some(_)) | Action::Jump(..) => {
                self.tab.set(Tab::Inspector);
                self.sheet.set(true);
            }
            Action::Do(Input::Submit { .. }) => self.fresh.set(false),
            _ => {}
        }
        // The address names what is open only as long as that is open.
        let forgets = matches!(
            action,
            Action::Open { .. }
                | Action::OpenBuiltIn(_)
                | Action::RunText(_)
                | Action::OpenOriginal
        );
        // A link that was let in stays in the address; one that was not may come again.
        let by_link = self.session.lab().offer().is_some_and(Offer::is_link);
        let forgets = forgets || matches!(action, Action::Accept) && !by_link;
        let declined = matches!(action, Action::Decline | Action::DismissRefusal);
        if forgets || matches!(action, Action::Accept | Action::OpenLink(_) | Action::Offer(_)) {
            keep_now(self);
        }
        let (before, work) = (self.session.lab().generation(), self.session.lab().begun());
        self.session.dispatch(action);
        if declined || forgets && before != self.session.lab().generation() {
            forget_fragment();
        }
        if work != self.session.lab().begun() {
            self.follow_link();
        }
    }

    /// Looks as the link that has just been opened wants it, and says what should be known about it.
    fn follow_link(&'static self) {
        let lab = self.session.lab();
        if let Some(tab) = lab.options().get("panel").and_then(Tab::named) {
            self.tab.set(tab);
            self.sheet.set(true);
        }
        if lab.options().get("embed").is_some() {
            self.embedded.set(true);
        }
        if lab.options().get("present").is_some() {
            present(self, true);
        }
        if !lab.notes().is_empty() {
            say(self, lab.notes().join(". "));
        }
        if let Some(draft) = lab.document().and_then(Document::draft_text) {
            go_on_writing(self, &draft);
        }
    }

    /// The same desk with the rival run on it, for the stage beside.
    pub(super) fn beside(&'static self) -> Desk {
        let (session, layout) = (self.session.beside(), State::new(None));
        Box::leak(Box::new(Self { session, layout, ..*self }))
    }

    /// Is this dialog open?
    pub(super) fn is_open(&'static self, dialog: Opened) -> When {
        when(move || self.opened.read().as_ref() == Some(&dialog))
    }

    /// Puts this dialog away, if it is the one that is open.
    pub(super) fn close(&self, dialog: &Opened) {
        if self.opened.peek().as_ref() == Some(dialog) {
            self.opened.set(None);
        }
    }
}

/// Counts up when the lab has changed since the last time that was looked.
fn beat(session: Session) -> Live<u64> {
    let clock = State::new(0_u64);
    Interval::new(BEAT_MILLIS, move || clock.set(*clock.peek() + 1)).forget();
    let looked = Mutex::new((0, None));
    Live::new(move || {
        clock.read();
        // What a person does shows at once, what merely happens with the beat.
        session.track_acts();
        let lab = session.lab();
        let branch = (lab.branches().played(), lab.branches().iter().len());
        let done = (lab.generation(), lab.run().inputs().len(), lab.difference(), branch);
        let now = Some((lab.run().position(), done));
        let mut looked = looked.lock().expect("law: nobody panics while looking");
        if now != looked.1 {
            *looked = (looked.0 + 1, now);
        }
        looked.0
    })
}

/// Mounts the page, in place of the text that says that it is loading.
pub fn mount() {
    show_panics();
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    // Leptos starts its machinery; the page puts itself on the page.
    mount_to_body(|| {
        let page = page();
        if let Some(body) = document().body() {
            let _ = body.append_child(&page.element());
        }
    });
}

/// Everything as it was before the page was loaded again.
fn come_back(desk: Desk, Back { link, draft, document, plays, still }: Back) {
    let as_it_was = match (still, plays) {
        (true, _) => Return::Still,
        (false, true) => Return::Playing,
        (false, false) => Return::Paused,
    };
    archive(desk, |it| it.resume(document));
    desk.act(Action::Restore { link, as_it_was });
    if let Some(text) = draft {
        resume_text(desk, text);
    }
}

fn page() -> View {
    let desk: Desk = Box::leak(Box::new(Shared::new()));
    match came_back() {
        Some(back) => come_back(desk, back),
        None => fragment().into_iter().for_each(|it| desk.act(Action::OpenLink(it))),
    }
    on_fragment(move |fragment| desk.act(Action::OpenLink(fragment)));
    use_frame_loop(desk.session);
    use_trials(desk);
    use_mirror(desk);
    use_keys(desk);
    use_keeping(desk);
    let title = desk.session.acted(|lab| [&plain(&lab.scenario().title), " – Inflight"].concat());
    follow(move || document().set_title(&title.read()));
    let class =
        words(move || if desk.embedded.get() { "page page--embedded" } else { "page" }.to_owned());
    el("div")
        .attr("class", class)
        .on("dragover", |ev| {
            if carries_files(ev.unchecked_ref()) {
                ev.prevent_default();
            }
        })
        .on("drop", move |ev| {
            if let Some(file) = dropped_file(ev.unchecked_ref()) {
                ev.prevent_default();
                take_file(desk, &file);
            }
        })
        .child(bar(desk))
        .child(el("main.work").child(stages(desk)))
        .child(panel(desk))
        .child(slide(desk))
        .child(transport(desk))
        .child(el("p.status").attr("role", "status").text(*desk.note))
        .child(open_dialog(desk))
        .child(editor_dialog(desk))
        .child(findings_dialog(desk))
        .child(share_dialog(desk))
        .child(offer_dialog(desk))
        .child(display_dialog(desk))
        .child(help_dialog(desk))
        .child(mixer_dialog(desk))
        .child(trials_dialog(desk))
        .child(branches_dialog(desk))
        .child(until_dialog(desk))
}
