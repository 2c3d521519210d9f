//! Everything about a message: its envelope, what it says, its way so far.

use super::flight::Shape;
use super::inspector::{Inspector, Part, Thing, facts, table_part};
use super::words::{intent_name, message_name, node_name, record_words};
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::app::lineage::Told;
use crate::language::Value;
use crate::service::{Content, Envelope, NodeId};
use crate::world::{NodeKind, Record, Toward, What, Why};

/// Stages of a message's way that are told at most; the latest count.
const WAY_MAX: usize = 40;

/// Where a message is at the playhead: the message, and where in words.
fn find(lab: &Lab, id: u64) -> Option<(&Envelope, String)> {
    let world = lab.world();
    let node = |it: usize| &lab.plan().nodes[it].name;
    let legs = world.legs.iter().flatten();
    let legs = legs.map(|it| {
        let place = match it.toward {
            Toward::Self_ => format!("kept by {} for later", node(it.to)),
            Toward::Outbox(_) => format!("in the outbox of {}", node(it.to)),
            _ if it.from == it.to => format!("held up at {}", node(it.to)),
            _ => format!("on its way from {} to {}", node(it.from), node(it.to)),
        };
        (&it.envelope, place)
    });
    let channels = lab.scenario().channels.iter().zip(&world.channels);
    let queued = channels.flat_map(|(channel, state)| {
        state.queues.iter().flat_map(|it| {
            let dead = it.dead().iter().map(|it| (it, format!("dead letter of {}", channel.name)));
            it.waiting().map(|it| (it, format!("waits in {}", channel.name))).chain(dead)
        })
    });
    let services = lab.scenario().services.iter().zip(&world.services);
    let at_services = services.flat_map(|(service, state)| {
        let waiting = state.inbox();
        let waiting = waiting.map(|it| (&it.envelope, format!("waits at {}", service.name)));
        let running = state.workers.iter().flatten().chain(state.aside());
        running
            .map(|it| (&it.envelope, format!("being handled by {}", service.name)))
            .chain(waiting)
    });
    let lost = world.losses.iter();
    let lost = lost.map(|(at, it)| {
        (&it.envelope, format!("lost at {at} between {} and {}", node(it.from), node(it.to)))
    });
    legs.chain(at_services)
        .chain(queued)
        .chain(lost)
        .find(|it| it.0.id == id)
        .map(|it| (&**it.0, it.1))
}

/// What the inspector shows of a message, whether it is still under way or not.
pub(super) fn message(lab: &Lab, id: u64) -> Inspector {
    let born = lab.lineage().and_then(|it| it.birth(id));
    let born = born.and_then(|(number, ..)| Some((number, Told::new(lab.run()).get(number)?)));
    let there = find(lab, id);
    let mut parts = Vec::new();
    let (title, subtitle) = match (&there, born) {
        (Some((envelope, place)), _) => {
            parts.push(facts("Envelope", envelope_rows(lab, envelope, place)));
            parts.extend(said(lab, &envelope.content));
            let name = envelope.content.name_index(lab.scenario().messages.len());
            let kind = Shape::of(&envelope.content, lab.plan()).word();
            (lab.plan().names[name].to_string(), kind.to_owned())
        }
        (None, Some((_, record))) => {
            let What::Begun { name, .. } = record.what else { unreachable!("law: a birth") };
            parts.extend(remembered(lab, id, record));
            (message_name(lab, name).to_owned(), "no longer under way".to_owned())
        }
        (None, None) => {
            let note = "This message is gone, and the records of it are not kept any more. Go back \
                        in time to see it again.";
            parts.push(Part::Note(note.to_owned()));
            (format!("Message {id}"), "no longer under way".to_owned())
        }
    };
    if let Some((number, _)) = born {
        parts.push(way(lab, id, number, &title));
        parts.extend(related(lab, id, there.map(|it| it.0)));
    }
    Inspector { title, subtitle, parts }
}

