//! The report on a run: what `inflight run` prints. Its form is described in `docs/report.md` and is stable: fields may
//! be added, none changes its meaning or goes.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::latency::{Latencies, Latency};
use crate::base::Time;
use crate::language::scenario::ChannelKind;
use crate::language::{Table, Value};
use crate::sim::Engine;
use crate::world::{Account, InvariantStanding, World};

/// The report on a run up to an instant.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The scenario's title.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// The instant up to which it was run, in microseconds.
    pub until_us: Time,
    /// How many occurrences came about.
    pub occurrences: u64,
    /// The run's identity: 16 hexadecimal digits.
    pub hash: String,
    /// Why the run was stopped for good before `until_us`, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
    /// What became of all copies of messages.
    pub messages: Messages,
    /// By channel.
    pub channels: BTreeMap<String, ChannelReport>,
    /// By broker.
    pub brokers: BTreeMap<String, BrokerReport>,
    /// By service.
    pub services: BTreeMap<String, ServiceReport>,
    /// The final rows by service, by table.
    pub tables: BTreeMap<String, BTreeMap<String, Vec<BTreeMap<String, Json>>>>,
    /// By class of people.
    pub clients: BTreeMap<String, ClientReport>,
    /// In the order of the text.
    pub invariants: Vec<InvariantReport>,
    /// By name of message, in microseconds.
    pub latency: BTreeMap<String, LatencyReport>,
}

/// What became of copies of messages. At every instant `sent` is the sum of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Copies that began.
    pub sent: u64,
    /// Copies that reached their goal.
    pub handled: u64,
    /// Copies that got lost.
    pub lost: u64,
    /// Copies that became dead letters.
    pub dead_lettered: u64,
    /// Copies that their sender took back, or gave up as their caller.
    pub cancelled: u64,
    /// Copies that are still under way.
    pub in_flight: u64,
}

/// Counts for all messages, and for each name that was sent.
#[derive(Clone, Debug, Serialize)]
pub struct Messages {
    /// All of them.
    #[serde(flatten)]
    pub total: Counts,
    /// By name.
    pub by_name: BTreeMap<String, Counts>,
}

/// A channel at the end.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelReport {
    /// "queue", "topic", "log" or "direct".
    pub kind: &'static str,
    /// Messages that wait: for a topic and a log, for each that reads it.
    pub waiting: usize,
    /// Messages that are handed out and not acknowledged, or wait for another attempt.
    pub handed_out: usize,
    /// Dead letters.
    pub dead_letters: usize,
    /// Messages that nobody's binding fitted. They are lost.
    pub unroutable: u64,
}

/// A broker at the end.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct BrokerReport {
    /// How often its process died.
    pub crash_count: u64,
}

/// A service at the end.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceReport {
    /// Messages that it handled.
    pub handled: u64,
    /// Messages that it did not want to handle.
    pub shed: u64,
    /// The share of its workers' time in which they were busy, 0 to 1.
    pub busy_share: f64,
    /// How often its process died.
    pub crash_count: u64,
}

/// A class of people at the end.
#[derive(Clone, Debug, Serialize)]
pub struct ClientReport {
    /// Intents that were formed.
    pub intents: u64,
    /// How many of them had which true outcome.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// What their screens claimed, against the truth.
    pub claims: Vec<ClaimReport>,
}

/// Intents with the same true outcome of which the screen said the same.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimReport {
    /// The true outcome.
    pub outcome: &'static str,
    /// What the screen said last.
    pub screen: &'static str,
    /// The screen had said at some time that it was done.
    pub claimed_done: bool,
    /// How many.
    pub count: u64,
}

/// An invariant at the end.
#[derive(Clone, Debug, Serialize)]
pub struct InvariantReport {
    /// The sentence.
    pub name: String,
    /// "holds", "broken" (at some time, even if it holds now) or "open" (there was no occasion to judge).
    pub verdict: &'static str,
    /// When it was first broken, in microseconds.
    pub first_violation_us: Option<Time>,
}

/// Latencies of one name, in microseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct LatencyReport {
    /// Messages that were handled.
    pub count: u64,
    /// Their mean latency.
    pub mean: f64,
    /// Half of them took no longer.
    pub p50: u64,
    /// 95 % took no longer.
    pub p95: u64,
    /// 99 % took no longer.
    pub p99: u64,
}

/// The report on a run as it stands. `stopped` says why it does not go on, in words, if so.
pub fn report(engine: &Engine<World>, latencies: &Latencies, stopped: Option<String>) -> Report {
    let world = &engine.system;
    let scenario = &world.plan.scenario;
    Report {
        scenario: scenario.title.clone(),
        seed: world.seed,
        until_us: engine.now(),
        occurrences: engine.steps(),
        hash: format!("{:016x}", engine.digest()),
        stopped,
        messages: messages(world),
        channels: channels(world),
        brokers: brokers(world),
        services: services(world, engine.now()),
        tables: tables(world),
        clients: clients(world),
        invariants: invariants(world),
        latency: named(world, latencies.by_name(), |it| it.count() > 0, latency),
    }
}

/// A report for each name to which something happened.
fn named<T, R>(
    world: &World,
    things: &[T],
    happened: impl Fn(&T) -> bool,
    tell: impl Fn(&T) -> R,
) -> BTreeMap<String, R> {
    let pairs = world.plan.names.iter().zip(things).filter(|(_, it)| happened(it));
    pairs.map(|(name, it)| (name.to_string(), tell(it))).collect()
}

