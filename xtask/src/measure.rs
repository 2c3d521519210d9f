//! The speed that we promise, natively and in the browser.
//!
//! Owns the builds that the measurement needs and the call of `benches/measure.mjs`, which holds the watch. Promises
//! that the browser runs what the page's profile makes of the engine. Refuses to judge the figures.

use std::process::Command;

use crate::{Result, child, node, tools, workspace};

/// Rounds when nobody asks for another number.
pub(crate) const ROUNDS: u32 = 5;

/// Builds our side of the races twice, and times it in turn.
pub(crate) fn run(rounds: u32) -> Result<()> {
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
