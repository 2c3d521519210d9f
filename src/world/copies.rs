//! What a person does by hand to a message: loses it, doubles it, holds it up, lets it overtake.
//!
//! Copies that are on a link are meant, and those that wait at a broker or in an inbox; a copy in somebody's hands is
//! out of reach. The books hold: whatever is done, each copy still begins once and ends once.

use super::input::id32;
use super::record::{Meddling, What};
use super::rooms::room;
use super::state::{Leg, Occurrence, Toward, World};
use crate::base::{Span, Time};
use crate::language::scenario::{ChannelId, ChannelKind, ServiceId};
use crate::service::{Delivery, Envelope, NodeId};
use crate::sim::Context;

/// Copies of a message: all of them, or those that are for one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copies {
    /// The message.
    pub message: u64,
    /// Where they go or wait.
    pub to: Option<NodeId>,
}

/// What is done to copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Lose,
    Duplicate,
    Delay(Span),
    Overtake,
}

/// Where a copy is within a person's reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    /// On a link: a slot among the legs.
    Air(usize),
    /// At a broker. It waits there for a reader, or for another attempt.
    Queue { channel: ChannelId, queue: usize, retrying: bool },
    /// In the inbox of an instance.
    Inbox(ServiceId, usize),
}

impl Leg {
    /// Is it on a link, where something can be done to it?
    pub fn is_in_the_air(&self) -> bool {
        self.toward.travels() && !self.lost
    }

    /// Mails find their way by themselves, and what is held up at a door is there already.
    fn is_on_a_link(&self) -> bool {
        self.is_in_the_air() && self.toward != Toward::Mail && self.from != self.to
    }

    /// Did it leave on the same link, before the other one?
    fn is_ahead_of(&self, other: &Self) -> bool {
        let left = |it: &Self| (it.departed, it.envelope.id);
        self.is_on_a_link()
            && other.is_on_a_link()
            && (self.from, self.to) == (other.from, other.to)
            && left(self) < left(other)
    }
}

impl World {
    /// Does something to copies of a message, wherever they are within reach.
    pub(super) fn do_to_copies(
        &mut self,
        copies: Copies,
        deed: Deed,
        context: &mut Context<'_, Self>,
    ) {
        for spot in self.spots(copies) {
            if self.hinders(spot, copies.message, deed).is_none() {
                let meddled = |how| What::Meddled { how, with: copies.message };
                let what = match deed {
                    Deed::Lose => What::Snatched { message: copies.message },
                    Deed::Duplicate => meddled(Meddling::Duplicated),
                    Deed::Delay(_) => meddled(Meddling::Delayed),
                    Deed::Overtake => meddled(Meddling::Overtook),
                };
                self.record(self.node_of(spot), what, context);
                match spot {
                    Spot::Air(slot) => self.do_in_the_air(slot, deed, context),
                    Spot::Queue { channel, queue, .. } => {
                        self.do_in_queue((channel, queue), copies.message, deed, context);
                    }
                    Spot::Inbox(service, instance) => {
                        self.do_in_inbox((service, instance), copies.message, deed, context);
                    }
                }
            }
        }
    }

