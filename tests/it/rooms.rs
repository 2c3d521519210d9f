//! Full queues that keep services waiting: exact instants, turns, and crashes of those who wait.

use inflight::service::Standing;
use inflight::sim::Engine;
use inflight::world::{Input, World};

use crate::channels::shop_with_a_second_service;
use crate::conservation::check_conservation;
use crate::rig::{engine, millis, secs, seeds, world};
use crate::semantics::buy;

/// The shop, whose single worker is quick, sends to a service that takes 300 ms and has room for one.
fn text(workers: u32) -> String {
    let tell =
        "- send: Bought\n              to: second\n              with: { order: =msg.order }";
    let workers = format!("receives: [way]\n    workers: {workers}");
    shop_with_a_second_service(tell)
        .replace("capacity: 1, prefetch: 1", "capacity: 1, prefetch: 1, when_full: block")
        .replace("receives: [way]", &workers)
}

fn wished(workers: u32, wishes: u32) -> Engine<World> {
    let (mut engine, mut records) = engine(world(&text(workers), 1));
    for _ in 0..wishes {
        engine.steer(buy(1), &mut records);
    }
    engine
}

fn blocked(world: &World) -> usize {
    let running = world.services[0].workers.iter().flatten();
    running.filter(|it| matches!(it.standing, Standing::Blocked(1))).count()
}

#[test]
fn a_worker_stands_at_its_step_until_there_is_room() {
    let mut engine = wished(1, 4);
    // The first leaves at 21 ms and is in hand at 41; the second leaves at 32 and waits; the third has no room at 43.
    for (at, standing, handled) in
        [(42, 0, 2), (43, 1, 2), (340, 1, 2), (341, 0, 3), (352, 1, 3), (650, 1, 3), (651, 0, 4)]
    {
        engine.advance(millis(at), u64::MAX, &mut Vec::new());
        let found = (blocked(&engine.system), engine.system.services[0].handled);
        assert_eq!(found, (standing, handled), "at {at} ms");
    }
    engine.advance(secs(9), u64::MAX, &mut Vec::new());
    let world = &engine.system;
    assert_eq!(
        (world.services[1].handled, world.books.total().lost, world.books.in_flight()),
        (4, 0, 0)
    );
}

#[test]
fn those_who_wait_take_turns_and_none_is_forgotten() {
    let mut engine = wished(5, 9);
    engine.advance(millis(200), u64::MAX, &mut Vec::new());
    // Of nine, one is in hand, one waits there; five stand at their step.
    assert_eq!((blocked(&engine.system), engine.system.channels[1].blocked.len()), (5, 5));
    engine.advance(secs(9), u64::MAX, &mut Vec::new());
    let world = &engine.system;
    assert_eq!(
        (world.services[1].handled, world.books.total().lost, world.books.in_flight()),
        (9, 0, 0)
    );
    let orders: Vec<String> =
        world.services[1].tables[0].rows().map(|it| it[0].to_string()).collect();
    assert_eq!(orders.len(), 9);
}

#[test]
fn a_sender_that_crashes_waits_no_more_and_the_next_has_its_turn() {
    let mut engine = wished(2, 6);
    engine.advance(millis(100), u64::MAX, &mut Vec::new());
    assert_eq!(blocked(&engine.system), 2);
    engine.steer(Input::Crash(0, None), &mut Vec::new());
    engine.steer(Input::Restart(0, None), &mut Vec::new());
    engine.advance(secs(20), u64::MAX, &mut Vec::new());
    let world = &engine.system;
    assert_eq!((world.services[1].handled, blocked(world), world.books.in_flight()), (6, 0, 0));
}

#[test]
fn every_copy_is_somewhere_while_senders_wait() {
    let busy = text(3) + "invariants: { all: { always: size(shop.sold) >= 0 } }\n";
    let busy = busy
        .replace(
            "    screen:\n",
            "    habits: [ { every: exponential(80ms), submit: Buy } ]\n    screen:\n",
        )
        .replace("title:", "knobs: { speed: { type: int, max: 9 } }\ntitle:");
    for seed in seeds(30) {
        check_conservation(&busy, seed);
    }
}
