//! Services of several processes: what they share, what each has for itself, and what a crash of one takes.

use inflight::sim::Engine;
use inflight::world::{Input, What, World};

use crate::rig::{engine, millis, secs, world};
use crate::semantics::{SELL, buy, shop, sold};

/// The shop with two processes that have one worker each.
fn twins(channel: &str, interaction: &str) -> String {
    shop(channel, SELL, interaction).replacen("  shop:", "  shop:\n    instances: 2", 1)
}

/// Three orders at the same instant.
fn rush(channel: &str) -> Engine<World> {
    let (mut engine, mut records) = engine(world(&twins(channel, "fire-and-forget"), 1));
    (0..3).for_each(|_| engine.steer(buy(1), &mut records));
    engine
}

/// What is sold at some instants, in milliseconds.
#[track_caller]
fn check_sold(engine: &mut Engine<World>, expected: &[(u64, usize)]) {
    for (at, count) in expected {
        engine.advance(millis(*at), u64::MAX, &mut Vec::new());
        assert_eq!(sold(&engine.system), *count, "at {at} ms");
    }
}

fn inboxes(engine: &Engine<World>) -> Vec<usize> {
    engine.system.services[0].instances.iter().map(|it| it.inbox.len()).collect()
}

#[test]
fn the_processes_of_a_service_compete_for_its_queue() {
    // Each has one message in hand; the third is handed out when the first is done.
    let mut engine = rush("{ kind: queue }");
    check_sold(&mut engine, &[(119, 0), (120, 2), (229, 2), (230, 3)]);
}

#[test]
fn each_process_has_as_many_messages_in_hand_as_the_channel_prefetches() {
    let mut engine = rush("{ kind: queue, prefetch: 2 }");
    engine.advance(millis(50), u64::MAX, &mut Vec::new());
    assert_eq!(inboxes(&engine), [1, 0]);
    check_sold(&mut engine, &[(120, 2), (219, 2), (220, 3)]);
}

#[test]
fn each_process_takes_from_its_own_inbox() {
    let mut engine = rush("{ kind: queue, prefetch: 2 }");
    engine.steer(buy(1), &mut Vec::new());
    engine.advance(millis(50), u64::MAX, &mut Vec::new());
    assert_eq!(inboxes(&engine), [1, 1]);
    check_sold(&mut engine, &[(120, 2), (219, 2), (220, 4)]);
}

#[test]
fn an_event_goes_to_one_process_of_each_subscriber() {
    let text = twins("{ kind: queue }", "fire-and-forget")
        .replacen("  board:", "  board:\n    instances: 3", 1)
        .replace("- upsert: seen", "- work: 1s\n        - upsert: seen");
    let (mut engine, mut records) = engine(world(&text, 1));
    (0..2).for_each(|_| engine.steer(buy(1), &mut records));
    // Both are sold at 120 ms; the events arrive at 140 ms, at two of the three.
    engine.advance(millis(200), u64::MAX, &mut records);
    let board = &engine.system.services[1];
    let busy: Vec<bool> = board.workers.iter().map(Option::is_some).collect();
    assert_eq!((busy, board.handled), (vec![true, true, false], 0));
    engine.steer(Input::Crash(1, Some(1)), &mut records);
    (0..2).for_each(|_| engine.steer(buy(1), &mut records));
    engine.advance(millis(500), u64::MAX, &mut records);
    let busy: Vec<bool> = engine.system.services[1].workers.iter().map(Option::is_some).collect();
    assert_eq!(busy, [true, false, true], "the second is not there");
    assert_eq!(engine.system.services[1].instances[0].inbox.len(), 1);
    engine.advance(secs(9), u64::MAX, &mut records);
    assert_eq!((engine.system.services[1].handled, engine.system.books.in_flight()), (4, 0));
}

#[test]
fn direct_messages_go_to_the_processes_in_turn_and_only_to_those_that_are_there() {
    let mut engine = rush("{ kind: direct }");
    check_sold(&mut engine, &[(109, 0), (110, 2), (209, 2), (210, 3)]);
    engine.steer(Input::Crash(0, Some(1)), &mut Vec::new());
    (0..2).for_each(|_| engine.steer(buy(1), &mut Vec::new()));
    check_sold(&mut engine, &[(320, 4), (419, 4), (420, 5)]);
    assert_eq!(engine.system.books.total().lost, 0);
    engine.steer(Input::Crash(0, Some(0)), &mut Vec::new());
    assert!(!engine.system.services[0].is_up());
    engine.steer(buy(1), &mut Vec::new());
    check_sold(&mut engine, &[(600, 5)]);
    assert_eq!(engine.system.books.total().lost, 1, "nobody is there");
}

