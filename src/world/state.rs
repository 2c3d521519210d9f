//! The world's state, and the dispatch of occurrences.

use std::collections::VecDeque;
use std::sync::Arc;

use super::books::Books;
use super::brokers::Broker;
use super::faults::Faults;
use super::input::Input;
use super::invariants::InvariantState;
use super::links::LinkState;
use super::plan::Plan;
use super::queues::Channel;
use super::record::Record;
use super::truth::Truths;
use super::why::Why;
use crate::base::{Chunks, Map, Span, Stream, Time};
use crate::broker::Start;
use crate::client::{self, Device, TimerKind};
use crate::interaction::{Interaction, Read};
use crate::language::expression::{Expression, Scope, Tables};
use crate::language::scenario::{ChannelId, ClientId, ServiceId, TableId};
use crate::language::{Place, Table, Value};
use crate::service::{self, Delivery, Envelope, ListAddress, NodeId, ReplyTo, Service};
use crate::sim::{Context, System};

/// Mishaps that are kept for showing, at most.
const TROUBLES_MAX: usize = 50;
/// Losses that are kept for showing, at most.
const LOSSES_MAX: usize = 32;

/// The values of knobs at the start that differ from their defaults, by the knob's index.
pub type Settings = Vec<(usize, Value)>;

/// Something that comes about.
#[derive(Clone, Debug, PartialEq)]
pub enum Occurrence {
    /// A leg ends: index into [`World::legs`].
    Arrive(usize),
    /// A service's worker wakes.
    Worker(ServiceId, service::Timer),
    /// A worker gets the room that it waited for.
    Room {
        /// Where.
        channel: ChannelId,
        /// Whose.
        service: ServiceId,
        /// Which worker.
        timer: service::Timer,
    },
    /// A handler goes past a boundary, where a fault may strike.
    Boundary(ServiceId, usize, service::Timer),
    /// The time of a fault has come.
    Fault(usize),
    /// A fault is over.
    Undo {
        /// Which.
        fault: usize,
        /// Which of its strikes, counted from 1.
        strike: u32,
    },
    /// The time is over in which an invariant had to become true.
    Due {
        /// Which.
        invariant: usize,
        /// Which of the times that this was owed.
        debt: u32,
    },
    /// A queue hands a message out again.
    Retry(Delivery),
    /// A message has been in a queue for as long as it may.
    Expire(Delivery),
    /// A group of a log hands its partitions over.
    Rebalance {
        /// Which log.
        channel: ChannelId,
        /// Which of its readers.
        group: usize,
        /// The which-th time.
        round: u32,
    },
    /// A group of a log reads again.
    Replay {
        /// Which log.
        channel: ChannelId,
        /// Which of its readers.
        service: ServiceId,
        /// From where on.
        start: Start,
    },
    /// A habit comes due.
    Habit {
        /// Whose: index into [`World::people`].
        person: usize,
        /// Which of the class' habits.
        habit: usize,
    },
    /// A device wakes.
    Device {
        /// Whose: index into [`World::people`].
        person: usize,
        /// Why.
        timer: client::Timer,
    },
    /// A list asks for its rows.
    Poll {
        /// Whose: index into [`World::people`].
        person: usize,
        /// Which item of the screen.
        item: usize,
    },
}

/// A message on its way from one node to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// The message.
    pub envelope: Box<Envelope>,
    /// Where it left.
    pub from: NodeId,
    /// Where it goes.
    pub to: NodeId,
    /// When it left.
    pub departed: Time,
    /// When it arrives, or would arrive.
    pub arrives: Time,
    /// It gets lost half way.
    pub lost: bool,
    /// What it will be there.
    pub toward: Toward,
    /// The queue that handed it out and still holds it.
    pub delivery: Option<Delivery>,
    /// The channel that it goes to or comes from, if any.
    pub channel: Option<ChannelId>,
    /// When its pace has changed, if it has, and which share of its way it had behind it then.
    pub paced: Option<(Time, f64)>,
}

impl Leg {
    /// A message that goes this way, from and to, in this time, and arrives. No queue waits for it.
    pub(super) const fn new(
        envelope: Box<Envelope>,
        (from, to): (NodeId, NodeId),
        (departed, arrives): (Time, Time),
        toward: Toward,
    ) -> Self {
        let (lost, delivery, channel, paced) = (false, None, None, None);
        Self { envelope, from, to, departed, arrives, lost, toward, delivery, channel, paced }
    }

