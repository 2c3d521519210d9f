//! A person's device: the real screen of the scenario, to be used.

use super::form::form;
use super::node::{is_selected, selection};
use crate::app::Action;
use crate::app::view::{ItemView, ListView, Place, ScreenView, screen};
use crate::ui::icon::{Icon, icon};
use crate::ui::inspector::table;
use crate::ui::live::Live;
use crate::ui::page::Desk;
use crate::ui::view::{View, dynamic, el, group, nothing, words};

/// The device.
pub(super) fn device(desk: Desk, person: usize) -> View {
    let shown = desk
        .session
        .view(move |lab| (person < lab.world().people.len()).then(|| screen(lab, person)));
    let Some(first) = (*shown.peek()).clone() else { return nothing() };
    let place = Place::Person(person);
    let selected = is_selected(desk, place);
    let initial = first.name.chars().next().map(String::from).unwrap_or_default();
    let marked = first.items.iter().position(|it| matches!(it, ItemView::Form(_)));
    let item_view = |(index, it): (usize, ItemView)| match it {
        ItemView::Form(it) => {
            form(desk, person, it, person == 0 && marked == Some(index), item(shown, index))
        }
        ItemView::List(it) => list(it.label, item(shown, index)),
    };
    let class =
        words(move || if selected.get() { "device device--selected" } else { "device" }.to_owned());
    let name = el("button.device__person")
        .attr("type", "button")
        .attr("aria-pressed", words(move || selected.get().to_string()))
        .on_click(move || desk.act(Action::Select(Some(selection(place)))))
        .child(el("span.device__face").attr("aria-hidden", "true").text(initial))
        .child(el("span.device__name").text(first.name.clone()));
    let items = first.items.into_iter().enumerate().map(item_view);
    el("section")
        .attr("class", class)
        .attr("aria-label", format!("{}'s screen", first.name))
        .child(name)
        .child(el("div.device__screen").children(items))
}

/// One item of a screen, as long as it is there.
pub(super) type Item = Live<Option<ItemView>>;

fn item(shown: Live<Option<ScreenView>>, index: usize) -> Item {
    Live::new(move || shown.read().as_ref().and_then(|it| it.items.get(index)).cloned())
}

fn list(label: String, item: Item) -> View {
    let content = move || match &*item.read() {
        Some(ItemView::List(it)) => rows(it),
        _ => nothing(),
    };
    el("div.list")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", label)
        .child(dynamic(content))
}

fn rows(it: &ListView) -> View {
    let behind = if it.behind {
        el("span.list__behind").child(icon(Icon::Clock)).text("catching up…")
    } else {
        nothing()
    };
    let label = el("p.list__label").child(el("span").text(it.label.clone())).child(behind);
    group().child(label).child(table(&it.columns, it.rows.clone()))
}
