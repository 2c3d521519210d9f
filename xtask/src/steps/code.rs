//! Steps that look at the Rust code: format, lints, tests, documentation.
//!
//! Owns the cargo commands of these steps. Promises that a warning is a failure everywhere.
//! Refuses to know the page as a product.

use std::process::Command;

use super::{
    Page, libtest,
    tally::{Report, Tally},
};
use crate::{child, tools, workspace::cargo};

pub(super) fn format(_: &mut Page) -> Report {
    check("checking the format", cargo(&["fmt", "--all", "--", "--check", "-l"]))
}

pub(super) fn lint(_: &mut Page) -> Report {
    check(
        "linting",
        cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
    )
}

/// The page and its library as the browser gets them.
pub(super) fn lint_wasm(_: &mut Page) -> Report {
    if let Err(error) = tools::add_wasm_target() {
        return Report::failed(error);
    }
    let mut clippy = cargo(&["clippy", "--target", "wasm32-unknown-unknown", "--lib"]);
    clippy.args(["--bin", "page", "--features", "browser", "--quiet", "--", "-D", "warnings"]);
    check("linting for wasm", clippy)
}

pub(super) fn native(_: &mut Page) -> Report {
    let mut tally = Tally::default();
    let mut test = cargo(&["test", "--workspace", "--no-fail-fast"]);
    match child::watch("running the native tests", &mut test, |line| {
        tally += libtest::counts(line).unwrap_or_default();
    }) {
        Ok(status) => Report::tests(tally, status.success()),
        Err(error) => Report::failed(error),
    }
}

pub(super) fn docs(_: &mut Page) -> Report {
    let mut doc = cargo(&["doc", "--no-deps", "--workspace", "--quiet"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    check("documenting", doc)
}

fn check(doing: &str, mut command: Command) -> Report {
    Report::check(child::run(doing, &mut command))
}
