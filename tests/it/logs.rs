//! Logs: partitions and groups, order, handing over, what is kept, and reading again.

use inflight::broker::Start;
use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, Record, What, World};

use crate::rig::{engine, millis, secs, world};

/// The services stand first, then the broker.
const BROKER: usize = 2;
/// Two topics that lie in different partitions of two.
const TOPICS: [&str; 2] = ["art", "sea"];

/// A log that two groups read: `slow` in so many processes, taking 100 ms each time, and `quick`. Links take 10 ms.
fn library(log: &str, instances: usize) -> String {
    format!(
        "inflight: 1
title: A library
messages:
  Write: {{ kind: event, fields: {{ entry: id, topic: text, number: int }} }}
  Rebuild: {{ kind: command, fields: {{ task: id, from: int }} }}
channels:
  book: {{ kind: log, key: topic, {log} }}
  desk: {{ kind: queue }}
services:
  slow:
    instances: {instances}
    receives: [book]
    tables:
      seen: {{ key: entry, columns: {{ entry: id, number: int }} }}
    handles:
      Write:
        - work: 100ms
        - if: msg.number < 0
          then: [{{ fail: unreadable }}]
        - upsert: seen[msg.entry]
          set: {{ number: =msg.number }}
  quick:
    receives: [book, desk]
    tables:
      count: {{ key: entry, columns: {{ entry: id, times: int }} }}
    handles:
      Write:
        - upsert: count[msg.entry]
          set: {{ times: '=msg.entry in count ? row.times + 1 : 1' }}
      Rebuild:
        - replay: book
          from: =msg.from
clients:
  writer:
    people: [Ana]
    interaction: fire-and-forget
    screen:
      - form: Write
        to: book
        fields: {{ topic: {{ text: art }}, number: {{ min: -9, max: 99, default: 1 }} }}
      - form: Rebuild
        to: desk
        fields: {{ from: {{ min: 0, max: 9, default: 0 }} }}
network: {{ delay: 10ms }}
"
    )
}

fn open(log: &str, instances: usize) -> Engine<World> {
    engine(world(&library(log, instances), 1)).0
}

fn write(engine: &mut Engine<World>, topic: &str, number: i64) {
    let values = vec![(1, Value::text(topic)), (2, Value::Int(number))];
    engine.steer(Input::Submit { person: 0, item: 0, values }, &mut Vec::new());
}

fn rebuild(engine: &mut Engine<World>, from: i64) {
    let values = vec![(1, Value::Int(from))];
    engine.steer(Input::Submit { person: 0, item: 1, values }, &mut Vec::new());
}

fn play(engine: &mut Engine<World>, until: u64) -> Vec<Record> {
    let mut records = Vec::new();
    engine.advance(millis(until), u64::MAX, &mut records);
    records
}

/// How many messages a service has handled, and failed to handle.
fn done(engine: &Engine<World>, service: usize) -> u64 {
    engine.system.services[service].handled
}

/// When the slow service had handled each message, in milliseconds.
fn instants(records: &[Record]) -> Vec<(u64, u64)> {
    let handled = records.iter().filter_map(|it| match it.what {
        What::Handled { message, .. } if it.node == 0 => Some((message, it.at.as_micros() / 1_000)),
        _ => None,
    });
    handled.collect()
}

#[test]
fn each_partition_is_read_in_order_and_partitions_side_by_side() {
    for (partitions, expected) in [
        (2, [(1, 120), (3, 120), (2, 230), (4, 230)]),
        (1, [(1, 120), (2, 230), (3, 340), (4, 450)]),
    ] {
        let mut engine = open(&format!("partitions: {partitions}"), 2);
        for topic in [TOPICS[0], TOPICS[0], TOPICS[1], TOPICS[1]] {
            write(&mut engine, topic, 1);
        }
        assert_eq!(instants(&play(&mut engine, 1_000)), expected, "{partitions} partitions");
        assert_eq!(
            (done(&engine, 1), engine.system.books.in_flight()),
            (4, 0),
            "a group of its own"
        );
    }
}

#[test]
fn a_process_more_than_there_are_partitions_has_nothing_to_do() {
    let mut engine = open("partitions: 2", 3);
    for number in 0..6 {
        write(&mut engine, TOPICS[number % 2], 1);
    }
    play(&mut engine, 50);
    let busy: Vec<bool> = engine.system.services[0].workers.iter().map(Option::is_some).collect();
    assert_eq!(busy, [true, true, false]);
}