    /// The share of its way that it has behind it at an instant.
    pub fn share(&self, now: Time) -> f64 {
        let (since, before) = self.paced.unwrap_or((self.departed, 0.0));
        let whole = self.arrives.since(since).as_secs();
        if whole == 0.0 {
            return 1.0;
        }
        before + (1.0 - before) * (now.since(since).as_secs() / whole).min(1.0)
    }
}

/// What a message will be where it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// A message for this channel, at its broker.
    Channel(usize),
    /// A message of this direct channel, in a service's inbox.
    Direct(ChannelId),
    /// A message that this channel's queue hands out, in the inbox of this instance.
    Inbox(ChannelId, usize),
    /// A screen's question, at the service that has the rows.
    Question,
    /// A message to oneself, from earlier. It is kept safe until it is due.
    Self_,
    /// A message for this channel, still with its sender, who sends it again.
    Outbox(ChannelId),
    /// News for a screen, from this channel's broker if it does not come from a service.
    Screen(Option<ChannelId>),
    /// A caller has given up a message of this channel.
    Cancellation(ChannelId),
    /// The answer for a running handler.
    Caller(ReplyTo),
    /// A mail to a person, which finds its way by itself.
    Mail,
}

impl Toward {
    /// Is it under way, and not kept by its sender for later?
    pub const fn travels(self) -> bool {
        !matches!(self, Self::Self_ | Self::Outbox(_))
    }
}

/// A mishap, for showing.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// When.
    pub at: Time,
    /// Where.
    pub node: NodeId,
    /// Which message could not be handled.
    pub message: u64,
    /// Why.
    pub reason: String,
    /// The place in the scenario's text.
    pub place: Place,
}

/// A running scenario.
#[derive(Clone, Debug)]
pub struct World {
    /// What never changes.
    pub plan: Arc<Plan>,
    /// The seed of all chance.
    pub seed: u64,
    /// The knobs' values.
    pub knobs: Vec<Value>,
    /// The services.
    pub services: Vec<Service>,
    /// The brokers.
    pub brokers: Vec<Broker>,
    /// The channels' contents.
    pub channels: Vec<Channel>,
    /// The people's devices.
    pub people: Vec<Device>,
    /// Do people follow their habits?
    pub habits_on: bool,
    /// By class: an interaction that was chosen by hand.
    pub choices: Vec<Option<Interaction>>,
    /// By class and item of the screen: an interaction that was chosen by hand for one form.
    pub form_choices: Map<(ClientId, usize), Interaction>,
    /// Messages under way, by slot.
    pub legs: Vec<Option<Leg>>,
    /// What has become of all messages.
    pub books: Books,
    /// What has truly become of all intents.
    pub truths: Truths,
    /// What holds and what does not.
    pub invariants: Vec<InvariantState>,
    /// What goes wrong.
    pub faults: Faults,
    /// The latest mishaps, oldest first.
    pub troubles: VecDeque<Trouble>,
    /// The latest messages that did not arrive, and when that was, oldest first.
    pub losses: VecDeque<(Time, Leg)>,
    /// By class: how long lists on screens differed from the authority's.
    pub(super) stretches: Vec<Chunks<Span>>,
    /// Workers that wait for room in a channel.
    pub(super) blocked: usize,
    pub(super) free_legs: Vec<usize>,
    /// By sender: its links that have been used, sorted by receiver.
    pub(super) links: Vec<Vec<(NodeId, LinkState)>>,
    /// By person, by habit.
    pub(super) habit_streams: Vec<Vec<Stream>>,
    pub(super) next_message: u64,
    pub(super) next_intent: u64,
    /// Tables that changed in the present reaction, and why they did last.
    pub(super) changed: Vec<(ListAddress, Why)>,
    /// Why what happens now happens.
    pub(super) why: Why,
    /// Intents of which a screen has begun to say that they are so, at one instant; its lists are judged when it is
    /// over.
    pub(super) claimed: Vec<(u64, Time)>,
    /// Emptied before each reaction ends; kept for its memory.
    pub(super) service_effects: Vec<service::Effect>,
    pub(super) device_effects: Vec<client::Effect>,
}

impl World {
    /// How the intents of this class of people are handled now, if the form has no choice of its own.
    pub fn interaction(&self, client: ClientId) -> Interaction {
        self.choices[client]
            .unwrap_or_else(|| self.plan.scenario.clients[client].interaction.resolve(&self.knobs))
    }

