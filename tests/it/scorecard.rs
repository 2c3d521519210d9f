//! Scorecards of worlds so small that one can compute them by hand.

use std::sync::Arc;

use inflight::base::Span;
use inflight::language::compile;
use inflight::measure::{Experiment, Measure, Score, scores};
use inflight::world::Plan;

/// Ana wishes once, at the start. Every link takes 10 ms; who decides works for 100 ms, and tells a wall that hears of
/// it a second later. So at 110 ms it is decided, at 120 ms an answer is on the screen, at 1,140 ms the wall's rows.
struct Small {
    interaction: &'static str,
    verdict: &'static str,
    network: &'static str,
}

impl Small {
    const USUAL: Self = Self { interaction: "wait-for-it", verdict: "accepted", network: "" };

    fn text(&self) -> String {
        let Self { interaction, verdict, network } = self;
        let yes = *verdict == "accepted";
        let publish = "{ publish: Granted, with: { wish: =msg.wish } }";
        let enter = if yes {
            ["\n        - upsert: wishes[msg.wish]\n          set: {}\n        - ", publish]
                .concat()
        } else {
            // Nobody is called that: a way for the event, which the checker asks for.
            let reason = "\n          reason: no\n        - if: msg.wish == 'nobody'";
            [reason, "\n          then:\n          - ", publish].concat()
        };
        format!(
            "inflight: 1
title: A wish
summary: One person, one wish.
messages:
  Wish: {{ kind: command, fields: {{ wish: id }} }}
  Granted: {{ kind: event, fields: {{ wish: id }} }}
channels:
  door: {{ kind: direct }}
  news: {{ kind: topic, delay: 1s }}
services:
  judge:
    receives: [door]
    tables:
      wishes: {{ key: wish, columns: {{ wish: id }} }}
    handles:
      Wish:
        - work: 100ms
        - decide: {verdict}{enter}
  wall:
    role: view
    receives: [news]
    tables:
      wishes: {{ key: wish, columns: {{ wish: id }}, mirrors: judge.wishes }}
    handles:
      Granted:
        - upsert: wishes[msg.wish]
          set: {{}}
clients:
  guest:
    people: [Ana]
    interaction: {interaction}
    screen:
      - form: Wish
        to: door
      - list: wall.wishes
    habits:
      - at: 0ms
        submit: Wish
network: {{ delay: 10ms{network} }}
"
        )
    }

    /// The only scorecard of the only run; people act for 10 s, and rest.
    fn score(&self) -> Score {
        let scenario = compile(&self.text()).unwrap_or_else(|it| panic!("{it:#?}"));
        let (plan, settings) = (Arc::new(Plan::new(scenario)), vec![]);
        let experiment =
            Experiment { plan, settings, choices: Vec::new(), span: Span::from_secs(10) };
        let mut scores = scores(vec![experiment.run(1).unwrap()]);
        assert_eq!((scores.len(), scores[0].intents), (1, 1));
        scores.remove(0)
    }
}

/// Holds a mean against microseconds, or against a plain number for what is counted.
#[track_caller]
fn check(score: &Score, wanted: &[(Measure, Option<f64>)]) {
    for (measure, wanted) in wanted {
        let mean = score.of(*measure).mean;
        let same = match (mean, wanted) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a.is_none() && b.is_none(),
        };
        assert!(same, "{}: {mean:?} is not {wanted:?}", measure.label());
    }
}

use Measure::{
    Availability, Blocked, Certainty, Cost, Duplicate, FalseAlarm, FalseClaim, Feedback, OwnWrites,
    Retraction, SilentLoss, StaleDecision, Staleness, TimeTravel,
};

#[test]
fn who_waits_is_blocked_until_the_answer_and_hears_nothing_false() {
    check(
        &Small::USUAL.score(),
        &[
            (Feedback, Some(0.120)),
            (Blocked, Some(0.120)),
            (Certainty, Some(0.120)),
            (FalseClaim, Some(0.0)),
            (Retraction, Some(0.0)),
            (SilentLoss, Some(0.0)),
            (FalseAlarm, Some(0.0)),
            (Duplicate, Some(0.0)),
            (StaleDecision, Some(0.0)),
            // At 120 ms the screen says that it is so; its list learns of it at 1,140 ms.
            (OwnWrites, Some(1_000.0)),
            (TimeTravel, Some(0.0)),
            // The list is behind from 110 ms to 1,140 ms: an area of 1.03²/2 in 10 s.
            (Staleness, Some(1.03 * 1.03 / 2.0 / 10.0)),
            // The wish, the verdict, the event, the rows.
            (Cost, Some(4.0)),
            (Availability, Some(100.0)),
        ],
    );
}

