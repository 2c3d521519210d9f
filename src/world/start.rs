//! The world at the start of a run: first rows, devices with their first lists, everybody's chance.

use std::collections::VecDeque;
use std::sync::Arc;

use super::books::Books;
use super::brokers::Broker;
use super::faults::Faults;
use super::invariants::InvariantState;
use super::plan::{NodeKind, Plan};
use super::queues::Channel;
use super::staleness::STRETCHES_MAX;
use super::state::{Settings, World};
use super::truth::Truths;
use super::why::Why;
use crate::base::{Chunks, Map, Stream, Time};
use crate::client::{Device, ListOnScreen};
use crate::language::expression::{Scope, Tables};
use crate::language::scenario::{Client, ScreenItem, ServiceId, TableId, TableSchema};
use crate::language::{Scenario, Table, Value};
use crate::service::Service;

impl World {
    /// A scenario at the start of a run.
    ///
    /// # Errors
    /// When a first row of a table cannot be computed with these settings: why, in words.
    pub fn new(scenario: Scenario, seed: u64, settings: &Settings) -> Result<Self, String> {
        Self::from_plan(Arc::new(Plan::new(scenario)), seed, settings)
    }

    /// The same scenario again, with another seed or other settings.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn from_plan(plan: Arc<Plan>, seed: u64, settings: &Settings) -> Result<Self, String> {
        let scenario = &plan.scenario;
        let mut knobs: Vec<Value> = scenario.knobs.iter().map(|it| it.default.clone()).collect();
        for (knob, value) in settings {
            knobs[*knob] = value.clone();
        }
        let services =
            (0..scenario.services.len()).map(|id| new_service(scenario, id, seed, &knobs));
        let services = services.collect::<Result<Vec<_>, _>>()?;
        let people = new_people(&plan, &services);
        let habit_streams = people.iter().map(|it| habit_streams(scenario, it, seed)).collect();
        let clients = scenario.clients.len();
        Ok(Self {
            seed,
            services,
            brokers: vec![Broker::new(); scenario.brokers.len()],
            channels: (0..scenario.channels.len()).map(|it| Channel::new(&plan, it)).collect(),
            people,
            habits_on: true,
            choices: vec![None; clients],
            form_choices: Map::new(),
            legs: Vec::new(),
            books: Books::new(plan.names.len()),
            truths: Truths::new(clients, plan.outcomes.iter().any(|it| !it.is_empty())),
            invariants: vec![InvariantState::default(); scenario.invariants.len()],
            faults: Faults::new(&plan, seed),
            troubles: VecDeque::new(),
            losses: VecDeque::new(),
            stretches: vec![Chunks::new(STRETCHES_MAX); clients],
            blocked: 0,
            free_legs: Vec::new(),
            links: vec![Vec::new(); plan.nodes.len()],
            habit_streams,
            next_message: 1,
            next_intent: 1,
            changed: Vec::new(),
            why: Why::Start,
            claimed: Vec::new(),
            service_effects: Vec::new(),
            device_effects: Vec::new(),
            knobs,
            plan,
        })
    }
}

/// Where there are no tables to look at: first rows.
struct NoTables;

impl Tables for NoTables {
    fn table(&self, _service: ServiceId, _table: TableId) -> &Table {
        unreachable!("law: the checker lets no table into another table's first rows")
    }
}

fn new_service(
    scenario: &Scenario,
    id: ServiceId,
    seed: u64,
    knobs: &[Value],
) -> Result<Service, String> {
    let definition = &scenario.services[id];
    let tables = definition.tables.iter().map(|it| new_table(it, seed, &definition.name, knobs));
    let tables = tables.collect::<Result<_, _>>()?;
    let chance = definition.handlers.iter().map(|it| {
        let message = it.message.map(|it| scenario.messages[it].name.as_str());
        let what = message.map_or(["start", ""], |it| ["handler", it]);
        Stream::new(seed, &["service", &definition.name, what[0], what[1]])
    });
    let processes = (definition.instances, definition.workers);
    let jitter = Stream::new(seed, &["service", &definition.name, "jitter"]);
    let chance = (chance.collect(), jitter);
    let mut service = Service::new(id, tables, processes, chance, scenario.services.len());
    for instance in 0..service.instances.len() {
        service.refresh(instance, definition);
    }
    Ok(service)
}

fn new_table(
    schema: &TableSchema,
    seed: u64,
    service: &str,
    knobs: &[Value],
) -> Result<Table, String> {
    let mut table = Table::new(schema.columns.clone().into(), schema.key);
    let mut chance = Stream::new(seed, &["service", service, "table", &schema.name]);
    for row in &schema.rows {
        let cells = row.iter().map(|cell| {
            cell.evaluate(&mut Scope {
                now: Time::ZERO,
                knobs,
                message: &[],
                locals: &[],
                row: &[],
                tables: &NoTables,
                chance: Some(&mut chance),
            })
        });
        let cells = cells.collect::<Result<_, _>>();
        table
            .put(cells.map_err(|reason| {
                format!("first rows of `{service}.{}`: {reason}", schema.name)
            })?);
    }
    Ok(table)
}

fn new_people(plan: &Plan, services: &[Service]) -> Vec<Device> {
    let people = plan.nodes.iter().enumerate().filter_map(|(node, info)| match info.kind {
        NodeKind::Person { client, .. } => Some((node, client, info.name.clone())),
        _ => None,
    });
    people
        .map(|(node, client, name)| {
            let lists = first_lists(&plan.scenario.clients[client], services);
            Device::new(node, client, name, lists, services.len())
        })
        .collect()
}

/// Screens show the first rows from the start: the page was loaded before the run begins.
fn first_lists(client: &Client, services: &[Service]) -> Vec<ListOnScreen> {
    let lists = client.screen.iter().enumerate().filter_map(|(item, it)| match it {
        ScreenItem::List(list) => Some((item, list)),
        ScreenItem::Form(_) => None,
    });
    lists
        .map(|(item, list)| ListOnScreen {
            item,
            table: services[list.service].table(0, list.table).clone(),
            version: 0,
            since: Time::ZERO,
            stale_since: None,
        })
        .collect()
}

fn habit_streams(scenario: &Scenario, device: &Device, seed: u64) -> Vec<Stream> {
    let habits = 0..scenario.clients[device.client].habits.len();
    habits
        .map(|it| Stream::new(seed, &["person", &device.name, "habit", &it.to_string()]))
        .collect()
}
