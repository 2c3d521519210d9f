//! What steps mean: loops, ends, and what is done in one piece or once.

use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, Record, What, World};

use crate::rig::{engine, millis, secs, seeds, world};

/// A person tells a number to one service, which does `steps` with it. Links take 10 ms; those to the broker of the
/// topic lose what the knob says.
fn counter(steps: &str) -> String {
    format!(
        "inflight: 1
title: A counter
summary: One person, one service.
knobs:
  loss: {{ type: float, max: 1 }}
messages:
  Tell: {{ kind: command, fields: {{ count: int }} }}
  Told: {{ kind: event, fields: {{ count: int }} }}
channels:
  way: {{ kind: queue, attempts: 1 }}
  news: {{ kind: topic, broker: post }}
services:
  counter:
    receives: [way]
    tables:
      sums: {{ key: name, columns: {{ name: text, sum: int }}, rows: [{{ name: all, sum: 0 }}] }}
    handles:
      Tell:
{steps}
        # Never: so that somebody publishes whatever the steps are.
        - if: msg.count > 9
          then: [{{ publish: Told, with: {{ count: 0 }} }}]
  listener:
    receives: [news]
    tables:
      heard: {{ key: count, columns: {{ count: int, times: int }} }}
    handles:
      Told:
        - if: msg.count in heard
          then:
            - update: heard[msg.count]
              set: {{ times: =row.times + 1 }}
          else:
            - insert: heard
              set: {{ count: =msg.count, times: 1 }}
clients:
  teller:
    people: [Ana]
    interaction: fire-and-forget
    screen:
      - form: Tell
        fields: {{ count: {{ min: -9, max: 9 }} }}
network: {{ delay: 10ms, links: [{{ from: counter, to: post, loss: =loss }}] }}
"
    )
}

/// Adds one to the sum.
const ADD: &str = "- update: sums['all']
          set: { sum: =row.sum + 1 }";
/// Tells the listener.
const PUBLISH: &str = "- publish: Told
          with: { count: =msg.count }";

#[track_caller]
fn told(steps: &str, counts: &[i64]) -> Engine<World> {
    let (mut engine, mut records) = engine(world(&counter(steps), 1));
    for count in counts {
        tell(&mut engine, *count);
        let soon = engine.now() + inflight::base::Span::from_secs(1);
        engine.advance(soon, u64::MAX, &mut records);
    }
    engine
}

fn tell(engine: &mut Engine<World>, count: i64) {
    let values = vec![(0, Value::Int(count))];
    engine.steer(Input::Submit { person: 0, item: 0, values }, &mut Vec::new());
}

fn sum(world: &World) -> Value {
    world.services[0].tables[0].get(&Value::text("all")).unwrap()[1].clone()
}

/// How often the listener heard each number.
fn heard(world: &World) -> Vec<(Value, Value)> {
    world.services[1].tables[0].rows().map(|it| (it[0].clone(), it[1].clone())).collect()
}

fn reasons(world: &World) -> Vec<&str> {
    world.troubles.iter().map(|it| it.reason.as_str()).collect()
}

#[test]
fn a_loop_does_its_steps_for_each_element_in_order() {
    let steps = "        - for: number
          in: '[2, 3, msg.count]'
          do:
            - update: sums['all']
              set: { sum: =row.sum * 10 + number }
            - work: 100ms";
    let (mut engine, mut records) = engine(world(&counter(steps), 1));
    tell(&mut engine, 7);
    // 20 ms to the service; then one element after the other.
    for (at, wanted) in [(119, 2), (120, 23), (219, 23), (220, 237), (900, 237)] {
        engine.advance(millis(at), u64::MAX, &mut records);
        assert_eq!(sum(&engine.system), Value::Int(wanted), "after {at} ms");
    }
    assert_eq!(engine.system.services[0].handled, 1);
}

#[test]
fn a_loop_over_nothing_does_nothing() {
    let steps = format!(
        "        - for: number\n          in: '[1].filter(it, it > 1)'\n          do:\n            {}",
        ADD.replace('\n', "\n    ")
    );
    let engine = told(&steps, &[1]);
    assert_eq!((sum(&engine.system), engine.system.services[0].handled), (Value::Int(0), 1));
}

#[test]
fn stop_ends_a_handler_well_and_fail_ends_it_badly() {
    let steps = |end: &str| {
        format!(
            "        {ADD}\n        - if: msg.count > 0\n          then: [{{ {end} }}]\n        {ADD}"
        )
    };
    let engine = told(&steps("stop: "), &[1, 0]);
    assert_eq!((sum(&engine.system), engine.system.services[0].handled), (Value::Int(3), 2));
    let engine = told(&steps("fail: '=string(msg.count) + \" is too many\"'"), &[1, 0]);
    assert_eq!((sum(&engine.system), engine.system.services[0].handled), (Value::Int(3), 1));
    assert_eq!(reasons(&engine.system), ["1 is too many"]);
    assert_eq!(engine.system.books.total().dead_lettered, 1);
}

#[test]
fn an_atomic_step_is_done_as_a_whole_or_not_at_all() {
    let steps = format!(
        "        - atomic:
          {ADD}
          - insert: sums
            set: {{ name: '=string(msg.count)', sum: 1 }}
          {PUBLISH}
          - if: msg.count < 0
            then: [{{ fail: below nothing }}]",
        ADD = ADD.replace('\n', "\n  "),
        PUBLISH = PUBLISH.replace('\n', "\n  "),
    );
    let engine = told(&steps, &[-1]);
    let world = &engine.system;
    assert_eq!((sum(world), world.services[0].tables[0].len()), (Value::Int(0), 1));
    assert_eq!((heard(world), world.services[0].version), (vec![], 0));
    assert_eq!(reasons(world), ["below nothing"]);
    let engine = told(&steps, &[2, -1, 2]);
    let world = &engine.system;
    // The last one fails at the insert, because the row is there already.
    assert_eq!((sum(world), world.services[0].tables[0].len()), (Value::Int(1), 2));
    assert_eq!(heard(world), [(Value::Int(2), Value::Int(1))]);
    assert_eq!(world.services[0].version, 2);
}

