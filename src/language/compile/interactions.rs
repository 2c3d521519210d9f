//! `interaction`: a preset, a knob, or the axes one by one; and whether it can work for a form.

use super::keys::Keys;
use super::names::Names;
use super::report::Report;
use crate::base::sorted;
use crate::interaction::{Axis, Guard, Interaction, Learn, PARTS, PRESETS, choices};
use crate::language::diagnostic::Place;
use crate::language::scenario::{Base, Form, InteractionChoice, Knob, KnobId, KnobKind, Part};
use crate::language::yaml::{Content, Node};

/// The interaction of a screen that says nothing about it.
pub(super) fn usual() -> Interaction {
    PRESETS[0].interaction
}

/// The choice that a node describes.
pub(super) fn choice(report: &mut Report<'_>, names: &Names, node: &Node) -> InteractionChoice {
    match &node.content {
        Content::Mapping(_) => mixed(report, names, node),
        Content::List(_) => {
            report.say(node.place, "this is a list", "the name of an interaction, or its axes");
            InteractionChoice::fixed(usual())
        }
        Content::Scalar(_) => {
            InteractionChoice { base: base(report, names, node), parts: [None; 6] }
        }
    }
}

/// A preset or the axes one by one, where no knob can stand.
pub(super) fn interaction(report: &mut Report<'_>, node: &Node) -> Option<Interaction> {
    match &node.content {
        // Without names no knob is known.
        Content::Mapping(_) => Some(mixed(report, &Names::default(), node).resolve(&[])),
        _ => preset(report, node),
    }
}

fn preset(report: &mut Report<'_>, node: &Node) -> Option<Interaction> {
    let words: Vec<&str> = PRESETS.iter().map(|it| it.name).collect();
    report.word(node, "interaction", &words).map(|it| PRESETS[it].interaction)
}

/// The knob that a scalar names, if it names one.
fn knob_name(node: &Node) -> Option<&str> {
    node.scalar()?.text.strip_prefix('=').map(str::trim)
}

/// A preset, or a knob that holds the name of one.
fn base(report: &mut Report<'_>, names: &Names, node: &Node) -> Base {
    let usual = Base::Fixed(usual());
    let Some(name) = knob_name(node) else {
        return preset(report, node).map_or(usual, Base::Fixed);
    };
    let fits = |it: &Knob| it.kind == KnobKind::Interaction;
    let Some(knob) = knob(report, names, (node, name), ("knob of type interaction", &fits)) else {
        return usual;
    };
    if !fits(&names.knobs[knob]) {
        report.say(node.place, "this knob holds something else", "a knob with `type: interaction`");
        return usual;
    }
    sorted::insert(&mut report.live_knobs, knob);
    Base::Knob(knob)
}

/// The knob with this name; `what` it should be, and those that are it.
fn knob(
    report: &mut Report<'_>,
    names: &Names,
    (node, name): (&Node, &str),
    (what, fits): (&str, &dyn Fn(&Knob) -> bool),
) -> Option<KnobId> {
    let found = names.knobs.iter().position(|it| it.name == name);
    if found.is_none() {
        let known = names.knobs.iter().filter(|it| fits(it)).map(|it| it.name.as_str());
        report.findings.unknown(node.place, what, name, known);
    }
    found
}

/// The keys of an interaction that is put together.
pub(super) const KEYS: &[&str] =
    &["preset", PARTS[0], PARTS[1], PARTS[2], PARTS[3], PARTS[4], PARTS[5]];

/// The axes one by one, on top of a preset.
fn mixed(report: &mut Report<'_>, names: &Names, node: &Node) -> InteractionChoice {
    let keys = Keys::open(report, node, node.place, KEYS);
    let mut base = keys.get("preset").map_or(Base::Fixed(usual()), |it| base(report, names, it));
    let mut parts = [None; PARTS.len()];
    for (name, place) in PARTS.iter().zip(&mut parts) {
        let Some(part) = keys.get(name).and_then(|it| part(report, names, name, it)) else {
            continue;
        };
        match (&mut base, part) {
            // What is certain stands in the whole.
            (Base::Fixed(whole), Part::Word(word)) => *whole = whole.with(name, word),
            _ => *place = Some(part),
        }
    }
    InteractionChoice { base, parts }
}

