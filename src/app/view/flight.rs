//! Messages in the air: where each token is at this instant.
//!
//! Positions are linear in virtual time, because easing would lie about it. A lost message falls off where it got
//! lost and fades.

use super::layout::{Lane, Layout, Place};
use crate::app::Lab;
use crate::base::{Span, Time};
use crate::language::scenario::MessageKind;
use crate::service::{Content, NodeId};
use crate::world::{Leg, NodeKind, Plan};

/// How long a lost message can be seen falling, in seconds of virtual time.
const FALL_SECS: f64 = 1.2;
/// How far it falls, in pixels.
const FALL_PX: f64 = 46.0;

/// How much is left to see of tokens that have nothing to do with what is selected.
pub const DIM: f64 = 0.2;

/// A token's shape: it says what kind of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A square with a pointing edge: it has one target.
    Command,
    /// A solid circle: it has listeners.
    Event,
    /// An open square.
    Query,
    /// An open circle.
    Reply,
    /// A small sheet: rows for a screen, documents.
    Document,
}

impl Shape {
    /// The shape for a content.
    pub fn of(content: &Content, plan: &Plan) -> Self {
        match content {
            Content::Message { message, .. } => {
                Self::of_kind(plan.scenario.messages[*message].kind)
            }
            Content::Receipt
            | Content::Verdict(_)
            | Content::Answer
            | Content::Failure(_)
            | Content::Held(_)
            | Content::Progress(_)
            | Content::Cancelled => Self::Reply,
            Content::Rows(_) => Self::Document,
            Content::Question(_) | Content::Status => Self::Query,
            Content::Start | Content::Cancellation(_) | Content::Hold(_) => Self::Command,
        }
    }

    /// The shape for a message by the index of its name: the scenario's own come first.
    pub fn of_name(name: usize, plan: &Plan) -> Self {
        let messages = &plan.scenario.messages;
        match messages.get(name) {
            Some(it) => Self::of_kind(it.kind),
            // As they stand among the built-in ones.
            None => match name - messages.len() {
                2 => Self::Document,
                3 | 8 => Self::Query,
                5 | 7 | 9 => Self::Command,
                _ => Self::Reply,
            },
        }
    }

    const fn of_kind(kind: MessageKind) -> Self {
        match kind {
            MessageKind::Command => Self::Command,
            MessageKind::Event => Self::Event,
            MessageKind::Query => Self::Query,
            MessageKind::Reply => Self::Reply,
            MessageKind::Document => Self::Document,
        }
    }

    /// The kind of message that the shape stands for, in a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Event => "event",
            Self::Query => "query",
            Self::Reply => "reply",
            Self::Document => "rows",
        }
    }
}

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub struct Flight {
    /// The message.
    pub message: u64,
    /// The message's name.
    pub name: std::sync::Arc<str>,
    /// Its shape.
    pub shape: Shape,
    /// The middle, in the stage's pixels.
    pub x: f64,
    /// The middle, in the stage's pixels.
    pub y: f64,
    /// The way that it goes.
    pub lane: Lane,
    /// The share of it that lies behind.
    pub share: f64,
    /// How long it has been under way.
    pub age: Span,
    /// 1 for a message that travels; falls to 0 while a lost one fades.
    pub opacity: f64,
    /// It got lost.
    pub lost: bool,
    /// It has nothing to do with what is selected, while something is.
    pub dim: bool,
}

impl Flight {
    /// How much of it is to be seen: little, when it has nothing to do with what is selected.
    pub fn strength(&self) -> f64 {
        if self.dim { self.opacity * DIM } else { self.opacity }
    }

    /// Its name, and how long it has been under way.
    pub fn with_age(&self) -> String {
        let millis = self.age.as_micros() / 1_000;
        if millis < 10_000 {
            format!("{} {millis} ms", self.name)
        } else {
            format!("{} {} s", self.name, millis / 1_000)
        }
    }
}

/// All tokens at an instant.
pub type Flights = Vec<Flight>;

/// Where a leg begins and ends on the stage: at the channel's box when a broker is at that end.
fn ends(leg: &Leg, plan: &Plan) -> (Option<Place>, Option<Place>) {
    let at_broker = |node: NodeId| matches!(plan.nodes[node].kind, NodeKind::Broker(_));
    let place = |node: NodeId| match plan.nodes[node].kind {
        NodeKind::Service(id) => Some(Place::Service(id)),
        NodeKind::Person { person, .. } => Some(Place::Person(person)),
        NodeKind::Broker(_) => leg.channel.map(Place::Channel),
    };
    debug_assert!(leg.channel.is_some() || !(at_broker(leg.from) || at_broker(leg.to)));
    (place(leg.from), place(leg.to))
}

