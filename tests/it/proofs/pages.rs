//! `interaction/` and `views/`: what a page promises, asks, and shows.
//!
//! Theory follows from the texts of the scenarios themselves, and stands beside each expectation.

use inflight::base::Time;
use inflight::language::{Value, compile};
use inflight::world::{Input, World};

use super::{check_share, look_at, number, text};
use crate::rig::{check_mean, engine, secs, seeds, world_with};

/// So many milliseconds, as the value of a knob.
pub(super) fn duration(millis: i64) -> Value {
    Value::Duration(millis * 1_000)
}

/// The invariants that are broken in a variant, after a while.
pub(super) fn broken(text: &str, variant: &str, seed: u64, at: Time) -> Vec<String> {
    let scenario = compile(text).unwrap_or_else(|it| panic!("{it:#?}"));
    let chosen = scenario.variants.iter().find(|it| it.name == variant).expect("a variant");
    let settings = chosen.settings.clone();
    let (mut engine, mut records) = engine(World::new(scenario, seed, &settings).unwrap());
    engine.advance(at, u64::MAX, &mut records);
    assert!(engine.halt().is_none(), "{:?}", engine.halt());
    assert!(engine.system.troubles.is_empty(), "{:?}", engine.system.troubles);
    let states = engine.system.plan.scenario.invariants.iter().zip(&engine.system.invariants);
    states.filter(|it| it.1.first_violation.is_some()).map(|it| it.0.name.clone()).collect()
}

#[test]
fn who_does_not_see_her_click_clicks_again() {
    let path = "interaction/not-cqrs-here";
    for (lag, patience) in [(400, 500), (600, 1_000), (500, 800)] {
        let settings = [("lag", duration(lag)), ("patience", duration(patience))];
        let [mut wanted, mut twice] = [0.0; 2];
        for seed in seeds(6) {
            let looks = look_at(path, seed, &settings, &[secs(1_500)], |world| {
                let get = |cart: &str, what| {
                    number(world, &format!("{cart}.tally"), &Value::text(what), "times")
                };
                let ben = get("whole-cart", "taken twice");
                assert!(ben < 0.5, "Ben's list is the cart: {ben}");
                (get("split-cart", "wanted"), get("split-cart", "taken twice"))
            });
            wanted += looks[0].0;
            twice += looks[0].1;
        }
        // Theory: she clicks again if the event is still under way when she looks. Its delay is
        // exponential; besides it there are 60 ms of work and four links of 50 ms: to the cart, the
        // broker, the view and her screen.
        let spare = (patience - 260) as f64 / lag as f64;
        check_share(&format!("twice at {lag}, {patience} ms"), twice, wanted, libm::exp(-spare));
    }
}

#[test]
fn a_cart_that_is_shown_itself_is_filled_once() {
    let text = text("interaction/not-cqrs-here");
    for seed in seeds(8) {
        let behind = broken(&text, "the view is behind", seed, secs(120));
        assert_eq!(behind, ["Ana takes one of each"]);
        assert!(broken(&text, "the view keeps up", seed, secs(120)).is_empty());
        // Her lists can come from the cart as well, which needs no other cart.
        let guard = "{ preset: wait-for-it, guard: precheck }";
        let primary = "{ preset: wait-for-it, read: primary, guard: precheck }";
        let asking = text.replacen(guard, primary, 1);
        assert_ne!(asking, text);
        assert!(broken(&asking, "the view is behind", seed, secs(120)).is_empty());
    }
}

/// Orders and jobs of a person, and the questions about orders, after people have ordered for so long.
fn ordered(seed: u64, settings: &[(&str, Value)], secs_: u64) -> (World, u64) {
    let text = text("interaction/accepted-then-poll");
    let (mut engine, mut records) = engine(world_with(&text, seed, settings));
    engine.advance(secs(secs_), u64::MAX, &mut records);
    engine.steer(Input::Habits { on: false }, &mut records);
    engine.advance(secs(secs_ + 120), u64::MAX, &mut records);
    let place = engine.system.plan.names.iter().position(|it| &**it == "status").unwrap();
    let asked = engine.system.books.accounts()[place].sent;
    (engine.system, asked)
}

fn tally(world: &World, who: &str, column: &str) -> f64 {
    number(world, "press.tally", &Value::text(who), column)
}

