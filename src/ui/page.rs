//! The page as a whole: what it is made of, and what its parts share.
//!
//! It owns the few things that are no business of the lab: which tab and which dialog is open, and a status line.

use leptos::ev::DragEvent;
use leptos::mount::mount_to_body;
use leptos::prelude::*;

use super::bar::bar;
use super::findings::findings_dialog;
use super::frame_loop::use_frame_loop;
use super::help::help_dialog;
use super::keys::use_keys;
use super::leaf::{Listener, when, words};
use super::open_dialog::{open_dialog, take_file};
use super::panel::{Tab, panel};
use super::platform::{
    carries_files, dropped_file, forget_fragment, fragment, on_fragment, show_panics, use_media,
};
use super::session::Session;
use super::share::link_dialog;
use super::stage::stage;
use super::theme::{Appearance, display_dialog};
use super::transport::transport;
use crate::app::view::{Mark, marks};
use crate::app::{Action, Lab};

/// How often lists beside the stage catch up with a playing world.
const BEAT: std::time::Duration = std::time::Duration::from_millis(400);

/// A dialog that can be open.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Opened {
    /// Scenarios to open.
    Scenarios,
    /// What the keys do.
    Help,
    /// Theme and motion.
    Display,
    /// A link to copy by hand.
    Link(String),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The lab.
    pub(super) session: Session,
    /// Looks.
    pub(super) appearance: Appearance,
    /// Is the page as narrow as a phone?
    pub(super) narrow: ReadSignal<bool>,
    /// Changes a few times a second while something changes.
    pub(super) beat: Memo<u64>,
    /// Marks on the time line; follows the beat.
    pub(super) marks: Memo<Vec<Mark>>,
    /// The tab at the side.
    pub(super) tab: RwSignal<Tab>,
    /// Is the side panel's sheet up? Only narrow pages have one.
    pub(super) sheet: RwSignal<bool>,
    /// The dialog that is open.
    pub(super) opened: RwSignal<Option<Opened>>,
    /// The text in the dialog for scenarios.
    pub(super) draft: RwSignal<String>,
    /// The status line.
    pub(super) note: RwSignal<String>,
    /// Nobody has clicked on a screen yet: one button is marked as the thing to click.
    pub(super) fresh: RwSignal<bool>,
}

impl Desk {
    fn new() -> Self {
        let session = Session::new();
        let beat = beat(session);
        Self {
            session,
            appearance: Appearance::new(),
            narrow: use_media("(max-width: 899px)"),
            beat,
            marks: Memo::new(move |before: Option<&Vec<Mark>>| {
                beat.get();
                session.peek(|lab| {
                    let (now, furthest) = (lab.run().now(), lab.run().furthest());
                    // Going back does not unsee what comes after; another future does.
                    let later =
                        before.into_iter().flatten().filter(|it| now < it.at && it.at <= furthest);
                    marks(lab).into_iter().chain(later.cloned()).collect()
                })
            }),
            tab: RwSignal::new(Tab::Lesson),
            sheet: RwSignal::new(false),
            opened: RwSignal::new(None),
            draft: RwSignal::new(String::new()),
            note: RwSignal::new(String::new()),
            fresh: RwSignal::new(true),
        }
    }

    /// Asks something of the lab, and shows where its answer stands.
    pub(super) fn act(self, action: Action) {
        match &action {
            Action::Select(Some(_)) => {
                self.tab.set(Tab::Inspector);
                self.sheet.set(true);
            }
            Action::Submit { .. } => self.fresh.set(false),
            _ => {}
        }
        // The address names what is open only as long as that is open.
        let forgets = matches!(action, Action::Open { .. } | Action::OpenBuiltIn(_));
        let before = self.session.peek(Lab::generation);
        self.session.dispatch(action);
        if forgets && before != self.session.peek(Lab::generation) {
            forget_fragment();
        }
    }

    /// Is this dialog open?
    pub(super) fn is_open(self, dialog: Opened) -> Signal<bool> {
        when(move || self.opened.with(|it| it.as_ref() == Some(&dialog)))
    }

    /// Puts this dialog away, if it is the one that is open.
    pub(super) fn close(self, dialog: &Opened) {
        if self.opened.with_untracked(|it| it.as_ref() == Some(dialog)) {
            self.opened.set(None);
        }
    }
}

/// Counts up when the lab has changed since the last time that was looked.
fn beat(session: Session) -> Memo<u64> {
    let (count, set_count) = signal(0_u64);
    let count_up = move || {
        set_count.try_update(|it| *it += 1);
    };
    if let Ok(interval) = set_interval_with_handle(count_up, BEAT) {
        on_cleanup(move || interval.clear());
    }
    let now = move || {
        session.peek(|lab| (lab.run().position(), lab.generation(), lab.run().inputs().len()))
    };
    let last = StoredValue::new(None);
    // What a person does shows at once, what merely happens with the beat.
    let acts = session.acts();
    Memo::new(move |before: Option<&u64>| {
        count.track();
        acts.track();
        let (now, before) = (Some(now()), before.copied().unwrap_or(0));
        if now == last.get_value() {
            return before;
        }
        last.set_value(now);
        before + 1
    })
}

/// Mounts the page, in place of the text that says that it is loading.
pub fn mount() {
    show_panics();
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    mount_to_body(page);
}

fn page() -> impl IntoView {
    let desk = Desk::new();
    if let Some(fragment) = fragment() {
        desk.act(Action::OpenLink(fragment));
    }
    on_fragment(move |fragment| desk.act(Action::OpenLink(fragment)));
    use_frame_loop(desk.session);
    use_keys(desk);
    let title = desk.session.view(|lab| format!("{} – Inflight", lab.scenario().title));
    Effect::new(move || document().set_title(&title.get()));
    let drag: Listener<DragEvent> = Box::new(|ev| {
        if carries_files(&ev) {
            ev.prevent_default();
        }
    });
    let drop: Listener<DragEvent> = Box::new(move |ev| {
        if let Some(file) = dropped_file(&ev) {
            ev.prevent_default();
            take_file(desk, &file);
        }
    });
    view! {
        <div class="page" on:dragover=drag on:drop=drop>
            {bar(desk)}
            <main class="work">{stage(desk)}</main>
            {panel(desk)}
            {transport(desk)}
            <p class="status" role="status">{words(move || desk.note.get())}</p>
            {open_dialog(desk)}
            {findings_dialog(desk)}
            {link_dialog(desk)}
            {display_dialog(desk)}
            {help_dialog(desk)}
        </div>
    }
    .into_any()
}
