//! The page: built for release, or served while somebody works on it.
//!
//! Owns how Trunk is called. Promises a release page in `dist/` that runs under any address and
//! asks no other host for anything, and a served page at a port that was free. Refuses to know
//! what is on the page.

use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener},
    process::Command,
};

use crate::{
    Result,
    child::{self, Running},
    seal, shrink, tools, workspace,
};

/// Writes the release page to `dist/`. Without `worker`, nothing is kept for the time without a network.
pub(crate) fn build(public_url: &str, worker: bool) -> Result<()> {
    let mut trunk = trunk()?;
    trunk.args(["build", "--release", "--public-url", public_url]);
    child::run("building the page", &mut trunk)?;
    shrink::wasm_in(&workspace::dist())?;
    seal::page(&workspace::dist(), worker)?;
    println!("The page is in {}", workspace::dist().display());
    Ok(())
}

/// Serves the page and rebuilds it on every edit, until interrupted.
pub(crate) fn serve(port: u16) -> Result<()> {
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
        return Err(format!("port {port} is in use: choose another one with --port").into());
    }
    let folder = workspace::root().join("target").join("serve");
    fs::create_dir_all(&folder)?;
    let mut trunk = trunk()?;
    trunk.args(["serve", "--cargo-profile", "live", "--public-url", "/", "--dist"]).arg(folder);
    trunk.args(["--port", &port.to_string()]);
    let address = format!("http://127.0.0.1:{port}/");
    let mut trunk = Running::start("building the page", &mut trunk)?;
    while let Some(line) = trunk.next_line()? {
        if line.contains(&address) {
            println!("\n   Inflight is at {address} (Ctrl-C stops it)\n");
            trunk.may_be_silent();
        }
    }
    let status = trunk.end()?;
    if status.success() { Ok(()) } else { Err(format!("trunk: {status}").into()) }
}

/// Trunk with all it needs at hand, told to load nothing from anywhere.
fn trunk() -> Result<Command> {
    let path = tools::ready()?;
    // Looked up here because Windows would search the wrong PATH.
    let name = format!("trunk{}", env::consts::EXE_SUFFIX);
    let program = env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|program| program.is_file())
        .ok_or("trunk is not where it was installed")?;
    let mut trunk = Command::new(program);
    trunk.current_dir(workspace::root()).env("PATH", path);
    // Trunk 0.21 takes this for an option of its own and refuses the usual value, 1.
    trunk.env_remove("NO_COLOR");
    // Its own stack says nothing about the page.
    trunk.env("RUST_LIB_BACKTRACE", "0");
    trunk.arg("--offline=true");
    Ok(trunk)
}