    /// Why nothing of this kind can be done to these copies now; `None` when it can.
    pub(super) fn hindrance(&self, copies: Copies, deed: Deed) -> Option<&'static str> {
        let mut hindrance = Some("No copy of it is under way or waits");
        for spot in self.spots(copies) {
            hindrance = self.hinders(spot, copies.message, deed);
            if hindrance.is_none() {
                break;
            }
        }
        hindrance
    }

    /// The nodes for which there are copies of a message within reach, each once.
    pub fn goals(&self, message: u64) -> Vec<NodeId> {
        let mut goals = Vec::new();
        for spot in self.spots(Copies { message, to: None }) {
            crate::base::sorted::insert(&mut goals, self.goal(spot));
        }
        goals
    }

    /// Where copies of a message are within reach.
    fn spots(&self, copies: Copies) -> Vec<Spot> {
        let is_meant = |it: &Envelope| it.id == copies.message;
        let legs = self.legs.iter().enumerate();
        let legs = legs.filter(|(_, leg)| {
            leg.as_ref().is_some_and(|it| it.is_in_the_air() && is_meant(&it.envelope))
        });
        let mut spots: Vec<Spot> = legs.map(|it| Spot::Air(it.0)).collect();
        for (channel, contents) in self.channels.iter().enumerate() {
            for (queue, it) in contents.queues.iter().enumerate() {
                let spot = |retrying| move |_| Spot::Queue { channel, queue, retrying };
                spots.extend(it.waiting().filter(|it| is_meant(it)).map(spot(false)));
                spots.extend(it.retrying().filter(|it| is_meant(it)).map(spot(true)));
            }
        }
        for (id, service) in self.services.iter().enumerate() {
            for (index, instance) in service.instances.iter().enumerate() {
                let there = instance.inbox.iter().filter(|it| is_meant(&it.envelope));
                spots.extend(there.map(|_| Spot::Inbox(id, index)));
            }
        }
        spots.retain(|it| copies.to.is_none_or(|to| to == self.goal(*it)));
        spots
    }

    /// The node for which a copy is: what waits in a reader's own queue is for that reader.
    fn goal(&self, spot: Spot) -> NodeId {
        match spot {
            Spot::Air(slot) => self.legs[slot].as_ref().map_or(0, |it| it.to),
            Spot::Inbox(service, _) => service,
            Spot::Queue { channel, queue, .. } => {
                let definition = &self.plan.scenario.channels[channel];
                match (definition.kind, definition.log) {
                    (ChannelKind::Topic { .. }, _) => definition.readers[queue],
                    (ChannelKind::Log { .. }, Some(log)) => {
                        definition.readers[queue / log.partitions]
                    }
                    _ => self.plan.entry(channel),
                }
            }
        }
    }

    /// The node at which something is done.
    fn node_of(&self, spot: Spot) -> NodeId {
        match spot {
            Spot::Air(slot) => self.legs[slot].as_ref().map_or(0, |it| it.from),
            Spot::Inbox(service, _) => service,
            Spot::Queue { channel, .. } => self.plan.entry(channel),
        }
    }

    /// Why this cannot be done to a copy there.
    fn hinders(&self, spot: Spot, message: u64, deed: Deed) -> Option<&'static str> {
        let is_first = |is_first: bool| is_first.then_some("Nothing is ahead of it");
        match (deed, spot) {
            (_, Spot::Air(slot)) if self.legs[slot].is_none() => Some("It goes another way by now"),
            (Deed::Duplicate, Spot::Queue { channel, .. }) => {
                let definition = &self.plan.scenario.channels[channel];
                let has_room = room(definition, &self.channels[channel]) > 0;
                (!has_room).then_some("The channel has no room for a second copy")
            }
            (Deed::Delay(_) | Deed::Overtake, Spot::Queue { retrying: true, .. }) => {
                Some("It waits for another attempt already")
            }
            (Deed::Overtake, Spot::Queue { channel, .. })
                if self.plan.scenario.channels[channel].log.is_some() =>
            {
                Some("A partition of a log is read in order")
            }
            (Deed::Overtake, Spot::Air(slot)) => {
                let leg = self.legs[slot].as_ref()?;
                is_first(!self.legs.iter().flatten().any(|it| it.is_ahead_of(leg)))
            }
            (Deed::Overtake, Spot::Queue { channel, queue, .. }) => {
                let mut waiting = self.channels[channel].queues[queue].waiting();
                is_first(waiting.next().is_some_and(|it| it.id == message))
            }
            (Deed::Overtake, Spot::Inbox(service, instance)) => {
                let mut waiting = self.services[service].instances[instance].inbox.iter();
                is_first(waiting.next().is_some_and(|it| it.envelope.id == message))
            }
            _ => None,
        }
    }

    /// A second copy on a link. Nobody knows of it: neither a queue nor an outbox waits for what becomes of it.
    pub(super) fn send_twin(&mut self, mut twin: Leg, context: &mut Context<'_, Self>) {
        twin.delivery = None;
        twin.envelope.outbox = false;
        self.copy_begins(&twin.envelope);
        let what = self.sending(&twin);
        self.record(twin.from, what, context);
        let arrives = twin.arrives;
        self.schedule_leg(twin, arrives, context);
    }

    fn do_in_the_air(&mut self, slot: usize, deed: Deed, context: &mut Context<'_, Self>) {
        let now = context.now;
        match deed {
            Deed::Duplicate => {
                if let Some(leg) = self.legs[slot].clone() {
                    self.send_twin(leg, context);
                }
            }
            Deed::Lose => {
                if let Some(leg) = self.take_leg(slot) {
                    self.lose(leg, context);
                }
            }
            Deed::Delay(span) => {
                let Some(leg) = self.legs[slot].clone() else { return };
                let until = leg.arrives.max(now) + span;
                let keeps_order = leg.is_on_a_link() && {
                    let link = self.link(leg.from, leg.to);
                    self.links[leg.from][link].1.hold_up(until)
                };
                let behind = |it: &Leg| keeps_order && leg.is_ahead_of(it) && it.arrives < until;
                let mut slots = self.way_slots(behind);
                slots.insert(0, slot);
                for slot in slots {
                    self.rearrange(slot, until, context);
                }
            }
            Deed::Overtake => {
                let Some(leg) = self.legs[slot].clone() else { return };
                let mut slots =
                    self.way_slots(|it| it.is_ahead_of(&leg) && it.arrives <= leg.arrives);
                slots.push(slot);
                let arrivals = slots.iter().filter_map(|it| self.legs[*it].as_ref());
                let arrivals: Vec<Time> = arrivals.map(|it| it.arrives).collect();
                // The same instants, in another order: the last one comes first, and each other one place later.
                slots.rotate_right(1);
                for (slot, arrives) in slots.into_iter().zip(arrivals) {
                    self.rearrange(slot, arrives, context);
                }
            }
        }
    }

    /// The slots of legs, in the order in which they arrive.
    fn way_slots(&self, is_meant: impl Fn(&Leg) -> bool) -> Vec<usize> {
        let legs = self.legs.iter().enumerate();
        let legs = legs
            .filter_map(|(slot, it)| it.as_ref().filter(|it| is_meant(it)).map(|it| (it, slot)));
        let mut slots: Vec<_> =
            legs.map(|(it, slot)| (it.arrives, it.departed, it.envelope.id, slot)).collect();
        slots.sort_unstable();
        slots.into_iter().map(|it| it.3).collect()
    }

    /// A leg goes on at another pace, so that it arrives then.
    fn rearrange(&mut self, slot: usize, arrives: Time, context: &mut Context<'_, Self>) {
        let Some(mut leg) = self.take_leg(slot) else { return };
        leg.paced = Some((context.now, leg.share(context.now)));
        leg.arrives = arrives;
        self.schedule_leg(leg, arrives, context);
    }

    fn do_in_queue(
        &mut self,
        (channel, queue): (ChannelId, usize),
        message: u64,
        deed: Deed,
        context: &mut Context<'_, Self>,
    ) {
        let contents = &mut self.channels[channel].queues[queue];
        match deed {
            Deed::Lose => {
                if let Some(gone) = contents.withdraw(|it| it.id == message) {
                    let (node, goal) = (
                        self.plan.entry(channel),
                        self.goal(Spot::Queue { channel, queue, retrying: false }),
                    );
                    self.lose_copy(&gone, (node, goal), context);
                }
            }
            Deed::Duplicate => {
                let mut copies = contents.waiting().chain(contents.retrying());
                let copy = copies.find(|it| it.id == message).cloned();
                drop(copies);
                if let Some(copy) = copy {
                    self.copy_begins(&copy);
                    self.store(channel, queue, copy, context);
                }
            }
            Deed::Delay(span) => {
                if let Some(tag) = contents.postpone(|it| it.id == message) {
                    context.after(span, Occurrence::Retry(Delivery { channel, queue, tag }));
                }
            }
            Deed::Overtake => {
                contents.overtake(|it| it.id == message);
            }
        }
    }

    fn do_in_inbox(
        &mut self,
        (service, instance): (ServiceId, usize),
        message: u64,
        deed: Deed,
        context: &mut Context<'_, Self>,
    ) {
        let is_meant = |it: &Envelope| it.id == message;
        let inbox = &mut self.services[service].instances[instance].inbox;
        match deed {
            Deed::Lose => {
                let Some(gone) = inbox.withdraw(is_meant) else { return };
                match gone.delivery {
                    Some(delivery) => {
                        let name =
                            gone.envelope.content.name_index(self.plan.scenario.messages.len());
                        let (name, to) = (id32(name), id32(service));
                        let what = What::Lost { message, name, to, held: true };
                        self.record(service, what, context);
                        self.delivery_lost(delivery, &gone.envelope, context);
                    }
                    None => self.lose_copy(&gone.envelope, (service, service), context),
                }
            }
            Deed::Duplicate => {
                let copy = inbox.iter().find(|it| is_meant(&it.envelope));
                if let Some(copy) = copy.map(|it| it.envelope.clone()) {
                    self.copy_begins(&copy);
                    self.with_service(service, context, |it, duty| {
                        it.receive(instance, copy, None, duty);
                    });
                }
            }
            Deed::Delay(span) => {
                let Some(held_up) = inbox.withdraw(is_meant) else { return };
                let channel = held_up.delivery.map_or(0, |it| it.channel);
                // It stands before the door for so long.
                let times = (context.now, context.now + span);
                let toward = Toward::Inbox(channel, instance);
                let leg = Leg::new(held_up.envelope, (service, service), times, toward);
                let leg = Leg { delivery: held_up.delivery, ..leg };
                self.schedule_leg(leg, times.1, context);
            }
            Deed::Overtake => {
                inbox.overtake(is_meant);
            }
        }
    }
}
