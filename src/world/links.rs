//! Links between nodes: laid at their first use, with the delay and the loss that the network's rules give them.

use super::plan::LinkRules;
use super::state::World;
use crate::base::limits::RUN_SPAN_MAX;
use crate::base::{Span, Stream, Time};
use crate::language::Value;
use crate::language::expression::{Expression, Scope};
use crate::language::scenario::ChannelId;
use crate::net::{Link, Verdict};
use crate::service::{Content, NodeId};

/// A link, and which rules of the network decide about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkState {
    link: Link,
    rules: LinkRules,
}

/// What a link does to a message that is given to it at an instant.
pub(super) struct Weather {
    /// When it has taken the message in.
    pub(super) leaves: Time,
    /// How long the message travels from then on.
    pub(super) delay: Span,
    /// How likely the message gets lost.
    pub(super) loss: f64,
}

impl LinkState {
    /// Sends a message on the link.
    pub(super) fn carry(&mut self, now: Time, delay: Span, loss: f64) -> Verdict {
        self.link.carry(now, delay, loss)
    }

    /// A message on the link is held up until then. True when those behind it have to wait for it.
    pub(super) fn hold_up(&mut self, until: Time) -> bool {
        self.link.hold_up(until)
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

    /// What the link does to a message that is given to it now.
    pub(super) fn link_weather(
        &mut self,
        from: NodeId,
        link: usize,
        content: &Content,
        now: Time,
    ) -> Weather {
        let network = &self.plan.scenario.network;
        let LinkState { link: it, rules } = &self.links[from][link].1;
        let mut delays = it.delays.clone();
        let delay = LinkRules::rule(network, rules.delay).delay.as_ref();
        let loss = LinkRules::rule(network, rules.loss).loss.as_ref();
        let jitter = LinkRules::rule(network, rules.jitter).jitter.as_ref();
        let bandwidth = LinkRules::rule(network, rules.bandwidth).bandwidth.as_ref();
        let delay = self.span_of(delay, &mut delays, now);
        let loss = loss.and_then(|it| self.value_of(it, Some(&mut delays), now));
        let mut weather = Weather { leaves: now, delay, loss: share(loss.as_ref()) };
        if jitter.is_none() && bandwidth.is_none() {
            self.links[from][link].1.link.delays = delays;
            return weather;
        }
        let mut jitters = it.jitters.clone();
        weather.delay = delay + self.span_of(jitter, &mut jitters, now);
        let bandwidth = bandwidth.and_then(|it| self.value_of(it, None, now));
        let busy = bandwidth.map_or(Span::ZERO, |it| transmission(self.size(content, now), &it));
        let link = &mut self.links[from][link].1.link;
        link.delays = delays;
        link.jitters = jitters;
        weather.leaves = link.occupy(now, busy);
        weather
    }

    fn span_of(&self, value: Option<&Expression>, chance: &mut Stream, now: Time) -> Span {
        let value = value.and_then(|it| self.value_of(it, Some(chance), now));
        value.and_then(|it| it.as_span()).unwrap_or_default()
    }

    /// How many bytes a message has. What the text does not measure is too small to count.
    pub fn size(&self, content: &Content, now: Time) -> u64 {
        let Content::Message { message, body } = content else { return 0 };
        let Some(size) = &self.plan.scenario.messages[*message].size else { return 0 };
        let size = size.evaluate(&mut Scope {
            now,
            knobs: &self.knobs,
            message: body,
            locals: &[],
            row: &[],
            tables: self,
            chance: None,
        });
        match size {
            Ok(Value::Int(size)) => u64::try_from(size).unwrap_or(0),
            _ => 0,
        }
    }

    /// When a second copy of a message arrives, if the network makes one. It has luck of its own.
    pub(super) fn second_arrival(
        &mut self,
        from: NodeId,
        link: usize,
        extra: Span,
        leaves: Time,
    ) -> Option<Time> {
        let network = &self.plan.scenario.network;
        let LinkState { link: it, rules } = &self.links[from][link].1;
        let duplicate = LinkRules::rule(network, rules.duplicate).duplicate.as_ref()?;
        let delay = LinkRules::rule(network, rules.delay).delay.as_ref();
        let mut chance = it.duplicates.clone();
        let duplicate = share(self.value_of(duplicate, Some(&mut chance), leaves).as_ref());
        let is_made = chance.chance(duplicate);
        // Drawn either way, so that turning the share up changes no later message's luck.
        let delay = self.span_of(delay, &mut chance, leaves);
        let link = &mut self.links[from][link].1.link;
        link.duplicates = chance;
        is_made.then(|| link.arrival(leaves, delay + extra))
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

/// How long so many bytes take at so many bytes a second, rounded up to whole microseconds. A link whose bandwidth
/// cannot be computed takes everything at once.
fn transmission(bytes: u64, bandwidth: &Value) -> Span {
    let Value::Int(bandwidth @ 1..) = bandwidth else { return Span::ZERO };
    let micros = (u128::from(bytes) * 1_000_000).div_ceil(bandwidth.unsigned_abs().into());
    u64::try_from(micros).map_or(RUN_SPAN_MAX, |it| Span::from_micros(it).min(RUN_SPAN_MAX))
}

/// A share as a number; what cannot be computed counts as nothing.
fn share(value: Option<&Value>) -> f64 {
    match value {
        Some(Value::Float(share)) => *share,
        Some(Value::Int(share)) => *share as f64,
        _ => 0.0,
    }
}
