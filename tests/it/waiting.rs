//! Handlers that wait without a worker, what is taken back before it is due, and what is noted.

use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, What, World};

use crate::rig::{engine, millis, secs, world};

/// A service with one worker that does `steps` with a job and then notes it. Links take 10 ms.
fn desk(channel: &str, steps: &str) -> String {
    format!(
        "inflight: 1
title: A desk
summary: Jobs that take their time.
messages:
  Do: {{ kind: command, fields: {{ job: int }} }}
  Late: {{ kind: document, fields: {{ job: int, sign: text }} }}
channels:
  way: {channel}
services:
  desk:
    receives: [way]
    tables:
      done: {{ key: place, columns: {{ place: int, job: int }} }}
    handles:
      Do:
{steps}
        - insert: done
          set: {{ place: =size(done), job: =msg.job }}
        - if: msg.job > 90
          then: [{{ after: 1s, send: Late, with: {{ job: =msg.job, sign: never }} }}]
      Late:
        - insert: done
          set: {{ place: =size(done), job: =msg.job * 10 }}
clients:
  boss:
    people: [Ana]
    interaction: fire-and-forget
    screen:
      - form: Do
        to: way
        fields: {{ job: {{ min: -9, max: 99 }} }}
network: {{ delay: 10ms }}
"
    )
}

const DIRECT: &str = "{ kind: direct }";

fn started(channel: &str, steps: &str) -> Engine<World> {
    engine(world(&desk(channel, steps), 1)).0
}

fn ask(engine: &mut Engine<World>, jobs: &[i64]) {
    for job in jobs {
        let values = vec![(0, Value::Int(*job))];
        engine.steer(Input::Submit { person: 0, item: 0, values }, &mut Vec::new());
    }
}

/// What is done at some instants, in milliseconds.
#[track_caller]
fn check_done(engine: &mut Engine<World>, expected: &[(u64, &str)]) {
    for (at, jobs) in expected {
        engine.advance(millis(*at), u64::MAX, &mut Vec::new());
        let rows = engine.system.services[0].tables[0].rows();
        let done: Vec<String> = rows.map(|it| it[1].to_string()).collect();
        assert_eq!(done.join(" "), *jobs, "at {at} ms");
    }
}

#[test]
fn who_waits_keeps_no_worker() {
    let mut engine = started(DIRECT, "        - wait: 300ms");
    ask(&mut engine, &[1, 2, 3]);
    engine.advance(millis(200), u64::MAX, &mut Vec::new());
    let service = &engine.system.services[0];
    assert_eq!((service.aside().count(), service.workers[0].is_some()), (3, false));
    check_done(&mut engine, &[(309, ""), (310, "1 2 3")]);
    assert_eq!(engine.system.services[0].busy_micros(engine.now()), 0);
}

#[test]
fn who_has_waited_goes_on_before_others_begin() {
    let mut engine = started(DIRECT, "        - wait: 100ms\n        - work: 100ms");
    ask(&mut engine, &[1, 2]);
    engine.advance(millis(140), u64::MAX, &mut Vec::new());
    // It comes while the first one works and the second one waits for the worker.
    ask(&mut engine, &[3]);
    check_done(&mut engine, &[(209, ""), (210, "1"), (309, "1"), (310, "1 2")]);
    check_done(&mut engine, &[(509, "1 2"), (510, "1 2 3")]);
}

#[test]
fn a_crash_takes_those_who_wait() {
    for (channel, lost, in_the_end) in
        [(DIRECT, 1, ""), ("{ kind: queue, redelivery_delay: 50ms }", 0, "1")]
    {
        let mut engine = started(channel, "        - wait: 300ms");
        ask(&mut engine, &[1]);
        engine.advance(millis(100), u64::MAX, &mut Vec::new());
        engine.steer(Input::Crash(0, None), &mut Vec::new());
        engine.steer(Input::Restart(0, None), &mut Vec::new());
        check_done(&mut engine, &[(400, ""), (2_000, in_the_end)]);
        assert_eq!(engine.system.books.total().lost, lost, "{channel}");
    }
}

#[test]
fn what_is_not_due_yet_can_be_taken_back() {
    let later = "        - if: msg.job > 0
          then: [{ after: 1s, send: Late, with: { job: =msg.job, sign: late } }]";
    for (with, expected) in [
        ("with: { job: =-msg.job }", "1 2 3 -2 10 30"),
        ("with: { job: =-msg.job, sign: never }", "1 2 3 -2 10 20 30"),
        ("with: {}", "1 2 3 -2"),
    ] {
        let steps = format!(
            "{later}\n        - if: msg.job < 0\n          then: [{{ cancel: Late, {with} }}]"
        );
        let mut engine = started(DIRECT, &steps);
        ask(&mut engine, &[1, 2, 3]);
        engine.advance(millis(500), u64::MAX, &mut Vec::new());
        ask(&mut engine, &[-2]);
        check_done(&mut engine, &[(1_009, "1 2 3 -2"), (1_010, expected)]);
        let total = engine.system.books.total();
        let kept = (expected.split(' ').count() - 4) as u64;
        assert_eq!((total.cancelled, total.in_flight()), (3 - kept, 0), "{with}");
        // Too late: they have come.
        ask(&mut engine, &[-1]);
        engine.advance(secs(2), u64::MAX, &mut Vec::new());
        assert_eq!(engine.system.books.total().cancelled, 3 - kept, "{with}");
    }
}

