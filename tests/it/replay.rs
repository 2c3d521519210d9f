//! Replay: equal inputs give equal runs, and going back gives what was there.

use inflight::app::{Action, Lab, Return, catalogue, link};
use inflight::base::{Stream, Time};
use inflight::history::Run;
use inflight::measure::identity;
use inflight::world::{Input, Record, World};

use crate::generated;
use crate::proofs;
use crate::rig::{FLAGSHIP, WORKSHOP, engine, millis, secs, seeds, some_input, world};

/// What identifies a moment of a run.
type Moment = (Time, u64, u64, Vec<Record>);

fn moment(run: &Run<World>) -> Moment {
    let records = run.records().iter().cloned().collect();
    (run.now(), run.engine().steps(), run.engine().digest(), records)
}

/// A run of ten seconds with a restless person in it, and the moments at some instants on the way.
fn lived(text: &str, seed: u64) -> (Run<World>, Vec<Moment>) {
    let mut dice = Stream::new(seed, &["restless"]);
    let mut run = Run::new(world(text, seed), Vec::new());
    let mut moments = Vec::new();
    for tick in 1..=100 {
        assert!(run.advance(millis(tick * 100), u64::MAX));
        // The moment at an instant includes what a person did at that instant.
        if dice.chance(0.2) {
            let input = some_input(run.system(), dice.bits());
            run.steer(input);
            // What came of it without any delay belongs to the same instant.
            assert!(run.advance(millis(tick * 100), u64::MAX));
        }
        moments.push(moment(&run));
    }
    (run, moments)
}

#[track_caller]
pub(crate) fn check_seek(text: &str, seed: u64) {
    let (mut run, moments) = lived(text, seed);
    let mut dice = Stream::new(seed, &["seek"]);
    for _ in 0..40 {
        let goal = usize::try_from(dice.int(0, 99)).unwrap();
        assert!(run.seek(moments[goal].0, u64::MAX));
        assert!(
            moment(&run) == moments[goal],
            "seed {seed}: seeking to {} is not playing there",
            moments[goal].0
        );
    }
}

#[test]
fn seeking_anywhere_in_any_order_is_playing_there() {
    for seed in seeds(40) {
        check_seek(FLAGSHIP, seed);
        check_seek(WORKSHOP, seed);
    }
}

#[test]
fn the_same_inputs_at_the_same_positions_give_the_same_run() {
    for seed in seeds(40) {
        let (run, moments) = lived(WORKSHOP, seed);
        let mut again = Run::new(world(WORKSHOP, seed), run.inputs().to_vec());
        let (at, steps, digest, _) = moments[99].clone();
        assert!(again.advance(at, u64::MAX));
        assert_eq!(
            (again.engine().steps(), again.engine().digest()),
            (steps, digest),
            "seed {seed}"
        );
    }
}

#[test]
fn stepping_back_and_on_again_changes_nothing() {
    for seed in seeds(10) {
        let (mut run, _) = lived(WORKSHOP, seed);
        let steps = run.engine().steps();
        for back in 1..=30 {
            assert!(run.step_back());
            assert_eq!(run.engine().steps(), steps - back);
        }
        let there = moment(&run);
        assert!(run.step() && run.step_back());
        assert!(moment(&run) == there, "seed {seed}");
    }
}

#[test]
fn a_step_back_keeps_what_was_done_before_the_step() {
    for seed in seeds(10) {
        let (mut run, _) = lived(FLAGSHIP, seed);
        for on in [false, true] {
            run.steer(inflight::world::Input::Habits { on });
        }
        let there = moment(&run);
        assert!(run.step() && run.step_back());
        assert!(moment(&run) == there, "seed {seed}");
        assert!(run.system().habits_on);
    }
}

#[test]
fn acting_in_the_past_makes_another_future() {
    let (mut run, moments) = lived(FLAGSHIP, 3);
    assert!(run.seek(moments[40].0, u64::MAX));
    let inputs_so_far = run.inputs().iter().filter(|it| it.position.at <= moments[40].0).count();
    run.steer(inflight::world::Input::Habits { on: false });
    assert_eq!(run.inputs().len(), inputs_so_far + 1);
    assert_eq!(run.furthest(), moments[40].0);
    assert!(run.seek(moments[20].0, u64::MAX));
    assert!(moment(&run) == moments[20], "the shared past is the same");
}

#[test]
fn seeds_matter_and_nothing_else_does() {
    let digest = |seed| {
        let (mut engine, mut records) = engine(world(FLAGSHIP, seed));
        engine.advance(secs(60), u64::MAX, &mut records);
        engine.digest()
    };
    let digests: std::collections::BTreeSet<u64> = (0..100).map(digest).collect();
    assert_eq!(digests.len(), 100);
    assert_eq!(digest(7), digest(7));
}

