//! Node, the npm packages under `tests/browser`, and the browser they drive.
//!
//! Owns the question whether they are there, and the installation of the packages from their lock
//! file. Promises either a usable answer or a sentence that says what is missing and how to get
//! it. Refuses to install a program: Node and Chromium are the person's own choice.

use std::{fs, path::PathBuf, process::Command};

use crate::{child, workspace};

/// The oldest major version that Playwright and binaryen both support.
const OLDEST_NODE: u32 = 20;

/// The folder `node_modules`, up to date with the lock file.
pub(crate) fn packages() -> Result<PathBuf, String> {
    check_node()?;
    let folder = workspace::browser_tests();
    let modules = folder.join("node_modules");
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("tests/browser/package-lock.json: {error}"))?;
    // npm's own copy of the lock is rewritten, so we leave a verbatim one beside it.
    let installed = modules.join(".installed-from-lock");
    if fs::read(&installed).is_ok_and(|from| from == lock) {
        return Ok(modules);
    }
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(&folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    child::run("installing the npm packages", &mut npm)
        .and_then(|()| Ok(fs::write(&installed, lock)?))
        .map_err(|error| format!("{error} (is npm there, and the network?)"))?;
    Ok(modules)
}

/// The program of an installed Chromium.
pub(crate) fn chromium() -> Result<String, String> {
    check_node()?;
    let mut finder = Command::new("node");
    finder.current_dir(workspace::browser_tests()).arg("chromium.mjs");
    child::answer(&mut finder).ok_or_else(|| {
        "no Chromium or Chrome found: install one (Debian: `apt-get install chromium`), \
         or name its program in the variable CHROMIUM"
            .to_owned()
    })
}

fn check_node() -> Result<(), String> {
    let version = child::answer(Command::new("node").arg("--version"));
    match version.as_deref().map(major) {
        Some(Some(major)) if major >= OLDEST_NODE => Ok(()),
        Some(_) => Err(format!(
            "Node {} is too old: install Node {OLDEST_NODE} or newer",
            version.unwrap_or_default()
        )),
        None => {
            Err(format!("Node is missing: install Node {OLDEST_NODE} or newer from nodejs.org"))
        }
    }
}

/// 20 from `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v4"), Some(4));
        assert_eq!(major("bun 1.0"), None);
    }

    #[test]
    fn the_lock_file_names_no_address() {
        let lock = workspace::browser_tests().join("package-lock.json");
        assert!(!fs::read_to_string(lock).unwrap().contains("://"));
    }
}
