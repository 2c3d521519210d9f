//! Cause and effect: everything has a cause that came before it, and what followed is the inverse of what led to it.

use std::time::Duration;

use inflight::app::catalogue::CATALOGUE;
use inflight::app::view::timeline::{Block, Ink, Window, diagram, rows};
use inflight::app::view::{Part, StoryLine, inspect, story};
use inflight::app::{Action, Lab, Relation, Selection};
use inflight::base::{Stream, Time};
use inflight::world::{Input, Record, What, Why};

use crate::proofs;
use crate::rig::{
    FLAGSHIP, WORKSHOP, engine, logged_workshop, secs, seeds, some_input, tight_workshop, world,
};

/// Scenarios of all kinds: the catalogue, and those in which everything goes wrong.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = CATALOGUE.iter().map(|it| proofs::text(it.path)).collect();
    texts.extend([WORKSHOP.to_owned(), tight_workshop(), logged_workshop()]);
    texts
}

/// What a restless while of a scenario has told.
fn told(text: &str, seed: u64) -> Vec<Record> {
    let (mut engine, mut records) = engine(world(text, seed));
    let mut dice = Stream::new(seed, &["causes"]);
    for _ in 0..6 {
        let input = some_input(&engine.system, u64::try_from(dice.int(0, 1 << 40)).unwrap());
        if engine.system.accepts(&input) {
            engine.steer(input, &mut records);
        }
        engine.advance(engine.now() + inflight::base::Span::from_secs(2), 1_500, &mut records);
    }
    records
}

#[test]
fn every_record_is_reached_from_an_input_a_habit_the_start_a_fault_or_its_time_by_causes_that_came_before()
 {
    for text in texts() {
        for seed in seeds(1) {
            let records = told(&text, seed);
            let (mut begun, mut clicks, mut struck) = (0, 0, Vec::new());
            for record in &records {
                // All three only ever grow: a cause that is known here came before, and so on back to a root.
                match record.why {
                    Why::Message(it) => assert!((1..=begun).contains(&it), "{record:?}, {begun}"),
                    Why::Intent(it) => assert!((1..=clicks).contains(&it), "{record:?}"),
                    Why::Fault(it) => assert!(struck.contains(&it), "{record:?}"),
                    Why::Start | Why::Hand | Why::Habit | Why::Clock => {}
                }
                match record.what {
                    What::Begun { message, .. } => {
                        assert_eq!(message, begun + 1, "messages begin in the order of their ids");
                        assert_ne!(record.why, Why::Message(message));
                        begun = message;
                    }
                    What::Submitted { intent, .. } => {
                        assert!(matches!(record.why, Why::Hand | Why::Habit), "{record:?}");
                        clicks = intent;
                    }
                    What::Fault { fault, .. } => struck.push(fault),
                    _ => {}
                }
            }
            assert!(begun > 0 || records.is_empty());
        }
    }
}

#[test]
fn what_changes_says_or_decides_something_names_its_message() {
    for text in [FLAGSHIP, WORKSHOP] {
        for record in told(text, 5) {
            let by_message = matches!(record.why, Why::Message(_));
            match record.what {
                What::Changed { .. } | What::Decided { .. } | What::Shown { .. } => {
                    assert!(by_message, "{record:?}");
                }
                What::Asserted { .. } => {
                    assert!(by_message || matches!(record.why, Why::Intent(_)), "{record:?}");
                }
                _ => {}
            }
        }
    }
}

fn lab_with(text: &str, until: u64) -> Lab {
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "it".to_owned(), text: text.to_owned() });
    assert_eq!(lab.refusal(), None);
    lab.update(Action::Seek(secs(until)));
    lab
}

fn last_message(lab: &Lab) -> u64 {
    let begun = lab.run().records().iter().rev().find_map(|it| match it.what {
        What::Begun { message, .. } => Some(message),
        _ => None,
    });
    begun.unwrap_or_default()
}

fn relations(lab: &mut Lab, selected: u64, count: u64) -> Vec<Option<Relation>> {
    lab.update(Action::Select(Some(Selection::Message(selected))));
    let lineage = lab.lineage().expect("a message has one");
    (1..=count).map(|it| lineage.relation(it)).collect()
}

