//! Sharing: a link with what it should show, copied, as a code for phones, or as a file when it is too long.

use leptos::web_sys::HtmlTextAreaElement;

use super::controls::{button, select, switch};
use super::dialog::dialog;
use super::icon::Icon;
use super::keeping::say;
use super::live::{Live, State};
use super::page::{Desk, Opened};
use super::platform::{copy, now_ms, page_address, save_file};
use super::view::{View, dynamic, el, nothing, when, words};
use crate::app::archive::Document;
use crate::app::{Choice, OPTIONS, Options, link, qr};
use crate::base::limits::LINK_CHARS_MAX;

/// What a link is to carry.
#[derive(Clone, Copy)]
struct Sharing {
    instant: State<bool>,
    options: State<Options>,
    /// The browser does not let this page use the clipboard.
    refused: State<bool>,
}

/// The dialog.
pub(super) fn share_dialog(desk: Desk) -> View {
    let content = move || sharing(desk);
    let close = move || desk.close(&Opened::Share);
    dialog("Share", desk.is_open(Opened::Share), close, content)
}

fn sharing(desk: Desk) -> View {
    let lab = desk.session.lab();
    let it = Sharing {
        instant: State::new(true),
        options: State::new(lab.options().clone()),
        refused: State::new(false),
    };
    let address = Live::new(move || {
        let lab = desk.session.lab();
        [page_address(), link::write_as(&lab, it.instant.get(), &it.options.read())].join("#")
    });
    let field = el("textarea.code")
        .attr("readonly", "")
        .attr("rows", "3")
        .attr("aria-label", "Link")
        .value(address);
    let element: HtmlTextAreaElement = field.element();
    let (by_hand, selected) = (element.clone(), element);
    let copy_it = move || {
        let (link, by_hand) = (address.get(), by_hand.clone());
        let length = link.chars().count().to_string();
        copy(&link, move |copied| {
            if copied {
                desk.opened.set(None);
                return say(desk, ["Link copied, ", &length, " characters"].concat());
            }
            it.refused.set(true);
            // It can only fail on elements that take no focus.
            let _ = by_hand.focus();
        });
    };
    let instant = words(move || {
        address.read();
        ["At this instant, ", &desk.session.lab().run().now().to_string()].concat()
    });
    let too_long = when(move || {
        LINK_CHARS_MAX < length(&address.read()) || !link::is_readable(&desk.session.lab())
    });
    el("div.share")
        .child(dynamic(move || code(&address.read())))
        .child(
            el("div.share__words")
                .child(field.on("focus", move |_| selected.select()))
                .child(
                    el("p.muted")
                        .attr("role", "status")
                        .text(words(move || length_words(&address.read(), it.refused.get()))),
                )
                .child(switch(instant, it.instant.into(), move |on| it.instant.set(on)))
                .children(OPTIONS.iter().map(|choice| option(it, choice))),
        )
        .child(
            el("p.dialog__actions")
                .child(button("button", None, "Save the text", None, move || save_text(desk)))
                .child(button("button", None, "Save with its run", None, move || save_run(desk)))
                .child(button(
                    "button button--main",
                    Some(Icon::Link),
                    "Copy link",
                    Some(too_long),
                    copy_it,
                )),
        )
}

fn option(it: Sharing, choice: &'static Choice) -> View {
    let set = move |value: Option<&str>| {
        if let Ok(options) = it.options.get().with(choice.word, value) {
            it.options.set(options);
        }
    };
    let value = move || it.options.read().get(choice.word);
    if choice.values == ["on"] {
        let on = when(move || value().is_some());
        return switch(choice.label, on, move |on| set(on.then_some("on")));
    }
    let named = choice.values.iter().map(|it| ((*it).to_owned(), (*it).to_owned()));
    let options =
        [(String::new(), "as the page opens".to_owned())].into_iter().chain(named).collect();
    let shown = words(move || value().unwrap_or_default().to_owned());
    select("field", choice.label, options, shown, move |it| {
        set(Some(it.as_str()).filter(|it| !it.is_empty()))
    })
}

/// The part of an address that the bound is about.
fn length(address: &str) -> usize {
    address.split_once('#').map_or(0, |it| it.1.len())
}

fn length_words(address: &str, refused: bool) -> String {
    let count = address.chars().count().to_string();
    let what = match () {
        () if LINK_CHARS_MAX < length(address) => {
            let most = LINK_CHARS_MAX.to_string();
            return [
                &count,
                " characters: no page opens a link of more than ",
                &most,
                ". Save it as a file",
            ]
            .concat();
        }
        () if refused => {
            " characters. The browser does not let this page use the clipboard: copy the selected text by hand"
        }
        () if qr::encode(address).is_none() => {
            " characters: too long for a code that can be read from afar"
        }
        () => " characters",
    };
    [&count, what].concat()
}

/// The link for phones, when it is short enough.
fn code(address: &str) -> View {
    let Some(code) = qr::encode(address) else { return nothing() };
    // Readers want a margin of four modules.
    let size = (code.size + 8).to_string();
    el("svg.share__code")
        .attr("viewBox", ["-4 -4 ", &size, " ", &size].concat())
        .attr("role", "img")
        .attr("aria-label", "The link as a QR code")
        .child(el("path").attr("d", code.outline()))
}

/// A file name that every system takes.
fn file_name(title: &str, ending: &str) -> String {
    let sign = |it: char| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '-' };
    let mut name: String = title.chars().take(60).map(sign).collect();
    while let Some(at) = name.find("--") {
        name.remove(at);
    }
    let name = name.trim_matches('-');
    [if name.is_empty() { "scenario" } else { name }, ending].concat()
}

fn save_text(desk: Desk) {
    let lab = desk.session.lab();
    let scenario = lab.scenario();
    save_file(&file_name(&scenario.title, ".yaml"), "text/yaml", &scenario.source);
}

fn save_run(desk: Desk) {
    let lab = desk.session.lab();
    let name = lab.scenario().title.clone();
    let (id, link) = ("0".to_owned(), link::write(&lab));
    let document = Document { id, link, saved_ms: now_ms(), ..Document::default() };
    let file = file_name(&name, ".inflight.txt");
    save_file(&file, "text/plain", &Document { name, ..document }.write());
}