#[test]
fn what_has_been_played_is_never_far_away_back_or_on() {
    let world = world(FLAGSHIP, 3);
    let mut run = Run::new(world, Vec::new());
    run.seek(secs(1_000), u64::MAX);
    let occurrences = run.engine().steps();
    // From one keyframe to the next: 512 occurrences.
    assert!(occurrences > 4 * 512, "{occurrences}");
    let mut dice = Stream::new(3, &["far"]);
    for _ in 0..40 {
        let to = secs(u64::try_from(dice.int(0, 1_000)).unwrap());
        assert!(run.seek(to, 512), "to {to} it is a long way");
        let records = run.records().len();
        let mut again = run.from_start(Vec::new());
        again.seek(to, u64::MAX);
        assert_eq!(run.engine().digest(), again.engine().digest());
        assert!(run.records().iter().eq(again.records().iter()) && records > 0 || to < secs(5));
    }
}

#[test]
fn keyframes_stay_bounded_in_a_long_run() {
    let mut run = Run::new(world(FLAGSHIP, 1), Vec::new());
    assert!(run.advance(secs(40_000), u64::MAX));
    let (end, digest) = (run.now(), run.engine().digest());
    assert!(run.engine().steps() > 100_000, "{}", run.engine().steps());
    assert!(run.seek(secs(9_000), u64::MAX));
    assert!(run.seek(end, u64::MAX));
    assert_eq!(run.engine().digest(), digest);
}

/// Compares with what is written down in `tests/golden`. The browser tests compare the page's runs with the same files.
/// `UPDATE_GOLDEN=1` writes them anew.
fn check_golden(name: &str, made: &str) {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        made == golden,
        "{name} has changed: if that was meant, UPDATE_GOLDEN=1 cargo test writes it down"
    );
}

#[test]
fn a_hundred_runs_have_the_hashes_that_are_written_down() {
    let line = |seed| format!("{seed} {}\n", identity(FLAGSHIP, seed, secs(60)).unwrap());
    check_golden("hashes.txt", &(0..100).map(line).collect::<String>());
}

#[test]
fn every_scenario_has_the_hash_that_is_written_down() {
    let line = |it: &catalogue::Entry| {
        let text = proofs::text(it.path);
        format!("{} {}\n", it.path, identity(&text, 1, secs(10)).unwrap())
    };
    check_golden("catalogue.txt", &catalogue::CATALOGUE.iter().map(line).collect::<String>());
}

#[test]
fn generated_runs_have_the_hashes_that_are_written_down() {
    let part = |seed| {
        let text = generated::scenario(seed);
        format!("# seed {seed}: {}\n{text}", identity(&text, seed, secs(10)).unwrap())
    };
    check_golden("generated.yaml", &(0..12).map(part).collect::<String>());
}

#[test]
fn a_lab_in_turns_arrives_where_others_arrive_at_once() {
    let ways = [Action::Seek(secs(20)), Action::Seek(secs(3)), Action::Seek(secs(25))];
    let (mut whole, mut turns) = (Lab::new(), Lab::new().in_turns(7));
    let mut worked = 0;
    for way in ways {
        whole.update(way.clone());
        turns.update(way);
        while turns.goal().is_some() {
            let steps = turns.run().engine().steps();
            turns.update(Action::Work);
            assert!(turns.run().engine().steps() <= steps + 7, "no turn is longer than it may be");
            worked += 1;
        }
        assert_eq!(turns.run().position(), whole.run().position());
        assert_eq!(turns.run().engine().digest(), whole.run().engine().digest());
        assert!(!turns.playback().playing);
    }
    assert!(worked > 20, "it took turns: {worked}");
}

#[test]
fn what_a_person_does_on_a_long_way_ends_it() {
    for act in [Action::Stop, Action::Step, Action::TogglePlay, Action::Do(Input::Reload(0))] {
        let mut lab = Lab::new().in_turns(7);
        lab.update(Action::Seek(secs(60)));
        assert!(lab.goal().is_some());
        lab.update(act.clone());
        assert_eq!(lab.goal(), None, "{act:?}");
        let now = lab.run().now();
        lab.update(Action::Work);
        assert_eq!(lab.run().now(), now, "{act:?}");
    }
}

#[test]
fn a_run_that_comes_back_stands_as_it_stood() {
    let mut lab = Lab::new();
    lab.update(Action::Seek(secs(5)));
    let link = link::write(&lab);
    let back = |as_it_was| {
        let mut lab = Lab::new();
        lab.update(Action::Restore { link: link.clone(), as_it_was });
        (lab.run().now(), lab.playback().playing)
    };
    assert_eq!(back(Return::Playing), (secs(5), true));
    assert_eq!(back(Return::Paused), (secs(5), false));
    assert_eq!(back(Return::Still), (Time::ZERO, false));
}
