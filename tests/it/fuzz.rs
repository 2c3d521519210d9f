//! Broken scenarios, links and documents: whatever is done to them, they are read, checked and run without a panic and
//! in time.
//!
//! `FUZZ_MINUTES=10 cargo test --release --test it fuzz -- --nocapture` digs for that long. What does harm is kept in
//! `target/fuzz/`; what was interesting, in `tests/it/corpus/`.

#![allow(clippy::disallowed_types, reason = "how long it takes a person to wait, not the world")]

use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

use inflight::app::archive::Document;
use inflight::app::view::offer;
use inflight::app::{Action, Incoming, Lab, Way, link};
use inflight::base::Stream;
use inflight::base::limits::LINK_CHARS_MAX;
use inflight::language;
use inflight::sim::Engine;
use inflight::world::{Settings, World};

use crate::generated::scenario;
use crate::rig::{FLAGSHIP, WORKSHOP, secs, tight_workshop};

/// How long one text may take when the machine has nothing else to do.
const PATIENCE: Duration = Duration::from_secs(1);
/// Occurrences after which the lab asks whether it may go on.
const TURN: u64 = 64;
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

/// A link drawn from a number: its parts are right ones, changed ones, or noise.
fn drawn_link(number: u64) -> String {
    let mut dice = Stream::new(number, &["fuzz", "links"]);
    let corpus = corpus("links.txt");
    let mut below =
        |most: usize| usize::try_from(dice.int(0, i64::try_from(most).unwrap())).unwrap();
    let link = match below(3) {
        // Right outside, changed inside: this one comes furthest.
        0 => format!("text={}", pack(&drawn(number))),
        1 => {
            let run = RUNS[below(RUNS.len() - 1)];
            let piece = PIECES[below(PIECES.len() - 1)];
            let at = below(run.len());
            let run = [&run[..at], piece, &run[(at + below(3)).min(run.len())..]].concat();
            format!("scenario=first-steps/a-mug-eventually&run={}", pack(&run))
        }
        _ => corpus[below(corpus.len() - 1)].clone(),
    };
    let mut signs: Vec<char> = link.chars().collect();
    for _ in 0..below(3) {
        let from = below(signs.len());
        let to = (from + below(6)).min(signs.len());
        let piece = LINK_PIECES[below(LINK_PIECES.len() - 1)];
        signs.splice(from..to, piece.chars());
    }
    signs.into_iter().collect()
}

/// What a run in a link can say.
const RUNS: &[&str] = &[
    "seed: 1\nat: 1.5s\nsettings:\n  view_delay: 2s\n  mugs: 3\n",
    "seed: 7\nat: 2s\ndeeds:\n  - { after: 3, at: 100ms, submit: \"Ana\", item: 0, values: { 2: 2 } }\n",
    "seed: 7\nat: 2s\ndeeds:\n  - { after: 0, at: 0ms, habits: false }\n  - { after: 9, at: 1s, crash: \"sales\" }\n",
    "seed: 18446744073709551615\nat: 720h\ndeeds:\n  - { after: 1, at: 1ms, turn: \"mugs\", to: 20 }\n",
];

/// Pieces that mean something to links and to documents.
const LINK_PIECES: &[&str] = &[
    "&",
    "=",
    "1.",
    "2.",
    "text=",
    "run=",
    "scenario=",
    "panel=knobs",
    "embed=on",
    "engine=9",
    "of=",
    "from=",
    "%00",
    "<",
    "é",
    "AAAA",
    "first-steps/a-mug-eventually",
    "..",
    "/",
    "\n",
    ": ",
    "length: ",
    "checksum: ",
    "Inflight document: 1",
    "Inflight document: 99",
    "id: ",
    "draft: ",
    "-1",
    "18446744073709551616",
];

fn pack(text: &str) -> String {
    use base64::Engine as _;
    let packed = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 1);
    ["1.", &base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(packed)].concat()
}

/// A lab as the page has it: a long way is gone in turns, and each has to be short.
fn lab() -> Lab {
    Lab::new().in_turns(TURN)
}