/// A choice of one part, or a knob that holds one.
fn part(report: &mut Report<'_>, names: &Names, part: &str, node: &Node) -> Option<Part> {
    let (words, what) = (choices(part), ["choice of `", part, "`"].concat());
    let Some(name) = knob_name(node) else {
        return report.word(node, &what, &words).map(|it| Part::Word(words[it]));
    };
    let fits = |it: &Knob| words_of(&it.kind).iter().any(|it| words.contains(it));
    let knob = knob(report, names, (node, name), ("knob for this", &fits))?;
    let offered = words_of(&names.knobs[knob].kind);
    if let Some(other) = offered.iter().find(|it| !words.contains(it)) {
        let text = ["this knob offers `", other, "`, which is no ", &what].concat();
        report.say(node.place, text, ["a knob that offers only ", &words.join(", ")].concat());
        return None;
    }
    if offered.is_empty() {
        let kind = if part == "key" { "bool" } else { "choice" };
        let expected = ["a knob with `type: ", kind, "`"].concat();
        report.say(node.place, "this knob holds something else", expected);
        return None;
    }
    sorted::insert(&mut report.live_knobs, knob);
    Some(Part::Knob(knob))
}

/// The words that a knob can hold, if it holds words or is a switch.
fn words_of(kind: &KnobKind) -> Vec<&str> {
    match kind {
        KnobKind::Choice { options } => options.iter().map(String::as_str).collect(),
        KnobKind::Bool => choices("key"),
        _ => Vec::new(),
    }
}

/// Everything that a choice can come to, as far as `learn` and `guard` go, with words for it.
fn candidates(names: &Names, choice: &InteractionChoice) -> Vec<(&'static str, Interaction)> {
    let mut all: Vec<(&str, Interaction)> = match choice.base {
        Base::Fixed(whole) => vec![("this interaction", whole)],
        Base::Knob(_) => PRESETS.iter().map(|it| (it.name, it.interaction)).collect(),
    };
    for (name, part) in PARTS.iter().zip(choice.parts) {
        let words = match part {
            Some(Part::Word(word)) => vec![word],
            Some(Part::Knob(knob)) if [Learn::NAME, Guard::NAME].contains(name) => {
                words_of(&names.knobs[knob].kind)
            }
            _ => continue,
        };
        let with = |it: &(&'static str, Interaction)| {
            words.iter().map(|word| (it.0, it.1.with(name, word))).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

/// Can this choice work for a form? A knob may be turned to all that it offers, so all of that must work.
pub(super) fn check(
    report: &mut Report<'_>,
    names: &Names,
    choice: InteractionChoice,
    (form, place): (&Form, Place),
) {
    let candidates = candidates(names, &choice);
    let message = &names.messages[form.message].name;
    let decided = names
        .takers(form.channel, form.message)
        .all(|it| names.handler(it, form.message).is_some_and(|it| it.decides));
    let push = candidates.iter().find(|(_, it)| it.learn == Learn::Push);
    let reply = candidates.iter().find(|(_, it)| it.learn == Learn::Reply);
    if let Some((name, _)) = push
        && form.outcome.as_ref().is_none_or(|it| it.accepted.is_none())
    {
        let text =
            [&called(name), " learns by push, but no event tells the outcome of `", message, "`"]
                .concat();
        report.say(
            place,
            text,
            "`outcome: { accepted: Event, refused: Event, by: field }` in the form",
        );
    }
    // A whole interaction that a knob may be turned to can do without its guard; one that is named cannot.
    let named = choice.whole_knob().is_none();
    let needs = |it: &&(&str, Interaction)| it.1.guard.needs_row() && form.about.is_none();
    if let Some((_, it)) = candidates.iter().filter(|_| named).find(needs) {
        let guard = it.guard.choice().name;
        let text = ["the guard `", guard, "` needs a row, but this form names none"].concat();
        report.say(place, text, "`about: { list: service.table, row: field }` in the form");
    }
    if let Some((name, _)) = reply
        && !decided
    {
        let text =
            [&called(name), " learns by reply, but nobody decides about `", message, "`"].concat();
        report.say(place, text, ["a `decide` step in the handler of `", message, "`"].concat());
    }
}

fn called(name: &str) -> String {
    if name.contains(' ') { name.to_owned() } else { ["`", name, "`"].concat() }
}