#[test]
fn consequences_are_the_inverse_of_causes_and_causes_come_first() {
    let mut causes_seen = 0;
    for text in texts() {
        let mut lab = lab_with(&text, 4);
        let count = last_message(&lab).min(60);
        let table: Vec<_> = (1..=count).map(|it| relations(&mut lab, it, count)).collect();
        for (a, row) in table.iter().enumerate() {
            for (b, relation) in row.iter().enumerate() {
                let inverse = table[b][a];
                match relation {
                    Some(Relation::Selected) => assert_eq!(a, b),
                    Some(Relation::Cause) => {
                        causes_seen += 1;
                        assert!(b < a, "a cause began before its effect");
                        assert_eq!(
                            inverse,
                            Some(Relation::Effect),
                            "{a} {b} {}",
                            lab.scenario().title
                        );
                    }
                    Some(Relation::Effect) => {
                        assert_eq!(
                            inverse,
                            Some(Relation::Cause),
                            "{a} {b} {}",
                            lab.scenario().title
                        );
                    }
                    None => assert_eq!(inverse, None, "{a} {b} {}", lab.scenario().title),
                }
            }
        }
    }
    assert!(causes_seen > 500, "{causes_seen}");
}

#[test]
fn following_while_it_plays_is_the_same_as_looking_afterwards() {
    for seed in seeds(6) {
        let mut lab = lab_with(FLAGSHIP, 3);
        lab.update(Action::Restart(seed));
        lab.update(Action::Seek(secs(8)));
        let message = last_message(&lab);
        lab.update(Action::Select(Some(Selection::Message(message))));
        lab.update(Action::TogglePlay);
        for _ in 0..100 {
            lab.update(Action::Frame(Duration::from_millis(100)));
        }
        let count = last_message(&lab);
        let followed: Vec<_> = (1..=count).map(|it| lab.lineage().unwrap().relation(it)).collect();
        let told = story(&lab);
        lab.update(Action::Select(None));
        assert_eq!(lab.lineage().map(|_| ()), None);
        assert_eq!(followed, relations(&mut lab, message, count), "seed {seed}");
        assert_eq!(told, story(&lab));
        // Wherever the playhead has been meanwhile.
        lab.update(Action::Seek(secs(2)));
        lab.update(Action::Seek(secs(18)));
        assert_eq!(followed, relations(&mut lab, message, count), "seed {seed}");
    }
}

#[test]
fn what_is_done_by_hand_makes_another_future_and_another_lineage() {
    let mut lab = lab_with(FLAGSHIP, 1);
    let before = last_message(&lab);
    lab.update(Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() }));
    let intent = lab.run().records().iter().rev().find_map(|it| match it.what {
        What::Submitted { intent, .. } => Some(intent),
        _ => None,
    });
    lab.update(Action::Select(Some(Selection::Intent(intent.expect("the click")))));
    assert!(lab.lineage().unwrap().has_message(before + 1), "the command followed from the click");
    let at = lab.run().now();
    lab.update(Action::Seek(Time::from_micros(at.as_micros() - 1_000)));
    lab.update(Action::Do(Input::Habits { on: false }));
    // The click has never been.
    assert!(!lab.lineage().is_some_and(|it| it.has_message(before + 1)));
}