/// All that is done with something from outside.
fn let_in(way: Way, text: &str) {
    let mut lab = lab();
    let name = "a stranger".to_owned();
    lab.update(Action::Offer(Incoming { way, name, text: text.to_owned() }));
    assert!(lab.refusal().is_none_or(|it| !it.reason.is_empty()), "a refusal has a sentence");
    let _ = offer(&lab);
    lab.update(Action::Accept);
    for _ in 0..3 {
        lab.update(Action::Frame(Duration::from_millis(50)));
    }
    let link = link::write(&lab);
    let mut other = self::lab();
    other.update(Action::OpenLink(link.clone()));
    other.update(Action::Accept);
    // Longer ones go into a file.
    if link.len() <= LINK_CHARS_MAX {
        assert_eq!(other.refusal(), None, "what has been let in can be sent on");
    }
}

/// A document drawn from a number, and the file that holds it.
fn drawn_document(number: u64) -> String {
    let mut dice = Stream::new(number, &["fuzz", "documents"]);
    let document = Document {
        id: format!("a{}", number % 7),
        name: drawn_link(number ^ 1).chars().take(dice_below(&mut dice, 40)).collect(),
        saved_ms: dice.bits(),
        link: drawn_link(number),
        draft: dice.chance(0.3).then(|| pack(&drawn(number))),
        is_newer: false,
    };
    let mut text = document.write();
    if dice.chance(0.3) {
        text = [corpus("documents.txt").join("\n"), text].concat();
    }
    let mut signs: Vec<char> = text.chars().collect();
    if dice.chance(0.5) {
        let from = dice_below(&mut dice, signs.len());
        let to = (from + dice_below(&mut dice, 9)).min(signs.len());
        signs.splice(from..to, LINK_PIECES[dice_below(&mut dice, LINK_PIECES.len() - 1)].chars());
    }
    signs.into_iter().collect()
}

fn dice_below(dice: &mut Stream, most: usize) -> usize {
    usize::try_from(dice.int(0, i64::try_from(most).unwrap())).unwrap()
}

/// Inputs that once were interesting, one a line.
fn corpus(name: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/corpus").join(name);
    std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect()
}

/// Tries drawn texts until the time is up.
fn dig(what: &str, count: u64, draw: fn(u64) -> String, use_it: fn(&str)) {
    let minutes = std::env::var("FUZZ_MINUTES").ok().and_then(|it| it.parse::<f64>().ok());
    let started = Instant::now();
    let goes_on = |number: u64| match minutes {
        Some(minutes) => started.elapsed().as_secs_f64() < minutes * 60.0,
        None => number < count,
    };
    let mut number = 0;
    while goes_on(number) {
        let text = draw(number);
        let takes = || {
            let begun = Instant::now();
            let result = catch_unwind(|| use_it(&text));
            (result.is_err(), minutes.is_some() && PATIENCE < begun.elapsed())
        };
        // On a busy machine anything may be slow once.
        let (fails, mut slow) = takes();
        slow = slow && takes().1 && takes().1;
        if fails || slow {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
            std::fs::create_dir_all(&folder).unwrap();
            let file = folder.join(format!("{what}-{number}.txt"));
            std::fs::write(&file, text).unwrap();
            panic!("{what} {number} does harm (slow: {slow}); it is kept in {}", file.display());
        }
        number += 1;
    }
    println!("{number} {what}s in {:.0} s", started.elapsed().as_secs_f64());
}

#[test]
fn no_text_does_harm() {
    dig("text", TEXTS, drawn, use_it);
}

#[test]
fn no_link_does_harm() {
    for link in corpus("links.txt") {
        let_in(Way::Link, &link);
    }
    dig("link", TEXTS, drawn_link, |it| let_in(Way::Link, it));
}

#[test]
fn no_document_does_harm() {
    dig("document", TEXTS, drawn_document, |it| {
        let_in(Way::Text, it);
        let_in(Way::Kept, it);
    });
}
