//! The timeline: what it remembers of a run follows from the run alone, and agrees with what is measured.

use std::time::Duration;

use inflight::app::chronicle::{Bar, Chronicle, Claim, Gap, Of, STILL, Series, Shade, Trip};
use inflight::app::view::Place;
use inflight::app::{Action, Lab};
use inflight::base::{Stream, Time};
use inflight::history::Position;
use inflight::measure::{Measure, scores, tallies};
use inflight::world::{Input, Record, What};

use crate::rig::{
    FLAGSHIP, WORKSHOP, logged_workshop, millis, secs, seeds, some_input, tight_workshop,
};

/// Everything that a chronicle tells.
type Told = (Vec<Trip>, Vec<Bar>, Vec<Claim>, Vec<Shade>, Vec<Record>, Vec<Gap>, Vec<Series>);

fn told(lab: &Lab) -> Told {
    let it = lab.chronicle();
    let Chronicle { trips, bars, claims, shades, flags, gaps, series, .. } = it.clone();
    (trips, bars, claims, shades, flags, gaps, series)
}

#[track_caller]
fn check_same(a: &Told, b: &Told, why: &str) {
    assert_eq!(a.0, b.0, "{why}: trips");
    assert_eq!(a.1, b.1, "{why}: bars");
    assert_eq!(a.2, b.2, "{why}: claims");
    assert_eq!(a.3, b.3, "{why}: shades");
    assert!(a.4 == b.4, "{why}: flags");
    assert_eq!(a.5, b.5, "{why}: gaps");
    for (a, b) in a.6.iter().zip(&b.6) {
        assert!(a == b, "{why}: {:?}\n{a:?}\n{b:?}", a.of);
    }
}

fn open(text: &str, seed: u64) -> Lab {
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "test".to_owned(), text: text.to_owned() });
    assert!(lab.refusal().is_none());
    lab.update(Action::Restart(seed));
    lab
}

fn texts() -> [String; 4] {
    [FLAGSHIP.to_owned(), WORKSHOP.to_owned(), tight_workshop(), logged_workshop()]
}

/// Lives for so many tenths of a second, with a restless person.
fn live(lab: &mut Lab, ticks: u64, dice: &mut Stream) {
    live_with(lab, ticks, dice, |_| true);
}

/// The same, and nobody does what is not meant.
fn live_with(lab: &mut Lab, ticks: u64, dice: &mut Stream, is_meant: impl Fn(&Input) -> bool) {
    for _ in 0..ticks {
        let next = lab.run().now() + inflight::base::Span::from_millis(100);
        lab.update(Action::Seek(next));
        if dice.chance(0.2) {
            let input = some_input(lab.world(), dice.bits());
            if is_meant(&input) {
                lab.update(Action::Do(input));
            }
        }
    }
}

/// The same run, told anew: by single steps.
fn anew(lab: &Lab, text: &str, seed: u64) -> Lab {
    let mut again = open(text, seed);
    let goal = lab.run().position();
    let come = |again: &mut Lab, to: Position| {
        while again.run().position().steps < to.steps {
            again.update(Action::Step);
        }
        if again.run().engine().next_time().is_none_or(|it| to.at < it) {
            again.update(Action::Seek(to.at));
        }
    };
    for input in lab.run().inputs() {
        come(&mut again, input.position);
        again.update(Action::Do(input.input.clone()));
    }
    come(&mut again, goal);
    assert_eq!(again.run().engine().digest(), lab.run().engine().digest(), "the same run");
    again
}

/// A series counts what the world holds: whole numbers, so a thousandth is already wrong.
#[track_caller]
fn same(series: f64, count: usize, what: &str) {
    assert!((series - count as f64).abs() < 1e-3, "{what}: {series} is not {count}");
}

#[test]
fn what_is_told_follows_from_the_run_alone() {
    for text in texts() {
        for seed in seeds(4) {
            let mut dice = Stream::new(seed, &["timeline"]);
            let mut lab = open(&text, seed);
            live(&mut lab, 80, &mut dice);
            let whole = told(&lab);
            check_same(&whole, &told(&anew(&lab, &text, seed)), "told by steps");
            // Going to and fro neither adds nor takes away.
            for _ in 0..10 {
                let at = millis(u64::try_from(dice.int(0, 8_000)).unwrap());
                lab.update(Action::Seek(at));
                lab.update(if dice.chance(0.5) { Action::Step } else { Action::StepBack });
            }
            lab.update(Action::Seek(secs(8)));
            check_same(&whole, &told(&lab), "to and fro");
        }
    }
}

#[test]
fn another_future_is_told_as_if_there_had_been_no_other() {
    for text in texts() {
        for seed in seeds(4) {
            let mut dice = Stream::new(seed, &["futures"]);
            let mut lab = open(&text, seed);
            live(&mut lab, 60, &mut dice);
            for _ in 0..6 {
                let at = millis(u64::try_from(dice.int(0, 6_000)).unwrap());
                lab.update(Action::Seek(at));
                if dice.chance(0.5) {
                    lab.update(Action::StepBack);
                }
                lab.update(Action::Do(Input::Habits { on: dice.chance(0.5) }));
                live(&mut lab, 10, &mut dice);
                let end = lab.run().position();
                assert_eq!(lab.chronicle().end(), end.at);
                check_same(&told(&anew(&lab, &text, seed)), &told(&lab), "another future");
            }
        }
    }
}

