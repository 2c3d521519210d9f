//! The project's own commands: `cargo xtask run`, `build`, `offline`, `test`, `measure` and
//! `pictures`.
//!
//! Owns the way from the command line to an exit code: 0 for success, 1 for failure, 2 for a
//! command that was not understood. Promises that every command works from any folder inside the
//! clone and needs nothing but rustup at the start. Refuses to know how any of it is done.

mod args;
mod cache;
mod child;
mod html;
mod measure;
mod node;
mod offline;
mod page;
mod pictures;
mod rehearsal;
mod seal;
mod shrink;
mod steps;
mod tools;
mod weights;
mod workspace;

use std::{env, process::ExitCode};

use args::Command;

/// Anything that stops a command, told to a person.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let command = match Command::parse(env::args().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    let success = match command {
        Command::Help => {
            println!("{}", args::USAGE);
            Ok(true)
        }
        Command::Run { port } => page::serve(port).map(|()| true),
        Command::Build { public_url, worker } => page::build(&public_url, worker).map(|()| true),
        Command::Offline => page::build("./", true).and_then(|()| offline::write()).map(|()| true),
        Command::Rehearsal => rehearsal::build().map(|()| true),
        Command::Measure { rounds, only } => measure::run(rounds, only).map(|()| true),
        Command::Pictures { only } => pictures::take(&only).map(|()| true),
        Command::Test { only, ci } => Ok(steps::run(&only, ci)),
    };
    match success {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
