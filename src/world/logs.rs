//! Logs at their brokers: what they keep, who reads which partition, and reading again.
//!
//! What a group has not read yet lies in queues of its own, one for each partition, so that handing out,
//! attempts and dead letters are those of all channels. What the log keeps besides is there to be read again.

use std::sync::Arc;

use super::books::End;
use super::queues::label;
use super::record::digest_of;
use super::state::{Occurrence, World};
use crate::broker::{Group, Log, Start};
use crate::language::Value;
use crate::language::scenario::{ChannelId, LogOptions, MessageField, ServiceId};
use crate::service::{Content, Delivery, Envelope};
use crate::sim::Context;

/// What a log has besides the queues of its groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogState {
    /// What it keeps.
    pub log: Log<Arc<Envelope>>,
    /// By reader: who of its instances owns what.
    pub groups: Vec<Group>,
}

impl LogState {
    /// An empty log, whose readers have so many members each.
    pub(super) fn new(options: &LogOptions, members: impl Iterator<Item = usize>) -> Self {
        let log = Log::new(options.partitions, options.is_compacted);
        Self { log, groups: members.map(|it| Group::new(it, options.partitions)).collect() }
    }

    /// Which of the channel's queues holds what a group has not read of a partition.
    pub fn queue(&self, group: usize, partition: usize) -> usize {
        group * self.log.partitions() + partition
    }
}

/// One of a log's partitions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partition {
    place: usize,
    count: usize,
}

impl Partition {
    /// Which queue of the channel a group reads it from.
    pub(super) const fn queue(self, group: usize) -> usize {
        group * self.count + self.place
    }
}

impl World {
    fn log_state(&mut self, channel: ChannelId) -> &mut LogState {
        self.channels[channel].log.as_mut().expect("law: a log has a log's state")
    }

    /// Keeps a message, and forgets what it must not keep any more. Returns where it is.
    pub(super) fn append(
        &mut self,
        channel: ChannelId,
        envelope: &Envelope,
        context: &mut Context<'_, Self>,
    ) -> Option<Partition> {
        let plan = self.plan.clone();
        let definition = &plan.scenario.channels[channel];
        let options = definition.log?;
        let key = definition.key.as_ref().and_then(|it| key(it, &envelope.content));
        let log = &mut self.log_state(channel).log;
        let (place, offset, replaced) = log.append(key, context.now, Arc::new(envelope.clone()));
        if let Some(replaced) = replaced {
            self.forgotten(channel, place, &replaced, End::Cancelled, context);
        }
        while options.messages < self.log_state(channel).log.count()
            && let Some((place, oldest)) = self.log_state(channel).log.forget_oldest()
        {
            self.forgotten(channel, place, &oldest, End::Lost, context);
        }
        if let Some(age) = options.age {
            let delivery = Delivery { channel, queue: place, tag: offset };
            context.after(age, Occurrence::Expire(delivery));
        }
        Some(Partition { place, count: options.partitions })
    }

    /// A log has kept a message for as long as it does.
    pub(super) fn outlived(
        &mut self,
        channel: ChannelId,
        (partition, offset): (usize, u64),
        context: &mut Context<'_, Self>,
    ) {
        if let Some(gone) = self.log_state(channel).log.forget(partition, offset) {
            self.forgotten(channel, partition, &gone, End::Lost, context);
        }
    }

    /// A log has forgotten a message: groups that have not read it never will.
    fn forgotten(
        &mut self,
        channel: ChannelId,
        partition: usize,
        gone: &Envelope,
        end: End,
        context: &mut Context<'_, Self>,
    ) {
        let node = self.plan.entry(channel);
        for group in 0..self.log_state(channel).groups.len() {
            let queue = self.log_state(channel).queue(group, partition);
            let unread = self.channels[channel].queues[queue].withdraw(|it| it.id == gone.id);
            match unread {
                Some(unread) if end == End::Lost => self.lose_copy(&unread, (node, node), context),
                Some(unread) => self.copy_ends(&unread, end, node, context),
                None => {}
            }
        }
    }

    /// Which group a queue belongs to, and who of it is handed what lies there.
    pub(super) fn owner(&self, channel: ChannelId, queue: usize) -> (usize, usize) {
        let state = self.channels[channel].log.as_ref().expect("law: a log has a log's state");
        let count = state.log.partitions();
        let (group, partition) = (queue / count, queue % count);
        (group, state.groups[group].owner(partition).expect("law: only owners are ready"))
    }

