//! A series as it is drawn: no finer than pixels.

use super::axis::Axis;
use crate::app::chronicle::Series;
use crate::base::Time;

/// Narrower stretches are put together.
const NARROW_PX: f64 = 2.0;

/// A stretch of a series on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// The left edge.
    pub x: f64,
    /// The right edge.
    pub to: f64,
    /// The value at the left edge; of stretches that were put together, the mean.
    pub first: f64,
    /// The value at the right edge; of stretches that were put together, the mean.
    pub last: f64,
    /// The highest value.
    pub peak: f64,
}

/// A series between two instants, in columns that are at least as wide as a narrow one, but for where it ends.
pub(super) fn profile(series: &Series, axis: &Axis, (from, to): (Time, Time)) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    // What is put together, and its area in seconds: its column's values are sums until it is wide enough.
    let mut narrow: Option<(Column, f64, f64)> = None;
    for it in series.segments(from, to) {
        let (x, end) = (axis.x(it.from), axis.x(it.to));
        if narrow.is_none() && NARROW_PX <= end - x {
            columns.push(Column { x, to: end, first: it.first, last: it.last, peak: it.peak });
            continue;
        }
        let nothing = Column { x, to: x, first: 0.0, last: 0.0, peak: 0.0 };
        let (column, area, secs) = narrow.take().unwrap_or((nothing, 0.0, 0.0));
        let column = Column { to: end, peak: column.peak.max(it.peak), ..column };
        let (area, secs) = (area + it.area(), secs + it.to.since(it.from).as_secs());
        if NARROW_PX <= end - column.x {
            columns.push(mean(column, area, secs));
        } else {
            narrow = Some((column, area, secs));
        }
    }
    if let Some((column, area, secs)) = narrow {
        columns.push(mean(column, area, secs));
    }
    columns
}

fn mean(column: Column, area: f64, secs: f64) -> Column {
    let mean = if secs > 0.0 { area / secs } else { column.peak };
    Column { first: mean, last: mean, ..column }
}
