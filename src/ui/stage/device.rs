//! A person's device: the real screen of the scenario, to be used.

use leptos::prelude::*;

use super::form::form;
use super::node::{is_selected, selection};
use crate::app::Action;
use crate::app::view::{ItemView, ListView, Place, ScreenView, screen};
use crate::ui::icon::{Icon, icon};
use crate::ui::inspector::table;
use crate::ui::leaf::{dynamic, nothing, on_click, words};
use crate::ui::page::Desk;

/// The device.
pub(super) fn device(desk: Desk, person: usize) -> AnyView {
    let shown = desk
        .session
        .view(move |lab| (person < lab.world().people.len()).then(|| screen(lab, person)));
    let Some(first) = shown.get_untracked() else { return ().into_any() };
    let place = Place::Person(person);
    let selected = is_selected(desk, place);
    let initial = first.name.chars().next().map(String::from).unwrap_or_default();
    let label = format!("{}'s screen", first.name);
    let marked = first.items.iter().position(|it| matches!(it, ItemView::Form(_)));
    let item_view = |(index, it): (usize, ItemView)| match it {
        ItemView::Form(it) => {
            form(desk, person, it, person == 0 && marked == Some(index), item(shown, index))
        }
        ItemView::List(it) => list(it.label, item(shown, index)),
    };
    let items: Vec<AnyView> = first.items.into_iter().enumerate().map(item_view).collect();
    let class =
        words(move || if selected.get() { "device device--selected" } else { "device" }.to_owned());
    view! {
        <section class=class aria-label=label>
            <button
                type="button"
                class="device__person"
                aria-pressed=words(move || selected.get().to_string())
                on:click=on_click(move || desk.act(Action::Select(Some(selection(place)))))
            >
                <span class="device__face" aria-hidden="true">{initial}</span>
                <span class="device__name">{first.name}</span>
            </button>
            <div class="device__screen">{items}</div>
        </section>
    }
    .into_any()
}

/// One item of a screen, as long as it is there.
pub(super) type Item = Signal<Option<ItemView>>;

fn item(shown: Signal<Option<ScreenView>>, index: usize) -> Item {
    Memo::new(move |_| shown.with(|it| it.as_ref().and_then(|it| it.items.get(index)).cloned()))
        .into()
}

fn list(label: String, item: Item) -> AnyView {
    let content = move || {
        item.with(|it| match it {
            Some(ItemView::List(it)) => rows(it),
            _ => nothing(),
        })
    };
    view! { <div class="list" tabindex="0" role="group" aria-label=label>{dynamic(content)}</div> }
        .into_any()
}

fn rows(it: &ListView) -> AnyView {
    let behind = if it.behind {
        view! { <span class="list__behind">{icon(Icon::Clock)}"catching up…"</span> }.into_any()
    } else {
        nothing()
    };
    view! {
        <p class="list__label">
            <span>{it.label.clone()}</span>
            {behind}
        </p>
        {table(&it.columns, it.rows.clone())}
    }
    .into_any()
}
