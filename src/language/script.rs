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
    /// What persons did, in order.
    pub deeds: Vec<Deed>,
    /// The instant at which one looks at the run.
    pub at: Time,
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
    /// Let a message get lost, by its id.
    Lose(u64),
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
        Self { seed: 1, settings: Vec::new(), deeds: Vec::new(), at: Time::ZERO }
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
        if !self.deeds.is_empty() {
            writeln!(f, "deeds:")?;
        }
        for Deed { steps, at, act } in &self.deeds {
            writeln!(f, "  - {{ after: {steps}, at: {}, {act} }}", instant(*at))?;
        }
        Ok(())
    }
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
            Self::Lose(message) => write!(f, "lose: {message}"),
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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interaction::{Axis, Claim, Guard, Learn, Read, Send};
    use crate::language::read_script;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Int),
            (-1e300..1e300).prop_map(Value::Float),
            any::<i16>().prop_map(|it| Value::Float(it.into())),
            (0..i64::MAX).prop_map(Value::Duration),
            any::<String>().prop_map(Value::text),
        ]
    }

    fn choice<A: Axis + fmt::Debug>() -> impl Strategy<Value = A> {
        (0..A::CHOICES.len()).prop_map(|it| A::CHOICES[it].value)
    }

    fn interaction() -> impl Strategy<Value = Interaction> {
        let axes = (choice::<Claim>(), choice::<Learn>(), choice::<Read>(), choice::<Guard>());
        (choice::<Send>(), any::<bool>(), axes).prop_map(
            |(send, key, (claim, learn, read, guard))| Interaction {
                send,
                key,
                claim,
                learn,
                read,
                guard,
            },
        )
    }

    fn item() -> impl Strategy<Value = Option<usize>> {
        prop::option::of(any::<u16>().prop_map(usize::from))
    }

    fn instance() -> impl Strategy<Value = Option<usize>> {
        prop::option::of(any::<u16>().prop_map(usize::from))
    }

    fn act() -> impl Strategy<Value = Act> {
        let values = prop::collection::vec((any::<u16>().prop_map(usize::from), value()), 0..3);
        let values = values.prop_map(|mut it| {
            it.sort_by_key(|it| it.0);
            it.dedup_by_key(|it| it.0);
            it
        });
        prop_oneof![
            (any::<String>(), any::<u32>(), values).prop_map(|(person, item, values)| {
                Act::Submit { person, item: item as usize, values }
            }),
            (any::<String>(), value()).prop_map(|(knob, value)| Act::Turn(knob, value)),
            any::<bool>().prop_map(Act::Habits),
            (any::<String>(), instance()).prop_map(|(name, it)| Act::Crash(name, it)),
            (any::<String>(), instance()).prop_map(|(name, it)| Act::Restart(name, it)),
            (any::<String>(), any::<bool>()).prop_map(|(name, on)| Act::Fault(name, on)),
            any::<u64>().prop_map(Act::Lose),
            (any::<String>(), item(), interaction())
                .prop_map(|(client, item, it)| Act::Choose(client, item, it)),
            any::<String>().prop_map(Act::Reload),
            (any::<String>(), any::<bool>()).prop_map(|(person, on)| Act::Online(person, on)),
            (any::<String>(), any::<bool>()).prop_map(|(person, on)| Act::Open(person, on)),
            (any::<String>(), any::<u64>()).prop_map(|(person, it)| Act::TakeBack(person, it)),
            (any::<String>(), any::<u64>()).prop_map(|(person, it)| Act::Cancel(person, it)),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            seed: u64,
            at in 0..i64::MAX as u64,
            settings in prop::collection::btree_map("[a-z][a-z0-9_]{0,5}", value(), 0..3),
            acts in prop::collection::vec((any::<u64>(), 0..1u64 << 50, act()), 0..4),
        ) {
            let deeds = acts.into_iter().map(|(steps, at, act)| {
                Deed { steps, at: Time::from_micros(at), act }
            });
            let script = Script {
                seed,
                settings: settings.into_iter().collect(),
                deeds: deeds.collect(),
                at: Time::from_micros(at),
            };
            let back = read_script(&script.to_string());
            // In words, because whole numbers equal those with a fraction.
            prop_assert_eq!(format!("{back:?}"), format!("{:?}", Ok::<_, ()>(script)));
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_place() {
        for (text, found) in [
            ("seed: 1", "line 1, column 1: `at` is missing – expected `at: 1.5s`"),
            ("seed: -1\nat: 0ms", "line 1, column 7: this is not such a number"),
            ("seed: 1\nat: soon", "line 2, column 5: this is not a duration"),
            ("seed: 1\nat: 0ms\ndeeds: [{ after: 1, at: 0ms }]", "nothing is done here"),
            ("seed: 1\nat: 0ms\ndeeds: [{ after: 1, at: 0ms, crsh: x }]", "did you mean `crash`"),
            ("seed: 1\nat: 0ms\nsettings: { a: [1] }", "this is a list"),
            ("seed: 1\nat: 0ms\ndeeds: [{ after: 1, at: 0ms, habits: maybe }]", "unknown truth"),
            (
                "seed: 1\nat: 0ms\ndeeds: [{ after: 1, at: 0ms, crash: x, instance: 0 }]",
                "this is not such a number – found `0` – expected a whole number from 1",
            ),
        ] {
            let findings = read_script(text).expect_err(text);
            let said: Vec<String> = findings.iter().map(ToString::to_string).collect();
            assert!(said.iter().any(|it| it.contains(found)), "{text}: {said:?}");
        }
    }
}
