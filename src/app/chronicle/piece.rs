//! The things of which a chronicle consists: each begins, and ends once.

use crate::base::Time;
use crate::client::Says;

/// The end of what has not ended.
pub const STILL: Time = Time::MAX;

/// A message's way from one node to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trip {
    /// Which message.
    pub message: u64,
    /// When it left.
    pub departed: Time,
    /// When it arrives, or would have.
    pub arrives: Time,
    /// When it arrives, or got lost.
    pub ends: Time,
    /// The message's name.
    pub name: u32,
    /// The lane that it leaves.
    pub from: u16,
    /// The lane to which it goes.
    pub to: u16,
    /// It got lost.
    pub lost: bool,
}

/// A handler at work, or waiting without a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The message that is handled.
    pub message: u64,
    /// When it began.
    pub since: Time,
    /// When it ended.
    pub until: Time,
    /// The message's name.
    pub name: u32,
    /// The worker.
    pub worker: u32,
    /// The service's lane.
    pub lane: u16,
    /// It waits, and has no worker.
    pub aside: bool,
    /// It ended without success.
    pub failed: bool,
}

/// What a screen says of an intent, as long as it says the same and that stands the same to the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which intent.
    pub intent: u64,
    /// From when on.
    pub since: Time,
    /// Until when; for ever if nobody takes a false claim back.
    pub until: Time,
    /// The person's lane.
    pub lane: u16,
    /// What it says.
    pub says: Says,
    /// It is not true.
    pub is_false: bool,
}

/// What is wrong with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No process is there.
    Down,
    /// Its service is paused.
    Paused,
    /// Its service is slow.
    Slow,
    /// It does not reach some others.
    Cut,
    /// The device reaches nobody.
    Offline,
}

/// A time in which something is wrong with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shade {
    /// From when on.
    pub since: Time,
    /// Until when.
    pub until: Time,
    /// The node's lane.
    pub lane: u16,
    /// What.
    pub trouble: Trouble,
}

/// A time in which nothing happened: no message was in the air, and nobody worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// From when on.
    pub from: Time,
    /// Until when.
    pub to: Time,
}
