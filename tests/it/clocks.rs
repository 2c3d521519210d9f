//! Clocks that go wrong: whose `now` they change, and whose they do not.

use inflight::base::Time;
use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, World};

use crate::rig::{engine, millis, secs, world};

/// Somebody notes when something was said, by the speaker's clock and by its own. Links take 10 ms, work 100 ms.
fn note(service: &str, client: &str) -> Engine<World> {
    let text = format!(
        "inflight: 1
title: Clocks
knobs:
  skew: {{ type: duration, default: 2s, max: 60s }}
messages:
  Say: {{ kind: command, fields: {{ said: duration, heard: duration }} }}
channels:
  way: {{ kind: direct }}
services:
  ear:
    receives: [way]
{service}
    tables:
      notes: {{ key: at, columns: {{ at: duration, said: duration, heard: duration }} }}
    handles:
      Say:
        - work: 100ms
        - insert: notes
          set: {{ at: =now, said: =msg.said, heard: =msg.heard }}
clients:
  mouth:
    people: [Ana]
    interaction: fire-and-forget
{client}
    screen:
      - form: Say
        fields: {{ said: =now, heard: 0s }}
    habits:
      - {{ at: 1s, until: 30s, submit: Say, with: {{ heard: =now }} }}
network: {{ delay: 10ms }}
invariants:
  the truth goes by the true time:
    always: now < 60s
"
    );
    engine(world(&text, 1)).0
}

/// What was noted: when, when it was said by the clock, and what the habit filled in, in microseconds.
fn noted(engine: &Engine<World>) -> Vec<[i64; 3]> {
    let micros = |it: &Value| if let Value::Duration(micros) = it { *micros } else { -1 };
    let rows = engine.system.services[0].tables[0].rows();
    rows.map(|it| [0, 1, 2].map(|cell| micros(&it[cell]))).collect()
}

#[test]
fn a_wrong_clock_shows_in_its_own_expressions_only() {
    for (service, client, expected) in [
        ("", "", [1_110_000, 1_000_000, 1_000_000]),
        ("    clock: { ahead: 2s }", "", [3_110_000, 1_000_000, 1_000_000]),
        ("    clock: { behind: 500ms }", "", [610_000, 1_000_000, 1_000_000]),
        ("", "    clock: { ahead: 100s }", [1_110_000, 101_000_000, 101_000_000]),
        // No clock shows an instant before the start.
        ("    clock: { behind: 1h }", "    clock: { behind: =skew }", [0, 0, 0]),
        // A clock that is 1 % too fast.
        ("    clock: { ahead: =now * 0.01 }", "", [1_121_100, 1_000_000, 1_000_000]),
        ("    clock: { ahead: 3s, behind: 1s }", "", [3_110_000, 1_000_000, 1_000_000]),
    ] {
        let mut engine = note(service, client);
        engine.advance(millis(1_109), u64::MAX, &mut Vec::new());
        assert_eq!(noted(&engine), [[0; 3]; 0], "{service}{client}: what takes time takes as long");
        engine.advance(secs(50), u64::MAX, &mut Vec::new());
        assert_eq!(noted(&engine), [expected], "{service}{client}");
        assert_eq!(engine.system.invariants[0].first_violation, None);
        engine.advance(secs(60), u64::MAX, &mut Vec::new());
    }
}

#[test]
fn a_clock_goes_as_the_knob_says_now() {
    let mut engine = note("    clock: { behind: =skew }", "");
    engine.advance(millis(1_050), u64::MAX, &mut Vec::new());
    engine.steer(Input::Turn { knob: 0, value: Value::Duration(10_000) }, &mut Vec::new());
    engine.advance(secs(2), u64::MAX, &mut Vec::new());
    assert_eq!(noted(&engine)[0][0], 1_100_000);
    let clock = engine.system.plan.scenario.services[0].clock.as_ref();
    assert_eq!(engine.system.clock(clock, secs(5)), Time::from_micros(4_990_000));
}
