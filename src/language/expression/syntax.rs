//! The tree of an expression as it was written.

use crate::language::value::Value;

/// Some characters of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    /// The first, counted from 0.
    pub(crate) start: usize,
    /// How many.
    pub(crate) length: usize,
}

impl Range {
    /// From the start of this to the end of the other.
    pub(super) fn to(self, other: Self) -> Self {
        Self { start: self.start, length: (other.start + other.length).saturating_sub(self.start) }
    }
}

/// A part of an expression.
#[derive(Clone, Debug)]
pub(super) struct Syntax {
    /// Where it stands.
    pub(super) range: Range,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a part of an expression is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A value.
    Literal(Value),
    /// A name.
    Name(String),
    /// Values in brackets.
    List(Vec<Syntax>),
    /// `value.name`, and where the name stands.
    Member(Box<Syntax>, String, Range),
    /// `value[index]`.
    Index(Box<[Syntax; 2]>),
    /// `name(…)`, or `value.name(…)`; where the name stands.
    Call { receiver: Option<Box<Syntax>>, name: String, at: Range, arguments: Vec<Syntax> },
    /// `!value`.
    Not(Box<Syntax>),
    /// `-value`.
    Negate(Box<Syntax>),
    /// Two values and a sign between them.
    Binary(&'static str, Box<[Syntax; 2]>),
    /// `condition ? value : value`.
    Choose(Box<[Syntax; 3]>),
}
