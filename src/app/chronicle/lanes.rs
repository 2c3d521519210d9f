//! The lanes of a timeline: which place has which, and in which order they stand.
//!
//! People stand on top, and what follows from their clicks below them, in the order in which messages reach it: so ways
//! are short. The order depends on the scenario alone.

use crate::app::view::{Place, links};
use crate::language::scenario::{ChannelId, ChannelKind, ServiceId};
use crate::world::{NO_CHANNEL, NodeKind, Plan};

/// So many people stand on top; more stand at the foot.
const PEOPLE_ON_TOP: usize = 6;

/// The lanes of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lanes {
    /// From the top to the foot.
    pub places: Vec<Place>,
    /// By node; the lane of a broker is that of its first channel.
    by_node: Vec<Option<u16>>,
    /// By channel; direct ones have none.
    by_channel: Vec<Option<u16>>,
}

impl Lanes {
    pub(super) fn new(plan: &Plan) -> Self {
        let scenario = &plan.scenario;
        let links = links(scenario);
        let people = plan.nodes.len() - plan.person_node(0);
        let top = (0..people.min(PEOPLE_ON_TOP)).map(Place::Person);
        let mut places: Vec<Place> = top.collect();
        let mut next = 0;
        let mut reached = vec![false; scenario.channels.len() + scenario.services.len()];
        let mut place = |it: Place, places: &mut Vec<Place>| {
            let index = match it {
                Place::Person(_) => return,
                Place::Channel(id) => id,
                Place::Service(id) => scenario.channels.len() + id,
            };
            if !std::mem::replace(&mut reached[index], true) {
                places.push(it);
            }
        };
        let channels = scenario.channels.iter().enumerate();
        let standing = channels.filter(|it| it.1.kind != ChannelKind::Direct).map(|it| it.0);
        let standing: Vec<ChannelId> = standing.collect();
        let others = standing.iter().map(|it| Place::Channel(*it));
        let mut others = others.chain((0..scenario.services.len()).map(Place::Service));
        loop {
            while let Some(from) = places.get(next).copied() {
                next += 1;
                let first = links.partition_point(|it| it.from < from);
                let here = links[first..].iter().take_while(|it| it.from == from);
                here.for_each(|it| place(it.to, &mut places));
            }
            // What nobody at the top leads to begins something of its own.
            let Some(other) = others.next() else { break };
            place(other, &mut places);
        }
        places.extend((PEOPLE_ON_TOP..people).map(Place::Person));
        Self::of(places, plan)
    }

    fn of(places: Vec<Place>, plan: &Plan) -> Self {
        let lane = |place: Place| {
            let lane = places.iter().position(|it| *it == place)?;
            u16::try_from(lane).ok()
        };
        let channels = plan.scenario.channels.iter().enumerate();
        let by_channel: Vec<Option<u16>> =
            channels.clone().map(|(id, _)| lane(Place::Channel(id))).collect();
        let of_broker = |broker: usize| {
            let mut own = channels.clone().filter(|it| it.1.kind.broker() == Some(broker));
            own.find_map(|(id, _)| by_channel[id])
        };
        let by_node = plan.nodes.iter().map(|it| match it.kind {
            NodeKind::Service(id) => lane(Place::Service(id)),
            NodeKind::Broker(id) => of_broker(id),
            NodeKind::Person { person, .. } => lane(Place::Person(person)),
        });
        let by_node = by_node.collect();
        Self { places, by_node, by_channel }
    }

    /// The lane of a node; at a broker, of the channel.
    pub fn of_node(&self, node: u32, channel: u32) -> Option<u16> {
        let of_node = self.by_node.get(node as usize).copied().flatten()?;
        let stands_for = self.places.get(usize::from(of_node))?;
        match stands_for {
            Place::Channel(_) if channel != NO_CHANNEL => self.of_channel(channel as usize),
            _ => Some(of_node),
        }
    }

    /// The lane of a service.
    pub fn of_service(&self, service: ServiceId) -> Option<u16> {
        // A service's id is its node.
        self.by_node.get(service).copied().flatten()
    }

    /// The lane of a channel.
    pub fn of_channel(&self, channel: ChannelId) -> Option<u16> {
        self.by_channel.get(channel).copied().flatten()
    }
}
