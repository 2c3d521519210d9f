//! What a person does by hand to this message, this service, this link: at which instants it shows.

use inflight::base::{Span, Time};
use inflight::sim::Engine;
use inflight::world::{Copies, Input, Record, Way, What, World};

use crate::rig::{engine, millis, secs, world};
use crate::semantics::{SELL, buy, sell_late, shop};

/// The shop on a channel: 10 ms to it, 100 ms of work. At these instants (in ms) somebody does something.
fn play(channel: &str, deeds: &[(u64, Input)]) -> (Engine<World>, Vec<Record>) {
    let text = shop(channel, SELL, "fire-and-forget");
    let (mut engine, mut records) = engine(world(&text, 1));
    for (at, input) in deeds {
        engine.advance(millis(*at), u64::MAX, &mut records);
        assert_eq!(engine.system.objection_to(input), None, "{input:?}");
        engine.steer(input.clone(), &mut records);
    }
    engine.advance(secs(30), u64::MAX, &mut records);
    (engine, records)
}

const DIRECT: &str = "{ kind: direct }";
const QUEUE: &str = "{ kind: queue, prefetch: 1 }";

const fn all(message: u64) -> Copies {
    Copies { message, to: None }
}

/// When the shop had handled what was bought.
fn bought(records: &[Record]) -> Vec<Time> {
    let done = records.iter().filter(|it| matches!(it.what, What::Handled { name: 0, .. }));
    done.map(|it| it.at).collect()
}

/// Which messages the shop took up, in order.
fn taken_up(records: &[Record]) -> Vec<u64> {
    let shop = records.iter().filter(|it| it.node == 0);
    let started = shop.filter_map(|it| match it.what {
        What::Started { message, .. } => Some(message),
        _ => None,
    });
    started.collect()
}

fn node(name: &str) -> usize {
    let world = world(&shop(DIRECT, SELL, "fire-and-forget"), 1);
    world.plan.nodes.iter().position(|it| it.name == name).unwrap()
}

fn buyer() -> usize {
    let world = world(&shop(DIRECT, SELL, "fire-and-forget"), 1);
    world.plan.person_node(0)
}

#[test]
fn a_message_that_is_held_up_arrives_later_and_those_behind_it_wait() {
    let second = Span::from_secs(1);
    let (_, records) = play(DIRECT, &[(0, buy(1)), (1, buy(1)), (4, Input::Delay(all(1), second))]);
    assert_eq!(bought(&records), [1_110, 1_210].map(millis));
    assert_eq!(taken_up(&records), [1, 2], "the link keeps its order");
    // Twice as late when it is done twice.
    let deeds = [(0, buy(1)), (4, Input::Delay(all(1), second)), (5, Input::Delay(all(1), second))];
    assert_eq!(bought(&play(DIRECT, &deeds).1), [millis(2_110)]);
}

#[test]
fn a_token_goes_on_from_where_it_is_at_another_pace() {
    let text = shop(DIRECT, SELL, "fire-and-forget");
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.steer(buy(1), &mut records);
    engine.advance(millis(5), u64::MAX, &mut records);
    let share = |engine: &Engine<World>| {
        let leg = engine.system.legs.iter().flatten().next().expect("it is under way").clone();
        leg.share(engine.now())
    };
    assert!((share(&engine) - 0.5).abs() < 1e-9);
    engine.steer(Input::Delay(all(1), Span::from_millis(95)), &mut records);
    assert!((share(&engine) - 0.5).abs() < 1e-9, "it does not jump");
    engine.advance(millis(55), u64::MAX, &mut records);
    assert!((share(&engine) - 0.75).abs() < 1e-9, "half of what was left");
}

#[test]
fn a_second_copy_is_handled_too() {
    let (engine, records) = play(DIRECT, &[(0, buy(1)), (4, Input::Duplicate(all(1)))]);
    assert_eq!(bought(&records), [110, 210].map(millis));
    assert_eq!(engine.system.books.accounts()[0].sent, 2);
    // Also one that waits: in an inbox, or at a broker.
    for channel in [DIRECT, QUEUE] {
        let deeds = [(0, buy(1)), (1, buy(1)), (50, Input::Duplicate(all(2)))];
        assert_eq!(taken_up(&play(channel, &deeds).1), [1, 2, 2], "{channel}");
    }
}

#[test]
fn a_message_overtakes_on_its_way_in_an_inbox_and_in_a_queue() {
    let on_its_way = [(0, buy(1)), (2, buy(1)), (5, Input::Overtake(all(2)))];
    let records = play(DIRECT, &on_its_way).1;
    assert_eq!(taken_up(&records), [2, 1]);
    assert_eq!(bought(&records), [110, 210].map(millis), "the same instants, in another order");
    for channel in [DIRECT, QUEUE] {
        let deeds = [(0, buy(1)), (1, buy(1)), (2, buy(1)), (50, Input::Overtake(all(3)))];
        assert_eq!(taken_up(&play(channel, &deeds).1), [1, 3, 2], "{channel}");
    }
}

