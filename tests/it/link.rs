//! Links: what one person sees, another one sees too; and a stranger's link does no harm.

use std::time::Duration;

use inflight::app::{Action, Lab, Origin, link};
use inflight::base::{Stream, Time};
use inflight::language::Value;
use inflight::world::Input;

use crate::rig::{WORKSHOP, secs, seeds, some_input};

/// A lab in which somebody has done this and that, and then gone to some instant.
fn lived_in(seed: u64) -> Lab {
    let mut dice = Stream::new(seed, &["visitor"]);
    let mut lab = Lab::new();
    if dice.chance(0.5) {
        lab.update(Action::Open { name: "mine.yaml".to_owned(), text: WORKSHOP.to_owned() });
    }
    lab.update(Action::Restart(dice.bits() % 1_000));
    lab.update(Action::SetSpeed(2.0));
    for _ in 0..60 {
        lab.update(Action::Frame(Duration::from_millis(50)));
        if dice.chance(0.15) {
            let action = match some_input(lab.world(), dice.bits()) {
                Input::Turn { knob, value } => Action::Turn(knob, value),
                Input::Choose { client, form, interaction } => {
                    Action::Choose(client, form, interaction)
                }
                input => Action::Do(input),
            };
            lab.update(action);
        }
    }
    lab.update(Action::Seek(Time::from_micros(dice.bits() % 5_000_000)));
    lab
}

#[test]
fn a_link_opens_the_same_run_at_the_same_instant() {
    for seed in seeds(60) {
        let lab = lived_in(seed);
        let link = link::write(&lab);
        let mut other = Lab::new();
        other.update(Action::OpenLink(link.clone()));
        other.update(Action::Accept);
        assert_eq!(other.refusal(), None, "seed {seed}: {link}");
        assert_eq!(other.run().now(), lab.run().now(), "seed {seed}");
        assert_eq!(other.run().engine().digest(), lab.run().engine().digest(), "seed {seed}");
        assert_eq!(other.run().inputs(), lab.run().inputs(), "seed {seed}");
        assert!(!other.playback().playing || lab.run().now() == Time::ZERO);
        // And it goes on the same, with the inputs that were still to come.
        let mut lab = lab;
        lab.update(Action::Seek(secs(30)));
        other.update(Action::Seek(secs(30)));
        assert_eq!(other.run().engine().digest(), lab.run().engine().digest(), "seed {seed}");
        assert_eq!(link::write(&other), link::write(&lab), "seed {seed}");
    }
}

#[test]
fn a_link_to_an_instant_opens_where_more_people_were() {
    let alone = WORKSHOP.replace("people: [Ada, Bo]", "people: [Ada]");
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "mine.yaml".to_owned(), text: alone });
    assert_eq!(lab.refusal(), None);
    lab.update(Action::Seek(secs(3)));
    let mut other = Lab::new();
    assert!(lab.world().people.len() < other.world().people.len());
    other.update(Action::OpenLink(link::write(&lab)));
    other.update(Action::Accept);
    assert_eq!(other.run().engine().digest(), lab.run().engine().digest());
    assert_eq!(other.chronicle().end(), lab.chronicle().end());
}

#[test]
fn a_link_to_a_scenario_of_the_catalogue_is_short() {
    let length = link::write(&Lab::new()).len();
    assert!(length < 120, "{length}");
}

#[track_caller]
fn check_refused(fragment: &str, reason: &str) {
    let mut lab = Lab::new();
    lab.update(Action::Frame(Duration::from_millis(100)));
    let before = (lab.run().engine().digest(), lab.run().now(), lab.generation());
    lab.update(Action::OpenLink(fragment.to_owned()));
    let refusal = lab.refusal().unwrap_or_else(|| panic!("{fragment} was opened"));
    assert!(refusal.reason.contains(reason), "{fragment}: {}", refusal.reason);
    let after = (lab.run().engine().digest(), lab.run().now(), lab.generation());
    assert_eq!(before, after, "the running scenario stays as it was");
}

#[test]
fn a_link_that_is_not_one_is_refused_with_its_own_sentence() {
    check_refused("", "names no scenario");
    check_refused("scenario=first-steps/nothing", "no scenario `first-steps/nothing`");
    check_refused("text=2.abc", "another version");
    check_refused("text=1.@@@", "a sign that no link has, U+0040");
    check_refused("text=1.AAAA", "cut off or changed");
    check_refused(&format!("text=1.{}", "A".repeat(70_000)), "LINK_CHARS_MAX");
    check_refused("scenario=first-steps/a-mug-eventually&run=1.AAAA", "cut off or changed");
    check_refused("scenario=a&text=1.b", "names no scenario, or two of them");
}

#[test]
fn a_bomb_does_not_unpack() {
    use base64::Engine as _;
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b' '; 8 * 1024 * 1024], 9);
    let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bomb);
    check_refused(&format!("text=1.{text}"), "unpacks to more than");
    check_refused(
        &format!("scenario=first-steps/a-mug-eventually&run=1.{text}"),
        "unpacks to more than",
    );
}

#[test]
fn no_changed_link_does_harm() {
    let links = [link::write(&lived_in(1)), link::write(&lived_in(2)), link::write(&lived_in(5))];
    let mut dice = Stream::new(1, &["vandal"]);
    for round in 0..3_000 {
        let mut bytes = links[round % links.len()].clone().into_bytes();
        for _ in 0..dice.int(1, 3) {
            let place = usize::try_from(dice.bits()).unwrap() % bytes.len();
            bytes[place] = b"ABCabc019-_.&=%"[usize::try_from(dice.int(0, 14)).unwrap()];
        }
        let mut lab = Lab::new();
        lab.update(Action::OpenLink(String::from_utf8(bytes).unwrap()));
        lab.update(Action::Accept);
        lab.update(Action::Frame(Duration::from_millis(16)));
    }
}

#[test]
fn a_broken_text_shows_its_findings_and_leaves_the_lab_as_it_was() {
    let mut lab = Lab::new();
    lab.update(Action::Turn(0, Value::Duration(1_000_000)));
    let digest = lab.run().engine().digest();
    lab.update(Action::Open {
        name: "broken.yaml".to_owned(),
        text: "inflight: 1\ntitel: x\n".to_owned(),
    });
    let refusal = lab.refusal().unwrap();
    assert!(refusal.findings.iter().any(|it| it.nearest.as_deref() == Some("title")));
    assert_eq!(lab.run().engine().digest(), digest);
    assert!(matches!(lab.origin(), Origin::BuiltIn(_)));
    lab.update(Action::DismissRefusal);
    assert!(lab.refusal().is_none());
}
