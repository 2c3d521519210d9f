//! What never changes during a run: the nodes, and who has to be asked about what.

use std::sync::Arc;

use super::deciders::deciders;
use crate::language::Scenario;
use crate::language::scenario::{
    BUILT_IN_MESSAGES, ChannelId, ClientId, Form, LinkPattern, LinkRule, Network, Refresh,
    ScreenItem, ServiceId,
};
use crate::service::{ListAddress, NodeId};

/// The fixed part of a world.
#[derive(Debug)]
pub struct Plan {
    /// What it was compiled from.
    pub scenario: Scenario,
    /// Services first (a service's id is its node), then brokers, then people.
    pub nodes: Vec<NodeInfo>,
    /// The names of messages: the scenario's own, then the built-in ones.
    pub names: Vec<Arc<str>>,
    /// By channel: the instances of its readers, one service after the other.
    pub(super) processes: Vec<Vec<(ServiceId, usize)>>,
    /// By message: which forms learn their outcome from it.
    pub(super) outcomes: Vec<Vec<OutcomeRule>>,
    /// By service, by table: the lists to which changes are pushed, as person and item of the screen. Lists that mirror
    /// a table are there twice, because their screens may read either.
    pub(super) watchers: Vec<Vec<Vec<(usize, usize)>>>,
    /// By class of people, by item: who decides on what is formed there.
    pub(super) deciders: Vec<Vec<Option<ServiceId>>>,
    /// By service, by table: the lists on screens of which it is the authority, as person and place among the lists.
    pub(super) audience: Vec<Vec<Vec<(usize, usize)>>>,
}

/// A node of the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeInfo {
    /// Its name.
    pub name: String,
    /// What stands there.
    pub kind: NodeKind,
}

/// What stands at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A service.
    Service(ServiceId),
    /// A broker: index into [`Scenario::brokers`].
    Broker(usize),
    /// A person's device: index into the world's people.
    Person {
        /// Index into the world's people.
        person: usize,
        /// The class.
        client: ClientId,
    },
}

/// How a form learns from an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct OutcomeRule {
    pub(super) client: ClientId,
    pub(super) item: usize,
    pub(super) accepted: bool,
    /// The event's field that names the intent.
    pub(super) by: usize,
    /// The event's field that tells why.
    pub(super) reason: Option<usize>,
}

impl Plan {
    /// The plan of a scenario.
    pub fn new(scenario: Scenario) -> Self {
        let nodes = nodes(&scenario);
        let own = scenario.messages.iter().map(|it| it.name.as_str());
        let names = own.chain(BUILT_IN_MESSAGES).map(Arc::from).collect();
        let processes = processes(&scenario);
        let outcomes = outcomes(&scenario);
        let watchers = watchers(&scenario, &nodes);
        let audience = audience(&scenario, &nodes);
        let deciders = deciders(&scenario);
        Self { scenario, nodes, names, processes, outcomes, watchers, deciders, audience }
    }

    /// The node of a broker.
    pub fn broker_node(&self, broker: usize) -> NodeId {
        self.scenario.services.len() + broker
    }

    /// The node of a person.
    pub fn person_node(&self, person: usize) -> NodeId {
        self.scenario.services.len() + self.scenario.brokers.len() + person
    }

    /// The form at this place of a class' screen.
    pub fn form(&self, client: ClientId, item: usize) -> Option<&Form> {
        match self.scenario.clients[client].screen.get(item)? {
            ScreenItem::Form(form) => Some(form),
            ScreenItem::List(_) => None,
        }
    }

    /// Who decides on what is formed with an item of a class' screen, as far as one can see.
    pub fn decider(&self, client: ClientId, item: usize) -> Option<ServiceId> {
        self.deciders[client].get(item).copied().flatten()
    }

    /// The person at a node.
    pub fn person_at(&self, node: NodeId) -> Option<usize> {
        node.checked_sub(self.person_node(0)).filter(|it| *it < self.nodes.len())
    }

    /// Where messages on this channel go first.
    pub fn entry(&self, channel: ChannelId) -> NodeId {
        let it = &self.scenario.channels[channel];
        it.kind.broker().map_or_else(|| it.readers[0], |it| self.broker_node(it))
    }

    /// What decides on what a list shows: the table that its table mirrors, or its own.
    pub fn authority(&self, list: ListAddress) -> ListAddress {
        authority(&self.scenario, list)
    }

    /// Which rules of the network decide about a link.
    pub(super) fn link_rules(&self, from: NodeId, to: NodeId) -> LinkRules {
        let fits = |pattern: &LinkPattern| {
            self.is_meant(pattern.from.as_deref(), from) && self.is_meant(pattern.to.as_deref(), to)
        };
        let find = |says: fn(&LinkRule) -> bool| {
            self.scenario
                .network
                .rules
                .iter()
                .position(|(pattern, rule)| says(rule) && fits(pattern))
        };
        LinkRules {
            delay: find(|it| it.delay.is_some()),
            jitter: find(|it| it.jitter.is_some()),
            bandwidth: find(|it| it.bandwidth.is_some()),
            loss: find(|it| it.loss.is_some()),
            duplicate: find(|it| it.duplicate.is_some()),
            ordered: find(|it| it.ordered.is_some()),
        }
    }

