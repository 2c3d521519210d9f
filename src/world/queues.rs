//! Channels at their brokers: takes messages in, hands them out, deals with what comes back.

use std::collections::VecDeque;

use super::books::End;
use super::input::id32;
use super::logs::{LogState, key};
use super::plan::Plan;
use super::record::What;
use super::state::{Occurrence, Toward, World};
use crate::base::{Span, Time};
use crate::broker::{Fate, Label, Queue};
use crate::language::Value;
use crate::language::expression::Scope;
use crate::language::scenario::{self, ChannelId, ChannelKind, ServiceId, WhenFull};
use crate::service::{Content, Delivery, Envelope, Timer};
use crate::sim::Context;

/// The contents of a channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// One queue for all readers, or one for each reader of a topic, or of a log for each reader one for each
    /// partition, or none for a direct channel.
    pub queues: Vec<Queue<Box<Envelope>>>,
    /// What a log keeps, and who reads it.
    pub log: Option<Box<LogState>>,
    /// Messages that are on their way to it.
    pub under_way: usize,
    /// Room that has been promised to senders.
    pub(super) promised: usize,
    /// Workers that wait for room, in their order.
    pub blocked: VecDeque<(ServiceId, Timer)>,
    /// Messages that nobody's binding fitted.
    pub unroutable: u64,
    /// The latest of them, oldest first.
    pub latest_unroutable: VecDeque<Box<Envelope>>,
}

impl Channel {
    pub(super) fn new(plan: &Plan, channel: ChannelId) -> Self {
        let definition = &plan.scenario.channels[channel];
        let instances = |it: &ServiceId| plan.scenario.services[*it].instances as usize;
        let queue = |readers| {
            Queue::new(readers, definition.attempts, definition.prefetch.unwrap_or(u32::MAX))
        };
        let queues = match definition.kind {
            ChannelKind::Queue { .. } => vec![queue(plan.processes[channel].len())],
            ChannelKind::Topic { .. } => {
                definition.readers.iter().map(|it| queue(instances(it))).collect()
            }
            ChannelKind::Log { .. } => {
                let partitions = definition.log.map_or(1, |it| it.partitions);
                // One at a time, so that each partition keeps its order.
                let queue = Queue::new(1, definition.attempts, 1);
                vec![queue; partitions * definition.readers.len()]
            }
            ChannelKind::Direct => Vec::new(),
        };
        let members = definition.readers.iter().map(instances);
        let log = definition.log.map(|it| Box::new(LogState::new(&it, members)));
        Self { queues, log, ..Self::default() }
    }
}

impl World {
    /// A broker takes a message in.
    pub(super) fn accept(
        &mut self,
        channel: ChannelId,
        envelope: Box<Envelope>,
        context: &mut Context<'_, Self>,
    ) {
        let node = self.plan.entry(channel);
        let what = What::Queued { message: envelope.id, channel: id32(channel) };
        self.record(node, what, context);
        self.confirm(&envelope, node, Some(channel), context);
        match self.plan.scenario.channels[channel].kind {
            ChannelKind::Queue { .. } => {
                self.store(channel, 0, envelope, context);
            }
            ChannelKind::Topic { .. } => self.fan_out(channel, envelope, None, context),
            ChannelKind::Log { .. } => {
                let partition = self.append(channel, &envelope, context);
                self.fan_out(channel, envelope, partition, context);
            }
            ChannelKind::Direct => unreachable!("law: direct channels have no broker"),
        }
    }

    /// Would one more message meet the bound of this queue, and is this what happens then?
    pub(super) fn is_full(&self, channel: ChannelId, queue: usize, then: WhenFull) -> bool {
        let bound = self.plan.scenario.channels[channel].capacity;
        bound.is_some_and(|(capacity, when_full)| {
            when_full == then
                && self.channels[channel].queues[queue].waiting().len() >= capacity as usize
        })
    }

    /// Does a message not get in where it goes, because there is no room?
    pub(super) fn is_rejected(&self, toward: Toward) -> bool {
        match toward {
            Toward::Channel(channel) => match self.plan.scenario.channels[channel].kind {
                ChannelKind::Queue { .. } => self.is_full(channel, 0, WhenFull::Reject),
                // The readers of a topic have their own queues.
                ChannelKind::Topic { .. } | ChannelKind::Log { .. } | ChannelKind::Direct => false,
            },
            _ => false,
        }
    }

