//! The bar on top: what is open, how intents are handled, and what can be done with the whole.

use super::controls::{button, select, toggle};
use super::editor::{edit_text, is_edited, original_button};
use super::icon::Icon;
use super::keeping::standing;
use super::live::Live;
use super::page::{Desk, Opened};
use super::view::{Row, View, dynamic, each, el, shown, when, words};
use crate::app::{Action, Lab};
use crate::interaction::{Interaction, PRESETS};
use crate::language::scenario::{ClientId, ScreenItem};

/// The bar.
pub(super) fn bar(desk: Desk) -> View {
    let narrow = desk.narrow;
    let act = |class, words: &'static str, sign, act: fn(Desk)| {
        button(class, Some(sign), words, None, move || act(desk))
    };
    let opens = |words: &'static str, sign, dialog: fn() -> Opened| {
        let open = move || desk.opened.set(Some(dialog()));
        button("button button--sign", Some(sign), words, None, open)
    };
    let actions = el("div.bar__actions")
        .child(act("button", "Open a scenario", Icon::Open, |desk| {
            desk.opened.set(Some(Opened::Scenarios));
        }))
        .child(act("button", "Text", Icon::Text, edit_text))
        .child(toggle("button", Icon::Lens, "Truth lens", desk.lens.into(), move || {
            desk.lens.set(!*desk.lens.peek());
        }))
        .child(opens("Share", Icon::Link, || Opened::Share))
        .child(opens("Display", Icon::Display, || Opened::Display))
        .child(opens("Help", Icon::Help, || Opened::Help));
    el("header.bar")
        .child(el("p.bar__mark").text("Inflight"))
        .child(el("div.bar__name").child(title_of(desk)).child(original_button(desk)))
        .child(standing(desk))
        .child(shown(when(move || !narrow.get()), move || interactions(desk)))
        .child(actions)
}

/// The open scenario's title. A changed copy says that it is one.
fn title_of(desk: Desk) -> View {
    let title = desk.session.acted(|lab| lab.scenario().title.clone());
    let edited = || el("span.bar__edited").text(" — edited");
    el("h1.bar__title")
        .child(el("span.bar__words").text(title))
        .child(shown(is_edited(desk).into(), edited))
}

/// The classes of people who can send something, by id and name.
fn classes(lab: &Lab) -> Vec<(ClientId, String)> {
    let classes = lab.scenario().clients.iter().enumerate();
    let classes =
        classes.filter(|(_, it)| it.screen.iter().any(|item| matches!(item, ScreenItem::Form(_))));
    classes.map(|(id, it)| (id, it.name.clone())).collect()
}

/// How the intents of each class of people are handled, and what that means for them.
pub(super) fn interactions(desk: Desk) -> View {
    let classes = desk.session.acted(classes);
    let rows = move || {
        let classes = classes.get();
        let several = classes.len() > 1;
        let row = |(client, name): (ClientId, String)| {
            let label =
                if several { format!("Interaction of {name}") } else { "Interaction".to_owned() };
            Row::new(format!("{client} {label}"), move || interaction(desk, client, label))
        };
        classes.into_iter().map(row).collect()
    };
    let there = when(move || !classes.read().is_empty());
    el("div.interactions").child(each(rows)).child(shown(there, move || mixer_button(desk)))
}

/// Opens the mixer.
pub(super) fn mixer_button(desk: Desk) -> View {
    let open = move || desk.opened.set(Some(Opened::Mixer));
    button("button button--sign", Some(Icon::Mixer), "Mix an interaction", None, open)
}

fn interaction(desk: Desk, client: ClientId, label: String) -> View {
    let chosen = desk.session.view(move |lab| {
        let there = client < lab.scenario().clients.len();
        there.then(|| lab.world().interaction(client)).as_ref().and_then(Interaction::preset)
    });
    let name = words(move || chosen.get().map_or("", |it| it.name).to_owned());
    let meaning = words(move || {
        let meaning = chosen.get().map(|it| it.meaning);
        meaning.unwrap_or("A combination of choices that has no name of its own.").to_owned()
    });
    let choose = move |name: String| {
        if let Some(preset) = PRESETS.iter().find(|it| it.name == name) {
            desk.act(Action::Choose(client, None, preset.interaction));
        }
    };
    let nameless = Live::new(move || chosen.get().is_none());
    let list = move || {
        let own = nameless.get().then(|| (String::new(), "Its own".to_owned()));
        let options = own.into_iter().chain(preset_options()).collect();
        select("field", label.clone(), options, name.clone(), choose)
    };
    el("div.interaction")
        .child(dynamic(list))
        .child(el("p.interaction__meaning").attr("title", meaning.clone()).text(meaning))
}

/// The presets, for a select: name and words.
pub(super) fn preset_options() -> Vec<(String, String)> {
    PRESETS.iter().map(|it| (it.name.to_owned(), it.label.to_owned())).collect()
}
