//! Links between nodes: laid at their first use, with the delay and the loss that the network's rules give them.

use super::plan::LinkRules;
use super::state::World;
use crate::base::{Span, Time};
use crate::language::Value;
use crate::language::scenario::ChannelId;
use crate::net::{Link, Verdict};
use crate::service::NodeId;

/// A link, and which rules of the network decide about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkState {
    link: Link,
    rules: LinkRules,
}

impl LinkState {
    /// Sends a message on the link.
    pub(super) fn carry(&mut self, now: Time, delay: Span, loss: f64) -> Verdict {
        self.link.carry(now, delay, loss)
    }
}

impl World {
    /// The extra travel time of a channel, drawn from the link on which it will be spent.
    pub(super) fn channel_delay(
        &mut self,
        channel: ChannelId,
        from: NodeId,
        to: NodeId,
        now: Time,
    ) -> Span {
        if self.plan.scenario.channels[channel].delay.is_none() {
            return Span::ZERO;
        }
        let link = self.link(from, to);
        let mut delays = self.links[from][link].1.link.delays.clone();
        let delay = self.plan.scenario.channels[channel].delay.as_ref();
        let delay = delay.and_then(|it| self.value_of(it, Some(&mut delays), now));
        self.links[from][link].1.link.delays = delays;
        delay.and_then(|it| it.as_span()).unwrap_or_default()
    }

    /// How long the link takes at this instant, and how much it loses.
    pub(super) fn link_weather(&mut self, from: NodeId, link: usize, now: Time) -> (Span, f64) {
        let network = &self.plan.scenario.network;
        let LinkState { link: it, rules } = &self.links[from][link].1;
        let mut delays = it.delays.clone();
        let delay = LinkRules::rule(network, rules.delay).delay.as_ref();
        let loss = LinkRules::rule(network, rules.loss).loss.as_ref();
        let delay = delay.and_then(|it| self.value_of(it, Some(&mut delays), now));
        let loss = loss.and_then(|it| self.value_of(it, Some(&mut delays), now));
        self.links[from][link].1.link.delays = delays;
        (delay.and_then(|it| it.as_span()).unwrap_or_default(), share(loss.as_ref()))
    }

    /// When a second copy of a message arrives, if the network makes one. It has luck of its own.
    pub(super) fn second_arrival(
        &mut self,
        from: NodeId,
        link: usize,
        extra: Span,
        now: Time,
    ) -> Option<Time> {
        let network = &self.plan.scenario.network;
        let LinkState { link: it, rules } = &self.links[from][link].1;
        let duplicate = LinkRules::rule(network, rules.duplicate).duplicate.as_ref()?;
        let delay = LinkRules::rule(network, rules.delay).delay.as_ref();
        let mut chance = it.duplicates.clone();
        let duplicate = share(self.value_of(duplicate, Some(&mut chance), now).as_ref());
        let is_made = chance.chance(duplicate);
        // Drawn either way, so that turning the share up changes no later message's luck.
        let delay = delay.and_then(|it| self.value_of(it, Some(&mut chance), now));
        let link = &mut self.links[from][link].1.link;
        link.duplicates = chance;
        let delay = delay.and_then(|it| it.as_span()).unwrap_or_default();
        is_made.then(|| link.arrival(now, delay + extra))
    }

    /// The place of a link among those of its sender. It is laid at its first use.
    pub(super) fn link(&mut self, from: NodeId, to: NodeId) -> usize {
        self.links[from].binary_search_by_key(&to, |it| it.0).unwrap_or_else(|place| {
            let rules = self.plan.link_rules(from, to);
            let [a, b] = [from, to].map(|it| &self.plan.nodes[it].name);
            let ordered = LinkRules::rule(&self.plan.scenario.network, rules.ordered).ordered;
            let link = Link::new(self.seed, a, b, ordered.unwrap_or(true));
            self.links[from].insert(place, (to, LinkState { link, rules }));
            place
        })
    }
}

/// A share as a number; what cannot be computed counts as nothing.
fn share(value: Option<&Value>) -> f64 {
    match value {
        Some(Value::Float(share)) => *share,
        Some(Value::Int(share)) => *share as f64,
        _ => 0.0,
    }
}
