//! The `wasm-bindgen` command, built from this workspace's own lock file.
//!
//! Owns the tie between the wasm-bindgen library that the page links and the tool that writes its
//! glue: both come from one lock file, so they cannot drift apart. Promises what the original
//! command promises, for it is the original, called as a library. Refuses to know anything else.
//!
//! The package carries wasm-bindgen's own version number because of the binary's name: rustc takes
//! a crate called `wasm_bindgen` for the library itself and rejects the versions it knows as broken.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}
