//! People who want the same thing, or want it before the page knows: what each way of asking does to them.
//!
//! Source: Dahan, "Better CQRS through asynchronous user interaction", with the essays around it; Servienti on
//! predictive view models.

use inflight::base::{Span, Time};
use inflight::client::{Assertion, Device};
use inflight::language::Value;
use inflight::measure::{Latencies, report};
use inflight::sim::Engine;
use inflight::world::{Input, InvariantStanding as Standing, Record, World};

use super::{check_share, look_at, number, text};
use crate::rig::{check_mean, engine, millis, secs, world_with};

type Knobs<'a> = &'a [(&'a str, Value)];

/// People act for a while; then all comes to rest.
fn rested(path: &str, seed: u64, settings: Knobs<'_>, span: u64) -> Engine<World> {
    let (mut engine, mut records) = engine(world_with(&text(path), seed, settings));
    advance(&mut engine, secs(span), &mut records);
    engine.steer(Input::Habits { on: false }, &mut records);
    advance(&mut engine, secs(span + 60), &mut records);
    engine
}

/// Goes on to an instant, without keeping what is told on the way.
fn advance(engine: &mut Engine<World>, until: Time, records: &mut Vec<Record>) {
    while engine.now() < until {
        assert!(engine.halt().is_none(), "stopped: {:?}", engine.halt());
        engine.advance(until, 10_000, records);
        records.clear();
    }
}

/// Has this invariant been broken, with these knobs?
#[track_caller]
fn check_invariant(path: &str, settings: Knobs<'_>, sentence: &str, broken: bool) {
    for seed in 0..5 {
        let engine = rested(path, seed, settings, 60);
        let world = &engine.system;
        let invariants = &world.plan.scenario.invariants;
        let index = invariants.iter().position(|it| it.name == sentence).expect("an invariant");
        let state = &world.invariants[index];
        assert_ne!(state.standing, Standing::Open, "{sentence}: never judged");
        assert_eq!(state.first_violation.is_some(), broken, "{sentence}, seed {seed}");
    }
}

/// Does this wish of the person's stand on the screen as something that is or is to be?
fn shows(device: &Device, number: u64) -> bool {
    let row = Value::text(format!("for {}-{number}", device.name));
    let claimed =
        |it: &Assertion| matches!(it, Assertion::Pending | Assertion::Done | Assertion::Accepted);
    device.intents.iter().any(|it| it.name.number == number && claimed(&it.assertion))
        || device.lists.iter().any(|it| it.table.get(&row).is_some())
}

#[test]
fn a_faked_row_vanishes_as_often_as_a_reload_is_faster_than_the_page() {
    // Ways of 200 ms, work of 200 ms, and a lag of 3 s: to the office, to the broker, to the page, to the screen. A row
    // that is stored first needs the way there and back. Who waits has nothing on the screen that could vanish.
    let path = "interaction/wait-fake-predict";
    let windows = [0.0, 4.0 * 0.2 + 0.2 + 3.0, 2.0 * 0.2];
    let (trials, patience) = (200_u64, 3.0);
    let (mut engine, mut records) =
        engine(world_with(&text(path), 1, &[("refused", Value::Float(0.0))]));
    engine.steer(Input::Habits { on: false }, &mut records);
    let mut vanished = [0_u64; 3];
    for number in 1..=trials {
        let click = secs(number * 20);
        advance(&mut engine, click, &mut records);
        for person in 0..3 {
            engine.steer(Input::Submit { person, item: 0, values: vec![] }, &mut records);
        }
        // All quantiles of an exponential time, so that theory must be met exactly, but for one trial at the edge.
        let quantile = (number as f64 - 0.5) / trials as f64;
        let pause = -patience * libm::log(1.0 - quantile);
        let reload = click + Span::from_secs_f64(pause);
        advance(&mut engine, reload, &mut records);
        for (person, vanished) in vanished.iter_mut().enumerate() {
            let before = shows(&engine.system.people[person], number);
            engine.steer(Input::Reload(person), &mut records);
            let after = shows(&engine.system.people[person], number);
            *vanished += u64::from(before && !after);
        }
    }
    for (vanished, window) in vanished.into_iter().zip(windows) {
        let theory = trials as f64 * (1.0 - libm::exp(-window / patience));
        println!("shown by itself for {window} s: theory {theory:.2}, vanished {vanished}");
        assert!((vanished as f64 - theory).abs() <= 1.0, "{vanished} is not {theory}");
    }
}

#[test]
fn who_waits_waits_for_the_page_and_who_fakes_takes_back_what_is_refused() {
    let path = "interaction/wait-fake-predict";
    let (mut intents, mut taken_back, mut turned, mut predicted) = (0, 0, 0, 0);
    for seed in 0..10 {
        let engine = rested(path, seed, &[("refused", Value::Float(0.25))], 400);
        let world = &engine.system;
        for lived in world.truths.experiences() {
            let feedback = lived.feedback().expect("each screen says something");
            // To the office, its work, to the broker, to the page after the lag, to the broker, to the screen.
            let theory = if lived.client == 0 { 5 * 200 + 200 + 3_000 } else { 0 };
            assert_eq!(feedback, Span::from_millis(theory), "class {}", lived.client);
            let back = u64::from(lived.retracted);
            assert!(back == 0 || lived.client == 1, "only who fakes takes something back");
            (intents, taken_back) = (intents + u64::from(lived.client == 1), taken_back + back);
        }
        let page = world.services[1].table(0, 0);
        for row in page.rows().filter(|it| it[0].to_string().starts_with("for Cleo")) {
            predicted += 1;
            turned += u64::from(row[1] == Value::text("refused"));
        }
    }
    check_share("taken back by a screen that fakes", taken_back as f64, intents as f64, 0.25);
    check_share("turned by a page that predicts", turned as f64, f64::from(predicted), 0.25);
    check_invariant(path, &[], "the page knows what was decided without it", true);
    check_invariant(path, &[], "the page knows what went through it", false);
    check_invariant(path, &[], "the page catches up", false);
}

#[test]
fn one_queue_lets_an_address_change_wait_as_pollaczek_and_khinchine_say() {
    // W = rate E[S²] / (2 (1 - load)). Half an address change a second takes 100 ms, an import every 20 s takes long.
    // Whoever arrives by chance finds the mean wait. Two ways of 250 ms come on top.
    let path = "interaction/queue-per-command";
    let wait = |kinds: &[(f64, f64)]| {
        let load: f64 = kinds.iter().map(|(rate, work)| rate * work).sum();
        kinds.iter().map(|(rate, work)| rate * work * work).sum::<f64>() / (2.0 * (1.0 - load))
    };
    let address = (0.5, 0.1);
    for (import, queues) in [
        (5_u64, "one for all"),
        (10, "one for all"),
        (5, "one per command"),
        (10, "one per command"),
    ] {
        let theory = match queues {
            "one for all" => wait(&[address, (0.05, import as f64)]),
            _ => wait(&[address]),
        };
        let settings = [
            ("queues", Value::text(queues)),
            ("import_work", Value::from(Span::from_secs(import))),
        ];
        let means: Vec<f64> = (0..24)
            .map(|seed| {
                let mean = |world: &World| {
                    number(world, "web.waits", &Value::text("address changes"), "mean") - 0.5
                };
                look_at(path, seed, &settings, &[secs(8_000)], mean)[0]
            })
            .collect();
        check_mean(&format!("{queues}, imports of {import} s, wait in s"), &means, theory);
        let sentence = "an address change is taken up within three seconds";
        check_invariant(path, &settings, sentence, queues == "one for all");
    }
}

#[test]
fn a_ticker_that_is_kept_costs_rate_times_absence_and_one_that_is_read_costs_one() {
    let path = "interaction/ticker";
    let away = Value::from(Span::from_secs(600));
    for (kept, theory) in [("every price", 3_000), ("only the newest", 1)] {
        let settings = [("kept", Value::text(kept)), ("away", away.clone())];
        let (mut engine, mut records) = engine(world_with(&text(path), 1, &settings));
        // Closed from 4 s to 604 s: 5 prices a second. One or two were under way to the laptop when it was closed.
        advance(&mut engine, millis(603_990), &mut records);
        let channels = report(&engine, &Latencies::new(0), None).channels;
        let kept_in = |it: &str| channels[it].waiting + channels[it].handed_out;
        let waiting = kept_in("every-price") + kept_in("newest-price");
        println!("{kept}: theory {theory}, waiting {waiting}");
        assert!(waiting.abs_diff(theory) <= if theory == 1 { 0 } else { 4 }, "{waiting}");

        // Drawing takes 100 ms, prices come every 200 ms: it takes 3,000 x 0.1 s / (1 - 0.5) until the last is drawn.
        let current =
            |world: &World| number(world, "laptop.prices", &Value::text("Acme"), "age") < 0.95;
        let is_all_drawn = |it: &Engine<World>| it.now() > secs(606) && current(&it.system);
        while !is_all_drawn(&engine) {
            let next = engine.now() + Span::from_millis(50);
            advance(&mut engine, next, &mut records);
        }
        let late = engine.now().since(secs(604)).as_micros() as f64 / 1e6;
        let theory = if kept == "every price" { 600.0 } else { 2.0 };
        println!("{kept}: theory {theory} s, current again after {late} s");
        assert!((late - theory).abs() <= 3.0, "{late}");
        let sentence = "Ana's laptop draws no price older than two seconds";
        let settings = [("kept", Value::text(kept))];
        check_invariant(path, &settings, sentence, kept == "every price");
    }
}

#[test]
fn a_page_that_is_read_again_after_an_absence_costs_one_question() {
    let path = "interaction/ticker";
    let (mut engine, mut records) = engine(world_with(&text(path), 1, &[]));
    let questions = |engine: &Engine<World>| {
        let messages = report(engine, &Latencies::new(0), None).messages.by_name;
        messages.get("question").map_or(0, |it| it.sent)
    };
    engine.steer(Input::Habits { on: false }, &mut records);
    engine.steer(Input::Online(1, false), &mut records);
    advance(&mut engine, secs(600), &mut records);
    let before = (engine.system.people[1].reads, questions(&engine));
    engine.steer(Input::Online(1, true), &mut records);
    advance(&mut engine, millis(600_190), &mut records);
    let after = (engine.system.people[1].reads, questions(&engine));
    assert_eq!(before, (0, 0), "offline nothing is read");
    assert_eq!(after.1, 1, "one question for what is true now");
}
