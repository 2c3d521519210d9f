//! What the options of channels mean: room, time to live, and when the broker forgets.

use inflight::sim::Engine;
use inflight::world::{Input, What, World};

use crate::rig::{engine, millis, secs, world};
use crate::semantics::{ARRIVAL, SELL, buy, shop, sold};

/// A shop whose way there is this channel; so many people's wishes arrive there at the same instant.
fn wished(channel: &str, interaction: &str, wishes: u32) -> Engine<World> {
    let (mut engine, mut records) = engine(world(&shop(channel, SELL, interaction), 1));
    for _ in 0..wishes {
        engine.steer(buy(1), &mut records);
    }
    engine
}

fn play(engine: &mut Engine<World>, until: inflight::base::Time) {
    engine.advance(until, u64::MAX, &mut Vec::new());
}

/// How many messages ended in which way: lost, as dead letters.
fn ends(world: &World) -> (u64, u64) {
    let commands = &world.books.accounts()[0];
    (commands.lost, commands.dead_lettered)
}

#[test]
fn a_full_queue_rejects_what_comes_or_drops_what_waits_longest() {
    for (full, expected) in [("reject", (2, 0)), ("drop-oldest", (0, 2))] {
        let channel = format!("{{ kind: queue, capacity: 1, when_full: {full} }}");
        let mut engine = wished(&channel, "fire-and-forget", 4);
        // One is in the service's hands, one waits.
        play(&mut engine, millis(ARRIVAL));
        let queue = &engine.system.channels[0].queues[0];
        assert_eq!((queue.held().len(), queue.waiting().len()), (1, 1), "{full}");
        assert_eq!(ends(&engine.system), expected, "{full}");
        let waiting = queue.waiting().next().unwrap().intent.unwrap().id;
        assert_eq!(waiting, if full == "reject" { 2 } else { 4 });
        play(&mut engine, secs(2));
        assert_eq!((sold(&engine.system), engine.system.books.in_flight()), (2, 0), "{full}");
    }
}

#[test]
fn a_wish_that_was_rejected_is_not_confirmed_and_comes_again() {
    let interaction = "{ send: retry, key: true, claim: received, learn: never }";
    let mut engine = wished("{ kind: queue, capacity: 1 }", interaction, 3);
    play(&mut engine, secs(1));
    assert_eq!((sold(&engine.system), ends(&engine.system)), (2, (1, 0)));
    play(&mut engine, secs(5));
    assert_eq!((sold(&engine.system), engine.system.books.in_flight()), (3, 0));
}

#[test]
fn each_reader_of_a_topic_has_its_own_room() {
    let text = shop("{ kind: queue }", SELL, "fire-and-forget")
        .replace("news: { kind: topic }", "news: { kind: topic, capacity: 1, prefetch: 1 }")
        .replace("        - upsert: seen", "        - work: 1s\n        - upsert: seen")
        .replace("- work: 100ms", "- work: 1ms");
    let (mut engine, mut records) = engine(world(&text, 1));
    for _ in 0..4 {
        engine.steer(buy(1), &mut records);
    }
    engine.advance(secs(9), u64::MAX, &mut records);
    let world = &engine.system;
    assert_eq!((sold(world), world.services[1].tables[0].len()), (4, 2));
    assert_eq!((world.books.accounts()[1].lost, world.books.in_flight()), (2, 0));
}

#[test]
fn what_waits_longer_than_it_may_is_a_dead_letter() {
    let mut engine = wished("{ kind: queue, time_to_live: 150ms }", "fire-and-forget", 4);
    // They come to the broker after 10 ms. The service takes one at 20, 120 and 220 ms; links take 10.
    play(&mut engine, millis(159));
    assert_eq!(ends(&engine.system), (0, 0));
    play(&mut engine, millis(160));
    assert_eq!(ends(&engine.system), (0, 2));
    play(&mut engine, secs(2));
    assert_eq!((sold(&engine.system), ends(&engine.system)), (2, (0, 2)));
    assert_eq!(engine.system.books.in_flight(), 0);
}

