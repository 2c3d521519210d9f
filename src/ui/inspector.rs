//! Everything about the one thing that is selected.
//!
//! Its parts are kept while their values change, so that a button does not vanish under the finger.

use leptos::prelude::*;

use super::controls::{button, pair};
use super::icon::Icon;
use super::leaf::{Row, dynamic, each, nothing, on_click, shown, when, words};
use super::page::Desk;
use crate::app::view::{Inspector, Part, SourceLine, inspect};
use crate::app::{Action, Lab, Selection};

type Seen = Signal<Option<Inspector>>;

/// The panel's tab.
pub(super) fn inspector(desk: Desk) -> AnyView {
    let session = desk.session;
    let seen: Seen = Memo::new(move |_| {
        desk.beat.get();
        session.track_selection();
        session.peek(inspect)
    })
    .into();
    let there = Memo::new(move |_| seen.with(Option::is_some));
    dynamic(move || {
        if there.get() {
            return selected(desk, seen);
        }
        view! {
            <h2 class="panel__title">"Nothing is selected"</h2>
            <p>"Click a message in the air, a service, a queue or a person's name. Pause first to catch a fast one."</p>
        }
        .into_any()
    })
}

fn of<T: Default>(seen: Seen, look: impl Fn(&Inspector) -> T) -> T {
    seen.with(|it| it.as_ref().map(look).unwrap_or_default())
}

fn selected(desk: Desk, seen: Seen) -> AnyView {
    // A part is another one when it stands elsewhere or is of another kind; its words may change.
    let parts = move || {
        let row = |(index, it): (usize, &Part)| {
            let clickable = matches!(it, Part::Messages { .. });
            Row::new(format!("{index} {clickable}"), move || part(desk, seen, index, clickable))
        };
        of(seen, |it| it.parts.iter().enumerate().map(row).collect())
    };
    view! {
        <header class="panel__head">
            <h2 class="panel__title">{words(move || of(seen, |it| it.title.clone()))}</h2>
            <p class="muted">{words(move || of(seen, |it| it.subtitle.clone()))}</p>
            {button("button button--plain", None, "Select nothing", None, move || desk.act(Action::Select(None)))}
        </header>
        {power(desk)}
        {each(parts)}
    }
    .into_any()
}

/// The selected service's process: its name, and whether it is up.
fn process(lab: &Lab) -> Option<(usize, String, bool)> {
    let Selection::Service(id) = *lab.selection()? else { return None };
    let definition = lab.scenario().services.get(id)?;
    Some((id, definition.name.clone(), lab.world().services[id].up))
}

/// The button that lets the selected service's process die or come back.
pub(super) fn power(desk: Desk) -> AnyView {
    let process = desk.session.view(process);
    dynamic(move || {
        let Some((id, name, up)) = process.get() else { return nothing() };
        let (class, words, sign) = if up {
            ("button button--danger", format!("Crash {name}"), Icon::Cross)
        } else {
            ("button", format!("Restart {name}"), Icon::Restart)
        };
        let act = move || desk.act(if up { Action::Crash(id) } else { Action::RestartService(id) });
        button(class, Some(sign), words, None, act)
    })
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

fn part(desk: Desk, seen: Seen, index: usize, clickable: bool) -> AnyView {
    let it = Memo::new(move |_| of(seen, |it| it.parts.get(index).cloned()));
    let heading = words(move || it.with(|it| it.as_ref().map(heading).unwrap_or_default()));
    let content = if clickable { messages(desk, it) } else { dynamic(move || still(it.get())) };
    view! {
        <section class="part">
            <h3 class="panel__heading">{heading}</h3>
            {content}
        </section>
    }
    .into_any()
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

fn messages(desk: Desk, it: Memo<Option<Part>>) -> AnyView {
    let rows = move || match it.get() {
        Some(Part::Messages { rows, .. }) => numbered(rows),
        _ => Vec::new(),
    };
    let list = move || {
        let row = |(id, number, words)| {
            Row::new(format!("{id} {number}"), move || message_button(desk, id, words))
        };
        rows().into_iter().map(row).collect()
    };
    let none = when(move || {
        it.with(|it| matches!(it, Some(Part::Messages { rows, .. }) if rows.is_empty()))
    });
    view! {
        <ul class="messages">{each(list)}</ul>
        {shown(none, || view! { <p class="muted">"None at this instant"</p> }.into_any())}
    }
    .into_any()
}

/// A row of a list of messages: a button that selects it.
pub(super) fn message_button(desk: Desk, id: u64, words: String) -> AnyView {
    let select = move || desk.act(Action::Select(Some(Selection::Message(id))));
    view! {
        <li>
            <button type="button" class="messages__row" on:click=on_click(select)>
                {words}
            </button>
        </li>
    }
    .into_any()
}

/// A part without anything to click.
fn still(part: Option<Part>) -> AnyView {
    match part {
        Some(Part::Facts { rows, .. }) => {
            let row = |(name, value): (String, String)| {
                pair("facts__row", name.into_any(), value.into_any())
            };
            let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
            view! { <dl class="facts">{rows}</dl> }.into_any()
        }
        Some(Part::Table { columns, rows, .. }) => table(&columns, rows),
        Some(Part::Source { lines, .. }) => {
            let line = |it: SourceLine| {
                let class =
                    if it.current { "source__line source__line--current" } else { "source__line" };
                source_line(class, it.number, it.text.into_any())
            };
            let lines: Vec<AnyView> = lines.into_iter().map(line).collect();
            view! { <ol class="source" tabindex="0">{lines}</ol> }.into_any()
        }
        Some(Part::Note(words)) => view! { <p class="note">{words}</p> }.into_any(),
        Some(Part::Messages { .. }) | None => nothing(),
    }
}

/// A line of a scenario's text.
pub(super) fn source_line(class: &'static str, number: u32, text: AnyView) -> AnyView {
    view! {
        <li class=class>
            <span class="source__number">{number.to_string()}</span>
            <code>{text}</code>
        </li>
    }
    .into_any()
}

/// A table as services and screens hold it.
pub(super) fn table(columns: &[String], rows: Vec<Vec<String>>) -> AnyView {
    let empty = if rows.is_empty() { "No rows" } else { "" };
    let head = |it: &String| view! { <th scope="col">{it.clone()}</th> }.into_any();
    let head: Vec<AnyView> = columns.iter().map(head).collect();
    // Small screens hide the head and write the column's name behind its numbers.
    let cell = |(it, column): (String, &String)| {
        let class = if it.parse::<f64>().is_ok() { "number" } else { "" };
        view! { <td class=class data-column=column.clone()>{it}</td> }.into_any()
    };
    let row = |row: Vec<String>| {
        let cells: Vec<AnyView> = row.into_iter().zip(columns).map(cell).collect();
        view! { <tr>{cells}</tr> }.into_any()
    };
    let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
    view! {
        <table class="table">
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="muted">{empty}</p>
    }
    .into_any()
}
