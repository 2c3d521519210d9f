//! The statistics of the scorecard: means over runs with their confidence, and percentiles of lengths and of ages.

use crate::base::Span;

/// The shares of which percentiles are told.
const SHARES: [f64; 3] = [0.5, 0.95, 0.99];

/// What stands for a length that never ended.
pub(super) const NEVER: Span = Span::from_micros(u64::MAX);

/// A measure's figures, in the measure's unit.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Figures {
    /// The mean over the runs, of those to whom it happened at all. None if it happened to nobody.
    pub mean: Option<f64>,
    /// Half the width of the interval that holds the mean with a confidence of 95 %, from at least two runs.
    pub margin: Option<f64>,
    /// The values that 50, 95 and 99 % do not exceed, in all runs together; infinite where it never happened.
    pub percentiles: Option<[f64; 3]>,
    /// The share to whom it never happened, 0 to 1.
    pub never: f64,
}

impl Figures {
    /// From the means of runs.
    pub(super) fn of_means(means: &[f64]) -> Self {
        let (mean, margin) = mean_and_margin(means);
        Self { mean, margin, ..Self::default() }
    }

    /// From the lengths of each run.
    pub(super) fn of_lengths(runs: &[&[Span]]) -> Self {
        let finite = |run: &[Span]| {
            let lengths = run.iter().filter(|it| **it != NEVER).map(|it| it.as_secs());
            let (count, sum) = lengths.fold((0.0, 0.0), |(count, sum), it| (count + 1.0, sum + it));
            (count > 0.0).then(|| sum / count)
        };
        let means: Vec<f64> = runs.iter().filter_map(|it| finite(it)).collect();
        let mut all: Vec<Span> = runs.iter().flat_map(|it| it.iter().copied()).collect();
        if all.is_empty() {
            return Self::default();
        }
        all.sort_unstable();
        let never = all.len() - all.partition_point(|it| *it < NEVER);
        let percentiles = SHARES.map(|share| match all[rank(share, all.len())] {
            NEVER => f64::INFINITY,
            length => length.as_secs(),
        });
        Self {
            percentiles: Some(percentiles),
            never: never as f64 / all.len() as f64,
            ..Self::of_means(&means)
        }
    }

    /// The age of something that ages in each of these stretches, beginning anew in each, over all the time that it
    /// was watched. Each run is its stretches and how long all that is watched was watched.
    pub(super) fn of_ages(runs: &[(&[Span], Span)]) -> Self {
        let mean = |(stretches, watched): &(&[Span], Span)| {
            // The area of the triangles: an age grows from nothing to the length of its stretch.
            let area: f64 = stretches.iter().map(|it| it.as_secs() * it.as_secs() / 2.0).sum();
            (watched.as_secs() > 0.0).then(|| area / watched.as_secs())
        };
        let means: Vec<f64> = runs.iter().filter_map(mean).collect();
        let watched: f64 = runs.iter().map(|it| it.1.as_secs()).sum();
        let mut all: Vec<Span> = runs.iter().flat_map(|it| it.0.iter().copied()).collect();
        all.sort_unstable();
        let all: Vec<f64> = all.iter().rev().map(|it| it.as_secs()).collect();
        let percentiles =
            (watched > 0.0).then(|| SHARES.map(|it| age_at(&all, (1.0 - it) * watched)));
        Self { percentiles, ..Self::of_means(&means) }
    }
}

/// The place of the smallest of `count` sorted values that this share does not exceed (nearest rank).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a small count"
)]
fn rank(share: f64, count: usize) -> usize {
    ((share * count as f64).ceil() as usize).clamp(1, count) - 1
}

/// The age that is exceeded for this long in all. The stretches stand from the longest to the shortest.
fn age_at(stretches: &[f64], exceeded: f64) -> f64 {
    // Of the longest `count` stretches, those parts lie above an age that are longer than it.
    let mut sum = 0.0;
    for (index, length) in stretches.iter().enumerate() {
        sum += length;
        let shorter = stretches.get(index + 1).copied().unwrap_or(0.0);
        let count = (index + 1) as f64;
        if exceeded <= sum - count * shorter {
            return ((sum - exceeded) / count).max(0.0);
        }
    }
    0.0
}

