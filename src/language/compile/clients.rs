//! `clients`: classes of people and their screens.

use super::about;
use super::clocks;
use super::forms;
use super::habits;
use super::interactions;
use super::keys::{Keys, list, mapping};
use super::lists;
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::words;
use crate::base::limits;
use crate::language::diagnostic::Place;
use crate::language::scenario::{Client, InteractionChoice, ScreenItem};
use crate::language::yaml::{Content, Entry, Key, Node};

/// The keys of a class of people.
pub(super) const KEYS: &[&str] = &["people", "interaction", "clock", "screen", "habits"];

/// Compiles all classes.
pub(super) fn compile_all(report: &mut Report<'_>, names: &Names, entry: &Entry) -> Vec<Client> {
    let mut clients = Vec::new();
    for Entry { key, value } in mapping(report, &entry.value, entry.key.place) {
        declare(report, key, Spelling::Dashed);
        clients.push(client(report, names, key, value));
    }
    clients
}

fn client(report: &mut Report<'_>, names: &Names, key: &Key, node: &Node) -> Client {
    let keys = Keys::open(report, node, key.place, KEYS);
    let people = keys
        .need(report, "people", "[Ana, Ben]")
        .map_or_else(Vec::new, |it| people(report, &key.text, it));
    let place = keys.entry("interaction").map_or(key.place, |it| it.value.place);
    let interaction = match keys.get("interaction") {
        Some(node) => interactions::choice(report, names, node),
        None => InteractionChoice::fixed(interactions::usual()),
    };
    let screen = screen(report, names, &keys, (interaction, place));
    let habits = habits::habits(report, names, &keys, &screen);
    let clock = clocks::clock(report, names, &keys);
    let (name, place) = (key.text.clone(), key.place);
    Client { name, people, interaction, clock, screen, habits, place }
}

/// The people's names: as they are listed, or so many of them.
fn people(report: &mut Report<'_>, class: &str, node: &Node) -> Vec<String> {
    let most = limits::NODES_MAX;
    if let Content::List(items) = &node.content {
        let mut people: Vec<String> = Vec::new();
        for item in items {
            let Some(name) = report.text(item, "a name") else { continue };
            declare(report, &Key { text: name.to_owned(), place: item.place }, Spelling::Free);
            people.push(name.to_owned());
        }
        if people.is_empty() {
            report.say(node.place, "there is nobody", "at least one name");
        }
        return people;
    }
    let count = report.number(node, 1, i64::try_from(most).unwrap_or(i64::MAX)).unwrap_or(1);
    let class = words::label(class);
    (1..=count).map(|it| [&class, " ", &it.to_string()].concat()).collect()
}

/// What is on the screen, top to bottom, with the interaction of forms that have none of their own.
fn screen(
    report: &mut Report<'_>,
    names: &Names,
    keys: &Keys<'_>,
    usual: (InteractionChoice, Place),
) -> Vec<ScreenItem> {
    let items = keys
        .get("screen")
        .map_or(&[] as &[Node], |it| list(report, it, "a list of forms and lists"));
    let mut screen = Vec::new();
    let mut forms = Vec::new();
    for item in items {
        let Content::Mapping(entries) = &item.content else {
            report.say(
                item.place,
                ["this is ", item.word()].concat(),
                "`form: Message` or `list: service.table`",
            );
            continue;
        };
        let has = |name: &str| entries.iter().find(|it| it.key.text == name);
        if let Some(entry) = has("form") {
            if let Some(form) = forms::form(report, names, (entry, item)) {
                forms.push((screen.len(), entries));
                screen.push(ScreenItem::Form(Box::new(form)));
            }
        } else if let Some(entry) = has("list") {
            screen.extend(lists::list(report, names, (entry, item)).map(ScreenItem::List));
        } else if let Some(Entry { key, .. }) = entries.first() {
            report.findings.unknown(key.place, "item of a screen", &key.text, ["form", "list"]);
        }
    }
    for (item, entries) in forms {
        let ScreenItem::Form(mut form) = screen[item].clone() else { continue };
        let entry = |name: &str| entries.iter().find(|it| it.key.text == name);
        if let Some(node) = entry("about") {
            form.about = about::about(report, names, (&form, &screen), &node.value);
        }
        let own = form.interaction.zip(entry("interaction").map(|it| it.value.place));
        let (choice, place) = own.unwrap_or(usual);
        interactions::check(report, names, choice, (&form, place));
        screen[item] = ScreenItem::Form(form);
    }
    screen
}
