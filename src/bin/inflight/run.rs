//! `run`: plays a scenario and reports.

use inflight::base::Time;
use inflight::measure::{Latencies, Report, halt_words, report};
use inflight::sim::Engine;
use inflight::world::World;
use lexopt::ValueExt as _;

use crate::Stop;
use crate::setup::{Setup, Word, as_json, choice, next};
use crate::words::words;

/// Occurrences between two looks at the records, so that a long run does not pile them up.
const BATCH: u64 = 10_000;

/// `run FILE …`
pub(crate) fn run(arguments: &mut lexopt::Parser) -> Result<String, Stop> {
    let (mut setup, mut seed, mut json) = (Setup::default(), 1, false);
    while let Some(word) = next(arguments)? {
        match word {
            Word::Option(name) if name == "seed" => seed = arguments.value()?.parse()?,
            Word::Option(name) if name == "report" => {
                json = choice("report", &arguments.value()?.string()?, &["text", "json"])? == 1;
            }
            other => setup.take(other, arguments)?,
        }
    }
    let opened = setup.open()?;
    let world = World::new(opened.scenario, seed, &opened.settings);
    let world = world.map_err(|reason| Stop::Broken(format!("{}: {reason}", opened.file)))?;
    let report = play(world, Time::ZERO + opened.span);
    Ok(if json { as_json(&report) } else { words(&report) })
}

/// Plays a world up to an instant, folding the records as they come.
fn play(world: World, until: Time) -> Report {
    let mut latencies = Latencies::new(world.plan.names.len());
    let mut records = Vec::new();
    let mut stopped = None;
    let mut engine = Engine::new(world, &mut records);
    while engine.now() < until && stopped.is_none() {
        engine.advance(until, BATCH, &mut records);
        let plan = &engine.system.plan;
        stopped = engine.halt().map(|it| halt_words(it, plan, &mut records.iter().rev()));
        records.drain(..).for_each(|it| latencies.add(&it));
    }
    report(&engine, &latencies, stopped)
}
