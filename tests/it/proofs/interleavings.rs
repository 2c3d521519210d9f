//! `interaction/`: two people who are right at the same time, in every order in which they can be heard.
//!
//! Source: Dahan, "Race conditions don't exist": a microsecond must not decide what a business does.

use std::collections::BTreeSet;

use inflight::language::Value;
use inflight::world::Input;

use super::pages::{broken, duration};
use super::{cell, check_share, look_at, text};
use crate::rig::{engine, secs, seeds, world_with};

const RULES: [&str; 2] = ["not if the other came first", "both are facts"];

#[test]
fn two_clicks_swap_as_often_as_theory_says_and_a_guard_lets_that_decide() {
    let path = "interaction/either-order";
    // Milliseconds between the clicks, and of a way on average.
    for (gap, lag) in [(0, 500), (300, 1_000), (500, 500), (1_000, 500)] {
        let [mut rounds, mut swapped] = [0.0; 2];
        for seed in seeds(12) {
            let settings = [("gap", duration(gap)), ("lag", duration(lag))];
            let looks = look_at(path, seed, &settings, &[secs(8 * 1_000)], |world| {
                let ends = &world.services[0].tables[1];
                ["preferred, unpaid", "unpaid"].map(|end| {
                    let row = ends.get(&Value::text(end));
                    row.map_or(0.0, |it| if let Value::Int(it) = it[1] { it as f64 } else { 0.0 })
                })
            });
            rounds += looks[0][0] + looks[0][1];
            swapped += looks[0][1];
        }
        assert!(rounds > 5_900.0, "most pairs have an end: {rounds}");
        // Theory: the first is still under way at the second click with probability e^(-g/m); from
        // then on both have as far to go, so that each is the faster one half of the time.
        let theory = libm::exp(-(gap as f64) / lag as f64) / 2.0;
        check_share(&format!("swapped, {gap} ms apart, {lag} ms"), swapped, rounds, theory);
    }
}

#[test]
fn guards_make_two_ends_of_two_orders_and_facts_make_one() {
    let text = text("interaction/either-order");
    let ends = |rule: &str| -> BTreeSet<String> {
        let orders = [[0, 1], [1, 0]].map(|order: [usize; 2]| {
            let settings = [("rule", Value::text(rule)), ("lag", duration(0))];
            let (mut engine, mut records) = engine(world_with(&text, 1, &settings));
            engine.steer(Input::Habits { on: false }, &mut records);
            for (second, person) in (1..).zip(order) {
                engine.advance(secs(second), u64::MAX, &mut records);
                let values = Vec::new();
                engine.steer(Input::Submit { person, item: 0, values }, &mut records);
            }
            engine.advance(secs(60), u64::MAX, &mut records);
            let jones = Value::text("Jones");
            let facts = ["preferred", "unpaid"]
                .map(|it| cell(&engine.system, "customers.customers", &jones, it).to_string());
            facts.join(" ")
        });
        orders.into_iter().collect()
    };
    let [guarded, facts] = RULES.map(ends);
    println!("ends of both orders: {guarded:?} with a guard, {facts:?} as facts");
    assert_eq!(guarded, ["false true", "true true"].map(str::to_owned).into());
    assert_eq!(facts, ["true true"].map(str::to_owned).into());
    for seed in seeds(8) {
        let first = broken(&text, "whoever comes first decides", seed, secs(400));
        assert_eq!(first, ["the same clicks have the same end"]);
        assert!(broken(&text, "both are facts", seed, secs(400)).is_empty());
    }
}
