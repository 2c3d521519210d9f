//! What calls mean: failure answers, attempts and pauses, breakers, and second messages.

use inflight::base::Time;
use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, Record, What, World};

use crate::rig::{engine, millis, world};

/// A person tells a number to a caller, which does `steps` with it and may ask three services, each with steps of its
/// own. Every link takes 10 ms, so that the caller begins after 10 ms.
pub(crate) fn caller(steps: &str, [a, b, c]: [&str; 3]) -> String {
    let service = |name: &str, steps: &str| {
        format!(
            "  {name}:
    receives: [to-{name}, line-{name}]
    workers: 20
    handles:
      Ask:
        # Never: so that everybody can answer and everything is used.
        - if: msg.count == 1000
          then:
            - reply: Said
              with: {{ count: 0 }}
            - send: Ask
              to: line-{name}
              with: {{ count: 0 }}
            - send: Ask
              to: to-{name}
              with: {{ count: 0 }}
{steps}
"
        )
    };
    let services = [service("a", a), service("b", b), service("c", c)].concat();
    format!(
        "inflight: 1
title: A caller
summary: One asks, others answer.
messages:
  Go: {{ kind: command, fields: {{ count: int }} }}
  Ask: {{ kind: query, fields: {{ count: int }} }}
  Said: {{ kind: reply, fields: {{ count: int }} }}
channels:
  door: {{ kind: direct }}
  to-a: {{ kind: direct }}
  to-b: {{ kind: direct }}
  to-c: {{ kind: direct }}
  line-a: {{ kind: queue, attempts: 1 }}
  line-b: {{ kind: queue, attempts: 1 }}
  line-c: {{ kind: queue, attempts: 1 }}
services:
  caller:
    receives: [door]
    workers: 20
    tables:
      log: {{ key: at, columns: {{ at: duration, got: int }} }}
    handles:
      Go:
{steps}
{services}clients:
  teller:
    people: [Ana]
    interaction: fire-and-forget
    screen:
      - form: Go
        fields: {{ count: {{ min: 0, max: 1000 }} }}
network: {{ delay: 10ms }}
"
    )
}

pub(crate) const ANSWER: &str = "        - reply: Said
          with: { count: =msg.count }";
pub(crate) const FAIL: &str = "        - fail: no paper";

/// Answers after a while.
pub(crate) fn after(millis: u32) -> String {
    format!("        - work: {millis}ms\n{ANSWER}")
}

/// Notes that it has come so far.
pub(crate) const NOTE: &str = "        - insert: log
          set: { at: =now, got: 0 }";

/// What happened, and the world afterwards, when a person tells numbers at some instants.
#[track_caller]
pub(crate) fn told(text: &str, numbers: &[(u64, i64)]) -> (Engine<World>, Vec<Record>) {
    let (mut engine, mut records) = engine(world(text, 1));
    for (at, number) in numbers {
        engine.advance(millis(*at), u64::MAX, &mut records);
        let values = vec![(0, Value::Int(*number))];
        engine.steer(Input::Submit { person: 0, item: 0, values }, &mut records);
    }
    engine.advance(engine.now() + inflight::base::Span::from_secs(60), u64::MAX, &mut records);
    (engine, records)
}

/// When a service took messages up.
pub(crate) fn started(records: &[Record], node: u32) -> Vec<Time> {
    let fits = |it: &&Record| it.node == node && matches!(it.what, What::Started { .. });
    records.iter().filter(fits).map(|it| it.at).collect()
}

pub(crate) fn troubles(world: &World) -> Vec<(Time, usize, &str)> {
    world.troubles.iter().map(|it| (it.at, it.node, it.reason.as_str())).collect()
}

/// When the caller noted something, and what.
pub(crate) fn noted(world: &World) -> Vec<(i64, Value)> {
    let rows = world.services[0].tables[0].rows();
    let number = |it: &Value| match it {
        Value::Duration(micros) => *micros / 1_000,
        other => panic!("{other:?}"),
    };
    rows.map(|it| (number(&it[0]), it[1].clone())).collect()
}

pub(crate) fn at(instants: &[u64]) -> Vec<Time> {
    instants.iter().map(|it| millis(*it)).collect()
}

/// A call of a service, with one key more.
pub(crate) fn asks(to: &str, key: &str) -> String {
    format!(
        "        - call: Ask\n          to: to-{to}\n          with: {{ count: 1 }}\n          {key}"
    )
}

#[test]
fn a_failure_is_answered_at_once_unless_a_queue_tries_again() {
    let (engine, _) = told(&caller(&asks("a", "timeout: 2s"), [FAIL, ANSWER, ANSWER]), &[(0, 1)]);
    let wanted = [(millis(20), 1, "no paper"), (millis(30), 0, "no paper")];
    assert_eq!(troubles(&engine.system), wanted);
    let (engine, _) = told(
        &caller(&asks("a", "timeout: 2s").replace("to-a", "line-a"), [FAIL, ANSWER, ANSWER]),
        &[(0, 1)],
    );
    let wanted = [(millis(30), 1, "no paper"), (millis(2_010), 0, "no answer in time")];
    assert_eq!(troubles(&engine.system), wanted);
}

