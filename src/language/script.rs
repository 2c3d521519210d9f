//! A run as text: seed, settings, and what persons did when.
//!
//! It is written in the style of the scenario language and read by the same reader, so that whatever comes from
//! outside goes through one gate. People and things have names here, no indices: it survives a change of order.

use std::fmt;

use super::value::Value;
use crate::base::{Span, Time};
use crate::interaction::Interaction;

/// A run, apart from the scenario that runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// The seed of all chance.
    pub seed: u64,
    /// Knobs that were set before the start, by name.
    pub settings: Vec<(String, Value)>,
    /// What persons did in the first branch, in order.
    pub deeds: Vec<Deed>,
    /// The instant at which one looks at the run.
    pub at: Time,
    /// What the first branch is called, if it has been given a name.
    pub name: Option<String>,
    /// The branches that began later, in order.
    pub branches: Vec<Branch>,
    /// Which branch one looks at: 0 is the first.
    pub shown: usize,
    /// What stands beside it.
    pub beside: Option<Beside>,
}

/// A run that left another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// What it is called.
    pub name: String,
    /// Which branch it left: 0 is the first.
    pub of: usize,
    /// How many deeds it has in common with that.
    pub keeps: usize,
    /// What persons did in it since.
    pub deeds: Vec<Deed>,
}

/// What a run is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Beside {
    /// A branch: 0 is the first.
    Branch(usize),
    /// The same with the knobs of a variant, by its name.
    Variant(String),
    /// The same with another interaction.
    Interaction(Interaction),
}

/// Something that a person did.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// How many occurrences had come about.
    pub steps: u64,
    /// When.
    pub at: Time,
    /// What.
    pub act: Act,
}

/// Copies of a message: all that can be reached, or those that are for one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    /// The message, by its id.
    pub message: u64,
    /// The node.
    pub to: Option<String>,
}

/// The link from one node to another, or both links between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// From here.
    pub from: String,
    /// To there.
    pub to: String,
    /// And back.
    pub both: bool,
}

/// What a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Submitted a form.
    Submit {
        /// On whose screen.
        person: String,
        /// Which item of the screen.
        item: usize,
        /// What was filled in, by the number of the field.
        values: Vec<(usize, Value)>,
    },
    /// Turned a knob.
    Turn(String, Value),
    /// Switched the habits of all people on or off.
    Habits(bool),
    /// Let a process of a service die: one of its instances, counted from 0, or all of them.
    Crash(String, Option<usize>),
    /// Let it come back.
    Restart(String, Option<usize>),
    /// Let a fault strike, or be over.
    Fault(String, bool),
    /// Let copies of a message get lost.
    Lose(Copies),
    /// Made second copies.
    Duplicate(Copies),
    /// Held them up for so long.
    Delay(Copies, Span),
    /// Let them overtake what was ahead of them.
    Overtake(Copies),
    /// Let a service do nothing.
    Pause(String),
    /// Let it go on.
    Resume(String),
    /// Let the work of a service take so many times as long.
    Slow(String, f64),
    /// Cut links.
    Cut(Way),
    /// Let messages travel so much longer on them.
    SlowLink(Way, Span),
    /// Mended them.
    Mend(Way),
    /// Put a dead letter back into its channel: the channel, and the message's id.
    Retry(String, u64),
    /// Chose how the intents of a class of people are handled, or of one item of its screen.
    Choose(String, Option<usize>, Interaction),
    /// Loaded the page anew: a person.
    Reload(String),
    /// Went offline, or came back.
    Online(String, bool),
    /// Closed the page, or opened it again.
    Open(String, bool),
    /// Took an intent back: the person's how many-th.
    TakeBack(String, u64),
    /// Asked for an intent to be dropped: the person's how many-th.
    Cancel(String, u64),
}

impl Default for Script {
    /// The usual run, from its start.
    fn default() -> Self {
        Self {
            seed: 1,
            settings: Vec::new(),
            deeds: Vec::new(),
            at: Time::ZERO,
            name: None,
            branches: Vec::new(),
            shown: 0,
            beside: None,
        }
    }
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed: {}\nat: {}", self.seed, instant(self.at))?;
        if !self.settings.is_empty() {
            writeln!(f, "settings:")?;
        }
        for (knob, value) in &self.settings {
            writeln!(f, "  {knob}: {}", Literal(value))?;
        }
        write_deeds(f, "", &self.deeds)?;
        if let Some(name) = &self.name {
            writeln!(f, "name: {}", Quoted(name))?;
        }
        if !self.branches.is_empty() {
            writeln!(f, "branches:")?;
        }
        for Branch { name, of, keeps, deeds } in &self.branches {
            writeln!(f, "  - name: {}\n    of: {of}\n    keeps: {keeps}", Quoted(name))?;
            write_deeds(f, "    ", deeds)?;
        }
        if self.shown > 0 {
            writeln!(f, "shown: {}", self.shown)?;
        }
        match &self.beside {
            None => Ok(()),
            Some(Beside::Branch(it)) => writeln!(f, "beside: {{ branch: {it} }}"),
            Some(Beside::Variant(it)) => writeln!(f, "beside: {{ variant: {} }}", Quoted(it)),
            Some(Beside::Interaction(it)) => writeln!(f, "beside: {{ interaction: {it} }}"),
        }
    }
}

