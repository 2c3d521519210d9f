//! A person's device: the real screen of the scenario, to be used.

use super::form::form;
use super::node::{is_selected, selection};
use crate::app::Action;
use crate::app::view::{ItemView, ListView, Place, ScreenView, Standing, TruthMark, screen};
use crate::base::Time;
use crate::ui::controls::{button, toggle};
use crate::ui::icon::{Icon, icon};
use crate::ui::inspector::{standing, table, table_row};
use crate::ui::live::Live;
use crate::ui::page::Desk;
use crate::ui::view::{View, Words, dynamic, el, group, nothing, shown, words};
use crate::world::Input;

/// The device.
pub(super) fn device(desk: Desk, person: usize) -> View {
    let seen = desk
        .session
        .view(move |lab| (person < lab.world().people.len()).then(|| screen(lab, person)));
    let Some(first) = (*seen.peek()).clone() else { return nothing() };
    let place = Place::Person(person);
    let selected = is_selected(desk, place);
    let initial = first.name.chars().next().map(String::from).unwrap_or_default();
    let marked = first.items.iter().position(|it| matches!(it, ItemView::Form(_)));
    let item_view = |(index, it): (usize, ItemView)| match it {
        ItemView::Form(it) => {
            form(desk, person, it, person == 0 && marked == Some(index), item(seen, index))
        }
        ItemView::List(it) => list(desk, it.label, item(seen, index)),
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
    let head = el("div.device__head").child(name).child(powers(desk, person, seen));
    el("section")
        .attr("class", class)
        .attr("aria-label", format!("{}'s screen", first.name))
        .child(group().child(head).child(banner(seen)))
        .child(el("div.device__screen").flag("inert", "", closed(seen).into()).children(items))
}

/// What a person can do with the device itself.
fn powers(desk: Desk, person: usize, seen: Live<Option<ScreenView>>) -> View {
    let closed = closed(seen);
    let offline = Live::new(move || seen.read().as_ref().is_some_and(|it| !it.online));
    let reload = move || desk.act(Action::Do(Input::Reload(person)));
    let turn = move || desk.act(Action::Do(Input::Online(person, offline.get())));
    let open = move || desk.act(Action::Do(Input::Open(person, closed.get())));
    let class = "button button--sign device__power";
    el("div.device__powers")
        .child(toggle(class, Icon::Cloud, "Offline", offline.into(), turn))
        .child(button(
            class,
            Some(Icon::Restart),
            "Reload this screen",
            Some(closed.into()),
            reload,
        ))
        .child(toggle(class, Icon::Power, "Close this screen", closed.into(), open))
}

/// Is the page closed on the device?
fn closed(seen: Live<Option<ScreenView>>) -> Live<bool> {
    Live::new(move || seen.read().as_ref().is_some_and(|it| !it.open))
}

/// What the device says while it reaches nobody. It keeps its place in the grid when it is empty.
fn banner(seen: Live<Option<ScreenView>>) -> View {
    let said = words(move || match seen.read().as_ref() {
        Some(it) if !it.open && it.kept > 0 => format!("Closed. {} kept here", it.kept),
        Some(it) if !it.open => "Closed".to_owned(),
        Some(it) if !it.online && it.kept > 0 => format!("Offline. {} kept here", it.kept),
        Some(it) if !it.online => "Offline".to_owned(),
        _ => String::new(),
    });
    el("p.device__banner").attr("role", "status").text(said)
}

/// One item of a screen, as long as it is there.
pub(super) type Item = Live<Option<ItemView>>;

fn item(seen: Live<Option<ScreenView>>, index: usize) -> Item {
    Live::new(move || seen.read().as_ref().and_then(|it| it.items.get(index)).cloned())
}

fn list(desk: Desk, label: String, item: Item) -> View {
    let content = move || match &*item.read() {
        Some(ItemView::List(it)) => rows(desk, it),
        _ => nothing(),
    };
    el("div.list")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", label)
        .child(dynamic(content))
}

fn rows(desk: Desk, it: &ListView) -> View {
    let behind = if it.behind {
        el("span.list__behind").child(icon(Icon::Clock)).text("catching up…")
    } else {
        nothing()
    };
    let labelled = |since| el("span.list__age").child(icon(Icon::Clock)).text(age(desk, "", since));
    let label = el("p.list__label")
        .child(el("span").text(it.label.clone()))
        .child(behind)
        .child(it.since.map_or_else(nothing, labelled));
    let truth = it.truth;
    let mark = shown(desk.lens.into(), move || truth_mark(desk, truth));
    let row = |(index, cells): (usize, &Vec<String>)| {
        let class = standing(it.dim.get(index).copied());
        let select = it.keys.get(index).cloned();
        // The keyboard reaches the same rows in the inspector of the person.
        table_row(&it.columns, cells.clone(), class, None)
            .on_click(move || desk.act(Action::Select(select.clone())))
    };
    let rows = it.rows.iter().enumerate().map(row).collect();
    group().child(label).child(mark).child(table(&it.columns, rows))
}

/// How long something has been so, in whole seconds that count up.
fn age(desk: Desk, before: &'static str, since: Time) -> Live<String> {
    desk.session.timely(move |lab| {
        let seconds = lab.run().now().since(since).as_micros() / 1_000_000;
        if before.is_empty() { format!("{seconds} s old") } else { format!("{before} {seconds} s") }
    })
}

/// What the truth lens says: a sign and words, and what they are about stands above them.
pub(super) fn truth_mark(desk: Desk, it: TruthMark) -> View {
    let (class, sign) = match it.standing {
        Standing::True => ("p.truth.truth--true", Icon::Check),
        Standing::Open => ("p.truth", Icon::Dash),
        Standing::Behind => ("p.truth.truth--behind", Icon::Clock),
        Standing::False => ("p.truth.truth--false", Icon::Warning),
    };
    let words = match it.since {
        Some(since) => Words::from(age(desk, it.words, since)),
        None => Words::from(it.words),
    };
    el(class)
        .child(icon(sign))
        .child(el("span.hidden").text("In truth: "))
        .child(el("span").text(words))
}
