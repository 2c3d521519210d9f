//! What goes wrong: when it strikes, what it does, and how it is over.

use inflight::base::{Span, Time};
use inflight::sim::Engine;
use inflight::world::{Copies, Input, Record, What, World};

use crate::rig::{engine, millis, secs, world};
use crate::semantics::{SELL, buy, shop};

/// The shop on a channel, with faults.
fn faulty(channel: &str, faults: &str) -> String {
    shop(channel, SELL, "fire-and-forget") + "faults:\n" + faults
}

/// Plays a text; at these instants (in ms) somebody buys something.
fn play(text: &str, buys: &[u64]) -> (Engine<World>, Vec<Record>) {
    let (mut engine, mut records) = engine(world(text, 1));
    for at in buys {
        engine.advance(millis(*at), u64::MAX, &mut records);
        engine.steer(buy(1), &mut records);
    }
    engine.advance(millis(buys.last().unwrap_or(&0) + 20_000), u64::MAX, &mut records);
    (engine, records)
}

fn when(records: &[Record], fits: fn(&What) -> bool) -> Vec<Time> {
    records.iter().filter(|it| fits(&it.what)).map(|it| it.at).collect()
}

/// When the shop had handled what was bought.
fn bought(records: &[Record]) -> Vec<Time> {
    when(records, |it| matches!(it, What::Handled { name: 0, .. }))
}

/// How many rows the shop has sold, and how many the board has seen.
fn rows(engine: &Engine<World>) -> [usize; 2] {
    [0, 1].map(|it| engine.system.services[it].tables[0].len())
}

#[test]
fn a_crash_at_an_instant_takes_what_is_in_hand_and_is_over_when_it_says() {
    let text = faulty("{ kind: direct }", "  it dies: { at: 50ms, crash: shop, for: 100ms }\n");
    let (engine, records) = play(&text, &[0, 60, 140]);
    assert_eq!(when(&records, |it| matches!(it, What::Crashed { .. })), [millis(50)]);
    assert_eq!(when(&records, |it| matches!(it, What::Restarted { .. })), [millis(150)]);
    // The first was in hand, the second came to a closed door, the third arrived with the restart.
    assert_eq!(bought(&records), [millis(250)]);
    assert_eq!(rows(&engine), [1, 1]);
}

#[test]
fn a_crash_between_two_steps_leaves_what_was_done_before() {
    // The steps as one reads them: work, if, upsert, decide, publish.
    for step in ["publish", "5"] {
        let fault = format!(
            "  it dies: {{ before: {{ in: shop, of: Buy, step: {step} }}, crash: shop, for: 1s }}\n"
        );
        let (engine, records) = play(&faulty("{ kind: direct }", &fault), &[0]);
        assert_eq!(when(&records, |it| matches!(it, What::Crashed { .. })), [millis(110)]);
        assert_eq!((rows(&engine), bought(&records)), ([1, 0], vec![]), "{step}");
        let (engine, records) = play(&faulty("{ kind: queue }", &fault), &[0]);
        // Handed out again after the restart at 1,120 ms: 10 ms on the way, 100 ms of work.
        assert_eq!(rows(&engine), [1, 1], "{step}");
        assert_eq!(bought(&records).len(), 1, "{step}");
    }
}

#[test]
fn a_crash_at_the_end_repeats_the_whole() {
    let fault = "  it dies: { before: { in: shop, of: Buy, step: end }, crash: shop, for: 1s }\n";
    let (engine, records) = play(&faulty("{ kind: queue }", fault), &[0]);
    let starts = records.iter().filter(|it| it.node == 0);
    assert_eq!(starts.filter(|it| matches!(it.what, What::Started { .. })).count(), 2);
    let news = engine.system.books.accounts()[1];
    assert_eq!((rows(&engine), news.handled), ([1, 1], 2));
}

#[test]
fn a_share_of_passages_makes_as_many_ghosts() {
    let fault = "  it dies:\n    before: { in: shop, of: Buy, step: publish, chance: 0.3, times: always }\n    \
                 crash: shop\n    for: 1ms\n";
    let buys: Vec<u64> = (0..1_000).map(|it| it * 200).collect();
    let (engine, records) = play(&faulty("{ kind: direct }", fault), &buys);
    let crashes = when(&records, |it| matches!(it, What::Crashed { .. })).len();
    assert_eq!(rows(&engine), [1_000, 1_000 - crashes]);
    // Four standard errors of a binomial share are 58.
    assert!(crashes.abs_diff(300) < 58, "{crashes}");
}