#[test]
fn what_fails_holds_up_its_partition_and_then_is_a_dead_letter_of_its_group() {
    let mut engine = open("partitions: 2, attempts: 2, redelivery_delay: 300ms", 2);
    write(&mut engine, TOPICS[0], -1);
    write(&mut engine, TOPICS[0], 1);
    write(&mut engine, TOPICS[1], 1);
    // It fails at 120 ms, is handed out again at 420 ms, and fails for good at 530 ms.
    let handled = instants(&play(&mut engine, 2_000));
    assert_eq!(handled, [(3, 120), (2, 640)]);
    let dead: usize = engine.system.channels[0].queues.iter().map(|it| it.dead().len()).sum();
    assert_eq!((dead, done(&engine, 1)), (1, 3), "the other group has read it");
}

#[test]
fn a_group_stands_still_until_the_partitions_of_a_dead_process_are_handed_over() {
    let mut engine = open("partitions: 2, rebalance: 500ms, redelivery_delay: 50ms", 2);
    for topic in [TOPICS[0], TOPICS[1], TOPICS[0], TOPICS[1]] {
        write(&mut engine, topic, 1);
    }
    play(&mut engine, 60);
    engine.steer(Input::Crash(0, Some(0)), &mut Vec::new());
    // What the other one has in hand it finishes; then nobody is handed anything before 560 ms.
    assert_eq!(instants(&play(&mut engine, 669)).len(), 1);
    // One process has one worker: it takes both partitions in turn.
    let rest: Vec<u64> = instants(&play(&mut engine, 2_000)).iter().map(|it| it.1).collect();
    assert_eq!(rest, [670, 770, 870]);
    assert_eq!(engine.system.books.in_flight(), 0);
    assert_eq!(engine.system.books.accounts()[0].handled, 8, "nothing is handled twice or lost");
}

#[test]
fn a_process_that_loses_a_partition_while_it_handles_a_message_makes_a_duplicate() {
    let mut engine = open("partitions: 2, rebalance: 20ms", 2);
    engine.steer(Input::Crash(0, Some(0)), &mut Vec::new());
    play(&mut engine, 100);
    // The second process owns both partitions. The first comes back while the second has a message in hand.
    write(&mut engine, TOPICS[1], 1);
    play(&mut engine, 150);
    engine.steer(Input::Restart(0, Some(0)), &mut Vec::new());
    let handled = instants(&play(&mut engine, 2_000));
    assert_eq!(handled, [(1, 220), (1, 280)], "once by each");
    assert_eq!(
        engine.system.books.accounts()[0].sent,
        3,
        "the copy for the other group, and a third"
    );
    assert_eq!(engine.system.books.in_flight(), 0);
}

#[test]
fn what_a_log_forgets_nobody_reads_any_more() {
    // What a reader has in hand is not taken from it; that all come at one instant meets the quick one as well.
    for (retention, slow, quick) in
        [("{ age: 250ms }", 3, 5), ("{ messages: 2 }", 3, 3), ("{ messages: 5 }", 5, 5)]
    {
        let mut engine = open(&format!("retention: {retention}"), 1);
        (0..5).for_each(|_| write(&mut engine, "art", 1));
        play(&mut engine, 2_000);
        assert_eq!((done(&engine, 0), done(&engine, 1)), (slow, quick), "{retention}");
        assert_eq!(engine.system.books.accounts()[0].lost, 10 - slow - quick, "{retention}");
        rebuild(&mut engine, 0);
        play(&mut engine, 3_000);
        // The rebuilding, and what is still there.
        let kept = engine.system.channels[0].log.as_ref().unwrap().log.count() as u64;
        assert_eq!(done(&engine, 1), quick + 1 + kept, "{retention}");
    }
}

#[test]
fn a_compacted_log_keeps_the_latest_of_each_key() {
    let mut engine = open("compact: true", 1);
    for (topic, number) in [("art", 1), ("sea", 2), ("art", 3), ("art", 4)] {
        write(&mut engine, topic, number);
    }
    play(&mut engine, 2_000);
    // The first is in the slow service's hands when the others replace it; the third waited and is not read.
    assert_eq!((done(&engine, 0), engine.system.books.accounts()[0].cancelled), (3, 2));
    let state = engine.system.channels[0].log.as_ref().unwrap();
    let kept: Vec<u64> = state.log.since(0, Start::Offset(0)).map(|it| it.offset).collect();
    assert_eq!(kept, [1, 3]);
}

