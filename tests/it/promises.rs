//! What leads to what, in which time; named sets of knobs; chains without an end.

use inflight::app::view::{halt, variants};
use inflight::app::{Action, Lab};
use inflight::base::Time;
use inflight::language::Value;
use inflight::world::InvariantStanding;

use crate::rig::{engine, micros, millis, secs, world};
use crate::semantics::{SELL, buy, shop};

/// How a promise of the shop stands in the end, and when it was first broken.
fn promise(rule: &str, lost: bool) -> (InvariantStanding, Option<Time>) {
    let network = if lost { "links: [{ to: board, loss: 1 }]" } else { "loss: 0" };
    let text = shop("{ kind: direct }", SELL, "fire-and-forget")
        .replace("delay: 10ms", &format!("delay: 10ms, {network}"));
    let rule = format!("invariants: {{ it shows: {{ {rule} }} }}\n");
    let (mut engine, mut records) = engine(world(&(text + &rule), 1));
    engine.steer(buy(1), &mut records);
    engine.advance(secs(5), u64::MAX, &mut records);
    let state = &engine.system.invariants[0];
    (state.standing, state.first_violation)
}

#[test]
fn a_promise_is_kept_at_its_last_instant_and_broken_after_it() {
    // Sold at 110 ms, on the board at 130 ms.
    let rule = |within: &str| {
        format!("when: size(shop.sold) > 0, leads_to: size(board.seen) > 0, within: {within}")
    };
    assert_eq!(promise(&rule("20ms"), false), (InvariantStanding::Holds, None));
    // It holds later, too late.
    assert_eq!(promise(&rule("19999us"), false).1, Some(micros(130_000)));
    assert_eq!(promise(&rule("1s"), true), (InvariantStanding::Broken, Some(micros(1_110_001))));
}

#[test]
fn a_promise_without_a_time_must_be_kept_before_all_is_quiet() {
    let rule = "when: size(shop.sold) > 0, leads_to: size(board.seen) > 0";
    assert_eq!(promise(rule, false), (InvariantStanding::Holds, None));
    let never = "when: size(shop.sold) > 0, leads_to: size(board.seen) > 1";
    // The board's rows reach the screen at 140 ms: then nothing is under way any more.
    assert_eq!(promise(never, false), (InvariantStanding::Broken, Some(millis(140))));
    let unasked = "when: size(shop.sold) > 1, leads_to: size(board.seen) > 1";
    assert_eq!(promise(unasked, false), (InvariantStanding::Open, None));
}

#[test]
fn a_variant_sets_its_knobs_and_starts_again_where_it_must() {
    let text = shop("{ kind: direct }", SELL, "fire-and-forget")
        .replace("delay: 10ms", "delay: =d")
        + "knobs: { d: { type: duration, default: 10ms, max: 1s } }\n"
        + "variants: { far: { d: 200ms }, near: { d: 10ms } }\n";
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "mine".to_owned(), text });
    assert_eq!(variants(&lab), (vec!["far".to_owned(), "near".to_owned()], Some(1)));
    lab.update(Action::Variant(0));
    assert_eq!(lab.world().knobs[0], Value::Duration(200_000));
    assert_eq!((variants(&lab).1, lab.run().inputs().len()), (Some(0), 1));
}

#[test]
fn an_endless_chain_is_shown_as_the_chain() {
    let text = "inflight: 1
title: Ping
messages: { Ping: { kind: event }, Pong: { kind: event } }
channels: { a: { kind: direct }, b: { kind: direct } }
services:
  left: { receives: [a], start: [{ send: Pong, to: b }], handles: { Ping: [{ send: Pong, to: b }] } }
  right: { receives: [b], handles: { Pong: [{ send: Ping, to: a }] } }
network: { delay: 0ms }
";
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "mine".to_owned(), text: text.to_owned() });
    lab.update(Action::Seek(secs(1)));
    let words = halt(&lab).unwrap();
    let chain = "an endless chain: ";
    assert!(words.contains(chain), "{words}");
    assert!(words.contains("Pong at right → Ping at left → Pong at right"), "{words}");
    assert!(words.contains("OCCURRENCES_PER_INSTANT_MAX"), "{words}");
    lab.update(Action::Restart(2));
    assert!(lab.run().now() < secs(1));
}
