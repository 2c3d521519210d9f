//! The command line: checks and formats scenario files, and runs them without a page.
//!
//! Exit codes: 0 when all is well, 1 when a file is broken or cannot be read, 2 when the call itself is wrong.

mod files;
mod run;
mod score;
mod setup;
mod words;

use std::io::Write as _;
use std::process::ExitCode;

const USAGE: &str = "\
inflight: runs scenarios of asynchronous systems

  inflight check FILE…
      Checks scenario files and lists everything that is wrong with them.
  inflight format FILE… [--check]
      Gives scenario files the one layout; comments and meaning stay.
      With --check: changes nothing, and fails if a file has another layout.
  inflight schema
      Prints the JSON Schema of scenario files, for editors.
  inflight run FILE [--seed N] [--for DURATION] [--variant NAME] [--set KNOB=VALUE]…
               [--report text|json]
      Runs a scenario and reports what became of every message.
      Without options: seed 1, 60s, the knobs' defaults, a report in words.
  inflight score FILE [--interaction PRESET|all]… [--vary PART]… [--seeds N]
                 [--for DURATION] [--variant NAME] [--set KNOB=VALUE]…
                 [--report text|json|csv]
      Runs a scenario with several seeds, and tells what each interaction does to people.
      With --vary send, key, claim, learn, read or guard: all choices of that part.
      Without options: the scenario's own interactions, 10 seeds, 60s, a report in words.
";

/// Why a command ends early.
enum Stop {
    /// The call is wrong.
    Usage(String),
    /// A file is.
    Broken(String),
}

impl From<lexopt::Error> for Stop {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

fn main() -> ExitCode {
    match command() {
        Ok(text) => {
            // Whoever reads may have stopped reading: that is no failure.
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(Stop::Usage(reason)) => {
            eprintln!("{reason}\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(Stop::Broken(reason)) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<String, Stop> {
    let mut arguments = lexopt::Parser::from_env();
    match arguments.next()? {
        Some(lexopt::Arg::Value(verb)) if verb == "check" => files::check(&mut arguments),
        Some(lexopt::Arg::Value(verb)) if verb == "format" => files::format(&mut arguments),
        Some(lexopt::Arg::Value(verb)) if verb == "schema" => files::schema(&mut arguments),
        Some(lexopt::Arg::Value(verb)) if verb == "run" => run::run(&mut arguments),
        Some(lexopt::Arg::Value(verb)) if verb == "score" => score::score(&mut arguments),
        Some(lexopt::Arg::Long("help") | lexopt::Arg::Short('h')) => Ok(USAGE.to_owned()),
        Some(lexopt::Arg::Value(verb)) => {
            Err(Stop::Usage(format!("There is no command `{}`", verb.to_string_lossy())))
        }
        Some(other) => Err(other.unexpected().into()),
        None => Err(Stop::Usage("A command is missing".to_owned())),
    }
}
