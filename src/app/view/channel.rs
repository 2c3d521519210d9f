//! Everything about the selected channel: its settings, and what it holds.

use super::inspector::{Inspector, Part, TableRow, Thing, facts, messages_part};
use super::stage::channel_word;
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::broker::Start;
use crate::language::scenario::{ChannelKind, WhenFull};
use crate::world::Input;

/// The settings of a channel that has a broker.
fn settings(lab: &Lab, id: usize) -> Vec<(&'static str, String)> {
    let (definition, state) = (&lab.scenario().channels[id], &lab.world().channels[id]);
    let mut rows = vec![("kind", channel_word(definition.kind).to_owned())];
    let Some(broker) = definition.kind.broker() else { return rows };
    let node = lab.plan().broker_node(broker);
    let process = lab.world().brokers[broker];
    rows.push(("broker", lab.plan().nodes[node].name.clone()));
    rows.push(("process", if process.up { "up" } else { "crashed" }.to_owned()));
    rows.push(("crashes", process.crashes.to_string()));
    if !definition.durable {
        rows.push(("durable", "no".to_owned()));
    }
    for (name, field) in [("priority", &definition.priority), ("key", &definition.key)] {
        if let Some(field) = field {
            rows.push((name, field.name.clone()));
        }
    }
    rows.push(("attempts", definition.attempts.to_string()));
    let delay = lab.world().redelivery_delay(id, 1, lab.run().now());
    rows.push(("first redelivery after", delay.to_string()));
    if let Some(log) = definition.log {
        let age = log.age.map_or_else(String::new, |it| format!(", for {it}"));
        let compact = if log.is_compacted { ", the latest of each key" } else { "" };
        rows.push(("keeps", format!("{} messages at most{age}{compact}", log.messages)));
        rows.push(("handing over takes", log.rebalance.to_string()));
    }
    let prefetch = definition.prefetch.map_or_else(|| "no limit".to_owned(), |it| it.to_string());
    rows.push(("prefetch", prefetch));
    if definition.forgets_early {
        rows.push(("acknowledge", "before".to_owned()));
    }
    if let Some(time_to_live) = definition.time_to_live {
        rows.push(("time to live", time_to_live.to_string()));
    }
    if let Some((capacity, when_full)) = definition.capacity {
        let then = match when_full {
            WhenFull::Reject => "rejects",
            WhenFull::DropOldest => "drops the oldest",
            WhenFull::Block => "keeps senders waiting",
        };
        rows.push(("capacity", format!("{capacity}, then {then}")));
        if when_full == WhenFull::Block {
            rows.push(("on their way", state.under_way.to_string()));
            rows.push(("senders that wait", state.blocked.len().to_string()));
        }
    }
    rows
}

/// What the readers of a topic want, and the messages that nobody did.
fn routing(lab: &Lab, id: usize) -> [Part; 2] {
    let (definition, state) = (&lab.scenario().channels[id], &lab.world().channels[id]);
    let readers = definition.readers.iter().zip(&definition.bindings);
    let bindings = readers.flat_map(|(reader, bindings)| {
        bindings.iter().map(|it| {
            let route = it.route.iter().map(|it| it.0.text.to_string());
            let fields = it.fields.iter().map(|(field, value)| format!("{} = {value}", field.name));
            let wants: Vec<String> = route.chain(fields).collect();
            let wants = if wants.is_empty() { "everything".to_owned() } else { wants.join(", ") };
            let cells = vec![lab.scenario().services[*reader].name.clone(), wants];
            TableRow { select: Some(Selection::Service(*reader)), ..TableRow::of(cells) }
        })
    });
    let columns = ["reader", "wants"].map(str::to_owned).to_vec();
    let heading = "Bindings".to_owned();
    let latest = &mut state.latest_unroutable.iter();
    [
        Part::Table { heading, columns, rows: bindings.collect() },
        messages_part(lab, &format!("Unroutable: {}, the latest", state.unroutable), latest),
    ]
}

/// What a log keeps, and how far its groups have read: who of each reads what, and what is left to read.
fn positions(lab: &Lab, id: usize) -> Option<Part> {
    let (definition, state) = (&lab.scenario().channels[id], &lab.world().channels[id]);
    let log = state.log.as_ref()?;
    let readers = definition.readers.iter().map(|it| &lab.scenario().services[*it].name);
    let columns = ["partition".to_owned(), "kept".to_owned(), "next offset".to_owned()];
    let columns = columns.into_iter().chain(readers.cloned()).collect();
    let rows = lab.world().positions(id).into_iter().enumerate();
    let rows = rows.map(|(partition, (next, unread))| {
        let kept = log.log.since(partition, Start::Offset(0)).count();
        let groups = log.groups.iter().zip(unread).map(|(group, unread)| match group {
            it if it.is_halted => format!("{unread} unread, being handed over"),
            it => match it.owner(partition) {
                Some(owner) => format!("{unread} unread, instance {}", owner + 1),
                None => format!("{unread} unread, nobody there"),
            },
        });
        let first = [partition.to_string(), kept.to_string(), next.to_string()];
        TableRow::of(first.into_iter().chain(groups).collect())
    });
    Some(Part::Table { heading: "Partitions".to_owned(), columns, rows: rows.collect() })
}

/// What the inspector shows of a channel.
pub(super) fn channel(lab: &Lab, id: usize) -> Inspector {
    let (definition, state) = (&lab.scenario().channels[id], &lab.world().channels[id]);
    let mut parts: Vec<Part> = vec![facts("Settings", settings(lab, id))];
    for (queue, contents) in state.queues.iter().enumerate() {
        let whose = match definition.kind {
            ChannelKind::Topic { .. } => {
                format!(" for {}", lab.scenario().services[definition.readers[queue]].name)
            }
            ChannelKind::Log { .. } => {
                let count = definition.log.map_or(1, |it| it.partitions);
                let group = &lab.scenario().services[definition.readers[queue / count]].name;
                format!(" for {group}, partition {}", queue % count)
            }
            ChannelKind::Queue { .. } | ChannelKind::Direct => String::new(),
        };
        let waiting = &mut contents.waiting();
        parts.push(messages_part(lab, &format!("Waiting{whose}"), waiting));
        parts.push(messages_part(lab, &format!("Handed out{whose}"), &mut contents.held()));
        let dead = &mut contents.dead().iter();
        let mut letters = messages_part(lab, &format!("Dead letters{whose}"), dead);
        if let Part::Things { things, .. } = &mut letters {
            for (letter, it) in things.iter_mut().zip(contents.dead()) {
                letter.act = Some(("Retry", Input::Redeliver { channel: id, message: it.id }));
            }
        }
        parts.push(letters);
    }
    parts.extend(positions(lab, id));
    let reader =
        |it: &usize| Thing::of(lab.scenario().services[*it].name.clone(), Selection::Service(*it));
    let things = definition.readers.iter().map(reader).collect();
    parts.push(Part::Things { heading: "Readers".to_owned(), things, none: "Nobody reads it." });
    if definition.bindings.iter().flatten().any(|it| !it.is_open()) {
        parts.extend(routing(lab, id));
    }
    Inspector {
        title: definition.name.clone(),
        subtitle: channel_word(definition.kind).to_owned(),
        parts,
    }
}