    /// Puts a message into a queue that has room, or makes room.
    pub(super) fn store(
        &mut self,
        channel: ChannelId,
        queue: usize,
        envelope: Box<Envelope>,
        context: &mut Context<'_, Self>,
    ) {
        let node = self.plan.entry(channel);
        if self.is_full(channel, queue, WhenFull::DropOldest)
            && let Some(oldest) = self.channels[channel].queues[queue].drop_oldest().cloned()
        {
            self.copy_ends(&oldest, End::DeadLettered, node, context);
        }
        let label = label(&self.plan.scenario.channels[channel], &envelope.content);
        let contents = &mut self.channels[channel].queues[queue];
        let tag = match label {
            Some(label) => contents.accept_as(envelope, label),
            None => contents.accept(envelope),
        };
        if let Some(time_to_live) = self.plan.scenario.channels[channel].time_to_live {
            context.after(time_to_live, Occurrence::Expire(Delivery { channel, queue, tag }));
        }
        self.hand_out(channel, queue, context);
    }

    /// A message has been in a queue for as long as it may.
    pub(super) fn expire(&mut self, delivery: Delivery, context: &mut Context<'_, Self>) {
        let Delivery { channel, queue, tag } = delivery;
        if self.channels[channel].log.is_some() {
            return self.outlived(channel, (queue, tag), context);
        }
        if let Some(expired) = self.channels[channel].queues[queue].expire(tag).cloned() {
            self.copy_ends(&expired, End::DeadLettered, self.plan.entry(channel), context);
        }
    }

    /// Hands out as much as the readers can take.
    pub(super) fn hand_out(
        &mut self,
        channel: ChannelId,
        queue: usize,
        context: &mut Context<'_, Self>,
    ) {
        let node = self.plan.entry(channel);
        while let Some(handed) = self.channels[channel].queues[queue].hand_out() {
            let (reader, instance) = self.reader(channel, queue, handed.reader);
            let extra = self.channel_delay(channel, node, reader, context.now);
            let mut delivery = Some(Delivery { channel, queue, tag: handed.tag });
            if self.plan.scenario.channels[channel].forgets_early {
                self.channels[channel].queues[queue].acknowledge(handed.tag);
                delivery = None;
            }
            let mut envelope = handed.item;
            envelope.attempt = handed.attempt;
            let toward = Toward::Inbox(channel, instance);
            self.dispatch(envelope, (node, reader), toward, extra, delivery, context);
        }
    }

    /// Which service, and which of its instances, stands behind a reader's number.
    pub(super) fn reader(
        &self,
        channel: ChannelId,
        queue: usize,
        reader: usize,
    ) -> (ServiceId, usize) {
        let definition = &self.plan.scenario.channels[channel];
        match definition.kind {
            ChannelKind::Topic { .. } => (definition.readers[queue], reader),
            ChannelKind::Log { .. } => {
                let (group, owner) = self.owner(channel, queue);
                (definition.readers[group], owner)
            }
            _ => self.plan.processes[channel][reader],
        }
    }

    /// A reader has handled what it was handed.
    pub(super) fn acknowledge(&mut self, delivery: Delivery, context: &mut Context<'_, Self>) {
        let Delivery { channel, queue, tag } = delivery;
        let known = self.channels[channel].queues[queue].acknowledge(tag);
        assert!(known, "law: what is handled was held");
        self.hand_out(channel, queue, context);
    }

    /// A reader could not handle what it was handed. True when that made it a dead letter.
    pub(super) fn delivery_failed(
        &mut self,
        delivery: Delivery,
        context: &mut Context<'_, Self>,
    ) -> bool {
        let Delivery { channel, queue, tag } = delivery;
        let fate = self.channels[channel].queues[queue].fail(tag);
        self.retry_later(fate, delivery, context);
        self.hand_out(channel, queue, context);
        fate == Fate::Dead
    }

    /// A reader does not want what it was handed: nobody tries again.
    pub(super) fn delivery_refused(&mut self, delivery: Delivery, context: &mut Context<'_, Self>) {
        let Delivery { channel, queue, tag } = delivery;
        let known = self.channels[channel].queues[queue].refuse(tag);
        assert!(known, "law: what is refused was held");
        self.hand_out(channel, queue, context);
    }