#[test]
fn without_atomic_what_was_done_before_a_failure_stays() {
    let engine = told(&format!("        {ADD}\n        {PUBLISH}\n        - fail: too late"), &[5]);
    assert_eq!(sum(&engine.system), Value::Int(1));
    assert_eq!(heard(&engine.system), [(Value::Int(5), Value::Int(1))]);
}

#[test]
fn what_is_done_once_is_not_done_again_even_after_a_crash() {
    let steps = format!(
        "        - once: msg.count
          do:
            {ADD}
            - if: msg.count < 0
              then: [{{ fail: below nothing }}]
        - update: sums['all']
          set: {{ sum: =row.sum + 100 }}",
        ADD = ADD.replace('\n', "\n    "),
    );
    let mut engine = told(&steps, &[3, 3, 4]);
    assert_eq!(sum(&engine.system), Value::Int(302));
    engine.steer(Input::Crash(0, None), &mut Vec::new());
    engine.steer(Input::Restart(0, None), &mut Vec::new());
    tell(&mut engine, 3);
    // What failed was not done: it may be tried again.
    tell(&mut engine, -1);
    tell(&mut engine, -1);
    engine.advance(secs(9), u64::MAX, &mut Vec::new());
    assert_eq!(sum(&engine.system), Value::Int(402));
    assert_eq!(reasons(&engine.system), ["below nothing"; 2]);
}

#[test]
fn an_outbox_sends_until_the_broker_has_it_and_a_plain_publish_may_get_lost() {
    let plain = format!("        {PUBLISH}");
    let outbox = format!("        - atomic:\n          {}", PUBLISH.replace('\n', "\n  "));
    let mut lost = 0;
    for seed in seeds(40) {
        for (steps, kept) in [(&plain, false), (&outbox, true)] {
            let (mut engine, mut records) = engine(world(&counter(steps), seed));
            engine.steer(Input::Turn { knob: 0, value: Value::Float(0.5) }, &mut records);
            tell(&mut engine, 1);
            // The service is down when the outbox wants to send again for the first time.
            engine.advance(millis(500), u64::MAX, &mut records);
            engine.steer(Input::Crash(0, None), &mut records);
            engine.advance(secs(2), u64::MAX, &mut records);
            engine.steer(Input::Restart(0, None), &mut records);
            engine.advance(secs(60), u64::MAX, &mut records);
            let world = &engine.system;
            assert_eq!(world.books.in_flight(), 0);
            let early = |it: &Record| millis(500) < it.at && it.at < secs(2);
            let sent = |it: &Record| matches!(it.what, What::Sent { .. });
            let while_down = records.iter().filter(|it| early(it) && sent(it) && it.node == 0);
            assert_eq!(while_down.count(), 0, "who is down sends nothing");
            let told = records.iter().filter(|it| matches!(it.what, What::Lost { .. })).count();
            if kept {
                assert_eq!(heard(world), [(Value::Int(1), Value::Int(1))], "seed {seed}");
                assert_eq!(world.books.total().lost, 0, "seed {seed}");
            } else {
                assert_eq!((heard(world).len(), world.books.total().lost), (1 - told, told as u64));
                lost += told;
            }
        }
    }
    assert!((8..32).contains(&lost), "half of the plain ones get lost, not {lost} of 40");
}

#[test]
fn an_endless_loop_is_stopped_with_the_bound_that_it_met() {
    let list = |name: &str, of: &str, steps: &str| {
        format!("- for: {name}\n  in: {of}\n  do:\n    {}", steps.replace('\n', "\n    "))
    };
    let ten = "'[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]'";
    let mut steps = "- let: { sum: '=a + b' }".to_owned();
    for name in ["e", "d", "c", "b", "a"] {
        steps = list(name, ten, &steps);
    }
    let engine = told(&format!("        {}", steps.replace('\n', "\n        ")), &[1]);
    let reasons = reasons(&engine.system);
    assert!(reasons.len() == 1 && reasons[0].contains("STEPS_PER_INSTANT_MAX"), "{reasons:?}");
}

#[test]
fn the_inspector_shows_what_waits_in_an_outbox() {
    use inflight::app::view::{Part, inspect};
    use inflight::app::{Action, Lab, Selection};
    let outbox = format!("        - atomic:\n          {}", PUBLISH.replace('\n', "\n  "));
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "counter".to_owned(), text: counter(&outbox) });
    lab.update(Action::Turn(0, Value::Float(1.0)));
    lab.update(Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() }));
    lab.update(Action::Seek(millis(500)));
    lab.update(Action::Select(Some(Selection::Service(0))));
    let heading = |it: &Part| match it {
        Part::Things { heading, things, .. } if heading.contains("box (") => {
            Some((heading.clone(), things.len()))
        }
        _ => None,
    };
    let lists: Vec<_> = inspect(&lab).unwrap().parts.iter().filter_map(heading).collect();
    assert_eq!(lists, [("Inbox (0)".to_owned(), 0), ("Outbox (1)".to_owned(), 1)]);
}
