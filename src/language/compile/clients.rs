//! `clients`: classes of people, their screens, and what they do by themselves.

use super::forms;
use super::interactions;
use super::keys::{Keys, list, mapping};
use super::lists;
use super::names::{Names, Spelling, declare};
use super::report::Report;
use super::values;
use super::words;
use crate::base::limits;
use crate::interaction::Interaction;
use crate::language::expression::Type;
use crate::language::scenario::{Client, Form, FormField, Habit, InteractionChoice, ScreenItem};
use crate::language::yaml::{Content, Entry, Key, Node};

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
    let keys = Keys::open(report, node, key.place, &["people", "interaction", "screen", "habits"]);
    let people = keys
        .need(report, "people", "[Ana, Ben]")
        .map_or_else(Vec::new, |it| people(report, &key.text, it));
    let place = keys.entry("interaction").map_or(key.place, |it| it.value.place);
    let interaction = match keys.get("interaction") {
        Some(node) => interactions::choice(report, names, node),
        None => InteractionChoice::Fixed(interactions::usual()),
    };
    let screen = screen(report, names, &keys);
    for item in &screen {
        if let ScreenItem::Form(form) = item
            && form.interaction.is_none()
        {
            interactions::check(report, names, interaction, (form, place));
        }
    }
    let habits = habits(report, names, &keys, &screen);
    Client { name: key.text.clone(), people, interaction, screen, habits, place: key.place }
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

/// What is on the screen, top to bottom.
fn screen(report: &mut Report<'_>, names: &Names, keys: &Keys<'_>) -> Vec<ScreenItem> {
    let items = keys
        .get("screen")
        .map_or(&[] as &[Node], |it| list(report, it, "a list of forms and lists"));
    let mut screen = Vec::new();
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
            screen.extend(forms::form(report, names, (entry, item)).map(ScreenItem::Form));
        } else if let Some(entry) = has("list") {
            screen.extend(lists::list(report, names, (entry, item)).map(ScreenItem::List));
        } else if let Some(Entry { key, .. }) = entries.first() {
            report.findings.unknown(key.place, "item of a screen", &key.text, ["form", "list"]);
        }
    }
    screen
}

/// What people do when nobody drives their screen.
fn habits(
    report: &mut Report<'_>,
    names: &Names,
    keys: &Keys<'_>,
    screen: &[ScreenItem],
) -> Vec<Habit> {
    let items =
        keys.get("habits").map_or(&[] as &[Node], |it| list(report, it, "a list of habits"));
    let mut habits = Vec::new();
    for item in items {
        let place = match &item.content {
            Content::Mapping(entries) => entries.first().map_or(item.place, |it| it.key.place),
            Content::Scalar(_) | Content::List(_) => item.place,
        };
        let keys = Keys::open(report, item, place, &["every", "submit", "with"]);
        let every = keys.need(report, "every", "exponential(6s)");
        let every =
            every.map(|it| values::value(report, it, &names.environment(), &Type::Duration));
        let Some(node) = keys.need(report, "submit", "Message") else { continue };
        let Some(message) = names.message(report, node) else { continue };
        let found = screen.iter().enumerate().find_map(|(index, it)| match it {
            ScreenItem::Form(form) if form.message == message => Some((index, form)),
            ScreenItem::Form(_) | ScreenItem::List(_) => None,
        });
        let Some((index, form)) = found else {
            report.say(
                node.place,
                "the screen has no form for this message",
                "a message that a form of this screen sends",
            );
            continue;
        };
        let with = keys.get("with").map_or_else(Vec::new, |it| overrides(report, names, form, it));
        let Some(every) = every else { continue };
        habits.push(Habit { every, form: index, with });
    }
    habits
}

/// What people fill in by habit.
fn overrides(
    report: &mut Report<'_>,
    names: &Names,
    form: &Form,
    node: &Node,
) -> Vec<(usize, crate::language::expression::Expression)> {
    let message = &names.messages[form.message];
    let mut with = Vec::new();
    for Entry { key, value } in mapping(report, node, node.place) {
        let Some(field) = message.fields.iter().position(|it| it.name == key.text) else {
            let what = ["field of `", &message.name, "`"].concat();
            report.findings.unknown(
                key.place,
                &what,
                &key.text,
                message.fields.iter().map(|it| it.name.as_str()),
            );
            continue;
        };
        if matches!(form.fields.get(field), Some(FormField::IntentId)) {
            report.say(key.place, "the form fills in this field by itself", "another field");
        }
        let kind = &names.field_types[form.message][field];
        with.push((field, values::value(report, value, &names.environment(), kind)));
    }
    with
}

/// The interaction of a choice that is certain.
pub(super) fn fixed(choice: InteractionChoice) -> Option<Interaction> {
    match choice {
        InteractionChoice::Fixed(interaction) => Some(interaction),
        InteractionChoice::Knob(_) => None,
    }
}
