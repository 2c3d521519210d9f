//! The mixer, trials and live scorecards: what is offered works, what is told agrees with what the command line tells.

use inflight::app::view::{LINES, PointView, frontier, live_scores, mixer, targets, trial_scores};
use inflight::app::{Action, Field, Lab, Trials};
use inflight::interaction::{Axis, Claim, Guard, Interaction, Learn, PRESETS, Read, Send, grid};
use inflight::language::compile;
use inflight::measure::{Experiment, Measure, choose_everywhere, csv, score_report};
use inflight::world::{Input, Plan};

use crate::proofs;
use crate::rig::{FLAGSHIP, secs};

/// The flagship without a decision: nobody can answer.
fn undecided() -> Lab {
    let lines = FLAGSHIP
        .lines()
        .filter(|it| !it.contains("- decide:") && !it.trim_start().starts_with("reason:"));
    let text = lines.collect::<Vec<_>>().join("\n").replace("=style", "fire-and-forget");
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "own".to_owned(), text });
    assert_eq!(lab.refusal(), None);
    lab
}

#[test]
fn every_choice_that_is_offered_takes_effect_and_names_itself() {
    let mut lab = Lab::new();
    let all = targets(&lab);
    let (client, form) = (all[0].client, all[0].form);
    for it in PRESETS {
        lab.update(Action::Choose(client, form, it.interaction));
        let seen = mixer(&lab, client, form).expect("it is there");
        assert_eq!((seen.interaction, seen.name), (it.interaction, it.label));
        assert_eq!(seen.meaning, it.meaning);
        for axis in &seen.axes {
            assert_eq!(axis.choices.iter().filter(|it| it.chosen).count(), 1, "{}", axis.name);
            for choice in axis.choices.iter().filter(|it| it.obstacle.is_none()) {
                let wanted = it.interaction.with(axis.name, choice.name);
                lab.update(Action::Choose(client, form, wanted));
                let seen = mixer(&lab, client, form).expect("it is there");
                let axis = seen.axes.iter().find(|it| it.name == axis.name).expect("the axis");
                let chosen = axis.choices.iter().find(|it| it.chosen).expect("a choice");
                assert_eq!(chosen.name, choice.name);
                assert_eq!(seen.name == "No name", wanted.preset().is_none());
            }
        }
    }
}

#[test]
fn what_cannot_work_has_its_reason() {
    let lab = undecided();
    let target = &targets(&lab)[0];
    let seen = mixer(&lab, target.client, target.form).expect("it is there");
    let off: Vec<&str> = seen
        .axes
        .iter()
        .flat_map(|it| it.choices.iter().filter(|it| it.obstacle.is_some()).map(|it| it.name))
        .collect();
    for name in ["reply", "poll", "message", "accept"] {
        assert!(off.contains(&name), "{name} needs a decision: {off:?}");
    }
    assert!(!off.contains(&"push") && !off.contains(&"view"), "{off:?}");
    assert!(seen.obstacle().is_none_or(|it| it.contains("Nobody decides")));
}

#[test]
fn all_axes_have_a_question_and_a_meaning_for_each_choice() {
    fn check<A: Axis>() {
        assert!(A::QUESTION.ends_with('?'));
        assert!(A::CHOICES.iter().all(|it| it.meaning.ends_with('.')), "{}", A::NAME);
    }
    check::<Send>();
    check::<Claim>();
    check::<Learn>();
    check::<Read>();
    check::<Guard>();
}

#[test]
fn trials_tell_what_the_command_line_tells() {
    let mut lab = Lab::new();
    lab.update(Action::StartTrials(Field::Presets, 2));
    let all = PRESETS.len() as u64 * 2;
    let mut slices = 0;
    while lab.trials().expect("they run").is_running() {
        lab.update(Action::AdvanceTrials(997));
        slices += 1;
        assert!(slices < 100_000);
    }
    let trials = lab.trials().expect("they are there");
    assert_eq!((trials.progress(), trials.failure()), ((all, all), None));
    assert_eq!(trial_scores(&lab).len(), PRESETS.len());
    let mut experiment = Experiment {
        plan: lab.plan().clone(),
        settings: Vec::new(),
        choices: Vec::new(),
        span: Trials::SPAN,
    };
    let mut scores = Vec::new();
    for it in PRESETS {
        experiment.choices = choose_everywhere(lab.scenario(), it.interaction);
        scores.extend(experiment.score(1..=2).expect("it runs"));
    }
    let report = score_report(&experiment, 2, scores.iter());
    assert_eq!(trials.csv(), csv(&report));
    assert!(trials.json().contains("\"false_claim\""));
    // Nothing of the run on the stage has moved, and stopping forgets them.
    assert_eq!(lab.run().engine().steps(), 0);
    lab.update(Action::StopTrials);
    assert!(lab.trials().is_none() && trial_scores(&lab).is_empty());
}

