//! The dialog in which scenarios are opened: from the catalogue, from a file, from the clipboard.

use leptos::web_sys::{File, HtmlInputElement};

use super::controls::button;
use super::dialog::dialog;
use super::documents::documents;
use super::keeping::{archive, say};
use super::page::{Desk, Opened};
use super::platform::read_text;
use super::view::{View, el, group, when, words};
use crate::app::archive::Archive;
use crate::app::catalogue::{CATALOGUE, Entry};
use crate::app::{Action, Incoming, Origin, Way};
use crate::base::limits::ARCHIVE_BYTES_MAX;

/// Opens a file that a person chose or dropped.
pub(super) fn take_file(desk: Desk, file: &File) {
    read_text(file, move |name, text| match text {
        Some(text) => desk.act(Action::Offer(Incoming { way: Way::Text, name, text })),
        None => say(
            desk,
            [
                &name,
                " cannot be read: it is no text, or longer than ",
                &ARCHIVE_BYTES_MAX.to_string(),
                " bytes (ARCHIVE_BYTES_MAX)",
            ]
            .concat(),
        ),
    });
    desk.opened.set(None);
}

/// The dialog.
pub(super) fn open_dialog(desk: Desk) -> View {
    let content = move || {
        let heading = |words: &'static str| el("h3.panel__heading").text(words);
        group()
            .child(documents(desk))
            .child(heading("From the catalogue"))
            .child(catalogue(desk))
            .child(heading("From a file"))
            .child(labelled(
                "Scenario or documents (you can also drop a file anywhere on the page)",
                file_field(desk),
            ))
            .child(heading("From a text"))
            .child(labelled("Scenario text", text_field(desk)))
            .child(actions(desk))
    };
    let close = move || {
        desk.close(&Opened::Scenarios);
        // What was deleted in it is gone now.
        archive(desk, Archive::let_go);
    };
    dialog("Open a scenario", desk.is_open(Opened::Scenarios), close, content)
}

fn labelled(label: &'static str, field: View) -> View {
    el("label.field.field--wide").child(el("span.field__label").text(label)).child(field)
}

fn file_field(desk: Desk) -> View {
    let field = el("input").attr("type", "file").attr("accept", ".yaml,.yml,.txt");
    let files: HtmlInputElement = field.element();
    field.on("change", move |_| {
        if let Some(file) = files.files().and_then(|it| it.get(0)) {
            take_file(desk, &file);
        }
    })
}

fn text_field(desk: Desk) -> View {
    el("textarea.code")
        .attr("rows", "8")
        .attr("spellcheck", "false")
        .attr("placeholder", "Paste a scenario here")
        .value(*desk.draft)
        .on_value("input", move |it| desk.draft.set(it))
}

fn actions(desk: Desk) -> View {
    let take = move || {
        let text = desk.session.lab().scenario().source.to_string();
        desk.draft.set(text);
    };
    let open = move || {
        let text = desk.draft.peek().to_string();
        desk.opened.set(None);
        desk.act(Action::Offer(Incoming {
            way: Way::Text,
            name: "The pasted text".to_owned(),
            text,
        }));
    };
    let empty = when(move || desk.draft.read().trim().is_empty());
    el("p.dialog__actions")
        .child(button("button", None, "Take the open scenario's text", None, take))
        .child(button("button button--main", None, "Open this text", Some(empty), open))
}

fn catalogue(desk: Desk) -> View {
    let origin = desk.session.acted(|lab| lab.origin().clone());
    let row = |entry: &'static Entry| {
        let path = entry.path;
        let open = move || {
            desk.opened.set(None);
            desk.act(Action::OpenBuiltIn(path.to_owned()));
        };
        let current = words(move || (*origin.read() == Origin::BuiltIn(path)).to_string());
        let button = el("button.catalogue__row")
            .attr("type", "button")
            .attr("aria-current", current)
            .on_click(open)
            .child(el("span").text(entry.title))
            .child(el("span.muted").text(path));
        el("li").child(button)
    };
    el("ul.catalogue").children(CATALOGUE.iter().map(row))
}
