//! `time/`: what happens between two lines of a text when the second one waits: a gap, another order, work for nobody.
//!
//! Source: Duffy, "Asynchronous everything" (2015), on state, ordering and cancellation.

use inflight::language::Value;

use super::pages::{broken, duration};
use super::{check_share, look_at, number, text};
use crate::rig::{check_mean, millis, secs, seeds};

const GAP: &str = "time/await-is-a-gap";
const WAYS: [&str; 3] = ["others come in", "the door is shut", "each has a series"];

#[test]
fn what_was_read_has_changed_after_an_await_as_often_as_theory_says() {
    for (answer, receipts) in [(2_000, 4_000), (200, 1_000), (1_000, 4_000), (4_000, 2_000)] {
        // Theory: writers without memory, one in `receipts`, and a gap of `answer`.
        let theory = 1.0 - libm::exp(-(answer as f64) / receipts as f64);
        for way in WAYS {
            let settings = [
                ("way", Value::text(way)),
                ("answer", duration(answer)),
                ("receipts", duration(receipts)),
            ];
            let [mut failed, mut awaits] = [0.0; 2];
            for seed in seeds(6) {
                let looks = look_at(GAP, seed, &settings, &[secs(5_000)], |world| {
                    ["failed", "awaits", "theory"]
                        .map(|it| number(world, "desk.lights", &Value::text(way), it))
                });
                (failed, awaits) = (failed + looks[0][0], awaits + looks[0][1]);
                let shown = if way == WAYS[0] { theory } else { 0.0 };
                assert!((looks[0][2] - shown).abs() < 1e-9, "the page shows the same theory");
            }
            if way == WAYS[0] {
                let what = format!("changed in {answer} ms, a writer every {receipts} ms");
                check_share(&what, failed, awaits, theory);
            } else {
                assert!(failed < 0.5 && awaits > 990.0 * 6.0, "{way}: {failed} of {awaits}");
            }
        }
    }
}

#[test]
fn a_door_that_is_shut_across_a_wire_lends_out_its_delay() {
    for answer in [1_000, 2_000, 4_000] {
        for way in WAYS {
            let settings = [
                ("way", Value::text(way)),
                ("answer", duration(answer)),
                ("receipts", duration(1_000)),
            ];
            let waits: Vec<f64> = seeds(12)
                .map(|seed| {
                    look_at(GAP, seed, &settings, &[secs(2_000)], |world| {
                        number(world, "desk.waits", &Value::text(way), "measured")
                    })[0]
                })
                .collect();
            if way == WAYS[1] {
                // Theory: every five seconds the door is shut for so long; whoever comes then waits half of it.
                let shut = answer as f64 / 1e3;
                let what = format!("a receipt waits, {answer} ms");
                check_mean(&what, &waits, shut / 5.0 * (shut / 2.0));
            } else {
                assert!(waits.iter().all(|it| *it < 1e-9), "{way}: nobody waits");
            }
        }
    }
}

const FIRST: &str = "time/who-speaks-first";
const TELLS: [&str; 3] =
    ["at once", "at once and the shop answers by the same way", "when billing has answered"];

#[test]
fn two_messages_swap_on_two_ways_only_and_an_answer_costs_a_round_trip() {
    for (gap, lag) in [(0, 500), (250, 500), (500, 500), (500, 250)] {
        let overtaken = libm::exp(-(gap as f64) / lag as f64) / 2.0;
        let (gap_s, lag_s) = (gap as f64 / 1e3, lag as f64 / 1e3);
        for way in TELLS {
            let settings =
                [("way", Value::text(way)), ("gap", duration(gap)), ("lag", duration(lag))];
            let runs: Vec<[f64; 3]> = seeds(10)
                .map(|seed| {
                    look_at(FIRST, seed, &settings, &[secs(4_000)], |world| {
                        let get = |table, column| number(world, table, &Value::text(way), column);
                        [
                            get("billing.reversed", "times"),
                            get("billing.reversed", "pairs"),
                            get("billing.times", "measured"),
                        ]
                    })[0]
                })
                .collect();
            let sum = |place: usize| runs.iter().map(|it| it[place]).sum::<f64>();
            let took: Vec<f64> = runs.iter().map(|it| it[2]).collect();
            if way == TELLS[0] {
                let what = format!("reversed, {gap} ms apart, {lag} ms");
                check_share(&what, sum(0), sum(1), overtaken);
            } else {
                assert!(sum(0) < 0.5 && sum(1) > 4_900.0, "{way}: {} reversed", sum(0));
            }
            // Theory: the second message's way and the gap, and what the first is late when it is the later one, by
            // whatever way: on one link the second waits for it.
            let more = if way == TELLS[2] { 2.0 * lag_s } else { overtaken * lag_s };
            check_mean(&format!("both heard, {way}, {gap} ms"), &took, gap_s + lag_s + more);
        }
    }
}

