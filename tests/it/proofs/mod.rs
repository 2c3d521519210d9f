//! The catalogue proves itself: each scenario's own figures, over enough seeds, against theory or what was published.
//!
//! A scenario measures what it teaches in a table of its own, so that a person sees the same figures as these tests.

mod calls;
mod claims;
mod conflicts;
mod delivery;
mod desks;
mod edits;
mod gaps;
mod interleavings;
mod load;
mod logins;
mod mishaps;
mod opinions;
mod pages;
mod process;
mod published;
mod regrets;
mod rooms;
mod slices;
mod stamps;

use std::path::Path;

use inflight::base::Time;
use inflight::language::Value;
use inflight::world::World;

use crate::rig::{engine, world_with};

/// The text of a scenario of the catalogue.
pub(crate) fn text(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("scenarios").join(path).with_extension("yaml");
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// A scenario of the catalogue, run up to some instants with these knobs; what `look` sees at each.
pub(crate) fn look_at<T>(
    path: &str,
    seed: u64,
    settings: &[(&str, Value)],
    instants: &[Time],
    look: impl Fn(&World) -> T,
) -> Vec<T> {
    let text = text(path);
    let (mut engine, mut records) = engine(world_with(&text, seed, settings));
    instants
        .iter()
        .map(|at| {
            while engine.now() < *at {
                assert!(engine.halt().is_none(), "{path} stopped: {:?}", engine.halt());
                engine.advance(*at, 10_000, &mut records);
                records.clear();
            }
            for trouble in &engine.system.troubles {
                let planned = text.contains(&format!("fail: {}", trouble.reason));
                assert!(planned, "{path}: a handler failed: {}", trouble.reason);
            }
            look(&engine.system)
        })
        .collect()
}

/// A cell of a table, found by the table's name (`service.table`), the row's key, and the column.
#[track_caller]
pub(crate) fn cell(world: &World, table: &str, key: &Value, column: &str) -> Value {
    let (service, name) = table.split_once('.').expect("service.table");
    let services = &world.plan.scenario.services;
    let id = services.iter().position(|it| it.name == service).expect("a service");
    let which = services[id].tables.iter().position(|it| it.name == name).expect("a table");
    let table = world.services[id].table(0, which);
    let column = table.columns.iter().position(|it| &**it == column).expect("a column");
    table.get(key).expect("a row")[column].clone()
}

/// The same as a number: durations in seconds.
#[track_caller]
pub(crate) fn number(world: &World, table: &str, key: &Value, column: &str) -> f64 {
    match cell(world, table, key, column) {
        Value::Int(it) => it as f64,
        Value::Float(it) => it,
        Value::Duration(it) => it as f64 / 1e6,
        other => panic!("`{other}` is not a number"),
    }
}

/// Does a share of this many trials agree with theory, within four standard errors?
#[track_caller]
pub(crate) fn check_share(what: &str, times: f64, trials: f64, theory: f64) {
    let error = (theory * (1.0 - theory) / trials).sqrt();
    let share = times / trials;
    println!(
        "{what}: theory {theory:.4}, measured {share:.4} of {trials}, standard error {error:.4}"
    );
    assert!(
        (share - theory).abs() <= 4.0 * error,
        "{what}: theory {theory}, measured {share} ± {error}"
    );
}
