//! The interaction space: what screens say, against the truth, for every preset.

use inflight::interaction::{Axis, Claim, Guard, Interaction, Learn, PRESETS, Read, Send};
use inflight::language::Value;
use inflight::world::{Input, Outcome};

use crate::rig::{FLAGSHIP, engine, secs, seeds, world_with};

/// Runs the flagship at a preset; the people act for a minute, then all is left to settle.
fn endings(preset: &str, seed: u64, loss: f64) -> Vec<(Outcome, bool, &'static str, u64)> {
    let settings =
        [("style", Value::text(preset)), ("loss", Value::Float(loss)), ("mugs", Value::Int(4))];
    let (mut engine, mut records) = engine(world_with(FLAGSHIP, seed, &settings));
    engine.advance(secs(60), u64::MAX, &mut records);
    engine.steer(Input::Habits { on: false }, &mut records);
    engine.advance(secs(180), u64::MAX, &mut records);
    let endings = engine.system.truths.endings(0);
    endings
        .into_iter()
        .map(|((outcome, done, screen), count)| (outcome, done, screen.name(), count))
        .collect()
}

#[test]
fn without_loss_every_screen_that_learns_ends_at_the_truth() {
    for preset in PRESETS.iter().filter(|it| it.interaction.learn != Learn::Never) {
        let mut refused = 0;
        for seed in seeds(15) {
            for (outcome, _, screen, count) in endings(preset.name, seed, 0.0) {
                let agrees = match outcome {
                    Outcome::Accepted => screen == "accepted",
                    // No row is no news.
                    Outcome::Refused if preset.interaction.learn == Learn::View => {
                        ["pending", "done"].contains(&screen)
                    }
                    Outcome::Refused | Outcome::Apologized => {
                        screen == "refused" || screen == "taken back"
                    }
                    _ => false,
                };
                assert!(
                    agrees,
                    "{} seed {seed}: in truth {}, the screen says {screen}",
                    preset.name,
                    outcome.name()
                );
                let is_refused = matches!(outcome, Outcome::Refused | Outcome::Apologized);
                refused += if is_refused { count } else { 0 };
            }
        }
        assert!(refused > 0, "{}: four mugs are not enough for everyone", preset.name);
    }
}

#[test]
fn only_a_claim_of_success_can_be_taken_back() {
    for preset in PRESETS {
        for seed in seeds(15) {
            for (outcome, claimed_done, screen, _) in endings(preset.name, seed, 0.2) {
                let Interaction { claim, guard, .. } = preset.interaction;
                let optimistic =
                    matches!(claim, Claim::Done | Claim::Pause) || guard == Guard::Accept;
                assert_eq!(
                    screen == "taken back",
                    optimistic && screen == "taken back",
                    "{}",
                    preset.name
                );
                if screen == "taken back" {
                    assert!(
                        claimed_done && matches!(outcome, Outcome::Refused | Outcome::Apologized),
                        "{} seed {seed}",
                        preset.name
                    );
                }
                if screen == "accepted" {
                    assert_eq!(
                        outcome,
                        Outcome::Accepted,
                        "{} seed {seed}: a false claim stays",
                        preset.name
                    );
                }
            }
        }
    }
}

#[test]
fn repetition_survives_losses_that_a_single_message_does_not() {
    let lost = |preset: &str| -> u64 {
        let all = seeds(20).flat_map(|seed| endings(preset, seed, 0.25));
        all.filter(|it| it.0 == Outcome::Lost).map(|it| it.3).sum()
    };
    let (once, retry) = (lost("wait-for-it"), lost("accepted-then-push"));
    println!("lost intents in 20 runs at a quarter of losses: once {once}, retry {retry}");
    assert!(once > 20, "{once}");
    assert!(retry * 10 < once, "once {once}, retry {retry}");
}

#[test]
fn a_key_keeps_repetitions_from_being_applied_twice() {
    let twice = seeds(20).flat_map(|seed| endings("optimistic-honest", seed, 0.3));
    assert_eq!(twice.filter(|it| it.0 == Outcome::AcceptedTwice).count(), 0);
}

/// Every axis is a closed table: names are distinct words, and lead back to their choice.
#[track_caller]
fn check_axis<A: Axis + std::fmt::Debug>() {
    assert!(A::QUESTION.ends_with('?'));
    for choice in A::CHOICES {
        assert_eq!(A::named(choice.name), Some(choice.value));
        assert_eq!(choice.value.choice().name, choice.name);
        assert!(choice.meaning.ends_with('.'), "{}", choice.meaning);
    }
}

#[test]
fn choices_and_presets_have_one_name_each() {
    check_axis::<Send>();
    check_axis::<Claim>();
    check_axis::<Learn>();
    check_axis::<Read>();
    check_axis::<Guard>();
    for (index, preset) in PRESETS.iter().enumerate() {
        assert_eq!(preset.interaction.preset().map(|it| it.name), Some(preset.name));
        assert!(PRESETS[..index].iter().all(|it| it.name != preset.name));
    }
}

#[test]
fn a_screen_calls_a_wish_what_the_form_says_or_what_the_person_chose() {
    use inflight::app::view::{ItemView, screen};
    use inflight::app::{Action, Lab};
    let fields = "fields: { sku: mug, qty: { label: How many, min: 1, max: 3, default: 1 } }";
    assert!(FLAGSHIP.contains(fields));
    let computed = "fields: { sku: mug, qty: =int(now / 1h) + 2 }";
    let words = "words: =msg.sku + ', ' + string(msg.qty) + ' pieces of ' + string(mugs)\n        ";
    for (changed, wish) in [
        (fields.to_owned(), "1 × mug"),
        (computed.to_owned(), "mug"),
        ([words, fields].concat(), "mug, 1 pieces of 3"),
        (["words: a mug\n        ", fields].concat(), "a mug"),
        ([words, computed].concat(), "mug, 2 pieces of 3"),
    ] {
        let mut lab = Lab::new();
        let text = FLAGSHIP.replacen(fields, &changed, 1);
        lab.update(Action::Open { name: "mine".to_owned(), text });
        lab.update(Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() }));
        let items = screen(&lab, 0).items;
        let Some(ItemView::Form(form)) = items.first() else { panic!("a form") };
        assert_eq!(form.intents[0].wish, wish, "{changed}");
    }
}
