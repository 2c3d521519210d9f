//! Everything about the one thing that is selected.
//!
//! Its parts are kept while their values change, so that a button does not vanish under the finger.

use super::controls::{button, pair};
use super::live::Live;
use super::page::Desk;
use super::powers::powers_view;
use super::view::{Row, View, dynamic, each, el, group, nothing, shown, when, words};
use crate::app::view::{Inspector, Part, SourceLine, inspect};
use crate::app::{Action, Selection};
use crate::base::number;
use crate::language::parse_duration;

type Seen = Live<Option<Inspector>>;

/// The panel's tab.
pub(super) fn inspector(desk: Desk) -> View {
    let seen: Seen = Live::new(move || {
        desk.beat.read();
        desk.session.track_acts();
        inspect(&desk.session.lab())
    });
    let there = Live::new(move || seen.read().is_some());
    dynamic(move || {
        if there.get() {
            return selected(desk, seen);
        }
        group().child(el("h2.panel__title").text("Nothing is selected")).child(el("p").text(
            "Click a message in the air, a service, a queue, a line between them or a person's name. Pause first to \
             catch a fast one.",
        ))
    })
}

fn of<T: Default>(seen: Seen, look: impl Fn(&Inspector) -> T) -> T {
    seen.read().as_ref().map(look).unwrap_or_default()
}

fn selected(desk: Desk, seen: Seen) -> View {
    // A part is another one when it stands elsewhere or is of another kind; its words may change.
    let parts = move || {
        let row = |(index, it): (usize, &Part)| {
            let clickable = matches!(it, Part::Messages { .. });
            Row::new(format!("{index} {clickable}"), move || part(desk, seen, index, clickable))
        };
        of(seen, |it| it.parts.iter().enumerate().map(row).collect())
    };
    let nothing = move || desk.act(Action::Select(None));
    let head = el("header.panel__head")
        .child(el("h2.panel__title").text(words(move || of(seen, |it| it.title.clone()))))
        .child(el("p.muted").text(words(move || of(seen, |it| it.subtitle.clone()))))
        .child(button("button button--plain", None, "Select nothing", None, nothing));
    group().child(head).child(powers_view(desk)).child(each(parts))
}

fn heading(it: &Part) -> String {
    match it {
        Part::Facts { heading, .. }
        | Part::Table { heading, .. }
        | Part::Messages { heading, .. }
        | Part::Source { heading, .. } => heading.clone(),
        Part::Note(_) => String::new(),
    }
}

fn part(desk: Desk, seen: Seen, index: usize, clickable: bool) -> View {
    let it = Live::new(move || of(seen, |it| it.parts.get(index).cloned()));
    let heading = words(move || it.read().as_ref().map(heading).unwrap_or_default());
    let content = if clickable { messages(desk, it) } else { dynamic(move || still(it.get())) };
    el("section.part").child(el("h3.panel__heading").text(heading)).child(content)
}

/// Copies of a message have the same id: each row also has its number among those.
fn numbered(rows: Vec<(u64, String)>) -> Vec<(u64, usize, String)> {
    let mut numbered: Vec<(u64, usize, String)> = Vec::with_capacity(rows.len());
    for (id, words) in rows {
        let number = numbered.iter().filter(|it| it.0 == id).count();
        numbered.push((id, number, words));
    }
    numbered
}

fn messages(desk: Desk, it: Live<Option<Part>>) -> View {
    let list = move || {
        let row = |(id, number, words)| {
            Row::new(format!("{id} {number}"), move || message_button(desk, id, words))
        };
        match it.get() {
            Some(Part::Messages { rows, .. }) => numbered(rows).into_iter().map(row).collect(),
            _ => Vec::new(),
        }
    };
    let none =
        when(move || matches!(&*it.read(), Some(Part::Messages { rows, .. }) if rows.is_empty()));
    group()
        .child(el("ul.messages").child(each(list)))
        .child(shown(none, || el("p.muted").text("None at this instant")))
}

/// A row of a list of messages: a button that selects it.
pub(super) fn message_button(desk: Desk, id: u64, words: String) -> View {
    let select = move || desk.act(Action::Select(Some(Selection::Message(id))));
    let button = el("button.messages__row").attr("type", "button").on_click(select).text(words);
    el("li").child(button)
}

/// A part without anything to click.
fn still(part: Option<Part>) -> View {
    match part {
        Some(Part::Facts { rows, .. }) => {
            let row = |(name, value): (String, String)| {
                pair("facts__row", group().text(name), group().text(value))
            };
            el("dl.facts").children(rows.into_iter().map(row))
        }
        Some(Part::Table { columns, rows, .. }) => table(&columns, rows),
        Some(Part::Source { lines, .. }) => {
            let line = |it: SourceLine| {
                let class =
                    if it.current { "source__line source__line--current" } else { "source__line" };
                source_line(class, it.number, group().text(it.text))
            };
            el("ol.source").attr("tabindex", "0").children(lines.into_iter().map(line))
        }
        Some(Part::Note(words)) => el("p.note").text(words),
        Some(Part::Messages { .. }) | None => nothing(),
    }
}

/// A line of a scenario's text.
pub(super) fn source_line(class: &'static str, number: u32, text: View) -> View {
    el("li")
        .attr("class", class)
        .child(el("span.source__number").text(number.to_string()))
        .child(el("code").child(text))
}

/// A table as services and screens hold it.
pub(super) fn table(columns: &[String], rows: Vec<Vec<String>>) -> View {
    let empty = if rows.is_empty() { "No rows" } else { "" };
    let head = columns.iter().map(|it| el("th").attr("scope", "col").text(it.clone()));
    // Small screens hide the head and write the column's name behind its numbers.
    let cell = |(it, column): (String, &String)| {
        let counts = number::parse(&it).is_some() || parse_duration(&it).is_ok();
        let cell = if counts { "td.number" } else { "td" };
        el(cell).attr("data-column", column.clone()).text(it)
    };
    let row = |row: Vec<String>| el("tr").children(row.into_iter().zip(columns).map(cell));
    let table = el("table.table")
        .child(el("thead").child(el("tr").children(head)))
        .child(el("tbody").children(rows.into_iter().map(row)));
    group().child(table).child(el("p.muted").text(empty))
}
