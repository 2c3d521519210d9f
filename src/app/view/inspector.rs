//! The inspector: everything about one thing, in words and numbers.

use super::flight::Shape;
use super::screen::{ItemView, screen};
use super::service::service;
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::language::Table;
use crate::service::{Content, Envelope};
use crate::world::Toward;

/// What the inspector shows about one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspector {
    /// Its name.
    pub title: String,
    /// What it is, in a few words.
    pub subtitle: String,
    /// The parts, top to bottom.
    pub parts: Vec<Part>,
}

/// A part of what the inspector shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Names and values.
    Facts {
        /// The words above.
        heading: String,
        /// A name and a value each.
        rows: Vec<(String, String)>,
    },
    /// A table.
    Table {
        /// The words above.
        heading: String,
        /// The columns' names.
        columns: Vec<String>,
        /// The rows, as texts.
        rows: Vec<Vec<String>>,
    },
    /// Messages that can be selected in turn.
    Messages {
        /// The words above.
        heading: String,
        /// A message's id and words each.
        rows: Vec<(u64, String)>,
    },
    /// Lines of the scenario's text.
    Source {
        /// The words above.
        heading: String,
        /// The lines.
        lines: Vec<SourceLine>,
    },
    /// A sentence.
    Note(String),
}

/// A line of the scenario's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Its number, from 1.
    pub number: u32,
    /// Its text.
    pub text: String,
    /// A running handler stands here.
    pub current: bool,
}

/// Rows of a part that are shown at most.
pub(super) const ROWS_MAX: usize = 100;

/// What the inspector shows at the playhead; `None` when nothing is selected.
pub fn inspect(lab: &Lab) -> Option<Inspector> {
    Some(match lab.selection()? {
        Selection::Message(id) => message(lab, *id),
        Selection::Service(id) => service(lab, *id),
        Selection::Channel(id) => super::channel::channel(lab, *id),
        Selection::Person(id) => person(lab, *id),
        Selection::Link(from, to) => super::link::link(lab, (*from, *to)),
    })
}

pub(super) fn facts(heading: &str, rows: Vec<(&str, String)>) -> Part {
    let rows = rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Part::Facts { heading: heading.to_owned(), rows }
}

fn name_of(lab: &Lab, content: &Content) -> String {
    lab.plan().names[content.name_index(lab.scenario().messages.len())].to_string()
}

fn words_of(lab: &Lab, envelope: &Envelope) -> String {
    let body: Vec<String> = body(lab, &envelope.content).into_iter().map(|it| it.1).collect();
    format!("{} {}", name_of(lab, &envelope.content), body.join(", "))
}

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

fn message(lab: &Lab, id: u64) -> Inspector {
    let Some((envelope, place)) = find(lab, id) else {
        let note = "This message has reached its goal and is gone. Step back to see it again.";
        let parts = vec![Part::Note(note.to_owned())];
        return Inspector {
            title: format!("Message {id}"),
            subtitle: "no longer under way".to_owned(),
            parts,
        };
    };
    let kind = Shape::of(&envelope.content, lab.plan()).word();
    let mut rows = vec![
        ("where", place),
        ("id", envelope.id.to_string()),
        ("source", lab.plan().nodes[envelope.source].name.clone()),
        ("sent at", envelope.sent_at.to_string()),
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
        let truth = lab.world().truths.get(intent.id);
        let name = truth.map_or_else(|| intent.id.to_string(), |it| it.name.to_string());
        rows.push(("intent", name));
        rows.push(("idempotency key", if intent.key { "yes" } else { "none" }.to_owned()));
    }
    let mut parts = vec![facts("Envelope", rows)];
    let body = body(lab, &envelope.content);
    if let Content::Rows(rows) | Content::Held(rows) = &envelope.content {
        parts.push(table_part("Body", &rows.table));
    } else if !body.is_empty() {
        parts.push(Part::Facts { heading: "Body".to_owned(), rows: body });
    }
    Inspector { title: name_of(lab, &envelope.content), subtitle: kind.to_owned(), parts }
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

pub(super) fn table_part(heading: &str, table: &Table) -> Part {
    let rows = table.rows().take(ROWS_MAX).map(|row| row.iter().map(ToString::to_string).collect());
    Part::Table {
        heading: heading.to_owned(),
        columns: table.columns.iter().map(ToString::to_string).collect(),
        rows: rows.collect(),
    }
}

/// Messages that are kept somewhere: how many, and the first of them.
pub(super) fn messages_part(
    lab: &Lab,
    what: &str,
    messages: &mut dyn ExactSizeIterator<Item = &Box<Envelope>>,
) -> Part {
    let heading = format!("{what} ({})", messages.len());
    let rows = messages.take(ROWS_MAX).map(|it| (it.id, words_of(lab, it))).collect();
    Part::Messages { heading, rows }
}

fn person(lab: &Lab, id: usize) -> Inspector {
    let device = &lab.world().people[id];
    let interaction = lab.world().interaction(device.client);
    let preset = interaction.preset().map_or("a combination of its own", |it| it.label);
    let mut parts =
        vec![facts("How intents are handled", vec![("interaction", preset.to_owned())])];
    if let Some(clock) = &lab.scenario().clients[device.client].clock {
        let shown = lab.world().clock(Some(clock), lab.run().now()).to_string();
        parts.push(facts("Clock", vec![("shows", shown)]));
    }
    let claims = screen(lab, id).items.into_iter().filter_map(|it| match it {
        ItemView::Form(form) => Some(form.intents),
        ItemView::List(_) => None,
    });
    let rows: Vec<Vec<String>> = claims
        .flatten()
        .map(|it| {
            let truth = lab.world().truths.get(it.id).map_or("over", |it| it.outcome().name());
            vec![it.wish, it.words, truth.to_owned()]
        })
        .collect();
    let columns = ["wish", "the screen says", "in truth"].map(str::to_owned).to_vec();
    parts.push(Part::Table { heading: "Claims".to_owned(), columns, rows });
    Inspector { title: device.name.clone(), subtitle: "person".to_owned(), parts }
}
