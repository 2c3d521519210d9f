//! What several calls at the same time mean: how long they take, and what becomes of those that nobody needs.

use inflight::base::Time;
use inflight::language::Value;

use crate::calls::{ANSWER, FAIL, NOTE, after, caller, noted, told, troubles};
use crate::rig::millis;

/// Asks all three, and notes when it goes on, with `got`.
fn all(keys: &str, got: &str) -> String {
    let call = |(to, count): (&str, i64)| {
        format!(
            "            - call: Ask\n              to: to-{to}\n              with: {{ count: {count} }}\n"
        )
    };
    let calls = [("a", 1), ("b", 2), ("c", 3)].map(call).concat();
    format!(
        "        - all:\n{calls}          as: answers\n{keys}        - insert: log
          set: {{ at: =now, got: '={got}' }}"
    )
}

#[test]
fn calls_at_the_same_time_take_as_long_as_the_slowest_that_is_wanted() {
    let digits = "answers.map(it, it.count)[0] * 10 + answers[answers.size() - 1].count";
    let (slow, fast, middle) = (after(300), after(100), after(200));
    let run = |keys: &str, services: [&str; 3]| {
        let (engine, _) = told(&caller(&all(keys, digits), services), &[(0, 1)]);
        let troubles: Vec<(Time, String)> =
            engine.system.troubles.iter().map(|it| (it.at, it.reason.clone())).collect();
        (noted(&engine.system), troubles)
    };
    let all_three = run("", [&slow, &fast, &middle]);
    assert_eq!(all_three, (vec![(330, Value::Int(13))], vec![]));
    // The first two, in the order of the calls.
    let two = run("          enough: 2\n", [&slow, &fast, &middle]);
    assert_eq!(two, (vec![(230, Value::Int(23))], vec![]));
    // One may fail. When two have failed, nobody waits for the third.
    let one_fails = run("          enough: 2\n", [&slow, &fast, FAIL]);
    assert_eq!(one_fails.0, [(330, Value::Int(12))]);
    let two_fail = run("          enough: 2\n", [&slow, FAIL, FAIL]);
    assert_eq!(two_fail.0, []);
    assert_eq!(two_fail.1.last().unwrap(), &(millis(30), "no paper".to_owned()));
}

#[test]
fn two_hundred_calls_over_six_connections_take_thirty_four_turns() {
    let steps = format!(
        "        - all:
            - call: Ask
              to: to-a
              with: {{ count: =number }}
          for: number
          in: '{:?}'
          at_once: 6
          as: answers
        - insert: log
          set: {{ at: =now, got: '=answers.size() * 1000 + answers[199].count' }}",
        (0..200).collect::<Vec<u8>>()
    );
    let (engine, _) = told(&caller(&steps, [&after(10), ANSWER, ANSWER]), &[(0, 1)]);
    // 34 turns of 30 ms, the last one with two calls.
    assert_eq!(noted(&engine.system), [(10 + 34 * 30, Value::Int(200_199))]);
}

#[test]
fn the_slowest_of_ten_takes_as_long_as_the_harmonic_number_says() {
    let steps = format!(
        "        - all:\n            - call: Ask\n              to: to-a\n              with: {{ count: =number }}
          for: number\n          in: '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]'\n{NOTE}"
    );
    let slow = format!("        - work: exponential(100ms)\n{ANSWER}");
    let numbers: Vec<(u64, i64)> = (0..400).map(|it| (it * 5_000, 1)).collect();
    let (engine, _) = told(&caller(&steps, [&slow, ANSWER, ANSWER]), &numbers);
    let spans = noted(&engine.system).into_iter().map(|(at, _)| (at % 5_000 - 30) as f64 + 0.5);
    let mean = spans.sum::<f64>() / 400.0;
    let harmonic: f64 = (1..=10).map(|it| 100.0 / f64::from(it)).sum();
    let deviation: f64 = (1..=10).map(|it| 1e4 / f64::from(it * it)).sum::<f64>().sqrt();
    assert!((mean - harmonic).abs() < 4.0 * deviation / 20.0, "{mean} is not {harmonic}");
}

#[test]
fn calls_that_a_breaker_stops_leave_their_places_to_the_next() {
    let steps = "        - all:
            - call: Ask
              to: to-a
              with: { count: =number }
              breaker: { failures: 1, within: 1s, pause: 10s }
          for: number
          in: '[1, 2, 3, 4]'
          at_once: 1
          enough: 1";
    let (engine, _) = told(&caller(steps, [FAIL, ANSWER, ANSWER]), &[(0, 1)]);
    // The first fails when its answer comes; the others at that instant, one after the other.
    assert_eq!(troubles(&engine.system).last(), Some(&(millis(30), 0, "the breaker is open")));
}
