//! The step that opens the page in a browser.
//!
//! Owns the call of Playwright and the reading of its report. Promises that a missing Node or
//! Chromium is a skip with a reason, and everything else that goes wrong a failure. Refuses to
//! know what the tests do.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use super::{
    Page, site,
    tally::{Report, Tally},
};
use crate::{Result, child, node, offline, rehearsal, workspace};

/// Where `playwright.config.ts` tells Playwright to put it.
const REPORT: &str = "test-results/report.json";

pub(super) fn test(page: &mut Page) -> Report {
    if let Err(reason) = site::usable(*page) {
        return Report::skipped(reason);
    }
    let missing = node::packages().and_then(|packages| Ok((packages, node::chromium()?)));
    match missing {
        Ok((packages, chromium)) => rehearsal::build()
            .and_then(|()| offline::write())
            .and_then(|()| playwright(&packages, &chromium))
            .unwrap_or_else(Report::failed),
        Err(reason) => Report::skipped(reason),
    }
}

fn playwright(packages: &Path, chromium: &str) -> Result<Report> {
    let folder = workspace::browser_tests();
    let report = folder.join(REPORT);
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut playwright = Command::new("node");
    playwright.current_dir(&folder).env("CHROMIUM", chromium);
    playwright.arg(packages.join("@playwright/test/cli.js")).arg("test");
    let status = child::watch("testing in the browser", &mut playwright, |_| ())?;
    let text = fs::read_to_string(&report).map_err(|error| format!("no report: {error}"))?;
    Ok(Report::tests(counts(&text)?, status.success()))
}

/// The numbers in Playwright's own JSON report.
fn counts(report: &str) -> Result<Tally> {
    let report: Value = serde_json::from_str(report)?;
    let number = |name: &str| {
        report["stats"][name]
            .as_u64()
            .and_then(|number| u32::try_from(number).ok())
            .ok_or_else(|| format!("the report lacks stats.{name}"))
    };
    let (passed, flaky) = (number("expected")?, number("flaky")?);
    if flaky > 0 {
        println!("{flaky} passed only when tried again: the list above names them.");
    }
    Ok(Tally { passed: passed + flaky, failed: number("unexpected")?, skipped: number("skipped")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_read() {
        let report = r#"{"stats": {"expected": 7, "unexpected": 2, "flaky": 1, "skipped": 4}}"#;
        assert_eq!(counts(report).unwrap(), Tally { passed: 8, failed: 2, skipped: 4 });
    }

    #[test]
    fn incomplete_reports_are_refused() {
        assert!(counts("{}").unwrap_err().to_string().contains("stats.expected"));
        assert!(counts("").is_err());
    }
}