    /// Does this name mean that node? Without a name, every node is meant.
    pub(super) fn is_meant(&self, name: Option<&str>, node: NodeId) -> bool {
        let info = &self.nodes[node];
        name.is_none_or(|name| match info.kind {
            NodeKind::Person { client, .. } => {
                name == info.name || name == self.scenario.clients[client].name
            }
            _ => name == info.name,
        })
    }
}

/// Which rules of the network decide about a link, property by property. `None` is what is said of all links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LinkRules {
    pub(super) delay: Option<usize>,
    pub(super) jitter: Option<usize>,
    pub(super) bandwidth: Option<usize>,
    pub(super) loss: Option<usize>,
    pub(super) duplicate: Option<usize>,
    pub(super) ordered: Option<usize>,
}

impl LinkRules {
    /// The rule behind one of these.
    pub(super) fn rule(network: &Network, which: Option<usize>) -> &LinkRule {
        which.map_or(&network.all, |it| &network.rules[it].1)
    }
}

fn nodes(scenario: &Scenario) -> Vec<NodeInfo> {
    let services = scenario.services.iter().enumerate();
    let services =
        services.map(|(id, it)| NodeInfo { name: it.name.clone(), kind: NodeKind::Service(id) });
    let brokers = scenario.brokers.iter().enumerate();
    let brokers = brokers.map(|(id, it)| NodeInfo { name: it.clone(), kind: NodeKind::Broker(id) });
    let people = scenario
        .clients
        .iter()
        .enumerate()
        .flat_map(|(client, it)| it.people.iter().map(move |name| (client, name.clone())));
    let people = people.enumerate().map(|(person, (client, name))| NodeInfo {
        name,
        kind: NodeKind::Person { person, client },
    });
    services.chain(brokers).chain(people).collect()
}

fn processes(scenario: &Scenario) -> Vec<Vec<(ServiceId, usize)>> {
    let of = |service: &ServiceId| {
        let service = *service;
        (0..scenario.services[service].instances as usize).map(move |it| (service, it))
    };
    scenario.channels.iter().map(|it| it.readers.iter().flat_map(of).collect()).collect()
}

fn outcomes(scenario: &Scenario) -> Vec<Vec<OutcomeRule>> {
    let mut rules = vec![Vec::new(); scenario.messages.len()];
    for (client, class) in scenario.clients.iter().enumerate() {
        for (item, shown) in class.screen.iter().enumerate() {
            let ScreenItem::Form(form) = shown else { continue };
            let Some(outcome) = &form.outcome else { continue };
            let by = outcome.by;
            if let Some(message) = outcome.accepted {
                rules[message].push(OutcomeRule {
                    client,
                    item,
                    accepted: true,
                    by: by.accepted,
                    reason: None,
                });
            }
            if let Some(message) = outcome.refused {
                let reason = outcome.reason;
                rules[message].push(OutcomeRule {
                    client,
                    item,
                    accepted: false,
                    by: by.refused,
                    reason,
                });
            }
        }
    }
    rules
}

fn authority(scenario: &Scenario, list: ListAddress) -> ListAddress {
    let mirrored = scenario.services[list.service].tables[list.table].mirrors;
    mirrored.map_or(list, |(service, table)| ListAddress { service, table })
}

/// Nothing for each table of each service.
fn by_table<T: Clone>(scenario: &Scenario) -> Vec<Vec<Vec<T>>> {
    scenario.services.iter().map(|it| vec![Vec::new(); it.tables.len()]).collect()
}

fn audience(scenario: &Scenario, nodes: &[NodeInfo]) -> Vec<Vec<Vec<(usize, usize)>>> {
    let mut audience = by_table(scenario);
    for info in nodes {
        let NodeKind::Person { person, client } = info.kind else { continue };
        let lists = scenario.clients[client].screen.iter().filter_map(|it| match it {
            ScreenItem::List(it) => Some(ListAddress { service: it.service, table: it.table }),
            ScreenItem::Form(_) => None,
        });
        for (place, list) in lists.enumerate() {
            let ListAddress { service, table } = authority(scenario, list);
            audience[service][table].push((person, place));
        }
    }
    audience
}

fn watchers(scenario: &Scenario, nodes: &[NodeInfo]) -> Vec<Vec<Vec<(usize, usize)>>> {
    let mut watchers = by_table(scenario);
    for info in nodes {
        let NodeKind::Person { person, client } = info.kind else { continue };
        for (item, it) in scenario.clients[client].screen.iter().enumerate() {
            let ScreenItem::List(list) = it else { continue };
            if !matches!(list.refresh, Refresh::Push) {
                continue;
            }
            let list = ListAddress { service: list.service, table: list.table };
            let authority = authority(scenario, list);
            watchers[list.service][list.table].push((person, item));
            if authority != list {
                watchers[authority.service][authority.table].push((person, item));
            }
        }
    }
    watchers
}
