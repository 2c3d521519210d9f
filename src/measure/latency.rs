//! Latency of messages: from being sent to having been handled, for each name.
//!
//! Percentiles come from a histogram with three significant digits (`hdrhistogram`); counts, means and sums are exact.

use hdrhistogram::Histogram;

use crate::base::limits::RUN_SPAN_MAX;
use crate::world::{Record, What};

/// Significant decimal digits of percentiles.
const DIGITS: u8 = 3;

/// Latencies of the messages of one name.
#[derive(Clone, Debug)]
pub struct Latency {
    histogram: Histogram<u64>,
    sum: u128,
}

/// Latencies by name.
#[derive(Clone, Debug)]
pub struct Latencies(Vec<Latency>);

impl Latency {
    fn new() -> Self {
        let longest = RUN_SPAN_MAX.as_micros();
        let histogram = Histogram::new_with_bounds(1, longest, DIGITS);
        Self { histogram: histogram.expect("law: the bounds of a run fit a histogram"), sum: 0 }
    }

    fn add(&mut self, micros: u64) {
        self.histogram.saturating_record(micros);
        self.sum += u128::from(micros);
    }

    /// How many messages were handled.
    pub fn count(&self) -> u64 {
        self.histogram.len()
    }

    /// The mean in microseconds; 0 when there were none.
    pub fn mean(&self) -> f64 {
        if self.count() == 0 { 0.0 } else { self.sum as f64 / self.count() as f64 }
    }

    /// The value in microseconds that this share of the messages does not exceed, `share` from 0 to 1.
    pub fn quantile(&self, share: f64) -> u64 {
        if self.count() == 0 { 0 } else { self.histogram.value_at_quantile(share) }
    }
}

impl Latencies {
    /// No latencies yet, for this many names.
    pub fn new(names: usize) -> Self {
        Self(vec![Latency::new(); names])
    }

    /// Takes note of what has been handled.
    pub fn add(&mut self, record: &Record) {
        if let What::Handled { name, micros, .. } = record.what {
            self.0[name as usize].add(micros);
        }
    }

    /// The latencies by name.
    pub fn by_name(&self) -> &[Latency] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_values() {
        let mut latency = Latency::new();
        (1..=1_000).for_each(|it| latency.add(it * 1_000));
        assert_eq!(latency.count(), 1_000);
        assert!((latency.mean() - 500_500.0).abs() < 1e-9);
        for (share, exact) in [(0.5, 500_000_u64), (0.95, 950_000), (0.99, 990_000)] {
            assert!(latency.quantile(share).abs_diff(exact) <= exact / 1_000, "{share}");
        }
    }
}
