//! What channels, services and crashes mean: small worlds with exact outcomes.

use inflight::language::Value;
use inflight::world::{Input, InvariantStanding, World};

use crate::rig::{engine, millis, secs, world};

/// One person, one form, one service that takes 100 ms; links take 10 ms. `channel` is the definition of the way
/// there, `steps` what the service does after its work.
pub(crate) fn shop(channel: &str, steps: &str, interaction: &str) -> String {
    format!(
        "inflight: 1
title: A shop
summary: One person, one service.
messages:
  Buy: {{ kind: command, fields: {{ order: id, count: int }} }}
  Bought: {{ kind: event, fields: {{ order: id }} }}
  Sorry: {{ kind: event, fields: {{ order: id, reason: text }} }}
channels:
  way: {channel}
  news: {{ kind: topic }}
services:
  shop:
    receives: [way]
    tables:
      sold: {{ key: order, columns: {{ order: id, count: int }} }}
    handles:
      Buy:
        - work: 100ms
{steps}
  board:
    role: view
    receives: [news]
    tables:
      seen: {{ key: order, columns: {{ order: id }}, mirrors: shop.sold }}
    handles:
      Bought:
        - upsert: seen[msg.order]
          set: {{}}
clients:
  buyer:
    people: [Ana]
    interaction: {interaction}
    screen:
      - form: Buy
        to: way
        fields: {{ count: {{ min: 1, max: 9, default: 1 }} }}
        outcome: {{ accepted: Bought, refused: Sorry, by: order }}
      - list: board.seen
        columns: [order]
network: {{ delay: 10ms }}
"
    )
}

pub(crate) const SELL: &str = "        - if: msg.count > 0
          then:
            - upsert: sold[msg.order]
              set: { count: =msg.count }
            - decide: accepted
            - publish: Bought
              with: { order: =msg.order }
          else:
            - decide: refused
              reason: sold out
            - publish: Sorry
              with: { order: =msg.order, reason: sold out }";

/// The same, but whatever comes before half a second has passed fails.
pub(crate) fn sell_late() -> String {
    format!("        - if: now < 500ms\n          then: [{{ fail: too early }}]\n{SELL}")
}

/// The same shop with nothing left.
fn refuse() -> String {
    SELL.replace("msg.count > 0", "msg.count < 0")
}

pub(crate) fn buy(count: i64) -> Input {
    Input::Submit { person: 0, item: 0, values: vec![(1, Value::Int(count))] }
}

/// How long the link takes twice: to the broker and on.
pub(crate) const ARRIVAL: u64 = 20;

pub(crate) fn sold(world: &World) -> usize {
    world.services[0].tables[0].len()
}

/// The screen's words about the person's only intent.
fn asserted(world: &World) -> &'static str {
    world.people[0].intents[0].assertion.says().name()
}

#[test]
fn a_command_travels_is_handled_and_tells_its_outcome_at_exact_instants() {
    let (mut engine, mut records) = engine(world(&shop("{ kind: queue }", SELL, "wait-for-it"), 1));
    engine.steer(buy(2), &mut records);
    engine.advance(millis(ARRIVAL + 99), u64::MAX, &mut records);
    assert_eq!((sold(&engine.system), asserted(&engine.system)), (0, "waiting"));
    engine.advance(millis(ARRIVAL + 100), u64::MAX, &mut records);
    assert_eq!((sold(&engine.system), asserted(&engine.system)), (1, "waiting"));
    // The verdict needs one link; the event needs two, and the view's rows a third.
    engine.advance(millis(ARRIVAL + 110), u64::MAX, &mut records);
    assert_eq!(asserted(&engine.system), "accepted");
    assert!(engine.system.people[0].lists[0].table.is_empty());
    engine.advance(millis(ARRIVAL + 130), u64::MAX, &mut records);
    assert_eq!(engine.system.people[0].lists[0].table.len(), 1);
    assert_eq!(engine.system.books.in_flight(), 0);
}

#[test]
fn what_was_being_handled_in_a_crash_is_handled_again_from_a_queue_and_lost_from_a_direct_channel()
{
    for (channel, expected) in
        [("{ kind: queue, redelivery_delay: 50ms }", 1), ("{ kind: direct }", 0)]
    {
        let (mut engine, mut records) = engine(world(&shop(channel, SELL, "fire-and-forget"), 1));
        engine.steer(buy(1), &mut records);
        engine.advance(millis(60), u64::MAX, &mut records);
        engine.steer(Input::Crash(0, None), &mut records);
        engine.advance(secs(1), u64::MAX, &mut records);
        assert_eq!(sold(&engine.system), 0, "{channel}: nobody handles while the process is down");
        engine.steer(Input::Restart(0, None), &mut records);
        engine.advance(secs(2), u64::MAX, &mut records);
        assert_eq!(sold(&engine.system), expected, "{channel}");
        let lost = engine.system.books.total().lost;
        assert_eq!(lost, 1 - expected as u64, "{channel}");
    }
}

