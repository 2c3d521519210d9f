//! Everything about the one thing that is selected.
//!
//! Its parts are kept while their values change, so that a button does not vanish under the finger.

use super::controls::{button, pair};
use super::live::Live;
use super::page::Desk;
use super::powers::powers_view;
use super::search::search;
use super::view::{Row, View, dynamic, each, el, group, nothing, words};
use crate::app::view::{Bar, Inspector, Part, SourceLine, TableRow, Thing, inspect};
use crate::app::{Action, Selection};
use crate::base::{Time, number};
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
    let content = dynamic(move || {
        if there.get() {
            return selected(desk, seen);
        }
        group().child(el("h2.panel__title").text("Nothing is selected")).child(el("p").text(
            "Click a message in the air, a service, a queue, a line between them or a person's name. \
             Pause first to catch a fast one. Rows of tables and what screens say can be clicked \
             too: then everything that led there, and everything that followed, stays lit.",
        ))
    });
    group().child(search(desk)).child(content)
}

fn of<T: Default>(seen: Seen, look: impl Fn(&Inspector) -> T) -> T {
    seen.read().as_ref().map(look).unwrap_or_default()
}

fn selected(desk: Desk, seen: Seen) -> View {
    // A part is another one when it stands elsewhere or is of another kind; its words may change.
    let parts = move || {
        let row = |(index, it): (usize, &Part)| {
            let kind = kind(it);
            Row::new(format!("{index} {kind}"), move || part(desk, seen, index, kind))
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
        | Part::Bars { heading, .. }
        | Part::Things { heading, .. }
        | Part::Source { heading, .. } => heading.clone(),
        Part::Note(_) => String::new(),
    }
}

/// The kind of a part: how its content is kept up.
const fn kind(it: &Part) -> &'static str {
    match it {
        Part::Things { .. } => "things",
        Part::Table { .. } => "table",
        Part::Facts { .. } | Part::Bars { .. } | Part::Source { .. } | Part::Note(_) => "still",
    }
}

fn part(desk: Desk, seen: Seen, index: usize, kind: &'static str) -> View {
    let it = Live::new(move || of(seen, |it| it.parts.get(index).cloned()));
    let heading = words(move || it.read().as_ref().map(heading).unwrap_or_default());
    let content = match kind {
        "things" => things(desk, it),
        "table" => rows(desk, it),
        _ => dynamic(move || still(it.get())),
    };
    el("section.part").child(el("h3.panel__heading").text(heading)).child(content)
}

/// Things to go to. A message keeps its button as long as it is there.
fn things(desk: Desk, it: Live<Option<Part>>) -> View {
    let list = move || match &*it.read() {
        Some(Part::Things { things, .. }) => keyed(things)
            .into_iter()
            .map(|(key, thing)| Row::new(key, move || thing_row(desk, thing)))
            .collect(),
        _ => Vec::new(),
    };
    let none = words(move || match &*it.read() {
        Some(Part::Things { things, none, .. }) if things.is_empty() => (*none).to_owned(),
        _ => String::new(),
    });
    group().child(el("ul.messages").child(each(list))).child(el("p.muted").text(none))
}

/// Copies of a message have the same id: each also has its number among those. Other things are told by their words.
fn keyed(things: &[Thing]) -> Vec<(String, Thing)> {
    let mut keyed: Vec<(String, Thing)> = Vec::with_capacity(things.len());
    for thing in things {
        let dim = if thing.dim { "-" } else { "" };
        let base = match (&thing.select, thing.at) {
            (Selection::Message(id), None) => [dim, &id.to_string()].concat(),
            (_, at) => {
                let at = at.map_or(String::new(), |it| it.as_micros().to_string());
                [dim, &at, " ", &thing.words, &thing.depth.to_string()].concat()
            }
        };
        let alike = keyed.iter().filter(|it| it.0.starts_with(&base)).count();
        keyed.push(([&base, "#", &alike.to_string()].concat(), thing.clone()));
    }
    keyed
}

