//! The panel at the side: lesson, inspector, knobs, scores and rules, one at a time. On a narrow page it is a sheet.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, KeyboardEvent};

use super::controls::button;
use super::icon::{Icon, icon};
use super::inspector::inspector;
use super::invariants::invariants_panel;
use super::knobs::knobs_panel;
use super::lesson::lesson;
use super::page::Desk;
use super::scores::scores_panel;
use super::view::{View, dynamic, el, shown, when, words};
use crate::world::InvariantStanding;

/// A tab of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    /// What a host says.
    Lesson,
    /// What is selected.
    Inspector,
    /// What can be turned.
    Knobs,
    /// What it does to people.
    Scores,
    /// What must hold.
    Rules,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Lesson, Self::Inspector, Self::Knobs, Self::Scores, Self::Rules];

    const fn words(self) -> &'static str {
        match self {
            Self::Lesson => "Lesson",
            Self::Inspector => "Inspector",
            Self::Knobs => "Knobs",
            Self::Scores => "Scores",
            Self::Rules => "Rules",
        }
    }

    /// The tab that a link calls by this word.
    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id().strip_prefix("tab-") == Some(word))
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Lesson => "tab-lesson",
            Self::Inspector => "tab-inspector",
            Self::Knobs => "tab-knobs",
            Self::Scores => "tab-scores",
            Self::Rules => "tab-rules",
        }
    }

    /// The tab that a key leads to.
    fn after(self, key: &str) -> Option<Self> {
        let here = Self::ALL.iter().position(|it| *it == self)?;
        let count = Self::ALL.len();
        let there = match key {
            "ArrowRight" => (here + 1) % count,
            "ArrowLeft" => (here + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return None,
        };
        Some(Self::ALL[there])
    }
}

/// The panel.
pub(super) fn panel(desk: Desk) -> View {
    let content = move || match desk.tab.get() {
        Tab::Lesson => lesson(desk),
        Tab::Inspector => inspector(desk),
        Tab::Knobs => knobs_panel(desk),
        Tab::Scores => scores_panel(desk),
        Tab::Rules => invariants_panel(desk),
    };
    let body = move || {
        el("div.panel__body")
            .attr("role", "tabpanel")
            .attr("id", "tabpanel")
            .attr("tabindex", "0")
            .attr("aria-labelledby", words(move || desk.tab.get().id().to_owned()))
            .child(dynamic(content))
    };
    let put_away = move || {
        let close = move || desk.sheet.set(false);
        button("button button--sign", Some(Icon::Cross), "Close details", None, close)
    };
    let tabs = el("div.tabs__list")
        .attr("role", "tablist")
        .attr("aria-label", "Details")
        .on("keydown", move |ev| walk(desk, ev.unchecked_ref()))
        .children(Tab::ALL.iter().map(|it| tab(desk, *it)));
    let sheet = when(move || desk.narrow.get() && desk.sheet.get());
    let class =
        words(move || if desk.sheet.get() { "panel panel--up" } else { "panel" }.to_owned());
    el("aside")
        .attr("class", class)
        .attr("aria-label", "Details")
        .child(el("div.tabs").child(tabs).child(shown(sheet, put_away)))
        .child(shown(when(move || is_shown(desk)), body))
}

/// Can the open tab's content be seen?
fn is_shown(desk: Desk) -> bool {
    desk.sheet.get() || !desk.narrow.get()
}

fn tab(desk: Desk, it: Tab) -> View {
    let chosen = move || desk.tab.get() == it;
    let broken = desk.session.view(move |lab| {
        let mut all = lab.world().invariants.iter();
        it == Tab::Rules && all.any(|it| it.standing == InvariantStanding::Broken)
    });
    let click = move || {
        // On a narrow page, a second tap on the open tab puts the sheet away.
        let again = *desk.tab.peek() == it && *desk.sheet.peek();
        desk.tab.set(it);
        desk.sheet.set(!again || !*desk.narrow.peek());
    };
    let alarm =
        || el("span.tab__alarm").child(icon(Icon::Warning)).child(el("span.hidden").text("broken"));
    el("button.tab")
        .attr("type", "button")
        .attr("role", "tab")
        .attr("id", it.id())
        .attr("aria-selected", words(move || chosen().to_string()))
        // An element that is not there cannot be named.
        .flag("aria-controls", "tabpanel", when(move || is_shown(desk)))
        .attr("tabindex", words(move || if chosen() { "0" } else { "-1" }.to_owned()))
        .on_click(click)
        .text(it.words())
        .child(shown(broken.into(), alarm))
}

/// Arrow keys walk through the tabs.
fn walk(desk: Desk, ev: &KeyboardEvent) {
    if let Some(there) = desk.tab.peek().after(&ev.key()) {
        ev.prevent_default();
        desk.tab.set(there);
        let tab = document().get_element_by_id(there.id());
        if let Some(tab) = tab.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // It can only fail on elements that take no focus.
            let _ = tab.focus();
        }
    }
}
