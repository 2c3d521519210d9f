//! `interaction/`: what a wish promises, and who is in whose way.
//!
//! Theory follows from the texts of the scenarios themselves, and stands beside each expectation.

use inflight::language::Value;
use inflight::world::{Input, Outcome, What, World};

use super::pages::{broken, duration};
use super::{check_share, look_at, text};
use crate::rig::{engine, micros, secs, seeds, world_with};

/// Intents of a class of people: all that are decided, and those that were refused.
fn refused(world: &World, client: usize) -> [f64; 2] {
    let all = world.truths.experiences().filter(|it| it.client == client);
    let decided = all.filter(|it| it.outcome.verdict().is_some());
    decided.fold([0.0; 2], |[all, refused], it| {
        [all + 1.0, refused + if it.outcome == Outcome::Refused { 1.0 } else { 0.0 }]
    })
}

#[test]
fn a_form_is_in_the_way_of_every_change_and_a_task_only_of_its_own() {
    let path = "interaction/save-the-form";
    // Calls of 60 s and 120 s with a change each minute, and of 60 s with one in ten minutes.
    for (call, change) in [(60_000, 60_000), (120_000, 60_000), (60_000, 600_000)] {
        let settings = [("call", duration(call)), ("change", duration(change))];
        let (mut form, mut task) = ([0.0; 2], [0.0; 2]);
        for seed in seeds(4) {
            let end = micros(300 * 1_000 * u64::try_from(call).expect("a length"));
            let looks =
                look_at(path, seed, &settings, &[end], |it| [refused(it, 0), refused(it, 1)]);
            for place in 0..2 {
                form[place] += looks[0][0][place];
                task[place] += looks[0][1][place];
            }
        }
        // Theory: the row is read 50 ms after a call begins, and held against what was seen 140 ms
        // before it ends. Changes are a Poisson process; each fourth is one of the same fact.
        let exposure = (call - 190) as f64 / change as f64;
        let share = |exposure: f64| 1.0 - libm::exp(-exposure);
        let what = format!("calls of {} s, a change each {} s", call / 1_000, change / 1_000);
        check_share(&format!("{what}, the whole form"), form[1], form[0], share(exposure));
        check_share(&format!("{what}, one fact"), task[1], task[0], share(exposure / 4.0));
    }
}

#[test]
fn what_sends_the_change_and_not_the_picture_is_never_refused() {
    let text = text("interaction/save-the-form");
    for seed in seeds(8) {
        let whole = broken(&text, "everything is saved", seed, secs(300));
        assert_eq!(whole, ["none of Ana's calls is in vain"]);
        assert!(broken(&text, "only what she changed is saved", seed, secs(300)).is_empty());
    }
    let looks = look_at(
        "interaction/save-the-form",
        1,
        &[("style", Value::text("offline-first"))],
        &[secs(1_200)],
        |it| refused(it, 0),
    );
    assert!(looks[0][0] > 190.0 && looks[0][1] < 0.5, "{looks:?}");
}

/// The tray, after five receipts every 15 s for so long and a rest, with a reload and a dark office in between.
fn tray(style: &str, loss: f64, seed: u64, troubled: bool) -> World {
    let settings = [("style", Value::text(style)), ("loss", Value::Float(loss))];
    let text = text("interaction/pending-tray");
    let (mut engine, mut records) = engine(world_with(&text, seed, &settings));
    for round in 1..=6 {
        engine.advance(secs(round * 100), u64::MAX, &mut records);
        if troubled {
            engine.steer(Input::Fault(0, true), &mut records);
            engine.steer(Input::Reload(0), &mut records);
        }
    }
    engine.steer(Input::Habits { on: false }, &mut records);
    engine.advance(secs(900), u64::MAX, &mut records);
    assert!(engine.halt().is_none());
    engine.system
}

#[test]
fn what_is_kept_ends_with_one_tick_or_one_cross_and_what_is_sent_once_may_not() {
    for loss in [0.1, 0.3] {
        let [mut all, mut open] = [0.0; 2];
        for seed in seeds(10) {
            for it in tray("offline-first", loss, seed, true).truths.experiences() {
                let told = it.says.outcome();
                assert!(told.is_some() && told == it.outcome.verdict(), "{seed}: {it:?}");
                assert_ne!(it.outcome, Outcome::AcceptedTwice, "{seed}: {it:?}");
            }
            for it in tray("optimistic", loss, seed, false).truths.experiences() {
                all += 1.0;
                open += if it.says.name() == "done" { 1.0 } else { 0.0 };
            }
        }
        // Theory: the command or its answer gets lost.
        let theory = 1.0 - (1.0 - loss) * (1.0 - loss);
        check_share(&format!("a tick that nobody confirms, loss {loss}"), open, all, theory);
    }
}

#[test]
fn decisions_overtake_each_other_as_often_as_not() {
    let [mut pairs, mut overtakes] = [0.0; 2];
    for seed in seeds(10) {
        let text = text("interaction/pending-tray");
        let (mut engine, mut records) =
            engine(world_with(&text, seed, &[("loss", Value::Float(0.0))]));
        engine.advance(secs(600), u64::MAX, &mut records);
        let mut decided = Vec::new();
        for it in &records {
            if let What::Decided { intent, .. } = it.what {
                decided.push((intent, it.at));
            }
        }
        decided.sort_unstable();
        // The first and the second of each five.
        for pair in decided.chunks_exact(5) {
            pairs += 1.0;
            overtakes += if pair[1].1 < pair[0].1 { 1.0 } else { 0.0 };
        }
    }
    // Theory: two like times without memory, begun at the same instant.
    check_share("the second decision comes first", overtakes, pairs, 0.5);
}

#[test]
fn an_outbox_repairs_the_tray() {
    let text = text("interaction/pending-tray");
    for seed in seeds(8) {
        let once = broken(&text, "sent one time", seed, secs(300));
        assert_eq!(once, ["within a minute, five of five are decided"]);
        assert!(broken(&text, "kept until there is an answer", seed, secs(300)).is_empty());
    }
}
