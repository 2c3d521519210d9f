//! The panel at the side: lesson, inspector, knobs and rules, one at a time. On a narrow page it is a sheet.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::controls::button;
use super::icon::{Icon, icon};
use super::inspector::inspector;
use super::invariants::invariants_panel;
use super::knobs::knobs_panel;
use super::leaf::{Listener, dynamic, on_click, shown, when, words};
use super::lesson::lesson;
use super::page::Desk;
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
    /// What must hold.
    Rules,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Lesson, Self::Inspector, Self::Knobs, Self::Rules];

    const fn words(self) -> &'static str {
        match self {
            Self::Lesson => "Lesson",
            Self::Inspector => "Inspector",
            Self::Knobs => "Knobs",
            Self::Rules => "Rules",
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Lesson => "tab-lesson",
            Self::Inspector => "tab-inspector",
            Self::Knobs => "tab-knobs",
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
pub(super) fn panel(desk: Desk) -> AnyView {
    let content = move || match desk.tab.get() {
        Tab::Lesson => lesson(desk),
        Tab::Inspector => inspector(desk),
        Tab::Knobs => knobs_panel(desk),
        Tab::Rules => invariants_panel(desk),
    };
    let body = move || {
        let label = words(move || desk.tab.get().id().to_owned());
        view! {
            <div class="panel__body" role="tabpanel" id="tabpanel" tabindex="0" aria-labelledby=label>
                {dynamic(content)}
            </div>
        }
        .into_any()
    };
    let put_away = move || {
        button("button button--sign", Some(Icon::Cross), "Close details", None, move || {
            desk.sheet.set(false)
        })
    };
    let keys: Listener<KeyboardEvent> = Box::new(move |ev| walk(desk, &ev));
    let class =
        words(move || if desk.sheet.get() { "panel panel--up" } else { "panel" }.to_owned());
    let tabs: Vec<AnyView> = Tab::ALL.iter().map(|it| tab(desk, *it)).collect();
    let sheet = when(move || desk.narrow.get() && desk.sheet.get());
    view! {
        <aside class=class aria-label="Details">
            <div class="tabs">
                <div class="tabs__list" role="tablist" aria-label="Details" on:keydown=keys>
                    {tabs}
                </div>
                {shown(sheet, put_away)}
            </div>
            {shown(when(move || is_shown(desk)), body)}
        </aside>
    }
    .into_any()
}

/// Can the open tab's content be seen?
fn is_shown(desk: Desk) -> bool {
    desk.sheet.get() || !desk.narrow.get()
}

fn tab(desk: Desk, it: Tab) -> AnyView {
    let chosen = move || desk.tab.get() == it;
    let broken = desk.session.view(move |lab| {
        let mut all = lab.world().invariants.iter();
        it == Tab::Rules && all.any(|it| it.standing == InvariantStanding::Broken)
    });
    let click = move || {
        // On a narrow page, a second tap on the open tab puts the sheet away.
        let again = desk.tab.get_untracked() == it && desk.sheet.get_untracked();
        desk.tab.set(it);
        desk.sheet.set(!again || !desk.narrow.get_untracked());
    };
    let alarm = || {
        let sign = icon(Icon::Warning);
        view! { <span class="tab__alarm">{sign}<span class="hidden">"broken"</span></span> }
            .into_any()
    };
    // An element that is not there cannot be named.
    let controls = Signal::derive(move || is_shown(desk).then(|| "tabpanel".to_owned()));
    view! {
        <button
            type="button"
            class="tab"
            role="tab"
            id=it.id()
            aria-selected=words(move || chosen().to_string())
            aria-controls=controls
            tabindex=words(move || if chosen() { "0" } else { "-1" }.to_owned())
            on:click=on_click(click)
        >
            {it.words()}
            {shown(broken, alarm)}
        </button>
    }
    .into_any()
}

/// Arrow keys walk through the tabs.
fn walk(desk: Desk, ev: &KeyboardEvent) {
    if let Some(there) = desk.tab.get_untracked().after(&ev.key()) {
        ev.prevent_default();
        desk.tab.set(there);
        if let Some(element) = document().get_element_by_id(there.id()) {
            focus(&element);
        }
    }
}

fn focus(element: &leptos::web_sys::Element) {
    use leptos::wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<leptos::web_sys::HtmlElement>() {
        // It can only fail on elements that take no focus.
        let _ = element.focus();
    }
}
