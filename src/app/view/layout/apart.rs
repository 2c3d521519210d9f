//! What is placed by hand, and what has to make room for it.

use super::{Place, Placed, Region};
use crate::base::limits::{STAGE_COLUMNS_MAX, STAGE_ROWS_MAX};
use crate::language::scenario::{Movable, Spot};

/// The gap that stays between two boxes.
const GAP_PX: f64 = 8.0;
/// Rows of the grid that are tried at most: enough for all nodes of a full stage, one below the other.
const ROWS_MAX: u32 = 1_200;

/// Puts boxes where somebody wants them. Of two that would overlap, the first in order stays, and the other one goes to
/// the nearest free spot; what is placed by hand stays before all others.
pub(super) fn separate(places: &mut [Placed], world: &Region, by_hand: &[(Movable, Spot)]) {
    let mut settled: Vec<Placed> = Vec::new();
    let wanted =
        |it: &Placed| by_hand.iter().find(|other| Place::from(other.0) == it.place).map(|it| it.1);
    for first in [true, false] {
        for placed in places.iter_mut() {
            let spot = wanted(placed);
            if spot.is_some() != first {
                continue;
            }
            if let Some(spot) = spot {
                (placed.x, placed.y) = corner(placed, world, spot);
            }
            if settled.iter().any(|it| placed.is_near(it)) {
                *placed = nearest_free(*placed, &settled, world);
            }
            settled.push(*placed);
        }
    }
}

/// The left upper corner of a box at a spot.
fn corner(of: &Placed, world: &Region, spot: Spot) -> (f64, f64) {
    let share = |at: u8, max: u8| f64::from(at.min(max)) / f64::from(max);
    (
        world.x + (world.width - of.width) * share(spot.column, STAGE_COLUMNS_MAX),
        world.y + (world.height - of.height) * share(spot.row, STAGE_ROWS_MAX),
    )
}

/// The spot that is nearest to where a box has its middle.
pub(super) fn nearest_spot(of: &Placed, world: &Region, (x, y): (f64, f64)) -> Spot {
    let at = |wanted: f64, whole: f64, max: u8| {
        let share = if whole > 0.0 { wanted / whole } else { 0.0 };
        (0..=max)
            .min_by(|a, b| {
                let away = |it: u8| (f64::from(it) / f64::from(max) - share).abs();
                away(*a).total_cmp(&away(*b))
            })
            .unwrap_or_default()
    };
    Spot {
        column: at(x - of.width / 2.0 - world.x, world.width - of.width, STAGE_COLUMNS_MAX),
        row: at(y - of.height / 2.0 - world.y, world.height - of.height, STAGE_ROWS_MAX),
    }
}

impl Placed {
    /// Do the boxes overlap, or stand closer than the gap?
    fn is_near(&self, other: &Self) -> bool {
        self.x < other.x + other.width + GAP_PX
            && other.x < self.x + self.width + GAP_PX
            && self.y < other.y + other.height + GAP_PX
            && other.y < self.y + self.height + GAP_PX
    }
}

fn nearest_free(wanted: Placed, settled: &[Placed], world: &Region) -> Placed {
    let (step_x, step_y) = (wanted.width + GAP_PX + 0.5, wanted.height + GAP_PX + 0.5);
    let columns = ((world.width + GAP_PX) / step_x).max(1.0).floor();
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
