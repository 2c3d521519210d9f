//! All presets under three weathers: the orderings that theory demands.

use std::sync::Arc;

use inflight::base::Span;
use inflight::interaction::{Claim, Guard, Interaction, Learn, PRESETS, Send};
use inflight::language::compile;
use inflight::measure::{Experiment, Measure, Score, choose_everywhere};
use inflight::world::Plan;

use crate::rig::{FLAGSHIP, seeds};

/// What goes wrong around the same people.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Weather {
    Calm,
    SlowViews,
    Stormy,
}

const WEATHERS: [Weather; 3] = [Weather::Calm, Weather::SlowViews, Weather::Stormy];

fn plan(weather: Weather) -> Arc<Plan> {
    let mugs = "default: 3, min: 0, max: 20";
    assert!(FLAGSHIP.contains(mugs));
    let text = FLAGSHIP.replace(mugs, "default: 4, min: 0, max: 20");
    let text = match weather {
        Weather::Calm => text,
        Weather::SlowViews => text.replace("default: 800ms", "default: 5s"),
        Weather::Stormy => {
            let storm = "\nfaults:\n  a crash: { crash: sales, every: 20s, for: 3s }\n";
            text.replace("default: 0, min: 0, max: 0.5", "default: 0.2, min: 0, max: 0.5")
                + &storm.replace("\\\n", "\n")
        }
    };
    Arc::new(Plan::new(compile(&text).unwrap_or_else(|it| panic!("{it:#?}"))))
}

/// The scorecard of an interaction, over some seeds.
fn score(plan: &Arc<Plan>, interaction: Interaction) -> Score {
    let experiment = Experiment {
        plan: plan.clone(),
        settings: Vec::new(),
        choices: choose_everywhere(&plan.scenario, interaction),
        span: Span::from_secs(60),
    };
    let mut scores = experiment.score(seeds(8)).unwrap();
    assert_eq!(scores.len(), 1);
    scores.remove(0)
}

fn mean(score: &Score, measure: Measure) -> f64 {
    score.of(measure).mean.unwrap_or(f64::INFINITY)
}

#[test]
fn every_preset_keeps_its_promise_in_every_weather() {
    for weather in WEATHERS {
        let plan = plan(weather);
        println!("\n{weather:?}");
        let mut all = Vec::new();
        for preset in PRESETS {
            let score = score(&plan, preset.interaction);
            let values = Measure::all().map(|it| format!("{:9.2}", mean(&score, it)));
            println!("{:<22}{}", preset.name, values.collect::<String>());
            all.push((preset, score));
        }
        let is = |it: f64| it > 0.0;
        for (preset, score) in &all {
            let Interaction { send, claim, learn, guard, .. } = preset.interaction;
            let name = preset.name;
            let of = |measure| mean(score, measure);
            // Only who says that it is so can be wrong; who has been promised something can be, too.
            let asserts = matches!(claim, Claim::Done | Claim::Pause) || guard == Guard::Accept;
            assert_eq!(is(of(Measure::FalseClaim)), asserts, "{name} {weather:?}: false claims");
            assert!(asserts || !is(of(Measure::Retraction)), "{name} {weather:?}: retractions");
            // Only a frozen form blocks.
            let blocks = matches!(claim, Claim::Block | Claim::Pause);
            assert_eq!(is(of(Measure::Blocked)), blocks, "{name} {weather:?}: blocked");
            // Everybody hears something at the click, except who waits and who is told nothing.
            let at_once = !blocks && claim != Claim::Nothing;
            assert_eq!(of(Measure::Feedback) < 1e-9, at_once, "{name} {weather:?}: feedback");
            // Silent losses need losses, a single message, and a screen that does not watch.
            let deaf = send == Send::Once && !matches!(claim, Claim::Block);
            let silent = of(Measure::SilentLoss);
            if weather != Weather::Stormy || !deaf {
                assert!(!is(silent), "{name} {weather:?}: {silent} silent losses");
            } else {
                assert!(is(silent), "{name} {weather:?}: no silent loss");
            }
            // A key keeps repetitions from counting twice, and one message cannot.
            assert!(!is(of(Measure::Duplicate)), "{name} {weather:?}: duplicates");
            // In calm weather everybody who is told learns the truth; rows tell only half of it.
            let hears = !matches!(learn, Learn::Never | Learn::View);
            if weather != Weather::Stormy && hears {
                assert!(score.of(Measure::Certainty).never < 1e-9, "{name} {weather:?}: certainty");
            }
        }
        let of = |name: &str, measure| {
            let found = all.iter().find(|it| it.0.name == name).unwrap();
            mean(&found.1, measure)
        };
        // Who waits for a truth that gets lost waits longer than who sleeps.
        if weather == Weather::Stormy {
            assert!(of("wait-for-it", Measure::Blocked) > of("sleep-and-hope", Measure::Blocked));
        }
        // The more messages are for safety, the more it costs.
        assert!(of("fire-and-forget", Measure::Cost) < of("wait-for-it", Measure::Cost));
        assert!(
            of("accepted-then-push", Measure::Cost) < of("reserve-then-confirm", Measure::Cost)
        );
        // Who gets the row first decides on what is so.
        assert!(!is(of("reserve-then-confirm", Measure::StaleDecision)));
        // A refusal is a lie for longer when it comes by mail.
        assert!(of("optimistic", Measure::FalseClaim) < of("say-yes", Measure::FalseClaim));
        assert!(of("say-yes", Measure::FalseClaim) < of("sold-as-success", Measure::FalseClaim));
    }
}

#[test]
fn without_a_key_repetitions_count_twice_in_a_storm() {
    let plan = plan(Weather::Stormy);
    let safe = PRESETS.iter().find(|it| it.name == "optimistic-honest").unwrap().interaction;
    let with = mean(&score(&plan, safe), Measure::Duplicate);
    let without = mean(&score(&plan, Interaction { key: false, ..safe }), Measure::Duplicate);
    println!("duplicates per 1,000: with a key {with}, without {without}");
    assert!(with < 1e-9 && without > 20.0, "{with}, {without}");
}

#[test]
fn optimists_retract_exactly_what_is_refused() {
    for name in ["optimistic", "optimistic-honest"] {
        for weather in [Weather::Calm, Weather::SlowViews] {
            let (mut refused, mut retracted) = (0, 0);
            for seed in seeds(8) {
                let (refusals, retractions) = refusals(&plan(weather), name, seed);
                assert_eq!(refusals, retractions, "{name} {weather:?} seed {seed}");
                (refused, retracted) = (refused + refusals, retracted + retractions);
            }
            assert!(refused > 0 && retracted == refused);
        }
    }
}

/// How many intents were refused, and how many were taken back on the screen.
fn refusals(plan: &Arc<Plan>, name: &str, seed: u64) -> (usize, usize) {
    use inflight::sim::Engine;
    use inflight::world::{Input, Outcome, World};
    let world = World::from_plan(plan.clone(), seed, &vec![]).unwrap();
    let mut records = Vec::new();
    let mut engine = Engine::new(world, &mut records);
    let interaction = PRESETS.iter().find(|it| it.name == name).unwrap().interaction;
    engine.steer(Input::Choose { client: 0, form: None, interaction }, &mut records);
    engine.advance(crate::rig::secs(60), u64::MAX, &mut records);
    engine.steer(Input::Habits { on: false }, &mut records);
    engine.advance(crate::rig::secs(120), u64::MAX, &mut records);
    let all = || engine.system.truths.experiences();
    let refused = all().filter(|it| it.outcome == Outcome::Refused).count();
    (refused, all().filter(|it| it.retracted).count())
}
