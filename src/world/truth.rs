//! The truth about every intent, derived from what happens to its messages and from the authority's verdicts.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Time;
use crate::service::NodeId;

/// What has truly become of an intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Still under way, or to be sent again.
    Open,
    /// The authority said yes.
    Accepted,
    /// The authority said yes more than once.
    AcceptedTwice,
    /// The authority said no.
    Refused,
    /// Handled, by services of which none decides.
    Handled,
    /// No copy of it exists any more, and nobody has decided.
    Lost,
}

impl Outcome {
    /// The outcome's name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::AcceptedTwice => "accepted_twice",
            Self::Refused => "refused",
            Self::Handled => "handled",
            Self::Lost => "lost",
        }
    }
}

/// The truth about one intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Its name for people.
    pub name: Arc<str>,
    /// Whose device.
    pub device: NodeId,
    /// The class of people.
    pub client: usize,
    /// The click.
    pub since: Time,
    /// When the authority first decided.
    pub decided_at: Option<Time>,
    /// What the screen says of it.
    pub asserted: &'static str,
    /// The screen said at some time that it is done or accepted.
    pub claimed_done: bool,
    copies: u32,
    accepted: u32,
    refused: u32,
    handled: u32,
    settled: bool,
}

impl Truth {
    /// What has become of it.
    pub const fn outcome(&self) -> Outcome {
        match (self.accepted, self.refused) {
            (0, 0) if self.copies > 0 || (self.handled == 0 && !self.settled) => Outcome::Open,
            (0, 0) if self.handled > 0 => Outcome::Handled,
            (0, 0) => Outcome::Lost,
            (0, _) => Outcome::Refused,
            (1, _) => Outcome::Accepted,
            _ => Outcome::AcceptedTwice,
        }
    }
}

/// How intents ended: the true outcome, whether the screen ever claimed success, and what it said last.
pub type Ending = (Outcome, bool, &'static str);

/// The truth about all intents: one entry for each that is not over, and counts of those that are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truths {
    open: BTreeMap<u64, Truth>,
    by_name: BTreeMap<Arc<str>, u64>,
    /// By class of people.
    closed: Vec<BTreeMap<Ending, u64>>,
}

impl Truths {
    pub(super) fn new(clients: usize) -> Self {
        Self { closed: vec![BTreeMap::new(); clients], ..Self::default() }
    }

    pub(super) fn begin(
        &mut self,
        id: u64,
        name: Arc<str>,
        device: NodeId,
        client: usize,
        since: Time,
    ) {
        self.by_name.insert(name.clone(), id);
        let truth = Truth {
            name,
            device,
            client,
            since,
            decided_at: None,
            asserted: "nothing",
            claimed_done: false,
            copies: 0,
            accepted: 0,
            refused: 0,
            handled: 0,
            settled: false,
        };
        self.open.insert(id, truth);
    }

    /// The truth about an intent that is not over.
    pub fn get(&self, intent: u64) -> Option<&Truth> {
        self.open.get(&intent)
    }

    /// The intent with this name, if it is not over.
    pub fn named(&self, name: &str) -> Option<u64> {
        self.by_name.get(name).copied()
    }

    /// The intents that are not over, oldest first.
    pub fn open(&self) -> impl Iterator<Item = (u64, &Truth)> {
        self.open.iter().map(|(id, truth)| (*id, truth))
    }

    /// How the intents of a class of people ended, those that are not over included as they stand.
    pub fn endings(&self, client: usize) -> BTreeMap<Ending, u64> {
        let mut endings = self.closed[client].clone();
        for truth in self.open.values().filter(|it| it.client == client) {
            *endings.entry((truth.outcome(), truth.claimed_done, truth.asserted)).or_default() += 1;
        }
        endings
    }

    pub(super) fn copy_begins(&mut self, intent: u64) {
        if let Some(truth) = self.open.get_mut(&intent) {
            truth.copies += 1;
        }
    }

    pub(super) fn copy_ends(&mut self, intent: u64, handled: bool) {
        if let Some(truth) = self.open.get_mut(&intent) {
            truth.copies -= 1;
            truth.handled += u32::from(handled);
        }
        self.close_if_over(intent);
    }

    pub(super) fn decide(&mut self, intent: u64, accepted: bool, now: Time) {
        if let Some(truth) = self.open.get_mut(&intent) {
            truth.decided_at.get_or_insert(now);
            truth.accepted += u32::from(accepted);
            truth.refused += u32::from(!accepted);
        }
    }

    pub(super) fn assert(&mut self, intent: u64, asserted: &'static str) {
        if let Some(truth) = self.open.get_mut(&intent) {
            truth.asserted = asserted;
            truth.claimed_done |= matches!(asserted, "done" | "accepted");
        }
    }

    pub(super) fn settle(&mut self, intent: u64) {
        if let Some(truth) = self.open.get_mut(&intent) {
            truth.settled = true;
        }
        self.close_if_over(intent);
    }

    /// An intent is over when its device is through with it and no copy of any of its messages is under way.
    fn close_if_over(&mut self, intent: u64) {
        let over = self.open.get(&intent).is_some_and(|it| it.settled && it.copies == 0);
        if over && let Some(truth) = self.open.remove(&intent) {
            self.by_name.remove(&truth.name);
            let ending = (truth.outcome(), truth.claimed_done, truth.asserted);
            *self.closed[truth.client].entry(ending).or_default() += 1;
        }
    }
}
