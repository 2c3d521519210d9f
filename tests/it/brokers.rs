//! What a crash of a broker means: for what it holds, for what is on its way to it, and for what readers have in hand.

use inflight::sim::Engine;
use inflight::world::{Input, World};

use crate::rig::{engine, millis, secs, world};
use crate::semantics::{SELL, buy, sell_late, shop, sold};

/// The shop's broker stands behind its two services.
const BROKER: usize = 2;

/// Three wishes are at the broker: one in the shop's hands since 20 ms, two wait. Then it crashes.
fn crashed(options: &str, interaction: &str, at: u64) -> Engine<World> {
    let channel = format!("{{ kind: queue, prefetch: 1, {options} }}");
    let (mut engine, mut records) = engine(world(&shop(&channel, SELL, interaction), 1));
    for _ in 0..3 {
        engine.steer(buy(1), &mut records);
    }
    engine.advance(millis(at), u64::MAX, &mut records);
    engine.steer(Input::Crash(BROKER, None), &mut records);
    engine
}

fn play(engine: &mut Engine<World>, until: u64) {
    engine.advance(millis(until), u64::MAX, &mut Vec::new());
}

#[test]
fn a_durable_queue_hands_out_again_what_a_reader_had_in_hand() {
    let mut engine = crashed("durable: true", "fire-and-forget", 60);
    let queue = &engine.system.channels[0].queues[0];
    assert_eq!((queue.waiting().len(), queue.held().len()), (3, 0));
    play(&mut engine, 1_000);
    // The shop has finished what it had in hand; nobody hands it anything else.
    assert_eq!((sold(&engine.system), engine.system.services[0].handled), (1, 1));
    engine.steer(Input::Restart(BROKER, None), &mut Vec::new());
    play(&mut engine, 1_109);
    assert_eq!(engine.system.services[0].handled, 1);
    play(&mut engine, 1_110);
    assert_eq!(engine.system.services[0].handled, 2, "the first one once more");
    play(&mut engine, 9_000);
    let commands = engine.system.books.accounts()[0];
    assert_eq!((sold(&engine.system), engine.system.services[0].handled), (3, 4));
    assert_eq!((commands.sent, commands.handled, commands.lost), (4, 4, 0));
    assert_eq!(engine.system.brokers[0].crashes, 1);
}

#[test]
fn a_queue_that_is_not_durable_loses_what_it_holds() {
    let mut engine = crashed("durable: false", "fire-and-forget", 60);
    let commands = engine.system.books.accounts()[0];
    assert_eq!((commands.sent, commands.lost, commands.in_flight()), (3, 2, 1));
    engine.steer(Input::Restart(BROKER, None), &mut Vec::new());
    play(&mut engine, 9_000);
    let commands = engine.system.books.accounts()[0];
    assert_eq!((sold(&engine.system), commands.handled, commands.lost), (1, 1, 2));
}

#[test]
fn what_is_sent_to_a_crashed_broker_is_lost_and_devices_that_retry_send_again() {
    let interaction = "{ send: retry, key: true, claim: received, learn: never }";
    let mut engine = crashed("durable: true", interaction, 5);
    play(&mut engine, 1_000);
    assert_eq!(engine.system.books.accounts()[0].lost, 3, "they were on their way");
    engine.steer(Input::Restart(BROKER, None), &mut Vec::new());
    play(&mut engine, 9_000);
    assert_eq!((sold(&engine.system), engine.system.books.in_flight()), (3, 0));
}

#[test]
fn a_handler_that_fails_on_what_it_was_cut_off_from_harms_nobody() {
    let channel = "{ kind: queue, prefetch: 1, attempts: 1 }";
    let (mut engine, mut records) =
        engine(world(&shop(channel, &sell_late(), "fire-and-forget"), 1));
    engine.steer(buy(1), &mut records);
    engine.advance(millis(60), u64::MAX, &mut records);
    engine.steer(Input::Crash(BROKER, None), &mut records);
    engine.advance(millis(600), u64::MAX, &mut records);
    // The copy in the shop's hands is lost; the queue's own has not been tried.
    assert_eq!(engine.system.books.accounts()[0].lost, 1);
    engine.steer(Input::Restart(BROKER, None), &mut records);
    engine.advance(secs(9), u64::MAX, &mut records);
    assert_eq!((sold(&engine.system), engine.system.books.total().dead_lettered), (1, 0));
}

#[test]
fn a_service_that_comes_back_first_waits_for_its_broker() {
    let mut engine = crashed("durable: true", "fire-and-forget", 60);
    for input in [Input::Crash(0, None), Input::Restart(0, None)] {
        engine.steer(input, &mut Vec::new());
    }
    play(&mut engine, 2_000);
    assert_eq!(engine.system.services[0].handled, 0, "what it had in hand died with it");
    for input in [Input::Crash(0, None), Input::Restart(BROKER, None)] {
        engine.steer(input, &mut Vec::new());
    }
    play(&mut engine, 4_000);
    assert_eq!(engine.system.channels[0].queues[0].waiting().len(), 3);
    engine.steer(Input::Restart(0, None), &mut Vec::new());
    play(&mut engine, 9_000);
    assert_eq!(sold(&engine.system), 3);
}