/// The mean of independent values and its margin: Student's t with 95 % confidence.
fn mean_and_margin(values: &[f64]) -> (Option<f64>, Option<f64>) {
    let count = values.len() as f64;
    if values.is_empty() {
        return (None, None);
    }
    let mean = values.iter().sum::<f64>() / count;
    if values.len() == 1 {
        return (Some(mean), None);
    }
    let squares: f64 = values.iter().map(|it| (it - mean) * (it - mean)).sum();
    let deviation = (squares / (count - 1.0)).sqrt();
    (Some(mean), Some(student(values.len() - 1) * deviation / count.sqrt()))
}

/// What 97.5 % of Student's distribution do not exceed, by degrees of freedom, from 1 on. Beyond the table a fit
/// that is right to three decimals.
fn student(freedom: usize) -> f64 {
    const TABLE: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042,
    ];
    TABLE.get(freedom - 1).copied().unwrap_or_else(|| 1.96 + 2.46 / freedom as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_their_ranks_and_what_never_happened_is_infinite() {
        let run: Vec<Span> = (1..=98).map(Span::from_secs).chain([NEVER, NEVER]).collect();
        let figures = Figures::of_lengths(&[&run]);
        assert_eq!(figures.mean, Some(49.5));
        assert_eq!(figures.percentiles, Some([50.0, 95.0, f64::INFINITY]));
        assert_eq!(format!("{:.2}", figures.never), "0.02");
        assert_eq!(Figures::of_lengths(&[]), Figures::default());
    }

    #[test]
    fn ages_are_those_of_all_instants() {
        // One stretch of 10 s in 100 s: older than x for 10 - x seconds.
        let one = [Span::from_secs(10)];
        let figures = Figures::of_ages(&[(&one, Span::from_secs(100))]);
        assert_eq!(figures.mean, Some(0.5));
        let near = |told: [f64; 3], exact: [f64; 3]| {
            told.iter().zip(exact).all(|(told, exact)| (told - exact).abs() < 1e-9)
        };
        assert!(near(figures.percentiles.unwrap(), [0.0, 5.0, 9.0]), "{figures:?}");
        // Stretches of 4 s and 2 s in 10 s: older than 2 for 2 s, than 0.5 for 5 s.
        let two = [Span::from_secs(2), Span::from_secs(4)];
        let figures = Figures::of_ages(&[(&two, Span::from_secs(10))]);
        assert_eq!(figures.mean, Some(1.0));
        assert!((figures.percentiles.unwrap()[0] - 0.5).abs() < 1e-9);
        // Against counting at every millisecond.
        let lengths = [3_u64, 3, 7, 1, 12].map(Span::from_secs);
        let mut ages: Vec<f64> = lengths
            .iter()
            .flat_map(|it| (0..it.as_micros() / 1_000).map(|it| it as f64 / 1e3))
            .collect();
        ages.resize(60_000, 0.0);
        ages.sort_by(f64::total_cmp);
        let figures = Figures::of_ages(&[(&lengths, Span::from_secs(60))]);
        for (share, told) in SHARES.into_iter().zip(figures.percentiles.unwrap()) {
            assert!((ages[rank(share, 60_000)] - told).abs() < 0.002, "{share}: {told}");
        }
        assert!((figures.mean.unwrap() - ages.iter().sum::<f64>() / 6e4).abs() < 0.001);
    }

    #[test]
    fn the_margin_is_students() {
        let (mean, margin) = mean_and_margin(&[1.0, 2.0, 3.0, 4.0]);
        assert_eq!(mean, Some(2.5));
        assert!((margin.unwrap() - 3.182 * 1.290_994 / 2.0).abs() < 1e-5);
        assert_eq!(mean_and_margin(&[5.0]), (Some(5.0), None));
        assert!((student(30) - student(31)).abs() < 0.005 && student(10_000) < 1.961);
    }
}
