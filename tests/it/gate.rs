//! The gate: whatever comes from outside is refused with its own sentence, or waits for a yes; nothing of it runs
//! before.

use std::time::Duration;

use inflight::app::archive::Document;
use inflight::app::view::{offer, plain};
use inflight::app::{Action, Incoming, Lab, Options, Origin, Way, link};
use inflight::base::limits::{LINK_CHARS_MAX, SCENARIO_BYTES_MAX};

use crate::rig::{FLAGSHIP, WORKSHOP};

fn text(text: &str) -> Action {
    let (name, text) = ("a file".to_owned(), text.to_owned());
    Action::Offer(Incoming { way: Way::Text, name, text })
}

fn lab_with(action: Action) -> Lab {
    let mut lab = Lab::new();
    lab.update(action);
    lab
}

fn own_link() -> String {
    link::write(&lab_with(Action::Open { name: "mine".to_owned(), text: WORKSHOP.to_owned() }))
}

#[test]
fn what_a_stranger_sends_waits_and_what_runs_goes_on() {
    for action in [text(WORKSHOP), Action::OpenLink(own_link())] {
        let mut lab = Lab::new();
        lab.update(Action::Frame(Duration::from_millis(90)));
        let before = (lab.generation(), lab.run().now(), lab.run().engine().digest());
        lab.update(action.clone());
        let card = offer(&lab).expect("it is shown");
        assert!(!card.title.is_empty() && card.facts.iter().any(|it| it.0 == "In it"));
        assert!(card.replaces.contains("A mug, eventually"));
        assert_eq!((lab.generation(), lab.run().now(), lab.run().engine().digest()), before);
        lab.update(Action::Decline);
        assert!(offer(&lab).is_none() && lab.generation() == before.0);
        lab.update(action);
        lab.update(Action::Accept);
        assert!(lab.generation() == before.0 + 1 && matches!(lab.origin(), Origin::Own(_)));
        assert_eq!(&*lab.scenario().source, WORKSHOP);
    }
}

#[test]
fn the_catalogue_opens_at_once_unless_something_would_be_lost() {
    let link = link::write(&lab_with(Action::Restart(5)));
    let mut lab = lab_with(Action::OpenLink(link.clone()));
    assert!(offer(&lab).is_none() && lab.world().seed == 5);
    lab.update(Action::Open { name: "mine".to_owned(), text: WORKSHOP.to_owned() });
    lab.update(Action::Guard(true));
    for action in
        [Action::OpenLink(link), Action::OpenBuiltIn("first-steps/a-mug-eventually".to_owned())]
    {
        lab.update(action);
        assert_eq!(&*lab.scenario().source, WORKSHOP, "nothing is replaced without a question");
        let card = offer(&lab).expect("somebody is asked");
        assert!(card.notes.iter().any(|it| it.contains("would be lost")), "{card:?}");
        lab.update(Action::Decline);
    }
    lab.update(Action::OpenBuiltIn("first-steps/a-mug-eventually".to_owned()));
    lab.update(Action::Accept);
    assert!(matches!(lab.origin(), Origin::BuiltIn(_)) && !lab.is_guarded());
}

#[track_caller]
fn check(action: Action, name: &str, reason: &str) {
    let lab = lab_with(action);
    let refusal = lab.refusal().unwrap_or_else(|| panic!("it was let in: {:?}", offer(&lab)));
    assert!(refusal.reason.contains(reason), "{}: {}", refusal.name, refusal.reason);
    assert_eq!(refusal.name, name);
    assert!(offer(&lab).is_none());
}

