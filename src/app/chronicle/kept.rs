//! What a chronicle keeps.

use std::sync::Arc;

use super::lanes::Lanes;
use super::piece::{Bar, Claim, Gap, STILL, Shade, Trip};
use super::series::{Of, Series};
use crate::app::view::Place;
use crate::base::{Span, Time};
use crate::history::{Position, Recorded};
use crate::language::scenario::{ScreenItem, ServiceId};
use crate::service::ListAddress;
use crate::world::{Input, NodeKind, Plan, Record, World};

/// Things of one kind that are kept one by one, at most; then the oldest quarter goes.
const KEPT_MAX: usize = 100_000;
/// Knees of all series together, at most; then old ones are put together.
const KNEES_MAX: usize = 400_000;
/// Knees that each series may have in any case.
const KNEES_EACH: usize = 256;

/// What is not kept one by one any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thinned {
    /// Messages that were on their way before that.
    pub trips: u64,
    /// How many of them got lost.
    pub lost: u64,
    /// From here on, everything is kept one by one.
    pub before: Time,
}

/// A claim that has not ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Its place among all.
    pub(super) claim: usize,
    /// Nothing that may happen changes it any more: it is false for good.
    pub(super) is_over: bool,
}

/// What the timeline remembers of a run.
#[derive(Clone, Debug)]
pub struct Chronicle {
    pub(super) plan: Arc<Plan>,
    pub(super) seed: u64,
    /// What people have done, as far as it is told here.
    pub(super) inputs: Vec<Recorded<Input>>,
    /// How far it is told; `None` before anything is.
    pub(super) position: Option<Position>,
    /// How many records have been told.
    pub(super) records: u64,
    /// The lanes.
    pub lanes: Lanes,
    /// Messages on their way, by their departure.
    pub trips: Vec<Trip>,
    /// Handlers, by their beginning.
    pub bars: Vec<Bar>,
    /// Claims on screens, by their beginning.
    pub claims: Vec<Claim>,
    /// Troubles of nodes, by their beginning.
    pub shades: Vec<Shade>,
    /// What happened at one instant and is worth a mark.
    pub flags: Vec<Record>,
    /// Times in which nothing happened, in their order.
    pub gaps: Vec<Gap>,
    /// Quantities.
    pub series: Vec<Series>,
    /// By lane: the places of the series of what waits there, and of who is busy there.
    pub(super) at_lane: Vec<(usize, usize)>,
    /// What has been thinned out.
    pub thinned: Thinned,
    /// Bars that have not ended.
    pub(super) running: Vec<usize>,
    /// How many of them have a worker.
    pub(super) working: usize,
    /// Claims of which it is not over what is true.
    pub(super) open: Vec<Open>,
    /// How long any message was on its way, at most.
    pub(super) longest: Span,
    /// Up to here, something goes on or has happened.
    pub(super) busy_until: Time,
    /// By person, by list: since when it is stale, as far as it is told.
    pub(super) stale: Vec<Vec<Option<Time>>>,
    /// By service, by table: the lists on screens of which it is the authority, as person and place among the lists.
    pub(super) audience: Vec<Vec<Vec<(usize, usize)>>>,
}

impl Chronicle {
    /// A chronicle in which nothing is told.
    pub fn new(world: &World) -> Self {
        let plan = world.plan.clone();
        let lanes = Lanes::new(&plan);
        let series = series(&plan, &lanes);
        let place = |of: Of| series.iter().position(|it| it.of == of).unwrap_or(usize::MAX);
        let at_lane = lanes.places.iter().map(|it| match *it {
            Place::Service(id) => (place(Of::Waiting(*it)), place(Of::Busy(id))),
            _ => (place(Of::Waiting(*it)), usize::MAX),
        });
        let at_lane = at_lane.collect();
        Self {
            at_lane,
            seed: world.seed,
            inputs: Vec::new(),
            position: None,
            records: 0,
            trips: Vec::new(),
            bars: Vec::new(),
            claims: Vec::new(),
            shades: Vec::new(),
            flags: Vec::new(),
            gaps: Vec::new(),
            series,
            thinned: Thinned::default(),
            running: Vec::new(),
            working: 0,
            open: Vec::new(),
            longest: Span::ZERO,
            busy_until: Time::ZERO,
            stale: world.people.iter().map(|it| vec![None; it.lists.len()]).collect(),
            audience: audience(world),
            lanes,
            plan,
        }
    }

    /// The instant up to which it is told.
    pub fn end(&self) -> Time {
        self.position.map_or(Time::ZERO, |it| it.at)
    }

    /// How long any message was on its way, at most.
    pub const fn longest_trip(&self) -> Span {
        self.longest
    }

    /// Since when nothing is going on; the end of what is told, or later, if something is.
    pub fn idle_since(&self) -> Time {
        if self.working > 0 { STILL } else { self.busy_until }
    }

    /// The series of what is counted there.
    pub fn series_of(&self, of: Of) -> Option<&Series> {
        self.series.get(self.place_of(of)?)
    }

