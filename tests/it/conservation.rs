//! Conservation: no copy of a message appears or disappears without being told.

use std::collections::BTreeMap;

use inflight::base::Stream;
use inflight::service::{Content, Envelope};
use inflight::sim::Record as _;
use inflight::world::{Record, Toward, What, Why, World};

use crate::rig::{
    FLAGSHIP, WORKSHOP, engine, logged_workshop, seeds, some_input, tight_workshop, world,
};

/// Counts the copies that are under way by looking at every place where one can be. What a queue has handed out is
/// counted at the queue, which holds it until it is acknowledged.
fn copies_in_places(world: &World) -> BTreeMap<usize, u64> {
    let mut counts = BTreeMap::new();
    let messages = world.plan.scenario.messages.len();
    let mut count = |envelope: &Envelope| {
        *counts.entry(envelope.content.name_index(messages)).or_insert(0) += 1;
    };
    for leg in world.legs.iter().flatten().filter(|it| it.delivery.is_none()) {
        assert!(
            leg.toward != Toward::Self_ || matches!(leg.envelope.content, Content::Message { .. })
        );
        count(&leg.envelope);
    }
    for queue in world.channels.iter().flat_map(|it| &it.queues) {
        queue.waiting().chain(queue.held()).for_each(|it| count(it));
    }
    for service in &world.services {
        service.inbox().filter(|it| it.delivery.is_none()).for_each(|it| count(&it.envelope));
        service.overdue.iter().for_each(|it| count(it));
        let running = service.workers.iter().flatten().chain(service.aside());
        running.filter(|it| it.delivery.is_none()).for_each(|it| count(&it.envelope));
    }
    counts
}

#[track_caller]
fn check_books(world: &World, context: &str) {
    let places = copies_in_places(world);
    for (name, account) in world.books.accounts().iter().enumerate() {
        let sum = account.handled + account.lost + account.dead_lettered;
        let sum = sum + account.cancelled + account.in_flight();
        assert_eq!(account.sent, sum, "{context}: {}", world.plan.names[name]);
        let found = places.get(&name).copied().unwrap_or(0);
        assert_eq!(account.in_flight(), found, "{context}: {} under way", world.plan.names[name]);
    }
    assert_eq!(world.books.in_flight(), places.values().sum::<u64>(), "{context}");
}

/// Plays a scenario while a restless person crashes services and turns knobs, and checks the books after every
/// single occurrence. Returns what came about.
#[track_caller]
pub(crate) fn check_conservation(text: &str, seed: u64) -> Vec<Record> {
    let mut dice = Stream::new(seed, &["restless"]);
    let (mut engine, mut records) = engine(world(text, seed));
    for step in 0..1_500 {
        if dice.chance(0.03) {
            let input = some_input(&engine.system, dice.bits());
            engine.steer(input, &mut records);
        }
        engine.step(&mut records);
        check_books(&engine.system, &format!("seed {seed}, step {step}"));
    }
    records
}

#[test]
fn every_copy_is_somewhere_or_has_ended_in_one_way() {
    let (tight, logged) = (tight_workshop(), logged_workshop());
    let mut put_back = 0;
    for seed in seeds(60) {
        for text in [FLAGSHIP, WORKSHOP, &tight, &logged] {
            let records = check_conservation(text, seed);
            put_back +=
                records.iter().filter(|it| matches!(it.what, What::Returned { .. })).count();
        }
    }
    assert!(put_back > 0, "somebody has put a dead letter back");
}

#[test]
fn the_records_tell_the_same_as_the_books() {
    let tight = tight_workshop();
    for (text, seed) in seeds(20).flat_map(|seed| [(WORKSHOP, seed), (&tight, seed)]) {
        let (mut engine, mut records) = engine(world(text, seed));
        for _ in 0..3_000 {
            engine.step(&mut records);
        }
        let count =
            |fits: fn(&What) -> bool| records.iter().filter(|it| fits(&it.what)).count() as u64;
        let total = engine.system.books.total();
        assert_eq!(total.handled, count(|it| matches!(it, What::Handled { .. })), "seed {seed}");
        assert_eq!(
            total.lost,
            count(|it| matches!(it, What::Lost { held: false, .. } | What::Unroutable { .. })),
            "seed {seed}"
        );
        assert_eq!(
            total.dead_lettered,
            count(|it| matches!(it, What::DeadLettered { .. })),
            "seed {seed}"
        );
        let cancelled = count(|it| matches!(it, What::Cancelled { .. }));
        assert_eq!(total.cancelled, cancelled, "seed {seed}");
        assert!(total.lost > 0, "seed {seed}: the weather is bad enough to see losses");
    }
}

#[test]
fn different_records_have_different_digests() {
    let fold = |what| {
        let mut digest = inflight::sim::Digest::default();
        Record { at: crate::rig::secs(1), node: 2, why: Why::Start, what }.fold(&mut digest);
        digest.value()
    };
    let whats = [
        What::Crashed { instance: 0 },
        What::Restarted { instance: 0 },
        What::Queued { message: 1, channel: 2 },
        What::Queued { message: 2, channel: 1 },
        What::Started { message: 1, worker: 2 },
        What::Decided { intent: 1, accepted: true, reason: "".into() },
        What::Decided { intent: 1, accepted: false, reason: "".into() },
        What::Failed { message: 1, reason: "".into() },
    ];
    let count = whats.len();
    let digests: std::collections::BTreeSet<u64> = whats.into_iter().map(fold).collect();
    assert_eq!(digests.len(), count);
}
