//! `time/dead-or-slow`: what nobody can know about others, and what must not go wrong when one is mistaken.
//!
//! Sources: Videla, "What we talk about when we talk about distributed systems" (2015); Chandra and Toueg on failure
//! detectors (1996).

use std::collections::{BTreeMap, BTreeSet};

use inflight::base::{Stream, Time};
use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, World};

use super::pages::{broken, duration};
use super::{cell, check_share, look_at, number, text};
use crate::rig::{engine, millis, secs, seeds, world_with};

const DEAD: &str = "time/dead-or-slow";
const FIRST: &str = "the first whom one does not suspect";
const ELECTED: &str = "whom a majority elects";
const BOUNDED: &str = "at most twice the average";

fn beats(world: &World, column: &str) -> f64 {
    number(world, "tower.beats", &Value::text("suspected by mistake"), column)
}

/// What a replica knows of itself.
fn mine(world: &World, replica: usize, column: &str) -> Value {
    cell(world, &format!("replica-{}.me", replica + 1), &Value::text("me"), column)
}

/// Does the first replica suspect the second?
fn suspects(world: &World, replica: usize, peer: usize) -> bool {
    let peer = Value::text(format!("replica-{}", peer + 1));
    let table = format!("replica-{}.peers", replica + 1);
    cell(world, &table, &peer, "suspected") == Value::Bool(true)
}

fn advance(engine: &mut Engine<World>, until: Time) {
    engine.advance(until, u64::MAX, &mut Vec::new());
    assert!(engine.halt().is_none(), "{:?}", engine.halt());
    assert!(engine.system.troubles.is_empty(), "{:?}", engine.system.troubles);
}

#[test]
fn who_is_only_slow_is_suspected_as_often_as_theory_says() {
    for (patience, lag) in [(600, 200), (1_000, 200), (1_400, 200), (400, 300)] {
        let theory = libm::exp(-f64::from(patience) / f64::from(lag));
        let settings = [("patience", duration(patience.into())), ("lag", duration(lag.into()))];
        let [mut missed, mut looked_at] = [0.0; 2];
        for seed in seeds(2) {
            let looks = look_at(DEAD, seed, &settings, &[secs(1_999)], |world| {
                ["missed", "beats", "theory"].map(|it| beats(world, it))
            });
            missed += looks[0][0];
            looked_at += looks[0][1];
            assert!((looks[0][2] - theory).abs() < 1e-9, "the page shows the same theory");
        }
        check_share(
            &format!("beats later than {patience} ms, {lag} ms"),
            missed,
            looked_at,
            theory,
        );
    }
}

#[test]
fn a_dead_one_is_noticed_between_the_patience_and_a_period_more() {
    let patience = 1_000;
    let settings = [
        ("patience", duration(patience)),
        ("lag", duration(200)),
        ("delays", Value::text(BOUNDED)),
    ];
    for died in [10_001_u64, 10_700, 11_999, 12_500] {
        let (mut engine, _) = engine(world_with(&text(DEAD), died, &settings));
        advance(&mut engine, millis(died));
        engine.steer(Input::Crash(0, None), &mut Vec::new());
        let mut noticed = [None; 4];
        for at in (died..died + 4_000).step_by(1) {
            advance(&mut engine, millis(at));
            for (other, noticed) in (1..5).zip(&mut noticed) {
                if noticed.is_none() && suspects(&engine.system, other, 0) {
                    *noticed = Some(at);
                }
            }
        }
        // The first beat that does not come is the one at the next even second.
        let theory = (died / 2_000 + 1) * 2_000 + 1_000;
        println!("died at {died} ms: noticed at {noticed:?}, theory {theory}");
        assert_eq!(noticed, [Some(theory); 4]);
        let took = i64::try_from(theory - died).unwrap();
        assert!(patience < took && took <= patience + 2_000, "{took} ms");
    }
}

#[test]
fn who_waits_longer_after_each_mistake_stops_making_them_if_there_is_a_bound() {
    let settings = |delays: &str| {
        [
            ("patience", duration(50)),
            ("more", duration(50)),
            ("lag", duration(200)),
            ("delays", Value::text(delays)),
        ]
    };
    for seed in seeds(3) {
        let instants = [100, 200, 1_000, 2_000].map(secs);
        let bounded = look_at(DEAD, seed, &settings(BOUNDED), &instants, |world| {
            let longest = (0..5).map(|it| match mine(world, it, "patience") {
                Value::Duration(micros) => micros,
                other => panic!("{other}"),
            });
            (beats(world, "missed"), longest.max().unwrap())
        });
        let mistakes: Vec<f64> = bounded.iter().map(|it| it.0).collect();
        println!("seed {seed}: mistakes at {instants:?}: {mistakes:?}, then {} us", bounded[3].1);
        // From 50 ms on, 50 ms more after each: after seven mistakes of its own, nobody is faster than any delay of
        // up to 400 ms. A mistake is one beat; up to three others of the same round come with it.
        assert!(mistakes[0] > 5.0 && mistakes[3] <= 5.0 * (7.0 + 3.0), "{mistakes:?}");
        assert!((mistakes[3] - mistakes[1]).abs() < 0.5, "they have come to an end: {mistakes:?}");
        let free = look_at(DEAD, seed, &settings("of any length"), &instants, |world| {
            beats(world, "missed")
        });
        assert!(free[3] > free[1], "without a bound they go on: {free:?}");
    }
}

