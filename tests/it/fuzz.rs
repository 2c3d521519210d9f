//! Broken scenarios: whatever is done to a text, it is formatted, checked and run without a panic and in time.
//!
//! `FUZZ_MINUTES=10 cargo test --release --test it fuzz -- --nocapture` digs for that long. A text that does harm is
//! kept in `target/fuzz/`.

#![allow(clippy::disallowed_types, reason = "how long it takes a person to wait, not the world")]

use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

use inflight::base::Stream;
use inflight::language;
use inflight::sim::Engine;
use inflight::world::{Settings, World};

use crate::generated::scenario;
use crate::rig::{FLAGSHIP, WORKSHOP, secs, tight_workshop};

/// How long one text may take when the machine has nothing else to do.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many texts are tried when nobody asks for minutes.
const TEXTS: u64 = 150;

/// Pieces that mean something to YAML, to the language or to expressions.
const PIECES: &[&str] = &[
    "=",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ": ",
    "\n",
    "\n  ",
    "  ",
    "- ",
    "\"",
    "'",
    "|",
    ">-",
    "# x",
    "&a",
    "!t",
    "0",
    "-1",
    "1e99",
    "9223372036854775807",
    "0ms",
    "1us",
    "30d",
    "null",
    "true",
    "msg",
    "row",
    "now",
    "(",
    ")",
    "&&",
    "é",
    "\t",
    "exponential(1us)",
    "pareto(1us, 0.1)",
    "chance(1)",
    "for: x",
    "after: 0ms",
    "capacity: 1",
    "prefetch: 1",
];

/// A text drawn from a number: a right one, in which a few things have been changed.
fn drawn(number: u64) -> String {
    let mut dice = Stream::new(number, &["fuzz"]);
    let mut text: Vec<char> = match dice.int(0, 4) {
        0 => FLAGSHIP.to_owned(),
        1 => WORKSHOP.to_owned(),
        2 => tight_workshop(),
        _ => scenario(number),
    }
    .chars()
    .collect();
    let mut below =
        |most: usize| usize::try_from(dice.int(0, i64::try_from(most).unwrap())).unwrap();
    for _ in 0..=below(4) {
        let from = below(text.len());
        let to = (from + below(12)).min(text.len());
        let piece: Vec<char> = match below(3) {
            // A part of the text itself, or digits, or a piece.
            0 => {
                let start = below(text.len());
                text[start..(start + below(80)).min(text.len())].to_vec()
            }
            1 => below(1_000_000).to_string().chars().collect(),
            _ => PIECES[below(PIECES.len() - 1)].chars().collect(),
        };
        text.splice(from..to, piece);
    }
    text.into_iter().collect()
}

/// All that is done with a text.
fn use_it(text: &str) {
    let formatted = language::format(text);
    assert_eq!(language::format(&formatted), formatted, "the layout is not settled");
    let Ok(scenario) = language::compile(text) else { return };
    assert!(language::compile(&formatted).is_ok(), "the layout has broken it");
    let Ok(world) = World::new(scenario, 1, &Settings::new()) else { return };
    let mut records = Vec::new();
    let mut engine = Engine::new(world, &mut records);
    engine.advance(secs(20), 2_000, &mut records);
}

#[test]
fn no_text_does_harm() {
    let minutes = std::env::var("FUZZ_MINUTES").ok().and_then(|it| it.parse::<f64>().ok());
    let started = Instant::now();
    let goes_on = |number: u64| match minutes {
        Some(minutes) => started.elapsed().as_secs_f64() < minutes * 60.0,
        None => number < TEXTS,
    };
    let mut number = 0;
    while goes_on(number) {
        let text = drawn(number);
        let begun = Instant::now();
        let result = catch_unwind(|| use_it(&text));
        let slow = minutes.is_some() && PATIENCE < begun.elapsed();
        if result.is_err() || slow {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
            std::fs::create_dir_all(&folder).unwrap();
            let file = folder.join(format!("{number}.yaml"));
            std::fs::write(&file, text).unwrap();
            panic!("text {number} does harm (slow: {slow}); it is kept in {}", file.display());
        }
        number += 1;
    }
    println!("{number} texts in {:.0} s", started.elapsed().as_secs_f64());
}
