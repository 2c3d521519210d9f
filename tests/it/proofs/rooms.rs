//! `interaction/last-room`: three answers to the question when a room is whose.

use inflight::language::Value;
use inflight::world::World;

use super::pages::{broken, duration};
use super::{cell, check_share, look_at, number, text};
use crate::rig::{check_mean, secs, seeds};

const PATH: &str = "interaction/last-room";

fn tally(world: &World, what: &str) -> f64 {
    number(world, "hotel.tally", &Value::text(what), "times")
}

#[test]
fn who_charges_first_charges_all_who_come_while_the_first_one_pays() {
    for (pause, paying) in [(6_000, 3_000), (2_000, 1_000), (3_000, 6_000)] {
        let settings = [("pause", duration(pause)), ("paying", duration(paying))];
        let mut each = Vec::new();
        for seed in seeds(12) {
            let looks = look_at(PATH, seed, &settings, &[secs(4_000)], |world| {
                tally(world, "charged for nothing") / tally(world, "given away")
            });
            each.push(looks[0]);
        }
        // Theory: two people ask, each at a rate of 1 / pause; as many as come in the time to pay.
        let theory = 2.0 * paying as f64 / pause as f64;
        check_mean(&format!("asked each {pause} ms, {paying} ms to pay"), &each, theory);
    }
}

#[test]
fn a_lock_that_nobody_opens_keeps_the_room_empty() {
    let instants: Vec<_> = (1..=2_000).map(|it| secs(it * 3)).collect();
    for (leave, lock) in [(0.3, 9_000), (0.8, 3_000), (1.0, 20_000)] {
        let settings = [
            ("way", Value::text("locks first")),
            ("leave", Value::Float(leave)),
            ("lock", duration(lock)),
        ];
        let mut shares = Vec::new();
        for seed in seeds(12) {
            let looks = look_at(PATH, seed, &settings, &instants, |world| {
                let state = cell(world, "hotel.room", &Value::text("the last one"), "state");
                state == Value::text("locked for nobody")
            });
            shares.push(looks.iter().filter(|it| **it).count() as f64 / looks.len() as f64);
        }
        // Theory (renewal): free for 3 s on the average, then locked for nobody, or paid for in 3 s and
        // lived in for 10 s.
        let locked = leave * lock as f64 / 1e3;
        let theory = locked / (3.0 + locked + (1.0 - leave) * 13.0);
        check_mean(&format!("{leave} leave, a lock lasts {lock} ms"), &shares, theory);
    }
}

#[test]
fn who_takes_everybody_sends_some_away() {
    for (pause, shows) in [(6_000, 0.9), (20_000, 0.9), (12_000, 0.6)] {
        let settings = [
            ("way", Value::text("takes everybody")),
            ("pause", duration(pause)),
            ("shows", Value::Float(shows)),
        ];
        let mut each = Vec::new();
        for seed in seeds(12) {
            let looks = look_at(PATH, seed, &settings, &[secs(8_001)], |world| {
                tally(world, "sent to another hotel") / 400.0
            });
            each.push(looks[0]);
        }
        // Theory: so many come in 20 s, a Poisson number S of mean m; of those, S - 1 if there are any.
        let come = 2.0 * 20_000.0 / pause as f64 * shows;
        let theory = come - 1.0 + libm::exp(-come);
        check_mean(&format!("asked each {pause} ms, {shows} come"), &each, theory);
    }
}

#[test]
fn only_who_charges_first_charges_for_nothing() {
    let text = text(PATH);
    for seed in seeds(8) {
        let charged = broken(&text, "charge, then lock", seed, secs(300));
        assert_eq!(charged, ["nobody pays for nothing"]);
        for variant in ["lock, then charge", "take everybody and apologize"] {
            assert!(broken(&text, variant, seed, secs(300)).is_empty(), "{variant}");
        }
    }
    // Of those who come to a free room, as many leave as leave.
    let settings = [("way", Value::text("locks first"))];
    let looks = look_at(PATH, 1, &settings, &[secs(20_000)], |world| {
        [tally(world, "locked for nobody"), tally(world, "given away")]
    });
    let [nobody, given] = looks[0];
    check_share("leave", nobody, nobody + given, 0.3);
}
