//! `interaction/`: lines at a desk, counted by hand: who stands behind whom, and what piles up for somebody who left.
//!
//! Theory follows from the ways and the work in the texts of the scenarios, and stands beside each expectation.

use inflight::base::{Span, Time};
use inflight::language::Value;
use inflight::measure::{Latencies, report};
use inflight::sim::Engine;
use inflight::world::{Input, Record, World};

use super::{number, text};
use crate::rig::{engine, secs, seeds, world_with};

/// Goes on to an instant, without keeping what is told on the way.
fn advance(engine: &mut Engine<World>, until: Time, records: &mut Vec<Record>) {
    while engine.now() < until {
        assert!(engine.halt().is_none(), "stopped: {:?}", engine.halt());
        engine.advance(until, 10_000, records);
        records.clear();
    }
}

/// How long an address change waits that comes a second after so many imports at once, in seconds.
fn behind(imports: usize, queues: &str, import: u64, seed: u64) -> f64 {
    let (ana, olga) = (0, 2);
    let settings =
        [("queues", Value::text(queues)), ("import_work", Value::from(Span::from_secs(import)))];
    let world = world_with(&text("interaction/queue-per-command"), seed, &settings);
    let (mut engine, mut records) = engine(world);
    engine.steer(Input::Habits { on: false }, &mut records);
    for _ in 0..imports {
        engine.steer(Input::Submit { person: olga, item: 0, values: vec![] }, &mut records);
    }
    advance(&mut engine, secs(1), &mut records);
    engine.steer(Input::Submit { person: ana, item: 0, values: vec![] }, &mut records);
    advance(&mut engine, secs(60), &mut records);
    let get = |what, column| number(&engine.system, "web.waits", &Value::text(what), column);
    assert!((get("address changes", "count") - 1.0).abs() < 0.5, "one change");
    assert!((get("imports", "count") - imports as f64).abs() < 0.5, "all imports are done");
    get("address changes", "mean")
}

#[test]
fn a_second_worker_helps_against_one_import_and_a_queue_of_its_own_against_all() {
    // From the web to the broker and on to a desk it takes two ways of 250 ms. The web sends the change a second after
    // the imports, and so it comes to the desk a second after them: of their work, all but that second is left. With
    // two workers, a message leaves the broker only when one of them is free, so that one way comes after the wait,
    // and the other one before it is over.
    let ways = 0.5;
    for import in [5, 10] {
        let left = import as f64 - 1.0;
        for (queues, imports, theory) in [
            ("one for all", 0, ways),
            ("one for all", 1, ways + left),
            ("one for all", 2, ways + left + import as f64),
            ("one with two workers", 1, ways),
            ("one with two workers", 2, ways + left + 0.25),
            ("one per command", 1, ways),
            ("one per command", 2, ways),
        ] {
            for seed in seeds(3) {
                let waited = behind(imports, queues, import, seed);
                println!("{queues}, {imports} x {import} s: theory {theory}, measured {waited}");
                assert!((waited - theory).abs() < 1e-9, "{queues}: {waited} is not {theory}");
            }
        }
    }
}

/// How many prices wait for Ana's laptop at these instants, while it is closed for ten minutes from the fourth second.
fn kept(what: &str, seed: u64, instants: &[u64]) -> Vec<usize> {
    let settings = [("kept", Value::text(what)), ("away", Value::from(Span::from_secs(600)))];
    let world = world_with(&text("interaction/ticker"), seed, &settings);
    let (mut engine, mut records) = engine(world);
    instants
        .iter()
        .map(|at| {
            advance(&mut engine, secs(*at), &mut records);
            let channels = report(&engine, &Latencies::new(0), None).channels;
            let kept = ["every-price", "newest-price"].map(|it| &channels[it]);
            kept.iter().map(|it| it.waiting + it.handed_out).sum()
        })
        .collect()
}

#[test]
fn a_closed_laptop_owes_exactly_rate_times_absence() {
    // Five prices a second, whatever the span: between two instants in the absence, exactly that many are added.
    let instants = [10, 11, 70, 603];
    for seed in seeds(3) {
        let all = kept("every price", seed, &instants);
        let newest = kept("only the newest", seed, &instants);
        println!("at {instants:?} s: every price {all:?}, only the newest {newest:?}");
        for (waiting, at) in all.iter().zip(instants).skip(1) {
            let theory = 5 * usize::try_from(at - instants[0]).expect("a small number");
            assert_eq!(waiting - all[0], theory, "at {at} s");
        }
        assert_eq!(newest, [1; 4], "one price, however long nobody asks");
    }
}
