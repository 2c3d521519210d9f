//! Calls that are given up, and what those who were asked do then. Every link takes 10 ms, so that the caller begins
//! after 10 ms.

use inflight::base::Time;
use inflight::sim::Engine;
use inflight::world::{Input, Record, What, World};

use crate::calls::{ANSWER, after, asks, at, caller, started, told, troubles};
use crate::rig::millis;

/// When and where copies of `Ask` were cancelled: the services are nodes 0 to 3, the broker is 4.
fn cancelled(records: &[Record]) -> Vec<(Time, u32)> {
    let ends = records.iter().filter(|it| matches!(it.what, What::Cancelled { .. }));
    ends.map(|it| (it.at, it.node)).collect()
}

/// Cancellations that were sent, were taken note of, and got lost.
fn cancellations(engine: &Engine<World>) -> [u64; 3] {
    let mut names = engine.system.plan.names.iter();
    let name = names.position(|it| &**it == "cancellation").unwrap();
    let account = engine.system.books.accounts()[name];
    [account.sent, account.handled, account.lost]
}

const GIVES_UP: &str = "timeout: 100ms\n          cancel: true";

#[test]
fn who_works_or_waits_for_nobody_stops() {
    for verb in ["work", "wait"] {
        let steps = format!("        - {verb}: 1s\n{ANSWER}");
        let (engine, records) =
            told(&caller(&asks("a", GIVES_UP), [&steps, ANSWER, ANSWER]), &[(0, 1)]);
        assert_eq!(cancelled(&records), [(millis(120), 1)], "{verb}");
        assert_eq!(cancellations(&engine), [1, 1, 0]);
        let service = &engine.system.services[1];
        let busy = if verb == "work" { 100_000 } else { 0 };
        assert_eq!(
            (service.busy_micros(engine.now()), service.handled, service.cancelled),
            (busy, 0, 1)
        );
        // The one who was stopped has nothing to say.
        assert_eq!(troubles(&engine.system), [(millis(110), 0, "no answer in time")]);
        assert_eq!(engine.system.books.in_flight(), 0);
    }
}

#[test]
fn nothing_is_said_without_the_key_or_when_the_answer_has_come() {
    let slow = after(1_000);
    for (keys, steps) in [
        ("timeout: 100ms", slow.as_str()),
        ("timeout: 100ms\n          cancel: false", &slow),
        ("timeout: 2s\n          cancel: true", &slow),
        (GIVES_UP, "        - fail: no paper"),
    ] {
        let (engine, records) = told(&caller(&asks("a", keys), [steps, ANSWER, ANSWER]), &[(0, 1)]);
        assert_eq!((cancelled(&records), cancellations(&engine)), (vec![], [0; 3]), "{keys}");
    }
}

#[test]
fn what_waits_in_the_inbox_is_dropped() {
    let steps = "        - all:
            - { call: Ask, to: to-a, with: { count: 1 }, timeout: 2s }
            - { call: Ask, to: to-a, with: { count: 2 }, timeout: 100ms, cancel: true }
          enough: 1";
    let text = caller(steps, [&after(500), ANSWER, ANSWER]);
    let (engine, records) = told(&text.replace("workers: 20", "workers: 1"), &[(0, 1)]);
    assert_eq!(started(&records, 1), at(&[20]));
    assert_eq!(cancelled(&records), [(millis(120), 1)]);
    assert_eq!((engine.system.services[1].handled, troubles(&engine.system)), (1, vec![]));
}

#[test]
fn it_travels_down_the_chain_as_far_as_everybody_says_so() {
    let layer = |to: &str, keys: &str| asks(to, keys);
    for (second, expected) in [
        ("timeout: 5s\n          cancel: true", vec![(millis(120), 1), (millis(130), 2)]),
        ("timeout: 5s", vec![(millis(120), 1)]),
    ] {
        let text = caller(&layer("a", GIVES_UP), [&layer("b", second), &after(900), ANSWER]);
        let (engine, records) = told(&text, &[(0, 1)]);
        assert_eq!(cancelled(&records), expected);
        // Who has been stopped does not hear the answer.
        assert_eq!(engine.system.services[1].handled, 0);
        assert_eq!(engine.system.services[2].handled, 2 - expected.len() as u64);
    }
}

