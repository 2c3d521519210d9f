//! `interaction`: a preset, a knob, or the axes one by one; and whether it can work for a form.

use super::clients::fixed;
use super::keys::Keys;
use super::names::Names;
use super::report::Report;
use crate::base::sorted;
use crate::interaction::{Axis, Claim, Guard, Interaction, Learn, PRESETS, Read, Send};
use crate::language::diagnostic::Place;
use crate::language::scenario::{Form, InteractionChoice, KnobKind};
use crate::language::yaml::{Content, Node};

/// The interaction of a screen that says nothing about it.
pub(super) fn usual() -> Interaction {
    PRESETS[0].interaction
}

/// The choice that a node describes.
pub(super) fn choice(report: &mut Report<'_>, names: &Names, node: &Node) -> InteractionChoice {
    let usual = InteractionChoice::Fixed(usual());
    match &node.content {
        Content::Mapping(_) => InteractionChoice::Fixed(axes(report, node)),
        Content::List(_) => {
            report.say(node.place, "this is a list", "the name of an interaction, or its axes");
            usual
        }
        Content::Scalar(scalar) => match scalar.text.strip_prefix('=') {
            Some(name) => knob(report, names, node, name.trim()).unwrap_or(usual),
            None => InteractionChoice::Fixed(preset(report, node).unwrap_or_else(self::usual)),
        },
    }
}

/// A preset or the axes one by one, where no knob can stand.
pub(super) fn interaction(report: &mut Report<'_>, node: &Node) -> Option<Interaction> {
    match &node.content {
        Content::Mapping(_) => Some(axes(report, node)),
        _ => preset(report, node),
    }
}

fn preset(report: &mut Report<'_>, node: &Node) -> Option<Interaction> {
    let words: Vec<&str> = PRESETS.iter().map(|it| it.name).collect();
    report.word(node, "interaction", &words).map(|it| PRESETS[it].interaction)
}

fn knob(
    report: &mut Report<'_>,
    names: &Names,
    node: &Node,
    name: &str,
) -> Option<InteractionChoice> {
    let Some(knob) = names.knobs.iter().position(|it| it.name == name) else {
        let known = names
            .knobs
            .iter()
            .filter(|it| it.kind == KnobKind::Interaction)
            .map(|it| it.name.as_str());
        report.findings.unknown(node.place, "knob of type interaction", name, known);
        return None;
    };
    if names.knobs[knob].kind != KnobKind::Interaction {
        report.say(node.place, "this knob holds something else", "a knob with `type: interaction`");
        return None;
    }
    sorted::insert(&mut report.live_knobs, knob);
    Some(InteractionChoice::Knob(knob))
}

/// The keys of an interaction that is put together.
pub(super) const KEYS: &[&str] =
    &["preset", Send::NAME, "key", Claim::NAME, Learn::NAME, Read::NAME, Guard::NAME];

/// The axes one by one, on top of a preset.
fn axes(report: &mut Report<'_>, node: &Node) -> Interaction {
    let keys = Keys::open(report, node, node.place, KEYS);
    let base = keys.get("preset").and_then(|it| preset(report, it)).unwrap_or_else(usual);
    let key = keys.get("key").and_then(|it| report.truth(it));
    Interaction {
        send: axis(report, &keys).unwrap_or(base.send),
        key: key.unwrap_or(base.key),
        claim: axis(report, &keys).unwrap_or(base.claim),
        learn: axis(report, &keys).unwrap_or(base.learn),
        read: axis(report, &keys).unwrap_or(base.read),
        guard: axis(report, &keys).unwrap_or(base.guard),
    }
}

fn axis<A: Axis>(report: &mut Report<'_>, keys: &Keys<'_>) -> Option<A> {
    let node = keys.get(A::NAME)?;
    let words: Vec<&str> = A::CHOICES.iter().map(|it| it.name).collect();
    let what = ["choice of `", A::NAME, "`"].concat();
    report.word(node, &what, &words).map(|it| A::CHOICES[it].value)
}

/// Can this choice work for a form? A knob may be turned to every preset, so all of them must work.
pub(super) fn check(
    report: &mut Report<'_>,
    names: &Names,
    choice: InteractionChoice,
    (form, place): (&Form, Place),
) {
    let candidates: Vec<(&str, Interaction)> = match fixed(choice) {
        Some(interaction) => vec![("this interaction", interaction)],
        None => PRESETS.iter().map(|it| (it.name, it.interaction)).collect(),
    };
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
    let guarded = fixed(choice).filter(|it| it.guard.needs_row() && form.about.is_none());
    if let Some(it) = guarded {
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
