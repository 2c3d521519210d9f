//! What each choice of the five axes means for the person at the screen, to the millisecond.

use inflight::base::Time;
use inflight::language::Value;
use inflight::sim::Engine;
use inflight::world::{Input, Outcome, Record, World};

use crate::rig::{engine, millis, world};

/// Ana and Ben take goods. Every link takes 10 ms; who decides works for 100 ms, and a wall hears of it a second later.
/// So at 20 ms there is a receipt, at 110 ms it is decided, at 120 ms an answer is there, at 1,140 ms the rows.
pub(crate) fn shop(interaction: &str) -> String {
    format!(
        "inflight: 1
title: A shop
summary: Two people, one shelf.
messages:
  Take: {{ kind: command, fields: {{ wish: id, item: text, count: int }} }}
  Taken: {{ kind: event, fields: {{ wish: id, item: text, count: int }} }}
  Denied: {{ kind: event, fields: {{ wish: id, reason: text }} }}
channels:
  door: {{ kind: direct }}
  news: {{ kind: topic, delay: 1s }}
services:
  judge:
    receives: [door]
    workers: 9
    tables:
      goods: {{ key: item, rows: [ {{ item: tea, left: 3 }} ] }}
      wishes: {{ key: wish, columns: {{ wish: id, count: int }} }}
    handles:
      Take:
        - wait: 100ms
        - if: goods[msg.item].left < msg.count
          then:
            - decide: refused
              reason: sold out
            - publish: Denied
              with: {{ wish: =msg.wish, reason: sold out }}
          else:
            - update: goods[msg.item]
              set: {{ left: =row.left - msg.count }}
            - upsert: wishes[msg.wish]
              set: {{ count: =msg.count }}
            - decide: accepted
            - publish: Taken
              with: {{ wish: =msg.wish, item: =msg.item, count: =msg.count }}
  wall:
    role: view
    receives: [news]
    tables:
      goods: {{ key: item, rows: [ {{ item: tea, left: 3 }} ], mirrors: judge.goods }}
      wishes: {{ key: wish, columns: {{ wish: id, count: int }}, mirrors: judge.wishes }}
    handles:
      Taken:
        - update: goods[msg.item]
          set: {{ left: =row.left - msg.count }}
        - upsert: wishes[msg.wish]
          set: {{ count: =msg.count }}
clients:
  guest:
    people: [Ana, Ben]
    interaction: {interaction}
    screen:
      - form: Take
        to: door
        fields: {{ item: tea, count: {{ min: 1, max: 9 }} }}
        outcome: {{ accepted: Taken, refused: Denied, by: wish }}
        about: {{ list: wall.goods, row: item, needs: row.left >= msg.count }}
      - list: wall.goods
      - list: wall.wishes
network: {{ delay: 10ms }}
"
    )
}

/// The axes, all of which must be said.
pub(crate) fn axes(send: &str, claim: &str, learn: &str, read: &str, guard: &str) -> String {
    let [send, claim, learn, read, guard] = [send, claim, learn, read, guard];
    format!(
        "{{ key: true, send: {send}, claim: {claim}, learn: {learn}, read: {read}, guard: {guard} }}"
    )
}

/// A run, and what the screens have said so far.
pub(crate) struct Story {
    pub(crate) engine: Engine<World>,
    records: Vec<Record>,
    said: Vec<(u64, String)>,
}

impl Story {
    pub(crate) fn of(text: &str) -> Self {
        let (engine, records) = engine(world(text, 1));
        Self { engine, records, said: Vec::new() }
    }

    /// Plays up to an instant, and listens.
    pub(crate) fn until(&mut self, at: u64) -> &mut Self {
        self.listen();
        while let Some(next) = self.engine.next_time().filter(|it| *it <= millis(at)) {
            self.engine.advance(next, 1, &mut self.records);
            self.listen();
        }
        self.engine.advance(millis(at), u64::MAX, &mut self.records);
        self
    }

    pub(crate) fn act(&mut self, input: Input) -> &mut Self {
        assert!(self.engine.system.accepts(&input));
        self.engine.steer(input, &mut self.records);
        self.listen();
        self
    }

    /// A person takes so many.
    pub(crate) fn take(&mut self, person: usize, count: i64) -> &mut Self {
        self.act(Input::Submit { person, item: 0, values: vec![(2, Value::Int(count))] })
    }

    fn listen(&mut self) {
        let at = self.engine.now().as_micros() / 1_000;
        let intents = self.engine.system.people.iter().flat_map(|it| &it.intents);
        for shown in intents {
            let words = format!("{}: {}", shown.name, shown.assertion.says().name());
            let name = format!("{}:", shown.name);
            let last = self.said.iter().rev().find(|it| it.1.starts_with(&name));
            if last.is_none_or(|it| it.1 != words) {
                self.said.push((at, words));
            }
        }
    }

