//! The dialog in which scenarios are opened: from the catalogue, from a file, from the clipboard.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::File;

use super::dialog::dialog;
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
        let chosen = move |_| {
            let file = files.get_untracked().and_then(|it| it.files()).and_then(|it| it.get(0));
            if let Some(file) = file {
                take_file(desk, &file);
            }
        };
        let open_draft = move |_| {
            let action = Action::Open {
                name: "The pasted text".to_owned(),
                text: desk.draft.get_untracked(),
            };
            desk.opened.set(None);
            desk.act(action);
        };
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
                    prop:value=desk.draft
                    on:input:target=move |ev| desk.draft.set(ev.target().value())
                ></textarea>
            </label>
            <p class="dialog__actions">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| desk.draft.set(desk.session.peek(|lab| lab.scenario().source.to_string()))
                >
                    "Take the open scenario’s text"
                </button>
                <button
                    type="button"
                    class="button button--main"
                    disabled=move || desk.draft.with(|it| it.trim().is_empty())
                    on:click=open_draft
                >
                    "Open this text"
                </button>
            </p>
        }
        .into_any()
    };
    let close = move || desk.close(&Opened::Scenarios);
    dialog("Open a scenario", desk.is_open(Opened::Scenarios), close, content)
}

fn catalogue(desk: Desk) -> AnyView {
    let origin = desk.session.view(|lab| lab.origin().clone());
    let rows = CATALOGUE.iter().map(|entry| {
        let path = entry.path;
        let open = move |_| {
            desk.opened.set(None);
            desk.act(Action::OpenBuiltIn(path.to_owned()));
        };
        let current = move || (origin.get() == Origin::BuiltIn(path)).then_some("true");
        view! {
            <li>
                <button type="button" class="catalogue__row" aria-current=current on:click=open>
                    <span>{title(entry)}</span>
                    <span class="muted">{path}</span>
                </button>
            </li>
        }
    });
    view! { <ul class="catalogue">{rows.collect_view()}</ul> }.into_any()
}
