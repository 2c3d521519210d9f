//! Room in channels whose senders wait for it: who waits, and whose turn it is.
//!
//! The broker counts what waits, what is on its way to it, and what it has promised to senders; they take turns.

use super::state::{Occurrence, World};
use crate::language::scenario::{self, ChannelId, ServiceId};
use crate::service::Timer;
use crate::sim::Context;

use super::queues::Channel;

/// How many more messages a channel can take from senders that wait for room.
pub(super) fn room(definition: &scenario::Channel, contents: &Channel) -> usize {
    let capacity = definition.capacity.map_or(usize::MAX, |it| it.0 as usize);
    let waiting: usize = contents.queues.iter().map(|it| it.waiting().len()).sum();
    capacity.saturating_sub(waiting + contents.under_way + contents.promised)
}

impl World {
    /// A worker waits until a channel has room.
    pub(super) fn wait_for_room(&mut self, channel: ChannelId, service: ServiceId, timer: Timer) {
        self.channels[channel].blocked.push_back((service, timer));
        self.blocked += 1;
    }

    /// Promises the room that there is to those who wait for it, in their order.
    pub(super) fn promise_room(&mut self, context: &mut Context<'_, Self>) {
        let plan = self.plan.clone();
        for (channel, definition) in plan.scenario.channels.iter().enumerate() {
            while room(definition, &self.channels[channel]) > 0
                && let Some((service, timer)) = self.channels[channel].blocked.pop_front()
            {
                self.blocked -= 1;
                self.channels[channel].promised += 1;
                context.at(context.now, Occurrence::Room { channel, service, timer });
            }
        }
    }

    /// A worker gets the room that was promised to it. If it is gone, the next one has its turn.
    pub(super) fn take_room(
        &mut self,
        channel: ChannelId,
        service: ServiceId,
        timer: Timer,
        context: &mut Context<'_, Self>,
    ) {
        self.channels[channel].promised -= 1;
        self.with_service(service, context, |it, duty| it.wake(timer, duty));
    }
}