#[test]
fn a_click_is_told_hop_by_hop_until_the_screens_show_it() {
    let mut lab = lab_with(FLAGSHIP, 0);
    lab.update(Action::Do(Input::Habits { on: false }));
    lab.update(Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() }));
    lab.update(Action::Seek(secs(20)));
    let changed = lab.run().records().iter().rev().find_map(|it| match &it.what {
        What::Changed { table, row, .. } => {
            Some((it.node as usize, *table as usize, row[0].clone()))
        }
        _ => None,
    });
    let (service, table, key) = changed.expect("a view learned of it");
    lab.update(Action::Select(Some(Selection::Row { service, table, key })));
    let story_of_row = story(&lab).expect("a row has one");
    let words: Vec<&str> = story_of_row.causes.iter().map(|it| it.words.as_str()).collect();
    let person = &lab.world().people[0].name;
    assert!(words[0].starts_with(person.as_str()) && words[0].contains(" clicks "), "{words:#?}");
    assert!(words.iter().any(|it| it.starts_with("PlaceOrder travels ")), "{words:#?}");
    assert!(words.iter().any(|it| it.contains(" works on PlaceOrder for ")), "{words:#?}");
    assert!(words.iter().any(|it| it.starts_with("OrderAccepted travels ")), "{words:#?}");
    let times: Vec<Time> = story_of_row.causes.iter().map(|it| it.at).collect();
    assert!(times.is_sorted(), "{times:?}");
    // From the click on, the other way: a verdict, changes, and what the screens say.
    let click = story_of_row.causes[0].clone();
    lab.update(Action::Jump(click.at, click.select));
    assert_eq!(lab.run().now(), click.at);
    lab.update(Action::Seek(secs(20)));
    let effects = story(&lab).expect("a click has one").effects;
    let told = |words: &str| effects.iter().any(|it| it.words.contains(words));
    for words in [
        " sends PlaceOrder",
        " takes PlaceOrder up",
        " accepts ",
        "stock: ",
        "screen says: ",
        "screen shows",
    ] {
        assert!(told(words), "{words}: {effects:#?}");
    }
    // Each line leads on, and the keys go along.
    let is_other = |it: &&StoryLine| Some(&it.select) != lab.selection();
    let goal = effects.iter().find(is_other).cloned().expect("more than the intent");
    lab.update(Action::Walk(true));
    assert_eq!((lab.run().now(), lab.selection()), (goal.at, Some(&goal.select)));
}

#[test]
fn everything_in_the_inspector_can_be_gone_to_and_has_something_to_say() {
    for text in texts() {
        let mut lab = lab_with(&text, 6);
        let mut open: Vec<Selection> =
            (0..lab.scenario().services.len()).map(Selection::Service).collect();
        open.extend((0..lab.world().people.len().min(2)).map(Selection::Person));
        let mut seen = 0;
        while let Some(selection) = open.pop().filter(|_| seen < 60) {
            seen += 1;
            lab.update(Action::Select(Some(selection.clone())));
            let shown = inspect(&lab).expect("it is selected");
            assert!(!shown.title.is_empty(), "{selection:?}");
            for part in shown.parts {
                match part {
                    Part::Things { things, none, heading } => {
                        assert!(!things.is_empty() || !none.is_empty(), "{heading}");
                        open.extend(things.into_iter().take(2).map(|it| it.select));
                    }
                    Part::Table { rows, .. } => {
                        open.extend(rows.into_iter().filter_map(|it| it.select).take(1))
                    }
                    _ => {}
                }
            }
        }
        assert!(seen > 3);
    }
}

#[test]
fn the_timeline_shows_of_what_is_selected_what_the_lineage_says() {
    let mut lab = lab_with(FLAGSHIP, 20);
    let picture = |lab: &Lab| {
        let axis = Window::default().whole(lab).axis(lab, 1_000.0);
        diagram(lab, axis, rows(lab, 400.0, false))
    };
    assert!(picture(&lab).strokes.iter().all(|it| !it.dim), "nothing is selected");
    let message = picture(&lab).strokes[0].message;
    lab.update(Action::Select(Some(Selection::Message(message))));
    let (shown, lineage) = (picture(&lab), lab.lineage().expect("a message has one"));
    let lit = |dim: bool| shown.strokes.iter().filter(|it| it.dim == dim).count();
    assert!(lit(false) > 2 && lit(true) > 2, "{} lit, {} dim", lit(false), lit(true));
    for it in &shown.strokes {
        assert!(it.dim || lineage.has_message(it.message), "{it:?} has nothing to do with it");
        assert!(!it.dim || it.message != message, "what is selected is lit");
    }
    let handlers = shown.blocks.iter().filter(|it| it.ink == Ink::Work);
    let (dim, lit): (Vec<&Block>, Vec<&Block>) = handlers.partition(|it| it.dim);
    assert!(!dim.is_empty() && !lit.is_empty(), "handlers too");
}
