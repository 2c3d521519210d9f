//! Everything about the one thing that is selected.
//!
//! Its parts are kept while their values change, so that a button does not vanish under the finger.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::page::Desk;
use crate::app::view::{Inspector, Part, inspect};
use crate::app::{Action, Lab, Selection};

/// The panel's tab.
pub(super) fn inspector(desk: Desk) -> AnyView {
    let session = desk.session;
    let seen = Memo::new(move |_| {
        desk.beat.get();
        session.track_selection();
        session.peek(inspect)
    });
    let there = Memo::new(move |_| seen.with(Option::is_some));
    let whole = move || {
        if there.get() {
            return selected(desk, seen);
        }
        view! {
            <h2 class="panel__title">"Nothing is selected"</h2>
            <p>"Click a message in the air, a service, a queue or a person’s name. Pause first to catch a fast one."</p>
        }
        .into_any()
    };
    view! { {whole} }.into_any()
}

fn of<T: Default>(seen: Memo<Option<Inspector>>, look: impl Fn(&Inspector) -> T) -> T {
    seen.with(|it| it.as_ref().map(look).unwrap_or_default())
}

fn selected(desk: Desk, seen: Memo<Option<Inspector>>) -> AnyView {
    // A part is another one when it stands elsewhere or is of another kind; its words may change.
    let parts = move || {
        of(seen, |it| it.parts.iter().map(std::mem::discriminant).enumerate().collect::<Vec<_>>())
    };
    let title = Memo::new(move |_| of(seen, |it| it.title.clone()));
    let subtitle = Memo::new(move |_| of(seen, |it| it.subtitle.clone()));
    view! {
        <header class="panel__head">
            <h2 class="panel__title">{title}</h2>
            <p class="muted">{subtitle}</p>
            <button type="button" class="button button--plain" on:click=move |_| desk.act(Action::Select(None))>
                "Select nothing"
            </button>
        </header>
        {power(desk)}
        <For each=parts key=|it| *it let((index, _))>
            {part(desk, Memo::new(move |_| of(seen, |it| it.parts.get(index).cloned())))}
        </For>
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
    let button = move || {
        process.get().map(|(id, name, up)| {
            let (words, sign) =
                if up { ("Crash", Icon::Cross) } else { ("Restart", Icon::Restart) };
            let action = if up { Action::Crash(id) } else { Action::RestartService(id) };
            view! {
                <button
                    type="button"
                    class="button"
                    class:button--danger=up
                    on:click=move |_| desk.act(action.clone())
                >
                    {icon(sign)}
                    {format!("{words} {name}")}
                </button>
            }
        })
    };
    view! { {button} }.into_any()
}

fn part(desk: Desk, it: Memo<Option<Part>>) -> AnyView {
    let heading = Memo::new(move |_| match it.get() {
        Some(
            Part::Facts { heading, .. }
            | Part::Table { heading, .. }
            | Part::Messages { heading, .. }
            | Part::Source { heading, .. },
        ) => heading,
        Some(Part::Note(_)) | None => String::new(),
    });
    let titled = move || {
        let words = heading.get();
        (!words.is_empty()).then(|| view! { <h3 class="panel__heading">{words}</h3> })
    };
    let is_messages = it.with_untracked(|it| matches!(it, Some(Part::Messages { .. })));
    let content =
        if is_messages { messages(desk, it) } else { (move || still(it.get())).into_any() };
    view! {
        <section class="part">
            {titled}
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
    let none =
        move || it.with(|it| matches!(it, Some(Part::Messages { rows, .. }) if rows.is_empty()));
    view! {
        <ul class="messages">
            <For each=rows key=|it| (it.0, it.1) let((id, _, words))>
                <li>
                    <button
                        type="button"
                        class="messages__row"
                        on:click=move |_| desk.act(Action::Select(Some(Selection::Message(id))))
                    >
                        {words}
                    </button>
                </li>
            </For>
        </ul>
        <Show when=none>
            <p class="muted">"None at this instant"</p>
        </Show>
    }
    .into_any()
}

/// A part without anything to click.
fn still(part: Option<Part>) -> AnyView {
    match part {
        Some(Part::Facts { rows, .. }) => {
            let rows = rows.into_iter().map(|(name, value)| {
                view! {
                    <div class="facts__row">
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                    </div>
                }
            });
            view! { <dl class="facts">{rows.collect_view()}</dl> }.into_any()
        }
        Some(Part::Table { columns, rows, .. }) => table(columns, rows),
        Some(Part::Source { lines, .. }) => {
            let lines = lines.into_iter().map(|it| {
                view! {
                    <li class="source__line" class:source__line--current=it.current>
                        <span class="source__number">{it.number}</span>
                        <code>{it.text}</code>
                    </li>
                }
            });
            view! { <ol class="source" tabindex="0">{lines.collect_view()}</ol> }.into_any()
        }
        Some(Part::Note(words)) => view! { <p class="note">{words}</p> }.into_any(),
        Some(Part::Messages { .. }) | None => ().into_any(),
    }
}

/// A table as services and screens hold it.
pub(super) fn table(columns: Vec<String>, rows: Vec<Vec<String>>) -> AnyView {
    let empty = rows.is_empty();
    let names = columns.clone();
    let head = columns.into_iter().map(|it| view! { <th scope="col">{it}</th> }).collect_view();
    // Small screens hide the head and write the column's name behind its numbers.
    let cell = |(it, name): (String, &String)| {
        let number = it.parse::<f64>().is_ok();
        view! { <td class:number=number data-column=name.clone()>{it}</td> }
    };
    let row = |row: Vec<String>| {
        let cells = row.into_iter().zip(&names).map(cell).collect_view();
        view! { <tr>{cells}</tr> }
    };
    let rows = rows.into_iter().map(row);
    view! {
        <table class="table">
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {empty.then(|| view! { <p class="muted">"No rows"</p> })}
    }
    .into_any()
}
