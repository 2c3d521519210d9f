//! `delivery/`: what channels do to messages.

use inflight::base::{Span, Time};
use inflight::language::Value;
use inflight::world::World;

use super::{cell, check_share, look_at, number, text};
use crate::rig::{check_mean, engine, secs, seeds, world_with};

#[test]
fn who_fetches_is_faster_than_whom_is_dealt_to() {
    // Ms for a piece, how much slower the slow one is, pieces, ms for a way.
    for (piece, slower, pieces, travel) in [(500, 3, 20, 150), (100, 5, 100, 5), (1_000, 9, 40, 1)]
    {
        let span = |millis| Value::from(Span::from_millis(millis));
        let settings = [
            ("piece", span(piece)),
            ("slower", Value::Int(slower)),
            ("pieces", Value::Int(pieces)),
            ("travel", span(travel)),
        ];
        let looks =
            look_at("delivery/competing-consumers", 1, &settings, &[secs(3_000)], |world| {
                ["dealt out", "fetched one by one"].map(|way| {
                    ["theory", "measured"]
                        .map(|it| number(world, "foreman.ways", &Value::text(way), it))
                })
            });
        let [[dealt_theory, dealt], [fetched_theory, fetched]] = looks[0];
        println!("dealt out {dealt} s ({dealt_theory}), fetched {fetched} s ({fetched_theory})");
        let half = pieces as f64 / 2.0 * piece as f64 / 1e3;
        let [way, factor] = [travel as f64 / 1e3, slower as f64];
        assert!((dealt - factor * half - 3.0 * way).abs() < 1e-9, "k × half of the pile");
        // Whole pieces: the end may come a piece of the slow one later.
        let slow = factor * piece as f64 / 1e3 + way;
        assert!((0.0..=slow).contains(&(fetched - fetched_theory)));
        if travel == 1 {
            let ideal = 2.0 * factor / (factor + 1.0) * half;
            assert!((0.0..=slow).contains(&(fetched - ideal)), "2k / (k + 1) × half of the pile");
        }
    }
}

#[test]
fn a_full_buffer_loses_as_many_notifications_as_theory_says() {
    // M/M/1/10: (1 - r) r^10 / (1 - r^11).
    for (load, theory) in [(0.9, 0.0508), (1.0, 0.0909), (1.2, 0.1926)] {
        let settings = [("load", Value::Float(load))];
        let shares: Vec<f64> = seeds(10)
            .map(|seed| {
                let looks =
                    look_at("delivery/notifier", seed, &settings, &[secs(15_000)], |world| {
                        let key = Value::text("share of lost notifications");
                        number(world, "cache.heard", &key, "measured")
                    });
                looks[0]
            })
            .collect();
        check_mean(&format!("lost notifications at load {load}"), &shares, theory);
    }
}

/// For how many seconds a change was unknown to the cache, at most.
fn worst_staleness(poll: u64) -> f64 {
    let settings = [("load", Value::Float(1.5)), ("poll", Value::from(Span::from_secs(poll)))];
    let text = text("delivery/notifier").replace("every: =exponential(500ms) / load", BURSTS);
    let (mut engine, mut records) = engine(world_with(&text, 1, &settings));
    let version = |world: &World, service: &str| {
        let table = format!("{service}.config");
        let Value::Int(version) = cell(world, &table, &Value::text("config"), "version") else {
            panic!("a version is a number");
        };
        usize::try_from(version).unwrap()
    };
    // By version, less one: when it came about.
    let mut changes: Vec<Time> = Vec::new();
    let mut worst: f64 = 0.0;
    while engine.now() < secs(4_000) {
        engine.step(&mut records);
        records.clear();
        let [truth, seen] = ["database", "cache"].map(|it| version(&engine.system, it));
        if changes.len() < truth {
            changes.push(engine.now());
        }
        if let Some(change) = changes.get(seen) {
            worst = worst.max(engine.now().since(*change).as_micros() as f64 / 1e6);
        }
    }
    worst
}

/// Some changes at once, then a long rest: what gets lost then is not made good by the next change.
const BURSTS: &str = "every: mixture(0.95, 50ms, 0.05, 100s)";

#[test]
fn a_fallback_poll_bounds_how_stale_the_cache_can_be() {
    // The poll's question and answer take 200 ms. The answer may wait for a handler to end: 500 ms on average.
    let [often, seldom, never] = [5, 20, 0].map(worst_staleness);
    println!(
        "worst staleness: {often} s with a poll every 5 s, {seldom} s every 20 s, {never} s without"
    );
    assert!((2.5..=5.2 + 5.0).contains(&often), "{often}");
    assert!((10.0..=20.2 + 5.0).contains(&seldom), "{seldom}");
    assert!(never > 60.0, "{never}");
}

#[test]
fn a_wire_for_each_topic_takes_the_connections_of_visitors() {
    let refused = |way: &str| {
        let settings = [("way", Value::text(way))];
        let looks = look_at("delivery/notifier", 1, &settings, &[secs(100)], |world| {
            ["listening", "refused_wires", "refused_visitors"]
                .map(|column| cell(world, "database.connections", &Value::text("all 100"), column))
        });
        looks[0].clone()
    };
    let numbers = |numbers: [i64; 3]| numbers.map(Value::Int);
    assert_eq!(refused("one for each process"), numbers([40, 0, 0]), "as many as processes");
    assert_eq!(refused("one for each topic"), numbers([100, 20, 14]), "topics times processes");
}

#[test]
fn routes_reach_whom_they_fit() {
    let readers = ["any-depth", "one-word", "suffix", "exactly"];
    for (route, fits) in [
        ("EU.PL", [true, true, true, true]),
        ("EU", [true, false, false, false]),
        ("EU.PL.WAW", [true, false, false, false]),
        ("PL", [false, false, false, false]),
        ("US.NY", [false, false, false, false]),
    ] {
        let settings = [("route", Value::text(route))];
        let looks = look_at("delivery/routing-bench", 1, &settings, &[secs(60)], |world| {
            let table = |service: &str| {
                let id = world.plan.scenario.services.iter().position(|it| it.name == service);
                !world.services[id.expect("a service")].tables[0].is_empty()
            };
            let unroutable = world.channels.iter().map(|it| it.unroutable).sum::<u64>();
            (readers.map(table), table("by-field"), unroutable > 0)
        });
        assert_eq!(looks[0].0, fits, "{route}");
        assert!(looks[0].1, "{route}: whoever looks at the country does not care for routes");
        assert_eq!(looks[0].2, fits == [false; 4], "{route}: nobody wants it from other countries");
    }
}

#[test]
fn at_most_once_loses_and_at_least_once_repeats() {
    for crash in [0.2, 0.5] {
        let settings = [("crash", Value::Float(crash))];
        let looks = look_at("delivery/routing-bench", 1, &settings, &[secs(3_000)], |world| {
            let sent = number(world, "cashier.sent", &Value::text("payments"), "count");
            let booked = ["at most once", "at least once", "with a memory"]
                .map(|how| number(world, "accountant.effects", &Value::text(how), "booked"));
            (sent, booked)
        });
        let (sent, [at_most, at_least, once]) = looks[0];
        check_share("lost at most once", sent - at_most, sent, crash);
        // Every booking but a payment's last is one that died: a share of all bookings.
        check_share("repeated at least once", at_least - sent, at_least, crash);
        assert!((once - sent).abs() < 3.0, "exactly once, but for the last that are under way");
    }
}