#[test]
fn frames_tell_the_same_as_one_leap() {
    for text in texts() {
        let (mut frames, mut leap) = (open(&text, 5), open(&text, 5));
        frames.update(Action::SetSpeed(2.0));
        for _ in 0..200 {
            frames.update(Action::Frame(Duration::from_millis(17)));
        }
        leap.update(Action::Seek(frames.run().now()));
        check_same(&told(&frames), &told(&leap), "frames");
    }
}

#[test]
fn a_link_brings_the_whole_past_with_it() {
    let mut lab = open(FLAGSHIP, 3);
    let mut dice = Stream::new(3, &["link"]);
    live(&mut lab, 60, &mut dice);
    let link = inflight::app::link::write(&lab);
    let mut other = Lab::new();
    other.update(Action::OpenLink(link));
    other.update(Action::Accept);
    assert_eq!(other.run().position(), lab.run().position());
    check_same(&told(&lab), &told(&other), "opened by a link");
}

#[test]
fn everything_has_its_order_and_its_end() {
    for text in texts() {
        for seed in seeds(6) {
            let mut lab = open(&text, seed);
            live(&mut lab, 150, &mut Stream::new(seed, &["order"]));
            let it = lab.chronicle();
            assert!(it.trips.is_sorted_by_key(|it| it.departed));
            assert!(it.trips.iter().all(|it| it.departed <= it.ends && it.ends <= it.arrives));
            assert!(it.bars.is_sorted_by_key(|it| it.since));
            assert!(it.claims.is_sorted_by_key(|it| it.since));
            assert!(it.gaps.is_sorted_by_key(|it| it.from));
            assert!(it.gaps.windows(2).all(|it| it[0].to <= it[1].from));
            // A worker does one thing at a time.
            let mut by_worker: Vec<&Bar> = it.bars.iter().filter(|it| !it.aside).collect();
            by_worker.sort_by_key(|it| (it.lane, it.worker, it.since, it.until));
            for pair in by_worker.windows(2) {
                let same = (pair[0].lane, pair[0].worker) == (pair[1].lane, pair[1].worker);
                assert!(!same || pair[0].until <= pair[1].since, "{pair:?}");
            }
            // Nothing is told of a time in which nothing happens.
            for gap in &it.gaps {
                let inside = |at: Time| gap.from < at && at < gap.to;
                assert!(!it.trips.iter().any(|it| inside(it.departed) || inside(it.ends)));
                assert!(!it.bars.iter().any(|it| inside(it.since) || inside(it.until)));
            }
        }
    }
}

#[test]
fn what_is_in_the_air_is_under_way_on_the_timeline() {
    for text in texts() {
        let mut lab = open(&text, 2);
        live(&mut lab, 100, &mut Stream::new(2, &["air"]));
        for tenth in 1..100 {
            lab.update(Action::Seek(millis(tenth * 100)));
            let now = lab.run().now();
            let mut air: Vec<u64> = lab
                .world()
                .legs
                .iter()
                .flatten()
                // What is held up at a door has arrived.
                .filter(|it| it.toward.travels() && it.from != it.to && now < it.arrives)
                .map(|it| it.envelope.id)
                .collect();
            let is_under_way = |it: &&Trip| it.departed <= now && now < it.ends;
            let mut told: Vec<u64> =
                lab.chronicle().trips.iter().filter(is_under_way).map(|it| it.message).collect();
            air.sort_unstable();
            told.sort_unstable();
            assert_eq!(told, air, "at {now}");
        }
    }
}

#[test]
fn what_waits_and_who_works_agrees_with_the_world_at_every_instant() {
    for text in texts() {
        let mut lab = open(&text, 4);
        live(&mut lab, 100, &mut Stream::new(4, &["waits"]));
        for tenth in 0..100 {
            lab.update(Action::Seek(millis(tenth * 100)));
            let (now, world) = (lab.run().now(), lab.world());
            let at = |of: Of| lab.chronicle().series_of(of).unwrap().at(now);
            for (id, channel) in world.channels.iter().enumerate() {
                if lab.chronicle().series_of(Of::Waiting(Place::Channel(id))).is_none() {
                    continue;
                }
                let queues = channel.queues.iter();
                let waits: usize =
                    queues.map(|it| it.waiting().len() + it.retrying().count()).sum();
                same(at(Of::Waiting(Place::Channel(id))), waits, &format!("channel {id} at {now}"));
            }
            for (id, service) in world.services.iter().enumerate() {
                let inbox = service.inbox().count();
                same(at(Of::Waiting(Place::Service(id))), inbox, &format!("inbox {id} at {now}"));
                let busy = service.workers.iter().flatten().count();
                same(at(Of::Busy(id)), busy, &format!("service {id} at {now}"));
            }
        }
    }
}

