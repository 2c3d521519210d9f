//! The folder for what is slow to make and fits every clone of the project.
//!
//! Owns its place on each operating system. Promises to follow that system's custom, so that
//! clean-up tools find it. Refuses to know what is kept there.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::Result;

/// The project's folder in the user's cache folder.
pub(crate) fn folder() -> Result<PathBuf> {
    place(env::consts::OS, |name| env::var_os(name).map(PathBuf::from))
        .map(|base| base.join("inflight"))
        .ok_or_else(|| "no cache folder: the environment names no home folder".into())
}

fn place(system: &str, variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let home = |below: &str| variable("HOME").map(|home| home.join(below));
    match system {
        "windows" => variable("LOCALAPPDATA"),
        "macos" => home("Library/Caches"),
        // The XDG rule: a relative path is to be ignored.
        _ => variable("XDG_CACHE_HOME").filter(|path| is_absolute(path)).or_else(|| home(".cache")),
    }
}

fn is_absolute(path: &Path) -> bool {
    path.has_root()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(system: &str, variables: &[(&str, &str)]) -> Option<PathBuf> {
        place(system, |name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| PathBuf::from(value))
        })
    }

    #[test]
    fn each_system_has_its_own_place() {
        let home = ("HOME", "/home/ada");
        assert_eq!(on("linux", &[home]), Some("/home/ada/.cache".into()));
        assert_eq!(on("linux", &[home, ("XDG_CACHE_HOME", "/fast")]), Some("/fast".into()));
        assert_eq!(on("linux", &[home, ("XDG_CACHE_HOME", "c")]), Some("/home/ada/.cache".into()));
        assert_eq!(on("macos", &[home]), Some("/home/ada/Library/Caches".into()));
        assert_eq!(on("windows", &[("LOCALAPPDATA", "C:/Local")]), Some("C:/Local".into()));
    }

    #[test]
    fn no_home_no_cache() {
        assert_eq!(on("linux", &[]), None);
    }
}
