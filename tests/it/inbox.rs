//! In which order messages are taken up, and which of them are not.

use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, What, World};

use crate::calls;
use crate::rig::{engine, millis, secs, world};

/// A service with one worker that notes each job after 100 ms of work. Links take 10 ms. `channel` is the definition
/// of the way there, `more` are keys of the service.
fn desk(channel: &str, more: &str) -> String {
    format!(
        "inflight: 1
title: A desk
summary: Jobs wait for the one who does them.
messages:
  Do: {{ kind: command, fields: {{ job: int, who: text }} }}
  Note: {{ kind: document, fields: {{ }} }}
channels:
  way: {channel}
services:
  desk:
    receives: [way]
{more}
    tables:
      done: {{ key: place, columns: {{ place: int, job: int }} }}
    handles:
      Do:
        - work: 100ms
        - insert: done
          set: {{ place: =size(done), job: =msg.job }}
        - after: 5s
          send: Note
          with: {{}}
      Note: [ {{ stop: }} ]
clients:
  boss:
    people: [Ana]
    interaction: fire-and-forget
    screen:
      - form: Do
        to: way
        fields: {{ job: {{ max: 99 }}, who: {{ text: Ana }} }}
network: {{ delay: 10ms }}
"
    )
}

const DIRECT: &str = "{ kind: direct }";
/// Everything is handed out at once.
const EAGER: &str = "{ kind: queue, prefetch: 100, attempts: 5, redelivery_delay: 0ms }";

fn ask(engine: &mut Engine<World>, job: i64, who: &str) {
    let values = vec![(0, Value::Int(job)), (1, Value::text(who))];
    engine.steer(Input::Submit { person: 0, item: 0, values }, &mut Vec::new());
}

fn advance(engine: &mut Engine<World>, at: u64) {
    engine.advance(millis(at), u64::MAX, &mut Vec::new());
}

/// The jobs in the order in which they were done.
fn done(engine: &Engine<World>) -> Vec<String> {
    engine.system.services[0].tables[0].rows().map(|it| it[1].to_string()).collect()
}

/// What is done in the end when these come in at once.
fn order(channel: &str, more: &str, jobs: &[(i64, &str)]) -> String {
    let (mut engine, _) = engine(world(&desk(channel, more), 1));
    for (job, who) in jobs {
        ask(&mut engine, *job, who);
    }
    advance(&mut engine, 2_000);
    done(&engine).join(" ")
}

#[test]
fn the_order_of_the_inbox_decides_who_comes_next() {
    let jobs = [(1, "a"), (2, "a"), (5, "a"), (3, "b"), (5, "c"), (4, "b")];
    for channel in [DIRECT, EAGER] {
        // The first one is taken up at once.
        for (more, expected) in [
            ("", "1 2 5 3 5 4"),
            ("    inbox: { order: first-in-first-out }", "1 2 5 3 5 4"),
            ("    inbox: { order: last-in-first-out }", "1 4 5 3 5 2"),
            ("    inbox: { order: priority, by: job }", "1 5 5 4 3 2"),
            // a, b, c; then a and b again.
            ("    inbox: { order: fair, by: who }", "1 2 3 5 5 4"),
        ] {
            assert_eq!(order(channel, more, &jobs), expected, "{channel} {more}");
        }
    }
}

#[test]
fn equal_priorities_keep_the_order_in_which_they_came() {
    let text = desk(DIRECT, "    inbox: { order: priority, by: job }").replace(
        "set: { place: =size(done), job: =msg.job }",
        "set: { place: =size(done), job: =msg.job * 10 + int(msg.who) }",
    );
    let (mut engine, _) = engine(world(&text, 1));
    for (job, who) in [(9, "0"), (1, "1"), (1, "2"), (2, "3"), (1, "4")] {
        ask(&mut engine, job, who);
    }
    advance(&mut engine, 2_000);
    assert_eq!(done(&engine), ["90", "23", "11", "12", "14"]);
}

#[test]
fn who_comes_late_gets_the_next_turn_and_no_more() {
    let (mut engine, _) = engine(world(&desk(DIRECT, "    inbox: { order: fair, by: who }"), 1));
    ask(&mut engine, 1, "a");
    ask(&mut engine, 0, "b");
    (2..=6).for_each(|job| ask(&mut engine, job, "a"));
    // At 430 ms the fourth of a's jobs is in hand. That b has had fewer turns so far earns nothing.
    advance(&mut engine, 420);
    (7..=9).for_each(|job| ask(&mut engine, job, "b"));
    advance(&mut engine, 2_000);
    assert_eq!(done(&engine).join(" "), "1 0 2 3 4 7 5 8 6 9");
}