#[test]
fn a_nameless_mix_is_measured_beside_the_presets() {
    let mut lab = Lab::new();
    let mix = Interaction { key: true, ..PRESETS[0].interaction };
    assert!(mix.preset().is_none());
    lab.update(Action::Choose(0, None, mix));
    lab.update(Action::StartTrials(Field::Presets, 1));
    while lab.trials().expect("they run").is_running() {
        lab.update(Action::AdvanceTrials(100_000));
    }
    let picture = frontier(&lab, Measure::Blocked, Measure::FalseClaim);
    assert_eq!(picture.points.len() + picture.missing.len(), PRESETS.len() + 1);
    let own = picture.points.iter().find(|it| it.interaction.is_none()).expect("what stands");
    let like = picture.points.iter().find(|it| &*it.label == "Wait for it").expect("its twin");
    assert!((own.x - like.x).abs() < 0.05 && (own.y - like.y).abs() < 0.05, "a key frees nobody");
    // A click on a name opens its world from the start, for everybody.
    lab.update(Action::Seek(secs(9)));
    lab.update(Action::ChooseEverywhere(PRESETS[5].interaction));
    assert_eq!(lab.run().engine().steps(), 0);
    assert_eq!(lab.world().interaction(0), PRESETS[5].interaction);
}

#[test]
fn the_live_scorecard_counts_what_was_clicked() {
    let mut lab = Lab::new();
    lab.update(Action::Do(Input::Habits { on: false }));
    for person in [0, 1, 0] {
        lab.update(Action::Do(Input::Submit { person, item: 0, values: Vec::new() }));
    }
    lab.update(Action::Seek(secs(5)));
    let all = live_scores(&lab);
    assert_eq!((all.len(), all[0].intents), (1, 3));
    assert_eq!(all[0].figures.len(), Measure::TABLE.len());
    let harm: Vec<_> = all[0].figures.iter().filter(|it| it.is_harm).map(|it| it.measure).collect();
    assert!(harm.contains(&Measure::FalseClaim), "it was optimistic: {harm:?}");
}

#[test]
fn rows_that_come_with_the_verdict_are_in_time() {
    // Two carts: one list is that of whoever decides, the other one learns of it later.
    let text = proofs::text("interaction/not-cqrs-here");
    let at_once = text.replace("        - work: 10ms\n", "");
    assert_ne!(text, at_once, "verdict and rows leave at the same instant");
    let plan = Plan::new(compile(&at_once).expect("it compiles"));
    let experiment = Experiment {
        plan: plan.into(),
        settings: Vec::new(),
        choices: Vec::new(),
        span: Trials::SPAN,
    };
    let missing: Vec<_> = experiment
        .score(1..=3)
        .expect("it runs")
        .iter()
        .map(|it| it.of(Measure::OwnWrites).mean.expect("people wish"))
        .collect();
    assert!(missing[0] > 100.0 && missing[1] < 0.001, "{missing:?}");
}

#[test]
fn a_grid_tries_every_combination_of_what_varies_and_keeps_the_rest() {
    let base = PRESETS[4].interaction;
    let all = grid(base, &["claim", "learn"]);
    assert_eq!(all.len(), Claim::CHOICES.len() * Learn::CHOICES.len());
    for (index, it) in all.iter().enumerate() {
        assert_eq!(
            (it.send, it.key, it.read, it.guard),
            (base.send, base.key, base.read, base.guard)
        );
        assert!(!all[..index].contains(it), "each one is there once");
    }
    assert_eq!(grid(base, &[]), [base]);

    let mut lab = Lab::new();
    lab.update(Action::Choose(0, None, base));
    lab.update(Action::StartTrials(Field::Grid(vec!["claim", "key"]), 1));
    while lab.trials().expect("they run").is_running() {
        lab.update(Action::AdvanceTrials(100_000));
    }
    let picture = frontier(&lab, Measure::Feedback, Measure::FalseClaim);
    assert_eq!(picture.points.len() + picture.missing.len(), 12);
    let known = picture.points.iter().find(|it| it.interaction == Some(base));
    assert_eq!(&*known.expect("the present one is among them").label, "Accepted, then push");
    assert!(picture.points.iter().any(|it| &*it.label == "no key · done"), "{:?}", picture.points);
    // A point that another one beats in both measures is not among the best, and only such a one is not.
    for a in &picture.points {
        let beaten =
            picture.points.iter().any(|b| b.x <= a.x && b.y <= a.y && (b.x < a.x || b.y < a.y));
        assert_eq!(a.is_best, !beaten, "{}", a.label);
    }
    let best = picture.points.iter().filter(|it| it.is_best).count();
    assert!((1..picture.points.len()).contains(&best), "{best}");
}

#[test]
fn of_many_points_those_that_matter_have_a_name_and_no_line_has_two() {
    let mut lab = Lab::new();
    lab.update(Action::StartTrials(Field::Grid(vec!["claim", "learn"]), 1));
    while lab.trials().expect("they run").is_running() {
        lab.update(Action::AdvanceTrials(100_000));
    }
    let picture = frontier(&lab, Measure::Certainty, Measure::FalseClaim);
    assert!(picture.points.len() > LINES, "{}", picture.points.len());
    let mut lines: Vec<usize> = picture.points.iter().filter_map(|it| it.line).collect();
    let named = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), named);
    assert!((2..=LINES).contains(&named));
    let place = |it: &PointView| (it.x.to_bits(), it.y.to_bits());
    for it in picture.points.iter().filter(|it| it.is_best) {
        let at = |other: &&PointView| place(other) == place(it) && other.line.is_some();
        assert!(picture.points.iter().any(|other| at(&other)), "{} is named", it.label);
    }
    // More than can be tried are cut.
    lab.update(Action::StartTrials(Field::Grid(vec!["send", "claim", "learn", "read"]), 1));
    assert_eq!(lab.trials().expect("they run").courses().len(), Trials::COURSES_MAX);
}
