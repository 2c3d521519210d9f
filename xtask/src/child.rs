//! Programs that we start.
//!
//! Owns their output while they run. Promises that every line appears as soon as it is written,
//! that the caller sees it too, and that a silent program is reported as alive before anybody
//! could think that it hangs. Refuses to know which programs these are.

use std::{
    io::{self, BufRead, BufReader, IsTerminal, Read, Write},
    process::{Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use crate::Result;

/// How long a program may be silent before we say that it is still at work.
const SILENCE: Duration = Duration::from_secs(10);

/// One piece of output, with the stream it has to go to.
enum Line {
    Out(Vec<u8>),
    Err(Vec<u8>),
}

/// Runs a program to its end and fails if it does; `doing` says what it is doing, as in "building
/// the page".
pub(crate) fn run(doing: &str, command: &mut Command) -> Result<()> {
    let status = watch(doing, command, |_| ())?;
    if status.success() { Ok(()) } else { Err(format!("{doing}: {status}").into()) }
}

/// Runs a program to its end, and shows every line of its output to `on_line` as well.
pub(crate) fn watch(
    doing: &str,
    command: &mut Command,
    mut on_line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let started = Instant::now();
    keep_colours(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{doing}: {}: {error}", command.get_program().display()))?;

    let (sender, lines) = mpsc::channel();
    if let Some(out) = child.stdout.take() {
        forward(out, sender.clone(), Line::Out);
    }
    if let Some(err) = child.stderr.take() {
        forward(err, sender, Line::Err);
    }
    loop {
        match lines.recv_timeout(SILENCE) {
            Ok(line) => on_line(&line.print()?),
            Err(RecvTimeoutError::Timeout) => {
                println!("   ... still {doing}, {} s", started.elapsed().as_secs());
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(child.wait()?),
        }
    }
}

/// The text a program prints, or nothing if it is missing or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Programs drop their colours when they write into a pipe; ours ends on a screen after all.
fn keep_colours(command: &mut Command) {
    if io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
}

fn forward(stream: impl Read + Send + 'static, sender: Sender<Line>, wrap: fn(Vec<u8>) -> Line) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(io::Result::ok) {
            if sender.send(wrap(line)).is_err() {
                break;
            }
        }
    });
}

impl Line {
    fn print(self) -> io::Result<String> {
        let bytes = match self {
            Self::Out(mut bytes) => {
                bytes.push(b'\n');
                io::stdout().write_all(&bytes)?;
                bytes
            }
            Self::Err(mut bytes) => {
                bytes.push(b'\n');
                io::stderr().write_all(&bytes)?;
                bytes
            }
        };
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