#[test]
fn without_a_key_every_lost_receipt_makes_another_job() {
    for loss in [0.2, 0.5, 0.7] {
        let settings = [("loss", Value::Float(loss))];
        let mut ben = Vec::new();
        for seed in seeds(12) {
            let (world, _) = ordered(seed, &settings, 2_000);
            for who in ["Ana", "Cleo"] {
                let [orders, jobs] = ["orders", "jobs"].map(|it| tally(&world, who, it));
                assert!((orders - jobs).abs() < 0.5, "{who} has a key: {orders}, {jobs}");
            }
            ben.push(tally(&world, "Ben", "jobs") / tally(&world, "Ben", "orders"));
        }
        // Theory: one more job after each receipt that gets lost, 1 / (1 - q) in all; but a screen
        // sends an order four times at most, which cuts the series 1 + q + q² + q³ off.
        let theory = 1.0 + loss + loss * loss + loss * loss * loss;
        check_mean(&format!("jobs for each order, {loss} lost"), &ben, theory);
    }
}

#[test]
fn asking_by_doubling_is_cheap_and_late_and_asking_evenly_is_half_a_pace_late() {
    // Decided after the order's two links of 100 ms, the job, and 10 ms of work. Asked 1, 3, 7, 15
    // and 23 s after the click, and heard one link later.
    let asked_at = [1.0, 3.0, 7.0, 15.0, 23.0];
    for job in [500, 2_500, 4_000, 6_500, 14_000] {
        let settings = [("loss", Value::Float(0.0)), ("job", duration(job))];
        let done = job as f64 / 1e3 + 0.21;
        let number = asked_at.iter().filter(|it| **it + 0.1 < done).count();
        let (world, asked) = ordered(1, &settings, 400);
        let orders = tally(&world, "Ana", "orders") + tally(&world, "Ben", "orders");
        let polls = asked as f64 / orders;
        let late = asked_at[number] + 0.2 - done;
        println!("job of {job} ms: {polls} questions, late by {late:.3} s");
        assert!((polls - (number + 1) as f64).abs() < 1e-9, "{polls} questions, not {number} + 1");
        assert!(late <= done + 1.0, "late by no more than the job took, and the first second");
        for it in experiences(&world, 0) {
            assert!((it - late).abs() < 1e-9, "late by {it} s, not {late} s");
        }
    }
    let mut late = Vec::new();
    for seed in seeds(12) {
        let settings = [("loss", Value::Float(0.0)), ("interval", duration(2_000))];
        let (world, _) = ordered(seed, &settings, 1_000);
        let waits = experiences(&world, 2);
        late.push(waits.iter().sum::<f64>() / waits.len() as f64);
    }
    // Half a pace until the next question leaves; there and back are 200 ms. But a question that is
    // on its way when the report comes onto the shelf, 10 ms before the decision, brings it too.
    check_mean("Cleo hears of it after", &late, 1.0 + 0.2 - 0.1 - 0.01);
}

/// For each order of a class: seconds from the decision until the screen knows.
fn experiences(world: &World, client: usize) -> Vec<f64> {
    let all = world.truths.experiences().filter(|it| it.client == client);
    let waits = all.map(|it| {
        let known = it.certain_since.expect("it is known in the end").as_micros();
        (known - it.decided_at.expect("it is decided").as_micros()) as f64 / 1e6
    });
    waits.collect()
}

#[test]
fn a_key_is_what_makes_one_job_of_an_order() {
    let text = text("interaction/accepted-then-poll");
    for seed in seeds(8) {
        let lost = broken(&text, "receipts get lost", seed, secs(120));
        assert_eq!(lost, ["one job for each of Ben's orders"]);
        assert!(broken(&text, "every receipt arrives", seed, secs(120)).is_empty());
        let keyed = text.replace(", key: false", "");
        assert_ne!(keyed, text);
        assert!(broken(&keyed, "receipts get lost", seed, secs(120)).is_empty());
    }
}

/// Seats of the two groups at the end of some evenings, which are half a minute apart.
fn evenings(text: &str, mode: &str, seed: u64, count: u64) -> Vec<[f64; 2]> {
    let mut engine = engine(world_with(text, seed, &[("mode", Value::text(mode))])).0;
    let looks = (0..count).map(|evening| {
        engine.advance(secs(30 * evening + 29), u64::MAX, &mut Vec::new());
        let groups = ["near", "far"].map(Value::text);
        groups.map(|it| number(&engine.system, "box-office.groups", &it, "seats"))
    });
    looks.collect()
}