#[test]
fn an_optimist_is_wrong_until_it_is_decided_and_certain_from_then_on() {
    check(
        &Small { interaction: "optimistic", ..Small::USUAL }.score(),
        &[
            (Feedback, Some(0.0)),
            (Blocked, Some(0.0)),
            (Certainty, Some(0.110)),
            (FalseClaim, Some(0.110)),
            (Retraction, Some(0.0)),
            (OwnWrites, Some(1_000.0)),
            (Cost, Some(4.0)),
        ],
    );
}

#[test]
fn a_refused_optimist_is_wrong_until_the_screen_has_heard_of_it_and_takes_it_back() {
    check(
        &Small { interaction: "optimistic", verdict: "refused", ..Small::USUAL }.score(),
        &[
            (Certainty, Some(0.120)),
            (FalseClaim, Some(0.120)),
            (Retraction, Some(1_000.0)),
            (FalseAlarm, Some(0.0)),
            (OwnWrites, Some(0.0)),
            (Staleness, Some(0.0)),
            (Cost, Some(2.0)),
            (Availability, Some(100.0)),
        ],
    );
}

#[test]
fn what_is_lost_is_lost_silently_or_not_and_patience_is_ten_seconds() {
    let lost = |interaction| Small { interaction, network: ", loss: 1", ..Small::USUAL }.score();
    let forgotten = [
        (Feedback, None),
        (Blocked, Some(0.0)),
        (Certainty, None),
        (SilentLoss, Some(1_000.0)),
        (Cost, Some(1.0)),
        (Availability, Some(0.0)),
    ];
    check(&lost("fire-and-forget"), &forgotten);
    let told = [
        (Feedback, Some(10.0)),
        (Blocked, Some(10.0)),
        (Certainty, None),
        (FalseClaim, Some(0.0)),
        (SilentLoss, Some(0.0)),
        (Availability, Some(0.0)),
    ];
    check(&lost("wait-for-it"), &told);
    // Wrong from the click to the end, ten seconds of action and the rest.
    let lied = [(Feedback, Some(0.0)), (FalseClaim, Some(70.0)), (SilentLoss, Some(1_000.0))];
    check(&lost("optimistic"), &lied);
}

#[test]
fn repetitions_without_a_key_are_duplicates_and_with_one_are_not() {
    let deaf = ", links: [{ from: judge, to: Ana, loss: 1 }]";
    let axes = |key: bool| {
        let keyed =
            "{ send: retry, key: true, claim: pending, learn: reply, read: any, guard: none }";
        let bare =
            "{ send: retry, key: false, claim: pending, learn: reply, read: any, guard: none }";
        let interaction = if key { keyed } else { bare };
        Small { interaction, network: deaf, ..Small::USUAL }.score()
    };
    // Sent at 0, 2, 6 and 14 s; nobody answers; given up at 30 s.
    let bare = [
        (Feedback, Some(0.0)),
        (Certainty, None),
        (FalseAlarm, Some(1_000.0)),
        (Duplicate, Some(1_000.0)),
        // Each time the wish, its receipt, the verdict, the event, and the rows.
        (Cost, Some(4.0 * 5.0)),
    ];
    check(&axes(false), &bare);
    let keyed = [
        (FalseAlarm, Some(1_000.0)),
        (Duplicate, Some(0.0)),
        // Only the first is acted upon; each is confirmed and answered.
        (Cost, Some(4.0 * 3.0 + 2.0)),
    ];
    check(&axes(true), &keyed);
}

/// A till that dies before this step of the handler, once; its queue hands the purchase out again.
fn purchases(steps: &str, dies_before: &str) -> [Option<f64>; 2] {
    let text = format!(
        "inflight: 1
title: A till
messages:
  Buy: {{ kind: command, fields: {{ order: id }} }}
channels:
  line: {{ kind: queue }}
services:
  till:
    receives: [line]
    tables:
      stock: {{ key: sku, rows: [ {{ sku: mug, left: 9 }} ] }}
    handles:
      Buy:
{steps}
        - decide: accepted
clients:
  guest:
    people: [Ana]
    interaction: {{ send: once, key: true, claim: pending, learn: reply, read: any, guard: none }}
    screen:
      - form: Buy
      - list: till.stock
    habits:
      - at: 0ms
        submit: Buy
network: {{ delay: 10ms }}
faults:
  dies: {{ before: {{ in: till, of: Buy, step: {dies_before} }}, crash: till, for: 100ms }}
"
    );
    let scenario = compile(&text).unwrap_or_else(|it| panic!("{it:#?}"));
    let (plan, settings) = (Arc::new(Plan::new(scenario)), vec![]);
    let experiment = Experiment { plan, settings, choices: Vec::new(), span: Span::from_secs(10) };
    let scores = scores(vec![experiment.run(1).unwrap()]);
    [Duplicate, Availability].map(|it| scores[0].of(it).mean)
}

