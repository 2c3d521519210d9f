//! The speed that we promise, natively and in the browser.
//!
//! Owns the builds that the measurement needs and the calls of `benches/measure.mjs` and `benches/page.mjs`, which hold
//! the watch. Promises that the browser runs what the page's profile makes of the engine. Refuses to judge the figures.

use std::process::Command;

use crate::{Result, child, node, page, tools, workspace};

/// Rounds when nobody asks for another number.
pub(crate) const ROUNDS: u32 = 5;

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The engine, natively and in the browser.
    Engine,
    /// The page, as people meet it.
    Page,
}

/// Measures both, or one of them.
pub(crate) fn run(rounds: u32, only: Option<Side>) -> Result<()> {
    if only != Some(Side::Page) {
        engine(rounds)?;
    }
    if only != Some(Side::Engine) {
        the_page(rounds)?;
    }
    Ok(())
}

/// Builds the page and the command line, and looks at the page in a browser.
fn the_page(rounds: u32) -> Result<()> {
    let (packages, chromium) = (node::packages()?, node::chromium()?);
    page::build("./", true)?;
    let mut build = workspace::cargo(&["build", "--locked", "--quiet", "--bin", "inflight"]);
    child::run("building the command line", &mut build)?;
    let mut measure = Command::new("node");
    measure.arg(workspace::root().join("benches/page.mjs"));
    measure.arg(workspace::root().join("target/debug/inflight"));
    measure.arg(workspace::browser_tests()).arg(packages).arg(chromium);
    child::run("measuring the page", measure.arg(rounds.to_string()))
}

/// Builds our side of the races twice, and times it in turn.
fn engine(rounds: u32) -> Result<()> {
    let path = tools::ready()?;
    let (packages, chromium) = (node::packages()?, node::chromium()?);
    let build = ["build", "--locked", "--quiet", "--package", "benches", "--bin"];
    let target = workspace::root().join("target").join("measure");
    let mut native = workspace::cargo(&build);
    native.args(["benches", "--release", "--target-dir"]).arg(&target);
    child::run("building the native side", &mut native)?;
    let mut wasm = workspace::cargo(&build);
    wasm.args([
        "browser",
        "--profile",
        "page",
        "--target",
        "wasm32-unknown-unknown",
        "--target-dir",
    ]);
    child::run("building the browser's side", wasm.arg(&target))?;
    let module = target.join("wasm32-unknown-unknown/page/browser.wasm");
    let folder = target.join("module");
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen.env("PATH", path).args(["--target", "web", "--no-typescript", "--out-dir"]);
    child::run("making a module of it", bindgen.arg(&folder).arg(module))?;
    let mut measure = Command::new("node");
    measure.arg(workspace::root().join("benches/measure.mjs"));
    measure.arg(target.join("release/benches")).arg(folder).arg(packages).arg(chromium);
    child::run("measuring", measure.arg(rounds.to_string()))
}
