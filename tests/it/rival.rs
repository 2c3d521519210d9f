//! Two runs beside each other: the rival is the same run but for one difference, wherever the playhead goes.

use std::time::Duration;

use inflight::app::view::{compared_screens, live_scores, rival_name};
use inflight::app::{Action, Difference, Lab};
use inflight::interaction::{Interaction, PRESETS};
use inflight::language::Value;
use inflight::world::Input;

use crate::rig::{FLAGSHIP, secs, seeds};

fn preset(name: &str) -> Interaction {
    PRESETS.iter().find(|it| it.name == name).expect("a preset").interaction
}

fn like(name: &str) -> Action {
    Action::Compare(Some(Difference::Interaction(preset(name))))
}

fn click(lab: &mut Lab, person: usize) {
    lab.update(Action::Do(Input::Submit { person, item: 0, values: Vec::new() }));
}

/// Something that a person at the page does, chosen by a number.
fn act(lab: &mut Lab, choice: usize) {
    let now = lab.run().now();
    match choice % 11 {
        0 => lab.update(Action::Step),
        1 => lab.update(Action::StepBack),
        2 => lab.update(Action::Seek(secs((now.as_micros() / 7 + choice as u64) % 20))),
        3 => lab.update(Action::Do(Input::Reload(0))),
        4 => lab.update(Action::Do(Input::Online(1, choice.is_multiple_of(2)))),
        5 => lab.update(Action::Choose(0, None, PRESETS[choice % 16].interaction)),
        6 => {
            let loss = lab.scenario().knobs.iter().position(|it| it.name == "loss");
            lab.update(Action::Turn(loss.expect("a knob"), Value::Float(0.3)));
        }
        7 | 8 => click(lab, choice % 2),
        _ => {
            lab.update(Action::SetSpeed(4.0));
            lab.update(Action::Frame(Duration::from_millis(90)));
        }
    }
}

#[test]
fn the_rival_stands_at_the_same_instant_whatever_is_done_and_is_what_it_would_be_from_the_start() {
    for (seed, preset) in seeds(12).zip(PRESETS) {
        let mut lab = Lab::new();
        lab.update(Action::Restart(seed));
        lab.update(like(preset.name));
        let mut luck = seed;
        for _ in 0..60 {
            luck = luck
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            act(&mut lab, usize::try_from(luck >> 33).expect("31 bits"));
            let rival = lab.rival().expect("it is there");
            assert_eq!(rival.run().now(), lab.run().now(), "seed {seed}");
        }
        let followed = lab.rival().expect("it is there").run().engine().digest();
        let difference = lab.difference();
        lab.update(Action::Compare(difference));
        let anew = lab.rival().expect("it is there").run().engine().digest();
        assert_eq!(followed, anew, "seed {seed}");
    }
}

#[test]
fn without_a_difference_nothing_differs() {
    for (seed, it) in seeds(PRESETS.len() as u64).zip(PRESETS) {
        let mut lab = Lab::new();
        lab.update(Action::Restart(seed));
        lab.update(Action::Choose(0, None, it.interaction));
        lab.update(like(it.name));
        for second in 1..=30 {
            lab.update(Action::Seek(secs(second)));
            if second % 7 == 0 {
                click(&mut lab, 0);
            }
        }
        let rival = lab.rival().expect("it is there");
        let screens = compared_screens(&lab);
        assert!(screens.iter().any(|it| !it.rows.is_empty()), "{}", it.name);
        for row in screens.iter().flat_map(|it| &it.rows) {
            assert!(!row.differs, "{}: {row:?}", it.name);
        }
        assert_eq!(live_scores(&lab), live_scores(rival), "{}", it.name);
        assert!(live_scores(&lab)[0].intents > 0, "{}", it.name);
    }
}

#[test]
fn a_click_is_one_in_both_runs_and_the_claims_differ() {
    let mut lab = Lab::new();
    lab.update(Action::Do(Input::Habits { on: false }));
    lab.update(Action::Choose(0, None, preset("wait-for-it")));
    lab.update(like("sold-as-success"));
    assert_eq!(rival_name(&lab).as_deref(), Some("Receipt sold as success (do not)"));
    lab.update(Action::Seek(secs(1)));
    click(&mut lab, 0);
    let screens = compared_screens(&lab);
    let row = &screens[0].rows[0];
    assert_eq!((row.here.as_str(), row.there.as_str()), ("Please wait…", "Done"));
    assert!(row.differs);
    // What is chosen for the stage is no business of the rival.
    lab.update(Action::Choose(0, None, preset("optimistic")));
    let rival = lab.rival().expect("it is there");
    assert_eq!(rival.world().interaction(0), preset("sold-as-success"));
    lab.update(Action::Compare(None));
    assert!(lab.rival().is_none() && compared_screens(&lab).is_empty());
}

#[test]
fn a_variant_keeps_its_knobs_and_the_others_follow() {
    let mut lab = Lab::new();
    let text = format!(
        "{FLAGSHIP}
variants:
  a bad day: {{ loss: 0.4 }}
"
    );
    lab.update(Action::Open { name: "own".to_owned(), text });
    let variants = lab.scenario().variants.clone();
    let variant = variants.iter().position(|it| !it.settings.is_empty()).expect("a variant");
    lab.update(Action::Compare(Some(Difference::Variant(variant))));
    assert_eq!(rival_name(&lab).as_ref(), Some(&variants[variant].name));
    let kept: Vec<usize> = variants[variant].settings.iter().map(|it| it.0).collect();
    for (knob, value) in &variants[variant].settings {
        assert_eq!(&lab.rival().expect("it is there").world().knobs[*knob], value);
    }
    let before = lab.world().knobs.clone();
    for (knob, it) in before.iter().enumerate() {
        lab.update(Action::Turn(knob, it.clone()));
    }
    let rival = lab.rival().expect("it is there");
    for (knob, (here, there)) in lab.world().knobs.iter().zip(&rival.world().knobs).enumerate() {
        let kept = variants[variant].settings.iter().find(|it| it.0 == knob);
        assert_eq!(there, kept.map_or(here, |it| &it.1));
    }
    assert!(!kept.is_empty());
    // Another scenario has other people: nothing is left to compare.
    lab.update(Action::OpenBuiltIn("first-steps/a-mug-eventually".to_owned()));
    assert!(lab.rival().is_none());
    lab.update(Action::Compare(Some(Difference::Variant(99))));
    assert!(lab.rival().is_none(), "there is no such variant");
}
