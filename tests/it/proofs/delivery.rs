//! `delivery/`: what channels do to messages.

use inflight::language::Value;

use super::{look_at, number};
use crate::rig::secs;

#[test]
fn who_fetches_is_faster_than_whom_is_dealt_to() {
    // Ms for a piece, how much slower the slow one is, pieces, ms for a way.
    for (piece, slower, pieces, travel) in [(500, 3, 20, 150), (100, 5, 100, 5), (1_000, 9, 40, 1)]
    {
        let span = |millis| Value::from(inflight::base::Span::from_millis(millis));
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
