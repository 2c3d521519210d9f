//! Where things stand: the loop, for a stage of any size.
//!
//! People on the left (or at the foot of a narrow stage), commands along the top, services that decide on the right,
//! topics below them, views along the bottom, back to the people. Positions depend on the scenario and the stage's
//! size alone, so they never jiggle, and no two things overlap.

use crate::language::Scenario;
use crate::language::scenario::{ChannelId, ChannelKind, Role, ServiceId};

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
    /// The stage's width in pixels.
    pub width: f64,
    /// The stage's height in pixels.
    pub height: f64,
    /// Narrow: people at the foot instead of on the left.
    pub narrow: bool,
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

    /// The direction of travel, as an angle in radians.
    pub fn angle(&self) -> f64 {
        libm::atan2(self.end.1 - self.start.1, self.end.0 - self.start.0)
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

/// How many devices fit on a stage as real screens; with more people, those come first who are shown as such.
pub const DEVICES_MAX: usize = 3;

/// The share of the stage that belongs to the world; the rest belongs to the people.
struct Region {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// Places everything on a stage of this size.
pub fn layout(scenario: &Scenario, width: f64, height: f64) -> Layout {
    let narrow = width < 640.0;
    let people = scenario.clients.iter().map(|it| it.people.len()).sum();
    let mut places = Vec::new();
    let world = place_people(people, width, height, narrow, &mut places);
    let sides = Sides::of(scenario);
    let box_width = if narrow { 106.0 } else { (world.width / 3.6).clamp(120.0, 176.0) };
    let box_height = if narrow { 48.0 } else { 68.0 };
    let inner = |share: f64| world.x + (world.width - box_width) * share;
    let down = |share: f64| world.y + (world.height - box_height) * share;
    let row = |things: &[Place], y: f64, from: f64, to: f64, places: &mut Vec<Placed>| {
        for (index, place) in things.iter().enumerate() {
            let share = spread(index, things.len(), from, to);
            places.push(Placed {
                place: *place,
                x: inner(share),
                y,
                width: box_width,
                height: box_height,
            });
        }
    };
    // Clockwise: commands along the top, deciders down the right, topics and views along the bottom.
    row(&sides.asking, down(0.0), 0.0, if sides.asking.len() > 1 { 0.7 } else { 0.5 }, &mut places);
    for (index, place) in sides.deciding.iter().enumerate() {
        let share = spread(index, sides.deciding.len(), 0.0, 0.55);
        let y = if sides.deciding.len() == 1 { down(0.2) } else { down(share) };
        places.push(Placed {
            place: *place,
            x: inner(1.0),
            y,
            width: box_width,
            height: box_height,
        });
    }
    let topics_y = down(match sides.learning.is_empty() {
        true => 1.0,
        false if narrow => 0.5,
        false => 0.72,
    });
    row(&sides.telling, topics_y, 1.0, 0.55, &mut places);
    row(
        &sides.learning,
        down(1.0),
        0.0,
        if sides.learning.len() > 1 { 0.6 } else { 0.0 },
        &mut places,
    );
    separate(&mut places, &world, narrow);
    let mut ordered: Vec<Placed> = Vec::with_capacity(places.len());
    for it in places {
        let before = ordered.partition_point(|other| other.place < it.place);
        ordered.insert(before, it);
    }
    Layout { width, height, narrow, places: ordered }
}

/// Even shares between two ends; a single thing stands at the first.
fn spread(index: usize, count: usize, from: f64, to: f64) -> f64 {
    if count <= 1 { from } else { from + (to - from) * index as f64 / (count - 1) as f64 }
}

/// Gives people their part of the stage; returns what is left for the world.
fn place_people(
    people: usize,
    width: f64,
    height: f64,
    narrow: bool,
    places: &mut Vec<Placed>,
) -> Region {
    let margin = if narrow { 8.0 } else { 20.0 };
    let shown = people.clamp(1, DEVICES_MAX) as f64;
    if narrow {
        let strip = (height * 0.55).clamp(220.0, 340.0).min(height * 0.62);
        let each = (width - margin * (shown + 1.0)) / shown;
        for person in 0..people.min(DEVICES_MAX) {
            let x = margin + person as f64 * (each + margin);
            let y = height - strip + margin;
            let place = Place::Person(person);
            places.push(Placed { place, x, y, width: each, height: strip - 2.0 * margin });
        }
        return Region {
            x: margin,
            y: margin,
            width: width - 2.0 * margin,
            height: height - strip - margin,
        };
    }
    let column = (width * 0.32).clamp(208.0, 320.0);
    let each = (height - margin * (shown + 1.0)) / shown;
    for person in 0..people.min(DEVICES_MAX) {
        let y = margin + person as f64 * (each + margin);
        places.push(Placed {
            place: Place::Person(person),
            x: margin,
            y,
            width: column,
            height: each,
        });
    }
    let x = margin + column + 72.0;
    Region { x, y: margin, width: width - x - margin, height: height - 2.0 * margin }
}

/// Which things stand on which side of the loop.
struct Sides {
    asking: Vec<Place>,
    deciding: Vec<Place>,
    telling: Vec<Place>,
    learning: Vec<Place>,
}

impl Sides {
    fn of(scenario: &Scenario) -> Self {
        let mut sides =
            Self { asking: vec![], deciding: vec![], telling: vec![], learning: vec![] };
        for (id, channel) in scenario.channels.iter().enumerate() {
            match channel.kind {
                ChannelKind::Queue { .. } => sides.asking.push(Place::Channel(id)),
                ChannelKind::Topic { .. } | ChannelKind::Log { .. } => {
                    sides.telling.push(Place::Channel(id))
                }
                ChannelKind::Direct => {}
            }
        }
        for (id, service) in scenario.services.iter().enumerate() {
            let side = match service.role {
                Role::Gateway => &mut sides.asking,
                Role::View => &mut sides.learning,
                Role::Service | Role::Database | Role::External | Role::Process => {
                    &mut sides.deciding
                }
            };
            side.push(Place::Service(id));
        }
        sides
    }
}

/// The gap that stays between two boxes.
const GAP: f64 = 10.0;
/// Rows of the grid that are tried at most: enough for all nodes of a full stage, one below the other.
const ROWS_MAX: u32 = 1_200;

/// Moves boxes of the world apart where a small stage makes them overlap: in reading order, each one stays where it
/// would stand if that is free, and otherwise goes to the nearest free cell of a grid. A crowded stage is a
/// grid altogether.
fn separate(places: &mut [Placed], world: &Region, crowded: bool) {
    let mut settled: Vec<Placed> = Vec::new();
    for placed in places.iter_mut() {
        if !matches!(placed.place, Place::Person(_)) {
            let is_free = settled.iter().all(|it| !placed.is_near(it));
            if crowded || !is_free {
                *placed = nearest_cell(*placed, &settled, world);
            }
        }
        settled.push(*placed);
    }
}

impl Placed {
    /// Do the boxes overlap, or stand closer than the gap?
    fn is_near(&self, other: &Self) -> bool {
        self.x < other.x + other.width + GAP
            && other.x < self.x + self.width + GAP
            && self.y < other.y + other.height + GAP
            && other.y < self.y + self.height + GAP
    }
}

fn nearest_cell(wanted: Placed, settled: &[Placed], world: &Region) -> Placed {
    let (step_x, step_y) = (wanted.width + GAP + 0.5, wanted.height + GAP + 0.5);
    let columns = ((world.width + GAP) / step_x).max(1.0).floor();
    let mut best: Option<(f64, Placed)> = None;
    for row in 0..ROWS_MAX {
        let y = world.y + f64::from(row) * step_y;
        // Rows only get farther away from here on.
        if best.is_some_and(|it| it.0 < y - wanted.y) {
            break;
        }
        let mut column = 0.0;
        while column < columns {
            let share = if columns > 1.0 { column / (columns - 1.0) } else { 0.0 };
            let it = Placed { x: world.x + (world.width - wanted.width) * share, y, ..wanted };
            // What does not fit into the height goes below it, where the stage can be scrolled to.
            let below = (y + it.height - world.y - world.height).max(0.0) * 100.0;
            let distance = (it.x - wanted.x).abs() + (y - wanted.y).abs() + below;
            if best.is_none_or(|it| distance < it.0)
                && settled.iter().all(|other| !it.is_near(other))
            {
                best = Some((distance, it));
            }
            column += 1.0;
        }
    }
    best.map_or(wanted, |it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage() -> Layout {
        let placed = |place, x, y| Placed { place, x, y, width: 100.0, height: 50.0 };
        let places =
            vec![placed(Place::Person(0), 0.0, 0.0), placed(Place::Service(0), 300.0, 0.0)];
        Layout { width: 400.0, height: 50.0, narrow: false, places }
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
