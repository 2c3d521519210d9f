//! `views/login-without-asking`: the price of a copy, and the price of none.

use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, World};

use super::pages::{broken, duration};
use super::{cell, check_share, number, text};
use crate::rig::{check_mean, engine, millis, secs, seeds, world_with};

const PATH: &str = "views/login-without-asking";
const COPIES: &str = "looks into its own copy";
const ASKING: &str = "asks each time";

fn start(text: &str, seed: u64, settings: &[(&str, Value)]) -> Engine<World> {
    engine(world_with(text, seed, settings)).0
}

fn advance(engine: &mut Engine<World>, to_ms: u64) {
    engine.advance(millis(to_ms), u64::MAX, &mut Vec::new());
    assert!(engine.system.troubles.is_empty(), "{:?}", engine.system.troubles);
}

fn let_in(world: &World, who: &str) -> [f64; 2] {
    ["web-1.let-in", "web-2.let-in"].map(|it| number(world, it, &Value::text(who), "times"))
}

/// What the auth service and the two servers take for the password.
fn passwords(world: &World) -> [Value; 3] {
    let key = Value::text("Ana");
    ["auth.users", "web-1.users", "web-2.users"].map(|it| cell(world, it, &key, "password"))
}

fn sent(world: &World, message: &str) -> u64 {
    let place = world.plan.names.iter().position(|it| &**it == message).expect("a message");
    world.books.accounts()[place].sent
}

#[test]
fn the_old_password_works_for_as_long_as_the_news_take() {
    let first = "      - at: 5s\n        every: =exponential(tries)";
    let steady = text(PATH).replace(first, "      - every: =exponential(tries)");
    assert_ne!(steady, text(PATH));
    for (lag, tries) in [(2_000, 400), (5_000, 1_000), (8_000, 500)] {
        let settings = [("lag", duration(lag)), ("tries", duration(tries))];
        let stale: Vec<f64> = seeds(16)
            .map(|seed| {
                let mut engine = start(&steady, seed, &settings);
                advance(&mut engine, 605_000 - 1);
                let_in(&engine.system, "thief").iter().sum::<f64>() / 30.0
            })
            .collect();
        // Theory: rate times lag for each of thirty changes. A try takes as long to a server as the
        // change takes to the auth service and on, but for the lag.
        let theory = lag as f64 / tries as f64;
        check_mean(&format!("let in after a change, {lag} ms late"), &stale, theory);
        let asking = [("mode", Value::text(ASKING)), settings[0].clone(), settings[1].clone()];
        let mut engine = start(&steady, 1, &asking);
        advance(&mut engine, 605_000);
        assert!(let_in(&engine.system, "thief").iter().all(|it| *it < 0.5), "who asks knows");
    }
}

#[test]
fn asking_costs_a_question_for_each_log_in_and_copies_one_message_for_each_change() {
    for mode in [ASKING, COPIES] {
        let mut engine = start(&text(PATH), 3, &[("mode", Value::text(mode))]);
        advance(&mut engine, 300_000);
        engine.steer(Input::Habits { on: false }, &mut Vec::new());
        // The second fault is a new start of the second server.
        engine.steer(Input::Fault(1, true), &mut Vec::new());
        advance(&mut engine, 330_000);
        let [questions, log_ins, changes, news] =
            ["AskPassword", "LogIn", "ChangePassword", "PasswordChanged"]
                .map(|it| sent(&engine.system, it));
        println!("{mode}: {questions} questions, {log_ins} log-ins, {news} news");
        // A change every 20 s from 5 s on, told to two servers; three starts that ask for everything.
        assert_eq!((changes, news), (15, 30));
        assert_eq!(questions, 3 + if mode == ASKING { log_ins } else { 0 });
        assert!(log_ins > 300, "{log_ins}");
    }
}

#[test]
fn lost_news_leave_a_server_wrong_until_it_starts_anew() {
    let mut engine = start(&text(PATH), 1, &[]);
    advance(&mut engine, 4_000);
    // The first fault: the next news to the second server get lost.
    engine.steer(Input::Fault(0, true), &mut Vec::new());
    advance(&mut engine, 12_000);
    assert_eq!(passwords(&engine.system), [2, 2, 1].map(Value::Int));
    let before = let_in(&engine.system, "thief");
    advance(&mut engine, 20_000);
    assert_eq!(passwords(&engine.system), [2, 2, 1].map(Value::Int));
    let after = let_in(&engine.system, "thief");
    assert!(after[0] - before[0] < 0.5 && after[1] - before[1] > 0.5, "{before:?}, {after:?}");
    engine.steer(Input::Fault(1, true), &mut Vec::new());
    advance(&mut engine, 22_000);
    assert_eq!(passwords(&engine.system), [2, 2, 2].map(Value::Int));

    for loss in [0.1, 0.4] {
        let [mut wrong, mut all] = [0.0; 2];
        for seed in seeds(6) {
            let mut engine = start(&text(PATH), seed, &[("loss", Value::Float(loss))]);
            for change in 0..40 {
                advance(&mut engine, 24_900 + 20_000 * change);
                let [truth, first, second] = passwords(&engine.system);
                all += 2.0;
                wrong += [first, second].iter().filter(|it| **it != truth).count() as f64;
            }
        }
        // Theory: one message for each server and change, and nobody sends it again.
        check_share(&format!("servers that are wrong at {loss} lost"), wrong, all, loss);
    }
}

#[test]
fn copies_go_on_while_the_authority_is_away() {
    for (mode, goes_on) in [(COPIES, true), (ASKING, false)] {
        let mut engine = start(&text(PATH), 1, &[("mode", Value::text(mode))]);
        advance(&mut engine, 10_000);
        // The third fault: a pause of ten seconds.
        engine.steer(Input::Fault(2, true), &mut Vec::new());
        advance(&mut engine, 10_700);
        let before = let_in(&engine.system, "Ana").iter().sum::<f64>();
        advance(&mut engine, 19_900);
        let after = let_in(&engine.system, "Ana").iter().sum::<f64>();
        // Ana logs in every three seconds.
        let times = if goes_on { 3.0 } else { 0.0 };
        assert!((after - before - times).abs() < 0.5, "{mode}: {before}, {after}");
    }
}

#[test]
fn only_who_asks_keeps_the_thief_out_and_only_lost_news_are_never_heard() {
    let text = text(PATH);
    let thief = "the thief stays out";
    for seed in seeds(8) {
        assert_eq!(broken(&text, "own copies", seed, secs(120)), [thief]);
        let lost = broken(&text, "own copies and lost news", seed, secs(300));
        assert!(lost[0] == thief && lost.len() > 1, "{lost:?}");
        assert!(broken(&text, "ask each time", seed, secs(120)).is_empty());
    }
}
