//! What stands still on the stage: links between places, and how each place is doing.

use super::flight::Shape;
use super::layout::Place;
use super::service::trouble;
use crate::app::Lab;
use crate::base::sorted;
use crate::language::Scenario;
use crate::language::scenario::{Channel, ChannelKind, Posting, Refresh, Role, ScreenItem, Step};
use crate::service::{Envelope, Standing};

/// A way that messages can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkView {
    /// From here.
    pub from: Place,
    /// To there.
    pub to: Place,
}

/// How a place is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeStatus {
    /// Its name.
    pub name: String,
    /// What it is, in a word: "service", "view", "queue", "topic", ….
    pub role: &'static str,
    /// What it is doing, in a few words; empty when idle.
    pub doing: String,
    /// False for a crashed service, and for a channel whose broker has crashed.
    pub up: bool,
    /// Workers that are busy.
    pub busy: usize,
    /// Workers in all; 0 for channels.
    pub workers: usize,
    /// Messages that wait here, in the order in which their turn comes.
    pub waiting: StandingTokens,
    /// Dead letters.
    pub dead: usize,
}

/// Tokens that stand in line: the first ones by shape, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandingTokens {
    /// The first, at most [`Self::SHOWN_MAX`].
    pub first: Vec<Shape>,
    /// Which of the first have nothing to do with what is selected: nothing, when nothing is.
    pub dim: Vec<bool>,
    /// All of them.
    pub count: usize,
}

impl StandingTokens {
    /// From this many on, a count and a bar stand for the tokens.
    pub const SHOWN_MAX: usize = 11;

    fn of<'a>(envelopes: impl Iterator<Item = &'a Box<Envelope>>, lab: &Lab) -> Self {
        let mut tokens = Self::default();
        for envelope in envelopes {
            if tokens.count < Self::SHOWN_MAX {
                tokens.first.push(Shape::of(&envelope.content, lab.plan()));
                tokens.dim.extend(lab.lineage().map(|it| !it.has_message(envelope.id)));
            }
            tokens.count += 1;
        }
        tokens
    }
}

/// The links of a scenario: every way that its text opens to messages, each once.
pub fn links(scenario: &Scenario) -> Vec<LinkView> {
    let mut links = Vec::new();
    let mut link = |from, to| {
        sorted::insert(&mut links, LinkView { from, to });
    };
    for (id, channel) in scenario.channels.iter().enumerate() {
        if channel.kind != ChannelKind::Direct {
            channel
                .readers
                .iter()
                .for_each(|reader| link(Place::Channel(id), Place::Service(*reader)));
        }
    }
    for (id, service) in scenario.services.iter().enumerate() {
        let steps = service.handlers.iter().flat_map(|it| &it.code);
        for step in steps {
            let mut goes = |posting: &Posting| {
                link(Place::Service(id), target(posting.channel, &scenario.channels));
            };
            match &step.step {
                Step::Send(posting) => goes(posting),
                Step::Call(calls) => calls.calls.iter().for_each(|it| goes(&it.posting)),
                _ => {}
            }
        }
    }
    let mut person = 0;
    for client in &scenario.clients {
        for _ in &client.people {
            for item in &client.screen {
                let here = Place::Person(person);
                match item {
                    ScreenItem::Form(form) => link(here, target(form.channel, &scenario.channels)),
                    ScreenItem::List(list) => {
                        link(Place::Service(list.service), here);
                        if matches!(list.refresh, Refresh::Every(_)) {
                            link(here, Place::Service(list.service));
                        }
                    }
                }
            }
            person += 1;
        }
    }
    links
}

/// Where a message on this channel goes first, as the stage draws it.
fn target(channel: usize, channels: &[Channel]) -> Place {
    match channels[channel].kind {
        ChannelKind::Direct => Place::Service(channels[channel].readers[0]),
        ChannelKind::Queue { .. } | ChannelKind::Topic { .. } | ChannelKind::Log { .. } => {
            Place::Channel(channel)
        }
    }
}

/// How a place is doing at the playhead.
pub fn status(lab: &Lab, place: Place) -> NodeStatus {
    match place {
        Place::Service(id) => service_status(lab, id),
        Place::Channel(id) => channel_status(lab, id),
        Place::Person(person) => NodeStatus {
            name: lab.world().people[person].name.clone(),
            role: "person",
            doing: String::new(),
            up: true,
            busy: 0,
            workers: 0,
            waiting: StandingTokens::default(),
            dead: 0,
        },
    }
}

fn service_status(lab: &Lab, id: usize) -> NodeStatus {
    let (world, definition) = (lab.world(), &lab.scenario().services[id]);
    let service = &world.services[id];
    let running: Vec<_> = service.workers.iter().flatten().collect();
    let doing = match running.first() {
        _ if !service.is_up() => "crashed".to_owned(),
        None => String::new(),
        Some(it) => {
            let name = lab.scenario().handler_name(id, it.handler);
            match it.standing {
                Standing::Working(_) => format!("works on {name}"),
                Standing::Blocked(_) => format!("{name}: waits for room"),
                _ => format!("{name}: waits for an answer"),
            }
        }
    };
    let troubled = trouble(lab, id);
    let doing = match doing.as_str() {
        "" => troubled.trim_start_matches(", ").to_owned(),
        _ => doing + &troubled,
    };
    NodeStatus {
        name: definition.name.clone(),
        role: role_word(definition.role),
        doing,
        up: service.is_up(),
        busy: running.len(),
        workers: service.workers.len(),
        waiting: StandingTokens::of(service.inbox().map(|it| &it.envelope), lab),
        dead: 0,
    }
}

fn channel_status(lab: &Lab, id: usize) -> NodeStatus {
    let (world, definition) = (lab.world(), &lab.scenario().channels[id]);
    let queues = &world.channels[id].queues;
    // What waits for another attempt waits too.
    let waiting = queues.iter().flat_map(|it| it.retrying().chain(it.waiting()));
    let waiting = StandingTokens::of(waiting, lab);
    let held: usize = queues.iter().map(|it| it.held().len()).sum();
    let up = definition.kind.broker().is_none_or(|it| world.brokers[it].up);
    let doing = match held {
        _ if !up => "broker crashed".to_owned(),
        0 => String::new(),
        _ => format!("{held} handed out"),
    };
    NodeStatus {
        name: definition.name.clone(),
        role: channel_word(definition.kind),
        doing,
        up,
        busy: 0,
        workers: 0,
        waiting,
        dead: queues.iter().map(|it| it.dead().len()).sum(),
    }
}

/// A role in a word.
pub(super) const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Service => "service",
        Role::View => "view",
        Role::Gateway => "gateway",
        Role::Database => "database",
        Role::External => "external",
        Role::Process => "process",
    }
}

/// A kind of channel in a word.
pub(super) const fn channel_word(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Queue { .. } => "queue",
        ChannelKind::Topic { .. } => "topic",
        ChannelKind::Log { .. } => "log",
        ChannelKind::Direct => "direct",
    }
}