    /// Holds what the screens have said against what they should have.
    #[track_caller]
    pub(crate) fn said(&self, wanted: &[(u64, &str)]) {
        let said: Vec<(u64, &str)> = self.said.iter().map(|it| (it.0, it.1.as_str())).collect();
        assert_eq!(said, wanted);
    }

    /// Holds the true outcomes, in order of the clicks, against what they should be.
    #[track_caller]
    pub(crate) fn truth(&self, wanted: &[Outcome]) {
        let mut all: Vec<_> = self.engine.system.truths.experiences().collect();
        all.sort_by_key(|it| it.since);
        assert_eq!(all.iter().map(|it| it.outcome).collect::<Vec<_>>(), wanted);
    }

    /// How many messages of this name have been sent.
    pub(crate) fn sent(&self, name: &str) -> u64 {
        let world = &self.engine.system;
        let place = world.plan.names.iter().position(|it| &**it == name).unwrap();
        world.books.accounts()[place].sent
    }

    /// What is left, as the authority knows it and as Ana's screen shows it.
    pub(crate) fn left(&self) -> [i64; 2] {
        let world = &self.engine.system;
        let of = |table: &inflight::language::Table| match table.rows().next().unwrap()[1] {
            Value::Int(left) => left,
            ref other => panic!("{other:?}"),
        };
        [of(&world.services[0].tables[0]), of(&world.people[0].lists[0].table)]
    }

    pub(crate) fn now(&self) -> Time {
        self.engine.now()
    }
}

use Outcome::{Accepted, AcceptedTwice, Apologized, Lost, Open, Refused, Undone};

#[test]
fn hold_waits_five_seconds_in_which_it_can_be_undone() {
    let text = shop(&axes("hold", "pending", "push", "any", "none"));
    let mut undone = Story::of(&text);
    undone.take(0, 1).until(4_999).act(Input::TakeBack(0, 1)).until(60_000);
    undone.said(&[(0, "Ana-1: pending"), (4_999, "Ana-1: undone")]);
    undone.truth(&[Undone]);
    assert_eq!((undone.sent("Take"), undone.left()), (0, [3, 3]));
    let mut late = Story::of(&text);
    late.take(0, 1).until(5_001).act(Input::TakeBack(0, 1)).until(60_000);
    late.said(&[(0, "Ana-1: pending"), (6_130, "Ana-1: accepted")]);
    late.truth(&[Accepted]);
}

#[test]
fn an_outbox_survives_being_offline_and_a_reload_and_nothing_else_does() {
    let night = |send: &str| {
        let mut story = Story::of(&shop(&axes(send, "pending", "push", "any", "none")));
        story.act(Input::Online(0, false)).take(0, 1).until(40_000).act(Input::Reload(0));
        story.until(60_000).act(Input::Online(0, true)).until(120_000);
        story
    };
    let kept = night("outbox");
    kept.said(&[(0, "Ana-1: pending"), (61_130, "Ana-1: accepted")]);
    kept.truth(&[Accepted]);
    let retried = night("retry");
    retried.said(&[(0, "Ana-1: pending"), (30_000, "Ana-1: unknown")]);
    retried.truth(&[Lost]);
    let once = night("once");
    once.said(&[(0, "Ana-1: not sent")]);
    once.truth(&[Lost]);
    // Of what is kept, nothing is sent before the device is back.
    assert_eq!([kept.sent("Take"), retried.sent("Take"), once.sent("Take")], [1, 4, 0]);
}

#[test]
fn what_an_outbox_keeps_can_be_taken_back_until_it_leaves() {
    let mut story = Story::of(&shop(&axes("outbox", "pending", "push", "any", "none")));
    story.act(Input::Online(0, false)).take(0, 1).until(30_000);
    story.truth(&[Open]);
    story.act(Input::TakeBack(0, 1)).act(Input::Online(0, true)).until(90_000);
    story.said(&[(0, "Ana-1: pending"), (30_000, "Ana-1: undone")]);
    story.truth(&[Undone]);
    assert_eq!(story.sent("Take"), 0);
}

#[test]
fn a_device_that_comes_back_asks_for_what_it_has_missed() {
    let mut story = Story::of(&shop(&axes("retry", "pending", "push", "any", "none")));
    story.take(0, 1).until(50).act(Input::Online(0, false)).until(5_000);
    assert_eq!(story.left(), [2, 3]);
    story.act(Input::Online(0, true)).until(6_000);
    assert_eq!(story.left(), [2, 2]);
    // The status is asked of the judge; nothing is kept there without being asked for beforehand, but a key is.
    story.said(&[(0, "Ana-1: pending"), (5_020, "Ana-1: accepted")]);
}