#[test]
fn a_crash_of_one_process_takes_what_it_had_and_nothing_else() {
    for (channel, lost, in_the_end) in
        [("{ kind: queue, redelivery_delay: 50ms }", 0, 3), ("{ kind: direct }", 1, 2)]
    {
        let mut engine = rush(channel);
        engine.advance(millis(60), u64::MAX, &mut Vec::new());
        engine.steer(Input::Crash(0, Some(1)), &mut Vec::new());
        let service = &engine.system.services[0];
        let there: Vec<(bool, u64)> =
            service.instances.iter().map(|it| (it.up, it.crashes)).collect();
        assert_eq!((there, service.crashes()), (vec![(true, 0), (false, 1)], 1), "{channel}");
        engine.advance(secs(2), u64::MAX, &mut Vec::new());
        assert_eq!(engine.system.books.total().lost, lost, "{channel}");
        assert_eq!(sold(&engine.system), in_the_end, "{channel}: the other goes on");
        // A crash of a process that is not there, and a restart of one that is, change nothing.
        engine.steer(Input::Crash(0, Some(1)), &mut Vec::new());
        engine.steer(Input::Restart(0, Some(0)), &mut Vec::new());
        assert_eq!(engine.system.services[0].crashes(), 1, "{channel}");
        engine.steer(Input::Restart(0, None), &mut Vec::new());
        assert!(engine.system.services[0].instances.iter().all(|it| it.up), "{channel}");
    }
}

#[test]
fn a_crash_without_a_number_takes_all_processes() {
    let (mut engine, mut records) = engine(world(&twins("{ kind: direct }", "wait-for-it"), 1));
    engine.steer(Input::Crash(0, None), &mut records);
    engine.steer(Input::Restart(0, None), &mut records);
    let told: Vec<What> = records.iter().map(|it| it.what.clone()).collect();
    let expected = [
        What::Crashed { instance: 0 },
        What::Crashed { instance: 1 },
        What::Restarted { instance: 0 },
        What::Restarted { instance: 1 },
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_processes_share_what_has_been_decided() {
    // Each repetition goes to the next process.
    let text = twins("{ kind: direct }", "{ send: retry, key: true, claim: pending, learn: push }")
        .replace("network: { delay: 10ms }", "network: { delay: 1100ms }");
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.steer(buy(1), &mut records);
    engine.advance(secs(30), u64::MAX, &mut records);
    assert!(engine.system.books.accounts()[0].sent > 1, "it was repeated");
    let endings = engine.system.truths.endings(0);
    let found: Vec<&str> = endings.iter().map(|it| it.0.0.name()).collect();
    assert_eq!(found, ["accepted"]);
}

/// Somebody of two processes asks somebody else, who takes 100 ms.
const ASKING: &str = "inflight: 1
title: A call
summary: A service of two processes asks another one.
messages:
  Go: { kind: command, fields: { order: id } }
  Ask: { kind: query, fields: {} }
  Told: { kind: reply, fields: { answer: int } }
channels:
  way: { kind: direct }
  question: { kind: direct }
services:
  asker:
    instances: 2
    receives: [way]
    tables: { answers: { key: order, columns: { order: id, answer: int } } }
    handles:
      Go:
        - call: Ask
          to: question
          with: {}
          as: told
        - insert: answers
          set: { order: =msg.order, answer: =told.answer }
  teller:
    receives: [question]
    workers: 9
    handles:
      Ask:
        - work: 100ms
        - reply: Told
          with: { answer: 42 }
clients:
  person:
    people: [Ana]
    interaction: fire-and-forget
    screen: [ { form: Go, to: way, fields: {} } ]
network: { delay: 10ms }
";

#[test]
fn an_answer_goes_to_the_process_that_asked() {
    for (crashes, answers, lost) in [(false, 2, 0), (true, 1, 2)] {
        let (mut engine, mut records) = engine(world(ASKING, 1));
        for _ in 0..2 {
            engine.steer(Input::Submit { person: 0, item: 0, values: Vec::new() }, &mut records);
        }
        engine.advance(millis(50), u64::MAX, &mut records);
        if crashes {
            engine.steer(Input::Crash(0, Some(0)), &mut records);
        }
        engine.advance(millis(130), u64::MAX, &mut records);
        let world = &engine.system;
        assert_eq!(world.services[0].tables[0].len(), answers, "crash: {crashes}");
        assert_eq!(world.books.total().lost, lost, "the message in hand and its answer");
    }
}

#[test]
fn a_message_to_oneself_goes_to_a_process_that_is_there() {
    let steps = "        - after: 1s\n          send: Later\n          with: { order: =msg.order, count: =msg.count }";
    let later = format!("      Later:\n{SELL}\n\n  board:");
    let text = shop("{ kind: direct }", steps, "fire-and-forget")
        .replacen("  shop:", "  shop:\n    instances: 2", 1)
        .replace(
            "\n  Bought:",
            "\n  Later: { kind: command, fields: { order: id, count: int } }\n  Bought:",
        )
        .replacen("\n  board:", &format!("\n{later}"), 1);
    let (mut engine, mut records) = engine(world(&text, 1));
    (0..2).for_each(|_| engine.steer(buy(1), &mut records));
    engine.advance(millis(500), u64::MAX, &mut records);
    engine.steer(Input::Crash(0, Some(0)), &mut records);
    check_sold(&mut engine, &[(1_109, 0), (1_110, 2)]);
    assert_eq!(engine.system.books.in_flight(), 2, "the events");
}