/// What became of some jobs that came in at once: done, lost, dead, and shed.
fn fates(channel: &str, more: &str, jobs: i64) -> (String, u64, u64, u64) {
    let (mut engine, _) = engine(world(&desk(channel, more), 1));
    (1..=jobs).for_each(|job| ask(&mut engine, job, "a"));
    engine.advance(secs(3), u64::MAX, &mut Vec::new());
    let total = engine.system.books.total();
    assert_eq!(total.in_flight(), total.handled, "a note to itself for each job that was done");
    (done(&engine).join(" "), total.lost, total.dead_lettered, engine.system.services[0].shed)
}

#[test]
fn one_more_than_may_wait_is_refused() {
    let shed = "    shed: { waiting: 2 }";
    assert_eq!(fates(DIRECT, shed, 5), ("1 2 3".to_owned(), 2, 0, 2));
    // A queue does not try again: the reader was there and said no.
    assert_eq!(fates(EAGER, shed, 5), ("1 2 3".to_owned(), 0, 2, 2));
    assert_eq!(fates(DIRECT, "    shed: { waiting: 0 }", 2), ("1".to_owned(), 1, 0, 1));
}

#[test]
fn what_has_waited_for_too_long_is_not_taken_up() {
    // They come at 10 ms. The third is taken up after 200 ms, the fourth after 300 ms.
    let shed = "    shed: { age: 200ms }";
    assert_eq!(fates(DIRECT, shed, 5), ("1 2 3".to_owned(), 2, 0, 2));
    assert_eq!(fates(EAGER, shed, 5).2, 2);
    // What comes back to the inbox afterwards is young.
    let (mut engine, _) = engine(world(&desk(DIRECT, shed), 1));
    (1..=5).for_each(|job| ask(&mut engine, job, "a"));
    advance(&mut engine, 300);
    ask(&mut engine, 6, "a");
    advance(&mut engine, 1_000);
    assert_eq!(done(&engine), ["1", "2", "3", "6"]);
}

#[test]
fn what_cannot_be_done_in_time_is_refused_when_it_would_be_taken_up() {
    // The caller asks at 10 ms, the message comes at 20 ms, and the deadline is 10 ms + `timeout`.
    let refused = |timeout: &str, remaining: &str, steps: &str, asked: &[(u64, i64)]| {
        let text = calls::caller(&calls::asks("a", timeout), [steps, calls::ANSWER, calls::ANSWER]);
        let shed =
            format!("workers: 1\n    shed: {{ remaining: {remaining} }}\n    handles:\n      Ask:");
        let text = text.replacen("workers: 20\n    handles:\n      Ask:", &shed, 1);
        let (engine, records) = calls::told(&text, asked);
        let at = records.iter().filter(|it| matches!(it.what, What::Shed { .. })).map(|it| it.at);
        assert_eq!(engine.system.services[1].shed, at.clone().count() as u64);
        let words = calls::troubles(&engine.system).into_iter().map(|it| (it.0, it.2.to_owned()));
        (at.collect::<Vec<_>>(), words.collect::<Vec<_>>())
    };
    let at_once = [(0, 1)];
    assert_eq!(refused("timeout: 210ms", "200ms", calls::ANSWER, &at_once), (vec![], vec![]));
    let answered = vec![(millis(30), "shed".to_owned())];
    let too_late = refused("timeout: 209ms", "200ms", calls::ANSWER, &at_once);
    assert_eq!(too_late, (vec![millis(20)], answered));
    // The second one waits for the worker until 170 ms, when its caller has 40 ms left: 41 ms are too much.
    let slow = calls::after(150);
    let two = [(0, 1), (0, 2)];
    assert_eq!(refused("timeout: 200ms", "41ms", &slow, &two).0, [millis(170)]);
    assert_eq!(refused("timeout: 200ms", "40ms", &slow, &two).0, []);
    // What nobody waits for has no deadline.
    let told = "        - send: Ask\n          to: to-a\n          with: { count: 1 }";
    let text = calls::caller(told, [calls::ANSWER; 3]).replacen(
        "workers: 20\n    handles:\n      Ask:",
        "shed: { remaining: 9s }\n    handles:\n      Ask:",
        1,
    );
    assert_eq!(calls::told(&text, &at_once).0.system.services[1].handled, 1);
}
