//! Queueing theory: the engine and the machine agree with the formulas.
//!
//! Sources: Kleinrock, "Queueing Systems", volume 1 (1975): M/M/1 time in system S / (1 − ρ); Erlang C for M/M/c;
//! Little, "A proof for the queuing formula L = λW" (1961).

use inflight::base::Time;
use inflight::measure::Latencies;
use inflight::service::Content;
use inflight::world::World;

use crate::rig::{check_mean, engine, secs, seeds, world};

/// A counter with `workers` workers, one customer a second on average, service times exponential with this mean.
fn counter(workers: u32, mean: &str) -> String {
    format!(
        "inflight: 1
title: A counter
summary: Customers come, wait and are served.
messages:
  Serve: {{ kind: command, fields: {{ order: id }} }}
channels:
  line: {{ kind: queue, prefetch: 1000000 }}
services:
  counter:
    receives: [line]
    workers: {workers}
    handles:
      Serve:
        - work: exponential({mean})
clients:
  customer:
    people: [Crowd]
    interaction: fire-and-forget
    screen:
      - form: Serve
        to: line
        fields: {{}}
    habits:
      - every: exponential(1s)
        submit: Serve
network: {{ delay: 0ms }}
"
    )
}

/// The mean time in system in seconds after a warm-up, by seed.
fn times_in_system(text: &str, count: u64, warm_up: Time, end: Time) -> Vec<f64> {
    let time = |seed| {
        let (mut engine, mut records) = engine(world(text, seed));
        engine.advance(warm_up, u64::MAX, &mut records);
        records.clear();
        engine.advance(end, u64::MAX, &mut records);
        let mut latencies = Latencies::new(engine.system.plan.names.len());
        for record in &records {
            latencies.add(record);
        }
        latencies.by_name()[0].mean() / 1e6
    };
    seeds(count).map(time).collect()
}

#[test]
fn a_single_server_keeps_customers_as_long_as_theory_says() {
    let samples = times_in_system(&counter(1, "800ms"), 40, secs(2_000), secs(22_000));
    check_mean("M/M/1 at 0.8, time in system", &samples, 0.8 / (1.0 - 0.8));
    let samples = times_in_system(&counter(1, "500ms"), 40, secs(500), secs(10_500));
    check_mean("M/M/1 at 0.5, time in system", &samples, 0.5 / (1.0 - 0.5));
}

#[test]
fn four_servers_keep_customers_as_long_as_theory_says() {
    // Erlang C with c = 4 and ρ = 0.8: the mean wait is 0.7455 service times.
    let samples = times_in_system(&counter(4, "3200ms"), 40, secs(2_000), secs(22_000));
    check_mean("M/M/4 at 0.8, time in system", &samples, 3.2 * 1.7455);
}

#[test]
fn busy_share_is_the_offered_load() {
    let share = |seed| {
        let (mut engine, mut records) = engine(world(&counter(1, "800ms"), seed));
        engine.advance(secs(20_000), u64::MAX, &mut records);
        engine.system.services[0].busy_micros(engine.now()) as f64 / 20_000e6
    };
    let samples: Vec<f64> = seeds(40).map(share).collect();
    check_mean("busy share", &samples, 0.8);
}

/// Customers in the system: those who have been sent and not handled.
fn customers(world: &World) -> u64 {
    let messages = world.plan.scenario.messages.len();
    let body = std::sync::Arc::from([]);
    world.books.accounts()[Content::Message { message: 0, body }.name_index(messages)].in_flight()
}

#[test]
fn littles_law_holds_exactly_over_every_stretch_that_ends_empty() {
    for seed in seeds(20) {
        let (mut engine, mut records) = engine(world(&counter(2, "1500ms"), seed));
        let (mut area, mut then, mut count_then) = (0_u128, 0_u64, 0_u64);
        let mut checked = 0;
        for _ in 0..20_000 {
            engine.step(&mut records);
            let now = engine.now().as_micros();
            area += u128::from(count_then) * u128::from(now - then);
            (then, count_then) = (now, customers(&engine.system));
            if count_then == 0 {
                let mut latencies = Latencies::new(engine.system.plan.names.len());
                records.drain(..).for_each(|it| latencies.add(&it));
                let served = &latencies.by_name()[0];
                let sum = served.mean() * served.count() as f64;
                assert!((area as f64 - sum).abs() < 1.0, "seed {seed}: ∫L dt = {area}, ΣW = {sum}");
                checked += u32::from(served.count() > 0);
                area = 0;
            }
        }
        assert!(checked > 100, "seed {seed}: only {checked} stretches");
    }
}
