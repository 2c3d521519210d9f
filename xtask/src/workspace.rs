//! Where things are in the clone.
//!
//! Owns the folders other modules refer to and the way to call cargo. Promises absolute paths, so
//! that commands work from any folder. Refuses to know what is in those folders.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The root of the clone.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The finished page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The browser tests, and every package that comes from npm.
pub(crate) fn browser_tests() -> PathBuf {
    root().join("tests").join("browser")
}

/// A cargo command, run at the root by the same cargo that runs xtask.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}
