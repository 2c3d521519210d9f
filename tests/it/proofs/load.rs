//! `load/`: who waits for whom, and what is refused.
//!
//! Source: Microsoft, "Noisy neighbor antipattern".

use inflight::base::{Span, Time};
use inflight::language::Value;
use inflight::world::Input;

use super::{number, text};
use crate::rig::{engine, secs, world_with};

/// How long an invoice waits that comes 50 ms after an import, in seconds, in the three kinds of pools; and when the
/// last job of all is done.
fn after_an_import(burst: i64, job_ms: u64) -> ([f64; 3], [Time; 3]) {
    let pools = ["one line for all", "tenants in turn", "a pool for each"];
    let job = Value::from(Span::from_millis(job_ms));
    let settings = [("burst", Value::Int(burst)), ("job", job)];
    let world = world_with(&text("load/noisy-neighbour"), 1, &settings);
    let (mut engine, mut records) = engine(world);
    engine.steer(Input::Habits { on: false }, &mut records);
    engine.steer(Input::Submit { person: 0, item: 0, values: Vec::new() }, &mut records);
    engine.advance(Time::from_micros(50_000), u64::MAX, &mut records);
    engine.steer(Input::Submit { person: 1, item: 0, values: Vec::new() }, &mut records);
    let mut done = [Time::ZERO; 3];
    let mut jobs = [0.0; 3];
    while engine.now() < secs(400) {
        engine.step(&mut records);
        for (pool, name) in pools.into_iter().enumerate() {
            let now = number(&engine.system, "accountant.pools", &Value::text(name), "jobs");
            if jobs[pool] < now {
                jobs[pool] = now;
                done[pool] = engine.now();
            }
        }
    }
    let all = (burst + 1) as f64;
    assert!(jobs.iter().all(|it| (it - all).abs() < 0.5), "every job is done: {jobs:?}");
    let wait = |name| number(&engine.system, "accountant.pools", &Value::text(name), "worst_wait");
    (pools.map(wait), done)
}

#[test]
fn an_invoice_waits_for_the_import_or_for_its_turn() {
    for (burst, job_ms) in [(60, 200), (500, 20)] {
        let job = job_ms as f64 / 1e3;
        let ([shared, fair, dedicated], done) = after_an_import(burst, job_ms);
        println!("{burst} jobs of {job} s: invoice waits {shared} s, {fair} s, {dedicated} s");
        // Theory: all of the burst that is left when the invoice comes, 50 ms after it. The waits count from the web
        // tier, 100 ms before the workers.
        let whole = burst as f64 * job - 0.05 + 0.1;
        assert!((shared - whole).abs() < job, "{shared}, {whole}");
        assert!(fair <= 2.0 * job + 0.1, "two jobs at most: {fair}");
        assert!((dedicated - 0.1).abs() < 1e-9, "nobody is in the way: {dedicated}");
        assert_eq!(done[0], done[1], "scheduling costs nothing");
    }
}
