//! Single axes that knobs decide: what a text says of them, what turning does, and what the mixer turns.

use inflight::app::{Action, Lab};
use inflight::interaction::{Interaction, PARTS, PRESETS, choices};
use inflight::language::Value;
use inflight::world::Input;

use crate::rig::{FLAGSHIP, secs};

/// The flagship with a whole interaction, its claim and its key on knobs.
fn lab() -> Lab {
    let knobs = "knobs:
  words: { type: choice, options: [pending, block, done], default: pending }
  numbered: { type: bool, default: true }";
    let text = FLAGSHIP.replacen("knobs:", knobs, 1).replacen(
        "interaction: =style",
        "interaction: { preset: =style, key: =numbered, claim: =words, read: labelled }",
        1,
    );
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "own".to_owned(), text });
    assert_eq!(lab.refusal(), None);
    lab
}

fn knob(lab: &Lab, name: &str) -> usize {
    lab.scenario().knobs.iter().position(|it| it.name == name).expect("it has this knob")
}

fn turn(lab: &mut Lab, name: &str, value: Value) {
    let knob = knob(lab, name);
    lab.update(Action::Turn(knob, value));
}

#[test]
fn each_part_follows_its_knob_at_once() {
    let mut lab = lab();
    for preset in PRESETS {
        for word in ["pending", "block", "done"] {
            for key in [true, false] {
                turn(&mut lab, "style", Value::text(preset.name));
                turn(&mut lab, "words", Value::text(word));
                turn(&mut lab, "numbered", Value::Bool(key));
                let wanted = preset.interaction.with("claim", word).with("read", "labelled");
                let wanted = Interaction { key, ..wanted };
                assert_eq!(lab.world().interaction(0), wanted, "{} {word} {key}", preset.name);
            }
        }
    }
}

#[test]
fn the_mixer_turns_the_knob_of_a_part_and_chooses_by_hand_what_has_none() {
    let mut lab = lab();
    let before = lab.world().interaction(0);
    lab.update(Action::Choose(0, None, before.with("claim", "done").with("key", "false")));
    let of = |lab: &Lab, name: &str| lab.world().knobs[knob(lab, name)].clone();
    assert_eq!(of(&lab, "words"), Value::text("done"));
    assert_eq!(of(&lab, "numbered"), Value::Bool(false));
    assert_eq!(lab.world().choices, [None], "nothing has been chosen by hand");

    // The knob does not offer this one, and no knob decides how the truth comes back.
    for (part, word) in [("claim", "nothing"), ("learn", "poll")] {
        let mut lab = lab.clone();
        let wanted = lab.world().interaction(0).with(part, word);
        lab.update(Action::Choose(0, None, wanted));
        assert_eq!(lab.world().choices, [Some(wanted)], "{part}");
        assert_eq!(lab.world().interaction(0), wanted);
        // What a knob says outdoes what was chosen by hand.
        turn(&mut lab, "words", Value::text("block"));
        assert_eq!(lab.world().choices, [None]);
        assert_eq!(lab.world().interaction(0).words()[2], "block");
    }
}

#[test]
fn turning_an_axis_reaches_the_next_wish_and_not_those_under_way() {
    let mut lab = lab();
    let submit = || Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() });
    lab.update(submit());
    turn(&mut lab, "words", Value::text("done"));
    lab.update(Action::Seek(secs(0)));
    lab.update(submit());
    let said: Vec<&str> =
        lab.world().people[0].intents.iter().map(|it| it.assertion.says().name()).collect();
    assert_eq!(said, ["pending", "done"]);
}

#[test]
fn every_word_of_every_part_is_one_that_changes_it() {
    for (place, part) in PARTS.iter().enumerate() {
        let words = choices(part);
        assert!(words.len() > 1, "{part}");
        for word in words {
            let mixed = PRESETS[0].interaction.with(part, word);
            assert_eq!(mixed.words()[place], word, "{part}");
            let others = |it: Interaction| {
                let mut words = it.words().to_vec();
                words.remove(place);
                words
            };
            assert_eq!(others(mixed), others(PRESETS[0].interaction), "{part}: {word}");
        }
    }
    assert_eq!(PRESETS[0].interaction.with("claim", "nonsense"), PRESETS[0].interaction);
    assert_eq!(PRESETS[0].interaction.with("nonsense", "done"), PRESETS[0].interaction);
}