#[test]
fn what_waits_can_be_lost_and_held_up() {
    for channel in [DIRECT, QUEUE] {
        let buys = [(0, buy(1)), (1, buy(1)), (2, buy(1))];
        let with = |input| [&buys[..], &[(50, input)]].concat();
        let (engine, records) = play(channel, &with(Input::Lose(all(2))));
        assert_eq!(taken_up(&records), [1, 3], "{channel}");
        assert_eq!(engine.system.books.accounts()[0].lost, 1, "{channel}");
        let second = Span::from_secs(1);
        let records = play(channel, &with(Input::Delay(all(2), second))).1;
        assert_eq!(taken_up(&records), [1, 3, 2], "{channel}");
        assert!(millis(1_050) <= bought(&records)[2], "{channel}");
    }
}

#[test]
fn what_a_queue_still_holds_comes_again_when_it_is_lost_in_an_inbox() {
    let channel = "{ kind: queue, prefetch: 5, redelivery_delay: 1s }";
    let deeds = [(0, buy(1)), (1, buy(1)), (60, Input::Lose(all(2)))];
    let (engine, records) = play(channel, &deeds);
    assert_eq!(taken_up(&records), [1, 2]);
    assert_eq!(engine.system.books.accounts()[0].lost, 0);
    assert!(secs(1) < bought(&records)[1]);
}

#[test]
fn a_paused_service_goes_on_when_it_is_told_to_or_crashes() {
    let deeds = [(0, buy(1)), (50, Input::Pause(0)), (60, buy(1)), (500, Input::Resume(0))];
    assert_eq!(bought(&play(DIRECT, &deeds).1), [500, 600].map(millis));
    let crash = [
        (0, buy(1)),
        (50, Input::Pause(0)),
        (60, Input::Crash(0, None)),
        (70, Input::Restart(0, None)),
        (80, buy(1)),
    ];
    assert_eq!(bought(&play(DIRECT, &crash).1), [millis(190)]);
}

#[test]
fn a_slow_service_works_so_many_times_as_long() {
    let deeds =
        [(0, Input::Slow(0, 10.0)), (1, buy(1)), (2_000, Input::Slow(0, 1.0)), (2_001, buy(1))];
    assert_eq!(bought(&play(DIRECT, &deeds).1), [1_011, 2_111].map(millis));
}

#[test]
fn a_cut_link_carries_nothing_that_way_until_it_is_mended() {
    let way = Way { from: buyer(), to: node("shop"), both: false };
    let deeds = [(0, Input::Cut(way)), (1, buy(1)), (20, Input::Mend(way)), (21, buy(1))];
    let (engine, records) = play(DIRECT, &deeds);
    assert_eq!(bought(&records), [millis(131)]);
    assert_eq!(engine.system.books.accounts()[0].lost, 1);
    // The other way is another link.
    let back = Way { from: way.to, to: way.from, both: false };
    assert_eq!(bought(&play(DIRECT, &[(0, Input::Cut(back)), (1, buy(1))]).1), [millis(111)]);
    let both = Way { both: true, ..back };
    assert!(bought(&play(DIRECT, &[(0, Input::Cut(both)), (1, buy(1))]).1).is_empty());
}

#[test]
fn a_slow_link_takes_so_much_longer() {
    let way = Way { from: buyer(), to: node("shop"), both: false };
    let late = Span::from_secs(1);
    let deeds =
        [(0, Input::SlowLink(way, late)), (1, buy(1)), (2_000, Input::Mend(way)), (2_001, buy(1))];
    assert_eq!(bought(&play(DIRECT, &deeds).1), [1_111, 2_111].map(millis));
}

#[test]
fn one_copy_of_several_is_meant_by_where_it_goes() {
    // The news goes to the board, and a second copy of it does too.
    let text = shop(DIRECT, SELL, "fire-and-forget");
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.steer(buy(1), &mut records);
    engine.advance(millis(5), u64::MAX, &mut records);
    let goals = engine.system.goals(1);
    assert_eq!(goals, [node("shop")]);
    let elsewhere = Input::Lose(Copies { message: 1, to: Some(node("board")) });
    assert_eq!(engine.system.objection_to(&elsewhere), Some("No copy of it is under way or waits"));
    engine.steer(elsewhere, &mut records);
    engine.advance(secs(1), u64::MAX, &mut records);
    assert_eq!(bought(&records), [millis(110)]);
}

#[test]
fn a_dead_letter_that_is_put_back_is_tried_as_if_it_had_never_been() {
    let channel = "{ kind: queue, prefetch: 1, attempts: 1 }";
    let (mut engine, mut records) =
        engine(world(&shop(channel, &sell_late(), "fire-and-forget"), 1));
    engine.steer(buy(1), &mut records);
    engine.advance(millis(800), u64::MAX, &mut records);
    let account = |engine: &Engine<World>| {
        let it = engine.system.books.accounts()[0];
        (it.sent, it.handled, it.dead_lettered, it.in_flight())
    };
    assert_eq!(account(&engine), (1, 0, 1, 0));
    let letter = engine.system.channels[0].queues[0].dead()[0].id;
    let again = Input::Redeliver { channel: 0, message: letter };
    // Twice: the second time there is no such letter any more.
    engine.steer(again.clone(), &mut records);
    engine.steer(again, &mut records);
    assert_eq!(account(&engine), (2, 0, 1, 1), "a copy of it is under way");
    engine.advance(secs(9), u64::MAX, &mut records);
    assert_eq!(account(&engine), (2, 1, 1, 0));
    let put_back = records.iter().filter(|it| matches!(it.what, What::Returned { .. })).count();
    assert_eq!((put_back, engine.system.channels[0].queues[0].dead().len()), (1, 0));
}
