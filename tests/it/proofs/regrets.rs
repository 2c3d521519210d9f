//! `interaction/`: changing one's mind, and names that only one can have.
//!
//! Theory follows from the texts of the scenarios themselves, and stands beside each expectation.

use inflight::language::Value;

use super::pages::{broken, duration};
use super::{check_share, look_at, number, text};
use crate::rig::{secs, seeds};

#[test]
fn who_regrets_late_or_is_far_away_comes_too_late() {
    let path = "interaction/buyers-remorse";
    for (grace, transit, slack, think) in
        [(20_000, 2_000, 0, 10_000), (20_000, 6_000, 0, 10_000), (10_000, 4_000, 2_000, 8_000)]
    {
        let settings = [
            ("grace", duration(grace)),
            ("transit", duration(transit)),
            ("slack", duration(slack)),
            ("think", duration(think)),
        ];
        let [mut wanted, mut late] = [0.0; 2];
        for seed in seeds(6) {
            let looks = look_at(path, seed, &settings, &[secs(6_000)], |world| {
                ["wanted to cancel", "too late"]
                    .map(|it| number(world, "shop.tally", &Value::text(it), "times"))
            });
            wanted += looks[0][0];
            late += looks[0][1];
        }
        // Theory: the first click after an order is as far away as any, since clicks have no memory;
        // of those within the 25 s up to the next order, who clicks later than this is too late.
        let left = |millis: i64| libm::exp(-(millis as f64) / think as f64);
        let theory = (left(grace + slack - transit) - left(25_000)) / (1.0 - left(25_000));
        let what =
            format!("{grace} ms and {slack} ms, way of {transit} ms, regret after {think} ms");
        check_share(&what, late, wanted, theory);
    }
}

#[test]
fn a_shop_that_allows_for_the_way_keeps_its_promise() {
    let text = text("interaction/buyers-remorse");
    for seed in seeds(8) {
        let to_the_end = broken(&text, "the shop counts to the end", seed, secs(1_200));
        assert_eq!(to_the_end, ["who clicks in time is in time"]);
        assert!(broken(&text, "the shop allows for the way", seed, secs(1_200)).is_empty());
    }
}