#[test]
fn what_a_handler_did_before_it_died_is_done_again() {
    let take = "        - update: stock['mug']\n          set: { left: =row.left - 1 }";
    let take_all = "        - update: stock['mug']\n          set: { left: 0 }";
    let atomic = "        - atomic:
            - update: stock['mug']
              set: { left: =row.left - 1 }
            - decide: accepted
        - stop:";
    for (steps, dies_before, wanted) in [
        // Before it has done anything; between taking the mug and saying so; when it has said so, which the key knows.
        (take, "update", 0.0),
        (take, "decide", 1_000.0),
        (take, "end", 0.0),
        // The same once more changes nothing.
        (take_all, "decide", 0.0),
        (atomic, "atomic", 0.0),
        (atomic, "stop", 0.0),
    ] {
        let found = purchases(steps, dies_before);
        assert_eq!(found, [Some(wanted), Some(100.0)], "{steps}, before {dies_before}");
    }
}

/// Ana and Ben see the same house number 1, and put another one there, Ana at once, Ben so many milliseconds later.
/// Every link takes 10 ms, and rows come to the screens by push: who decides has Ana's at 10 ms, and Ben sees it at
/// 20 ms.
fn houses(interaction: &str, how: &str, (ben_at, ben_house): (u64, u64)) -> [Option<f64>; 2] {
    let client = |name: &str, at: u64, house: u64| {
        format!(
            "  {name}:
    people: [{name}-1]
    interaction: {interaction}
    screen:
      - form: Save
        fields: {{ customer: Smith, house: {house} }}
        about: {{ list: desk.customers, row: customer, needs: row.house > 0 }}
      - list: desk.customers
    habits:
      - at: {at}ms
        submit: Save
"
        )
    };
    let text = format!(
        "inflight: 1
title: House numbers
messages:
  Save: {{ kind: command, fields: {{ save: id, customer: text, house: int }} }}
channels:
  door: {{ kind: direct }}
services:
  desk:
    receives: [door]
    tables:
      customers: {{ key: customer, rows: [ {{ customer: Smith, house: 1, changes: 0 }} ] }}
    handles:
      Save:
        - update: customers[msg.customer]
          set: {{ changes: =row.changes + 1 }}
        - update: customers[msg.customer]
          set: {{ house: {how} }}
        - decide: accepted
clients:
{}{}network: {{ delay: 10ms }}
",
        client("ana", 0, 2),
        client("ben", ben_at, ben_house)
    );
    let scenario = compile(&text).unwrap_or_else(|it| panic!("{it:#?}"));
    let (plan, settings) = (Arc::new(Plan::new(scenario)), vec![]);
    let experiment = Experiment { plan, settings, choices: Vec::new(), span: Span::from_secs(10) };
    let scores = scores(vec![experiment.run(1).unwrap()]);
    assert_eq!(scores.iter().map(|it| it.intents).collect::<Vec<_>>(), [1, 1]);
    [0, 1].map(|it| scores[it].of(StaleDecision).mean)
}

#[test]
fn what_is_written_over_a_change_that_nobody_saw_is_a_stale_decision() {
    let of = |guard: &str| {
        format!("{{ send: once, claim: pending, learn: reply, read: any, guard: {guard} }}")
    };
    let (set, add) = ("=msg.house", "=row.house + msg.house");
    for (guard, how, ben, wanted) in [
        // Ben still sees 1, and his 3 takes the place of Ana's 2.
        ("none", set, (5, 3), 1_000.0),
        ("precheck", set, (5, 3), 1_000.0),
        ("accept", set, (5, 3), 1_000.0),
        // Both want the same: nothing of anybody's is gone.
        ("none", set, (5, 2), 0.0),
        // He has seen hers, and puts his own there all the same.
        ("none", set, (25, 3), 0.0),
        // So many more are right on any row.
        ("none", add, (5, 3), 0.0),
        // Refused, because the row is not as he saw it.
        ("version", set, (15, 3), 1_000.0),
        ("none", set, (15, 3), 1_000.0),
        ("version", set, (25, 3), 0.0),
        // He sends his change, and means it; he has looked again.
        ("merge", set, (5, 3), 0.0),
        ("reserve", set, (5, 3), 0.0),
    ] {
        let [ana, found] = houses(&of(guard), how, ben);
        assert_eq!((ana, found), (Some(0.0), Some(wanted)), "{guard}, {how}, {ben:?}");
    }
}

#[test]
fn a_receipt_is_feedback_and_pushed_outcomes_take_their_way() {
    let receipt =
        "{ send: once, key: true, claim: received, learn: reply, read: own-writes, guard: none }";
    check(
        &Small { interaction: receipt, ..Small::USUAL }.score(),
        &[
            // At the click it says that it is being sent.
            (Feedback, Some(0.0)),
            (Certainty, Some(0.120)),
            (FalseClaim, Some(0.0)),
            (Cost, Some(5.0)),
            (Availability, Some(100.0)),
        ],
    );
}