    /// A process of a group comes or goes: the group stands still until its partitions are handed over.
    pub(super) fn member(
        &mut self,
        channel: ChannelId,
        (group, member): (usize, usize),
        is_there: bool,
        context: &mut Context<'_, Self>,
    ) {
        let Some(options) = self.plan.scenario.channels[channel].log else { return };
        if self.log_state(channel).groups[group].note(member, is_there) {
            let round = self.log_state(channel).groups[group].round;
            for partition in 0..options.partitions {
                let queue = self.log_state(channel).queue(group, partition);
                self.channels[channel].queues[queue].set_ready(0, false);
            }
            context.after(options.rebalance, Occurrence::Rebalance { channel, group, round });
        }
    }

    /// The time is over that a group needs to hand its partitions over, unless somebody has come or gone since.
    pub(super) fn rebalance(
        &mut self,
        channel: ChannelId,
        (group, round): (usize, u32),
        context: &mut Context<'_, Self>,
    ) {
        if self.log_state(channel).groups[group].round != round {
            return;
        }
        for partition in self.log_state(channel).groups[group].assign() {
            let queue = self.log_state(channel).queue(group, partition);
            self.take_back_from_readers(channel, queue);
        }
        for partition in 0..self.log_state(channel).log.partitions() {
            let state = self.log_state(channel);
            let (queue, owner) =
                (state.queue(group, partition), state.groups[group].owner(partition));
            self.channels[channel].queues[queue].set_ready(0, owner.is_some());
            self.hand_out(channel, queue, context);
        }
    }

    /// What has been handed out is not waited for any more: it is a copy of its own, and waits here again.
    fn take_back_from_readers(&mut self, channel: ChannelId, queue: usize) {
        for envelope in self.cut_off(|it| it.channel == channel && it.queue == queue) {
            self.copy_begins(&envelope);
        }
        let dead = self.channels[channel].queues[queue].recall();
        assert!(dead.is_empty(), "law: nothing that a log hands out has a time to live");
    }

    /// The broker of a log is gone, and with it what it does not keep safe. Its groups have to form again.
    pub(super) fn disband(&mut self, channel: ChannelId, is_durable: bool) {
        if let Some(state) = &mut self.channels[channel].log {
            state.groups.iter_mut().for_each(Group::disband);
            if !is_durable {
                state.log.clear();
            }
        }
    }

    /// A group reads again what a log keeps from there on, and then what it has not read yet.
    pub(super) fn replay(
        &mut self,
        (channel, service): (ChannelId, ServiceId),
        start: Start,
        context: &mut Context<'_, Self>,
    ) {
        let plan = self.plan.clone();
        let definition = &plan.scenario.channels[channel];
        let Some(group) = definition.readers.iter().position(|it| *it == service) else { return };
        let handles = |it: &Envelope| match it.content {
            Content::Message { message, .. } => plan.scenario.services[service].handler(message),
            _ => None,
        };
        for partition in 0..self.log_state(channel).log.partitions() {
            let queue = self.log_state(channel).queue(group, partition);
            self.take_back_from_readers(channel, queue);
            let mut unread = self.channels[channel].queues[queue].clear();
            let log = &self.log_state(channel).log;
            let kept = log.since(partition, start).map(|it| it.item.clone());
            let again: Vec<Arc<Envelope>> = kept.filter(|it| handles(it).is_some()).collect();
            // What is unread and older than the start comes first; the rest is among what is read again.
            for envelope in &again {
                match unread.iter().position(|it| it.id == envelope.id) {
                    Some(place) => drop(unread.remove(place)),
                    None => self.copy_begins(envelope),
                }
            }
            let again = again.iter().map(|it| Box::new(Envelope::clone(it)));
            for envelope in unread.into_iter().chain(again) {
                let label = label(definition, &envelope.content).unwrap_or_default();
                self.channels[channel].queues[queue].accept_as(envelope, label);
            }
            self.hand_out(channel, queue, context);
        }
    }

    /// For each partition of a log: the offset that comes next, and for each group how much of it is unread.
    pub fn positions(&self, channel: ChannelId) -> Vec<(u64, Vec<usize>)> {
        let contents = &self.channels[channel];
        let Some(state) = &contents.log else { return Vec::new() };
        let unread = |group, partition| {
            let queue = &contents.queues[state.queue(group, partition)];
            queue.waiting().len() + queue.held().len()
        };
        let groups = state.groups.len();
        (0..state.log.partitions())
            .map(|it| {
                (state.log.next_offset(it), (0..groups).map(|group| unread(group, it)).collect())
            })
            .collect()
    }
}

/// What says which messages belong together.
pub(super) fn key(field: &MessageField, content: &Content) -> Option<u64> {
    let Content::Message { message, body } = content else { return None };
    let value = field.of(*message, body).filter(|it| **it != Value::Null)?;
    Some(digest_of(std::slice::from_ref(value)))
}