fn thing_row(desk: Desk, thing: Thing) -> View {
    let Thing { words, select, at, depth, act, dim } = thing;
    let go = move || {
        desk.act(match at {
            Some(at) => Action::Jump(at, select.clone()),
            None => Action::Select(Some(select.clone())),
        });
    };
    let time = at.map_or_else(nothing, |it| el("span.thing__time").text(it.to_string()));
    let class = if dim { "messages__row dim" } else { "messages__row" };
    let button = el("button")
        .attr("type", "button")
        .attr("class", class)
        .on_click(go)
        .child(time)
        .child(el("span").text(words));
    let act = act.map_or_else(nothing, |(words, input)| {
        button_for(words, move || desk.act(Action::Do(input.clone())))
    });
    let row = el("li.thing").child(button).child(act);
    if depth == 0 { row } else { row.style("margin-inline-start", format!("{depth}rem")) }
}

fn button_for(words: &'static str, act: impl Fn() + 'static) -> View {
    button("button", None, words, None, act)
}

/// A button that goes to a thing, at an instant or now.
pub(super) fn thing_button(desk: Desk, words: String, select: Selection, at: Option<Time>) -> View {
    thing_row(desk, Thing { at, ..Thing::of(words, select) })
}

/// A table of which the rows can be gone to.
fn rows(desk: Desk, it: Live<Option<Part>>) -> View {
    let view = move || match it.get() {
        Some(Part::Table { columns, rows, .. }) => {
            let lineage = desk.session.lab().lineage().is_some();
            let row = |it: TableRow| {
                let class = standing(lineage.then_some(it.dim));
                let class = if it.fresh { "fresh" } else { class };
                table_row(&columns, it.cells, class, it.select.map(|it| (desk, it)))
            };
            table(&columns, rows.into_iter().map(row).collect())
        }
        _ => nothing(),
    };
    dynamic(view)
}

/// How something stands to what is selected, if anything is: has it nothing to do with it?
pub(super) const fn standing(dim: Option<bool>) -> &'static str {
    match dim {
        Some(true) => "dim",
        Some(false) => "lit",
        None => "",
    }
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
        Some(Part::Bars { bars, .. }) => {
            let most = bars.iter().map(|it| it.count).max().unwrap_or(0).max(1);
            let row = |it: Bar| {
                let length = format!("{}%", it.count * 100 / most);
                let bar =
                    el("span.bars__bar").attr("aria-hidden", "true").style("inline-size", length);
                let count = group().child(bar).child(el("span").text(it.count.to_string()));
                pair("bars__row", group().text(it.words), count)
            };
            el("dl.bars").children(bars.into_iter().map(row))
        }
        Some(Part::Source { lines, .. }) => {
            let line = |it: SourceLine| {
                let class =
                    if it.current { "source__line source__line--current" } else { "source__line" };
                source_line(class, it.number, group().text(it.text))
            };
            el("ol.source").attr("tabindex", "0").children(lines.into_iter().map(line))
        }
        Some(Part::Note(words)) => el("p.note").text(words),
        Some(Part::Things { .. } | Part::Table { .. }) | None => nothing(),
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
pub(super) fn table(columns: &[String], rows: Vec<View>) -> View {
    let empty = if rows.is_empty() { "No rows" } else { "" };
    let head = columns.iter().map(|it| el("th").attr("scope", "col").text(it.clone()));
    let table = el("table.table")
        .child(el("thead").child(el("tr").children(head)))
        .child(el("tbody").children(rows));
    group().child(table).child(el("p.muted").text(empty))
}

/// A row of such a table. If one can go there, its first cell is a button.
pub(super) fn table_row(
    columns: &[String],
    cells: Vec<String>,
    class: &'static str,
    mut goal: Option<(Desk, Selection)>,
) -> View {
    // Small screens hide the head and write the column's name behind its numbers.
    let cell = |(words, column): (String, &String)| {
        let counts = number::parse(&words).is_some() || parse_duration(&words).is_ok();
        let kind = if counts { "td.number" } else { "td" };
        let cell = el(kind).attr("data-column", column.clone());
        match goal.take() {
            Some((desk, select)) => {
                let go = move || desk.act(Action::Select(Some(select.clone())));
                let button = el("button.cell").attr("type", "button").on_click(go).text(words);
                cell.child(button)
            }
            None => cell.text(words),
        }
    };
    let cells: Vec<View> = cells.into_iter().zip(columns).map(cell).collect();
    el("tr").attr("class", class).children(cells)
}
