//! Counts what one run says, and puts the counts of several runs together.

use super::measure::Measure;
use super::statistics::{Figures, NEVER};
use crate::base::{Span, Time};
use crate::interaction::{Claim, Interaction};
use crate::language::scenario::ClientId;
use crate::world::{Experience, Outcome, World};

/// What one run says about the intents of one class of people that were handled in one way.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The class.
    pub client: ClientId,
    /// How they were handled.
    pub interaction: Interaction,
    /// How many.
    pub intents: u64,
    /// By measure, feedback to false claim: a length for each intent.
    lengths: [Vec<Span>; 4],
    /// By measure, retraction to own writes: to how many intents it happened.
    counts: [u64; 6],
    /// Intents of which the truth was told in time.
    in_time: u64,
    /// Of the whole class: how often rows came, and how often older ones than before.
    reads: (u64, u64),
    /// Of the whole class: how long lists were out of date, and for how long they were watched.
    stale: (Vec<Span>, Span),
    /// Of the whole run: messages that were sent, and intents that were formed.
    sent: (u64, u64),
}

impl Tally {
    fn new(world: &World, client: ClientId, interaction: Interaction, now: Time) -> Self {
        let people = || world.people.iter().filter(|it| it.client == client);
        let lists: usize = people().map(|it| it.lists.len()).sum();
        let watched = now.since(Time::ZERO).as_micros().saturating_mul(lists as u64);
        Self {
            client,
            interaction,
            intents: 0,
            lengths: Default::default(),
            counts: [0; 6],
            in_time: 0,
            reads: people().fold((0, 0), |sum, it| (sum.0 + it.reads, sum.1 + it.returns)),
            stale: (world.stretches(client, now).collect(), Span::from_micros(watched)),
            sent: (world.books.total().sent, world.truths.experiences().count() as u64),
        }
    }

    fn add(&mut self, it: &Experience, now: Time) {
        self.intents += 1;
        let certainty = it.certainty();
        let lengths = [
            it.feedback().unwrap_or(NEVER),
            it.blocked(now),
            certainty.unwrap_or(NEVER),
            it.falsehood(now),
        ];
        self.lengths.iter_mut().zip(lengths).for_each(|(all, it)| all.push(it));
        let happened = [
            it.retracted,
            it.outcome == Outcome::Lost && !it.says.is_bad_news(),
            it.failed && it.outcome.verdict() == Some(true),
            it.was_applied_again(),
            it.was_decided_stale(),
            it.unread,
        ];
        self.counts.iter_mut().zip(happened).for_each(|(count, it)| *count += u64::from(it));
        self.in_time += u64::from(certainty.is_some_and(|it| it <= Claim::PATIENCE));
    }

    /// What is read on the screens, as it was at an earlier instant of the same run.
    pub(super) fn read_at(&mut self, earlier: &[Self]) {
        if let Some(before) = earlier.iter().find(|it| it.client == self.client) {
            self.reads = before.reads;
            self.stale.clone_from(&before.stale);
        }
    }
}

/// A tally for each class of people and each interaction that was in use, in the order of the text; a class of which
/// nobody has formed an intent has one, too.
pub fn tallies(world: &World, now: Time) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    let begin = |tallies: &mut Vec<Tally>, client, interaction| {
        let place = tallies.partition_point(|it| it.client <= client);
        tallies.insert(place, Tally::new(world, client, interaction, now));
        place
    };
    for it in world.truths.experiences() {
        let of = |tally: &Tally| (tally.client, tally.interaction) == (it.client, it.interaction);
        let place = tallies.iter().position(of);
        let place = place.unwrap_or_else(|| begin(&mut tallies, it.client, it.interaction));
        tallies[place].add(it, now);
    }
    for client in 0..world.plan.scenario.clients.len() {
        if tallies.iter().all(|it| it.client != client) {
            begin(&mut tallies, client, world.interaction(client));
        }
    }
    tallies
}

/// The scorecard of the intents of one class of people that were handled in one way.
#[derive(Clone, Debug)]
pub struct Score {
    /// The class.
    pub client: ClientId,
    /// How they were handled.
    pub interaction: Interaction,
    /// How many, in all runs.
    pub intents: u64,
    /// By measure.
    figures: [Figures; Measure::TABLE.len()],
}

impl Score {
    /// The figures of one measure.
    pub const fn of(&self, measure: Measure) -> &Figures {
        &self.figures[measure as usize]
    }

    fn new(runs: &[Tally]) -> Self {
        let used: Vec<&Tally> = runs.iter().filter(|it| it.intents > 0).collect();
        let ratio = |each: &dyn Fn(&Tally) -> (u64, u64), unit: f64| {
            let ratios = runs.iter().map(each).filter(|it| it.1 > 0);
            Figures::of_means(&ratios.map(|(a, b)| unit * a as f64 / b as f64).collect::<Vec<_>>())
        };
        let lengths = |place: usize| {
            let all: Vec<&[Span]> = used.iter().map(|it| &*it.lengths[place]).collect();
            Figures::of_lengths(&all)
        };
        let count = |place: usize| ratio(&|it| (it.counts[place], it.intents), 1e3);
        let ages: Vec<(&[Span], Span)> = runs.iter().map(|it| (&*it.stale.0, it.stale.1)).collect();
        Self {
            client: runs[0].client,
            interaction: runs[0].interaction,
            intents: runs.iter().map(|it| it.intents).sum(),
            figures: [
                lengths(0),
                lengths(1),
                lengths(2),
                lengths(3),
                count(0),
                count(1),
                count(2),
                count(3),
                count(4),
                count(5),
                ratio(&|it| (it.reads.1, it.reads.0), 1e3),
                Figures::of_ages(&ages),
                ratio(&|it| it.sent, 1.0),
                ratio(&|it| (it.in_time, it.intents), 100.0),
            ],
        }
    }
}

/// The scorecards that runs with different seeds give together, in the order of their first appearance.
pub fn scores(runs: Vec<Vec<Tally>>) -> Vec<Score> {
    let mut groups: Vec<Vec<Tally>> = Vec::new();
    for tally in runs.into_iter().flatten() {
        let of = |it: &Vec<Tally>| {
            (it[0].client, it[0].interaction) == (tally.client, tally.interaction)
        };
        match groups.iter().position(of) {
            Some(place) => groups[place].push(tally),
            None => groups.push(vec![tally]),
        }
    }
    groups.iter().map(|it| Score::new(it)).collect()
}