const CANCEL: &str = "time/cancel-button";
const TOLD: [&str; 3] = ["nobody", "the next one", "everybody"];

/// Milliseconds of work after the click by the schedule: all of it, and of pieces that were finished. The page asks
/// at 0, and gives up after `patience`.
fn wasted(told: &str, [patience, hop, work]: [i64; 3]) -> [i64; 2] {
    let [mut all, mut finished] = [0; 2];
    // The card is the fourth from the page and works first; each answer takes a hop.
    for (turn, place) in [4, 3, 2, 1].into_iter().enumerate() {
        let turn = i64::try_from(turn).unwrap();
        let begins = 4 * hop + turn * (work + hop);
        let stops = match told {
            "everybody" => patience + place * hop,
            "the next one" if place == 1 => patience + hop,
            _ => i64::MAX,
        };
        for piece in 0..10 {
            let (from, to) = (begins + piece * work / 10, begins + (piece + 1) * work / 10);
            all += (to.min(stops) - from.max(patience)).max(0);
            finished += if to <= stops { (to - from.max(patience)).max(0) } else { 0 };
        }
    }
    [all, finished]
}

#[test]
fn work_after_a_cancel_is_what_was_left_or_ends_when_the_news_has_arrived() {
    for case in [
        [1_003, 100, 1_000],
        [2_507, 100, 1_000],
        [333, 170, 600],
        [4_441, 100, 1_000],
        [700, 30, 400],
    ] {
        for told in TOLD {
            let [patience, hop, work] = case;
            let settings = [
                ("way", Value::text(told)),
                ("patience", duration(patience)),
                ("hop", duration(hop)),
                ("work", duration(work)),
            ];
            let looks = look_at(CANCEL, 1, &settings, &[millis(10_900)], |world| {
                ["wasted", "at_most", "loads"]
                    .map(|it| number(world, "meter.ways", &Value::text(told), it))
            });
            let [measured, at_most, loads] = looks[0];
            let [all, finished] = wasted(told, case).map(|it| it as f64 / 1e3);
            println!(
                "{told}, {case:?} ms: wasted {all} s, in pieces {finished}, measured {measured}, at most {at_most}"
            );
            assert!((loads - 1.0).abs() < 0.5, "one load was canceled");
            assert!((measured - finished).abs() < 1e-6, "{told} {case:?}: {measured}");
            let piece = work as f64 / 1e4;
            assert!(all <= at_most + 1e-6, "{told} {case:?}: {all} of at most {at_most}");
            match told {
                // What was left, all of it; the page does not know of a piece that is not finished.
                "nobody" => assert!(all + piece >= at_most && (all - finished).abs() < 1e-6),
                "everybody" => assert!(at_most <= 4.0 * hop as f64 / 1e3 + 1e-6),
                _ => {}
            }
        }
    }
}

#[test]
fn each_way_keeps_or_breaks_its_promises() {
    let [gap, first, cancel] = [GAP, FIRST, CANCEL].map(text);
    let [holds, door] = ["what was read still holds after the await", "nobody waits at the door"];
    for seed in seeds(5) {
        let of = |variant| broken(&gap, variant, seed, secs(200));
        assert_eq!(WAYS.map(of), [vec![holds.to_owned()], vec![door.to_owned()], vec![]]);
        let of = |variant| broken(&first, variant, seed, secs(200));
        let unknown = "billing knows whoever has ordered".to_owned();
        let variants = ["two ways", "one way", "wait for the answer"];
        assert_eq!(variants.map(of), [vec![unknown], vec![], vec![]]);
        let of = |variant| broken(&cancel, variant, seed, secs(60));
        let goes_on = vec!["four hops after Cancel nobody works any more".to_owned()];
        let variants = ["nobody is told", "the next one is told", "everybody is told"];
        assert_eq!(variants.map(of), [goes_on.clone(), goes_on, vec![]]);
    }
}