/// The envelope, in the shape of CloudEvents: its four names first, then what Inflight adds.
fn envelope_rows(lab: &Lab, envelope: &Envelope, place: &str) -> Vec<(&'static str, String)> {
    let kind = Shape::of(&envelope.content, lab.plan()).word();
    let name = envelope.content.name_index(lab.scenario().messages.len());
    let mut rows = vec![
        ("id", envelope.id.to_string()),
        ("source", lab.plan().nodes[envelope.source].name.clone()),
        ("type", [kind, " ", &lab.plan().names[name]].concat()),
        ("time", envelope.sent_at.to_string()),
        ("where", place.to_owned()),
        ("age", lab.run().now().since(envelope.sent_at).to_string()),
        ("correlation id", envelope.correlation.to_string()),
        ("causation id", envelope.causation.to_string()),
        ("attempt", envelope.attempt.to_string()),
    ];
    let size = lab.world().size(&envelope.content, lab.run().now());
    if size > 0 {
        rows.push(("size", [&size.to_string(), " B"].concat()));
    }
    if let Some(route) = &envelope.route {
        rows.push(("route", route.to_string()));
    }
    if let Some(deadline) = envelope.deadline {
        rows.push(("deadline", deadline.to_string()));
    }
    if let Some(intent) = envelope.intent {
        rows.push(("intent", intent_name(lab, intent.id)));
        rows.push(("idempotency key", if intent.key { "yes" } else { "none" }.to_owned()));
    }
    rows
}

/// What the records still know of a message that is gone.
fn remembered(lab: &Lab, id: u64, record: &Record) -> Vec<Part> {
    let What::Begun { name, intent, body, .. } = &record.what else { return Vec::new() };
    let mut rows = vec![
        ("id", id.to_string()),
        ("source", node_name(lab, record.node).to_owned()),
        ("type", message_name(lab, *name).to_owned()),
        ("time", record.at.to_string()),
    ];
    if let Why::Message(cause) = record.why {
        rows.push(("causation id", cause.to_string()));
    }
    if *intent != 0 {
        rows.push(("intent", intent_name(lab, *intent)));
    }
    let mut parts = vec![facts("Envelope", rows)];
    if let Some(body) = body {
        let fields = lab.scenario().messages.get(*name as usize).map(|it| &it.fields);
        let fields = fields.map_or(Vec::new(), |it| it.iter().map(|it| it.name.clone()).collect());
        parts.push(fields_part(&fields, body));
    }
    parts
}

/// Values under the names of their fields; without names, they are numbered.
fn fields_part(fields: &[String], values: &[Value]) -> Part {
    let name = |index: usize| fields.get(index).cloned().unwrap_or_else(|| index.to_string());
    let rows = values.iter().enumerate().map(|(index, it)| (name(index), it.to_string()));
    Part::Facts { heading: "Body".to_owned(), rows: rows.collect() }
}

/// The way of a message so far: every hop and every attempt.
fn way(lab: &Lab, id: u64, from: u64, name: &str) -> Part {
    let told = Told::new(lab.run());
    let mut things = Vec::new();
    for number in from..told.here() {
        let Some(record) = told.get(number).filter(|it| it.what.message() == Some(id)) else {
            continue;
        };
        if let What::Noted { .. } | What::Shown { .. } = record.what {
            continue;
        }
        let words = record_words(lab, record, name);
        let place = place_of(lab, record);
        things.push(Thing { at: Some(record.at), ..Thing::of(words, place) });
    }
    let hidden = things.len().saturating_sub(WAY_MAX);
    things.drain(..hidden);
    let heading =
        if hidden > 0 { format!("Its way ({hidden} earlier)") } else { "Its way".to_owned() };
    Part::Things { heading, things, none: "It has not left yet." }
}

