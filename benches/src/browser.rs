//! The same runs in a browser: a page calls [`run`] and holds the watch.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs a model of ours. Returns how many events came about and the run's identity, as words.
///
/// # Panics
/// When there is no such model.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn run(model: &str) -> String {
    let run = benches::ours(model).expect("a model of ours");
    let outcome = run();
    format!("{} {:016x}", outcome.events, outcome.identity)
}

fn main() {}
