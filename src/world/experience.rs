//! What forming an intent was like for the person at the screen: the raw material of the scorecard.
//!
//! It is told what the screen says and what the truth is, at the instants at which either changes, and holds the one
//! against the other. It asks nobody and changes nothing.

use super::truth::Outcome;
use crate::base::{Span, Time};
use crate::client::Says;
use crate::interaction::Interaction;
use crate::language::scenario::ClientId;

/// One intent, as the person lived it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and any of them may hold with any other"
)]
pub struct Experience {
    /// The class of people.
    pub client: ClientId,
    /// Which item of the screen it was formed with.
    pub form: usize,
    /// How it was handled: the choices as they were at the click.
    pub interaction: Interaction,
    /// The click.
    pub since: Time,
    /// What has truly become of it.
    pub outcome: Outcome,
    /// What the screen says of it.
    pub says: Says,
    /// When the authority first decided.
    pub decided_at: Option<Time>,
    /// When the screen first said anything, a frozen form not counted.
    pub first_word: Option<Time>,
    /// From when on the screen says what is true. It may begin anew.
    pub certain_since: Option<Time>,
    /// The screen said at some time that it is so.
    pub claimed: bool,
    /// The screen took back that it is so.
    pub retracted: bool,
    /// The screen gave it up at some time, or said that it was refused.
    pub failed: bool,
    /// At the click, a list on the screen differed from the authority's.
    pub was_stale: bool,
    /// How often a handler that decides on it has changed something, without refusing it.
    pub applied: u32,
    /// What it says was written over what somebody else had changed, and the screen had not shown.
    pub overwrote: bool,
    /// The screen said that it is so, it was so, and a list on the screen lacked it.
    pub unread: bool,
    /// For how long the person could not go on, up to `blocked_since`.
    blocked: Span,
    blocked_since: Option<Time>,
    /// For how long the screen asserted what was not true, up to `false_since`.
    falsehood: Span,
    false_since: Option<Time>,
}

impl Experience {
    /// A click: nothing has been said yet, and nothing is decided.
    pub(super) fn new(
        (client, form): (ClientId, usize),
        interaction: Interaction,
        was_stale: bool,
        now: Time,
    ) -> Self {
        Self {
            client,
            form,
            interaction,
            since: now,
            outcome: Outcome::Open,
            says: Says::Nothing,
            decided_at: None,
            first_word: None,
            certain_since: None,
            claimed: false,
            retracted: false,
            failed: false,
            was_stale,
            applied: 0,
            overwrote: false,
            unread: false,
            blocked: Span::ZERO,
            blocked_since: None,
            falsehood: Span::ZERO,
            false_since: None,
        }
    }

    /// The screen says something else.
    pub(super) fn says(&mut self, says: Says, now: Time) {
        self.says = says;
        if !matches!(says, Says::Nothing | Says::Waiting) {
            self.first_word.get_or_insert(now);
        }
        self.claimed |= says.outcome() == Some(true);
        self.retracted |= says == Says::TakenBack;
        self.failed |= says.is_bad_news();
        let is_blocked = says == Says::Waiting;
        turn(&mut self.blocked_since, &mut self.blocked, is_blocked, now);
        self.compare(now);
    }

    /// The truth is another.
    pub(super) fn becomes(&mut self, outcome: Outcome, now: Time) {
        if outcome != self.outcome {
            self.outcome = outcome;
            self.compare(now);
        }
    }

    fn compare(&mut self, now: Time) {
        let truth = self.outcome.verdict();
        let said = self.says.outcome();
        let is_false = is_false(self.says, self.outcome);
        turn(&mut self.false_since, &mut self.falsehood, is_false, now);
        let is_certain = said.is_some() && said == truth;
        self.certain_since = is_certain.then(|| self.certain_since.unwrap_or(now));
    }

    /// Was it accepted, and applied more than once? A handler that died half-way has applied it, too.
    pub fn was_applied_again(&self) -> bool {
        match self.outcome {
            Outcome::AcceptedTwice => true,
            Outcome::Accepted => self.applied > 1,
            _ => false,
        }
    }

    /// Was it refused, or done wrongly, because what the screen showed was out of date?
    pub fn was_decided_stale(&self) -> bool {
        match self.outcome.verdict() {
            Some(true) => self.overwrote,
            Some(false) => self.was_stale,
            None => false,
        }
    }

    /// From the click to the first word, if there was one.
    pub fn feedback(&self) -> Option<Span> {
        Some(self.first_word?.since(self.since))
    }

    /// From the click to the instant from which the screen says what is true, and goes on saying it.
    pub fn certainty(&self) -> Option<Span> {
        Some(self.certain_since?.since(self.since))
    }

    /// For how long the person could not go on, up to now.
    pub fn blocked(&self, now: Time) -> Span {
        self.blocked + self.blocked_since.map_or(Span::ZERO, |it| now.since(it))
    }

    /// For how long the screen asserted what was not true, up to now. A false claim that nobody takes back stays false.
    pub fn falsehood(&self, now: Time) -> Span {
        self.falsehood + self.false_since.map_or(Span::ZERO, |it| now.since(it))
    }

    /// Does the screen assert what is not true?
    pub const fn is_false(&self) -> bool {
        self.false_since.is_some()
    }
}

/// Is it not true what a screen says of an intent? Where nobody decides, nothing that is said can be wrong.
pub fn is_false(says: Says, outcome: Outcome) -> bool {
    let said = says.outcome();
    said.is_some() && said != outcome.verdict() && outcome != Outcome::Handled
}

/// Something begins, goes on or ends: its length so far is added up when it ends.
fn turn(since: &mut Option<Time>, length: &mut Span, on: bool, now: Time) {
    match (*since, on) {
        (None, true) => *since = Some(now),
        (Some(began), false) => {
            *length = *length + now.since(began);
            *since = None;
        }
        _ => {}
    }
}
