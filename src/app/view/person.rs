//! Everything about a person: what the screen says, and what is so.

use super::inspector::{Inspector, Part, Thing, facts, table_part};
use super::lens;
use super::screen::{ItemView, screen};
use super::words::outcome_words;
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::language::scenario::ScreenItem;

/// What the inspector shows of a person.
pub(super) fn person(lab: &Lab, id: usize) -> Inspector {
    let device = &lab.world().people[id];
    let interaction = lab.world().interaction(device.client);
    let preset = interaction.preset().map_or("a combination of its own", |it| it.label);
    let device_words = if device.online { "online" } else { "offline" };
    let mut rows = vec![("interaction", preset.to_owned()), ("device", device_words.to_owned())];
    if let Some(clock) = &lab.scenario().clients[device.client].clock {
        rows.push(("clock shows", lab.world().clock(Some(clock), lab.run().now()).to_string()));
    }
    let mut parts = vec![facts("How intents are handled", rows), claims(lab, id)];
    parts.extend(lists(lab, id));
    Inspector { title: device.name.clone(), subtitle: "person".to_owned(), parts }
}

/// What the screen says of each wish, and what is so.
fn claims(lab: &Lab, id: usize) -> Part {
    let forms = screen(lab, id).items.into_iter().filter_map(|it| match it {
        ItemView::Form(form) => Some(form.intents),
        ItemView::List(_) => None,
    });
    let claim = |it: super::screen::IntentView| {
        let outcome = lab.world().truths.outcome(it.id);
        let truth = outcome.map_or("over long since", outcome_words);
        let mark = it.truth.map_or("", |it| it.words);
        let words = [&it.wish, ": the screen says “", &it.words, "”, in truth ", truth].concat();
        let words = if mark.is_empty() { words } else { [&words, " (", mark, ")"].concat() };
        Thing {
            dim: lab.lineage().is_some_and(|lineage| !lineage.has_intent(it.id)),
            ..Thing::of(words, Selection::Intent(it.id))
        }
    };
    Part::Things {
        heading: "Claims".to_owned(),
        things: forms.flatten().map(claim).collect(),
        none: "No wish yet. Fill in the form on this person's screen.",
    }
}

/// The lists on the screen: since when they stand there, and how they stand to the truth.
fn lists(lab: &Lab, id: usize) -> Vec<Part> {
    let (world, now) = (lab.world(), lab.run().now());
    let device = &world.people[id];
    let mut parts = Vec::new();
    for shown in &device.lists {
        let item = &lab.scenario().clients[device.client].screen[shown.item];
        let ScreenItem::List(list) = item else { continue };
        let mark = lens::of_list(shown);
        let truth = match mark.since {
            Some(since) => format!("{} {}", mark.words, now.since(since)),
            None => mark.words.to_owned(),
        };
        let heading = format!("{}, {} old: {truth}", list.label, now.since(shown.since));
        let mut part = table_part(&heading, &shown.table);
        let address = (list.service, list.table);
        if let Part::Table { rows, .. } = &mut part {
            for (row, cells) in rows.iter_mut().zip(shown.table.rows()) {
                let key = cells[shown.table.key].clone();
                row.dim = lab.lineage().is_some_and(|it| {
                    !(it.is_shown(device.node, shown.item)
                        && it.has_row(address.0, address.1, &key))
                });
                row.select = Some(Selection::Row { service: address.0, table: address.1, key });
            }
        }
        parts.push(part);
        let service = &lab.scenario().services[list.service].name;
        let from = Thing::of(["from ", service].concat(), Selection::Service(list.service));
        parts.push(Part::Things { heading: String::new(), things: vec![from], none: "" });
    }
    parts
}