#[test]
fn areas_are_what_the_report_and_the_scorecard_say() {
    for text in [FLAGSHIP.to_owned(), WORKSHOP.to_owned()] {
        for seed in seeds(4) {
            let mut lab = open(&text, seed);
            // What a screen does not say any more is not told apart by the scorecard once the wish is over; the time
            // line shows it. So nobody loads a page anew here.
            let stays = |it: &Input| !matches!(it, Input::Reload(_) | Input::Open(..));
            live_with(&mut lab, 400, &mut Stream::new(seed, &["areas"]), stays);
            let (now, world, it) = (lab.run().now(), lab.world(), lab.chronicle());
            let whole = now.as_secs();
            let mean = |of: Of| it.series_of(of).unwrap().mean_and_peak(Time::ZERO, now).0;
            for (id, service) in world.services.iter().enumerate() {
                let busy = service.busy_micros(now) as f64 / 1e6;
                assert!((mean(Of::Busy(id)) * whole - busy).abs() < 1e-6, "service {id}");
            }
            for client in 0..world.plan.scenario.clients.len() {
                let lived = world.truths.experiences().filter(|it| it.client == client);
                let untrue: f64 = lived.map(|it| it.falsehood(now).as_secs()).sum();
                let told = mean(Of::False(client)) * whole;
                assert!((told - untrue).abs() < 1e-6, "false claims: {told} and {untrue}");
            }
            check_staleness(&lab);
        }
    }
}

/// The mean of the ages of all lists of a class is the scorecard's staleness.
#[track_caller]
fn check_staleness(lab: &Lab) {
    let (now, it) = (lab.run().now(), lab.chronicle());
    for score in scores(vec![tallies(lab.world(), now)]) {
        let stale = |it: &&Series| matches!(it.of, Of::Stale(client, _) if client == score.client);
        let means = it.series.iter().filter(stale).map(|it| it.mean_and_peak(Time::ZERO, now).0);
        let means: Vec<f64> = means.collect();
        let Some(said) = score.of(Measure::Staleness).mean else { continue };
        let told = means.iter().sum::<f64>() / means.len() as f64;
        assert!((told - said).abs() < 1e-6 * said.max(1.0), "staleness: {told} and {said}");
    }
}

#[test]
fn little_s_law_holds_between_the_lanes() {
    let mut ever = 0.0;
    for seed in seeds(6) {
        let mut lab = open(WORKSHOP, seed);
        live(&mut lab, 1_000, &mut Stream::new(seed, &["none"]));
        lab.update(Action::Do(Input::Habits { on: false }));
        lab.update(Action::Seek(secs(200)));
        let (now, it) = (lab.run().now(), lab.chronicle());
        // Every message that lined up in an inbox: from its arrival to the worker that took it up.
        let mut waited = 0.0;
        let mut lined_up: Vec<(u64, u32, Time)> = Vec::new();
        for record in lab.run().records().iter() {
            match record.what {
                What::Inboxed { message } => lined_up.push((message, record.node, record.at)),
                What::Started { message, .. } => {
                    let is_it = |it: &(u64, u32, Time)| (it.0, it.1) == (message, record.node);
                    if let Some(place) = lined_up.iter().position(is_it) {
                        waited += record.at.since(lined_up.remove(place).2).as_secs();
                    }
                }
                What::Crashed { .. } => lined_up.retain(|it| {
                    let gone = it.1 == record.node;
                    waited += if gone { record.at.since(it.2).as_secs() } else { 0.0 };
                    !gone
                }),
                _ => {}
            }
        }
        let inboxes = it.series.iter().filter(|it| matches!(it.of, Of::Waiting(Place::Service(_))));
        let area: f64 = inboxes.map(|it| it.mean_and_peak(Time::ZERO, now).0 * now.as_secs()).sum();
        assert!((area - waited).abs() < 1e-6, "seed {seed}: area {area}, waited {waited}");
        ever += waited;
    }
    assert!(ever > 0.0, "somebody has waited");
}

#[test]
fn a_long_run_is_thinned_and_its_totals_stay() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/scenarios/published/mm1.yaml"
    ));
    let mut lab = open(&text.unwrap(), 1);
    while lab.chronicle().totals().0 < 110_000 {
        lab.update(Action::Seek(lab.run().now() + inflight::base::Span::from_secs(60)));
    }
    let it = lab.chronicle();
    assert!(it.trips.len() <= 100_000 && it.bars.len() <= 100_000, "the memory is bounded");
    let (trips, lost) = it.totals();
    assert!(lost <= trips);
    assert!(Time::ZERO < it.thinned.before && it.thinned.before < lab.run().now());
    assert!(it.bars.iter().filter(|it| it.until == STILL).count() < 10);
    // Areas stay, also where knees have been put together.
    let now = lab.run().now();
    for (id, service) in lab.world().services.iter().enumerate() {
        let series = it.series_of(Of::Busy(id)).unwrap();
        let told = series.mean_and_peak(Time::ZERO, now).0 * now.as_secs();
        let busy = service.busy_micros(now) as f64 / 1e6;
        assert!((told - busy).abs() < 1e-6 * busy.max(1.0), "{told} and {busy}");
    }
}
