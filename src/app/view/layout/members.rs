//! Who stands where on the loop: on its upper half, where one asks and decides, or on the lower one, where one tells
//! and learns; and how far along.

use super::Place;
use crate::app::view::stage::LinkView;
use crate::language::Scenario;
use crate::language::scenario::{ChannelKind, Role};

/// A place of the world, and its part of the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// The place.
    pub(super) place: Place,
    /// On the lower half: views, topics and logs.
    pub(super) below: bool,
    /// How far from the people, counted along its half.
    pub(super) rank: usize,
}

/// All places of the world: the upper half first, each half by rank.
pub(super) fn members(scenario: &Scenario, ways: &[LinkView]) -> Vec<Member> {
    let mut members = Vec::new();
    for (id, channel) in scenario.channels.iter().enumerate() {
        let below = match channel.kind {
            ChannelKind::Queue { .. } => false,
            ChannelKind::Topic { .. } | ChannelKind::Log { .. } => true,
            ChannelKind::Direct => continue,
        };
        members.push(Member { place: Place::Channel(id), below, rank: 0 });
    }
    for (id, service) in scenario.services.iter().enumerate() {
        let below = service.role == Role::View;
        members.push(Member { place: Place::Service(id), below, rank: 0 });
    }
    let distances = distances(&members, ways);
    for (member, distance) in members.iter_mut().zip(distances) {
        member.rank = match (member.below, member.place) {
            (false, _) => distance,
            // Along the bottom, news come from the right: from topics, past views that feed others, to the people.
            (true, Place::Channel(_)) => 1,
            (true, _) => 0,
        };
    }
    close_up(&mut members);
    members.sort_by_key(|it| (it.below, it.rank, it.place));
    members
}

/// How many messages it takes from a person to each member at least. Whom nobody reaches begins by itself.
fn distances(members: &[Member], ways: &[LinkView]) -> Vec<usize> {
    let find = |place| members.iter().position(|it| it.place == place);
    let mut found: Vec<Option<usize>> = vec![None; members.len()];
    let mut front: Vec<usize> = ways
        .iter()
        .filter(|it| matches!(it.from, Place::Person(_)))
        .filter_map(|it| find(it.to))
        .filter(|it| !members[*it].below)
        .collect();
    let mut distance = 0;
    loop {
        front.retain(|it| found[*it].is_none());
        if front.is_empty() {
            let Some(first) = found.iter().position(Option::is_none) else { break };
            front.push(first);
            distance = 0;
        }
        for it in &front {
            found[*it] = Some(distance);
        }
        let next = ways.iter().filter(|it| find(it.from).is_some_and(|it| front.contains(&it)));
        front = next.filter_map(|it| find(it.to)).collect();
        distance += 1;
    }
    found.into_iter().map(Option::unwrap_or_default).collect()
}

/// Ranks without gaps, for each half.
fn close_up(members: &mut [Member]) {
    for below in [false, true] {
        let mut ranks: Vec<usize> =
            members.iter().filter(|it| it.below == below).map(|it| it.rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        for member in members.iter_mut().filter(|it| it.below == below) {
            member.rank = ranks.partition_point(|it| *it < member.rank);
        }
    }
}
