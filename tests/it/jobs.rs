//! Long jobs: how far they are, as the screen hears it, and what asking for them to be dropped does. To the
//! millisecond.

use inflight::language::Value;
use inflight::world::{Input, Outcome};

use crate::patterns::Story;

/// Ana has a film rendered in four parts of a second each. Links take 10 ms.
fn studio(learn: &str, channel: &str, workers: u32) -> String {
    format!(
        "inflight: 1
title: A studio
summary: A job that takes its time.
messages:
  Render: {{ kind: command, fields: {{ film: id, scenes: int }} }}
  Rendered: {{ kind: event, fields: {{ film: id }} }}
channels:
  jobs: {{ kind: {channel} }}
  news: {{ kind: topic }}
services:
  studio:
    receives: [jobs]
    workers: {workers}
    tables:
      films: {{ key: film, columns: {{ film: id, scenes: int }} }}
    handles:
      Render:
        - for: part
          in: =[1, 2, 3, 4]
          do:
            - work: 1s
            - progress: =double(part) / 4.0
        - insert: films
          set: {{ film: =msg.film, scenes: =msg.scenes }}
        - decide: accepted
        - publish: Rendered
          with: {{ film: =msg.film }}
  archive:
    role: view
    receives: [news]
    tables:
      films: {{ key: film, columns: {{ film: id }}, mirrors: studio.films }}
    handles:
      Rendered:
        - upsert: films[msg.film]
          set: {{}}
clients:
  director:
    people: [Ana]
    interaction: {{ preset: accepted-then-push, learn: {learn} }}
    screen:
      - form: Render
        to: jobs
        fields: {{ scenes: {{ min: 1, max: 9 }} }}
        outcome: {{ accepted: Rendered, by: film }}
        cancel: true
      - list: archive.films
network: {{ delay: 10ms }}
"
    )
}

fn render(story: &mut Story) -> &mut Story {
    story.act(Input::Submit { person: 0, item: 0, values: vec![(1, Value::Int(3))] })
}

fn shown(story: &Story) -> Option<u16> {
    story.engine.system.people[0].intents[0].progress
}

fn films(story: &Story) -> usize {
    story.engine.system.services[0].tables[0].len()
}

#[test]
fn a_pushed_screen_hears_of_each_part_one_way_later() {
    for learn in ["push", "reply"] {
        let mut story = Story::of(&studio(learn, "direct", 1));
        render(&mut story).until(1_019);
        assert_eq!(shown(&story), None, "{learn}");
        for (at, share) in [(1_020, 250), (2_020, 500), (3_020, 750), (4_020, 1_000)] {
            assert_ne!(shown(story.until(at - 1)), Some(share), "{learn}");
            assert_eq!(shown(story.until(at)), Some(share), "{learn}");
        }
        story.until(60_000).truth(&[Outcome::Accepted]);
    }
}

#[test]
fn a_screen_that_asks_hears_what_is_true_when_the_question_arrives() {
    let mut story = Story::of(&studio("poll", "direct", 1));
    // It asks after 1, 3 and 7 s: at 1.01 s the first part is just done, at 3.01 s the third.
    render(&mut story).until(1_020);
    assert_eq!(shown(&story), Some(250));
    assert_eq!(shown(story.until(3_019)), Some(250));
    assert_eq!(shown(story.until(3_020)), Some(750));
    story.until(8_000);
    story.said(&[(0, "Ana-1: pending"), (7_020, "Ana-1: accepted")]);
}

#[test]
fn a_running_job_stops_where_it_stands_and_the_screen_says_so_when_it_is_so() {
    for channel in ["direct", "queue"] {
        let mut story = Story::of(&studio("push", channel, 1));
        render(&mut story).until(2_500).act(Input::Cancel(0, 1)).until(60_000);
        // There and back over one link, or over two of them and back over one.
        let at = if channel == "direct" { 2_520 } else { 2_530 };
        story.said(&[(0, "Ana-1: pending"), (at, "Ana-1: undone")]);
        story.truth(&[Outcome::Undone]);
        assert_eq!((films(&story), story.engine.system.services[0].cancelled), (0, 1));
    }
}

#[test]
fn a_job_that_waits_is_dropped_and_the_next_one_does_not_notice() {
    for channel in ["direct", "queue"] {
        let mut story = Story::of(&studio("push", channel, 1));
        render(&mut story).until(1);
        render(&mut story).until(2);
        render(&mut story).until(500).act(Input::Cancel(0, 2)).until(60_000);
        story.truth(&[Outcome::Accepted, Outcome::Undone, Outcome::Accepted]);
        assert_eq!(films(&story), 2, "{channel}");
    }
}

#[test]
fn asking_too_late_changes_nothing_and_the_screen_hears_what_is_true() {
    let mut story = Story::of(&studio("push", "direct", 1));
    // It is decided at 4,010 ms, and the request arrives at 4,015.
    render(&mut story).until(4_005).act(Input::Cancel(0, 1)).until(60_000);
    story.truth(&[Outcome::Accepted]);
    assert_eq!(films(&story), 1);
    assert!(story.engine.system.people[0].intents[0].cancelling);
    let last = story.engine.system.people[0].intents[0].assertion.says().name();
    assert_eq!(last, "accepted");
}

#[test]
fn what_cannot_be_cancelled_is_not() {
    let text = studio("push", "direct", 1).replace("        cancel: true\n", "");
    let mut story = Story::of(&text);
    render(&mut story).until(1_000).act(Input::Cancel(0, 1)).until(60_000);
    story.truth(&[Outcome::Accepted]);
    // Nor twice, nor what does not exist.
    let mut story = Story::of(&studio("push", "direct", 1));
    render(&mut story).until(1_000).act(Input::Cancel(0, 7)).act(Input::Cancel(0, 1));
    story.act(Input::Cancel(0, 1)).until(60_000).act(Input::Cancel(0, 1)).until(61_000);
    assert_eq!(story.sent("cancellation"), 1);
}

#[test]
fn a_progress_that_is_no_share_fails_the_handler() {
    let text = studio("push", "direct", 1).replace("=double(part) / 4.0", "=double(part) / 2.0");
    let mut story = Story::of(&text);
    render(&mut story).until(60_000);
    let trouble = &story.engine.system.troubles[0];
    assert!(trouble.reason.contains("expected a share from 0 to 1"), "{}", trouble.reason);
    story.truth(&[Outcome::Lost]);
}