#[test]
fn a_paused_service_does_nothing_and_loses_nothing() {
    let text = faulty("{ kind: direct }", "  it stops: { at: 50ms, pause: shop, for: 1s }\n");
    let (engine, records) = play(&text, &[0, 100]);
    assert_eq!(bought(&records), [1_050, 1_150].map(millis));
    assert_eq!((rows(&engine), engine.system.books.total().lost), ([2, 2], 0));
}

#[test]
fn a_slow_service_works_so_many_times_as_long() {
    let text =
        faulty("{ kind: direct }", "  mud: { at: 50ms, slow: shop, factor: 2.5, for: 1s }\n");
    let (_, records) = play(&text, &[0, 100, 2_000]);
    // What has begun already goes on as it began.
    assert_eq!(bought(&records), [110, 360, 2_110].map(millis));
}

#[test]
fn a_partition_carries_nothing_between_its_groups_until_it_is_healed() {
    let groups = "  cut: { at: 15ms, partition: [[buyer], [shop, board]], for: 1s }\n";
    let (engine, records) = play(&faulty("{ kind: direct }", groups), &[0, 20, 1_014, 1_016]);
    // The first had left before; the broker, which nobody names, still reaches everybody.
    assert_eq!(bought(&records), [110, 1_126].map(millis));
    assert_eq!(rows(&engine), [2, 2]);
    assert_eq!(engine.system.books.accounts()[0].lost, 2);
}

#[test]
fn a_burst_befalls_the_next_messages_of_its_kind() {
    let burst = |it: &str| {
        let text = faulty("{ kind: direct }", &format!("  now: {{ at: 0ms, {it}, of: Buy }}\n"));
        let text = text.replace("delay: 10ms }", "delay: 10ms, ordered: false }");
        let (engine, records) = play(&text, &[5, 505, 1_005]);
        (bought(&records), rows(&engine)[0])
    };
    assert_eq!(burst("lose: 2"), (vec![millis(1_115)], 1));
    assert_eq!(burst("duplicate: 1"), ([115, 215, 615, 1_115].map(millis).to_vec(), 3));
    assert_eq!(burst("delay: 200ms, next: 2"), ([315, 815, 1_115].map(millis).to_vec(), 3));
    // Over before the second, although two are meant.
    assert_eq!(burst("lose: 2, for: 100ms").1, 2);
    assert_eq!(burst("lose: 2, to: board").1, 3);
}

#[test]
fn a_fault_that_is_not_over_does_not_strike_again() {
    let text = faulty("{ kind: queue }", "  rain: { every: 100ms, pause: board, for: 250ms }\n");
    let (_, records) = play(&text, &[]);
    let strikes = when(&records, |it| matches!(it, What::Fault { on: true, .. }));
    assert_eq!(strikes[..3], [100, 400, 700].map(millis));
    let over = when(&records, |it| matches!(it, What::Fault { on: false, .. }));
    assert_eq!(over[..3], [350, 650, 950].map(millis));
}

#[test]
fn what_is_done_by_hand_is_undone_by_hand() {
    let text = faulty("{ kind: direct }", "  cut: { partition: [[buyer], [shop]] }\n");
    let (mut engine, mut records) = engine(world(&text, 1));
    for (at, input) in [
        (0, Input::Fault(0, true)),
        (1, buy(1)),
        (100, Input::Fault(0, false)),
        (101, buy(1)),
        // The message of that click is the second.
        (105, Input::Lose(Copies { message: 2, to: None })),
        (200, buy(1)),
    ] {
        engine.advance(millis(at), u64::MAX, &mut records);
        engine.steer(input, &mut records);
    }
    engine.advance(secs(5), u64::MAX, &mut records);
    assert_eq!(bought(&records), [millis(310)]);
    assert_eq!(engine.system.books.accounts()[0].lost, 2);
    let lost = when(&records, |it| matches!(it, What::Lost { .. }));
    // One half way, the other at once.
    assert_eq!(lost, [millis(6), millis(105)]);
}

#[test]
fn a_fault_without_luck_changes_nobody_elses() {
    let text = shop("{ kind: queue }", SELL, "optimistic")
        .replace("delay: 10ms", "delay: exponential(10ms), loss: 0.2");
    let fault = "faults:\n  never: { every: exponential(1s), lose: 1, from: board, of: Buy }\n";
    let [calm, troubled] = [text.clone(), text + fault].map(|it| bought(&play(&it, &[0, 300]).1));
    assert_eq!(calm, troubled);
    assert!(calm.last().is_some_and(|it| it.since(Time::ZERO) > Span::ZERO));
}