#[test]
fn a_group_reads_again_from_an_offset_and_what_it_has_not_read_once() {
    let mut engine = open("partitions: 1", 1);
    (0..4).for_each(|_| write(&mut engine, "art", 1));
    play(&mut engine, 1_000);
    assert_eq!((done(&engine, 0), done(&engine, 1)), (4, 4));
    rebuild(&mut engine, 1);
    play(&mut engine, 1_015);
    (0..2).for_each(|_| write(&mut engine, "art", 1));
    play(&mut engine, 2_000);
    // The rebuilding, offsets 1 to 3 again, and the two new ones; the other group is not concerned.
    assert_eq!((done(&engine, 0), done(&engine, 1)), (6, 4 + 1 + 3 + 2));
    assert_eq!(engine.system.books.in_flight(), 0);
    let times = |it: &[Value]| it[1].clone();
    let table = engine.system.services[1].table(0, 0);
    let times: Vec<Value> = table.rows().map(|it| times(it)).collect();
    assert_eq!(times, [1, 2, 2, 2, 1, 1].map(Value::Int));
}

#[test]
fn a_group_reads_again_from_an_instant_on() {
    let text = library("partitions: 1", 1).replace("from: =msg.from", "since: =now - 500ms");
    let (mut engine, _) = engine(world(&text, 1));
    write(&mut engine, "art", 1);
    play(&mut engine, 600);
    (0..2).for_each(|_| write(&mut engine, "art", 1));
    play(&mut engine, 900);
    rebuild(&mut engine, 0);
    play(&mut engine, 2_000);
    assert_eq!(done(&engine, 1), 3 + 1 + 2);
}

#[test]
fn a_log_goes_on_after_a_crash_of_its_broker_if_it_is_durable() {
    for (durable, handled, sent) in [("true", 3, 7), ("false", 1, 6)] {
        let mut engine = open(&format!("rebalance: 100ms, durable: {durable}"), 1);
        (0..3).for_each(|_| write(&mut engine, "art", 1));
        play(&mut engine, 60);
        engine.steer(Input::Crash(BROKER, None), &mut Vec::new());
        play(&mut engine, 1_000);
        assert_eq!(done(&engine, 0), 1, "it finishes what it has in hand");
        engine.steer(Input::Restart(BROKER, None), &mut Vec::new());
        play(&mut engine, 3_000);
        // Durable: what was in hand is read a second time.
        let again = u64::from(durable == "true");
        assert_eq!(done(&engine, 0), handled + again, "{durable}");
        assert_eq!(engine.system.books.accounts()[0].sent, sent, "{durable}");
        assert_eq!(engine.system.books.in_flight(), 0);
        write(&mut engine, "art", 1);
        play(&mut engine, 4_000);
        let positions = engine.system.positions(0);
        assert_eq!(positions, [(4, vec![0, 0])], "offsets go on");
    }
}

#[test]
fn commands_travel_on_logs_as_well_and_outcomes_come_back() {
    let text =
        crate::semantics::shop("{ kind: log }", crate::semantics::SELL, "accepted-then-push");
    let text = text.replace("publish: Bought", "publish: Bought\n              to: news");
    let text = text.replace("publish: Sorry", "publish: Sorry\n              to: news");
    let text =
        text.replace("news: { kind: topic }", "news: { kind: log, retention: { age: 1min } }");
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.steer(crate::semantics::buy(1), &mut records);
    engine.advance(secs(9), u64::MAX, &mut records);
    assert_eq!(crate::semantics::sold(&engine.system), 1);
    let intent = &engine.system.people[0].intents[0];
    assert!(intent.assertion.is_certain(), "{intent:?}");
}

#[test]
fn a_log_looks_at_no_routes() {
    let publish = "        - publish: Write
          route: a.b
          to: book
          with: { entry: =msg.entry, topic: art, number: 1 }
        - upsert: count";
    let text = library("partitions: 2", 1).replace("        - upsert: count", publish);
    let found = inflight::language::compile(&text).unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].to_string().contains("`book` is a log – found `a.b` – expected a topic"));
}