#[test]
fn what_is_taken_back_in_one_piece_stays_when_the_piece_fails() {
    let steps = "        - if: msg.job > 0
          then: [{ after: 1s, send: Late, with: { job: =msg.job, sign: late } }]
        - if: msg.job < 0
          then: [{ atomic: [{ cancel: Late }, { fail: no }] }]";
    let mut engine = started(DIRECT, steps);
    ask(&mut engine, &[1]);
    engine.advance(millis(500), u64::MAX, &mut Vec::new());
    ask(&mut engine, &[-1]);
    check_done(&mut engine, &[(1_010, "1 10")]);
}

#[test]
fn a_note_stands_in_the_records_and_with_the_service() {
    let text = desk(DIRECT, "        - log: '=\"job \" + string(msg.job)'");
    let (mut engine, mut records) = engine(world(&text, 1));
    for job in 1..=25 {
        let values = vec![(0, Value::Int(job))];
        engine.steer(Input::Submit { person: 0, item: 0, values }, &mut records);
    }
    engine.advance(secs(1), u64::MAX, &mut records);
    let notes = &engine.system.services[0].notes;
    assert_eq!((notes.len(), &*notes[0].text, notes[0].at), (20, "job 6", millis(10)));
    let noted = records.iter().filter(|it| matches!(it.what, What::Noted { .. }));
    assert_eq!(noted.count(), 25);
}

fn reasons(engine: &Engine<World>) -> Vec<(inflight::base::Time, &str)> {
    engine.system.troubles.iter().map(|it| (it.at, it.reason.as_str())).collect()
}

const TOO_LATE: &str = "the condition has not become true in time";

#[test]
fn who_waits_for_a_condition_goes_on_when_a_table_makes_it_true() {
    let steps = "        - wait_until: size(done) >= msg.job\n          at_most: 1s";
    let mut engine = started(DIRECT, steps);
    ask(&mut engine, &[2, 1, 9]);
    engine.advance(millis(200), u64::MAX, &mut Vec::new());
    let service = &engine.system.services[0];
    assert_eq!((service.aside().count(), service.workers[0].is_some()), (3, false));
    ask(&mut engine, &[0]);
    check_done(&mut engine, &[(209, ""), (210, "0 1 2"), (2_000, "0 1 2")]);
    assert_eq!(reasons(&engine), [(millis(1_010), TOO_LATE)]);
    assert_eq!(engine.system.services[0].busy_micros(engine.now()), 0);
}

#[test]
fn a_condition_that_is_false_again_is_waited_for_again() {
    let steps = "        - if: msg.job == 7
          then: [{ wait_until: size(done) == 1 || size(done) == 4, at_most: 500ms }]";
    let mut engine = started(DIRECT, steps);
    ask(&mut engine, &[7]);
    engine.advance(millis(100), u64::MAX, &mut Vec::new());
    // The second one is handled before whoever waits gets the worker.
    ask(&mut engine, &[0, 1]);
    check_done(&mut engine, &[(200, "0 1")]);
    ask(&mut engine, &[2]);
    check_done(&mut engine, &[(300, "0 1 2")]);
    ask(&mut engine, &[3]);
    check_done(&mut engine, &[(310, "0 1 2 3 7")]);
    assert_eq!(reasons(&engine), []);
    // The limit counts from the first look.
    ask(&mut engine, &[7]);
    engine.advance(millis(700), u64::MAX, &mut Vec::new());
    ask(&mut engine, &[5]);
    check_done(&mut engine, &[(2_000, "0 1 2 3 7 5")]);
    assert_eq!(reasons(&engine), [(millis(820), TOO_LATE)]);
}

#[test]
fn the_last_look_is_at_the_limit_and_nothing_undone_wakes() {
    let mut engine =
        started(DIRECT, "        - wait_until: now >= 300ms\n          at_most: 400ms");
    ask(&mut engine, &[1]);
    check_done(&mut engine, &[(409, ""), (410, "1")]);
    let undone = "        - if: msg.job == 7
          then: [{ wait_until: size(done) > 0, at_most: 300ms }]
          else: [{ atomic: [{ insert: done, set: { place: 0, job: 0 } }, { fail: no }] }]";
    let mut engine = started(DIRECT, undone);
    ask(&mut engine, &[7, 1]);
    check_done(&mut engine, &[(1_000, "")]);
    assert_eq!(reasons(&engine), [(millis(10), "no"), (millis(310), TOO_LATE)]);
}
