//! Everything about a service: its processes, what its handlers stand at, what it keeps.

use super::calls;
use super::inspector::{
    Inspector, Part, ROWS_MAX, SourceLine, TableRow, Thing, facts, message_words, messages_part,
    table_part,
};
use super::stage::role_word;
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::app::lineage::Told;
use crate::language::{Table, Value};
use crate::service::{Envelope, Service, Standing};
use crate::world::{Toward, What};

/// Lines of the text around the one where a handler stands.
const CONTEXT_LINES: u32 = 4;

/// The name of a service's process: with its number when there are several.
pub(super) fn process_name(lab: &Lab, node: usize, instance: usize) -> String {
    let name = &lab.plan().nodes[node].name;
    match lab.world().services.get(node) {
        Some(it) if it.instances.len() > 1 => format!("{name} {}", instance + 1),
        _ => name.clone(),
    }
}

/// What faults do to a service, in words behind a comma.
pub(super) fn trouble(lab: &Lab, service: usize) -> String {
    let faults = &lab.world().faults;
    let words = [
        (faults.is_paused(service), ", paused"),
        (lab.world().services[service].slowness.is_some(), ", slow"),
        (faults.is_cut_off(service), ", cut off"),
    ];
    words.iter().filter(|it| it.0).map(|it| it.1).collect()
}

fn process_word(up: bool) -> String {
    if up { "up" } else { "crashed" }.to_owned()
}

fn instances_part(state: &Service) -> Part {
    let columns = ["instance", "process", "busy", "waiting", "crashes"].map(str::to_owned);
    let rows = state.instances.iter().enumerate().take(ROWS_MAX).map(|(index, it)| {
        let busy = state.workers[state.workers_of(index)].iter().flatten().count();
        let numbers = [busy.to_string(), it.inbox.len().to_string(), it.crashes.to_string()];
        let mut row = vec![(index + 1).to_string(), process_word(it.up)];
        row.extend(numbers);
        TableRow::of(row)
    });
    Part::Table { heading: "Instances".to_owned(), columns: columns.to_vec(), rows: rows.collect() }
}

/// The handlers that are not over: why each stands, and where.
fn handlers(lab: &Lab, id: usize) -> Vec<Part> {
    let (definition, state) = (&lab.scenario().services[id], &lab.world().services[id]);
    let mut handlers = Vec::new();
    for running in state.workers.iter().flatten().chain(state.aside()) {
        let handler = &definition.handlers[running.handler];
        let name = lab.scenario().handler_name(id, running.handler);
        let (words, at) = match running.standing {
            Standing::Working(until) => {
                (format!("works until {until}"), running.at.saturating_sub(1))
            }
            Standing::Blocked(channel) => {
                let channel = &lab.scenario().channels[channel].name;
                (["waits for room in ", channel].concat(), running.at)
            }
            Standing::Calling(until) => (calls::waits(running, until), running.at),
            Standing::Aside(until) => {
                (format!("waits without a worker until {until}"), running.at.saturating_sub(1))
            }
            Standing::Until(until) => {
                (format!("waits for a condition until {until} at most"), running.at)
            }
            Standing::Ready => ("waits for a worker".to_owned(), running.at.saturating_sub(1)),
        };
        let line = handler.code.get(at).map_or(0, |it| it.place.line);
        let since = ["since ", &running.since.to_string()].concat();
        let handled = Thing::of(
            message_words(lab, &running.envelope),
            Selection::Message(running.envelope.id),
        );
        let heading = [name, ", running ", &since].concat();
        handlers.push(Part::Things { heading, things: vec![handled], none: "" });
        handlers.push(Part::Source {
            heading: format!("{words}{}", calls::orphaned(running, lab.run().now())),
            lines: source_lines(lab, line),
        });
    }
    handlers
}

