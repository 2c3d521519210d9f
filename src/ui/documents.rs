//! The list of a person's own documents: open, rename, delete, and all of them as one file.

use leptos::prelude::queue_microtask;
use leptos::web_sys::HtmlElement;

use super::controls::button;
use super::icon::Icon;
use super::keeping::archive;
use super::live::State;
use super::page::Desk;
use super::platform::clock_words;
use super::view::{Row, View, dynamic, each, el, group, shown, when, words};
use crate::app::archive::{Kept, Standing, Why};
use crate::app::view::{count, size};

/// The list, with its heading; nothing at all as long as there is none.
pub(super) fn documents(desk: Desk) -> View {
    let keeping = &desk.keeping;
    let (kept, going, standing) = (keeping.documents, keeping.going, keeping.standing);
    let renamed = State::new(String::new());
    let there = when(move || !kept.read().is_empty() || going.get() > 0);
    let rows = move || {
        let row = |it: &Kept| {
            let it = it.clone();
            let key = [it.key.write().as_str(), if it.is_open { "!" } else { "" }].concat();
            Row::new(key, move || row(desk, it, renamed))
        };
        kept.read().iter().map(row).collect()
    };
    let list = move || {
        group()
            .child(el("h3.panel__heading").text("Yours, on this device"))
            .child(el("ul.documents").attr("aria-label", "Your documents").child(each(rows)))
            .child(shown(when(move || going.get() > 0), move || undo(desk)))
            .child(button("button", None, "Save all as one file", None, move || {
                archive(desk, crate::app::archive::Archive::export);
            }))
    };
    let refused = when(move || *standing.read() == Standing::NotSaved(Why::Refused));
    let words = "This window cannot save: what is yours lasts as long as this page. Keep it as a link or a file.";
    group().child(shown(refused, move || el("p.offer__note").text(words))).child(shown(there, list))
}

fn undo(desk: Desk) -> View {
    let going = desk.keeping.going;
    let said = words(move || [&count(going.get(), "document"), " deleted"].concat());
    let back = move || archive(desk, crate::app::archive::Archive::undelete);
    el("p.documents__gone").attr("role", "status").child(el("span").text(said)).child(button(
        "button",
        Some(Icon::Back),
        "Undo",
        None,
        back,
    ))
}

fn row(desk: Desk, it: Kept, renamed: State<String>) -> View {
    let id = it.key.id.clone();
    let this = id.clone();
    let view = move || {
        if *renamed.read() == this {
            renaming(desk, &it, renamed)
        } else {
            standing(desk, &it, renamed)
        }
    };
    el("li.documents__row").child(dynamic(view))
}

fn standing(desk: Desk, it: &Kept, renamed: State<String>) -> View {
    let (open, rename, delete) = (it.key.id.clone(), it.key.id.clone(), it.key.id.clone());
    let when_ = if it.is_open { "open".to_owned() } else { clock_words(it.key.saved_ms) };
    let name = el("button.catalogue__row")
        .attr("type", "button")
        .attr("aria-current", it.is_open.to_string())
        .on_click(move || archive(desk, |it| it.open(&open)))
        .child(el("span").text(it.key.name.clone()))
        .child(el("span.muted").text([&when_, " · ", &size(it.key.bytes)].concat()));
    let called = |act: &str| [act, " ", &it.key.name].concat();
    let sign = "button button--sign";
    let is_open = it.is_open;
    group()
        .child(name)
        .child(button(sign, Some(Icon::Text), called("Rename"), None, move || {
            renamed.set(rename.clone())
        }))
        .child(button(
            sign,
            Some(Icon::Cross),
            called("Delete"),
            Some(when(move || is_open)),
            move || {
                archive(desk, |it| it.delete(&delete));
            },
        ))
}

fn renaming(desk: Desk, it: &Kept, renamed: State<String>) -> View {
    let id = it.key.id.clone();
    let field = el("input")
        .attr("type", "text")
        .attr("maxlength", "120")
        .attr("aria-label", "Name")
        .value(it.key.name.clone())
        .on_value("change", move |name| {
            if !name.trim().is_empty() {
                archive(desk, |it| it.rename(&id, name.trim()));
            }
            renamed.set(String::new());
        });
    let element: HtmlElement = field.element();
    // A moment later: it stands on the page then.
    queue_microtask(move || drop(element.focus()));
    group()
        .child(field)
        .child(button("button", None, "Done", None, move || renamed.set(String::new())))
}
