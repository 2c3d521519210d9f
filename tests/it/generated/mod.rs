//! Laws that hold for every scenario, also for those that nobody would write.

mod channels;
mod faults;
mod services;
mod steps;
mod text;

use std::mem::{Discriminant, discriminant};

use inflight::base::{Span, Time};
use inflight::language;
use inflight::service::Standing;
use inflight::world::{Record, What, World};

pub(crate) use self::text::scenario;
use self::text::with_stranger;
use crate::conservation::check_conservation;
use crate::replay::check_seek;
use crate::rig::{engine, secs, seeds, world};

#[test]
fn generated_scenarios_are_right() {
    for seed in seeds(300) {
        let text = scenario(seed);
        if let Err(findings) = language::compile(&text) {
            let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
            panic!("seed {seed}:\n{text}\n{}", findings.join("\n"));
        }
    }
}

#[test]
fn no_copy_appears_or_disappears_in_them() {
    for seed in seeds(60) {
        check_conservation(&scenario(seed), seed);
    }
}

#[test]
fn seeking_in_them_is_playing_there() {
    for seed in seeds(20) {
        check_seek(&scenario(seed), seed);
    }
}

/// The identity of a run of 20 seconds.
fn identity(text: &str, seed: u64) -> (u64, u64) {
    let (mut engine, mut records) = engine(world(text, seed));
    engine.advance(secs(20), 200_000, &mut records);
    (engine.steps(), engine.digest())
}

#[test]
fn the_same_text_and_seed_give_the_same_run() {
    for seed in seeds(40) {
        let text = scenario(seed);
        let run = identity(&text, seed);
        assert_eq!(run, identity(&text, seed), "seed {seed}");
        assert!(run.0 > 100, "seed {seed}: something goes on");
    }
}

#[test]
fn the_layout_changes_no_run() {
    for seed in seeds(40) {
        let text = scenario(seed);
        let formatted = language::format(&text);
        assert_eq!(language::format(&formatted), formatted, "seed {seed}");
        assert_eq!(identity(&formatted, seed), identity(&text, seed), "seed {seed}");
    }
}

/// A generator that writes what never comes about proves nothing.
#[test]
fn whatever_can_go_wrong_does_in_some_of_them() {
    let (mut seen, mut standing) = (Vec::new(), Vec::new());
    for seed in 0..60 {
        let (mut engine, mut records) = engine(world(&scenario(seed), seed));
        for _ in 0..100 {
            engine.advance(engine.now() + Span::from_millis(100), 20_000, &mut records);
            let services = &engine.system.services;
            let running =
                services.iter().flat_map(|it| it.workers.iter().flatten().chain(it.aside()));
            standing.extend(running.map(|it| discriminant(&it.standing)));
        }
        seen.extend(records.iter().map(|it| discriminant(&it.what)));
        seen.sort_by_key(|it| format!("{it:?}"));
        seen.dedup();
    }
    let (message, name, channel) = (0, 0, 0);
    for what in [
        What::Cancelled { message, name },
        What::Shed { message },
        What::Failed { message, reason: "".into() },
        What::DeadLettered { message, name },
        What::Unroutable { message, name, channel },
        What::Fault { fault: 0, on: false },
        What::Crashed { instance: 0 },
        What::Breaker { handler: 0, at: 0, call: 0, standing: 0 },
        What::Noted { message, text: "".into() },
    ] {
        assert!(seen.contains(&discriminant(&what)), "{what:?}");
    }
    let now = secs(0);
    for it in [
        Standing::Blocked(0),
        Standing::Calling(now),
        Standing::Aside(now),
        Standing::Until(now),
        Standing::Ready,
    ] {
        assert!(standing.contains(&discriminant(&it)), "{it:?}");
    }
}

/// When something happened at a node, and of which kind it was.
type Life = Vec<(Time, Discriminant<What>)>;

/// What happened at each node: when, and of which kind. Message numbers are left out: they are counted over all.
fn lives(text: &str, seed: u64) -> Vec<(String, Life)> {
    let (mut engine, mut records) = engine(world(text, seed));
    engine.advance(secs(10), 200_000, &mut records);
    let world: &World = &engine.system;
    let life = |node: usize| {
        // A fault happens at no node, and is told at the first one.
        let own = records.iter().filter(|it: &&Record| {
            it.node as usize == node && !matches!(it.what, What::Fault { .. })
        });
        own.map(|it| (it.at, discriminant(&it.what))).collect()
    };
    let nodes = world.plan.nodes.iter().enumerate();
    nodes.map(|(node, info)| (info.name.clone(), life(node))).collect()
}

#[test]
fn a_stranger_changes_nobody_elses_luck() {
    let strangers = ["stranger", "elsewhere", "Passer"];
    for seed in seeds(40) {
        let alone = lives(&scenario(seed), seed);
        let mut together = lives(&with_stranger(seed), seed);
        together.retain(|it| !strangers.contains(&it.0.as_str()));
        for (alone, together) in alone.iter().zip(&together) {
            assert!(alone == together, "seed {seed}: the life of {} has changed", alone.0);
        }
        assert_eq!(alone.len(), together.len(), "seed {seed}");
    }
}
