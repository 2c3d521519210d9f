//! What records do not say in numbers: looked up in the world, at the nodes that they name.

use super::kept::{Chronicle, Open};
use super::piece::{Claim, STILL, Shade, Trouble};
use super::series::Of;
use crate::app::view::Place;
use crate::base::Time;
use crate::client::Says;
use crate::language::scenario::{ChannelId, ClientId};
use crate::world::{NO_CHANNEL, NodeKind, World, is_false};

/// Claims that are looked at when a message ends, at most; with more, those have their turn later.
const CLAIMS_LOOKED_AT_MAX: usize = 64;

impl Chronicle {
    /// Something happened at a node.
    pub(super) fn poll_node(&mut self, node: u32, at: Time, world: &World) {
        let Some(info) = world.plan.nodes.get(node as usize) else { return };
        match info.kind {
            NodeKind::Service(id) => {
                let waiting: usize =
                    world.services[id].instances.iter().map(|it| it.inbox.len()).sum();
                self.set(Of::Waiting(Place::Service(id)), at, waiting as f64, 0.0);
            }
            NodeKind::Broker(_) => self.poll_channels(node, NO_CHANNEL, at, world),
            NodeKind::Person { person, .. } => {
                let lists = 0..self.stale[person].len();
                let lists: Vec<(usize, usize)> = lists.map(|it| (person, it)).collect();
                self.poll_lists(&lists, at, world);
            }
        }
    }

    /// Something happened at a broker, to this channel or to any.
    pub(super) fn poll_channels(&mut self, node: u32, channel: u32, at: Time, world: &World) {
        let Some(NodeKind::Broker(broker)) = world.plan.nodes.get(node as usize).map(|it| it.kind)
        else {
            return;
        };
        for (id, it) in world.plan.scenario.channels.iter().enumerate() {
            let is_meant = channel == NO_CHANNEL || channel as usize == id;
            if is_meant && it.kind.broker() == Some(broker) {
                self.poll_channel(id, at, world);
            }
        }
    }

    /// The channels that a service reads may have taken something back.
    pub(super) fn poll_sources(&mut self, node: u32, at: Time, world: &World) {
        for (id, it) in world.plan.scenario.channels.iter().enumerate() {
            if it.readers.contains(&(node as usize)) && it.kind.broker().is_some() {
                self.poll_channel(id, at, world);
            }
        }
    }

    fn poll_channel(&mut self, id: ChannelId, at: Time, world: &World) {
        let queues = world.channels[id].queues.iter();
        let waiting: usize = queues.map(|it| it.waiting().len() + it.retrying().count()).sum();
        self.set(Of::Waiting(Place::Channel(id)), at, waiting as f64, 0.0);
    }

    /// A table has changed: lists on screens may have become stale, or may be right again.
    pub(super) fn poll_audience(&mut self, (node, table): (u32, u32), at: Time, world: &World) {
        let tables = self.audience.get(node as usize);
        let Some(lists) = tables.and_then(|it| it.get(table as usize)).cloned() else { return };
        self.poll_lists(&lists, at, world);
    }

    /// Lists on any screen may have become stale, or may be right again.
    pub(super) fn poll_everybody(&mut self, at: Time, world: &World) {
        let people = self.stale.iter().enumerate();
        let lists = people.flat_map(|(person, it)| (0..it.len()).map(move |list| (person, list)));
        let lists: Vec<(usize, usize)> = lists.collect();
        self.poll_lists(&lists, at, world);
    }

    /// Are these lists stale now? The mean age of their class' lists bends there.
    fn poll_lists(&mut self, lists: &[(usize, usize)], at: Time, world: &World) {
        let mut bends: Vec<(ClientId, usize)> = Vec::new();
        for (person, list) in lists {
            let device = &world.people[*person];
            let now = device.lists[*list].stale_since;
            let before = std::mem::replace(&mut self.stale[*person][*list], now);
            if before != now && !bends.contains(&(device.client, *list)) {
                bends.push((device.client, *list));
            }
        }
        for (client, list) in bends {
            self.bend((client, list), at, world);
        }
    }

    fn bend(&mut self, (client, list): (ClientId, usize), at: Time, world: &World) {
        let class = world.people.iter().zip(&self.stale);
        let class = class.filter(|it| it.0.client == client);
        let Some((device, _)) = class.clone().next() else { return };
        let of = Of::Stale(client, device.lists[list].item);
        let (mut people, mut stale, mut sum) = (0.0, 0.0, 0.0);
        for (_, lists) in class {
            people += 1.0;
            if let Some(since) = lists[list] {
                stale += 1.0;
                sum += at.since(since).as_secs();
            }
        }
        self.set(of, at, sum / people, stale / people);
    }

    /// What the screen says of an intent is another thing now (with the node that says it), or may stand otherwise to
    /// the truth.
    pub(super) fn claim(
        &mut self,
        intent: u64,
        said: Option<(u32, Says)>,
        at: Time,
        world: &World,
    ) {
        let known = self.place_of_open(intent);
        let before = known.map(|it| self.claims[self.open[it].claim]);
        let lane = match (before, said) {
            (Some(before), _) => Some(before.lane),
            (None, Some((node, _))) => self.lanes.of_node(node, NO_CHANNEL),
            (None, None) => None,
        };
        let Some(lane) = lane else { return };
        let nothing =
            Claim { intent, since: at, until: STILL, lane, says: Says::Nothing, is_false: false };
        let before = before.unwrap_or(nothing);
        let (says, is_false, is_over) = stands(&before, said.map(|it| it.1), self, world);
        let claim = Claim { since: at, says, is_false, ..nothing };
        let Some(place) = known else {
            self.begin_claim(claim, is_over);
            return;
        };
        let is_same = before.says == says && before.is_false == is_false;
        if is_same && (!is_over || is_false) {
            self.open[place].is_over = is_over;
            return;
        }
        let index = self.open.remove(place).claim;
        self.touch(at);
        // What was so for no time at all was never seen.
        if before.since == at && index + 1 == self.claims.len() {
            self.claims.pop();
        } else {
            self.claims[index].until = at;
        }
        self.begin_claim(claim, is_over);
    }

