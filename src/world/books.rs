//! The books: what has become of every copy of every message.
//!
//! **Law of conservation:** at every instant, for every name, sent = handled + lost + dead-lettered + cancelled +
//! in flight. A copy begins when it is sent; an event for three readers is one copy on its way to the topic and three
//! from there.

/// The account of the messages of one name, counted in copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Copies that began.
    pub sent: u64,
    /// Copies that reached their goal.
    pub handled: u64,
    /// Copies that got lost.
    pub lost: u64,
    /// Copies that became dead letters.
    pub dead_lettered: u64,
    /// Copies that their sender took back, or gave up as their caller.
    pub cancelled: u64,
}

impl Account {
    /// Copies that have begun and not ended.
    pub const fn in_flight(&self) -> u64 {
        self.sent - self.handled - self.lost - self.dead_lettered - self.cancelled
    }

    fn add(&mut self, other: &Self) {
        self.sent += other.sent;
        self.handled += other.handled;
        self.lost += other.lost;
        self.dead_lettered += other.dead_lettered;
        self.cancelled += other.cancelled;
    }
}

/// How a copy ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Handled,
    Lost,
    DeadLettered,
    Cancelled,
}

/// One account for each name of a message, the scenario's own first, then the built-in ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Books {
    accounts: Vec<Account>,
    in_flight: u64,
}

impl Books {
    pub(super) fn new(names: usize) -> Self {
        Self { accounts: vec![Account::default(); names], in_flight: 0 }
    }

    pub(super) fn begin(&mut self, name: usize) {
        self.accounts[name].sent += 1;
        self.in_flight += 1;
    }

    pub(super) fn end(&mut self, name: usize, end: End) {
        let account = &mut self.accounts[name];
        match end {
            End::Handled => account.handled += 1,
            End::Lost => account.lost += 1,
            End::DeadLettered => account.dead_lettered += 1,
            End::Cancelled => account.cancelled += 1,
        }
        assert!(self.in_flight > 0, "law: only what has begun can end");
        self.in_flight -= 1;
    }

    /// The accounts by name.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// All accounts together.
    pub fn total(&self) -> Account {
        let mut total = Account::default();
        self.accounts.iter().for_each(|it| total.add(it));
        total
    }

    /// Copies under way, of all names.
    pub const fn in_flight(&self) -> u64 {
        self.in_flight
    }
}