/// Where something happened, as a thing to go to.
fn place_of(lab: &Lab, record: &Record) -> Selection {
    if let What::Queued { channel, .. } | What::Unroutable { channel, .. } = record.what {
        return Selection::Channel(channel as usize);
    }
    node_selection(lab, record.node as usize).unwrap_or(Selection::Message(0))
}

/// What stands at a node, as a thing to go to; of a broker, its first channel.
pub(super) fn node_selection(lab: &Lab, node: NodeId) -> Option<Selection> {
    Some(match lab.plan().nodes.get(node)?.kind {
        NodeKind::Service(id) => Selection::Service(id),
        NodeKind::Person { person, .. } => Selection::Person(person),
        NodeKind::Broker(broker) => {
            let mut channels = lab.scenario().channels.iter();
            Selection::Channel(channels.position(|it| it.kind.broker() == Some(broker))?)
        }
    })
}

/// Who sent it, where it goes, what it is about.
fn related(lab: &Lab, id: u64, envelope: Option<&Envelope>) -> Option<Part> {
    let (number, node, why) = lab.lineage()?.birth(id)?;
    let mut things = Vec::new();
    let mut add = |words: &str, name: &str, select: Option<Selection>| {
        things.extend(select.map(|it| Thing::of([words, name].concat(), it)));
    };
    add("from ", node_name(lab, node), node_selection(lab, node as usize));
    let leg = lab.world().legs.iter().flatten().find(|it| it.envelope.id == id);
    if let Some(leg) = leg.filter(|_| envelope.is_some()) {
        if let Some(channel) = leg.channel {
            let name = &lab.scenario().channels[channel].name;
            add("by ", name, Some(Selection::Channel(channel)));
        } else {
            let name = &lab.plan().nodes[leg.to].name;
            add("to ", name, node_selection(lab, leg.to));
        }
    }
    if let Why::Message(cause) = why {
        add("caused by message ", &cause.to_string(), Some(Selection::Message(cause)));
    }
    let record = Told::new(lab.run()).get(number).map(|it| &it.what);
    if let Some(What::Begun { intent, .. }) = record
        && *intent != 0
    {
        add("for ", &intent_name(lab, *intent), Some(Selection::Intent(*intent)));
    }
    Some(Part::Things { heading: "Goes with".to_owned(), things, none: "" })
}

fn said(lab: &Lab, content: &Content) -> Option<Part> {
    if let Content::Rows(rows) | Content::Held(rows) = content {
        return Some(table_part("Body", &rows.table));
    }
    let rows = body(lab, content);
    (!rows.is_empty()).then(|| Part::Facts { heading: "Body".to_owned(), rows })
}

fn body(lab: &Lab, content: &Content) -> Vec<(String, String)> {
    match content {
        Content::Message { message, body } => {
            let fields = lab.scenario().messages[*message].fields.iter().zip(body.iter());
            fields.map(|(field, value)| (field.name.clone(), value.to_string())).collect()
        }
        Content::Verdict(verdict) => vec![
            ("accepted".to_owned(), if verdict.accepted { "yes" } else { "no" }.to_owned()),
            ("reason".to_owned(), verdict.reason.to_string()),
        ],
        Content::Question(list) => {
            let service = &lab.scenario().services[list.service];
            vec![(
                "list".to_owned(),
                format!("{}.{}", service.name, service.tables[list.table].name),
            )]
        }
        Content::Hold(wanted) => {
            let service = &lab.scenario().services[wanted.service];
            let table = &service.tables[wanted.table].name;
            vec![("row".to_owned(), format!("{}.{table}[{}]", service.name, wanted.key))]
        }
        Content::Failure(reason) => vec![("reason".to_owned(), reason.to_string())],
        Content::Progress(share) => {
            vec![("done".to_owned(), format!("{}.{} %", share / 10, share % 10))]
        }
        Content::Receipt
        | Content::Cancelled
        | Content::Status
        | Content::Rows(_)
        | Content::Held(_)
        | Content::Answer
        | Content::Start
        | Content::Cancellation(_) => Vec::new(),
    }
}
