//! The checks of `cargo xtask test`, in their order.
//!
//! Owns the list of steps, the headings, and the closing lines. Promises that a failing step does
//! not keep later ones from running, and that the last line reads `N passed, N failed, N skipped`.
//! Refuses to know how a step checks what it checks.

mod browser;
mod code;
mod libtest;
mod site;
mod tally;

use std::time::{Duration, Instant};

use tally::{Report, Tally};

/// One check.
struct Step {
    name: &'static str,
    title: &'static str,
    run: fn(&mut Page) -> Report,
}

/// What is known about the page in `dist/` while the steps run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    /// No step of this run has built it; an older one may lie there.
    Old,
    Built,
    Broken,
}

const STEPS: [Step; 8] = [
    Step { name: "format", title: "Format", run: code::format },
    Step { name: "lint", title: "Lint, native", run: code::lint },
    Step { name: "lint-wasm", title: "Lint, wasm", run: code::lint_wasm },
    Step { name: "native", title: "Native tests", run: code::native },
    Step { name: "docs", title: "Documentation", run: code::docs },
    Step { name: "build", title: "Release page", run: site::build },
    Step { name: "weight", title: "Weight", run: site::weight },
    Step { name: "browser", title: "Browser tests", run: browser::test },
];

/// The names to be used with `--only`.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|step| step.name)
}

/// Runs the named steps, or all, and tells whether that was a success.
pub(crate) fn run(only: &[String], ci: bool) -> bool {
    let mut page = Page::Old;
    let mut done: Vec<(&Step, Report, Duration)> = Vec::new();
    for step in STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|n| n == step.name)) {
        println!("\n== {} ({})", step.title, step.name);
        let started = Instant::now();
        let report = (step.run)(&mut page);
        let took = started.elapsed();
        println!("-- {}: {report}, {:.1} s", step.title, took.as_secs_f32());
        done.push((step, report, took));
    }

    println!("\n== Summary");
    for (step, report, took) in &done {
        println!("{:>7.1} s  {:<10} {report}", took.as_secs_f32(), step.name);
    }
    let total: Tally = done.iter().map(|(_, report, _)| report.tally).sum();
    println!("{total}");
    total.is_success(ci)
}
