//! The grid on which the world stands: which cells each member may have, so that the loop's order holds.
//!
//! Columns count along the loop's halves, away from the people; rows count across, from the upper half to the lower
//! one. On a narrow stage both are turned with the loop.

use super::members::Member;

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) row: usize,
}

/// The cells that a member may have: from the first column and row to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    from: Cell,
    to: Cell,
}

impl Pen {
    /// Does the cell belong to it?
    pub(super) const fn holds(&self, it: Cell) -> bool {
        self.from.column <= it.column
            && it.column <= self.to.column
            && self.from.row <= it.row
            && it.row <= self.to.row
    }

    /// All of its cells, column by column.
    pub(super) fn cells(self) -> impl Iterator<Item = Cell> {
        let rows = self.from.row..=self.to.row;
        let column = move |column| rows.clone().map(move |row| Cell { column, row });
        (self.from.column..=self.to.column).flat_map(column)
    }
}

/// Gives each member its pen and a first cell inside of it; `None` when there is no room for all.
pub(super) fn seat(
    members: &[Member],
    columns: usize,
    rows: usize,
) -> Option<(Vec<Pen>, Vec<Cell>)> {
    let upper = members.partition_point(|it| !it.below);
    let (above, below) = members.split_at(upper);
    if columns == 0 || rows == 0 {
        return members.is_empty().then(|| (Vec::new(), Vec::new()));
    }
    // Each rank has columns of its own if there is room for that.
    for strict in [(true, true), (false, true), (true, false), (false, false)] {
        let needed = (
            rows_needed(above, columns, rows, strict.0),
            rows_needed(below, columns, rows, strict.1),
        );
        let (Some(above_rows), Some(below_rows)) = needed else { continue };
        let Some(spare) = rows.checked_sub(above_rows + below_rows) else { continue };
        let above_rows = match (above.len(), below.len()) {
            (_, 0) => rows,
            (0, _) => 0,
            _ => above_rows + spare.div_ceil(2),
        };
        let (mut pens, mut cells) = half(above, columns, (0, above_rows), strict.0);
        let more = half(below, columns, (above_rows, rows), strict.1);
        pens.extend(more.0);
        cells.extend(more.1);
        return Some((pens, cells));
    }
    None
}

/// The fewest rows in which a half of the loop has room; 0 for nobody.
fn rows_needed(members: &[Member], columns: usize, rows: usize, strict: bool) -> Option<usize> {
    if members.is_empty() {
        return Some(0);
    }
    (1..=rows).find(|rows| {
        let needed = if strict {
            ranks(members).map(|it| it.len().div_ceil(*rows)).sum()
        } else {
            members.len().div_ceil(*rows)
        };
        needed <= columns
    })
}

fn ranks(members: &[Member]) -> impl Iterator<Item = &[Member]> {
    members.chunk_by(|a, b| a.rank == b.rank)
}

/// Seats a half of the loop in some rows, which it fits into.
fn half(
    members: &[Member],
    columns: usize,
    (top, end): (usize, usize),
    strict: bool,
) -> (Vec<Pen>, Vec<Cell>) {
    let rows = (end - top).max(1);
    let needed: usize = ranks(members).map(|it| it.len().div_ceil(rows)).sum();
    let count = ranks(members).count();
    // Without columns of their own, ranks follow each other without a gap.
    let tall = if strict { rows } else { members.len().div_ceil(columns) };
    let (mut pens, mut cells) = (Vec::new(), Vec::new());
    let (mut column, mut seated) = (0, 0);
    for (index, rank) in ranks(members).enumerate() {
        if strict {
            seated = column * tall;
            // Columns that nobody needs are shared out among the ranks.
            let spare = columns - needed;
            let extra = spare * (index + 1) / count - spare * index / count;
            column += rank.len().div_ceil(rows) + extra;
        } else {
            column = (seated + rank.len()).div_ceil(tall);
        }
        let from = Cell { column: seated / tall, row: top };
        let to = Cell { column: column - 1, row: end - 1 };
        for at in seated..seated + rank.len() {
            pens.push(Pen { from, to });
            cells.push(Cell { column: at / tall, row: top + at % tall });
        }
        seated += rank.len();
    }
    (pens, cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::view::Place;

    fn members(halves: [&[usize]; 2]) -> Vec<Member> {
        let half = |below: bool, ranks: &[usize]| {
            let members = ranks.iter().enumerate();
            let one = |(rank, count): (usize, &usize)| vec![rank; *count];
            let ranks: Vec<usize> = members.flat_map(one).collect();
            ranks.into_iter().map(move |rank| Member { place: Place::Service(0), below, rank })
        };
        half(false, halves[0]).chain(half(true, halves[1]).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn everybody_has_a_cell_of_its_own_and_ranks_keep_their_order() {
        let casts: [[&[usize]; 2]; 5] = [
            [&[1, 1], &[2, 1]],
            [&[2, 6], &[]],
            [&[1; 9], &[3]],
            [&[], &[4, 4]],
            [&[7, 20, 9], &[12, 3]],
        ];
        for (cast, columns, rows) in
            casts.iter().flat_map(|it| (1..9).flat_map(move |a| (1..12).map(move |b| (it, a, b))))
        {
            let members = members(*cast);
            let Some((pens, cells)) = seat(&members, columns, rows) else {
                // A row more or less may go with the border between the halves.
                assert!(
                    columns * (rows - 1) < members.len() + columns,
                    "{cast:?} {columns} {rows}"
                );
                continue;
            };
            for (index, cell) in cells.iter().enumerate() {
                assert!(
                    cell.column < columns && cell.row < rows,
                    "{cast:?} {columns}×{rows}: {cells:?}"
                );
                assert!(pens[index].holds(*cell), "{cast:?} {columns}×{rows}: {pens:?} {cells:?}");
                assert!(!cells[..index].contains(cell), "{cast:?} {columns}×{rows}: {cells:?}");
            }
            let neighbors = members.iter().zip(&pens).zip(members.iter().zip(&pens).skip(1));
            for (a, b) in neighbors {
                if a.0.below == b.0.below && a.0.rank < b.0.rank {
                    assert!(
                        a.1.to.column <= b.1.from.column,
                        "{cast:?} {columns}×{rows}: {pens:?}"
                    );
                }
            }
        }
    }
}
