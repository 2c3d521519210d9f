//! Takes record after record in: begins what begins, and ends what ends.

use super::kept::Chronicle;
use super::piece::{Bar, Gap, STILL, Trip};
use super::series::Of;
use crate::base::{Span, Time};
use crate::client::Says;
use crate::service::Running;
use crate::world::{Leg, NO_CHANNEL, Record, What, World, id32};

/// A shorter time without anything is not worth a mention.
const GAP_MIN: Span = Span::from_millis(250);

/// Trips that are looked through for a message, at most.
const LATELY: usize = 20_000;

/// Stands for the name of a message that is not known.
pub(super) const NO_NAME: u32 = u32::MAX;

impl Chronicle {
    /// Takes a record in. The world stands as it does after what the record is about.
    pub(super) fn fold(&mut self, record: &Record, world: &World) {
        let (at, node) = (record.at, record.node);
        match record.what {
            What::Sent { message, name, to, channel, arrives, .. } => {
                let lanes = (self.lanes.of_node(node, channel), self.lanes.of_node(to, channel));
                self.depart((message, name), lanes, at, arrives);
                self.poll_channels(node, channel, at, world);
            }
            What::Mailed { message, name, to, arrives } => {
                let lane = |it| self.lanes.of_node(it, NO_CHANNEL);
                self.depart((message, name), (lane(node), lane(to)), at, arrives);
            }
            What::Lost { message, to, .. } => {
                if to == node {
                    self.end_bar(node, message, at, true, world);
                } else {
                    self.lose((message, to), at);
                }
                self.flag(record);
                self.settle_claims(at, world);
                self.poll_node(node, at, world);
            }
            What::Queued { channel, .. } => self.poll_channels(node, channel, at, world),
            What::Started { message, worker } => {
                let bar = Bar { worker, ..new_bar(message, at) };
                self.begin_bar(node, bar, world);
                self.poll_node(node, at, world);
            }
            What::Aside { message, worker, waits } => {
                self.turn_bar((node, message, worker), waits, at);
                let bar = Bar { worker, aside: waits, ..new_bar(message, at) };
                self.begin_bar(node, bar, world);
            }
            What::Handled { message, .. } | What::Cancelled { message, .. } => {
                self.end_bar(node, message, at, false, world);
                self.settle_claims(at, world);
                self.poll_node(node, at, world);
            }
            What::Failed { message, .. } | What::Shed { message } => {
                self.end_bar(node, message, at, true, world);
                self.poll_node(node, at, world);
                self.poll_sources(node, at, world);
            }
            What::DeadLettered { message, .. } => {
                self.end_bar(node, message, at, true, world);
                self.flag(record);
                self.settle_claims(at, world);
                self.poll_node(node, at, world);
            }
            What::Inboxed { .. } => self.poll_node(node, at, world),
            _ => self.fold_other(record, world),
        }
    }

    /// The same for records that are not about messages.
    fn fold_other(&mut self, record: &Record, world: &World) {
        let (at, node) = (record.at, record.node);
        match record.what {
            What::Changed { table, .. } => self.poll_audience((node, table), at, world),
            What::Submitted { intent, .. } => {
                self.flag(record);
                self.claim(intent, Some((node, Says::Nothing)), at, world);
            }
            What::Asserted { intent, ref assertion } => {
                self.claim(intent, Some((node, assertion.says())), at, world);
            }
            What::Decided { intent, .. } | What::Kept { intent, .. } => {
                self.claim(intent, None, at, world);
            }
            What::Crashed { .. } | What::Restarted { .. } | What::Fault { .. } => {
                self.flag(record);
                self.end_dead_bars(node, at, world);
                self.poll_troubles(at, world);
                self.poll_node(node, at, world);
                self.poll_sources(node, at, world);
                self.poll_everybody(at, world);
            }
            What::Meddled { .. } => {
                self.flag(record);
                self.meet_again(at, world);
                self.poll_troubles(at, world);
            }
            What::Online { .. } => {
                self.flag(record);
                self.poll_troubles(at, world);
            }
            What::Reloaded | What::Opened { .. } => {
                self.flag(record);
                self.poll_node(node, at, world);
            }
            What::Unroutable { .. }
            | What::Violated { .. }
            | What::Turned { .. }
            | What::Chose { .. } => self.flag(record),
            _ => {}
        }
    }

