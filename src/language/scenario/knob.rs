//! Knobs: values that a person can turn.

use super::KnobId;
use crate::interaction::PRESETS;
use crate::language::value::Value;

/// A value that a person can turn while the scenario runs.
#[derive(Clone, Debug)]
pub struct Knob {
    /// Its name in expressions, links and on the command line.
    pub name: String,
    /// Its name on the page.
    pub label: String,
    /// What it can hold, and between which bounds.
    pub kind: KnobKind,
    /// What it holds at first.
    pub default: Value,
    /// True when only the first rows of tables depend on it, so that turning it changes nothing before the next start.
    pub at_start_only: bool,
}

/// A named set of values for knobs. The others keep theirs.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// What it sets.
    pub settings: Vec<(KnobId, Value)>,
}

/// What a knob can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum KnobKind {
    /// A switch.
    Bool,
    /// A whole number between two bounds, both included.
    Int {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A number between two bounds, both included. Shares (of loss, say) run from 0 to 1.
    Float {
        /// The smallest.
        min: f64,
        /// The largest.
        max: f64,
    },
    /// A length of time between two bounds, both included, in microseconds.
    Duration {
        /// The shortest.
        min: i64,
        /// The longest.
        max: i64,
    },
    /// One of some words.
    Choice {
        /// The words.
        options: Vec<String>,
    },
    /// The name of a preset of the interaction space; the value is a text.
    Interaction,
}

impl KnobKind {
    /// Can a knob of this kind hold this value?
    pub fn admits(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Bool, Value::Bool(_)) => true,
            (Self::Int { min, max }, Value::Int(it))
            | (Self::Duration { min, max }, Value::Duration(it)) => min <= it && it <= max,
            (Self::Float { min, max }, Value::Float(it)) => min <= it && it <= max,
            (Self::Choice { options }, Value::Text(it)) => {
                options.iter().any(|option| **option == **it)
            }
            (Self::Interaction, Value::Text(it)) => {
                PRESETS.iter().any(|preset| *preset.name == **it)
            }
            _ => false,
        }
    }

    /// What a knob of this kind can hold, in words.
    pub fn expectation(&self) -> String {
        let micros = |it: &i64| Value::Duration(*it).to_string();
        match self {
            Self::Bool => "true or false".to_owned(),
            Self::Int { min, max } => format!("a whole number from {min} to {max}"),
            Self::Float { min, max } => format!("a number from {min} to {max}"),
            Self::Duration { min, max } => {
                format!("a duration from {} to {}", micros(min), micros(max))
            }
            Self::Choice { options } => format!("one of {}", options.join(", ")),
            Self::Interaction => {
                let names: Vec<&str> = PRESETS.iter().map(|it| it.name).collect();
                format!("one of {}", names.join(", "))
            }
        }
    }
}