fn write_deeds(f: &mut fmt::Formatter<'_>, indent: &str, deeds: &[Deed]) -> fmt::Result {
    if !deeds.is_empty() {
        writeln!(f, "{indent}deeds:")?;
    }
    for Deed { steps, at, act } in deeds {
        writeln!(f, "{indent}  - {{ after: {steps}, at: {}, {act} }}", instant(*at))?;
    }
    Ok(())
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Submit { person, item, values } => {
                write!(f, "submit: {}, item: {item}", Quoted(person))?;
                let mut separator = ", values: { ";
                for (field, value) in values {
                    write!(f, "{separator}{field}: {}", Literal(value))?;
                    separator = ", ";
                }
                if values.is_empty() { Ok(()) } else { write!(f, " }}") }
            }
            Self::Turn(knob, value) => write!(f, "turn: {}, to: {}", Quoted(knob), Literal(value)),
            Self::Habits(on) => write!(f, "habits: {on}"),
            Self::Crash(service, instance) | Self::Restart(service, instance) => {
                let act = if let Self::Crash(..) = self { "crash" } else { "restart" };
                write!(f, "{act}: {}", Quoted(service))?;
                // People count from 1.
                instance.map_or(Ok(()), |it| write!(f, ", instance: {}", it + 1))
            }
            Self::Fault(name, on) => {
                write!(f, "{}: {}", if *on { "fault" } else { "undo" }, Quoted(name))
            }
            Self::Lose(copies) => write!(f, "lose: {copies}"),
            Self::Duplicate(copies) => write!(f, "duplicate: {copies}"),
            Self::Delay(copies, span) => write!(f, "delay: {copies}, by: {span}"),
            Self::Overtake(copies) => write!(f, "overtake: {copies}"),
            Self::Pause(service) => write!(f, "pause: {}", Quoted(service)),
            Self::Resume(service) => write!(f, "resume: {}", Quoted(service)),
            Self::Slow(service, factor) => {
                write!(f, "slow: {}, factor: {factor:?}", Quoted(service))
            }
            Self::Cut(way) => write!(f, "cut: {way}"),
            Self::SlowLink(way, span) => write!(f, "slow_link: {way}, by: {span}"),
            Self::Mend(way) => write!(f, "mend: {way}"),
            Self::Retry(channel, message) => {
                write!(f, "retry: {}, message: {message}", Quoted(channel))
            }
            Self::Choose(client, form, interaction) => {
                write!(f, "choose: {}, ", Quoted(client))?;
                if let Some(item) = form {
                    write!(f, "item: {item}, ")?;
                }
                write!(f, "interaction: {interaction}")
            }
            Self::Reload(person) => write!(f, "reload: {}", Quoted(person)),
            Self::Online(person, on) => {
                write!(f, "{}: {}", if *on { "online" } else { "offline" }, Quoted(person))
            }
            Self::Open(person, on) => {
                write!(f, "{}: {}", if *on { "open" } else { "close" }, Quoted(person))
            }
            Self::TakeBack(person, number) => {
                write!(f, "take_back: {}, number: {number}", Quoted(person))
            }
            Self::Cancel(person, number) => {
                write!(f, "cancel: {}, number: {number}", Quoted(person))
            }
        }
    }
}

impl fmt::Display for Copies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        self.to.as_ref().map_or(Ok(()), |it| write!(f, ", to: {}", Quoted(it)))
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, to: {}", Quoted(&self.from), Quoted(&self.to))?;
        if self.both { write!(f, ", both: true") } else { Ok(()) }
    }
}

/// An instant is written as the time since the start.
fn instant(at: Time) -> Span {
    at.since(Time::ZERO)
}

/// A single value, as the language reads it when nobody says of what type it should be.
struct Literal<'v>(&'v Value);

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Text(text) => write!(f, "{}", Quoted(text)),
            // With a point or an exponent, so that it is no whole number.
            Value::Float(number) => write!(f, "{number:?}"),
            other => write!(f, "{other}"),
        }
    }
}

/// A text in quotes, in which everything but plain letters and signs is escaped.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"")?;
        for sign in self.0.chars() {
            match sign {
                '"' | '\\' => write!(f, "\\{sign}")?,
                ' '..='~' => write!(f, "{sign}")?,
                _ => write!(f, "\\U{:08x}", u32::from(sign))?,
            }
        }
        write!(f, "\"")
    }
}

#[cfg(test)]
mod tests;