#[test]
fn tables_survive_a_crash_and_the_inbox_does_not() {
    let (mut engine, mut records) =
        engine(world(&shop("{ kind: direct }", SELL, "fire-and-forget"), 1));
    for _ in 0..3 {
        engine.steer(buy(1), &mut records);
    }
    engine.advance(millis(150), u64::MAX, &mut records);
    assert_eq!(sold(&engine.system), 1);
    engine.steer(Input::Crash(0, None), &mut records);
    engine.steer(Input::Restart(0, None), &mut records);
    engine.advance(secs(2), u64::MAX, &mut records);
    assert_eq!(sold(&engine.system), 1, "one was sold before, one was in hand, one in the inbox");
    assert_eq!(engine.system.books.total().lost, 2);
}

#[test]
fn a_handler_that_fails_is_tried_as_often_as_the_channel_says_and_then_is_a_dead_letter() {
    let broken = "        - let: { oops: =1 / (msg.count - msg.count) }";
    let channel = "{ kind: queue, attempts: 3, redelivery_delay: 1s }";
    let text = shop(channel, &format!("{broken}\n{SELL}"), "fire-and-forget");
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.steer(buy(1), &mut records);
    // Three attempts, 110 ms each from the broker on, a second between them.
    engine.advance(millis(10 + 3 * 110 + 2_000 - 1), u64::MAX, &mut records);
    assert_eq!(engine.system.books.total().dead_lettered, 0);
    engine.advance(millis(10 + 3 * 110 + 2_000), u64::MAX, &mut records);
    assert_eq!(engine.system.books.total().dead_lettered, 1);
    let queue = &engine.system.channels[0].queues[0];
    assert_eq!((queue.dead().len(), queue.waiting().len(), queue.held().len()), (1, 0, 0));
    assert_eq!(engine.system.troubles.len(), 3);
    assert!(
        engine.system.troubles[0].reason.contains("zero"),
        "{}",
        engine.system.troubles[0].reason
    );
}

#[test]
fn a_repeated_command_with_a_key_is_decided_once_and_without_one_twice() {
    // The receipt takes longer than the device waits, so that every command is sent more than once.
    for (key, outcome) in [(true, "accepted"), (false, "accepted_twice")] {
        let interaction = format!("{{ send: retry, key: {key}, claim: pending, learn: push }}");
        let text = shop("{ kind: queue }", SELL, &interaction)
            .replace("network: { delay: 10ms }", "network: { delay: 1100ms }");
        let (mut engine, mut records) = engine(world(&text, 1));
        engine.steer(buy(1), &mut records);
        engine.advance(secs(30), u64::MAX, &mut records);
        assert!(engine.system.books.accounts()[0].sent > 1, "it was repeated");
        let endings = engine.system.truths.endings(0);
        let found: Vec<&str> = endings.iter().map(|it| it.0.0.name()).collect();
        assert_eq!(found, [outcome], "key: {key}");
    }
}

#[test]
fn a_call_without_an_answer_fails_after_its_time_out() {
    let text = "inflight: 1
title: A call
summary: A service asks another one.
messages:
  Go: { kind: command, fields: { order: id } }
  Ask: { kind: query, fields: {} }
  Told: { kind: reply, fields: { answer: int } }
channels:
  way: { kind: direct }
  question: { kind: direct }
services:
  asker:
    receives: [way]
    tables: { answers: { key: order, columns: { order: id, answer: int } } }
    handles:
      Go:
        - call: Ask
          to: question
          with: {}
          timeout: 500ms
          as: told
        - insert: answers
          set: { order: =msg.order, answer: =told.answer }
  teller:
    receives: [question]
    handles:
      Ask:
        - work: 100ms
        - reply: Told
          with: { answer: 42 }
clients:
  person:
    people: [Ana]
    interaction: fire-and-forget
    screen: [ { form: Go, to: way, fields: {} } ]
network: { delay: 10ms }
";
    let go = || Input::Submit { person: 0, item: 0, values: Vec::new() };
    let (mut engine, mut records) = engine(world(text, 1));
    engine.steer(go(), &mut records);
    engine.advance(millis(130), u64::MAX, &mut records);
    let row = engine.system.services[0].tables[0].rows().next().unwrap().clone();
    assert_eq!(row[1], Value::Int(42), "10 ms there, 10 ms to ask, 100 ms of work, 10 ms back");
    engine.steer(Input::Crash(1, None), &mut records);
    engine.steer(go(), &mut records);
    engine.advance(millis(130 + 10 + 499), u64::MAX, &mut records);
    assert!(engine.system.troubles.is_empty());
    engine.advance(millis(130 + 10 + 500), u64::MAX, &mut records);
    assert_eq!(engine.system.troubles[0].reason, "no answer in time");
    assert_eq!(engine.system.services[0].tables[0].len(), 1);
}