#[test]
fn what_is_forgotten_when_it_is_handed_out_is_lost_in_a_crash() {
    for (acknowledge, kept) in [("before", 0), ("after", 3)] {
        let channel = format!("{{ kind: queue, acknowledge: {acknowledge} }}");
        let interaction = "{ send: once, claim: received, learn: never }";
        let mut engine = wished(&channel, interaction, 3);
        play(&mut engine, millis(60));
        engine.steer(Input::Crash(0, None), &mut Vec::new());
        engine.steer(Input::Restart(0, None), &mut Vec::new());
        play(&mut engine, secs(9));
        let world = &engine.system;
        assert_eq!((sold(world), ends(world).0), (kept, 3 - kept as u64), "{acknowledge}");
        assert_eq!(world.books.in_flight(), 0);
        let receipt = world.plan.names.iter().position(|it| **it == *"receipt").unwrap();
        assert_eq!(world.books.accounts()[receipt].sent, 3, "{acknowledge}: each has one receipt");
    }
}

/// The shop tells a second service, which has little room, that it sold something.
pub(crate) fn shop_with_a_second_service(tell: &str) -> String {
    let publish = "- publish: Bought
              with: { order: =msg.order }";
    shop("{ kind: queue }", &SELL.replace(publish, tell), "fire-and-forget")
        .replace(
            "news: { kind: topic }",
            "second: { kind: queue, capacity: 1, prefetch: 1 }\n  news: { kind: topic }",
        )
        .replace("receives: [news]", "receives: [second]")
        .replace("accepted: Bought, ", "")
        .replace("        - upsert: seen", "        - work: 300ms\n        - upsert: seen")
        .replace("- work: 100ms", "- work: 1ms")
}

#[test]
fn an_outbox_sends_again_what_a_full_queue_rejected() {
    let plain =
        "- send: Bought\n              to: second\n              with: { order: =msg.order }";
    let outbox = "- atomic: [{ send: Bought, to: second, with: { order: =msg.order } }]";
    for (tell, expected) in [(plain, 2), (outbox, 5)] {
        let text = shop_with_a_second_service(tell);
        let (mut engine, mut records) = engine(world(&text, 1));
        for _ in 0..5 {
            engine.steer(buy(1), &mut records);
        }
        engine.advance(secs(20), u64::MAX, &mut records);
        let world = &engine.system;
        assert_eq!(world.services[1].tables[0].len(), expected, "{tell}");
        let lost = world.books.accounts()[1].lost;
        assert_eq!((lost, world.books.in_flight()), (5 - expected as u64, 0), "{tell}");
    }
}

/// The orders in the sequence in which the shop took them up: each wish is a row of numbers.
fn taken_up(channel: &str, wishes: &[i64]) -> (Engine<World>, Vec<u64>) {
    let (mut engine, mut records) = engine(world(&shop(channel, SELL, "fire-and-forget"), 1));
    for count in wishes {
        engine.steer(buy(*count), &mut records);
    }
    engine.advance(secs(9), u64::MAX, &mut records);
    let started = records.iter().filter(|it| it.node == 0).filter_map(|it| match it.what {
        What::Started { message, .. } => Some(message),
        _ => None,
    });
    (engine, started.collect())
}

#[test]
fn the_greater_priority_overtakes_what_waits() {
    let channel = "{ kind: queue, prefetch: 1, priority: count }";
    // The first is in hand when the others come.
    let (engine, order) = taken_up(channel, &[1, 2, 9, 2, 1]);
    assert_eq!(order, [1, 3, 2, 4, 5]);
    assert_eq!(engine.system.books.in_flight(), 0);
    let (_, order) = taken_up("{ kind: queue, prefetch: 1 }", &[1, 2, 9, 2, 1]);
    assert_eq!(order, [1, 2, 3, 4, 5]);
}

#[test]
fn messages_with_the_same_key_are_handed_out_one_after_the_other() {
    let jam = "        - if: msg.count == 7 && now < 200ms
          then: [{ fail: jam }]";
    let text = |key: &str| {
        let channel = format!("{{ kind: queue{key}, redelivery_delay: 300ms }}");
        shop(&channel, &format!("{jam}\n{SELL}"), "fire-and-forget")
            .replace("receives: [way]", "receives: [way]\n    workers: 9")
    };
    // Two of key 7 fail at first; together, or the second one not at all because its turn comes later.
    for (key, expected) in [("", [120, 120, 530, 530]), (", key: count", [120, 120, 530, 640])] {
        let (mut engine, mut records) = engine(world(&text(key), 1));
        for count in [7, 7, 5, 6] {
            engine.steer(buy(count), &mut records);
        }
        engine.advance(secs(9), u64::MAX, &mut records);
        let handled = records.iter().filter_map(|it| match it.what {
            What::Handled { name: 0, .. } => Some(it.at.as_micros() / 1_000),
            _ => None,
        });
        let handled: Vec<u64> = handled.collect();
        assert_eq!(handled, expected, "{key}");
    }
}
