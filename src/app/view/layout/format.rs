//! How large boxes are: as large as there is room, and never so small that names cannot be read.

use super::cells::{Cell, Pen, seat};
use super::members::Member;
use super::{Place, Region};
use crate::language::Scenario;

/// A size of boxes, and the room between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Format {
    pub(super) width: f64,
    pub(super) height: f64,
    gap_x: f64,
    gap_y: f64,
    /// Only the name and a few words.
    pub(super) compact: bool,
}

/// A size, and where everybody sits.
pub(super) struct Fitting {
    pub(super) format: Format,
    /// The world's part of the picture: grown if nothing else helps.
    pub(super) world: Region,
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) pens: Vec<Pen>,
    pub(super) cells: Vec<Cell>,
}

/// The width of a sign of a name, on the average: for boxes, and for compact ones.
const SIGN_PX: f64 = 9.6;
const SIGN_COMPACT_PX: f64 = 8.0;
/// What stands in a box beside the name: padding, and signs for workers.
const BESIDE_PX: f64 = 48.0;
const BESIDE_COMPACT_PX: f64 = 24.0;
/// By how much a world grows that is too small, again and again.
const GROWTH: f64 = 1.06;
/// Enough for as many nodes as a scenario may have, on the smallest stage.
const GROWTHS_MAX: usize = 120;

impl Format {
    /// The largest size that fits into the room.
    pub(super) fn fitting(
        scenario: &Scenario,
        members: &[Member],
        room: Region,
        narrow: bool,
    ) -> Fitting {
        let formats = formats(scenario, members, narrow);
        let last = formats[formats.len() - 1];
        let fits = |format: &Format, room: Region| format.fit(members, room, narrow);
        if let Some(fitting) = formats.iter().find_map(|it| fits(it, room)) {
            return fitting;
        }
        // Each half of the loop needs a row.
        let mut grown = Region {
            width: room.width.max(2.0 * (last.width + last.gap_x)),
            height: room.height.max(2.0 * (last.height + last.gap_y)),
            ..room
        };
        for _ in 0..GROWTHS_MAX {
            if let Some(fitting) = fits(&last, grown) {
                return fitting;
            }
            grown.height *= GROWTH;
            if !narrow {
                grown.width *= GROWTH;
            }
        }
        unreachable!("law: a world grows until all of its nodes fit")
    }

    fn fit(self, members: &[Member], room: Region, narrow: bool) -> Option<Fitting> {
        if room.width < self.width || room.height < self.height {
            return None;
        }
        let across = whole((room.width + self.gap_x) / (self.width + self.gap_x));
        let down = whole((room.height + self.gap_y) / (self.height + self.gap_y));
        // On a narrow stage the loop is turned: one goes away from the people by going up.
        let (columns, rows) = if narrow { (down, across) } else { (across, down) };
        let (pens, cells) = seat(members, columns, rows)?;
        Some(Fitting { format: self, world: room, columns, rows, pens, cells })
    }
}

/// A number of cells: at most what the largest scenario needs.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive, and bounded just before"
)]
fn whole(share: f64) -> usize {
    share.min(4_000.0) as usize
}

/// Sizes that can be tried, the most comfortable first.
fn formats(scenario: &Scenario, members: &[Member], narrow: bool) -> Vec<Format> {
    let names = || members.iter().map(|it| name(scenario, it.place));
    let widest = |sign: f64| names().map(|it| line(it) as f64 * sign).fold(0.0, f64::max);
    if narrow {
        let format =
            |height, gap_x, gap_y, compact| Format { width: 106.0, height, gap_x, gap_y, compact };
        return vec![format(54.0, 12.0, 20.0, false), format(40.0, 10.0, 12.0, true)];
    }
    let full = (widest(SIGN_PX) + BESIDE_PX).clamp(124.0, 200.0);
    // Names stay on one line where there is room for that.
    let longest = names().map(|it| it.chars().count()).max().unwrap_or_default() as f64;
    let wide = (longest * SIGN_PX + BESIDE_PX).clamp(full, 200.0);
    let small = (widest(SIGN_COMPACT_PX) + BESIDE_COMPACT_PX).clamp(92.0, 150.0);
    let format =
        |width, height, gap_x, gap_y, compact| Format { width, height, gap_x, gap_y, compact };
    vec![
        format(wide, 68.0, 64.0, 32.0, false),
        format(full, 68.0, 64.0, 32.0, false),
        format(full, 68.0, 36.0, 22.0, false),
        format(small, 44.0, 44.0, 28.0, true),
        format(small, 44.0, 24.0, 20.0, true),
    ]
}

fn name(scenario: &Scenario, place: Place) -> &str {
    match place {
        Place::Channel(id) => &scenario.channels[id].name,
        Place::Service(id) => &scenario.services[id].name,
        Place::Person(_) => "",
    }
}

/// The signs of the longer of a name's two lines, broken where browsers do it: after hyphens.
fn line(name: &str) -> usize {
    let whole = name.chars().count();
    let breaks = name.char_indices().filter(|it| matches!(it.1, '-' | ' ')).map(|it| it.0 + 1);
    let longer = |at: usize| name[..at].chars().count().max(name[at..].chars().count());
    breaks.map(longer).chain([whole]).min().unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_break_in_the_best_place() {
        assert_eq!(line("sales"), 5);
        assert_eq!(line("shop-window"), 6);
        assert_eq!(line("a-very-long-name"), 9);
        assert_eq!(line("größe-ß"), 6);
        assert_eq!(line(""), 0);
    }
}
