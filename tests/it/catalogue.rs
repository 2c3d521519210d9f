//! Scenarios that lie beside the page: what has to be fetched before one can be opened, and what if it does not come.

use inflight::app::{Action, Lab, Origin, link};

use crate::proofs;

const PATH: &str = "published/two-generals";

fn fetched(text: Option<String>) -> Action {
    Action::Fetched { path: PATH, text }
}

#[test]
fn a_scenario_is_opened_when_its_text_has_come() {
    let mut lab = Lab::new();
    let open = Action::OpenBuiltIn(PATH.to_owned());
    assert_eq!(lab.lacks(&open), Some(PATH));
    lab.update(fetched(Some(proofs::text(PATH))));
    assert_eq!(lab.lacks(&open), None);
    lab.update(open);
    assert_eq!(lab.origin(), &Origin::BuiltIn(PATH));
    assert_eq!(lab.scenario().title, "Two generals");
    let fragment = link::write(&lab);
    let mut other = Lab::new();
    let follow = Action::OpenLink(fragment);
    assert_eq!(other.lacks(&follow), Some(PATH), "a link wants the same text");
    other.update(fetched(Some(proofs::text(PATH))));
    other.update(follow);
    assert_eq!(other.origin(), &Origin::BuiltIn(PATH));
}

#[test]
fn what_does_not_come_leaves_everything_as_it_was() {
    let mut lab = Lab::new();
    let title = lab.scenario().title.clone();
    lab.update(fetched(None));
    let refusal = lab.refusal().expect("it is told");
    assert!(refusal.reason.contains("could not be loaded"), "{}", refusal.reason);
    assert_eq!(lab.scenario().title, title);
    assert_eq!(lab.lacks(&Action::OpenBuiltIn("shelf/nothing".to_owned())), None);
    assert_eq!(lab.lacks(&Action::OpenBuiltIn("first-steps/a-mug-eventually".to_owned())), None);
}
