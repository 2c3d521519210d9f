//! Branches: a run that leaves another one has the same past bit for bit, and whatever order one goes through them in,
//! each is what it would be from its start.

use std::time::Duration;

use inflight::app::view::{branch_outlines, branches, compared_screens, differences, rival_name};
use inflight::app::{Action, Difference, Lab, link};
use inflight::base::limits::BRANCHES_MAX;
use inflight::base::{Span, Stream, Time};
use inflight::history::{BranchId, Run};
use inflight::interaction::PRESETS;
use inflight::world::{Copies, Input, Record, What, World};

use crate::rig::{WORKSHOP, millis, secs, seeds, some_input};

/// A lab that plays this text.
fn open(text: &str, seed: u64) -> Lab {
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "own".to_owned(), text: text.to_owned() });
    lab.update(Action::Restart(seed));
    lab.update(Action::SetSpeed(2.0));
    lab
}

/// What the services know.
fn rows(lab: &Lab) -> String {
    let services = lab.world().services.iter();
    services.map(|it| format!("{:?}", it.tables)).collect::<Vec<_>>().concat()
}

fn run_of(lab: &Lab, id: BranchId) -> &Run<World> {
    lab.branches().run(id).unwrap_or_else(|| lab.run())
}

/// A branch as it is from its start: only its inputs are taken over.
#[track_caller]
fn check_from_the_start(lab: &Lab, id: BranchId, context: &str) {
    let run = run_of(lab, id);
    let world = World::from_plan(lab.plan().clone(), lab.world().seed, lab.settings());
    let mut anew = Run::new(world.expect("it started before"), run.inputs().to_vec());
    let mut there = run.clone();
    for at in [run.now(), run.furthest(), run.furthest() + Span::from_secs(2)] {
        assert!(there.seek(at, u64::MAX) && anew.seek(at, u64::MAX));
        assert_eq!(
            there.engine().digest(),
            anew.engine().digest(),
            "{context}: branch {id} at {at}"
        );
        assert_eq!(there.engine().steps(), anew.engine().steps(), "{context}: branch {id} at {at}");
        let records = |it: &Run<World>| it.records().iter().cloned().collect::<Vec<Record>>();
        assert!(records(&there) == records(&anew), "{context}: records of branch {id} at {at}");
    }
}

/// What one may do with branches, drawn by lot.
fn wander(lab: &mut Lab, dice: &mut Stream) {
    let ids: Vec<BranchId> = lab.branches().iter().map(|it| it.id).collect();
    let any = ids[usize::try_from(dice.bits()).unwrap() % ids.len()];
    match dice.int(0, 11) {
        0 => lab.update(Action::Step),
        1 => lab.update(Action::StepBack),
        2 | 3 => lab.update(Action::Seek(Time::from_micros(dice.bits() % 9_000_000))),
        4 | 5 => lab.update(Action::SwitchBranch(any)),
        6 if dice.chance(0.3) => lab.update(Action::DeleteBranch(any)),
        7..=9 => {
            let input = some_input(lab.world(), dice.bits());
            lab.update(Action::Do(input));
        }
        _ => lab.update(Action::Frame(Duration::from_millis(90))),
    }
}

#[test]
fn whatever_one_does_each_branch_is_what_it_would_be_from_its_start() {
    for seed in seeds(12) {
        let mut dice = Stream::new(seed, &["wanderer"]);
        let mut lab = open(WORKSHOP, seed);
        for _ in 0..150 {
            wander(&mut lab, &mut dice);
        }
        let all: Vec<BranchId> = lab.branches().iter().map(|it| it.id).collect();
        assert!(all.len() > 1, "seed {seed}");
        for id in &all {
            check_from_the_start(&lab, *id, &format!("seed {seed}"));
        }
    }
}

#[test]
fn a_branch_shares_its_past_with_its_parent_bit_for_bit() {
    for seed in seeds(12) {
        let mut dice = Stream::new(seed, &["wanderer"]);
        let mut lab = open(WORKSHOP, seed);
        for _ in 0..120 {
            wander(&mut lab, &mut dice);
        }
        for it in lab.branches().iter() {
            // What was done at the very start has no past.
            let Some(parent) = it.parent.filter(|_| Time::ZERO < it.fork.at) else { continue };
            let (own, above) = (run_of(&lab, it.id), run_of(&lab, parent));
            assert_eq!(own.inputs()[..it.shared], above.inputs()[..it.shared], "seed {seed}");
            assert_eq!(own.inputs()[it.shared].position, it.fork, "it left by what was done in it");
            // Up to the last instant before the fork.
            let at = Time::from_micros(it.fork.at.as_micros().saturating_sub(1));
            let past = |run: &Run<World>| {
                let mut run = run.clone();
                assert!(run.seek(at, u64::MAX));
                let records: Vec<Record> = run.records().iter().cloned().collect();
                (run.engine().steps(), run.engine().digest(), records)
            };
            assert!(past(own) == past(above), "seed {seed}: {}", it.name);
        }
    }
}

