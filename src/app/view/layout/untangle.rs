//! From cells to boxes, and from many crossings to few.
//!
//! A member goes to another cell of its pen, or changes places with another one, as long as that makes the picture
//! better: fewer ways that cross, none behind a box that is not its business, short ways, and everybody near home on
//! the loop. It looks at them in their order, and a bounded number of times, so that the same scenario always has the
//! same picture.

use super::cells::Cell;
use super::format::Fitting;
use super::members::Member;
use super::{Place, Placed};
use crate::app::view::stage::LinkView;

/// With more members than this, they stay where they were put first.
const MEMBERS_MAX: usize = 80;
/// With more ways than this as well.
const WAYS_MAX: usize = 400;
/// How often everybody is looked at, at most.
const ROUNDS_MAX: usize = 5;
/// How bad two ways are that cross, against [`BEHIND`], and against lengths in pixels.
const CROSSING: f64 = 1.0;
/// How bad a way behind a box is.
const BEHIND: f64 = 3.0;
const LENGTH: f64 = 0.002;
const AWAY: f64 = 0.006;
/// How near a way may come to a box without touching it.
const CLEARANCE_PX: f64 = 5.0;

type Point = (f64, f64);

/// The picture while it is made.
struct Picture<'a> {
    fitting: &'a Fitting,
    narrow: bool,
    homes: Vec<Point>,
    cells: Vec<Cell>,
    /// The middles of the boxes, and then the ports of the people.
    points: Vec<Point>,
    /// Ways between two points, each once whatever its direction.
    ways: Vec<(usize, usize)>,
}

/// Boxes for the members.
pub(super) fn untangle(
    fitting: &Fitting,
    members: &[Member],
    links: &[LinkView],
    people: &[Placed],
    narrow: bool,
) -> Vec<Placed> {
    let mut picture = Picture::new(fitting, members, links, people, narrow);
    if members.len() <= MEMBERS_MAX && picture.ways.len() <= WAYS_MAX {
        for _ in 0..ROUNDS_MAX {
            let gains = (0..members.len()).filter(|it| picture.improve(*it)).count();
            if gains == 0 {
                break;
            }
        }
    }
    let (width, height) = (fitting.format.width, fitting.format.height);
    let boxed = |(member, (x, y)): (&Member, &Point)| Placed {
        place: member.place,
        x: x - width / 2.0,
        y: y - height / 2.0,
        width,
        height,
    };
    members.iter().zip(&picture.points).map(boxed).collect()
}