#[test]
fn each_refusal_has_its_own_sentence() {
    let link = |it: &str| Action::OpenLink(it.to_owned());
    let flagship = "scenario=first-steps/a-mug-eventually";
    let with = |it: &str| Action::OpenLink(format!("{flagship}&{it}"));
    for (action, reason) in [
        (link(&"A".repeat(LINK_CHARS_MAX + 1)), "longer than 64000 characters (LINK_CHARS_MAX)"),
        (link(&"A".repeat(LINK_CHARS_MAX)), "It names no scenario"),
        (link("text=1.<script>"), "a sign that no link has, U+003C, as its character 8"),
        (link("text=1.ab&scenario=x"), "no scenario, or two of them"),
        (link("text=7.abc"), "it has format 7, this page reads format 1"),
        (link("text=abc"), "it has format unknown"),
        (link("text=1.abc"), "cut off or changed"),
        (link("scenario=shelf/none"), "There is no scenario `shelf/none` in the catalogue"),
        (with("panel=knob"), "did you mean `knobs`?"),
        (with("pannel=knobs"), "knows no option `pannel`"),
        (with("engine=x"), "Its engine number is not one"),
        (with("run=1.AAAA"), "cut off or changed"),
    ] {
        check(action, "This link", reason);
    }
    let long = format!("{FLAGSHIP}#{}", " ".repeat(SCENARIO_BYTES_MAX));
    check(text(&long), "a file", "longer than 131072 bytes (SCENARIO_BYTES_MAX)");
    check(text("hello"), "a file", "One thing is wrong with it");
    check(text("Inflight document: 1\nid: a"), "a file", "cut off or changed");
    let document = Document { id: "a1".to_owned(), link: own_link(), ..Document::default() };
    check(text(&document.write().replace("saved", "shaved")), "a file", "its own checksum");
}

#[test]
fn bounds_of_texts_that_people_read() {
    let titled = |it: usize| FLAGSHIP.replacen("A mug, eventually", &"é".repeat(it), 1);
    assert!(offer(&lab_with(text(&titled(120)))).is_some());
    let lab = lab_with(text(&titled(121)));
    let finding = &lab.refusal().unwrap().findings[0];
    assert_eq!(finding.message, "the text is too long");
    assert_eq!(finding.expected, "at most 120 characters (LABEL_CHARS_MAX)");
}

#[test]
fn what_may_come_out_differently_is_said() {
    let run = link::write(&lab_with(Action::Restart(5)));
    assert!(run.contains("&of="), "{run}");
    let same = lab_with(Action::OpenLink(run.clone()));
    assert!(same.notes().is_empty());
    let (before, of) = run.split_once("&of=").unwrap();
    let other = lab_with(Action::OpenLink(format!("{before}&of={}", of.replace(|_| true, "0"))));
    assert_eq!(other.notes(), ["The scenario has changed since: results may differ"]);
    let engine = lab_with(Action::OpenLink(format!("{run}&engine=7")));
    assert_eq!(engine.notes(), ["It was made with engine 7, this is 1: results may differ"]);
    // Links from before there were such parts.
    assert!(lab_with(Action::OpenLink(before.to_owned())).notes().is_empty());
}

#[test]
fn options_come_through_a_link() {
    let options = Options::default().with("panel", Some("scores")).unwrap();
    let link = link::write_as(&Lab::new(), false, &options);
    assert_eq!(link, "scenario=first-steps/a-mug-eventually&panel=scores");
    let lab = lab_with(Action::OpenLink(link.clone()));
    assert_eq!(lab.options().get("panel"), Some("scores"));
    assert_eq!(link::write(&lab), link);
}

#[test]
fn a_file_with_one_document_opens_with_its_run_and_one_with_several_is_kept() {
    let mut lab = lab_with(Action::Open { name: "mine".to_owned(), text: WORKSHOP.to_owned() });
    lab.update(Action::Restart(8));
    let document = Document {
        id: "a1".to_owned(),
        name: "My shop".to_owned(),
        link: link::write(&lab),
        ..Document::default()
    };
    let mut one = lab_with(text(&document.write()));
    one.update(Action::Accept);
    assert_eq!((one.world().seed, &*one.scenario().source), (8, WORKSHOP));
    assert!(one.document().is_none(), "it is not kept here yet");
    let other = Document { id: "b2".to_owned(), ..document.clone() };
    let several = lab_with(text(&[document.write(), other.write()].concat()));
    assert_eq!(offer(&several).unwrap().title, "2 documents");
}

#[test]
fn marks_stand_for_what_nobody_sees() {
    assert_eq!(plain("in\u{202e}voice"), "in\u{fffd}voice");
}