#[test]
fn acting_at_the_end_of_a_branch_begins_no_other() {
    let mut lab = Lab::new();
    for second in 1..5 {
        lab.update(Action::Seek(secs(second)));
        lab.update(Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() }));
    }
    assert_eq!(lab.branches().iter().len(), 1);
    lab.update(Action::Seek(secs(3)));
    lab.update(Action::Do(Input::Habits { on: false }));
    assert_eq!(lab.branches().iter().len(), 2);
    lab.update(Action::Do(Input::Habits { on: true }));
    lab.update(Action::Frame(Duration::from_millis(50)));
    lab.update(Action::Do(Input::Crash(0, None)));
    assert_eq!(lab.branches().iter().len(), 2, "it goes on where it stands");
}

#[test]
fn what_was_done_names_the_branch_and_the_old_one_stays() {
    let mut lab = Lab::new();
    lab.update(Action::Do(Input::Habits { on: false }));
    let once = PRESETS.iter().find(|it| it.name == "optimistic").expect("a preset").interaction;
    lab.update(Action::Choose(0, None, once));
    lab.update(Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() }));
    lab.update(Action::Seek(secs(5)));
    let left = rows(&lab);
    lab.update(Action::Seek(millis(100)));
    let flying = lab.world().legs.iter().flatten().find(|it| it.is_in_the_air());
    let message = flying.expect("the command is under way").envelope.id;
    lab.update(Action::Do(Input::Lose(Copies { message, to: None })));
    let names: Vec<&str> = lab.branches().iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["First run", "Lost PlaceOrder at 0.1 s"]);
    lab.update(Action::Seek(secs(5)));
    assert!(rows(&lab) != left, "it never arrived");
    assert!(lab.run().records().iter().any(|it| matches!(it.what, What::Snatched { .. })));
    lab.update(Action::SwitchBranch(0));
    assert_eq!((lab.run().now(), rows(&lab)), (secs(5), left));
    // Two of the same name are told apart, and one may call them what one likes.
    lab.update(Action::Seek(millis(100)));
    lab.update(Action::Do(Input::Lose(Copies { message, to: None })));
    assert_eq!(lab.branches().iter().nth(2).unwrap().name, "Lost PlaceOrder at 0.1 s (2)");
    lab.update(Action::RenameBranch(1, "  what if  ".to_owned()));
    lab.update(Action::RenameBranch(1, "   ".to_owned()));
    assert_eq!(lab.branches().get(1).unwrap().name, "what if");
}

#[test]
fn there_are_only_so_many_branches_and_the_lab_says_so() {
    let mut lab = Lab::new();
    lab.update(Action::Seek(secs(4)));
    for number in 0..BRANCHES_MAX as u64 + 3 {
        lab.update(Action::Seek(millis(10 * (number + 1))));
        lab.update(Action::Do(Input::Habits { on: number % 2 == 1 }));
        lab.update(Action::Seek(secs(4)));
    }
    assert_eq!(lab.branches().iter().len(), BRANCHES_MAX);
    lab.update(Action::Seek(millis(5)));
    let before = (lab.run().engine().digest(), lab.run().inputs().len());
    lab.update(Action::Do(Input::Habits { on: false }));
    assert!(lab.objection().is_some_and(|it| it.contains("BRANCHES_MAX")));
    assert_eq!(before, (lab.run().engine().digest(), lab.run().inputs().len()));
    let played = lab.branches().played();
    lab.update(Action::DeleteBranch(played));
    assert!(lab.branches().get(played).is_none() && lab.objection().is_none());
    lab.update(Action::DeleteBranch(0));
    assert!(lab.branches().get(0).is_some(), "the first one stays");
}

#[test]
fn what_would_do_nothing_is_refused_with_a_reason_and_begins_no_branch() {
    let mut lab = Lab::new();
    lab.update(Action::Seek(secs(2)));
    lab.update(Action::Seek(secs(1)));
    for (input, reason) in [
        (Input::Lose(Copies { message: 9_999, to: None }), "No copy"),
        (Input::Restart(0, None), "not crashed"),
        (Input::Resume(0), "not paused"),
    ] {
        lab.update(Action::Do(input));
        assert!(lab.objection().is_some_and(|it| it.contains(reason)), "{reason}");
    }
    assert_eq!(lab.branches().iter().len(), 1);
}

/// A lab with some branches, at some instant, that compares something.
fn lived_in(seed: u64) -> Lab {
    let mut dice = Stream::new(seed, &["visitor"]);
    let mut lab = open(WORKSHOP, seed);
    for _ in 0..120 {
        wander(&mut lab, &mut dice);
    }
    let beside = lab.branches().iter().map(|it| it.id).find(|it| *it != lab.branches().played());
    let difference = match (seed % 3, beside) {
        (0, _) => Some(Difference::Interaction(PRESETS[3].interaction)),
        (1, Some(it)) => Some(Difference::Branch(it)),
        _ => None,
    };
    lab.update(Action::Compare(difference));
    lab
}

