//! Reading what Rust's test programs print.
//!
//! Owns the shape of libtest's closing line. Promises to find it with or without colours, and to
//! take nothing else for it. Refuses to know which tests ran.

use super::tally::Tally;

/// The numbers in a line such as
/// `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s`.
pub(super) fn counts(line: &str) -> Option<Tally> {
    let parts = line.strip_prefix("test result: ")?;
    let number_before = |word: &str| {
        let before = &parts[..parts.find(word)?];
        before.trim_end().rsplit(' ').next()?.parse().ok()
    };
    Some(Tally {
        passed: number_before("passed;")?,
        failed: number_before("failed;")?,
        skipped: number_before("ignored;")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_read() {
        let line = "test result: ok. 5 passed; 2 failed; 1 ignored; 0 measured; 3 filtered out";
        assert_eq!(counts(line), Some(Tally { passed: 5, failed: 2, skipped: 1 }));
        let coloured = "test result: \u{1b}[31mFAILED\u{1b}[m. 0 passed; 12 failed; 0 ignored; x";
        assert_eq!(counts(coloured), Some(Tally { passed: 0, failed: 12, skipped: 0 }));
    }

    #[test]
    fn other_lines_are_not() {
        for line in ["", "5 passed; 2 failed;", "test result: unknown", "test ok ... ok"] {
            assert_eq!(counts(line), None, "{line}");
        }
    }
}
