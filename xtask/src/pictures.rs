//! The pictures in `docs/pictures`.
//!
//! Owns the call of `tests/browser/pictures.mjs`, which knows what is worth a picture. Promises that they show the
//! page in `dist/`. Refuses to judge whether they are beautiful.

use std::process::Command;

use crate::{Result, child, node, workspace};

/// Takes all pictures, or those with these names.
pub(crate) fn take(only: &[String]) -> Result<()> {
    let (packages, chromium) = (node::packages()?, node::chromium()?);
    let mut take = Command::new("node");
    take.arg(workspace::browser_tests().join("pictures.mjs")).arg(packages).arg(chromium);
    take.arg(workspace::root().join("docs/pictures")).args(only);
    child::run("taking pictures", &mut take)
}
