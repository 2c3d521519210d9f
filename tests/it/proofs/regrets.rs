//! `interaction/`: changing one's mind, and names that only one can have.
//!
//! Theory follows from the texts of the scenarios themselves, and stands beside each expectation.

use inflight::language::Value;
use inflight::world::{Outcome, World};

use super::pages::{broken, duration};
use super::{check_share, look_at, number, text};
use crate::rig::{check_mean, secs, seeds};

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

/// A row of the registry's tally.
fn names(world: &World, what: &str) -> f64 {
    number(world, "registry.tally", &Value::text(what), "times")
}

#[test]
fn a_name_that_is_looked_up_in_a_view_is_given_twice() {
    let path = "interaction/that-name-is-taken";
    for (lag, pause) in [(2_000, 4_000), (500, 4_000), (2_000, 12_000)] {
        let settings = [("lag", duration(lag)), ("pause", duration(pause))];
        let [mut all, mut twice] = [0.0; 2];
        for seed in seeds(6) {
            let looks = look_at(path, seed, &settings, &[secs(4_001)], |world| {
                [names(world, "names"), names(world, "given twice")]
            });
            all += looks[0][0];
            twice += looks[0][1];
        }
        // Theory: two people ask, each at a rate of 1 / pause. The directory has the first claim three
        // links and its delay after it was looked up; a later one sees it from then on. A name that
        // comes into fashion for 20 s may be asked for too late to be asked for again.
        let rate = 2.0 / pause as f64;
        let [window, day] = [(lag + 150) as f64, 20_000.0];
        let none = libm::exp(-rate * day);
        let in_time = 1.0 - libm::exp(-rate * (day - window));
        let cut_off = 1.0 - in_time - none - rate * window * none;
        let theory = (in_time * (1.0 - libm::exp(-rate * window)) + cut_off) / (1.0 - none);
        check_share(&format!("{lag} ms behind, asked each {pause} ms"), twice, all, theory);
    }
}

#[test]
fn who_decides_gives_no_name_twice_and_a_kept_name_may_be_kept_for_nobody() {
    let text = text("interaction/that-name-is-taken");
    for seed in seeds(8) {
        let view = broken(&text, "look it up in the view", seed, secs(300));
        assert_eq!(view, ["a name has one owner"]);
        assert!(broken(&text, "ask who decides", seed, secs(300)).is_empty());
        let kept = broken(&text, "keep it while the form is filled in", seed, secs(300));
        assert!(kept.is_empty(), "{kept:?}");
    }
    let instants: Vec<_> = (1..=2_000).map(|it| secs(it * 3)).collect();
    for (abandon, keep) in [(0.5, 10_000), (0.2, 4_000), (0.8, 6_000)] {
        let settings = [
            ("way", Value::text("and kept for a while")),
            ("abandon", Value::Float(abandon)),
            ("keep", duration(keep)),
        ];
        let mut ratios = Vec::new();
        for seed in seeds(8) {
            let path = "interaction/that-name-is-taken";
            let looks = look_at(path, seed, &settings, &instants, |world| {
                let all = world.truths.experiences();
                let given = all.filter(|it| it.outcome == Outcome::Accepted).count();
                (names(world, "kept for nobody"), given as f64)
            });
            let kept = looks.iter().map(|it| it.0).sum::<f64>() / looks.len() as f64;
            // Theory (Little): as many as leave in the time that a name is kept.
            let rate = abandon * looks[looks.len() - 1].1 / 6_000.0;
            ratios.push(kept / (rate * keep as f64 / 1e3));
        }
        check_mean(&format!("kept for nobody, {abandon} leave, {keep} ms"), &ratios, 1.0);
    }
}

#[test]
fn what_is_deleted_is_ordered_as_long_as_somebody_can_see_it() {
    let path = "interaction/dont-delete";
    for (lag, pause) in [(3_000, 2_000), (0, 1_000), (6_000, 500)] {
        for way in ["deletes the product", "discontinues the product"] {
            let settings =
                [("lag", duration(lag)), ("pause", duration(pause)), ("way", Value::text(way))];
            let mut each = Vec::new();
            for seed in seeds(12) {
                let looks = look_at(path, seed, &settings, &[secs(2_000)], |world| {
                    ["taken away", "orders for nothing", "orders for something old"]
                        .map(|it| number(world, "catalog.tally", &Value::text(it), "times"))
                });
                let [away, nothing, old] = looks[0];
                let (orders, none) =
                    if way.starts_with("del") { (nothing, old) } else { (old, nothing) };
                assert!(none < 0.5, "{way}: {looks:?}");
                each.push(orders / away);
            }
            // Theory: from three links before the catalog knows, less the one of Ben's click, up to four
            // links and the delay after it: six links of 50 ms in all.
            let theory = (lag + 300) as f64 / pause as f64;
            check_mean(&format!("{way}: {lag} ms behind, orders each {pause} ms"), &each, theory);
        }
    }
    let text = text(path);
    for seed in seeds(8) {
        let deleted = broken(&text, "it is deleted", seed, secs(200));
        assert_eq!(deleted, ["every order is for something that there is"]);
        assert!(broken(&text, "it is discontinued", seed, secs(200)).is_empty());
    }
}
