//! `interaction/`: what a wish promises, and who is in whose way.
//!
//! Theory follows from the texts of the scenarios themselves, and stands beside each expectation.

use inflight::language::Value;
use inflight::world::{Outcome, World};

use super::pages::{broken, duration};
use super::{check_share, look_at, text};
use crate::rig::{secs, seeds};

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
            let end = secs(300 * call as u64 / 1_000);
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
