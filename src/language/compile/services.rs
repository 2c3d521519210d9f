//! `services`: who handles messages.

use super::clocks;
use super::handlers;
use super::inbox;
use super::keys::{Keys, mapping};
use super::names::{HandlerShape, Names, Spelling, declare};
use super::receives::receives;
use super::report::Report;
use super::tables::{self, Declared};
use crate::base::limits::{INSTANCES_MAX, WORKERS_MAX};
use crate::language::expression::ServiceShape;
use crate::language::scenario::{Handler, MessageId, Order, Role, Service, ServiceId};
use crate::language::yaml::{Content, Entry, Key, Node};

/// The words behind `role`.
pub(super) const ROLES: &[(&str, Role)] = &[
    ("service", Role::Service),
    ("view", Role::View),
    ("gateway", Role::Gateway),
    ("database", Role::Database),
    ("external", Role::External),
    ("process", Role::Process),
];

/// The keys of a service.
pub(super) const KEYS: &[&str] = &[
    "like",
    "role",
    "instances",
    "workers",
    "receives",
    "inbox",
    "shed",
    "clock",
    "tables",
    "start",
    "handles",
];

/// A service whose handlers have not been compiled yet.
pub(super) struct Draft<'n> {
    service: Service,
    mirrors: Vec<Option<&'n Node>>,
    handles: Vec<(MessageId, &'n Entry)>,
    start: Option<&'n Entry>,
}

/// Declares all services: their tables, what they read, what they handle.
pub(super) fn declare_all<'n>(
    report: &mut Report<'_>,
    names: &mut Names,
    entry: &'n Entry,
) -> Vec<Draft<'n>> {
    let mut drafts = Vec::new();
    let services = mapping(report, &entry.value, entry.key.place);
    for (index, Entry { key, value }) in services.iter().enumerate() {
        if declare(report, key, Spelling::Dashed)
            && names.knobs.iter().any(|it| it.name == key.text)
        {
            report.say(key.place, "a knob has this name already", "another name");
        }
        let keys = Keys::open(report, value, key.place, KEYS);
        let keys = keys.like(model(report, &services[..index], &keys));
        let processes = processes(report, &keys);
        let tables = keys
            .get("tables")
            .map_or_else(Vec::new, |it| tables::declare_all(report, names, it, processes.0));
        let tables_of = tables.iter().map(|it| it.shape.clone()).collect();
        let id = names.services.len();
        names.services.push(ServiceShape { name: key.text.clone(), tables: tables_of });
        receives(report, names, id, &keys);
        let handles = handles(report, names, id, &keys);
        let order = inbox::order(report, names, &keys);
        let mut draft = draft(report, (key, processes, order), &keys, tables, handles);
        draft.service.clock = clocks::clock(report, names, &keys);
        drafts.push(draft);
    }
    drafts
}

/// `like: service`: the keys of one that stands before this one and is like no other, so that a reader finds the
/// text in one place.
fn model<'n>(report: &mut Report<'_>, before: &'n [Entry], keys: &Keys<'n>) -> &'n [Entry] {
    let Some(node) = keys.get("like") else { return &[] };
    let Some(name) = report.text(node, "a service that stands before this one") else { return &[] };
    let of = |it: &'n Entry| match &it.value.content {
        Content::Mapping(entries) => &entries[..],
        _ => &[],
    };
    let models = before.iter().filter(|it| of(it).iter().all(|it| it.key.text != "like"));
    let found = models.clone().find(|it| it.key.text == name);
    if found.is_none() {
        let names = models.map(|it| it.key.text.as_str());
        report.findings.unknown(
            node.place,
            "service before this one, with a text of its own",
            name,
            names,
        );
    }
    found.map_or(&[], of)
}

fn draft<'n>(
    report: &mut Report<'_>,
    (key, (instances, workers), order): (&Key, (u32, u32), Order),
    keys: &Keys<'n>,
    tables: Vec<Declared<'n>>,
    handles: Vec<(MessageId, &'n Entry)>,
) -> Draft<'n> {
    let words: Vec<&str> = ROLES.iter().map(|it| it.0).collect();
    let role = keys.get("role").and_then(|it| report.word(it, "role", &words));
    let mirrors = tables.iter().map(|it| it.mirrors).collect();
    let service = Service {
        name: key.text.clone(),
        role: role.map_or(Role::Service, |it| ROLES[it].1),
        instances,
        workers,
        order,
        shed: inbox::shed(report, keys),
        clock: None,
        tables: tables.into_iter().map(|it| it.schema).collect(),
        handlers: Vec::new(),
        start: None,
        place: key.place,
    };
    Draft { service, mirrors, handles, start: keys.entry("start") }
}

