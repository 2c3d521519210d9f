//! What a process has in its memory, and what it does at its start.

use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, World};

use crate::rig::{engine, millis, world};

/// A service that counts words, in its memory and for good, 100 ms each; the words `a` and `oops` cannot be counted.
/// Links take 10 ms. `more` are keys of the service.
fn shelf(more: &str) -> String {
    format!(
        "inflight: 1
title: A cache
summary: One person, one service with a memory.
messages:
  Look: {{ kind: command, fields: {{ word: text }} }}
channels:
  way: {{ kind: direct }}
services:
  shelf:
{more}
    receives: [way]
    tables:
      cache: {{ key: word, rows: [{{ word: a, hits: 5 }}], memory: true }}
      totals: {{ key: name, rows: [{{ name: all, count: 0 }}] }}
    handles:
      Look:
        - work: 100ms
        - update: totals['all']
          set: {{ count: =row.count + 1 }}
        - atomic:
          - if: msg.word in cache
            then: [{{ update: 'cache[msg.word]', set: {{ hits: =row.hits + 1 }} }}]
            else: [{{ insert: cache, set: {{ word: =msg.word, hits: 1 }} }}]
          - if: msg.word in ['oops', 'a']
            then: [{{ fail: no such word }}]
clients:
  reader:
    people: [Ana]
    interaction: fire-and-forget
    screen:
      - form: Look
        fields: {{ word: {{ text: b }} }}
network: {{ delay: 10ms }}
"
    )
}

fn started(text: &str) -> Engine<World> {
    engine(world(text, 1)).0
}

fn look(engine: &mut Engine<World>, word: &str) {
    let values = vec![(0, Value::text(word))];
    engine.steer(Input::Submit { person: 0, item: 0, values }, &mut Vec::new());
}

fn advance(engine: &mut Engine<World>, at: u64) {
    engine.advance(millis(at), u64::MAX, &mut Vec::new());
}

/// The rows of an instance's memory, in words.
fn cache(engine: &Engine<World>, instance: usize) -> Vec<String> {
    let rows = engine.system.services[0].table(instance, 0).rows();
    rows.map(|it| format!("{} {}", it[0], it[1])).collect()
}

fn total(engine: &Engine<World>) -> Value {
    engine.system.services[0].table(0, 1).rows().next().unwrap()[1].clone()
}

#[test]
fn each_process_has_a_memory_of_its_own_and_a_crash_takes_it() {
    let mut engine = started(&shelf("    instances: 2"));
    (0..3).for_each(|_| look(&mut engine, "b"));
    advance(&mut engine, 300);
    assert_eq!(cache(&engine, 0), ["a 5", "b 2"]);
    assert_eq!(cache(&engine, 1), ["a 5", "b 1"]);
    assert_eq!(total(&engine), Value::Int(3), "they share the other table");
    engine.steer(Input::Crash(0, Some(0)), &mut Vec::new());
    engine.steer(Input::Restart(0, Some(0)), &mut Vec::new());
    assert_eq!(cache(&engine, 0), ["a 5"]);
    assert_eq!(cache(&engine, 1), ["a 5", "b 1"]);
    assert_eq!(total(&engine), Value::Int(3));
}

#[test]
fn what_is_done_in_one_piece_is_taken_back_from_memory_as_well() {
    let mut engine = started(&shelf("    instances: 2"));
    for word in ["a", "a", "oops", "oops"] {
        look(&mut engine, word);
    }
    advance(&mut engine, 300);
    assert_eq!(engine.system.troubles.len(), 4);
    assert_eq!([cache(&engine, 0), cache(&engine, 1)], [["a 5"], ["a 5"]]);
}

#[test]
fn a_screen_sees_that_a_memory_begins_anew() {
    let text = shelf("").replace("network:", "      - list: shelf.cache\nnetwork:");
    let mut engine = started(&text);
    look(&mut engine, "b");
    advance(&mut engine, 200);
    let shown = |engine: &Engine<World>| engine.system.people[0].lists[0].table.len();
    assert_eq!(shown(&engine), 2);
    engine.steer(Input::Crash(0, None), &mut Vec::new());
    advance(&mut engine, 300);
    assert_eq!(shown(&engine), 2, "nobody is there to say something else");
    engine.steer(Input::Restart(0, None), &mut Vec::new());
    advance(&mut engine, 310);
    assert_eq!(shown(&engine), 1);
}

/// Warms the memory up, for 300 ms.
const WARM_UP: &str = "    start:
      - work: 300ms
      - insert: cache
        set: { word: warm, hits: 0 }";

#[test]
fn each_process_does_what_it_does_at_its_start_before_anything_else() {
    let mut engine = started(&shelf(&format!("    workers: 2\n    instances: 2\n{WARM_UP}")));
    (0..4).for_each(|_| look(&mut engine, "b"));
    advance(&mut engine, 299);
    assert_eq!((cache(&engine, 0), total(&engine)), (vec!["a 5".to_owned()], Value::Int(0)));
    // Both of its workers begin when the start is over.
    advance(&mut engine, 399);
    assert_eq!((cache(&engine, 1).len(), total(&engine)), (2, Value::Int(0)));
    advance(&mut engine, 400);
    assert_eq!(total(&engine), Value::Int(4));
    assert_eq!(cache(&engine, 0), ["a 5", "b 2", "warm 0"]);
    // After a restart, again; the other one goes on.
    engine.steer(Input::Crash(0, Some(1)), &mut Vec::new());
    engine.steer(Input::Restart(0, Some(1)), &mut Vec::new());
    (0..2).for_each(|_| look(&mut engine, "c"));
    advance(&mut engine, 799);
    assert_eq!(total(&engine), Value::Int(5));
    advance(&mut engine, 800);
    assert_eq!(total(&engine), Value::Int(6));
    assert_eq!(cache(&engine, 1), ["a 5", "c 1", "warm 0"]);
}

#[test]
fn a_start_that_a_crash_interrupts_begins_again_and_one_that_fails_is_over() {
    let mut engine = started(&shelf(WARM_UP));
    advance(&mut engine, 100);
    look(&mut engine, "b");
    advance(&mut engine, 200);
    engine.steer(Input::Crash(0, None), &mut Vec::new());
    engine.steer(Input::Restart(0, None), &mut Vec::new());
    advance(&mut engine, 400);
    look(&mut engine, "b");
    advance(&mut engine, 599);
    assert_eq!((cache(&engine, 0).len(), total(&engine)), (2, Value::Int(0)), "warm at 500 ms");
    advance(&mut engine, 600);
    assert_eq!(total(&engine), Value::Int(1), "what came before the crash was lost with it");
    let (lost, flying) = (engine.system.books.total().lost, engine.system.books.in_flight());
    assert_eq!((lost, flying), (2, 0), "the first message and the first start");

    let mut engine = started(&shelf("    start:\n      - fail: no disk"));
    look(&mut engine, "b");
    advance(&mut engine, 110);
    assert_eq!(total(&engine), Value::Int(1));
    assert_eq!(engine.system.troubles[0].reason, "no disk");
}
