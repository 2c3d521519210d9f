//! Invariants: sentences that must be true.

use super::ServiceId;
use crate::language::diagnostic::Place;
use crate::language::expression::Expression;

/// A sentence that must be true.
#[derive(Clone, Debug)]
pub struct Invariant {
    /// The sentence.
    pub name: String,
    /// The condition that leads to it, if one does.
    pub when: Option<Expression>,
    /// How soon it must have led there. Without it: before nothing is under way any more.
    pub within: Option<Expression>,
    /// When it must hold.
    pub kind: InvariantKind,
    /// A bool over the tables of all services.
    pub expression: Expression,
    /// The services whose tables it reads.
    pub reads: Vec<ServiceId>,
    /// Where it stands.
    pub place: Place,
}

/// When an invariant must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvariantKind {
    /// After every occurrence.
    Always,
    /// Whenever nothing is under way any more.
    Eventually,
    /// At some instant after [`Invariant::when`] has become true.
    LeadsTo,
}