/// `instances` and `workers`
fn processes(report: &mut Report<'_>, keys: &Keys<'_>) -> (u32, u32) {
    let mut number = |key: &str, most: u32| {
        let found = keys.get(key).and_then(|it| report.number(it, 1, most.into()));
        found.and_then(|it| u32::try_from(it).ok()).unwrap_or(1)
    };
    let (instances, workers) = (number("instances", INSTANCES_MAX), number("workers", WORKERS_MAX));
    if let Some(node) = keys.get("workers").filter(|_| WORKERS_MAX / instances < workers) {
        let most = (WORKERS_MAX / instances).to_string();
        let expected = ["at most ", &most, " for each instance (WORKERS_MAX)"].concat();
        report.say(node.place, "the service has too many workers", expected);
    }
    (instances, workers)
}

/// The handlers' messages and nodes; notes what they answer with and whether they decide.
fn handles<'n>(
    report: &mut Report<'_>,
    names: &mut Names,
    id: ServiceId,
    keys: &Keys<'n>,
) -> Vec<(MessageId, &'n Entry)> {
    let entries = keys.get("handles").map_or(&[] as &[Entry], |it| mapping(report, it, it.place));
    let mut handles = Vec::new();
    let mut found = Vec::new();
    for entry in entries {
        let Some(message) = names.message_named(report, &entry.key.text, entry.key.place) else {
            continue;
        };
        if found.contains(&message) {
            continue;
        }
        found.push(message);
        handles.push((message, entry));
        let mut seen = Seen::default();
        look(&entry.value, &mut seen);
        let of = |name: &str| names.messages.iter().position(|it| it.name == name);
        let replies = seen.replies.iter().map(|it| it.and_then(of)).collect();
        let (place, decides) = (entry.key.place, seen.decides);
        names.handlers.push(HandlerShape { service: id, message, place, replies, decides });
    }
    names.handles.push(found);
    handles
}

/// What a look over the steps of a handler shows.
#[derive(Default)]
struct Seen<'n> {
    replies: Vec<Option<&'n str>>,
    decides: bool,
}

/// Looks for `reply` and `decide` in steps, before they are compiled: other services' calls depend on it.
fn look<'n>(steps: &'n Node, seen: &mut Seen<'n>) {
    let Content::List(items) = &steps.content else { return };
    for item in items {
        let Content::Mapping(entries) = &item.content else { continue };
        for entry in entries {
            match entry.key.text.as_str() {
                "reply" => seen.replies.push(
                    entry
                        .value
                        .scalar()
                        .filter(|it| !it.text.is_empty())
                        .map(|it| it.text.as_str()),
                ),
                "decide" => seen.decides = true,
                "then" | "else" | "do" | "atomic" | "fallback" => look(&entry.value, seen),
                _ => {}
            }
        }
    }
}

/// Compiles what refers to names: `mirrors` and the handlers.
pub(super) fn finish(
    report: &mut Report<'_>,
    names: &Names,
    drafts: Vec<Draft<'_>>,
) -> Vec<Service> {
    let finish = |(id, draft): (ServiceId, Draft<'_>)| {
        let mut service = draft.service;
        for (table, node) in draft.mirrors.into_iter().enumerate() {
            service.tables[table].mirrors =
                node.and_then(|it| mirrored(report, names, (id, table), it));
        }
        let compiled = draft
            .handles
            .iter()
            .map(|(message, entry)| handlers::handler(report, names, (id, Some(*message)), entry));
        service.handlers = compiled.collect::<Vec<Handler>>();
        if let Some(entry) = draft.start {
            service.start = Some(service.handlers.len());
            service.handlers.push(handlers::handler(report, names, (id, None), entry));
        }
        service
    };
    drafts.into_iter().enumerate().map(finish).collect()
}

/// The table that another one repeats: it must have the same key.
fn mirrored(
    report: &mut Report<'_>,
    names: &Names,
    mine: (ServiceId, usize),
    node: &Node,
) -> Option<(ServiceId, usize)> {
    let truth = names.table(report, node)?;
    if truth == mine {
        report.say(
            node.place,
            "a table cannot mirror itself",
            "the table of the service that decides",
        );
        return None;
    }
    let shape = |(service, table): (ServiceId, usize)| &names.services[service].tables[table];
    let (mine, theirs) = (shape(mine), shape(truth));
    let key = &theirs.columns[theirs.key].0;
    if mine.columns[mine.key].0 != *key {
        report.say(node.place, "both tables must have the same key", ["`key: ", key, "`"].concat());
    }
    Some(truth)
}