#[test]
fn polling_asks_after_a_second_and_doubles() {
    let mut story = Story::of(&shop(&axes("retry", "received", "poll", "any", "none")));
    story.take(0, 1).until(30_000);
    story.said(&[(0, "Ana-1: sending"), (20, "Ana-1: received"), (1_020, "Ana-1: accepted")]);
    assert_eq!(story.sent("status"), 1);
    let slow = shop(&axes("retry", "received", "poll", "any", "none")).replace("100ms", "20s");
    let mut slow = Story::of(&slow);
    slow.take(0, 1).until(60_000);
    // Asked at 1, 3, 7, 15 and 23 s.
    let wanted = [(0, "Ana-1: sending"), (20, "Ana-1: received"), (23_020, "Ana-1: accepted")];
    slow.said(&wanted);
    assert_eq!((slow.sent("status"), slow.sent("answer")), (5, 4));
}

#[test]
fn a_row_tells_of_acceptance_and_of_nothing_else() {
    let text = shop(&axes("retry", "pending", "view", "any", "none"));
    let mut story = Story::of(&text);
    story.take(0, 1).take(1, 3).until(60_000);
    let wanted = [(0, "Ana-1: pending"), (0, "Ben-1: pending"), (1_140, "Ana-1: accepted")];
    story.said(&wanted);
    story.truth(&[Accepted, Refused]);
    // A reload keeps what is kept where the list is.
    let mut again = Story::of(&text);
    again.take(0, 1).until(500).act(Input::Reload(0)).until(60_000);
    again.said(&[(0, "Ana-1: pending"), (1_140, "Ana-1: accepted")]);
    let mut pushed = Story::of(&shop(&axes("retry", "pending", "push", "any", "none")));
    pushed.take(0, 1).until(500).act(Input::Reload(0)).until(60_000);
    assert!(pushed.engine.system.people[0].intents.is_empty());
    pushed.truth(&[Accepted]);
}

#[test]
fn a_mail_takes_its_time_and_always_arrives() {
    let mut story = Story::of(&shop(&axes("once", "received", "message", "any", "none")));
    story.take(0, 1).until(1_000).act(Input::Online(0, false)).until(60_000);
    let wanted = [(0, "Ana-1: sending"), (20, "Ana-1: received"), (20_110, "Ana-1: accepted")];
    story.said(&wanted);
}

#[test]
fn a_pause_ends_as_if_it_were_so() {
    let mut story = Story::of(&shop(&axes("once", "pause", "view", "any", "none")));
    story.take(0, 9).until(60_000);
    story.said(&[(0, "Ana-1: waiting"), (2_000, "Ana-1: done")]);
    story.truth(&[Refused]);
}

#[test]
fn what_was_seen_is_held_against_the_row_also_after_waiting() {
    let mut story = Story::of(&shop(&axes("once", "block", "reply", "labelled", "version")));
    // Both wait at the judge at the same time: Ben's row has changed when he goes on.
    story.take(0, 1).until(50).take(1, 1).until(60_000);
    let wanted = [
        (0, "Ana-1: waiting"),
        (50, "Ben-1: waiting"),
        (120, "Ana-1: accepted"),
        (170, "Ben-1: refused"),
    ];
    story.said(&wanted);
    let reason = format!("{:?}", story.engine.system.people[1].intents[0].assertion);
    assert_eq!(reason, "Refused(\"left is 2, you saw 3\")");
    assert_eq!(story.left(), [2, 2]);
    // When the screen is fresh again, so is the decision.
    story.take(1, 1).until(70_000);
    story.truth(&[Accepted, Refused, Accepted]);
    // Who learns by push is told as well, although nobody publishes that.
    let mut pushed = Story::of(&shop(&axes("retry", "pending", "push", "any", "version")));
    pushed.take(0, 1).until(500).take(1, 1).until(60_000);
    assert!(pushed.said.contains(&(520, "Ben-1: refused".to_owned())), "{:?}", pushed.said);
}

#[test]
fn a_reserved_row_waits_for_its_person() {
    let mut story = Story::of(&shop(&axes("retry", "pending", "push", "any", "reserve")));
    story.take(0, 1).take(1, 1).until(60_000);
    // Asked at 0, kept at 10, sent at 20, decided at 130: then it is Ben's turn, at 140 + 10 + 100.
    story.truth(&[Accepted, Accepted]);
    let decided: Vec<_> = story
        .engine
        .system
        .truths
        .experiences()
        .map(|it| it.decided_at.unwrap().as_micros() / 1_000)
        .collect();
    assert_eq!(decided, [130, 250]);
    assert_eq!((story.sent("hold"), story.sent("held")), (2, 2));
    assert!(story.engine.system.services[0].holds.is_empty());
}

