//! `interaction/ten-thousand-edits`: how long a job in parts takes, and what is left of it when things go wrong.

use inflight::language::Value;
use inflight::world::World;

use super::pages::{broken, duration};
use super::{cell, check_share, number, text};
use crate::rig::{check_mean, engine, secs, seeds, world_with};

const PATH: &str = "interaction/ten-thousand-edits";

/// The scenario with a tab that stays open.
fn undisturbed() -> String {
    text(PATH).replace("    at: 7s\n", "")
}

fn run(text: &str, seed: u64, settings: &[(&str, Value)], until: u64) -> World {
    let (mut engine, mut records) = engine(world_with(text, seed, settings));
    engine.advance(secs(until), u64::MAX, &mut records);
    assert!(engine.halt().is_none(), "{:?}", engine.halt());
    assert!(engine.system.troubles.is_empty(), "{:?}", engine.system.troubles);
    engine.system
}

fn first_job(world: &World, table: &str, column: &str) -> f64 {
    number(world, table, &Value::text("Ana-1"), column)
}

#[test]
fn a_job_takes_a_round_trip_for_each_part_and_the_work_for_each_edit() {
    let text = undisturbed().replace("every: 70s", "every: 1h");
    for (edits, part) in [(10_000, 1), (10_000, 10), (9_999, 100), (10_000, 1_000), (7, 10_000)] {
        let settings = [
            ("loss", Value::Float(0.0)),
            ("cut", duration(60_000)),
            ("trip", duration(100)),
            ("edits", Value::Int(edits)),
            ("part", Value::Int(part)),
        ];
        let world = run(&text, 1, &settings, 1_100);
        let took = first_job(&world, "tab.jobs", "took");
        // Theory: ceil(N / b) R + N s, to the microsecond.
        let theory = ((edits + part - 1) / part) as f64 * 0.1 + edits as f64 * 0.001;
        println!("{edits} edits in parts of {part}: theory {theory} s, measured {took} s");
        assert!((took - theory).abs() < 1e-9, "{took}, {theory}");
        let applied = first_job(&world, "store.jobs", "applied");
        assert!((applied - edits as f64).abs() < 0.5, "{applied}");
    }
}

#[test]
fn names_apply_each_edit_once_whatever_gets_lost_doubled_or_closed() {
    let text = text(PATH).replace("loss: =loss", "loss: =loss, duplicate: 0.2, ordered: false");
    assert_eq!(text.matches("duplicate").count(), 2);
    for seed in seeds(12) {
        let settings = [
            ("named", Value::Bool(true)),
            ("loss", Value::Float(0.3)),
            ("edits", Value::Int(990)),
            ("part", Value::Int(20)),
        ];
        let closed = format!("    at: {}ms\n", 2_000 + 411 * seed);
        let world = run(&text.replace("    at: 7s\n", &closed), seed, &settings, 500);
        for job in ["Ana-1", "Ana-2", "Ana-3"] {
            let get = |column| number(&world, "store.jobs", &Value::text(job), column);
            let [applied, twice] = ["applied", "twice"].map(get);
            assert!((applied - 990.0).abs() < 0.5 && twice < 0.5, "{job}: {applied}, {twice}");
            let state = cell(&world, "store.jobs", &Value::text(job), "state");
            assert_eq!(state, Value::text("done"));
        }
    }
}

#[test]
fn without_names_every_lost_answer_applies_a_part_again() {
    let text = undisturbed().replace("attempts: 4", "attempts: 1000");
    for loss in [0.1, 0.3] {
        let settings = [("loss", Value::Float(loss)), ("part", Value::Int(10))];
        let times: Vec<f64> = seeds(8)
            .map(|seed| {
                let long = text.replace("every: 70s", "every: 2h");
                let world = run(&long, seed, &settings, 4_000);
                assert_eq!(
                    cell(&world, "store.jobs", &Value::text("Ana-1"), "state"),
                    Value::text("done")
                );
                first_job(&world, "store.jobs", "applied") / 10_000.0
            })
            .collect();
        // Theory: an attempt applies the part with probability 1 - q, and is the last with (1 - q)²,
        // so that each part is applied 1 / (1 - q) times.
        check_mean(&format!("times applied at {loss} lost"), &times, 1.0 / (1.0 - loss));
    }
}

#[test]
fn a_closed_tab_leaves_what_has_left_it() {
    for closed in [2_050, 4_550, 7_150] {
        let text = text(PATH).replace("    at: 7s\n", &format!("    at: {closed}ms\n"));
        let settings = [("loss", Value::Float(0.0))];
        let world = run(&text, 1, &settings, 60);
        let applied = first_job(&world, "store.jobs", "applied");
        // Theory: a part of 200 leaves every 0.4 s, the first at 1 s; what is on its way arrives.
        let theory = ((closed - 1_000) / 400 + 1) * 200;
        println!("closed at {closed} ms: theory {theory}, measured {applied} of 10,000");
        assert!((applied - f64::from(theory)).abs() < 0.5, "{applied}, {theory}");
        let state = cell(&world, "store.jobs", &Value::text("Ana-1"), "state");
        assert_eq!(state, Value::text("open"), "and nobody ever says so");
        let settings = [("loss", Value::Float(0.0)), ("named", Value::Bool(true))];
        let applied = first_job(&run(&text, 1, &settings, 60), "store.jobs", "applied");
        assert!((applied - 10_000.0).abs() < 0.5, "with a name it goes on: {applied}");
    }
}

#[test]
fn all_or_nothing_is_mostly_nothing() {
    let text = undisturbed().replace("every: 70s", "every: 12s");
    for (bad, edits) in [(1e-4, 10_000), (2e-5, 10_000), (1e-3, 500)] {
        let settings = [
            ("whole", Value::Bool(true)),
            ("bad", Value::Float(bad)),
            ("edits", Value::Int(edits)),
            ("loss", Value::Float(0.0)),
            ("cut", duration(60_000)),
            ("trip", duration(10)),
            ("part", Value::Int(1_000)),
        ];
        let [mut all, mut done] = [0.0; 2];
        for seed in seeds(6) {
            let world = run(&text, seed, &settings, 12 * 100);
            for job in 1..100 {
                let job = Value::text(format!("Ana-{job}"));
                let state = cell(&world, "store.jobs", &job, "state");
                all += 1.0;
                done += f64::from(state == Value::text("done"));
                let applied = number(&world, "store.jobs", &job, "applied");
                let rest = if state == Value::text("done") { edits as f64 } else { 0.0 };
                assert!((applied - rest).abs() < 0.5, "all of it or nothing: {applied}");
            }
        }
        // Theory: (1 - q)^N.
        let theory = libm::pow(1.0 - bad, edits as f64);
        check_share(&format!("jobs of {edits} that come through at {bad}"), done, all, theory);
    }
}

#[test]
fn only_names_keep_both_promises() {
    let text = text(PATH);
    let [twice, end] = ["no edit is applied twice", "every job comes to an end"];
    for seed in seeds(8) {
        let bare = broken(&text, "parts without names", seed, secs(300));
        assert_eq!(bare, [twice, end], "seed {seed}");
        assert!(broken(&text, "one by one", seed, secs(100)).contains(&end.to_owned()));
        assert!(broken(&text, "one huge request", seed, secs(100)).contains(&twice.to_owned()));
        assert!(broken(&text, "parts with names", seed, secs(300)).is_empty());
    }
}
