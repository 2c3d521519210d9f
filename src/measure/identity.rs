//! The identity of a run: the digest by which two machines can tell whether they have lived the same.

use crate::base::Time;
use crate::language;
use crate::sim::Engine;
use crate::world::{Settings, World};

/// The number of the engine: it rises when the same file, seed and inputs may give another run than before. Links carry
/// it, so that whoever opens one made by another engine is told.
pub const ENGINE: u32 = 1;

/// Occurrences between two looks at the records, which are not needed here.
const BATCH: u64 = 10_000;

/// The identity of a scenario's run up to an instant, with this seed, the knobs' defaults and nobody at the
/// screens: 16 hexadecimal digits.
///
/// # Errors
/// The first thing that is wrong with the text, or why it cannot start.
pub fn identity(text: &str, seed: u64, until: Time) -> Result<String, String> {
    let scenario = language::compile(text)
        .map_err(|findings| findings.first().map(ToString::to_string).unwrap_or_default())?;
    let world = World::new(scenario, seed, &Settings::new())?;
    let mut records = Vec::new();
    let mut engine = Engine::new(world, &mut records);
    while engine.now() < until && engine.halt().is_none() {
        engine.advance(until, BATCH, &mut records);
        records.clear();
    }
    Ok(format!("{:016x}", engine.digest()))
}