/// The tokens for who wants less motion: not where they are, but one after the other along their ways, the first to
/// arrive in front. They only move when one comes or goes.
pub fn still_flights(lab: &Lab, layout: &Layout) -> Flights {
    let mut flights = flights(lab, layout);
    let ways: Vec<(Lane, f64)> = flights.iter().map(|it| (it.lane, it.share)).collect();
    for (index, flight) in flights.iter_mut().enumerate().filter(|it| !it.1.lost) {
        let same = ways.iter().enumerate().filter(|it| it.1.0 == flight.lane);
        let (mut behind, mut all) = (0_u32, 0_u32);
        for (other, (_, share)) in same {
            all += 1;
            behind += u32::from(share.total_cmp(&flight.share).then(other.cmp(&index)).is_lt());
        }
        (flight.x, flight.y) = flight.lane.at(f64::from(behind + 1) / f64::from(all + 1));
    }
    flights
}

/// The tokens at the playhead, those of one way together.
pub fn flights(lab: &Lab, layout: &Layout) -> Flights {
    let world = lab.world();
    let now = lab.run().now();
    let mut flights: Flights = Vec::new();
    for leg in world.legs.iter().flatten().filter(|it| it.toward.travels()) {
        flights.extend(token(leg, leg.share(now), now, lab, layout));
    }
    for (at, leg) in &world.losses {
        let since = now.since(*at).as_secs();
        if since < FALL_SECS
            && let Some(token) = token(leg, lost_at(leg, *at), *at, lab, layout)
        {
            let share = since / FALL_SECS;
            let y = token.y + FALL_PX * share * share;
            flights.push(Flight { y, opacity: 1.0 - share, lost: true, ..token });
        }
    }
    by_ways(flights, layout)
}

/// The same tokens, those of one way together. Numbers are sorted: sorting the tokens themselves would weigh more.
fn by_ways(flights: Flights, layout: &Layout) -> Flights {
    let mut ways: Vec<Lane> = Vec::with_capacity(layout.places.len());
    let mut order: Vec<u64> = Vec::with_capacity(flights.len());
    for (index, it) in flights.iter().enumerate() {
        let way = ways.iter().position(|way| *way == it.lane).unwrap_or(ways.len());
        if way == ways.len() {
            ways.push(it.lane);
        }
        order.push((way as u64) << u32::BITS | index as u64);
    }
    order.sort_unstable();
    let mut flights: Vec<Option<Flight>> = flights.into_iter().map(Some).collect();
    let index = |it: u64| usize::try_from(it & u64::from(u32::MAX)).unwrap_or(usize::MAX);
    order.into_iter().filter_map(|it| flights.get_mut(index(it))?.take()).collect()
}

/// Where on its way a message got lost: the network loses half way, others where it is.
fn lost_at(leg: &Leg, at: Time) -> f64 {
    if leg.lost { 0.5 } else { leg.share(at) }
}

fn token(leg: &Leg, share: f64, now: Time, lab: &Lab, layout: &Layout) -> Option<Flight> {
    let plan = lab.plan();
    let (from, to) = ends(leg, plan);
    let lane = layout.lane(from?, to?)?;
    let (x, y) = lane.at(share);
    Some(Flight {
        message: leg.envelope.id,
        name: plan.names[leg.envelope.content.name_index(plan.scenario.messages.len())].clone(),
        shape: Shape::of(&leg.envelope.content, plan),
        x,
        y,
        lane,
        share,
        age: now.since(leg.departed),
        opacity: 1.0,
        lost: false,
        dim: lab.lineage().is_some_and(|it| !it.has_way(leg.envelope.id, leg.from, leg.to)),
    })
}

/// The token nearest to a point of the stage, within reach of a finger.
pub fn flight_at(flights: &Flights, x: f64, y: f64) -> Option<&Flight> {
    const REACH_PX: f64 = 24.0;
    let distance = |it: &Flight| libm::hypot(it.x - x, it.y - y);
    let near = flights.iter().filter(|it| !it.lost && distance(it) <= REACH_PX);
    near.min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