    /// Something happens: the time without anything is over.
    pub(super) fn touch(&mut self, at: Time) {
        if self.working == 0 && GAP_MIN <= at.since(self.busy_until) {
            self.gaps.push(Gap { from: self.busy_until, to: at });
        }
        self.busy_until = self.busy_until.max(at);
    }

    fn flag(&mut self, record: &Record) {
        self.touch(record.at);
        self.flags.push(record.clone());
    }

    fn depart(
        &mut self,
        (message, name): (u64, u32),
        lanes: (Option<u16>, Option<u16>),
        at: Time,
        arrives: Time,
    ) {
        let (Some(from), Some(to)) = lanes else { return };
        self.touch(at);
        // The twin of what is held up before a door is there at once.
        let arrives = arrives.max(at);
        self.busy_until = self.busy_until.max(arrives);
        let trip =
            Trip { message, departed: at, arrives, ends: arrives, name, from, to, lost: false };
        self.longest = self.longest.max(arrives.since(at));
        self.trips.push(trip);
    }

    /// A message gets lost on its way to a node: of several copies that left at the same instant, the one that is due
    /// first.
    fn lose(&mut self, (message, to): (u64, u32), at: Time) {
        // A message goes to one channel only, whatever the broker has besides.
        let to = self
            .lanes
            .of_service(to as usize)
            .filter(|_| self.plan.scenario.services.len() > to as usize);
        let mut found: Option<usize> = None;
        for index in (0..self.trips.len()).rev().take(LATELY) {
            let it = &self.trips[index];
            if found.is_some_and(|known| it.departed < self.trips[known].departed) {
                break;
            }
            let is_it = it.message == message && to.is_none_or(|to| to == it.to);
            let is_due = !it.lost && at <= it.arrives;
            if is_it && is_due && found.is_none_or(|known| it.arrives <= self.trips[known].arrives)
            {
                found = Some(index);
            }
        }
        if let Some(index) = found {
            self.trips[index].lost = true;
            self.trips[index].ends = at;
        }
        self.touch(at);
    }

    /// Somebody has meddled: messages may arrive at other instants. Copies that go the same way are told apart by
    /// nothing but their times: those that came first are no longer on their way.
    fn meet_again(&mut self, at: Time, world: &World) {
        let lane = |it: &Leg| self.lanes.of_node(id32(it.to), it.channel.map_or(NO_CHANNEL, id32));
        let legs = world.legs.iter().flatten().filter(|it| it.toward.travels() && !it.lost);
        let way = |it: &Leg| Some((it.departed, it.arrives, it.envelope.id, lane(it)?));
        let mut legs: Vec<_> = legs.filter_map(way).collect();
        legs.sort_unstable();
        let mut places: Vec<_> = (0..self.trips.len()).rev().take(LATELY).collect();
        places.retain(|it| !self.trips[*it].lost && at <= self.trips[*it].ends);
        places.sort_by_key(|it| (self.trips[*it].departed, self.trips[*it].arrives));
        for (_, arrives, message, to) in legs.into_iter().rev() {
            let is_it = |it: &usize| (self.trips[*it].message, self.trips[*it].to) == (message, to);
            if let Some(place) = places.iter().rposition(is_it) {
                let trip = &mut self.trips[places.remove(place)];
                trip.arrives = arrives.max(trip.departed);
                trip.ends = trip.arrives;
                self.longest = self.longest.max(arrives.since(trip.departed));
                self.busy_until = self.busy_until.max(arrives);
            }
        }
    }

