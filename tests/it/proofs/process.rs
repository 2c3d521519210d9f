//! `process/`: work that takes several steps, and what goes wrong between them.
//!
//! Source: Particular, "Recoverability": five immediate retries and three delayed rounds make 24 attempts.

use inflight::language::Value;
use inflight::world::What;

use super::{check_share, look_at, number, text};
use crate::rig::{check_mean, engine, millis, secs, seeds, world_with};

#[test]
fn an_order_is_given_up_as_often_as_24_tries_fail() {
    let totals = "accountant.totals";
    for (failing, tries) in [(0.9, 9.2023), (0.95, 14.1602), (0.5, 2.0)] {
        let settings = [("failing", Value::Float(failing))];
        let runs: Vec<_> = seeds(8)
            .map(|seed| {
                let looks = look_at(
                    "process/twenty-four-tries",
                    seed,
                    &settings,
                    &[secs(4_000)],
                    |world| {
                        let get = |what, column| number(world, totals, &Value::text(what), column);
                        let [tries, given_up] = ["1 tries for an order", "2 share never billed"];
                        let orders = get(tries, "orders");
                        (get(tries, "measured"), get(given_up, "count"), orders)
                    },
                );
                looks[0]
            })
            .collect();
        let means: Vec<f64> = runs.iter().map(|it| it.0).collect();
        check_mean(&format!("tries at {failing}"), &means, tries);
        let (given_up, orders) =
            runs.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.1, sum.1 + it.2));
        let all_fail = (0..24).map(|_| failing).product();
        check_share(&format!("given up at {failing}"), given_up, orders, all_fail);
    }
}

#[test]
fn six_tries_at_once_then_ten_twenty_and_thirty_seconds() {
    let text = text("process/twenty-four-tries").replace("every: exponential(3s)", "every: 200s");
    let (mut engine, mut records) = engine(world_with(&text, 1, &[("failing", Value::Float(1.0))]));
    engine.advance(secs(399), u64::MAX, &mut records);
    let started: Vec<u64> = records
        .iter()
        .filter(|it| matches!(it.what, What::Started { .. }) && it.node == 0)
        .map(|it| it.at.as_micros() / 1_000)
        .collect();
    // From hand to hand: 100 ms on the way, 50 ms of work; the first comes from the shop by two links.
    let mut expected = Vec::new();
    let mut at = millis(200_200).as_micros() / 1_000;
    for pause in [10_000, 20_000, 30_000, 0] {
        for _ in 0..6 {
            expected.push(at);
            at += 150;
        }
        at += pause;
    }
    assert_eq!(started, expected);
}
