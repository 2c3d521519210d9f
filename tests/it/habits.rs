//! Habits: when simulated people do something, how often, and until when.

use inflight::base::Time;
use inflight::world::{Input, Record, What};

use crate::rig::{engine, millis, secs, world};

/// Two people with one habit; their messages take 10 ms to a counter.
fn people(habit: &str) -> String {
    format!(
        "inflight: 1
title: Habits
knobs:
  crowd: {{ type: int, default: 3, max: 20000 }}
  end: {{ type: duration, default: 1s, max: 60s }}
messages:
  Tell: {{ kind: command, fields: {{ number: int }} }}
channels:
  way: {{ kind: direct }}
services:
  counter:
    receives: [way]
    handles:
      Tell:
        - stop:
clients:
  teller:
    people: [Ana, Ben]
    interaction: fire-and-forget
    screen:
      - form: Tell
        fields: {{ number: 1 }}
    habits:
      - {habit}
network: {{ delay: 10ms }}
"
    )
}

/// When the first of them submitted something, in 100 s.
#[track_caller]
fn submitted(habit: &str) -> Vec<Time> {
    let (mut engine, mut records) = engine(world(&people(habit), 1));
    engine.advance(secs(100), u64::MAX, &mut records);
    let ana = u32::try_from(engine.system.people[0].node).unwrap();
    let fits = |it: &&Record| it.node == ana && matches!(it.what, What::Submitted { .. });
    records.iter().filter(fits).map(|it| it.at).collect()
}

#[test]
fn a_habit_begins_repeats_and_ends_when_it_says() {
    assert_eq!(submitted("{ at: 5s, submit: Tell }"), [secs(5)]);
    let twice = submitted("{ at: 5s, every: 30s, until: 65s, submit: Tell }");
    assert_eq!(twice, [secs(5), secs(35)], "the end itself is too late");
    assert_eq!(submitted("{ every: 30s, until: 61s, submit: Tell }"), [secs(30), secs(60)]);
    assert_eq!(submitted("{ at: 5s, times: 3, submit: Tell }"), [secs(5); 3]);
    let waves = submitted("{ every: 40s, times: =crowd, until: =end * 90, submit: Tell }");
    assert_eq!(waves, [[secs(40); 3], [secs(80); 3]].concat());
}

#[test]
fn every_time_draws_what_is_filled_in_and_the_rhythm_stays() {
    let habit = |times: &str| {
        let keys = "{ every: exponential(5s), submit: Tell, with: { number: '=int(1, 1000)' }";
        let (mut engine, mut records) = engine(world(&people(&[keys, times, " }"].concat()), 1));
        engine.advance(secs(100), u64::MAX, &mut records);
        let fits = |it: &Record| match it.what {
            What::Sent { body, .. } => Some(body),
            _ => None,
        };
        records.iter().filter_map(fits).collect::<Vec<u64>>()
    };
    let bodies: std::collections::BTreeSet<u64> = habit(", times: 50").into_iter().collect();
    assert!(bodies.len() > 500, "{} different numbers", bodies.len());
    assert_eq!(habit(", times: 1"), habit(""));
}

#[test]
fn who_keeps_no_habits_misses_what_comes_due_meanwhile() {
    let text = people("{ at: 5s, every: 10s, times: 2, submit: Tell }");
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.steer(Input::Habits { on: false }, &mut records);
    engine.advance(secs(6), u64::MAX, &mut records);
    engine.steer(Input::Habits { on: true }, &mut records);
    engine.advance(secs(20), u64::MAX, &mut records);
    let handled = records.iter().filter(|it| matches!(it.what, What::Handled { .. }));
    let at: Vec<Time> = handled.map(|it| it.at).collect();
    assert_eq!(at, [millis(15_010); 4]);
}

#[test]
fn too_many_at_one_instant_stop_the_run_with_the_bound() {
    let text = people("{ at: 5s, times: =crowd * 10000, submit: Tell }");
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.advance(secs(6), u64::MAX, &mut records);
    let halt = format!("{:?}", engine.halt());
    assert!(halt.contains("HABIT_TIMES_MAX"), "{halt}");
    assert_eq!(engine.system.books.total().sent, 0);
}