#[test]
fn first_come_gives_every_seat_to_who_is_near_and_a_draw_does_not() {
    let equal = text("interaction/finale-night");
    for seed in seeds(4) {
        for [near, far] in evenings(&equal, "stand in line", seed, 10) {
            assert!((near - 40.0).abs() < 0.5 && far < 0.5, "near {near}, far {far}");
        }
    }
    let crowd = "crowd : 0'\n        submit: OrderSeat\n";
    assert_eq!(equal.matches(crowd).count(), 2);
    let (first, last) = equal.rsplit_once("? 0 : crowd").expect("the habit of those far away");
    let unequal = [first, "? 0 : 3 * crowd", last].concat();
    for (text, share) in [(equal, 0.5), (unequal, 0.75)] {
        let mut seats = Vec::new();
        for seed in seeds(8) {
            for [near, far] in evenings(&text, "draw lots", seed, 25) {
                assert!((near + far - 40.0).abs() < 0.5, "every seat is given away: {near}, {far}");
                seats.push(far);
            }
        }
        // Theory: 40 of n lots without putting any back, a share f of them from far away. The mean is
        // 40 f, and the variance that of the binomial, 40 f (1 - f), times (n - 40) / (n - 1).
        check_mean(&format!("seats for a share of {share}"), &seats, 40.0 * share);
        let (count, lots) = (seats.len() as f64, 40.0 / (1.0 - share));
        let mean = 40.0 * share;
        let variance = seats.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / count;
        let theory = 40.0 * share * (1.0 - share) * (lots - 40.0) / (lots - 1.0);
        println!("variance of the draw: theory {theory:.3}, measured {variance:.3}");
        let error = theory * (2.0 / count).sqrt();
        assert!((variance - theory).abs() < 4.0 * error, "{variance}, {theory} ± {error}");
    }
}

#[test]
fn a_line_answers_everybody_in_the_end_and_that_is_when() {
    let text = text("interaction/finale-night");
    for crowd in [40, 100] {
        let settings = [("mode", Value::text("stand in line")), ("crowd", Value::Int(crowd))];
        let (mut engine, mut records) = engine(world_with(&text, 1, &settings));
        engine.advance(secs(29), u64::MAX, &mut records);
        let all: Vec<_> = engine.system.truths.experiences().collect();
        assert_eq!(i64::try_from(all.len()), Ok(2 * crowd));
        let decided = all.iter().map(|it| it.decided_at.expect("everybody is told").as_micros());
        let last = decided.max().expect("somebody came") as f64 / 1e6;
        // Theory: N / µ, with eight clerks of 0.8 s each, from the first order on: 200 ms and up to
        // 300 ms more after the click at 2 s.
        let theory = 2.2 + 2.0 * crowd as f64 * 0.8 / 8.0;
        println!("{crowd} of each group: theory {theory:.2} s, measured {last:.2} s");
        assert!(theory <= last && last <= theory + 0.3, "{last}, {theory}");
    }
}

#[test]
fn threads_that_wait_send_away_by_the_formula_of_erlang() {
    let text = text("interaction/finale-night").replace("'uniform(0ms, 300ms)'", "0ms");
    for offered in [4.0, 8.0, 16.0] {
        // Two people make half of the load each. A thread is held for 0.8 s, and for 0.2 s more while
        // it asks the box office.
        let every = format!("      - every: exponential({}us)\n", 2e6 / offered);
        let text = text.replace("      - at: 2s\n        every: 30s\n", &every);
        let settings = [("mode", Value::text("press and wait")), ("crowd", Value::Int(1))];
        let mut shares = Vec::new();
        for seed in seeds(12) {
            let (mut engine, mut records) = engine(world_with(&text, seed, &settings));
            engine.advance(secs(600), u64::MAX, &mut records);
            let names = &engine.system.plan.names;
            let place = names.iter().position(|it| &**it == "OrderSeat").expect("a message");
            let account = engine.system.books.accounts()[place];
            shares.push(account.lost as f64 / account.sent as f64);
        }
        let refused = (1..=8).fold(1.0, |b, n| offered * b / (f64::from(n) + offered * b));
        check_mean(&format!("sent away at {offered} Erlang"), &shares, refused);
    }
}

#[test]
fn a_reload_loses_what_is_pushed_and_not_what_can_be_asked_for() {
    let text = text("interaction/finale-night");
    for (style, unheard) in [("accepted-then-push", 40), ("accepted-then-poll", 0)] {
        let (mut engine, mut records) =
            engine(world_with(&text, 1, &[("style", Value::text(style))]));
        // All orders are received, and nobody has been told anything else yet.
        engine.advance(Time::from_micros(2_900_000), u64::MAX, &mut records);
        engine.steer(Input::Reload(0), &mut records);
        engine.advance(secs(29), u64::MAX, &mut records);
        let told = |client| {
            let all = engine.system.truths.experiences().filter(move |it| it.client == client);
            all.filter(|it| it.certain_since.is_none()).count()
        };
        assert_eq!([told(0), told(1)], [unheard, 0], "{style}");
    }
}

#[test]
fn only_the_draw_fills_the_hall_from_both_sides() {
    let text = text("interaction/finale-night");
    for seed in seeds(8) {
        let line = broken(&text, "stand in line", seed, secs(60));
        assert_eq!(line, ["both groups sit in a full hall"]);
        assert!(broken(&text, "draw lots", seed, secs(60)).is_empty());
        assert!(broken(&text, "press and wait", seed, secs(60)).is_empty());
    }
}