/// Everything about a service.
pub(super) fn service(lab: &Lab, id: usize) -> Inspector {
    let (definition, state) = (&lab.scenario().services[id], &lab.world().services[id]);
    let now = lab.run().now();
    let capacity = now.as_micros().saturating_mul(state.workers.len() as u64).max(1);
    let busy = state.busy_micros(now) as f64 / capacity as f64 * 100.0;
    let mut parts = vec![facts(
        "State",
        vec![
            ("process", [process_word(state.is_up()), trouble(lab, id)].concat()),
            ("handled", state.handled.to_string()),
            ("crashes", state.crashes().to_string()),
            ("busy", format!("{busy:.1} %")),
        ],
    )];
    if let Some(clock) = &definition.clock {
        let shown = lab.world().clock(Some(clock), now).to_string();
        parts.push(facts("Clock", vec![("shows", shown)]));
    }
    for (heading, count) in [("Shed", state.shed), ("Cancelled", state.cancelled)] {
        if count > 0 {
            parts.push(facts(heading, vec![("messages", count.to_string())]));
        }
    }
    if state.instances.len() > 1 {
        parts.push(instances_part(state));
    }
    parts.extend(handlers(lab, id));
    parts.extend(calls::breakers(lab, id, state));
    for (table, schema) in definition.tables.iter().enumerate() {
        // Of tables in memory, each instance has one.
        let instances = if schema.memory { state.instances.len() } else { 1 };
        for instance in 0..instances {
            let whose = if instances > 1 { format!(" of {}", instance + 1) } else { String::new() };
            let heading = format!("Table {}{whose}", schema.name);
            parts.push(rows_part(lab, (id, table), &heading, state.table(instance, table)));
        }
    }
    parts.extend(wiring(lab, id));
    let inbox: Vec<_> = state.inbox().map(|it| &it.envelope).collect();
    parts.push(messages_part(lab, "Inbox", &mut inbox.into_iter()));
    let kept = |fits: fn(Toward) -> bool| -> Vec<&Box<Envelope>> {
        let legs = lab.world().legs.iter().flatten();
        legs.filter(|it| it.to == id && fits(it.toward)).map(|it| &it.envelope).collect()
    };
    let outbox = kept(|it| matches!(it, Toward::Outbox(_)));
    let mut later = kept(|it| it == Toward::Self_);
    later.extend(&state.overdue);
    for (what, kept) in [("Outbox", outbox), ("Kept for later", later)] {
        if !kept.is_empty() {
            parts.push(messages_part(lab, what, &mut kept.into_iter()));
        }
    }
    let notes = state.notes.iter().rev().take(5);
    parts.extend(
        notes.map(|it| Part::Note(format!("At {}, message {}: {}", it.at, it.message, it.text))),
    );
    let troubles = lab.world().troubles.iter().rev().filter(|it| it.node == id);
    parts.extend(
        troubles
            .take(3)
            .map(|it| Part::Note(format!("At {}, line {}: {}", it.at, it.place.line, it.reason))),
    );
    Inspector {
        title: definition.name.clone(),
        subtitle: role_word(definition.role).to_owned(),
        parts,
    }
}

/// A table of a service: each row leads to what has made it so, and what has changed at this instant is marked.
fn rows_part(lab: &Lab, (id, table): (usize, usize), heading: &str, state: &Table) -> Part {
    let fresh = fresh(lab, id, table);
    let mut part = table_part(heading, state);
    if let Part::Table { rows, .. } = &mut part {
        for (row, cells) in rows.iter_mut().zip(state.rows()) {
            let key = cells[state.key].clone();
            row.fresh = fresh.contains(&key);
            row.dim = lab.lineage().is_some_and(|it| !it.has_row(id, table, &key));
            row.select = Some(Selection::Row { service: id, table, key });
        }
    }
    part
}

/// The keys of the rows of a table that have changed at this instant.
fn fresh(lab: &Lab, id: usize, table: usize) -> Vec<Value> {
    let (told, now) = (Told::new(lab.run()), lab.run().now());
    let key = lab.scenario().services[id].tables[table].key;
    let numbers = (told.first()..told.here()).rev();
    let records = numbers.filter_map(|it| told.get(it)).take_while(|it| it.at == now);
    let changed = records.filter_map(|it| match &it.what {
        What::Changed { table: changed, row, .. }
            if it.node as usize == id && *changed as usize == table =>
        {
            Some(row[key].clone())
        }
        _ => None,
    });
    changed.collect()
}

/// What a service reads from.
fn wiring(lab: &Lab, id: usize) -> Option<Part> {
    let channels = lab.scenario().channels.iter().enumerate();
    let read = channels.filter(|(_, it)| it.readers.contains(&id));
    let things: Vec<Thing> =
        read.map(|(channel, it)| Thing::of(it.name.clone(), Selection::Channel(channel))).collect();
    let heading = "Reads from".to_owned();
    (!things.is_empty()).then_some(Part::Things { heading, things, none: "" })
}

fn source_lines(lab: &Lab, line: u32) -> Vec<SourceLine> {
    let from = line.saturating_sub(CONTEXT_LINES + 1) as usize;
    let lines = lab.scenario().source.lines().enumerate().skip(from);
    let lines = lines.map(|(index, text)| (u32::try_from(index + 1).unwrap_or(u32::MAX), text));
    lines
        .take_while(|(number, _)| *number <= line + CONTEXT_LINES)
        .map(|(number, text)| SourceLine { number, text: text.to_owned(), current: number == line })
        .collect()
}
