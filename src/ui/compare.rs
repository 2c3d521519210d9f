//! Comparing: the run a second time, with the same seed and the same clicks, but for one difference.

use super::controls::select;
use super::page::Desk;
use super::view::{Row, View, Words, dynamic, each, el, group, shown, when, words};
use crate::app::view::{ComparedRow, ComparedScreen, compared_screens, rival_name};
use crate::app::{Action, Difference, Lab};
use crate::interaction::PRESETS;

/// The choice of what to compare with, and both screens of each person.
pub(super) fn comparison(desk: Desk) -> View {
    let there = desk.session.view(|lab| lab.rival().is_some());
    group().child(choice(desk)).child(shown(there.into(), move || group().child(screens(desk))))
}

/// Nothing, a preset, or a variant. The name of an option says which.
fn choice(desk: Desk) -> View {
    let options = desk.session.view(options);
    let chosen = desk.session.view(|lab| lab.difference().map(name_of));
    let act = move |name: String| desk.act(Action::Compare(difference(&name)));
    dynamic(move || {
        let chosen = words(move || chosen.get().unwrap_or_default());
        let label = "Beside it, with the same seed and clicks";
        select("field field--wide", label, options.get(), chosen, act)
    })
}

fn options(lab: &Lab) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), "Nothing".to_owned())];
    for (index, it) in lab.scenario().variants.iter().enumerate() {
        options.push((name_of(Difference::Variant(index)), format!("Variant: {}", it.name)));
    }
    for it in PRESETS {
        options.push((it.name.to_owned(), it.label.to_owned()));
    }
    options
}

fn name_of(it: Difference) -> String {
    match it {
        Difference::Variant(index) => index.to_string(),
        Difference::Interaction(it) => it.preset().map_or("", |it| it.name).to_owned(),
    }
}

fn difference(name: &str) -> Option<Difference> {
    if let Ok(variant) = name.parse() {
        return Some(Difference::Variant(variant));
    }
    let preset = PRESETS.iter().find(|it| it.name == name)?;
    Some(Difference::Interaction(preset.interaction))
}

/// A table for each person: what is said here, and what beside.
fn screens(desk: Desk) -> View {
    let all = desk.session.view(compared_screens);
    let rival = desk.session.view(|lab| rival_name(lab).unwrap_or_default());
    let same = when(move || all.read().iter().flat_map(|it| &it.rows).all(|it| !it.differs));
    let row = move |it: ComparedScreen| {
        // A screen is made anew when something on it has changed.
        let key = format!("{it:?}");
        Row::new(key, move || compared(it, words(move || rival.get())))
    };
    group()
        .child(each(move || all.get().into_iter().map(row).collect()))
        .child(shown(same, || el("p.muted").text("At this instant all screens say the same.")))
}

fn compared(it: ComparedScreen, rival: Words) -> View {
    let head = el("tr")
        .child(el("th").attr("scope", "col").text(it.name))
        .child(el("th").attr("scope", "col").text("Here"))
        .child(el("th").attr("scope", "col").text(rival));
    let row = |it: ComparedRow| {
        let (class, sign) = if it.differs { ("tr.compare__other", "≠ ") } else { ("tr", "") };
        let there = el("td").child(el("span").text(sign)).text(it.there);
        el(class)
            .child(el("th").attr("scope", "row").text(it.what))
            .child(el("td").text(it.here))
            .child(there)
    };
    el("table.table.compare")
        .child(el("thead").child(head))
        .child(el("tbody").children(it.rows.into_iter().map(row)))
}