#[test]
fn a_link_carries_every_branch_and_what_is_compared() {
    for seed in seeds(24) {
        let mut lab = lived_in(seed);
        let text = link::write(&lab);
        let mut other = Lab::new();
        other.update(Action::OpenLink(text.clone()));
        other.update(Action::Accept);
        assert_eq!(other.refusal(), None, "seed {seed}");
        assert_eq!(link::write(&other), text, "seed {seed}");
        assert_eq!(rival_name(&other), rival_name(&lab), "seed {seed}");
        assert_eq!(compared_screens(&other), compared_screens(&lab), "seed {seed}");
        let names = |lab: &Lab| lab.branches().iter().map(|it| it.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&other), names(&lab), "seed {seed}");
        let ids = |lab: &Lab| lab.branches().iter().map(|it| it.id).collect::<Vec<_>>();
        for (here, there) in ids(&lab).into_iter().zip(ids(&other)) {
            lab.update(Action::SwitchBranch(here));
            other.update(Action::SwitchBranch(there));
            for lab in [&mut lab, &mut other] {
                lab.update(Action::Seek(secs(12)));
            }
            let digest = |lab: &Lab| lab.run().engine().digest();
            assert_eq!(digest(&lab), digest(&other), "seed {seed}: branch {here}");
        }
    }
}

#[test]
fn a_branch_beside_stands_at_the_same_instant_and_going_over_turns_the_two_round() {
    let mut lab = Lab::new();
    lab.update(Action::Do(Input::Habits { on: false }));
    lab.update(Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() }));
    lab.update(Action::Seek(secs(6)));
    lab.update(Action::Seek(millis(50)));
    let sales = lab.scenario().services.iter().position(|it| it.name == "sales").unwrap();
    lab.update(Action::Do(Input::Crash(sales, None)));
    lab.update(Action::Compare(Some(Difference::Branch(0))));
    for at in [millis(60), secs(4), millis(10), secs(6)] {
        lab.update(Action::Seek(at));
        assert_eq!(lab.rival().unwrap().run().now(), at);
    }
    let words: Vec<String> = differences(&lab).into_iter().map(|it| it.1).collect();
    assert!(words.iter().any(|it| it == "sales: crashed, beside up"), "{words:?}");
    // What is done on the stage is done in this branch only.
    let inputs = lab.rival().unwrap().run().inputs().len();
    lab.update(Action::Do(Input::Restart(sales, None)));
    assert_eq!(lab.rival().unwrap().run().inputs().len(), inputs);
    lab.update(Action::SwitchBranch(0));
    assert_eq!(lab.difference(), Some(Difference::Branch(1)));
    assert_eq!(rival_name(&lab).as_deref(), Some("Crashed sales at 0.0 s"));
    lab.update(Action::DeleteBranch(1));
    assert_eq!(lab.difference(), None);
}

#[test]
fn the_tree_is_drawn_with_every_branch_below_the_one_that_it_left() {
    for seed in seeds(12) {
        let lab = lived_in(seed);
        let rows = branches(&lab);
        assert_eq!(rows.len(), lab.branches().iter().len());
        assert_eq!(rows.iter().filter(|it| it.played).count(), 1);
        for (row, it) in rows.iter().enumerate() {
            assert_eq!(it.parent.is_none(), row == 0, "seed {seed}");
            let Some(above) = it.parent else { continue };
            assert!(
                above < row && it.fork <= rows[above].until && it.fork <= it.until,
                "seed {seed}"
            );
        }
        let (all, played) = branch_outlines(&rows);
        assert_eq!(
            all.matches('M').count(),
            2 * rows.len() - 1,
            "a line each, and one from each fork"
        );
        assert!(played.starts_with('M') && !all.contains("NaN"));
    }
}

#[test]
fn branches_cost_what_is_their_own() {
    let mut lab = Lab::new();
    lab.update(Action::Seek(secs(20_000)));
    assert!(lab.run().records().len() > 100_000, "{}", lab.run().records().len());
    for number in 0..BRANCHES_MAX as u64 - 1 {
        lab.update(Action::Seek(secs(10_000)));
        lab.update(Action::Do(Input::Habits { on: number % 2 == 1 }));
    }
    for it in lab.branches().iter() {
        let (keyframes, records) = run_of(&lab, it.id).own();
        assert!(keyframes <= 14, "{}: {keyframes} keyframes", it.name);
        // Pieces of 512: at most two, of more than 100,000 records.
        assert!(records <= 1_024, "{}: {records} records", it.name);
    }
}
