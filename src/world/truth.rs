//! The truth about every intent, derived from what happens to its messages and from the authority's verdicts.

use std::collections::VecDeque;

use super::experience::Experience;
use super::open::Open;
use crate::base::{Chunks, Map, Time};
use crate::client::{IntentName, Says};
use crate::service::NodeId;

/// Intents that are over of which the outcome can still be asked, at most: more than screens show.
const RECENT_MAX: usize = 256;
/// Intents of which it is kept what they were like, at least.
const EXPERIENCES_MAX: usize = 100_000;

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
    /// The authority said yes, could not keep that, and has apologized.
    Apologized,
    /// Taken back before it left the device, or dropped at the person's wish before anybody had decided.
    Undone,
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
            Self::Apologized => "apologized",
            Self::Undone => "undone",
        }
    }

    /// What the authority said, if it has.
    pub const fn verdict(self) -> Option<bool> {
        match self {
            Self::Accepted | Self::AcceptedTwice => Some(true),
            Self::Refused | Self::Apologized => Some(false),
            Self::Open | Self::Handled | Self::Lost | Self::Undone => None,
        }
    }
}

/// The truth about one intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Its name for people.
    pub name: IntentName,
    /// Whose device.
    pub device: NodeId,
    /// What it is like for the person.
    pub experience: Experience,
    /// The version of the authority that contains it.
    pub version: Option<(NodeId, u64)>,
    /// Copies of messages that serve it.
    copies: u32,
    /// News of it that is on its way to the screen.
    news: u32,
    accepted: u32,
    refused: u32,
    handled: u32,
    /// The authority has said yes before it looked.
    promised: bool,
    /// The device has not sent it: because the person has taken it back (`true`), or on its own account.
    kept: Option<bool>,
    settled: bool,
    /// The lists on its screen are still to be held against what it says.
    watched: bool,
}

impl Truth {
    /// Has the authority said anything?
    pub const fn is_decided(&self) -> bool {
        self.promised || self.accepted > 0 || self.refused > 0
    }

