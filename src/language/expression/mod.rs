//! Expressions: a subset of the Common Expression Language, with spans and chance.
//!
//! Text goes through words (`lexer`), a tree (`parser`) and types (`check`) to a compact tree (`code`) that
//! `evaluate` walks. What goes past a bound of `limits` stops with a sentence, never with a panic.

mod call;
mod check;
mod code;
mod draw;
mod environment;
mod evaluate;
mod fold;
mod lexer;
mod operate;
mod operator;
#[cfg(test)]
mod oracle;
mod parser;
mod resolve;
mod syntax;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use environment::{Environment, Local, ServiceShape};
pub(crate) use parser::RESERVED;
pub(crate) use resolve::APART;
pub(crate) use syntax::Range;
pub(crate) use types::{Shape, Type};

use self::code::Code;
use super::scenario::{KnobId, ServiceId, TableId};
use super::value::{Table, Value};
use crate::base::{Stream, Time, sorted};

/// A compiled expression: names resolved, types checked.
#[derive(Clone, Debug)]
pub struct Expression {
    code: Code,
}

/// What an expression sees while it is evaluated.
pub struct Scope<'a> {
    /// The present instant: `now`, a duration since the start.
    pub now: Time,
    /// The knobs' values, by [`KnobId`].
    pub knobs: &'a [Value],
    /// The body of the message that is being handled: `msg.field`, by the field's index.
    pub message: &'a [Value],
    /// The handler's locals.
    pub locals: &'a [Value],
    /// The row that is being changed: `row.column`, by the column's index.
    pub row: &'a [Value],
    /// Where tables are found.
    pub tables: &'a dyn Tables,
    /// Where chance comes from. Without it, drawing fails.
    pub chance: Option<&'a mut Stream>,
}

/// Where an expression finds tables.
pub trait Tables {
    /// A table of a service.
    fn table(&self, service: ServiceId, table: TableId) -> &Table;
}

/// What is wrong with the text of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Which of its characters.
    pub(crate) range: Range,
    /// What is wrong.
    pub(crate) message: String,
    /// What would have been right.
    pub(crate) expected: String,
    /// The known name nearest to a mistyped one.
    pub(crate) nearest: Option<String>,
}

impl Mistake {
    fn new(range: Range, message: &str, expected: &str) -> Self {
        Self { range, message: message.to_owned(), expected: expected.to_owned(), nearest: None }
    }
}

/// A text that has been compiled as far as it goes.
pub(crate) struct Compiled {
    /// The expression; only to be evaluated when there are no mistakes.
    pub(crate) expression: Expression,
    /// What it gives.
    pub(crate) kind: Type,
    /// What is wrong with it.
    pub(crate) mistakes: Vec<Mistake>,
    /// The services whose tables it reads.
    pub(crate) reads: Vec<ServiceId>,
}

impl Expression {
    /// An expression that always gives this value.
    pub const fn constant(value: Value) -> Self {
        Self { code: Code::Constant(value) }
    }

    /// The value that it always gives, when nothing needs to be computed.
    pub const fn as_constant(&self) -> Option<&Value> {
        match &self.code {
            Code::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// The value in this scope.
    ///
    /// # Errors
    /// What went wrong in words ("division by zero", "no row `mug` in `stock`").
    #[inline]
    pub fn evaluate(&self, scope: &mut Scope<'_>) -> Result<Value, String> {
        match &self.code {
            Code::Constant(value) => Ok(value.clone()),
            code => evaluate::run(code, scope),
        }
    }

    /// Which knobs it depends on.
    pub fn knobs(&self) -> Vec<KnobId> {
        let mut knobs = Vec::new();
        self.code.visit(&mut |code| {
            if let Code::Knob(knob) = code {
                sorted::insert(&mut knobs, *knob);
            }
        });
        knobs
    }

    /// Compiles a text in these surroundings.
    pub(crate) fn compile(text: &str, environment: &Environment<'_>) -> Compiled {
        let (code, kind, mistakes) = match parser::parse(text, &environment.dashed_names()) {
            Ok(syntax) => check::check(&syntax, environment),
            Err(mistake) => (Code::Constant(Value::Null), Type::Any, vec![mistake]),
        };
        let mut reads = Vec::new();
        code.visit(&mut |code| {
            for table in code.tables().into_iter().flatten() {
                sorted::insert(&mut reads, table.service);
            }
        });
        Compiled { expression: Self { code }, kind, mistakes, reads }
    }

    /// The opposite of a truth.
    pub(crate) fn into_opposite(self) -> Self {
        Self { code: Code::Not(Box::new(self.code)) }
    }

    /// The same value as a number with a fraction: whole numbers may stand where numbers may.
    pub(crate) fn into_float(self) -> Self {
        Self { code: self.code.into_float() }
    }
}
