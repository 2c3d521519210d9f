//! `interaction/`: a page whose parts belong to several services.

use inflight::language::{Value, compile};
use inflight::world::World;

use super::pages::broken;
use super::{look_at, number, text};
use crate::rig::{millis, secs, seeds};

const PATH: &str = "interaction/one-page-four-owners";

fn count(world: &World, what: &str) -> f64 {
    number(world, "itinerary.counts", &Value::text(what), "times")
}

/// Trips that are clicked every four seconds from the second on, and of those the ones whose car is asked for while
/// the garage is away: the first five of each fifteen seconds.
fn trips(until: u64) -> (usize, usize) {
    let clicks: Vec<u64> = (2_000..until).step_by(4_000).collect();
    // Nine links of 50 ms, and the work of hotel and airline; 100 ms of work must be over in time.
    let asked = clicks.iter().map(|it| it + 50 + 2 * 200 + 50);
    let away = asked.filter(|it| it + 100 > 15_000 && (it + 100) % 15_000 < 5_100);
    (clicks.len(), away.count())
}

#[test]
fn asked_one_after_the_other_a_trip_is_cut_in_half_whenever_one_owner_is_away() {
    let settings = [("way", Value::text("asks one after the other"))];
    for until in [61, 181, 600] {
        let looks = look_at(PATH, 1, &settings, &[secs(until)], |world| {
            (count(world, "trips begun"), count(world, "trips whole"))
        });
        // The last click lies two seconds back at least: its trip is over.
        let (all, away) = trips(until * 1_000);
        println!("{until} s: {all} trips, {away} without a car, told {:?}", looks[0]);
        assert_eq!(looks, [(all as f64, (all - away) as f64)]);
        assert!(away * 4 > all, "about a third");
    }
}

#[test]
fn slices_join_as_soon_as_all_owners_are_there() {
    let text = text(PATH);
    for seed in seeds(4) {
        let halves = broken(&text, "one after the other", seed, secs(100));
        assert_eq!(halves, ["nobody is left with half a trip"]);
        assert!(broken(&text, "each its slice", seed, secs(100)).is_empty());
    }
    let settings = [("way", Value::text("gives each its slice"))];
    // While the garage is away, all begin and none is whole; a moment after it is back, all are.
    let looks = look_at(PATH, 1, &settings, &[secs(31), millis(34_900), millis(36_500)], |world| {
        count(world, "trips begun") - count(world, "trips whole")
    });
    assert_eq!(looks, [1.0, 2.0, 0.0]);
}

#[test]
fn no_service_sees_a_field_that_is_not_its_own() {
    let scenario = compile(&text(PATH)).expect("it compiles");
    let mut seen: Vec<(String, String)> = Vec::new();
    for (service, definition) in scenario.services.iter().enumerate() {
        if ["page", "itinerary"].contains(&definition.name.as_str()) {
            continue;
        }
        for handler in 0..definition.handlers.len() {
            let name = scenario.handler_name(service, handler);
            let message = scenario.messages.iter().find(|it| *it.name == *name).expect("a message");
            for field in message.fields.iter().filter(|it| &*it.name != "trip") {
                seen.push((field.name.clone(), definition.name.clone()));
            }
        }
    }
    assert_eq!(seen.len(), 4, "one field each: {seen:?}");
    for (field, service) in &seen {
        assert!(seen.iter().all(|it| it.0 != *field || it.1 == *service), "{field} is seen twice");
    }
}
