//! Brokers crash and come back, and what becomes of their channels then.
//!
//! A crash breaks every connection to the broker. What readers have in hand they go on with, but nobody waits for
//! their acknowledgement any more: a channel that is durable has the message as well, and hands it out again.

use super::books::End;
use super::record::What;
use super::state::World;
use crate::language::scenario::ChannelId;
use crate::service::{Delivery, Envelope, NodeId};
use crate::sim::Context;

/// A broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broker {
    /// Is the process there? A crashed one takes nothing and hands nothing out.
    pub up: bool,
    /// How often it has crashed.
    pub crashes: u64,
}

impl Broker {
    pub(super) const fn new() -> Self {
        Self { up: true, crashes: 0 }
    }
}

impl World {
    /// Is the process at this node there? A person's device always is.
    #[inline]
    pub fn is_up(&self, node: NodeId) -> bool {
        match self.services.get(node) {
            Some(service) => service.is_up(),
            None => self.brokers.get(node - self.services.len()).is_none_or(|it| it.up),
        }
    }

    /// The channels that live on a broker.
    fn channels_of(&self, broker: usize) -> Vec<ChannelId> {
        let channels = self.plan.scenario.channels.iter().enumerate();
        channels.filter(|(_, it)| it.kind.broker() == Some(broker)).map(|it| it.0).collect()
    }

    /// A broker's process dies, and all connections to it break.
    pub(super) fn crash_broker(&mut self, broker: usize, context: &mut Context<'_, Self>) {
        let node = self.plan.broker_node(broker);
        self.record(node, What::Crashed { instance: 0 }, context);
        self.brokers[broker].up = false;
        self.brokers[broker].crashes += 1;
        for channel in self.channels_of(broker) {
            let durable = self.plan.scenario.channels[channel].durable;
            for envelope in self.cut_off(|it| it.channel == channel) {
                // The channel has it as well, unless it loses everything: then it is the reader's alone.
                if durable {
                    self.copy_begins(&envelope);
                }
            }
            for queue in 0..self.channels[channel].queues.len() {
                let contents = &mut self.channels[channel].queues[queue];
                contents.set_all_ready(false);
                let gone = if durable { contents.recall() } else { contents.clear() };
                for gone in gone {
                    if durable {
                        self.copy_ends(&gone, End::DeadLettered, node, context);
                    } else {
                        self.lose_copy(&gone, (node, node), context);
                    }
                }
            }
            self.disband(channel, durable);
        }
    }

    /// A broker's process comes back, and those who read its channels connect again.
    pub(super) fn restart_broker(&mut self, broker: usize, context: &mut Context<'_, Self>) {
        let node = self.plan.broker_node(broker);
        self.record(node, What::Restarted { instance: 0 }, context);
        self.brokers[broker].up = true;
        for service in 0..self.services.len() {
            for instance in 0..self.services[service].instances.len() {
                if self.services[service].instances[instance].up {
                    self.connect((service, instance), true, context);
                }
            }
        }
    }

    /// Nobody waits any more for what becomes of these messages that have been handed out. Returns them.
    pub(super) fn cut_off(&mut self, is_meant: impl Fn(&Delivery) -> bool) -> Vec<Envelope> {
        let mut cut_off = Vec::new();
        let mut cut = |delivery: &mut Option<Delivery>, envelope: &Envelope| {
            if delivery.as_ref().is_some_and(&is_meant) {
                *delivery = None;
                cut_off.push(envelope.clone());
            }
        };
        for leg in self.legs.iter_mut().flatten() {
            cut(&mut leg.delivery, &leg.envelope);
        }
        for service in &mut self.services {
            for running in service.workers.iter_mut().flatten() {
                cut(&mut running.delivery, &running.envelope);
            }
            for running in service.instances.iter_mut().flat_map(|it| &mut it.aside) {
                cut(&mut running.delivery, &running.envelope);
            }
            for waiting in service.instances.iter_mut().flat_map(|it| it.inbox.iter_mut()) {
                cut(&mut waiting.delivery, &waiting.envelope);
            }
        }
        cut_off
    }
}
