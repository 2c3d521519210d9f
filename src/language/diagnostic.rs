//! What is wrong with a text, and where: findings for people.

use std::fmt;

/// A place in a scenario's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters it is long; 0 when it is a point.
    pub length: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// One thing that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The text that gave offence, cut to a readable length.
    pub offending: String,
    /// What would have been right.
    pub expected: String,
    /// The known name nearest to a mistyped one.
    pub nearest: Option<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        if !self.offending.is_empty() {
            write!(f, " – found `{}`", self.offending)?;
        }
        if !self.expected.is_empty() {
            write!(f, " – expected {}", self.expected)?;
        }
        match &self.nearest {
            Some(nearest) => write!(f, " – did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}
