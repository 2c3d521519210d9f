//! The engine against its peers: `cargo run --release -p benches [rounds]`.
//!
//! With `time MODEL` it runs one of ours once, and says how long that took: `cargo xtask measure` holds that beside the
//! browser.
//!
//! Two models: M/M/1 at load 0.9 with 1,000,000 customers, and a ring of 1,000 nodes with 1,000 tokens in flight. Every
//! contestant computes the same with the same draws ([`models`]), which is checked against theory and against each
//! other; so the times compare the engines and nothing else. All of it on one thread, in one run, in interleaved
//! rounds ([`race`]), built with the project's release profile.

mod race;
mod with_desque;
mod with_nexosim;
mod with_simcore;

use benches::{OURS, Outcome, QUEUE_EVENTS, RING_EVENTS, Run, ours};
use cpu_time::ThreadTime;
use race::{Check, Contestant, Race, Standing};

/// Rounds when nobody asks for another number.
const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, model] = arguments.as_slice()
        && command == "time"
    {
        return time(model);
    }
    let rounds = arguments.first().and_then(|it| it.parse().ok()).unwrap_or(ROUNDS).max(1);
    for race in [queue(), ring(), growing()] {
        print(&race, &race.run(rounds), rounds);
    }
}

/// Runs a model of ours twice, and prints how long the second time took, in seconds, and what came of it.
fn time(model: &str) {
    let Some(run) = ours(model) else {
        eprintln!("`{model}` is none of {:?}", OURS.map(|it| it.0));
        std::process::exit(2);
    };
    run();
    let start = ThreadTime::now();
    let outcome = run();
    let seconds = start.elapsed().as_secs_f64();
    println!("{seconds} {} {:016x}", outcome.events, outcome.identity);
}

fn queue() -> Race {
    Race {
        title: "M/M/1, load 0.9, 1,000,000 customers",
        unit: "events",
        events: QUEUE_EVENTS,
        // Whitt, "Planning queueing simulations", 1989: the standard error of 1,000,000 customers is 0.19 services.
        theory: (10.0, 0.76),
        headings: ["inflight is", "the file is"],
        contestants: vec![
            same("inflight", way("queue")),
            Contestant { name: "  as a file", check: Check::Theory, run: way("queue-file") },
            same("desque 0.4.0", with_desque::queue),
            same("simcore 0.1.0", with_simcore::queue),
            same("nexosim 1.0.0", with_nexosim::queue),
        ],
    }
}

fn ring() -> Race {
    Race {
        title: "Ring, 1,000 nodes, 1,000 tokens in flight",
        unit: "hops",
        events: RING_EVENTS,
        theory: (10.0, 0.036),
        headings: ["inflight is", "the file is"],
        contestants: vec![
            same("inflight", way("ring")),
            Contestant { name: "  as a file", check: Check::Count, run: way("ring-file") },
            same("desque 0.4.0", with_desque::ring),
            same("simcore 0.1.0", with_simcore::ring),
            same("nexosim 1.0.0", with_nexosim::ring),
        ],
    }
}

/// The cost of an occurrence as a scenario file grows: as many hops each time.
fn growing() -> Race {
    let ring = |name, model| Contestant { name, check: Check::Count, run: way(model) };
    Race {
        title: "Ring as a file, with a token for each node",
        unit: "hops",
        events: RING_EVENTS,
        theory: (10.0, 0.036),
        headings: ["10 are", "100 are"],
        contestants: vec![
            ring("10 nodes", "ring-file-10"),
            ring("100 nodes", "ring-file-100"),
            ring("1,000 nodes", "ring-file"),
        ],
    }
}

const fn same(name: &'static str, run: fn() -> Outcome) -> Contestant {
    Contestant { name, check: Check::Same, run }
}

fn way(name: &str) -> Run {
    ours(name).expect("law: the model has a name")
}

fn print(race: &Race, standings: &[Standing], rounds: usize) {
    let unit = format!("M {}/s", race.unit);
    println!("\n{} ({rounds} rounds, theory {:.3})\n", race.title, race.theory.0);
    let [ms, spread, mean] = ["ms", "spread", "mean"];
    let [first, second] = race.headings;
    println!("{:<16} {unit:>12} {ms:>9} {spread:>8} {mean:>8} {first:>13} {second:>12}", "");
    let [ours, file] = [standings[0].rate(), standings[1].rate()];
    for standing in standings {
        println!(
            "{:<16} {:>12.2} {:>9.1} {:>7.1}% {:>8.3} {:>12.2}x {:>11.2}x",
            standing.name,
            standing.rate(),
            standing.median() * 1e3,
            standing.spread() * 1e2,
            standing.outcome.mean,
            ours / standing.rate(),
            file / standing.rate(),
        );
    }
    if let Some(occurrences) = standings[1].outcome.occurrences {
        let rate = occurrences as f64 / standings[1].median() / 1e6;
        println!("\nAs a file, {rate:.2} M occurrences/s.");
    }
}