#[test]
fn a_refusal_is_told_and_what_was_claimed_is_taken_back() {
    for (interaction, words) in [
        ("wait-for-it", "refused"),
        ("accepted-then-push", "refused"),
        ("optimistic-honest", "taken back"),
    ] {
        let (mut engine, mut records) =
            engine(world(&shop("{ kind: queue }", &refuse(), interaction), 1));
        engine.steer(buy(1), &mut records);
        engine.advance(secs(1), u64::MAX, &mut records);
        assert_eq!(asserted(&engine.system), words, "{interaction}");
        let endings = engine.system.truths.endings(0);
        let (outcome, claimed_done, _) = &endings[0].0;
        assert_eq!(outcome.name(), "refused");
        assert_eq!(*claimed_done, interaction == "optimistic-honest");
    }
}

#[test]
fn invariants_are_judged_after_every_change_and_when_all_is_quiet() {
    let text = shop("{ kind: queue }", SELL, "fire-and-forget")
        + "invariants:
  never more than one:
    always: size(shop.sold) <= 1
  the board catches up:
    eventually: shop.sold == board.seen
";
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.steer(buy(1), &mut records);
    engine.steer(buy(1), &mut records);
    engine.advance(secs(1), u64::MAX, &mut records);
    // The second one reaches the single worker's hands one link after the first is done.
    assert_eq!(engine.system.invariants[0].first_violation, Some(millis(ARRIVAL + 100 + 10 + 100)));
    assert_eq!(engine.system.invariants[1].first_violation, None);
    let standing: Vec<_> = engine.system.invariants.iter().map(|it| it.standing).collect();
    assert_eq!(standing, [InvariantStanding::Broken, InvariantStanding::Holds]);
}

#[test]
fn a_message_to_oneself_waits_for_the_restart() {
    let steps = "        - after: 1s\n          send: Later\n          with: { order: =msg.order, count: =msg.count }";
    let later = format!("      Later:\n{SELL}\n\n  board:");
    let text = shop("{ kind: direct }", steps, "fire-and-forget")
        .replace(
            "\n  Bought:",
            "\n  Later: { kind: command, fields: { order: id, count: int } }\n  Bought:",
        )
        .replacen("\n  board:", &format!("\n{later}"), 1);
    let (mut engine, mut records) = engine(world(&text, 1));
    engine.steer(buy(1), &mut records);
    engine.advance(millis(500), u64::MAX, &mut records);
    engine.steer(Input::Crash(0, None), &mut records);
    engine.advance(secs(5), u64::MAX, &mut records);
    assert_eq!(sold(&engine.system), 0);
    engine.steer(Input::Restart(0, None), &mut records);
    engine.advance(secs(6), u64::MAX, &mut records);
    assert_eq!(sold(&engine.system), 1);
}

#[test]
fn a_service_that_is_like_another_runs_as_if_it_were_written_out() {
    let text = crate::proofs::text("time/dead-or-slow");
    let begin = text.find("  replica-1:\n").unwrap();
    let end = text.find("  replica-2: { like: replica-1 }").unwrap();
    let block = &text[begin..end];
    let written_out = (2..6).fold(text.clone(), |text, number| {
        let name = format!("replica-{number}");
        let own = block.replacen("  replica-1:\n", &format!("  {name}:\n"), 1);
        let own = own.replace("self", &format!("\"{name}\""));
        text.replacen(&format!("  {name}: {{ like: replica-1 }}\n"), &own, 1)
    });
    assert!(!written_out.contains("like:"));
    let [short, long] = [text, written_out].map(|it| {
        let (mut engine, mut records) = engine(world(&it, 3));
        engine.advance(secs(60), u64::MAX, &mut records);
        assert!(engine.system.troubles.is_empty(), "{:?}", engine.system.troubles);
        engine.digest()
    });
    assert_eq!(short, long);
}