#[test]
fn somebody_rules_exactly_when_a_majority_is_there() {
    let settings = [
        ("rule", Value::text(ELECTED)),
        ("patience", duration(1_000)),
        ("lag", duration(100)),
        ("delays", Value::text(BOUNDED)),
    ];
    let text = text(DEAD);
    for share in [0.9, 0.99] {
        let mut available = 0.0;
        for dead in 0..32_u32 {
            let (mut engine, _) = engine(world_with(&text, dead.into(), &settings));
            advance(&mut engine, secs(1));
            let dies = |it: &usize| dead & 1 << it != 0;
            for replica in (0..5).filter(dies) {
                engine.steer(Input::Crash(replica, None), &mut Vec::new());
            }
            advance(&mut engine, secs(60));
            let leads = |it: &usize| mine(&engine.system, *it, "leads") == Value::Bool(true);
            let leaders = (0..5).filter(|it| !dies(it)).filter(leads).count();
            let alive = 5 - dead.count_ones();
            assert_eq!(leaders, usize::from(alive >= 3), "{alive} of five are there");
            let up = libm::pow(share, f64::from(alive));
            available += leaders as f64 * up * libm::pow(1.0 - share, f64::from(5 - alive));
        }
        let theory = if share < 0.95 { 0.991_44 } else { 0.999_990_15 };
        println!("somebody rules, {share} each: theory {theory}, measured {available:.8}");
        assert!((available - theory).abs() < 1e-7, "{available}");
    }
}

#[test]
fn whatever_goes_wrong_no_term_has_two_leaders() {
    let text = text(DEAD);
    let mut terms_seen = 0;
    for seed in seeds(8) {
        let settings = [("rule", Value::text(ELECTED)), ("patience", duration(300))];
        let (mut engine, mut records) = engine(world_with(&text, seed, &settings));
        let mut stream = Stream::new(seed, &["troubles"]);
        let mut leaders: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
        for step in 1..4_000 {
            engine.advance(millis(step * 50), u64::MAX, &mut records);
            records.clear();
            for replica in 0..5 {
                let [term, leads] = ["term", "leads"].map(|it| mine(&engine.system, replica, it));
                if let (Value::Int(term), Value::Bool(true)) = (term, leads) {
                    leaders.entry(term).or_default().insert(replica);
                }
            }
            if stream.chance(0.02) {
                let replica = usize::try_from(stream.int(0, 4)).unwrap();
                let input = match stream.int(0, 5) {
                    0 => Input::Crash(replica, None),
                    1 | 2 => Input::Restart(replica, None),
                    it => Input::Fault(usize::try_from(it - 3).unwrap(), stream.chance(0.5)),
                };
                engine.steer(input, &mut records);
            }
        }
        terms_seen += leaders.len();
        assert!(leaders.values().all(|it| it.len() == 1), "seed {seed}: {leaders:?}");
    }
    println!("{terms_seen} terms had a leader, and each had one");
    assert!(terms_seen > 100);
    let promise = "never two crowns in one term";
    for seed in seeds(3) {
        assert_eq!(broken(&text, "whom one does not suspect", seed, secs(400)), [promise]);
        assert!(broken(&text, "whom a majority elects", seed, secs(400)).is_empty());
    }
    // A leader that is cut off: the crown stays on its head, and others crown the next.
    for (rule, crowns) in [(FIRST, 2), (ELECTED, 1)] {
        let settings = [
            ("rule", Value::text(rule)),
            ("patience", duration(1_000)),
            ("delays", Value::text(BOUNDED)),
        ];
        let (mut engine, _) = engine(world_with(&text, 1, &settings));
        advance(&mut engine, secs(21));
        let leads = |engine: &Engine<World>| -> Vec<usize> {
            (0..5).filter(|it| mine(&engine.system, *it, "leads") == Value::Bool(true)).collect()
        };
        assert_eq!(leads(&engine).len(), 1);
        let faults = &engine.system.plan.scenario.faults;
        let cut = faults.iter().position(|it| it.name == "replica 1 is cut off").unwrap();
        engine.steer(Input::Fault(cut, true), &mut Vec::new());
        advance(&mut engine, secs(34));
        let now = leads(&engine);
        println!("{rule}: cut off, these lead: {now:?}");
        assert_eq!(now.len(), crowns, "{rule}");
    }
}
