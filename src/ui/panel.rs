//! The panel at the side: lesson, inspector, knobs and rules, one at a time. On a narrow page it is a sheet.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::inspector::inspector;
use super::invariants::invariants_panel;
use super::knobs::knobs_panel;
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
    view! {
        <aside class="panel" class:panel--up=move || desk.sheet.get() aria-label="Details">
            <div class="tabs">
                <div class="tabs__list" role="tablist" aria-label="Details" on:keydown=move |ev| walk(desk, &ev)>
                    {Tab::ALL.map(|it| tab(desk, it)).into_iter().collect_view()}
                </div>
                <Show when=move || desk.narrow.get() && desk.sheet.get()>
                    <button
                        type="button"
                        class="button button--plain"
                        aria-label="Close details"
                        on:click=move |_| desk.sheet.set(false)
                    >
                        {icon(Icon::Cross)}
                    </button>
                </Show>
            </div>
            <Show when=move || is_shown(desk)>
                <div
                    class="panel__body"
                    role="tabpanel"
                    id="tabpanel"
                    tabindex="0"
                    aria-labelledby=move || desk.tab.get().id()
                >
                    {content}
                </div>
            </Show>
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
        let broken = lab.world().invariants.iter();
        it == Tab::Rules && broken.filter(|it| it.standing == InvariantStanding::Broken).count() > 0
    });
    let click = move |_| {
        // On a narrow page, a second tap on the open tab puts the sheet away.
        let again = chosen() && desk.sheet.get_untracked();
        desk.tab.set(it);
        desk.sheet.set(!again || !desk.narrow.get_untracked());
    };
    view! {
        <button
            type="button"
            class="tab"
            role="tab"
            id=it.id()
            aria-selected=move || chosen().to_string()
            aria-controls=move || is_shown(desk).then_some("tabpanel")
            tabindex=move || if chosen() { "0" } else { "-1" }
            on:click=click
        >
            {it.words()}
            <Show when=move || broken.get()>
                <span class="tab__alarm">{icon(Icon::Warning)}<span class="hidden">"broken"</span></span>
            </Show>
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
