//! The frontier: the interactions of the trials as points between two measures, with their names.
//!
//! It promises that no two names overlap: each has a line of the picture for itself.

use std::sync::Arc;

use crate::app::{Course, Lab};
use crate::interaction::Interaction;
use crate::measure::Measure;

/// Lines of the picture: room for the names of all presets, and of what stands on the stage.
pub const LINES: usize = 20;

/// The picture of two measures.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FrontierView {
    /// The greatest values of both axes, in words.
    pub ends: [String; 2],
    /// The points, from the top to the bottom.
    pub points: Vec<PointView>,
    /// The names of those for which one of the measures has no value.
    pub missing: Vec<Arc<str>>,
}

/// An interaction in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PointView {
    /// From left to right, 0 to 1.
    pub x: f64,
    /// From bottom to top, 0 to 1.
    pub y: f64,
    /// The interaction; without one it is as things stand on the stage.
    pub interaction: Option<Interaction>,
    /// Its name.
    pub label: Arc<str>,
    /// No other point is as good in both measures and better in one.
    pub is_best: bool,
    /// The line of the picture on which its name stands: 0 is on top, [`LINES`] are all. Where there are more points
    /// than lines, the names of some are not written.
    pub line: Option<usize>,
    /// The name stands on the left of the point, not on the right.
    pub leftward: bool,
}

/// The trials' interactions as points: one measure to the right, another one upward. Of several classes of people
/// the first counts.
pub fn frontier(lab: &Lab, x: Measure, y: Measure) -> FrontierView {
    let courses = lab.trials().map_or(&[][..], |it| it.courses());
    let mut view = FrontierView::default();
    let mut values = Vec::new();
    for course in courses {
        let Some(score) = course.scores.iter().max_by_key(|it| (it.client == 0, it.intents)) else {
            continue;
        };
        match (score.of(x).mean, score.of(y).mean) {
            (Some(x), Some(y)) => values.push((course, x, y)),
            _ => view.missing.push(course.label.clone()),
        }
    }
    let right = values.iter().map(|it| it.1).fold(0.0, f64::max);
    let top = values.iter().map(|it| it.2).fold(0.0, f64::max);
    let end = |value: f64, measure: Measure| format!("{value:.1} {}", measure.unit().name());
    view.ends = [end(right, x), end(top, y)];
    for (course, x, y) in &values {
        let better =
            |it: &&(&Course, f64, f64)| it.1 <= *x && it.2 <= *y && (it.1 < *x || it.2 < *y);
        let is_best = !values.iter().any(|it| better(&it));
        let (interaction, label) = (course.interaction, course.label.clone());
        let (x, y) = (place(*x, right), place(*y, top));
        let leftward = x > 0.5;
        view.points.push(PointView { x, y, interaction, label, is_best, line: None, leftward });
    }
    view.points.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let named = named(&view.points);
    let wanted: Vec<f64> =
        named.iter().map(|it| (1.0 - view.points[*it].y) * (LINES - 1) as f64).collect();
    for (point, line) in named.into_iter().zip(lines(&wanted)) {
        view.points[point].line = Some(line);
    }
    view
}

/// The points whose names are written, in their order: of many, only the best and those that are known by a name. Of
/// points at the same place one is enough.
fn named(points: &[PointView]) -> Vec<usize> {
    if points.len() <= LINES {
        return (0..points.len()).collect();
    }
    let at = |it: usize| (points[it].x.to_bits(), points[it].y.to_bits());
    let is_known = |it: usize| points[it].interaction.is_none_or(|it| it.preset().is_some());
    let matters = |it: &usize| points[*it].is_best || is_known(*it);
    let mut all: Vec<usize> = (0..points.len()).filter(matters).collect();
    all.sort_by_key(|it| (!points[*it].is_best, *it));
    let mut kept: Vec<usize> = Vec::new();
    for it in all {
        if kept.len() < LINES && !kept.iter().any(|other| at(*other) == at(it)) {
            kept.push(it);
        }
    }
    kept.sort_unstable();
    kept
}

/// Where a value stands on an axis. Small differences count more than great ones, so that what is near zero can be
/// told apart.
fn place(value: f64, end: f64) -> f64 {
    if end > 0.0 { (value / end).sqrt() } else { 0.0 }
}

/// A line for each name, in their order and as near as possible to where they want to stand: those that want the
/// same lines share the stretch around them evenly, as in isotonic regression (pool adjacent violators).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut to the lines that there are"
)]
fn lines(wanted: &[f64]) -> Vec<usize> {
    // A pool: how many names, and where its first one wants to stand, on the average.
    let mut pools: Vec<(usize, f64)> = Vec::new();
    for it in wanted {
        let mut pool = (1_usize, *it);
        while let Some((count, first)) = pools.last().copied() {
            if first + (count as f64) <= pool.1 {
                break;
            }
            pools.pop();
            let all = count + pool.0;
            let sum = first * count as f64 + (pool.1 - count as f64) * pool.0 as f64;
            pool = (all, sum / all as f64);
        }
        pools.push(pool);
    }
    let mut lines = Vec::with_capacity(wanted.len());
    for (count, first) in pools {
        let most = LINES - (wanted.len() - lines.len()).min(LINES);
        let free = lines.last().map_or(0, |it: &usize| it + 1);
        let start = (first.round().max(0.0) as usize).clamp(free, most.max(free));
        lines.extend(start..start + count);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &[f64]) -> Vec<usize> {
        let lines = lines(wanted);
        assert_eq!(lines.len(), wanted.len());
        assert!(lines.is_sorted_by(|a, b| a < b), "each its own: {wanted:?} {lines:?}");
        assert!(lines.iter().all(|it| *it < LINES), "{wanted:?} {lines:?}");
        lines
    }

    #[test]
    fn names_stand_where_they_want_or_share_the_lines_around() {
        assert_eq!(check(&[0.0, 3.2, 19.0]), [0, 3, 19]);
        assert_eq!(check(&[7.0, 7.0, 7.0]), [6, 7, 8]);
        assert_eq!(check(&[19.0, 19.0, 19.0]), [17, 18, 19]);
        assert_eq!(check(&[0.0, 0.0]), [0, 1]);
        assert_eq!(check(&[]), [0_usize; 0]);
    }

    #[test]
    fn no_two_names_ever_share_a_line() {
        let mut luck = 1_u64;
        for round in 0..20_000 {
            let mut wanted: Vec<f64> = (0..round % 18)
                .map(|_| {
                    luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (luck >> 33) as f64 / (1_u64 << 31) as f64 * (LINES - 1) as f64
                })
                .collect();
            if round % 3 == 0 {
                for it in &mut wanted {
                    *it = (*it / 6.0).floor() * 6.0;
                }
            }
            wanted.sort_by(f64::total_cmp);
            check(&wanted);
        }
    }
}