    /// A screen says something; it stays open, unless all is over, and it is true.
    fn begin_claim(&mut self, claim: Claim, is_over: bool) {
        let at = claim.since;
        self.touch(at);
        if is_over && !claim.is_false {
            self.claims.push(Claim { until: at, ..claim });
        } else {
            self.open.push(Open { claim: self.claims.len(), is_over });
            self.claims.push(claim);
        }
        self.count_claims(claim.lane, at);
    }

    fn place_of_open(&self, intent: u64) -> Option<usize> {
        self.open.iter().position(|it| self.claims[it.claim].intent == intent)
    }

    /// A message has ended: some intents may be over.
    pub(super) fn settle_claims(&mut self, at: Time, world: &World) {
        let count = self.open.len().min(CLAIMS_LOOKED_AT_MAX);
        // Whose turn it is depends on the run alone.
        let first = usize::try_from(self.records).unwrap_or(0) % self.open.len().max(1);
        let looked = self.open.iter().cycle().skip(first).take(count).filter(|it| !it.is_over);
        let ended = looked.map(|it| self.claims[it.claim]).filter(|it| {
            let truth = world.truths.get(it.intent);
            truth.is_none_or(|truth| truth.experience.is_false() != it.is_false)
        });
        let ended: Vec<u64> = ended.map(|it| it.intent).collect();
        for intent in ended {
            self.claim(intent, None, at, world);
        }
    }

    fn count_claims(&mut self, lane: u16, at: Time) {
        let class = |lane: u16| match self.lanes.places.get(usize::from(lane)) {
            Some(Place::Person(person)) => {
                self.plan.nodes.get(self.plan.person_node(*person)).map(|it| it.kind)
            }
            _ => None,
        };
        let Some(NodeKind::Person { client, .. }) = class(lane) else { return };
        let own = |it: &&Claim| matches!(class(it.lane), Some(NodeKind::Person { client: it, .. }) if it == client);
        let open = self.open.iter().map(|it| &self.claims[it.claim]).filter(own);
        let (all, untrue) = open.fold((0.0, 0.0), |(all, untrue), it| {
            (all + 1.0, untrue + f64::from(u8::from(it.is_false)))
        });
        self.set(Of::Claims(client), at, all, 0.0);
        self.set(Of::False(client), at, untrue, 0.0);
    }

    /// Something may be wrong with any node, or no more.
    pub(super) fn poll_troubles(&mut self, at: Time, world: &World) {
        for lane in 0..self.lanes.places.len() {
            let trouble = trouble(self.lanes.places[lane], world);
            let lane = u16::try_from(lane).unwrap_or(u16::MAX);
            let open = self.shades.iter_mut().rev().find(|it| it.lane == lane && it.until == STILL);
            match (open, trouble) {
                (Some(open), Some(trouble)) if open.trouble == trouble => continue,
                (Some(open), _) => open.until = at,
                (None, _) => {}
            }
            if let Some(trouble) = trouble {
                self.shades.push(Shade { since: at, until: STILL, lane, trouble });
            }
        }
    }
}

/// What the screen says of an intent, whether that is not true, and whether all is over.
fn stands(
    before: &Claim,
    said: Option<Says>,
    chronicle: &Chronicle,
    world: &World,
) -> (Says, bool, bool) {
    if let Some(truth) = world.truths.get(before.intent) {
        return (truth.experience.says, truth.experience.is_false(), false);
    }
    let device = match chronicle.lanes.places.get(usize::from(before.lane)) {
        Some(Place::Person(person)) => world.people.get(*person),
        _ => None,
    };
    let shown = device.and_then(|it| it.intents.iter().find(|it| it.id == before.intent));
    let says = said.or(shown.map(|it| it.assertion.says())).unwrap_or(before.says);
    let outcome = world.truths.outcome(before.intent);
    (says, outcome.map_or(before.is_false, |it| is_false(says, it)), true)
}

/// What is wrong with what stands at a place.
fn trouble(place: Place, world: &World) -> Option<Trouble> {
    let faults = &world.faults;
    let (node, is_up) = match place {
        Place::Service(id) => (id, world.services[id].is_up()),
        Place::Channel(id) => {
            let broker = world.plan.scenario.channels[id].kind.broker()?;
            (world.plan.broker_node(broker), world.brokers[broker].up)
        }
        Place::Person(person) => {
            if !world.people[person].online {
                return Some(Trouble::Offline);
            }
            (world.plan.person_node(person), true)
        }
    };
    let is_service = matches!(place, Place::Service(_));
    match () {
        () if !is_up => Some(Trouble::Down),
        () if is_service && faults.is_paused(node) => Some(Trouble::Paused),
        () if is_service && world.services[node].slowness.is_some() => Some(Trouble::Slow),
        () if faults.is_cut_off(node) => Some(Trouble::Cut),
        () => None,
    }
}
