//! Clocks that go wrong.

use crate::language::expression::Expression;

/// How a clock goes wrong.
#[derive(Clone, Debug)]
pub struct Clock {
    /// How far it is ahead.
    pub ahead: Option<Expression>,
    /// How far it is behind.
    pub behind: Option<Expression>,
}