    fn begin_bar(&mut self, node: u32, bar: Bar, world: &World) {
        let Some(lane) = self.lanes.of_node(node, NO_CHANNEL) else { return };
        self.touch(bar.since);
        let worker = world.services[node as usize].workers.get(bar.worker as usize);
        let running = worker.and_then(|it| it.as_ref()).filter(|it| it.envelope.id == bar.message);
        let messages = world.plan.scenario.messages.len();
        let index = running.map(|it| it.envelope.content.name_index(messages));
        let name = index.and_then(|it| u32::try_from(it).ok());
        let name = name.unwrap_or_else(|| self.name_of(bar.message));
        self.running.push(self.bars.len());
        self.bars.push(Bar { name, lane, ..bar });
        if !bar.aside {
            self.working += 1;
            self.count_busy(lane, bar.since, 1.0);
        }
    }

    /// The name of a message that was under way lately.
    fn name_of(&self, message: u64) -> u32 {
        let mut trips = self.trips.iter().rev().take(1_000);
        trips.find(|it| it.message == message).map_or(NO_NAME, |it| it.name)
    }

    /// The handling of a message ends at a node, if it was being handled there.
    fn end_bar(&mut self, node: u32, message: u64, at: Time, failed: bool, world: &World) {
        let Some(service) = world.services.get(node as usize) else { return };
        let lane = self.lanes.of_node(node, NO_CHANNEL);
        let is_it = |it: &Bar| it.message == message && Some(it.lane) == lane;
        // Copies of one message may be handled side by side: the one that has ended is no longer there.
        let goes_on = |it: &Bar| {
            // One that was taken up later is another copy.
            let (id, since) = (it.message, it.since);
            let has = |it: &Running| it.envelope.id == id && it.since <= since;
            let worker = service.workers.get(it.worker as usize).and_then(|it| it.as_ref());
            if it.aside { service.aside().any(has) } else { worker.is_some_and(has) }
        };
        let has_ended = |it: &usize| {
            let bar = &self.bars[self.running[*it]];
            is_it(bar) && !goes_on(bar)
        };
        if let Some(place) = (0..self.running.len()).find(has_ended) {
            self.end_running(place, at, failed);
        }
    }

    /// A handler lets its worker go, or goes on with one.
    fn turn_bar(&mut self, (node, message, worker): (u32, u64, u32), waits: bool, at: Time) {
        let lane = self.lanes.of_node(node, NO_CHANNEL);
        let is_it = |it: &Bar| {
            it.message == message
                && Some(it.lane) == lane
                && it.aside != waits
                && (it.aside || it.worker == worker)
        };
        if let Some(place) = self.running.iter().position(|it| is_it(&self.bars[*it])) {
            self.end_running(place, at, false);
        }
    }

    fn end_running(&mut self, place: usize, at: Time, failed: bool) {
        self.touch(at);
        let bar = &mut self.bars[self.running.remove(place)];
        bar.until = at;
        bar.failed = failed;
        if !bar.aside {
            let lane = bar.lane;
            self.working -= 1;
            self.count_busy(lane, at, -1.0);
        }
    }

    /// Handlers of processes that are not there any more have ended.
    fn end_dead_bars(&mut self, node: u32, at: Time, world: &World) {
        let Some(service) = world.services.get(node as usize) else { return };
        let lane = self.lanes.of_node(node, NO_CHANNEL).unwrap_or(u16::MAX);
        let is_up = |worker: u32| service.instances[service.instance_of(worker as usize)].up;
        for place in (0..self.running.len()).rev() {
            let bar = &self.bars[self.running[place]];
            if bar.lane == lane && !is_up(bar.worker) {
                self.end_running(place, at, true);
            }
        }
    }

    fn count_busy(&mut self, lane: u16, at: Time, more: f64) {
        let place = self.at_lane.get(usize::from(lane)).map(|it| it.1);
        if let Some(series) = place.and_then(|it| self.series.get_mut(it)) {
            series.set(at, series.last_value() + more, 0.0);
        }
    }

    pub(super) fn set(&mut self, of: Of, at: Time, value: f64, slope: f64) {
        if let Some(place) = self.place_of(of) {
            self.series[place].set(at, value, slope);
        }
    }
}

fn new_bar(message: u64, since: Time) -> Bar {
    Bar {
        message,
        since,
        until: STILL,
        name: NO_NAME,
        worker: 0,
        lane: 0,
        aside: false,
        failed: false,
    }
}
