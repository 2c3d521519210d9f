//! The two tools the page is built with: Trunk and wasm-bindgen.
//!
//! Owns their versions, where they come from, and the folder they are kept in. Promises that both
//! are there, at exactly these versions, when `ready` returns; that a matching one on the PATH is
//! used as it is; and that no clone builds what another has built. Refuses to know how the page
//! uses them.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, cache, child, workspace};

const WASM_TARGET: &str = "wasm32-unknown-unknown";

struct Tool {
    name: &'static str,
    version: &'static str,
    /// What to tell `cargo install` besides the usual.
    source: &'static [&'static str],
}

const TOOLS: [Tool; 2] = [
    Tool {
        name: "trunk",
        version: "0.21.14",
        source: &["trunk@=0.21.14", "--no-default-features"],
    },
    Tool { name: "wasm-bindgen", version: "0.2.130", source: &["--path", "tools/bindgen"] },
];

/// Makes everything ready that a build of the page needs, and returns the PATH to build it with.
pub(crate) fn ready() -> Result<OsString> {
    add_wasm_target()?;
    let mut folders = Vec::new();
    for tool in &TOOLS {
        if !tool.is_right(Path::new(tool.name)) {
            folders.push(tool.in_cache()?);
        }
    }
    fetch_packages()?;
    path_with(folders)
}

/// The PATH, with some folders before all others.
fn path_with(mut folders: Vec<PathBuf>) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    folders.extend(env::split_paths(&path));
    Ok(env::join_paths(folders)?)
}

impl Tool {
    /// The folder of this tool in the cache, after building the tool if it is not there.
    fn in_cache(&self) -> Result<PathBuf> {
        let root = cache::folder()?.join(format!("{}-{}", self.name, self.version));
        let folder = root.join("bin");
        let program = folder.join(self.name).with_extension(env::consts::EXE_EXTENSION);
        if !self.is_right(&program) {
            let doing = format!("building {} {}", self.name, self.version);
            println!("Now {doing}. It takes minutes, but happens only once for all clones.");
            // With the folder on its PATH, cargo has no advice to give about the PATH.
            let path = path_with(vec![folder.clone()])?;
            child::run(&doing, self.install(&root).env("PATH", path))?;
        }
        Ok(folder)
    }

    /// Whether `program` answers with the version we want: `trunk 0.21.14`.
    fn is_right(&self, program: &Path) -> bool {
        let answer = child::answer(Command::new(program).arg("--version"));
        answer.is_some_and(|text| text.split_whitespace().nth(1) == Some(self.version))
    }

    /// Built for a quick build, not for speed: each works for half a second per page, and everybody
    /// waits for the first page.
    fn install(&self, root: &Path) -> Command {
        let mut command = workspace::cargo(&["install", "--locked", "--debug", "--force"]);
        command
            .args(self.source)
            .arg("--root")
            .arg(root)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_STRIP", "true")
            .env("CARGO_INCREMENTAL", "0");
        command
    }
}

/// rustup reads `rust-toolchain.toml` and adds the target by itself, unless somebody overrides it.
pub(crate) fn add_wasm_target() -> Result<()> {
    let library = rustc(&["--print", "target-libdir", "--target", WASM_TARGET]);
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    child::run(
        "adding the wasm target",
        Command::new("rustup").current_dir(workspace::root()).args(["target", "add", WASM_TARGET]),
    )
}

/// Trunk works offline, and so does the cargo it calls: what the page is made of must be here, and
/// what its macros and build scripts are made of, which run on this machine.
fn fetch_packages() -> Result<()> {
    let host = rustc(&["--print", "host-tuple"]).ok_or("rustc does not answer")?;
    let targets = ["--target", WASM_TARGET, "--target", &host];
    let mut fetch = workspace::cargo(&["fetch", "--locked", "--quiet"]);
    child::run("fetching packages", fetch.args(targets))
}

fn rustc(arguments: &[&str]) -> Option<String> {
    child::answer(Command::new("rustc").current_dir(workspace::root()).args(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_helper_crate_has_the_version_we_ask_for() {
        let manifest = workspace::root().join("tools/bindgen/Cargo.toml");
        let text = std::fs::read_to_string(manifest).unwrap();
        let bindgen = TOOLS.iter().find(|tool| tool.name == "wasm-bindgen").unwrap();
        assert!(text.contains(&format!("\nversion = \"{}\"", bindgen.version)));
        assert!(text.contains(&format!("version = \"={}\"", bindgen.version)));
    }

    #[test]
    fn trunk_is_the_version_of_its_settings() {
        let text = std::fs::read_to_string(workspace::root().join("Trunk.toml")).unwrap();
        let trunk = TOOLS.iter().find(|tool| tool.name == "trunk").unwrap();
        assert!(text.contains(&format!("trunk-version = \"={}\"", trunk.version)));
    }
}
