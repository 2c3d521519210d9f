//! Comparing: another run beside the one on the stage, at the same instant; both stages, and both screens of each
//! person.

use super::controls::{button, select};
use super::live::{State, follow};
use super::page::Desk;
use super::stage::stage;
use super::view::{Row, View, Words, dynamic, each, el, group, shown, when, words};
use crate::app::view::{ComparedRow, ComparedScreen, Place, compared_screens, rival_name};
use crate::app::{Action, Difference, Lab};
use crate::interaction::PRESETS;

/// Which stages are seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Here,
    Both,
    Beside,
}

/// What stands before a branch's number in the name of an option.
const BRANCH: &str = "branch ";

/// The stage, and that of the rival run beside it.
pub(super) fn stages(desk: Desk) -> View {
    let there = desk.session.acted(|lab| lab.difference().is_some());
    let class = words(move || {
        let both = if desk.narrow.get() { "stages stages--here" } else { "stages stages--both" };
        match desk.seen.get() {
            _ if !there.get() => "stages",
            Seen::Both => both,
            Seen::Here => "stages stages--here",
            Seen::Beside => "stages stages--beside",
        }
        .to_owned()
    });
    let other = desk.beside();
    // Once it has been there it stays, out of sight: what watches its size outlives a comparison.
    let was_there = State::new(false);
    follow(move || {
        if there.get() {
            was_there.set(true);
        }
    });
    // It follows: one acts on the stage, and goes over to a branch in order to act there.
    let beside = move || stage(other, "Stage beside").attr("inert", "");
    el("div")
        .attr("class", class)
        .child(shown(there.into(), move || stages_bar(desk)))
        .child(stage(desk, "Stage"))
        .child(shown(was_there.into(), beside))
}

/// What the two stages show, how they differ, and which of them are seen.
fn stages_bar(desk: Desk) -> View {
    let rival = desk.session.view(|lab| rival_name(lab).unwrap_or_default());
    let here = desk.session.view(|lab| {
        let branches = lab.branches();
        let played = branches.get(branches.played()).filter(|_| branches.iter().len() > 1);
        played.map_or_else(|| "the stage".to_owned(), |it| it.name.clone())
    });
    let all = desk.differs;
    let count = words(move || match all.read().len() {
        0 => "Nothing differs".to_owned(),
        1 => "1 difference".to_owned(),
        it => format!("{it} differences"),
    });
    let row = |(_, words): (Place, String)| Row::new(words.clone(), move || el("li").text(words));
    let list = el("ul").child(each(move || all.get().into_iter().map(row).collect()));
    let options = move || {
        let both = (!desk.narrow.get()).then_some(("both", "Both"));
        let options = [("here", "Here")].into_iter().chain(both).chain([("beside", "Beside")]);
        let options = options.map(|(name, words)| (name.to_owned(), words.to_owned())).collect();
        let value = words(move || {
            match desk.seen.get() {
                Seen::Both if !desk.narrow.get() => "both",
                Seen::Beside => "beside",
                _ => "here",
            }
            .to_owned()
        });
        select("field", "Seen", options, value, move |it| {
            desk.seen.set(match it.as_str() {
                "both" => Seen::Both,
                "beside" => Seen::Beside,
                _ => Seen::Here,
            });
        })
    };
    let go_over = move || {
        // The guard of the lab goes before somebody acts.
        let difference = desk.session.lab().difference();
        if let Some(Difference::Branch(branch)) = difference {
            desk.act(Action::SwitchBranch(branch));
        }
    };
    let is_branch =
        desk.session.view(|lab| matches!(lab.difference(), Some(Difference::Branch(_))));
    let swap = move || button("button", None, "Go over to it", None, go_over);
    let stop = move || desk.act(Action::Compare(None));
    el("section.stages__bar")
        .attr("aria-label", "Compared")
        .child(el("p").text("Here ").child(el("span.stages__name").text(here)))
        .child(el("p").text("beside ").child(el("span.stages__name").text(rival)))
        .child(el("details").child(el("summary").text(count)).child(list))
        .child(dynamic(options))
        .child(shown(is_branch.into(), swap))
        .child(button("button", None, "Compare no more", None, stop))
}

/// The choice of what to compare with, and both screens of each person.
pub(super) fn comparison(desk: Desk) -> View {
    let there = desk.session.acted(|lab| lab.rival().is_some());
    group().child(choice(desk)).child(shown(there.into(), move || group().child(screens(desk))))
}

/// Nothing, a preset, or a variant. The name of an option says which.
fn choice(desk: Desk) -> View {
    let options = desk.session.view(options);
    let chosen = desk.session.acted(|lab| lab.difference().map(name_of));
    let act = move |name: String| desk.act(Action::Compare(difference(&name)));
    dynamic(move || {
        let chosen = words(move || chosen.get().unwrap_or_default());
        let label = "Beside it, with the same seed and clicks";
        select("field field--wide", label, options.get(), chosen, act)
    })
}

fn options(lab: &Lab) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), "Nothing".to_owned())];
    for it in lab.branches().iter().filter(|it| it.id != lab.branches().played()) {
        options.push((name_of(Difference::Branch(it.id)), format!("Branch: {}", it.name)));
    }
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
        Difference::Branch(id) => [BRANCH, &id.to_string()].concat(),
    }
}

fn difference(name: &str) -> Option<Difference> {
    if let Some(id) = name.strip_prefix(BRANCH) {
        return id.parse().ok().map(Difference::Branch);
    }
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