#[test]
fn a_row_that_is_kept_is_kept_from_others_and_not_for_ever() {
    let mut story = Story::of(&shop(&axes("retry", "pending", "push", "any", "reserve")));
    // Ana's answer gets lost with her connection: the row stays hers.
    story.take(0, 1).until(15).act(Input::Online(0, false)).until(100);
    let none = inflight::interaction::PRESETS[0].interaction;
    story.act(Input::Choose { client: 0, form: Some(0), interaction: none });
    story.take(1, 1).until(20_000).take(1, 1).until(32_000).take(1, 1).until(40_000);
    let of_ben: Vec<_> =
        story.said.iter().filter(|it| it.1.starts_with("Ben")).map(|it| it.1.as_str()).collect();
    let wanted = ["Ben-1: waiting", "Ben-1: refused", "Ben-2: waiting", "Ben-2: refused"];
    assert_eq!(of_ben[..4], wanted);
    assert_eq!(of_ben[4..], ["Ben-3: waiting", "Ben-3: accepted"]);
}

#[test]
fn who_looks_first_sends_nothing_that_cannot_work() {
    let mut story = Story::of(&shop(&axes("once", "pending", "push", "labelled", "precheck")));
    story.take(0, 4).until(10);
    story.said(&[(0, "Ana-1: refused")]);
    assert_eq!(story.sent("Take"), 0);
    // Ben's list does not know yet what Ana has taken: he is refused by the judge, and because of that.
    story.take(0, 3).until(500).take(1, 1).until(60_000);
    story.truth(&[Refused, Accepted, Refused]);
    let stale: Vec<bool> =
        story.engine.system.truths.experiences().map(|it| it.was_stale).collect();
    assert_eq!(stale.iter().filter(|it| **it).count(), 1);
}

#[test]
fn a_promise_is_the_truth_until_it_is_taken_back() {
    let mut story = Story::of(&shop(&axes("once", "done", "message", "any", "accept")));
    story.take(0, 4).until(60);
    let truth = story.engine.system.truths.get(1).unwrap();
    assert_eq!((truth.outcome(), truth.experience.is_false()), (Accepted, false));
    story.until(60_000);
    // Promised at 10 ms, decided at 110 ms; both mails take twenty seconds.
    let wanted = [(0, "Ana-1: done"), (20_010, "Ana-1: accepted"), (20_110, "Ana-1: taken back")];
    story.said(&wanted);
    story.truth(&[Apologized]);
    assert_eq!(story.left(), [3, 3]);
    let kept = story.take(0, 1).until(120_000);
    kept.truth(&[Apologized, Accepted]);
    assert_eq!(kept.sent("verdict"), 3);
}

#[test]
fn lists_come_from_where_they_are_trusted() {
    let shown_at = |read: &str, at: u64| {
        let mut story = Story::of(&shop(&axes("once", "done", "never", read, "none")));
        story.take(1, 1).until(at);
        (story.left()[1], story.sent("question"))
    };
    // The judge tells a primary list at 120 ms, the wall all others at 1,140 ms.
    assert_eq!((shown_at("primary", 119), shown_at("primary", 120)), ((3, 0), (2, 0)));
    assert_eq!((shown_at("labelled", 1_139), shown_at("labelled", 1_140)), ((3, 0), (2, 0)));
    // Two screens with two lists each ask when their rows are three seconds old. They came at 1,140 ms; the first rows
    // stood there from the start, but newer ones came before they were too old.
    let asked = [4_139, 4_140, 7_159, 7_160].map(|it| shown_at("bounded", it).1);
    assert_eq!((asked, shown_at("any", 60_000).1), ([0, 4, 4, 8], 0));
}

#[test]
fn a_lost_push_is_made_good_by_asking_again() {
    let deaf = shop(&axes("outbox", "pending", "push", "any", "none")).replace(
        "network: { delay: 10ms }",
        "network:\n  delay: 10ms\n  links:\n    - { from: broker, to: Ana, loss: 1 }",
    );
    let mut story = Story::of(&deaf);
    story.take(0, 1).until(60_000);
    // The second message, after two seconds, is a repetition: the judge tells its verdict again.
    story.truth(&[Accepted]);
    assert_eq!(story.sent("Take"), 2);
    assert_eq!(story.said.last().unwrap(), &(2_020, "Ana-1: accepted".to_owned()));
    assert_eq!(
        story.engine.system.truths.experiences().filter(|it| it.outcome == AcceptedTwice).count(),
        0
    );
    assert!(story.now() > Time::ZERO);
}
