//! Counting what passed, failed and was skipped.
//!
//! Owns the numbers and the rule for success. Promises that nothing is lost: a step that fails
//! without a failed test counts as one failure, a step that cannot run as one skip. Refuses to know
//! what was tested.

use std::{fmt, iter::Sum, ops::AddAssign};

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: u32,
}

/// How a step ended.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) tally: Tally,
    /// Why it failed or was skipped.
    reason: Option<String>,
}

impl Tally {
    /// Whether everything that counts is well. With `strict`, a skip is as bad as a failure.
    pub(super) fn is_success(self, strict: bool) -> bool {
        self.failed == 0 && !(strict && self.skipped > 0)
    }
}

impl Report {
    /// A step that is one check.
    pub(super) fn check<E: fmt::Display>(result: Result<(), E>) -> Self {
        match result {
            Ok(()) => Self { tally: Tally { passed: 1, ..Tally::default() }, reason: None },
            Err(error) => Self::failed(error),
        }
    }

    /// A step that ran many tests, and whether the program that ran them was content.
    pub(super) fn tests(tally: Tally, success: bool) -> Self {
        if success || tally.failed > 0 {
            return Self { tally, reason: None };
        }
        Self {
            tally: Tally { failed: 1, ..tally },
            reason: Some("ended with an error, though no test failed".to_owned()),
        }
    }

    pub(super) fn failed(reason: impl fmt::Display) -> Self {
        let tally = Tally { failed: 1, ..Tally::default() };
        Self { tally, reason: Some(reason.to_string()) }
    }

    pub(super) fn skipped(reason: impl fmt::Display) -> Self {
        let tally = Tally { skipped: 1, ..Tally::default() };
        Self { tally, reason: Some(reason.to_string()) }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        let mut sum = Self::default();
        tallies.for_each(|tally| sum += tally);
        sum
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.tally)?;
        match &self.reason {
            Some(reason) => write!(f, " ({reason})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skip_is_a_failure_only_when_strict() {
        let skipped = Tally { passed: 3, failed: 0, skipped: 1 };
        assert!(skipped.is_success(false));
        assert!(!skipped.is_success(true));
        assert!(!Tally { failed: 1, ..skipped }.is_success(false));
    }

    #[test]
    fn an_error_without_a_failed_test_is_a_failure() {
        let tally = Tally { passed: 3, ..Tally::default() };
        assert_eq!(Report::tests(tally, true).tally, tally);
        assert_eq!(Report::tests(tally, false).tally, Tally { failed: 1, ..tally });
        let failed = Tally { failed: 2, ..tally };
        assert_eq!(Report::tests(failed, false).tally, failed);
    }

    #[test]
    fn the_closing_line_is_exact() {
        let sum: Tally = [Tally { passed: 2, failed: 0, skipped: 1 }; 2].into_iter().sum();
        assert_eq!(sum.to_string(), "4 passed, 0 failed, 2 skipped");
    }
}
