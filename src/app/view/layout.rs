//! Where things stand: the loop, for a stage of any size.
//!
//! People on the left (or at the foot of a narrow stage), commands along the top, services that decide on the right,
//! topics below them, views along the bottom, back to the people. Positions depend on the scenario, on what somebody
//! has placed by hand, and on the stage's size alone, so they never jiggle, and no two things overlap. What does not
//! fit into the stage makes the picture larger: then one zooms or scrolls.

mod apart;
mod cells;
mod format;
mod members;
mod people;
mod untangle;

use super::stage::links;
use crate::language::Scenario;
use crate::language::scenario::{ChannelId, Movable, ServiceId, Spot};
use format::Format;

pub use people::DEVICES_MAX;

/// Something that stands on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A person's device: index into the world's people.
    Person(usize),
    /// A queue or a topic.
    Channel(ChannelId),
    /// A service.
    Service(ServiceId),
}

impl From<Movable> for Place {
    fn from(it: Movable) -> Self {
        match it {
            Movable::Channel(id) => Self::Channel(id),
            Movable::Service(id) => Self::Service(id),
        }
    }
}

impl Place {
    /// What can be placed by hand: everything but people.
    pub const fn movable(self) -> Option<Movable> {
        match self {
            Self::Person(_) => None,
            Self::Channel(id) => Some(Movable::Channel(id)),
            Self::Service(id) => Some(Movable::Service(id)),
        }
    }
}

/// A place and its box, in the stage's pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// What stands there.
    pub place: Place,
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

impl Placed {
    /// The middle of the box.
    pub fn center(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Where a straight line from a point inside, in this direction, leaves the box; the point itself if it is not
    /// inside.
    fn way_out(&self, (x, y): (f64, f64), (dx, dy): (f64, f64)) -> (f64, f64) {
        let reach = |from: f64, to: f64, low: f64, high: f64| match to {
            _ if to > 0.0 => (high - from) / to,
            _ if to < 0.0 => (low - from) / to,
            _ => f64::INFINITY,
        };
        let out_x = reach(x, dx, self.x, self.x + self.width);
        let out_y = reach(y, dy, self.y, self.y + self.height);
        let share = out_x.min(out_y);
        if share.is_finite() && share > 0.0 { (x + dx * share, y + dy * share) } else { (x, y) }
    }
}

/// A stage with everything in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The picture's width in pixels: that of the stage, or more when that is too small.
    pub width: f64,
    /// The picture's height in pixels.
    pub height: f64,
    /// Narrow: people at the foot instead of on the left.
    pub narrow: bool,
    /// Crowded: boxes are small, and say their name and little else.
    pub compact: bool,
    /// Where the world is: everything but the people.
    world: Region,
    /// Everything that stands on it: people first, then channels, then services.
    pub places: Vec<Placed>,
}

/// The straight way of messages from one place to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// Where they leave the first box.
    pub start: (f64, f64),
    /// Where they reach the second.
    pub end: (f64, f64),
}

impl Lane {
    /// The point that lies this share of the way along.
    pub fn at(&self, share: f64) -> (f64, f64) {
        let ((from_x, from_y), (to_x, to_y)) = (self.start, self.end);
        (from_x + (to_x - from_x) * share, from_y + (to_y - from_y) * share)
    }

    /// The direction of travel: its cosine and sine. To the right for a way without length.
    pub fn direction(&self) -> (f64, f64) {
        let (dx, dy) = (self.end.0 - self.start.0, self.end.1 - self.start.1);
        let length = libm::hypot(dx, dy);
        if length == 0.0 { (1.0, 0.0) } else { (dx / length, dy / length) }
    }
}

/// How far messages keep to the right of the middle, so that traffic both ways does not collide.
const LANE_PX: f64 = 7.0;

impl Layout {
    /// The way from one place to another; `None` when one of them is not drawn.
    pub fn lane(&self, from: Place, to: Place) -> Option<Lane> {
        let (from, to) = (self.find(from)?, self.find(to)?);
        let (start, end) = (self.port(from), self.port(to));
        let (dx, dy) = (end.0 - start.0, end.1 - start.1);
        let length = libm::hypot(dx, dy).max(1.0);
        let (aside_x, aside_y) = (-dy / length * LANE_PX, dx / length * LANE_PX);
        let aside = |(x, y): (f64, f64)| (x + aside_x, y + aside_y);
        let edge = |of: &Placed, at, toward| match of.place {
            Place::Person(_) => at,
            Place::Channel(_) | Place::Service(_) => of.way_out(at, toward),
        };
        let start = edge(from, aside(start), (dx, dy));
        let end = edge(to, aside(end), (-dx, -dy));
        Some(Lane { start, end })
    }

    /// Where the ways of a box meet: in the middle, or on that side of a device that faces the world, so that
    /// nothing flies across a screen.
    fn port(&self, of: &Placed) -> (f64, f64) {
        let (x, y) = of.center();
        match of.place {
            Place::Person(_) if self.narrow => (x, of.y),
            Place::Person(_) => (of.x + of.width, y),
            Place::Channel(_) | Place::Service(_) => (x, y),
        }
    }

