//! Editing what runs: a changed copy says so, keeps the luck, and the original is one step away.

use inflight::app::{Action, Lab, Origin, link};
use inflight::base::Time;

use crate::rig::{FLAGSHIP, secs};

/// The flagship under another title.
fn changed() -> String {
    FLAGSHIP.replacen("title: A mug, eventually", "title: A cup, perhaps", 1)
}

fn playing(seed: u64) -> Lab {
    let mut lab = Lab::new();
    lab.update(Action::Restart(seed));
    lab.update(Action::Seek(secs(20)));
    lab
}

#[test]
fn a_changed_text_runs_from_the_start_with_the_same_seed() {
    let mut lab = playing(7);
    let generation = lab.generation();
    lab.update(Action::RunText(changed()));
    assert_eq!(lab.scenario().title, "A cup, perhaps");
    assert!(matches!(lab.origin(), Origin::Edited(_)), "{:?}", lab.origin());
    assert_eq!((lab.world().seed, lab.run().now()), (7, Time::ZERO));
    assert!(lab.playback().playing && lab.generation() == generation + 1);
}

#[test]
fn a_broken_text_disturbs_nothing() {
    let mut lab = playing(3);
    let (digest, generation) = (lab.run().engine().digest(), lab.generation());
    lab.update(Action::RunText(changed().replace("kind: queue", "kind: quue")));
    assert_eq!(lab.refusal(), None);
    assert_eq!((lab.run().engine().digest(), lab.generation()), (digest, generation));
    assert!(matches!(lab.origin(), Origin::BuiltIn(_)));
}

#[test]
fn the_original_comes_back_however_often_it_was_changed() {
    let mut lab = playing(5);
    lab.update(Action::RunText(changed()));
    lab.update(Action::RunText(changed().replacen("A cup", "A pot", 1)));
    assert_eq!(lab.scenario().title, "A pot, perhaps");
    lab.update(Action::OpenOriginal);
    assert_eq!(&*lab.scenario().source, FLAGSHIP);
    assert!(matches!(lab.origin(), Origin::BuiltIn(_)) && lab.world().seed == 5);
    // Nothing was changed: nothing to go back from.
    let generation = lab.generation();
    lab.update(Action::OpenOriginal);
    assert_eq!(lab.generation(), generation);
}

#[test]
fn changing_it_back_by_hand_makes_it_the_original() {
    let mut lab = Lab::new();
    lab.update(Action::RunText(changed()));
    lab.update(Action::RunText(FLAGSHIP.to_owned()));
    assert!(matches!(lab.origin(), Origin::BuiltIn(_)));
}

#[test]
fn a_link_to_a_changed_copy_carries_its_text() {
    let mut lab = playing(9);
    lab.update(Action::RunText(changed()));
    lab.update(Action::Seek(secs(4)));
    let mut other = Lab::new();
    other.update(Action::OpenLink(link::write(&lab)));
    other.update(Action::Accept);
    assert_eq!(&*other.scenario().source, changed());
    assert_eq!(other.run().engine().digest(), lab.run().engine().digest());
}
