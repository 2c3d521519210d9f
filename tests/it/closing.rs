//! Closing a page and opening it again: what survives is what the choices say.

use inflight::world::{Input, Outcome};

use crate::patterns::{Story, axes, shop};

/// Ana takes one, closes the page 5 ms later, and comes back after a minute. By then it has long been decided.
fn back_after_a_minute(send: &str, learn: &str) -> Story {
    let mut story = Story::of(&shop(&axes(send, "pending", learn, "any", "none")));
    story.take(0, 1).until(5).act(Input::Open(0, false)).until(60_000);
    story.act(Input::Open(0, true)).until(120_000);
    story
}

#[test]
fn only_what_is_kept_is_there_again() {
    let kept = back_after_a_minute("outbox", "push");
    kept.truth(&[Outcome::Accepted]);
    // It is sent again, and recognized: 10 ms there, 10 ms back.
    kept.said(&[(0, "Ana-1: pending"), (60_020, "Ana-1: accepted")]);
    assert_eq!(kept.sent("Take"), 2);
    for send in ["once", "retry"] {
        let gone = back_after_a_minute(send, "push");
        gone.truth(&[Outcome::Accepted]);
        gone.said(&[(0, "Ana-1: pending")]);
        assert!(gone.engine.system.people[0].intents.is_empty(), "{send}");
        // Nothing is sent from a closed page.
        assert_eq!(gone.sent("Take"), 1, "{send}");
    }
}

#[test]
fn what_has_been_received_is_asked_for_again_when_its_number_is_in_the_address() {
    let mut story = Story::of(&shop(&axes("retry", "received", "poll", "any", "none")));
    // The receipt is there after 20 ms.
    story.take(0, 1).until(50).act(Input::Open(0, false)).until(60_000);
    assert_eq!(story.sent("status"), 0, "a closed page asks nothing");
    story.act(Input::Open(0, true)).until(61_000);
    story.said(&[(0, "Ana-1: sending"), (20, "Ana-1: received"), (60_020, "Ana-1: accepted")]);
    story.truth(&[Outcome::Accepted]);
}

#[test]
fn a_closed_page_shows_no_news_and_takes_no_wishes_until_it_is_open_again() {
    let mut story = Story::of(&shop(&axes("retry", "pending", "push", "any", "none")));
    story.act(Input::Open(0, false)).take(0, 1).act(Input::Submit {
        person: 1,
        item: 0,
        values: Vec::new(),
    });
    story.until(30_000);
    assert_eq!(story.engine.system.people[0].intents.len(), 0);
    assert_eq!(story.left(), [2, 3], "Ben has taken one, and Ana's page does not know");
    story.act(Input::Open(0, true)).until(31_000);
    assert_eq!(story.left(), [2, 2]);
    story.take(0, 1).until(40_000);
    assert_eq!(story.left()[0], 1);
}

#[test]
fn a_page_that_is_opened_where_there_is_no_network_stays_offline() {
    let mut story = Story::of(&shop(&axes("outbox", "pending", "push", "any", "none")));
    story.act(Input::Online(0, false)).take(0, 1).until(1_000);
    story.act(Input::Open(0, false)).until(2_000).act(Input::Open(0, true)).until(50_000);
    story.truth(&[Outcome::Open]);
    assert_eq!(story.sent("Take"), 0);
    story.act(Input::Online(0, true)).until(60_000);
    story.truth(&[Outcome::Accepted]);
}