    /// The box of a place; `None` for what is not drawn (direct channels).
    pub fn find(&self, place: Place) -> Option<&Placed> {
        self.places.iter().find(|it| it.place == place)
    }
}

/// A part of the stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Region {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// Places everything on a stage of this size, along the loop.
pub fn layout(scenario: &Scenario, width: f64, height: f64) -> Layout {
    let narrow = width < NARROW_PX;
    let people: usize = scenario.clients.iter().map(|it| it.people.len()).sum();
    let ways = links(scenario);
    let members = members::members(scenario, &ways);
    let room = people::world(people, width, height, narrow);
    let fitting = Format::fitting(scenario, &members, room, narrow);
    let (more_width, more_height) =
        (fitting.world.width - room.width, fitting.world.height - room.height);
    let mut places = people::places(people, width, height, narrow);
    if narrow {
        // The picture grows upward: people stay at its foot.
        for it in &mut places {
            it.y += more_height;
        }
    }
    let drawn = untangle::untangle(&fitting, &members, &ways, &places, narrow);
    places.extend(drawn);
    places.sort_by_key(|it| it.place);
    Layout {
        width: width + more_width,
        height: height + more_height,
        narrow,
        compact: fitting.format.compact,
        world: fitting.world,
        places,
    }
}

/// A stage that is less wide than this has people at its foot.
const NARROW_PX: f64 = 640.0;

impl Layout {
    /// The same stage with some things where somebody wants them; others make room. On a narrow stage the loop stands
    /// as it is.
    #[must_use]
    pub fn with(&self, by_hand: &[(Movable, Spot)]) -> Self {
        let mut layout = self.clone();
        if self.narrow || by_hand.is_empty() {
            return layout;
        }
        let people = layout.places.partition_point(|it| matches!(it.place, Place::Person(_)));
        apart::separate(&mut layout.places[people..], &self.world, by_hand);
        let below = |it: &Placed| it.y + it.height + people::MARGIN_PX;
        layout.height = layout.places.iter().map(below).fold(self.height, f64::max);
        layout
    }

    /// The spot of the grid that is nearest to where a box would have its middle; `None` on a narrow stage, where
    /// nothing is placed by hand.
    pub fn spot(&self, of: Movable, middle: (f64, f64)) -> Option<Spot> {
        let placed = self.find(of.into()).filter(|_| !self.narrow)?;
        Some(apart::nearest_spot(placed, &self.world, middle))
    }

    /// Is it the same stage with the same things, some of which stand elsewhere?
    pub fn is_rearranged(&self, before: &Self) -> bool {
        let same = |(a, b): (&Placed, &Placed)| a.place == b.place;
        self.world == before.world
            && self.places.len() == before.places.len()
            && self.places.iter().zip(&before.places).all(same)
            && self.places != before.places
    }

    /// The picture after this share of the way to another one with the same things.
    #[must_use]
    pub fn toward(&self, goal: &Self, share: f64) -> Self {
        let mut between = goal.clone();
        for (it, from) in between.places.iter_mut().zip(&self.places) {
            it.x = from.x + (it.x - from.x) * share;
            it.y = from.y + (it.y - from.y) * share;
        }
        between
    }

    /// The spot so many columns and rows away from where something stands.
    pub fn spot_beside(&self, of: Movable, columns: i8, rows: i8) -> Option<Spot> {
        let here = self.spot(of, self.find(of.into())?.center())?;
        Some(here.moved(columns, rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage() -> Layout {
        let placed = |place, x, y| Placed { place, x, y, width: 100.0, height: 50.0 };
        let places =
            vec![placed(Place::Person(0), 0.0, 0.0), placed(Place::Service(0), 300.0, 0.0)];
        Layout {
            width: 400.0,
            height: 50.0,
            narrow: false,
            compact: false,
            world: Region::default(),
            places,
        }
    }

    #[test]
    fn lanes_lead_from_edge_to_edge_and_keep_to_the_right() {
        let there = stage().lane(Place::Person(0), Place::Service(0)).expect("both are drawn");
        assert_eq!((there.start, there.end), ((100.0, 32.0), (300.0, 32.0)));
        assert_eq!(there.at(0.5), (200.0, 32.0));
        let back = stage().lane(Place::Service(0), Place::Person(0)).expect("both are drawn");
        assert_eq!((back.start, back.end), ((300.0, 18.0), (100.0, 18.0)));
    }

    #[test]
    fn on_a_narrow_stage_devices_are_left_at_the_top() {
        let stage = Layout { narrow: true, ..stage() };
        let lane = stage.lane(Place::Person(0), Place::Service(0)).expect("both are drawn");
        assert!((lane.start.1 - 0.0).abs() <= LANE_PX, "{lane:?}");
    }

    #[test]
    fn what_is_not_drawn_has_no_lane() {
        assert_eq!(stage().lane(Place::Person(0), Place::Channel(0)), None);
    }
}
