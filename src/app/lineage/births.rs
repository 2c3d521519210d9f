//! How messages began, and what calls were answered: enough to go back from anything to what led to it.

use std::collections::VecDeque;

use super::told::Told;
use crate::world::{Record, What, Why};

/// How a message began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Birth {
    /// The number of the record that tells it.
    pub(super) number: u64,
    /// Where.
    pub(super) node: u32,
    /// Why.
    pub(super) why: Why,
    /// A worker has taken it up: it is not only an answer.
    started: bool,
}

/// A handler has heard the answer to a call, and goes on because of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    /// The message that is being handled.
    pub(super) message: u64,
    /// Where.
    pub(super) node: u32,
    /// The answer.
    pub(super) answer: u64,
    /// The number of the record that tells it.
    pub(super) number: u64,
}

/// The births of all messages of which the records are kept; messages are numbered in the order of their births.
#[derive(Clone, Debug, Default)]
pub(super) struct Births {
    all: VecDeque<Birth>,
    /// The first one's message.
    first: u64,
    /// In the order in which they were heard.
    answers: Vec<Answered>,
    /// Intents with the numbers of the records that tell of their clicks, in order.
    clicks: Vec<(u64, u64)>,
    /// Faults with the numbers of the records that tell of their strikes, in order.
    strikes: Vec<(u32, u64)>,
}

impl Births {
    /// Takes a record in. True when it tells of an answer.
    pub(super) fn take(&mut self, number: u64, record: &Record) -> Option<Answered> {
        match record.what {
            What::Begun { message, .. } => {
                if self.all.is_empty() {
                    self.first = message;
                }
                debug_assert_eq!(self.first + self.all.len() as u64, message, "law: in order");
                let Record { node, why, .. } = *record;
                self.all.push_back(Birth { number, node, why, started: false });
            }
            What::Started { message, .. } => {
                if let Some(it) = self.place(message) {
                    self.all[it].started = true;
                }
            }
            What::Handled { message, .. } => return self.answer(message, record.node, number),
            What::Submitted { intent, .. } => self.clicks.push((intent, number)),
            What::Fault { fault, on: true } => self.strikes.push((fault, number)),
            _ => {}
        }
        None
    }

    fn place(&self, message: u64) -> Option<usize> {
        let place = usize::try_from(message.checked_sub(self.first)?).ok()?;
        (place < self.all.len()).then_some(place)
    }

    /// How a message began, if that is kept.
    pub(super) fn get(&self, message: u64) -> Option<Birth> {
        self.place(message).map(|it| self.all[it])
    }

    /// A message that nobody has taken up is noted where a handler waits that has asked for it.
    fn answer(&mut self, answer: u64, node: u32, number: u64) -> Option<Answered> {
        let birth = self.get(answer).filter(|it| !it.started)?;
        let Why::Message(question) = birth.why else { return None };
        let asked = self.get(question).filter(|it| it.node == node && birth.node != node)?;
        let Why::Message(message) = asked.why else { return None };
        let answered = Answered { message, node, answer, number };
        self.answers.push(answered);
        Some(answered)
    }

    /// The answers that a handler had heard before a record.
    pub(super) fn answers(
        &self,
        message: u64,
        node: u32,
        before: u64,
    ) -> impl Iterator<Item = &Answered> {
        let end = self.answers.partition_point(|it| it.number < before);
        self.answers[..end].iter().filter(move |it| it.message == message && it.node == node)
    }

    /// The record that tells of an intent's click.
    pub(super) fn click(&self, intent: u64) -> Option<u64> {
        let place = self.clicks.binary_search_by_key(&intent, |it| it.0).ok()?;
        Some(self.clicks[place].1)
    }

    /// The record that tells of a fault's last strike before another record.
    pub(super) fn strike(&self, fault: u32, before: u64) -> Option<u64> {
        self.strikes.iter().rev().find(|it| it.0 == fault && it.1 < before).map(|it| it.1)
    }

    /// Forgets what the run has forgotten.
    pub(super) fn forget(&mut self, told: Told<'_>) {
        let first = told.first();
        while self.all.front().is_some_and(|it| it.number < first) {
            self.all.pop_front();
            self.first += 1;
        }
        if self.answers.first().is_some_and(|it| it.number < first) {
            self.answers.retain(|it| first <= it.number);
        }
        if self.clicks.first().is_some_and(|it| it.1 < first) {
            self.clicks.retain(|it| first <= it.1);
        }
    }
}