impl<'a> Picture<'a> {
    fn new(
        fitting: &'a Fitting,
        members: &[Member],
        links: &[LinkView],
        people: &[Placed],
        narrow: bool,
    ) -> Self {
        let find = |place: Place| match place {
            Place::Person(person) => (person < people.len()).then_some(members.len() + person),
            _ => members.iter().position(|it| it.place == place),
        };
        let mut ways: Vec<(usize, usize)> = links
            .iter()
            .filter_map(|it| Some((find(it.from)?, find(it.to)?)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        ways.sort_unstable();
        ways.dedup();
        let cells = fitting.cells.clone();
        let mut picture = Self { fitting, narrow, homes: vec![], cells, points: vec![], ways };
        picture.points = picture.cells.iter().map(|it| picture.middle(*it)).collect();
        let port = |it: &Placed| {
            if narrow {
                (it.x + it.width / 2.0, it.y)
            } else {
                (it.x + it.width, it.y + it.height / 2.0)
            }
        };
        picture.points.extend(people.iter().map(port));
        picture.homes = members.iter().map(|it| picture.home(it, members)).collect();
        picture
    }

    /// The point of the world at a share of the way away from the people, and across it.
    fn point(&self, along: f64, across: f64) -> Point {
        let (world, format) = (&self.fitting.world, &self.fitting.format);
        let (right, down) = if self.narrow { (across, 1.0 - along) } else { (along, across) };
        (
            world.x + format.width / 2.0 + (world.width - format.width) * right,
            world.y + format.height / 2.0 + (world.height - format.height) * down,
        )
    }

    /// The middle of a cell. A single column stands in the middle, a single row too.
    fn middle(&self, cell: Cell) -> Point {
        let share = |at: usize, count: usize| match count {
            1 => 0.5,
            _ => at as f64 / (count - 1) as f64,
        };
        self.point(share(cell.column, self.fitting.columns), share(cell.row, self.fitting.rows))
    }

    /// Where a member would stand if it were alone: the loop itself.
    fn home(&self, member: &Member, members: &[Member]) -> Point {
        let half = || members.iter().filter(|it| it.below == member.below);
        let last = half().map(|it| it.rank).max().unwrap_or(0);
        let along = if last == 0 { 0.5 } else { member.rank as f64 / last as f64 };
        let is_last = member.rank == last && (last > 0 || !member.below);
        match (member.below, is_last) {
            (false, false) => self.point(along, 0.0),
            (false, true) => self.point(1.0, 0.25),
            (true, true) => self.point(1.0, 0.75),
            (true, false) => self.point(0.3, 1.0),
        }
    }

    /// Moves a member to a better cell, if there is one; tells whether there was.
    fn improve(&mut self, member: usize) -> bool {
        let here = self.cells[member];
        let pen = self.fitting.pens[member];
        let mut best: Option<(f64, Cell)> = None;
        for there in pen.cells().filter(|it| *it != here) {
            let other = self.cells.iter().position(|it| *it == there);
            if other.is_some_and(|it| !self.fitting.pens[it].holds(here)) {
                continue;
            }
            let cost = |it: &Self| it.cost(member) + other.map_or(0.0, |other| it.cost(other));
            let before = cost(self);
            self.swap(member, other, here, there);
            let gain = before - cost(self);
            self.swap(member, other, there, here);
            if gain > best.map_or(1e-6, |it| it.0) {
                best = Some((gain, there));
            }
        }
        if let Some((_, there)) = best {
            let other = self.cells.iter().position(|it| *it == there);
            self.swap(member, other, here, there);
        }
        best.is_some()
    }

    /// A member goes from here to there, and who is there comes here.
    fn swap(&mut self, member: usize, other: Option<usize>, here: Cell, there: Cell) {
        (self.cells[member], self.points[member]) = (there, self.middle(there));
        if let Some(other) = other {
            (self.cells[other], self.points[other]) = (here, self.middle(here));
        }
    }

    /// How bad it is that a member stands where it does.
    fn cost(&self, member: usize) -> f64 {
        let mut cost = distance(self.points[member], self.homes[member]) * AWAY;
        for (index, way) in self.ways.iter().enumerate() {
            let (a, b) = self.ends(*way);
            if way.0 != member && way.1 != member {
                if self.is_behind(a, b, member) {
                    cost += BEHIND;
                }
                continue;
            }
            cost += distance(a, b) * LENGTH;
            for it in 0..self.homes.len() {
                if it != way.0 && it != way.1 && self.is_behind(a, b, it) {
                    cost += BEHIND;
                }
            }
            for (other, crossing) in self.ways.iter().enumerate() {
                let apart = ![way.0, way.1].iter().any(|it| [crossing.0, crossing.1].contains(it));
                if other != index && apart && cross((a, b), self.ends(*crossing)) {
                    cost += CROSSING;
                }
            }
        }
        cost
    }

    fn ends(&self, way: (usize, usize)) -> (Point, Point) {
        (self.points[way.0], self.points[way.1])
    }

    /// Does a straight line pass behind a member's box?
    fn is_behind(&self, a: Point, b: Point, member: usize) -> bool {
        let (x, y) = self.points[member];
        let format = &self.fitting.format;
        let half = (format.width / 2.0 + CLEARANCE_PX, format.height / 2.0 + CLEARANCE_PX);
        // The line's stretch inside of the box, axis by axis.
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for (start, way, middle, half) in [(a.0, b.0 - a.0, x, half.0), (a.1, b.1 - a.1, y, half.1)]
        {
            if way.abs() < 1e-9 {
                if (start - middle).abs() > half {
                    return false;
                }
                continue;
            }
            let (one, two) = ((middle - half - start) / way, (middle + half - start) / way);
            from = from.max(one.min(two));
            to = to.min(one.max(two));
        }
        from < to
    }
}

fn distance(a: Point, b: Point) -> f64 {
    libm::hypot(a.0 - b.0, a.1 - b.1)
}

/// Do two lines cross?
fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let side = |from: Point, to: Point, of: Point| {
        (to.0 - from.0) * (of.1 - from.1) - (to.1 - from.1) * (of.0 - from.0)
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::cross;

    #[test]
    fn lines_cross_or_not() {
        assert!(cross(((0.0, 0.0), (2.0, 2.0)), ((0.0, 2.0), (2.0, 0.0))));
        assert!(!cross(((0.0, 0.0), (2.0, 0.0)), ((0.0, 1.0), (2.0, 1.0))));
        assert!(!cross(((0.0, 0.0), (1.0, 1.0)), ((3.0, 0.0), (0.0, 3.0))));
    }
}
