//! Programs that we start.
//!
//! Owns their output while they run. Promises that every line appears as soon as it is written,
//! that the caller sees it too, and that a silent program is reported as alive before anybody
//! could think that it hangs. Refuses to know which programs these are.

use std::{
    io::{self, BufRead, BufReader, IsTerminal, Read, Write},
    process::{self, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
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

/// A running program.
pub(crate) struct Running {
    /// What it is doing, as in "building the page".
    doing: String,
    started: Instant,
    process: process::Child,
    lines: Receiver<Line>,
    may_be_silent: bool,
}

/// Runs a program to its end and fails if it does; `doing` says what it is doing.
pub(crate) fn run(doing: &str, command: &mut Command) -> Result<()> {
    let status = watch(doing, command, |_| ())?;
    if status.success() { Ok(()) } else { Err(format!("{doing}: {status}").into()) }
}

/// Runs a program to its end and shows every line of its output to `on_line` as well.
pub(crate) fn watch(
    doing: &str,
    command: &mut Command,
    mut on_line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let mut running = Running::start(doing, command)?;
    while let Some(line) = running.next_line()? {
        on_line(&line);
    }
    running.end()
}

impl Running {
    pub(crate) fn start(doing: &str, command: &mut Command) -> Result<Self> {
        keep_colours(command);
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{doing}: {}: {error}", command.get_program().display()))?;
        let (sender, lines) = mpsc::channel();
        if let Some(out) = process.stdout.take() {
            forward(out, sender.clone(), Line::Out);
        }
        if let Some(err) = process.stderr.take() {
            forward(err, sender, Line::Err);
        }
        let (doing, started) = (doing.to_owned(), Instant::now());
        Ok(Self { doing, started, process, lines, may_be_silent: false })
    }

    /// From now on, silence is no news.
    pub(crate) fn may_be_silent(&mut self) {
        self.may_be_silent = true;
    }

    /// Waits for the next line, prints it and returns it; nothing after the last one.
    pub(crate) fn next_line(&mut self) -> Result<Option<String>> {
        loop {
            match self.lines.recv_timeout(SILENCE) {
                Ok(line) => return Ok(Some(line.print()?)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) if self.may_be_silent => {}
                Err(RecvTimeoutError::Timeout) => {
                    println!("   ... still {}, {} s", self.doing, self.started.elapsed().as_secs());
                }
            }
        }
    }

    pub(crate) fn end(mut self) -> Result<ExitStatus> {
        Ok(self.process.wait()?)
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