#[test]
fn a_broker_takes_away_what_waits_and_passes_on_what_has_left() {
    let text =
        caller(&asks("a", GIVES_UP).replace("to-a", "line-a"), [&after(500), ANSWER, ANSWER]);
    let text = text.replace("workers: 20\n    handles:\n      Ask", "handles:\n      Ask");
    let (engine, records) = told(&text, &[(0, 1), (0, 2)]);
    // The first is with the reader, whose one hand is full; the second waits.
    assert_eq!(cancelled(&records), [(millis(120), 4), (millis(130), 1)]);
    assert_eq!(cancellations(&engine), [3, 3, 0]);
    let queue = &engine.system.channels[4].queues[0];
    assert_eq!((queue.waiting().len(), queue.held().len(), queue.dead().len()), (0, 0, 0));
    // What waits for another attempt is taken away as well.
    let fails = caller(
        &asks("a", GIVES_UP).replace("to-a", "line-a"),
        ["        - fail: no paper", ANSWER, ANSWER],
    );
    let (engine, records) = told(&fails.replace("attempts: 1", "attempts: 9"), &[(0, 1)]);
    assert_eq!((started(&records, 1), cancelled(&records)), (at(&[30]), vec![(millis(120), 4)]));
    assert_eq!(engine.system.books.in_flight(), 0);
}

#[test]
fn a_cancellation_can_get_lost_or_come_too_late() {
    let gone = "faults:\n  gone: { at: 100ms, lose: 1, from: caller }\n";
    let text = caller(&asks("a", GIVES_UP), [&after(500), ANSWER, ANSWER]);
    let (engine, records) = told(&(text + gone), &[(0, 1)]);
    assert_eq!((cancelled(&records), cancellations(&engine)), (vec![], [1, 0, 1]));
    assert_eq!(engine.system.services[1].handled, 1);
    // The answer and the cancellation cross.
    let text = caller(&asks("a", GIVES_UP), [&after(95), ANSWER, ANSWER]);
    let (engine, records) = told(&text, &[(0, 1)]);
    assert_eq!((cancelled(&records), cancellations(&engine)), (vec![], [1, 1, 0]));
}

#[test]
fn who_is_no_longer_needed_is_told() {
    let call = |to: &str| {
        let call = format!("call: Ask, to: to-{to}, with: {{ count: 1 }}, cancel: true");
        ["            - { ", &call, " }\n"].concat()
    };
    let steps =
        format!("        - all:\n{}          enough: 1", ["a", "b", "c"].map(call).concat());
    let text = caller(&steps, [&after(300), &after(100), &after(200)]);
    let (engine, records) = told(&text, &[(0, 1)]);
    assert_eq!(cancelled(&records), [(millis(140), 1), (millis(140), 3)]);
    assert_eq!(cancellations(&engine), [2, 2, 0]);
    // Of two messages with the same question, the one that is not answered first; here the first one.
    let steps = "        - all:
            - { call: Ask, to: to-a, with: { count: 1 }, hedge: 50ms, cancel: true }
            - { call: Ask, to: to-b, with: { count: 1 } }";
    let first_is_slow =
        format!("        - if: now < 25ms\n          then: [{{ work: 1s }}]\n{}", after(10));
    let (engine, records) = told(&caller(steps, [&first_is_slow, &after(300), ANSWER]), &[(0, 1)]);
    assert_eq!(started(&records, 1), at(&[20, 70]));
    assert_eq!(cancelled(&records), [(millis(100), 1)]);
    assert_eq!((cancellations(&engine), troubles(&engine.system)), ([1, 1, 0], vec![]));
}

#[test]
fn a_crashed_caller_says_nothing() {
    let text = caller(&asks("a", GIVES_UP), [&after(500), ANSWER, ANSWER]);
    let (mut engine, mut records) = crate::rig::engine(crate::rig::world(&text, 1));
    engine.steer(Input::Submit { person: 0, item: 0, values: Vec::new() }, &mut records);
    engine.advance(millis(50), u64::MAX, &mut records);
    engine.steer(Input::Crash(0, None), &mut records);
    engine.advance(millis(2_000), u64::MAX, &mut records);
    assert_eq!((cancellations(&engine), engine.system.services[1].handled), ([0; 3], 1));
}
