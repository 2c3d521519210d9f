//! The command line.
//!
//! Owns the words and options a person may type, and their defaults. Promises one clear sentence
//! for anything it does not understand. Refuses to know what the commands do.

use crate::{measure, steps};

pub(crate) const USAGE: &str = "\
cargo xtask run   [--port N]            serve the page on this machine and rebuild it on every edit
cargo xtask build [--public-url URL] [--no-worker]    write the release page to dist/; without a worker,
                                        browsers forget what earlier versions have kept for offline
cargo xtask offline                     write the page as one file that opens from a disk: inflight.html
cargo xtask rehearsal                   write a page that can be made to crash, for the browser tests
cargo xtask test  [--only STEP]... [--ci]   run every check; with --ci a skipped step is a failure
cargo xtask measure [--rounds N] [--only engine|page]   time the engine natively and in the browser, in turn; and the
                                        page, as people meet it
cargo xtask pictures [--only NAME]...   take the pictures in docs/pictures from the page in dist/

Steps: format, lint, lint-wasm, native, docs, build, weight, browser";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Run { port: u16 },
    Build { public_url: String, worker: bool },
    Offline,
    Rehearsal,
    Test { only: Vec<String>, ci: bool },
    Measure { rounds: u32, only: Option<measure::Side> },
    Pictures { only: Vec<String> },
}

impl Command {
    /// Reads the arguments that follow the program's name.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments.flat_map(split_equals);
        let mut command = match arguments.next().as_deref() {
            None | Some("help" | "--help" | "-h") => Self::Help,
            Some("run") => Self::Run { port: 8080 },
            Some("build") => Self::Build { public_url: "./".to_owned(), worker: true },
            Some("offline") => Self::Offline,
            Some("rehearsal") => Self::Rehearsal,
            Some("test") => Self::Test { only: Vec::new(), ci: false },
            Some("measure") => Self::Measure { rounds: measure::ROUNDS, only: None },
            Some("pictures") => Self::Pictures { only: Vec::new() },
            Some(other) => return Err(format!("`{other}` is no command of xtask.")),
        };
        while let Some(option) = arguments.next() {
            let mut value =
                || arguments.next().ok_or_else(|| format!("`{option}` needs a value after it."));
            match (&mut command, option.as_str()) {
                (_, "--help" | "-h") => return Ok(Self::Help),
                (Self::Run { port }, "--port") => *port = port_number(&value()?)?,
                (Self::Build { public_url, .. }, "--public-url") => *public_url = value()?,
                (Self::Build { worker, .. }, "--no-worker") => *worker = false,
                (Self::Measure { rounds, .. }, "--rounds") => {
                    *rounds = number_of_rounds(&value()?)?
                }
                (Self::Measure { only, .. }, "--only") => *only = Some(side(&value()?)?),
                (Self::Pictures { only }, "--only") => only.push(value()?),
                (Self::Test { only, .. }, "--only") => only.push(known_step(value()?)?),
                (Self::Test { ci, .. }, "--ci") => *ci = true,
                _ => return Err(format!("`{option}` is no option of this command.")),
            }
        }
        Ok(command)
    }
}

/// `--port=1` means what `--port 1` means.
fn split_equals(argument: String) -> Vec<String> {
    match argument.split_once('=') {
        Some((option, value)) if option.starts_with("--") => {
            vec![option.to_owned(), value.to_owned()]
        }
        _ => vec![argument],
    }
}

fn port_number(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("`{text}` is no port: give a number from 1 to 65535."))
}

fn number_of_rounds(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|it| 0 < *it);
    number.ok_or_else(|| format!("`{text}` is no number of rounds: give one from 1."))
}

fn side(text: &str) -> Result<measure::Side, String> {
    match text {
        "engine" => Ok(measure::Side::Engine),
        "page" => Ok(measure::Side::Page),
        _ => Err(format!("`{text}` cannot be measured: give `engine` or `page`.")),
    }
}

fn known_step(name: String) -> Result<String, String> {
    if steps::names().any(|known| known == name) {
        return Ok(name);
    }
    Err(format!("`{name}` is no step."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        Command::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_have_defaults() {
        assert_eq!(parse("run"), Ok(Command::Run { port: 8080 }));
        assert_eq!(parse("build"), Ok(Command::Build { public_url: "./".into(), worker: true }));
        assert_eq!(parse("test"), Ok(Command::Test { only: vec![], ci: false }));
    }

    #[test]
    fn both_spellings_of_a_value_are_read() {
        assert_eq!(parse("run --port 9000"), Ok(Command::Run { port: 9000 }));
        assert_eq!(parse("run --port=9000"), Ok(Command::Run { port: 9000 }));
    }

    #[test]
    fn steps_add_up() {
        let only = vec!["lint".to_owned(), "native".to_owned()];
        assert_eq!(
            parse("test --only lint --ci --only native"),
            Ok(Command::Test { only, ci: true })
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, named) in [
            ("walk", "`walk`"),
            ("run --fast", "`--fast`"),
            ("run --port", "`--port`"),
            ("run --port 70000", "`70000`"),
            ("test --only everything", "`everything`"),
            ("measure --only everything", "`everything`"),
        ] {
            let problem = parse(line).unwrap_err();
            assert!(problem.contains(named), "{line}: {problem}");
        }
    }

    #[test]
    fn the_usage_names_every_step() {
        for step in steps::names() {
            assert!(USAGE.contains(step), "{step}");
        }
    }
}