    /// What was handed out did not arrive.
    pub(super) fn delivery_lost(
        &mut self,
        delivery: Delivery,
        envelope: &Envelope,
        context: &mut Context<'_, Self>,
    ) {
        let Delivery { channel, queue, tag } = delivery;
        let fate = self.channels[channel].queues[queue].lose(tag);
        self.retry_later(fate, delivery, context);
        if fate == Fate::Dead {
            self.copy_ends(envelope, End::DeadLettered, self.plan.entry(channel), context);
        }
    }

    fn retry_later(&mut self, fate: Fate, delivery: Delivery, context: &mut Context<'_, Self>) {
        if let Fate::Retry(attempts) = fate {
            let wait = self.redelivery_delay(delivery.channel, attempts, context.now);
            context.after(wait, Occurrence::Retry(delivery));
        }
    }

    /// How long a broker waits before it hands a message out again, when it has done so this often without success.
    pub fn redelivery_delay(&self, channel: ChannelId, attempts: u32, now: Time) -> Span {
        let delay = &self.plan.scenario.channels[channel].redelivery_delay;
        let value = delay.evaluate(&mut Scope {
            now,
            knobs: &self.knobs,
            message: &[],
            locals: &[Value::Int(attempts.into())],
            row: &[],
            tables: self,
            chance: None,
        });
        value.ok().and_then(|it| it.as_span()).unwrap_or_default()
    }

    /// A person puts a dead letter back: a copy of it begins, and is tried as if it had never been. Nothing happens
    /// when
    /// the channel has no such letter, or its broker is not there.
    pub(super) fn redeliver(
        &mut self,
        channel: ChannelId,
        message: u64,
        context: &mut Context<'_, Self>,
    ) {
        let node = self.plan.entry(channel);
        if !self.is_up(node) {
            return;
        }
        for queue in 0..self.channels[channel].queues.len() {
            let contents = &mut self.channels[channel].queues[queue];
            let Some(mut letter) = contents.exhume(|it| it.id == message) else { continue };
            letter.attempt = 0;
            self.copy_begins(&letter);
            self.record(node, What::Returned { message, channel: id32(channel) }, context);
            self.store(channel, queue, letter, context);
            return;
        }
    }

    /// The wait before another attempt is over.
    pub(super) fn retry(&mut self, delivery: Delivery, context: &mut Context<'_, Self>) {
        let Delivery { channel, queue, tag } = delivery;
        self.channels[channel].queues[queue].retry(tag);
        self.hand_out(channel, queue, context);
    }

    /// An instance of a service connects to its channels, or its connection breaks.
    pub(super) fn connect(
        &mut self,
        (service, instance): (ServiceId, usize),
        ready: bool,
        context: &mut Context<'_, Self>,
    ) {
        let plan = self.plan.clone();
        for (channel, definition) in plan.scenario.channels.iter().enumerate() {
            let process = plan.processes[channel].iter().position(|it| *it == (service, instance));
            let queue = definition.readers.iter().position(|it| *it == service);
            let (Some(process), Some(queue)) = (process, queue) else { continue };
            let (queue, reader) = match definition.kind {
                ChannelKind::Queue { .. } => (0, process),
                ChannelKind::Topic { .. } => (queue, instance),
                ChannelKind::Log { .. } => {
                    let is_there = ready && self.is_up(plan.entry(channel));
                    self.member(channel, (queue, instance), is_there, context);
                    continue;
                }
                ChannelKind::Direct => continue,
            };
            let is_up = self.is_up(plan.entry(channel));
            self.channels[channel].queues[queue].set_ready(reader, ready && is_up);
            self.hand_out(channel, queue, context);
        }
    }
}

/// What decides about a message's turn, if the channel looks at that.
pub(super) fn label(channel: &scenario::Channel, content: &Content) -> Option<Label> {
    if channel.log.is_some() {
        // What one partition holds for one group belongs together.
        return Some(Label { priority: 0, key: Some(0) });
    }
    if channel.priority.is_none() && channel.key.is_none() {
        return None;
    }
    let Content::Message { message, body } = content else { return None };
    let priority = channel.priority.as_ref().and_then(|it| it.of(*message, body));
    let priority = if let Some(Value::Int(it)) = priority { *it } else { 0 };
    Some(Label { priority, key: channel.key.as_ref().and_then(|it| key(it, content)) })
}