#[test]
fn what_is_shed_is_answered_on_every_way() {
    for to in ["to-a", "line-a"] {
        let steps = asks("a", "timeout: 2s").replace("to-a", to);
        let text = caller(&steps, [&after(500), ANSWER, ANSWER]);
        let text = text.replacen(
            "    workers: 20\n    handles:\n      Ask:",
            "    shed: { waiting: 0 }\n    handles:\n      Ask:",
            1,
        );
        let text = text.replace("attempts: 1", "attempts: 1, prefetch: 9");
        let (engine, _) = told(&text, &[(0, 1), (0, 1)]);
        let refused = if to == "to-a" { 30 } else { 40 };
        assert_eq!(troubles(&engine.system), [(millis(refused), 0, "shed")], "{to}");
    }
}

#[test]
fn the_timer_of_a_call_does_not_cut_short_what_comes_after_it() {
    let steps = format!(
        "        - call: Ask\n          to: to-a\n          with: {{ count: 1 }}\n          timeout: 100ms
        - work: 1s\n{NOTE}"
    );
    let (engine, _) = told(&caller(&steps, [ANSWER; 3]), &[(0, 1)]);
    assert_eq!(noted(&engine.system), [(1_030, Value::Int(0))]);
}

/// A call of `a` with some keys more.
fn call(keys: &str) -> String {
    format!(
        "        - call: Ask\n          to: to-a\n          with: {{ count: =msg.count }}\n{keys}"
    )
}

#[test]
fn attempts_are_made_after_growing_pauses() {
    let steps = call("          retry: { attempts: 4, backoff: 100ms, factor: 2, max: 300ms }");
    let (engine, records) = told(&caller(&steps, [FAIL, ANSWER, ANSWER]), &[(0, 1)]);
    assert_eq!(started(&records, 1), at(&[20, 140, 360, 680]));
    assert_eq!(troubles(&engine.system).last(), Some(&(millis(690), 0, "no paper")));
    // An attempt that has been given up is over: its late answer does not count.
    let late = after(150);
    let steps = call("          timeout: 100ms\n          retry: { attempts: 2, backoff: 50ms }");
    let (engine, records) = told(&caller(&steps, [&late, ANSWER, ANSWER]), &[(0, 1)]);
    assert_eq!(started(&records, 1), at(&[20, 170]));
    assert_eq!(troubles(&engine.system), [(millis(260), 0, "no answer in time")]);
}

#[test]
fn jitters_spread_pauses_as_their_formulas_say() {
    // Each with the bounds of the first and of the third pause in milliseconds; 100, 200, 400 without jitter.
    let table = [
        ("none", [100.0, 100.0], [400.0, 400.0]),
        ("full", [0.0, 100.0], [0.0, 400.0]),
        ("equal", [50.0, 100.0], [200.0, 400.0]),
        ("decorrelated", [100.0, 300.0], [100.0, 1_000.0]),
    ];
    for (jitter, first, third) in table {
        let keys = format!(
            "          retry: {{ attempts: 4, backoff: 100ms, max: 1s, jitter: {jitter} }}"
        );
        let numbers: Vec<(u64, i64)> = (0..400).map(|it| (it * 5_000, 1)).collect();
        let (_, records) = told(&caller(&call(&keys), [FAIL, ANSWER, ANSWER]), &numbers);
        let started = started(&records, 1);
        assert_eq!(started.len(), 1_600, "{jitter}");
        let pauses = |which: usize| -> Vec<f64> {
            let attempts = started.chunks(4);
            attempts.map(|it| it[which].since(it[which - 1]).as_secs() * 1e3 - 20.0).collect()
        };
        for (pauses, [low, high]) in [(pauses(1), first), (pauses(3), third)] {
            let inside = |it: &f64| (low - 0.001..=high + 0.001).contains(it);
            assert!(pauses.iter().all(inside), "{jitter}: {pauses:?}");
            if jitter == "decorrelated" && high > 500.0 {
                continue;
            }
            // A uniform distribution: the mean lies in the middle, within four standard errors.
            let mean = pauses.iter().sum::<f64>() / 400.0;
            let error = (high - low) / 12f64.sqrt() / 20.0;
            assert!(
                (mean - f64::midpoint(low, high)).abs() <= 4.0 * error + 0.001,
                "{jitter}: {mean}"
            );
        }
    }
}

#[test]
fn three_layers_with_three_repetitions_make_sixty_four_messages() {
    let layer = |to: &str| asks(to, "timeout: 1h\n          retry: { attempts: 4 }");
    let text = caller(&layer("a"), [&layer("b"), &layer("c"), FAIL]);
    let (_, records) = told(&text, &[(0, 1)]);
    let counts: Vec<usize> = (1..4).map(|it| started(&records, it).len()).collect();
    assert_eq!(counts, [4, 16, 64]);
}

