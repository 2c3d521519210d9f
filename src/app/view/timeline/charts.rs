//! Small multiples: quantities over time, each as high as its highest value.

use super::axis::Axis;
use super::profile::{Column, profile};
use super::rows::{RowKind, Rows, value_words};
use crate::app::Lab;
use crate::app::chronicle::Of;

/// Above and below what is drawn.
const MARGIN_PX: f64 = 5.0;

/// What is bad when it is much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neither.
    Plain,
    /// The later the worse.
    Late,
    /// Not true.
    False,
}

/// A small multiple in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Where it begins, from the top.
    pub top: f64,
    /// Where its zero stands.
    pub base: f64,
    /// What it is drawn like.
    pub tone: Tone,
    /// Its columns: values are heights above its zero, in pixels.
    pub columns: Vec<Column>,
    /// What it is held against: all claims, where it counts the false ones.
    pub of: Vec<Column>,
    /// The highest value, in words.
    pub most: String,
}

/// All small multiples among the rows.
pub(super) fn charts(lab: &Lab, axis: &Axis, rows: &Rows) -> Vec<Chart> {
    let (first, last) = axis.edges();
    let sight = (first, last.min(lab.run().furthest()));
    let mut charts = Vec::new();
    for row in rows {
        let RowKind::Chart(of) = row.kind else { continue };
        let Some(series) = lab.chronicle().series_of(of) else { continue };
        let against = match of {
            Of::False(client) => lab.chronicle().series_of(Of::Claims(client)),
            _ => None,
        };
        let (columns, against) =
            (profile(series, axis, sight), against.map(|it| profile(it, axis, sight)));
        let against = against.unwrap_or_default();
        let peak = columns.iter().chain(&against).map(|it| it.peak).fold(0.0, f64::max);
        let most = series.whole.unwrap_or(peak).max(peak);
        let unit = if most > 0.0 { (row.height - 2.0 * MARGIN_PX) / most } else { 0.0 };
        let high = |columns: Vec<Column>| {
            let scaled = columns.into_iter().map(|it| Column {
                first: it.first * unit,
                last: it.last * unit,
                peak: it.peak * unit,
                ..it
            });
            scaled.collect()
        };
        charts.push(Chart {
            top: row.top,
            base: row.top + row.height - MARGIN_PX,
            tone: match of {
                Of::Stale(..) => Tone::Late,
                Of::False(_) => Tone::False,
                Of::Waiting(_) | Of::Busy(_) | Of::Claims(_) => Tone::Plain,
            },
            columns: high(columns),
            of: high(against),
            most: value_words(series, most),
        });
    }
    charts
}
