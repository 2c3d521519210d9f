//! How long the lists on screens have differed from what they are about: the tables of those who decide.
//!
//! A screen cannot know that; it is measured from outside, at the instants at which either side changes.

use super::plan::NodeKind;
use super::state::World;
use crate::base::{Span, Time};
use crate::language::scenario::ClientId;
use crate::service::ListAddress;

/// Stretches of staleness of which the lengths are kept, at least, for each class of people.
pub(super) const STRETCHES_MAX: usize = 20_000;

impl World {
    /// Compares the lists on all screens whose authority has changed in this reaction.
    pub(super) fn compare_screens(&mut self, now: Time) {
        let plan = self.plan.clone();
        for index in 0..self.changed.len() {
            let ListAddress { service, table } = self.changed[index].0;
            for (person, list) in &plan.audience[service][table] {
                self.compare_list(*person, *list, now);
            }
        }
    }

    /// Compares the lists on one screen, to which rows have come.
    pub(super) fn compare_screen(&mut self, person: usize, now: Time) {
        for list in 0..self.people[person].lists.len() {
            self.compare_list(person, list, now);
        }
    }

    fn compare_list(&mut self, person: usize, list: usize, now: Time) {
        let device = &self.people[person];
        let client = device.client;
        let Some(address) = self.list_address(client, device.lists[list].item) else { return };
        let ListAddress { service, table } = self.plan.authority(address);
        let is_stale =
            !device.lists[list].table.agrees_with(self.services[service].table(0, table));
        let shown = &mut self.people[person].lists[list];
        match shown.stale_since {
            None if is_stale => shown.stale_since = Some(now),
            Some(since) if !is_stale => {
                shown.stale_since = None;
                self.stretches[client].push(now.since(since));
            }
            _ => {}
        }
    }

    /// For how long lists on the screens of a class of people have differed from the authority's: a length for each
    /// stretch of time, those that still last included.
    pub fn stretches(&self, client: ClientId, now: Time) -> impl Iterator<Item = Span> {
        let people = self.people.iter().filter(move |it| it.client == client);
        let open = people.flat_map(|it| it.lists.iter().filter_map(|it| it.stale_since));
        self.stretches[client].iter().copied().chain(open.map(move |it| now.since(it)))
    }

    /// A screen may have begun to say that an intent is so, which is so: its lists are judged when this instant is
    /// over. Rows that come with the verdict are in time.
    pub(super) fn will_look_for_own(&mut self, intent: u64, now: Time) {
        let Some(truth) = self.truths.get(intent) else { return };
        if truth.experience.says.outcome() == Some(true) && truth.version.is_some() {
            self.claimed.push((intent, now));
            self.truths.watch(intent);
        }
    }

    /// Notes whether a list on a screen lacks what the screen says is so, and is so, since an earlier instant.
    pub(super) fn look_for_own(&mut self, now: Time) {
        if self.claimed.first().is_some_and(|it| it.1 < now) {
            for (intent, since) in std::mem::take(&mut self.claimed) {
                let lacks = self.lacks_own(intent);
                self.truths.note_lists(intent, lacks, since);
            }
        }
    }

    fn lacks_own(&self, intent: u64) -> bool {
        let Some(truth) = self.truths.get(intent) else { return false };
        let (Some(true), Some((decider, version))) =
            (truth.experience.says.outcome(), truth.version)
        else {
            return false;
        };
        let NodeKind::Person { person, client } = self.plan.nodes[truth.device].kind else {
            return false;
        };
        self.people[person].lists.iter().any(|list| {
            let address = self.list_address(client, list.item);
            address.is_some_and(|it| self.plan.authority(it).service == decider)
                && list.version < version
        })
    }
}