#[test]
fn a_budget_bounds_the_share_of_repetitions() {
    let steps = call("          retry: { attempts: 2, budget: 0.1 }");
    let numbers: Vec<(u64, i64)> = (0..100).map(|it| (it * 100, 1)).collect();
    let (_, records) = told(&caller(&steps, [FAIL, ANSWER, ANSWER]), &numbers);
    assert_eq!(started(&records, 1).len(), 110);
}

#[test]
fn a_breaker_opens_lets_one_attempt_through_and_closes() {
    let steps = call("          breaker: { failures: 2, within: 1s, pause: 500ms }");
    let fragile =
        format!("        - if: msg.count == 0\n          then: [{{ fail: no paper }}]\n{ANSWER}");
    // Two failures open it. The third call is not made. The fourth, exactly when the pause is over, may try; the
    // fifth may not, as long as the fourth is under way. It fails: another pause. The last one closes it.
    let numbers = [(0, 0), (100, 0), (200, 1), (620, 0), (621, 1), (1_200, 1), (1_300, 1)];
    let (engine, records) = told(&caller(&steps, [&fragile, ANSWER, ANSWER]), &numbers);
    let changes = records.iter().filter_map(|it| match it.what {
        What::Breaker { standing, .. } => Some((it.at, standing)),
        _ => None,
    });
    let wanted = [(130, 1), (630, 2), (650, 1), (1_210, 2), (1_230, 0)];
    assert_eq!(changes.collect::<Vec<_>>(), wanted.map(|(at, it)| (millis(at), it)));
    assert_eq!(started(&records, 1), at(&[20, 120, 640, 1_220, 1_320]));
    let refused = (210, 631);
    let at_once = troubles(&engine.system).into_iter().filter(|it| it.2 == "the breaker is open");
    let wanted = [(millis(refused.0), 0), (millis(refused.1), 0)];
    assert_eq!(at_once.map(|it| (it.0, it.1)).collect::<Vec<_>>(), wanted);
}

#[test]
fn failures_too_far_apart_open_no_breaker() {
    let steps = call("          breaker: { failures: 2, within: 1s, pause: 1h }");
    let opened = |second: u64| {
        let (_, records) = told(&caller(&steps, [FAIL, ANSWER, ANSWER]), &[(0, 1), (second, 1)]);
        records.iter().any(|it| matches!(it.what, What::Breaker { .. }))
    };
    assert!(opened(1_000) && !opened(1_001));
}

#[test]
fn a_fallback_is_done_when_all_attempts_have_failed() {
    let keys = format!(
        "          retry: {{ attempts: 2, backoff: 100ms }}
          as: answer
          fallback:
    {}
        - insert: log
          set: {{ at: =now + 1ms, got: '=answer == null ? -1 : answer.count' }}",
        NOTE.replace('\n', "\n    ")
    );
    let run =
        |a: &str| noted(&told(&caller(&call(&keys), [a, ANSWER, ANSWER]), &[(0, 7)]).0.system);
    assert_eq!(run(FAIL), [(150, Value::Int(0)), (151, Value::Int(-1))]);
    assert_eq!(run(ANSWER), [(31, Value::Int(7))]);
}

#[test]
fn a_hedge_asks_a_second_time_and_takes_the_first_answer() {
    let steps = format!("{}\n{NOTE}", call("          hedge: 50ms"));
    let first_is_slow = format!("        - work: '=now < 25ms ? 200ms : 5ms'\n{ANSWER}");
    let (engine, records) = told(&caller(&steps, [&first_is_slow, ANSWER, ANSWER]), &[(0, 1)]);
    assert_eq!(started(&records, 1), at(&[20, 70]));
    assert_eq!(noted(&engine.system), [(85, Value::Int(0))]);
    // When the answer comes before, nothing is sent twice.
    let (_, records) = told(&caller(&steps, [ANSWER; 3]), &[(0, 1)]);
    assert_eq!(started(&records, 1), at(&[20]));
    // One of two messages fails: the other may still be answered.
    let second_fails =
        format!("        - if: now > 25ms\n          then: [{{ fail: no paper }}]\n{}", after(200));
    let (engine, _) = told(&caller(&steps, [&second_fails, ANSWER, ANSWER]), &[(0, 1)]);
    assert_eq!(noted(&engine.system), [(230, Value::Int(0))]);
}

#[test]
fn calls_inherit_the_earlier_deadline() {
    let layer = |to: &str, timeout: &str| asks(to, &["timeout: ", timeout].concat());
    let deadlines = |outer: &str, inner: &str| {
        let text = caller(&layer("a", outer), [&layer("b", inner), &after(9_000), ANSWER]);
        let (mut engine, mut records) = engine(world(&text, 1));
        let values = vec![(0, Value::Int(1))];
        engine.steer(Input::Submit { person: 0, item: 0, values }, &mut records);
        engine.advance(millis(40), u64::MAX, &mut records);
        let running = |it: usize| engine.system.services[it].workers[0].as_ref().unwrap();
        [1, 2].map(|it| running(it).envelope.deadline.unwrap())
    };
    assert_eq!(deadlines("3s", "1s"), [millis(3_010), millis(1_020)]);
    assert_eq!(deadlines("3s", "8s"), [millis(3_010), millis(3_010)]);
}
