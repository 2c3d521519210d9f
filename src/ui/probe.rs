//! Lets a test ask the built page for the identity of a run, so that what the browser lives can be compared with what
//! the native build lives. It touches neither the lab nor the page.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::base::Time;
use crate::measure::identity;

/// The identity of a scenario's run with this seed, after so many seconds of virtual time.
///
/// # Errors
/// When the text is broken, or the scenario cannot start.
#[wasm_bindgen]
pub fn run_identity(text: &str, seed: u32, secs: u32) -> Result<String, String> {
    let until = Time::from_micros(u64::from(secs) * 1_000_000);
    identity(text, u64::from(seed), until)
}