    /// What has become of it.
    pub const fn outcome(&self) -> Outcome {
        match self.kept {
            // A repetition may still have gone through.
            Some(true) if self.accepted == 0 => return Outcome::Undone,
            Some(false) => return Outcome::Refused,
            Some(true) | None => {}
        }
        match (self.accepted, self.refused) {
            (0, 0) if self.promised => Outcome::Accepted,
            (0, _) if self.promised => Outcome::Apologized,
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
pub type Ending = (Outcome, bool, Says);

/// How many intents ended in which way, in the order of the ways.
pub type Endings = Vec<(Ending, u64)>;

/// The truth about all intents: one entry for each that is not over, and counts of those that are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truths {
    open: Open,
    /// Kept only where events tell outcomes by the intent's name.
    by_name: Option<Map<String, u64>>,
    /// By class of people.
    closed: Vec<Endings>,
    /// What has become of those that are over, and their names, the latest last.
    recent: VecDeque<(u64, Outcome, IntentName)>,
    /// What those that are over were like.
    lived: Chunks<Experience>,
}

impl Truths {
    /// For so many classes of people; `named` when intents will be looked up by their names.
    pub(super) fn new(clients: usize, named: bool) -> Self {
        let by_name = named.then(Map::new);
        let closed = vec![Vec::new(); clients];
        let (recent, lived) = (VecDeque::new(), Chunks::new(EXPERIENCES_MAX));
        Self { open: Open::default(), by_name, closed, recent, lived }
    }

    pub(super) fn begin(
        &mut self,
        id: u64,
        name: IntentName,
        device: NodeId,
        experience: Experience,
    ) {
        if let Some(by_name) = &mut self.by_name {
            by_name.insert(name.to_string(), id);
        }
        let truth = Truth {
            name,
            device,
            experience,
            version: None,
            copies: 0,
            news: 0,
            accepted: 0,
            refused: 0,
            handled: 0,
            promised: false,
            kept: None,
            settled: false,
            watched: false,
        };
        self.open.push(id, truth);
    }

    /// The truth about an intent that is not over.
    pub fn get(&self, intent: u64) -> Option<&Truth> {
        self.open.entries[self.open.place(intent)?].1.as_ref()
    }

    /// What has become of an intent, unless that was long ago.
    pub fn outcome(&self, intent: u64) -> Option<Outcome> {
        let known = || Some(self.recent.iter().rev().find(|it| it.0 == intent)?.1);
        self.get(intent).map(Truth::outcome).or_else(known)
    }

    /// Its name for people, unless it was over long ago.
    pub fn name(&self, intent: u64) -> Option<&IntentName> {
        let known = || Some(&self.recent.iter().rev().find(|it| it.0 == intent)?.2);
        self.get(intent).map(|it| &it.name).or_else(known)
    }

    /// The intent with this name, if it is not over and an event can tell its outcome.
    pub fn named(&self, name: &str) -> Option<u64> {
        self.by_name.as_ref()?.get(name).copied()
    }

    /// The intents that are not over, oldest first.
    pub fn open(&self) -> impl Iterator<Item = (u64, &Truth)> {
        self.open.entries.iter().filter_map(|(id, truth)| Some((*id, truth.as_ref()?)))
    }

    /// How the intents of a class of people ended, those that are not over included as they stand.
    pub fn endings(&self, client: usize) -> Endings {
        let mut endings = self.closed[client].clone();
        for (_, truth) in self.open().filter(|it| it.1.experience.client == client) {
            count(&mut endings, &truth.experience);
        }
        endings
    }

    /// What all intents were like, those that are not over included as they stand. Of very many, the latest.
    pub fn experiences(&self) -> impl Iterator<Item = &Experience> {
        self.lived.iter().chain(self.open().map(|it| &it.1.experience))
    }

    /// How many intents are over of which is not known any more what they were like.
    pub const fn forgotten(&self) -> u64 {
        self.lived.forgotten()
    }

    pub(super) fn copy_begins(&mut self, intent: u64) {
        if let Some(truth) = self.open.get_mut(intent) {
            truth.copies += 1;
        }
    }

    pub(super) fn copy_ends(&mut self, intent: u64, handled: bool, now: Time) {
        self.change(intent, now, |truth| {
            truth.copies -= 1;
            truth.handled += u32::from(handled);
        });
    }

    pub(super) fn news_begins(&mut self, intent: u64) {
        if let Some(truth) = self.open.get_mut(intent) {
            truth.news += 1;
        }
    }

    pub(super) fn news_ends(&mut self, intent: u64, now: Time) {
        self.change(intent, now, |truth| truth.news -= 1);
    }

    /// The authority says yes before it has looked.
    pub(super) fn promise(&mut self, intent: u64, now: Time) {
        self.change(intent, now, |truth| {
            truth.experience.decided_at.get_or_insert(now);
            truth.promised = true;
        });
    }

    /// The device does not send it: because the person has taken it back, or on its own account.
    pub(super) fn keep(&mut self, intent: u64, undone: bool, now: Time) {
        self.change(intent, now, |truth| truth.kept = Some(undone));
    }

    /// Something else is so for the person, unless the intent is over.
    pub(super) fn lived(&mut self, intent: u64, note: impl FnOnce(&mut Experience)) {
        if let Some(truth) = self.open.get_mut(intent) {
            note(&mut truth.experience);
        }
    }

    /// The authority decides; `version` is the one that contains it.
    pub(super) fn decide(
        &mut self,
        intent: u64,
        accepted: bool,
        version: (NodeId, u64),
        now: Time,
    ) {
        self.change(intent, now, |truth| {
            truth.experience.decided_at.get_or_insert(now);
            truth.accepted += u32::from(accepted);
            truth.refused += u32::from(!accepted);
            truth.experience.applied *= u32::from(accepted);
            if accepted {
                truth.version.get_or_insert(version);
            }
        });
    }

    /// The lists on the screen are still to be held against what it says.
    pub(super) fn watch(&mut self, intent: u64) {
        if let Some(truth) = self.open.get_mut(intent) {
            truth.watched = true;
        }
    }

    /// They have been. `lacks`: one lacks what it says is so, and is so.
    pub(super) fn note_lists(&mut self, intent: u64, lacks: bool, now: Time) {
        self.change(intent, now, |truth| {
            truth.watched = false;
            truth.experience.unread |= lacks;
        });
    }

    pub(super) fn settle(&mut self, intent: u64, now: Time) {
        self.change(intent, now, |truth| truth.settled = true);
    }

    /// Changes the truth about an intent, unless it is over: that is, its device is through with it and no copy of any
    /// of its messages is under way, nor any news of it.
    fn change(&mut self, intent: u64, now: Time, change: impl FnOnce(&mut Truth)) {
        let Some(place) = self.open.place(intent) else { return };
        let Some(truth) = &mut self.open.entries[place].1 else { return };
        change(truth);
        truth.experience.becomes(truth.outcome(), now);
        if !truth.settled || truth.watched || truth.copies > 0 || truth.news > 0 {
            return;
        }
        let Some(truth) = self.open.take(place) else { return };
        if let Some(by_name) = &mut self.by_name {
            by_name.remove(&truth.name.to_string());
        }
        count(&mut self.closed[truth.experience.client], &truth.experience);
        if self.recent.len() == RECENT_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back((intent, truth.experience.outcome, truth.name));
        self.lived.push(truth.experience);
    }
}

fn count(endings: &mut Endings, it: &Experience) {
    let ending = (it.outcome, it.claimed, it.says);
    match endings.binary_search_by_key(&ending, |it| it.0) {
        Ok(place) => endings[place].1 += 1,
        Err(place) => endings.insert(place, (ending, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;
    use crate::interaction::PRESETS;

    #[test]
    fn intents_are_found_in_whatever_order_they_end() {
        let mut stream = Stream::new(5, &["truths"]);
        let (mut truths, mut model) = (Truths::new(1, true), std::collections::BTreeMap::new());
        for id in 1..3_000_u64 {
            let name = IntentName { person: "Ana".into(), number: id };
            let experience = Experience::new((0, 0), PRESETS[0].interaction, false, Time::ZERO);
            truths.begin(id, name.clone(), 0, experience);
            model.insert(id, name.to_string());
            while stream.chance(0.5) && !model.is_empty() {
                let place = usize::try_from(stream.int(0, i64::try_from(model.len()).unwrap() - 1))
                    .unwrap();
                let (id, name) = model.iter().nth(place).map(|it| (*it.0, it.1.clone())).unwrap();
                assert_eq!(truths.named(&name), Some(id));
                truths.settle(id, Time::ZERO);
                assert_eq!((truths.get(id), truths.named(&name)), (None, None));
                assert_eq!(truths.name(id).map(ToString::to_string), Some(name), "it is kept");
                model.remove(&id);
            }
            assert!(truths.open.entries.len() <= 2 * model.len() + 1, "gaps are closed");
            assert!(truths.open().map(|it| it.0).eq(model.keys().copied()));
        }
    }
}
