//! The dialog in which scenarios are opened: from the catalogue, from a file, from the clipboard.

use leptos::ev::Event;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::File;

use super::controls::button;
use super::dialog::dialog;
use super::leaf::{Listener, on_click, on_value, when, words};
use super::page::{Desk, Opened};
use super::platform::read_text;
use crate::app::catalogue::{CATALOGUE, Entry};
use crate::app::{Action, Origin};

/// Opens a file that a person chose or dropped.
pub(super) fn take_file(desk: Desk, file: &File) {
    read_text(file, move |name, text| match text {
        Some(text) => desk.act(Action::Open { name, text }),
        None => drop(desk.note.try_set(format!("{name} cannot be read as text"))),
    });
    desk.opened.set(None);
}

/// A scenario's title, from its text.
fn title(entry: &Entry) -> &'static str {
    let line = entry.text.lines().find_map(|it| it.strip_prefix("title:"));
    line.map_or(entry.path, |it| it.trim().trim_matches(['"', '\'']))
}

/// The dialog.
pub(super) fn open_dialog(desk: Desk) -> AnyView {
    let content = move || {
        let files = NodeRef::<Input>::new();
        let chosen: Listener<Event> = Box::new(move |_| {
            let file = files.get_untracked().and_then(|it| it.files()).and_then(|it| it.get(0));
            if let Some(file) = file {
                take_file(desk, &file);
            }
        });
        let take =
            move || desk.draft.set(desk.session.peek(|lab| lab.scenario().source.to_string()));
        let open = move || {
            let text = desk.draft.get_untracked();
            desk.opened.set(None);
            desk.act(Action::Open { name: "The pasted text".to_owned(), text });
        };
        let empty = when(move || desk.draft.with(|it| it.trim().is_empty()));
        view! {
            <h3 class="panel__heading">"From the catalogue"</h3>
            {catalogue(desk)}
            <h3 class="panel__heading">"From a file"</h3>
            <label class="field field--wide">
                <span class="field__label">"Scenario file (you can also drop one anywhere on the page)"</span>
                <input type="file" accept=".yaml,.yml,.txt" node_ref=files on:change=chosen />
            </label>
            <h3 class="panel__heading">"From a text"</h3>
            <label class="field field--wide">
                <span class="field__label">"Scenario text"</span>
                <textarea
                    class="code"
                    rows="8"
                    spellcheck="false"
                    placeholder="Paste a scenario here"
                    prop:value=words(move || desk.draft.get())
                    on:input=on_value(move |it| desk.draft.set(it))
                ></textarea>
            </label>
            <p class="dialog__actions">
                {button("button", None, "Take the open scenario's text", None, take)}
                {button("button button--main", None, "Open this text", Some(empty), open)}
            </p>
        }
        .into_any()
    };
    let close = move || desk.close(&Opened::Scenarios);
    dialog("Open a scenario", desk.is_open(Opened::Scenarios), close, content)
}

fn catalogue(desk: Desk) -> AnyView {
    let origin = desk.session.view(|lab| lab.origin().clone());
    let row = |entry: &'static Entry| {
        let path = entry.path;
        let open = move || {
            desk.opened.set(None);
            desk.act(Action::OpenBuiltIn(path.to_owned()));
        };
        let current = words(move || (origin.get() == Origin::BuiltIn(path)).to_string());
        view! {
            <li>
                <button type="button" class="catalogue__row" aria-current=current on:click=on_click(open)>
                    <span>{title(entry)}</span>
                    <span class="muted">{path}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = CATALOGUE.iter().map(row).collect();
    view! { <ul class="catalogue">{rows}</ul> }.into_any()
}