fn counts(account: &Account) -> Counts {
    let Account { sent, handled, lost, dead_lettered, cancelled } = *account;
    Counts { sent, handled, lost, dead_lettered, cancelled, in_flight: account.in_flight() }
}

fn messages(world: &World) -> Messages {
    let by_name = named(world, world.books.accounts(), |it| it.sent > 0, counts);
    Messages { total: counts(&world.books.total()), by_name }
}

fn channels(world: &World) -> BTreeMap<String, ChannelReport> {
    let channels = world.plan.scenario.channels.iter().zip(&world.channels);
    let tell =
        |(definition, state): (&crate::language::scenario::Channel, &crate::world::Channel)| {
            let sum = |count: fn(&crate::broker::Queue<Box<crate::service::Envelope>>) -> usize| {
                state.queues.iter().map(count).sum()
            };
            let report = ChannelReport {
                kind: match definition.kind {
                    ChannelKind::Queue { .. } => "queue",
                    ChannelKind::Topic { .. } => "topic",
                    ChannelKind::Log { .. } => "log",
                    ChannelKind::Direct => "direct",
                },
                waiting: sum(|it| it.waiting().len()),
                handed_out: sum(|it| it.held().len()),
                dead_letters: sum(|it| it.dead().len()),
                unroutable: state.unroutable,
            };
            (definition.name.clone(), report)
        };
    channels.map(tell).collect()
}

fn brokers(world: &World) -> BTreeMap<String, BrokerReport> {
    let brokers = world.plan.scenario.brokers.iter().zip(&world.brokers);
    brokers.map(|(name, it)| (name.clone(), BrokerReport { crash_count: it.crashes })).collect()
}

fn services(world: &World, now: Time) -> BTreeMap<String, ServiceReport> {
    let services = world.plan.scenario.services.iter().zip(&world.services);
    services
        .map(|(definition, state)| {
            let capacity = now.as_micros() as f64 * state.workers.len() as f64;
            let busy = state.busy_micros(now) as f64;
            let busy_share = if capacity > 0.0 { busy / capacity } else { 0.0 };
            let report = ServiceReport {
                handled: state.handled,
                shed: state.shed,
                busy_share,
                crash_count: state.crashes(),
            };
            (definition.name.clone(), report)
        })
        .collect()
}

fn tables(world: &World) -> BTreeMap<String, BTreeMap<String, Vec<BTreeMap<String, Json>>>> {
    let services = world.plan.scenario.services.iter().zip(&world.services);
    services
        .map(|(definition, state)| {
            let tables = definition.tables.iter().enumerate();
            let tables = tables.filter(|it| !it.1.memory || state.instances.len() == 1);
            let tables = tables.map(|(table, it)| (it.name.clone(), rows(state.table(0, table))));
            (definition.name.clone(), tables.collect())
        })
        .collect()
}

fn rows(table: &Table) -> Vec<BTreeMap<String, Json>> {
    let named = |row: &[Value]| {
        table
            .columns
            .iter()
            .zip(row)
            .map(|(column, cell)| (column.to_string(), json(cell)))
            .collect()
    };
    table.rows().map(|row| named(row)).collect()
}

/// A value as JSON: durations in microseconds, rows as objects.
fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(it) => Json::from(*it),
        Value::Int(it) | Value::Duration(it) => Json::from(*it),
        Value::Float(it) => Json::from(*it),
        Value::Text(it) => Json::from(&**it),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Row(row) => {
            let cells = row.columns.iter().zip(row.cells.iter());
            Json::Object(cells.map(|(column, cell)| (column.to_string(), json(cell))).collect())
        }
    }
}

fn clients(world: &World) -> BTreeMap<String, ClientReport> {
    let clients = world.plan.scenario.clients.iter().enumerate();
    clients
        .map(|(client, definition)| {
            let endings = world.truths.endings(client);
            let mut outcomes: BTreeMap<&'static str, u64> = BTreeMap::new();
            for (ending, count) in &endings {
                *outcomes.entry(ending.0.name()).or_default() += count;
            }
            let claims =
                endings.iter().map(|((outcome, claimed_done, screen), count)| ClaimReport {
                    outcome: outcome.name(),
                    screen: screen.name(),
                    claimed_done: *claimed_done,
                    count: *count,
                });
            let intents = endings.iter().map(|it| it.1).sum();
            (definition.name.clone(), ClientReport { intents, outcomes, claims: claims.collect() })
        })
        .collect()
}

fn invariants(world: &World) -> Vec<InvariantReport> {
    let invariants = world.plan.scenario.invariants.iter().zip(&world.invariants);
    invariants
        .map(|(definition, state)| InvariantReport {
            name: definition.name.clone(),
            verdict: match (state.first_violation, state.standing) {
                (Some(_), _) => "broken",
                (None, InvariantStanding::Open) => "open",
                (None, _) => "holds",
            },
            first_violation_us: state.first_violation,
        })
        .collect()
}

fn latency(it: &Latency) -> LatencyReport {
    LatencyReport {
        count: it.count(),
        mean: it.mean(),
        p50: it.quantile(0.5),
        p95: it.quantile(0.95),
        p99: it.quantile(0.99),
    }
}