    /// How intents of this form are handled now.
    pub fn form_interaction(&self, client: ClientId, item: usize) -> Interaction {
        let own = self.form_choices.get(&(client, item)).copied();
        let said = || self.plan.form(client, item)?.interaction.map(|it| it.resolve(&self.knobs));
        own.or_else(said).unwrap_or_else(|| self.interaction(client))
    }

    /// The value of an expression outside of handlers: about a link, a habit, a list. None when it cannot be computed.
    pub(super) fn value_of(
        &self,
        expression: &Expression,
        chance: Option<&mut Stream>,
        now: Time,
    ) -> Option<Value> {
        let value = expression.evaluate(&mut Scope {
            now,
            knobs: &self.knobs,
            message: &[],
            locals: &[],
            row: &[],
            tables: self,
            chance,
        });
        value.ok()
    }

    /// Is this the device of a person that can reach nobody?
    pub(super) fn is_offline(&self, node: NodeId) -> bool {
        self.plan.person_at(node).is_some_and(|it| !self.people[it].reaches())
    }

    pub(super) fn note_trouble(&mut self, trouble: Trouble) {
        if self.troubles.len() == TROUBLES_MAX {
            self.troubles.pop_front();
        }
        self.troubles.push_back(trouble);
    }

    pub(super) fn note_loss(&mut self, at: Time, leg: Leg) {
        if self.losses.len() == LOSSES_MAX {
            self.losses.pop_front();
        }
        self.losses.push_back((at, leg));
    }

    /// Ends a reaction: what has changed is pushed to the screens that show it, and judged.
    fn finish(&mut self, context: &mut Context<'_, Self>) {
        if !self.changed.is_empty() {
            self.push_changes(context);
            self.compare_screens(context.now);
        }
        if self.blocked > 0 {
            self.promise_room(context);
        }
        self.judge(context);
        self.changed.clear();
    }
}

impl System for World {
    type Occurrence = Occurrence;
    type Input = Input;
    type Record = Record;

    fn start(&mut self, context: &mut Context<'_, Self>) {
        self.start_services(context);
        self.start_people(context);
        self.start_faults(context);
        self.finish(context);
    }

    fn react(&mut self, mut occurrence: Occurrence, context: &mut Context<'_, Self>) {
        self.look_for_own(context.now);
        self.why = self.why_of(&occurrence);
        if self.faults.pause_any() {
            let Some(it) = self.hold_back(occurrence) else { return };
            occurrence = it;
        }
        match occurrence {
            Occurrence::Arrive(slot) => self.arrive(slot, context),
            Occurrence::Worker(service, timer) => {
                self.with_service(service, context, |it, duty| it.wake(timer, duty));
            }
            Occurrence::Room { channel, service, timer } => {
                self.take_room(channel, service, timer, context);
            }
            Occurrence::Boundary(service, fault, timer) => {
                self.pass_boundary((service, fault), timer, context);
            }
            Occurrence::Fault(fault) => self.fault_due(fault, context),
            Occurrence::Undo { fault, strike } => self.undo(fault, Some(strike), context),
            Occurrence::Due { invariant, debt } => self.promise_due(invariant, debt, context),
            Occurrence::Retry(delivery) => self.retry(delivery, context),
            Occurrence::Expire(delivery) => self.expire(delivery, context),
            Occurrence::Rebalance { channel, group, round } => {
                self.rebalance(channel, (group, round), context);
            }
            Occurrence::Replay { channel, service, start } => {
                self.replay((channel, service), start, context);
            }
            Occurrence::Habit { person, habit } => self.follow_habit(person, habit, context),
            Occurrence::Device { person, timer } => {
                let read = self.interaction(self.people[person].client).read;
                // A screen that trusts its lists again asks no more.
                if !matches!(timer.kind, TimerKind::Old(_)) || read == Read::Bounded {
                    self.with_device(person, context, |it, duty| it.wake(timer, duty));
                }
            }
            Occurrence::Poll { person, item } => self.poll(person, item, context),
        }
        self.finish(context);
    }

    fn steer(&mut self, input: Input, context: &mut Context<'_, Self>) {
        self.take_input(input, context);
        self.finish(context);
    }
}

/// The tables of all services, for invariants.
impl Tables for World {
    fn table(&self, service: ServiceId, table: TableId) -> &Table {
        self.services[service].table(0, table)
    }
}
