//! The processes of a service: each has an inbox and workers of its own, which a crash takes. What they share is
//! the service's: its tables, its verdicts, what was done once.

use std::ops::Range;

use super::breaker::{CallMemory, Place};
use super::envelope::Envelope;
use super::inbox::Inbox;
use super::machine::{Inboxed, Running, Service};
use super::memory::Memory;
use crate::base::{Map, Time};

/// A process of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// Is the process there? A crashed one takes nothing and does nothing.
    pub up: bool,
    /// Does it do what it does at its start? Messages wait until that is over.
    pub starting: bool,
    /// How often it has crashed.
    pub crashes: u64,
    /// Messages that wait for a worker. Lost in a crash.
    pub inbox: Inbox,
    /// Handlers that wait without a worker. Lost in a crash.
    pub aside: Vec<Running>,
    /// Its own tables. Lost in a crash.
    pub(super) memory: Memory,
    /// What is remembered of calls. Lost in a crash.
    pub calls: Map<Place, CallMemory>,
}

impl Default for Instance {
    fn default() -> Self {
        Self {
            up: true,
            starting: false,
            crashes: 0,
            inbox: Inbox::default(),
            aside: Vec::new(),
            memory: Memory::new(),
            calls: Map::new(),
        }
    }
}

impl Service {
    /// Is any of its processes there?
    pub fn is_up(&self) -> bool {
        self.instances.iter().any(|it| it.up)
    }

    /// How often its processes have crashed.
    pub fn crashes(&self) -> u64 {
        self.instances.iter().map(|it| it.crashes).sum()
    }

    /// The messages that wait for a worker.
    pub fn inbox(&self) -> impl Iterator<Item = &Inboxed> {
        self.instances.iter().flat_map(|it| it.inbox.iter())
    }

    /// The workers of an instance: indices into [`Self::workers`].
    pub fn workers_of(&self, instance: usize) -> Range<usize> {
        let each = self.workers.len() / self.instances.len();
        instance * each..(instance + 1) * each
    }

    /// The instance that a worker belongs to.
    pub fn instance_of(&self, worker: usize) -> usize {
        worker * self.instances.len() / self.workers.len()
    }

    /// The instance whose turn it is to take what may go to any of them; only those that are there take turns.
    pub fn take_turn(&mut self) -> Option<usize> {
        let count = self.instances.len();
        let turns = (0..count).map(|it| (self.turn + it) % count);
        let instance = turns.into_iter().find(|it| self.instances[*it].up)?;
        self.turn = (instance + 1) % count;
        Some(instance)
    }

    /// The process dies. What was only in its memory is returned: messages in the inbox, and those that a
    /// worker had taken up (marked by `true`).
    pub fn crash(&mut self, instance: usize, now: Time) -> Vec<(Inboxed, bool)> {
        self.count_busy(now);
        let workers = self.workers_of(instance);
        let aside = std::mem::take(&mut self.instances[instance].aside);
        let running = self.workers[workers].iter_mut().filter_map(Option::take).chain(aside);
        let mut dropped: Vec<(Inboxed, bool)> = running
            .map(|it| (Inboxed { envelope: it.envelope, delivery: it.delivery }, true))
            .collect();
        let it = &mut self.instances[instance];
        it.up = false;
        it.crashes += 1;
        it.calls.clear();
        dropped.extend(it.inbox.drain().map(|it| (it, false)));
        dropped
    }

    /// The process comes back, with nothing in its memory. Returns what the service had sent to itself that came due
    /// while no process was there.
    pub fn restart(&mut self, instance: usize) -> Vec<Box<Envelope>> {
        self.instances[instance].up = true;
        std::mem::take(&mut self.overdue)
    }
}