    pub(super) fn place_of(&self, of: Of) -> Option<usize> {
        let at_lane = |lane: Option<u16>| self.at_lane.get(usize::from(lane?)).copied();
        match of {
            Of::Waiting(Place::Channel(id)) => Some(at_lane(self.lanes.of_channel(id))?.0),
            Of::Waiting(Place::Service(id)) => Some(at_lane(self.lanes.of_service(id))?.0),
            Of::Busy(id) => Some(at_lane(self.lanes.of_service(id))?.1),
            // These stand first, and there are few.
            _ => self.series.iter().position(|it| it.of == of),
        }
    }

    /// Messages that were on their way in all, and how many of them got lost.
    pub fn totals(&self) -> (u64, u64) {
        let lost = self.trips.iter().filter(|it| it.lost).count() as u64;
        (self.thinned.trips + self.trips.len() as u64, self.thinned.lost + lost)
    }

    /// Keeps the chronicle within its bounds.
    pub(super) fn thin(&mut self) {
        let each = (KNEES_MAX / self.series.len().max(1)).max(KNEES_EACH);
        self.series.iter_mut().for_each(|it| it.thin(each));
        if self.trips.len() > KEPT_MAX {
            let cut = self.trips[KEPT_MAX / 4].departed;
            let gone = self.trips.iter().take_while(|it| it.departed < cut);
            let (count, lost) =
                gone.fold((0, 0), |(count, lost), it| (count + 1, lost + u64::from(it.lost)));
            self.thinned.trips += count;
            self.thinned.lost += lost;
            self.trips.retain(|it| cut <= it.departed);
            self.thinned.before = self.thinned.before.max(cut);
        }
        if self.bars.len() > KEPT_MAX {
            let cut = self.bars[KEPT_MAX / 4].since;
            self.bars.retain(|it| cut <= it.since || it.until == STILL);
            self.thinned.before = self.thinned.before.max(cut);
            self.find_running();
        }
        if self.claims.len() > KEPT_MAX {
            let cut = self.claims[KEPT_MAX / 4].since;
            self.claims.retain(|it| cut <= it.since || it.until == STILL);
            self.thinned.before = self.thinned.before.max(cut);
            self.find_open();
        }
        for (index, count) in
            [self.flags.len(), self.gaps.len(), self.shades.len()].iter().enumerate()
        {
            let old = ..count / 4;
            match index {
                _ if *count <= KEPT_MAX => {}
                0 => drop(self.flags.drain(old)),
                1 => drop(self.gaps.drain(old)),
                _ => self.shades.retain(|it| it.until == STILL),
            }
        }
    }

    pub(super) fn find_running(&mut self) {
        let bars = self.bars.iter().enumerate();
        self.running = bars.filter(|it| it.1.until == STILL).map(|it| it.0).collect();
        self.working = self.running.iter().filter(|it| !self.bars[**it].aside).count();
    }

    pub(super) fn find_open(&mut self) {
        let claims = self.claims.iter().enumerate();
        let open = claims.filter(|it| it.1.until == STILL);
        self.open = open.map(|it| Open { claim: it.0, is_over: false }).collect();
    }
}

/// A series for everything that is counted, in the order in which they are shown.
fn series(plan: &Plan, lanes: &Lanes) -> Vec<Series> {
    let mut series = Vec::new();
    let clients = plan.scenario.clients.iter().enumerate();
    for (client, class) in clients.clone() {
        let lists = class.screen.iter().enumerate();
        let lists = lists.filter(|it| matches!(it.1, ScreenItem::List(_)));
        series.extend(lists.map(|(item, _)| Series::new(Of::Stale(client, item), None)));
    }
    for (client, class) in clients {
        if class.screen.iter().any(|it| matches!(it, ScreenItem::Form(_))) {
            series.push(Series::new(Of::Claims(client), None));
            series.push(Series::new(Of::False(client), None));
        }
    }
    for place in &lanes.places {
        if !matches!(place, Place::Person(_)) {
            series.push(Series::new(Of::Waiting(*place), None));
        }
        if let Place::Service(id) = *place {
            series.push(Series::new(Of::Busy(id), Some(workers(plan, id))));
        }
    }
    series
}

fn workers(plan: &Plan, service: ServiceId) -> f64 {
    let it = &plan.scenario.services[service];
    f64::from(it.instances) * f64::from(it.workers)
}

/// By service, by table: whose lists are about it.
fn audience(world: &World) -> Vec<Vec<Vec<(usize, usize)>>> {
    let plan = &world.plan;
    let services = plan.scenario.services.iter();
    let mut audience: Vec<Vec<Vec<(usize, usize)>>> =
        services.map(|it| vec![Vec::new(); it.tables.len()]).collect();
    for info in &plan.nodes {
        let NodeKind::Person { person, client } = info.kind else { continue };
        let lists = plan.scenario.clients[client].screen.iter().filter_map(|it| match it {
            ScreenItem::List(it) => Some(ListAddress { service: it.service, table: it.table }),
            ScreenItem::Form(_) => None,
        });
        for (place, list) in lists.enumerate() {
            let ListAddress { service, table } = plan.authority(list);
            audience[service][table].push((person, place));
        }
    }
    audience
}
