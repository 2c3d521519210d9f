//! Calls: messages whose answers a handler waits for, and what is done when none comes.

use super::Posting;
use crate::language::expression::Expression;

/// One call, or several at the same time.
#[derive(Clone, Debug)]
pub struct Calls {
    /// What is called, in the order of the text.
    pub calls: Vec<Call>,
    /// The calls are made for each element of a list.
    pub each: Option<Elements>,
    /// How many may be open at the same time; the others wait their turn. All, if nothing is said.
    pub at_once: Option<Expression>,
    /// With how many answers the handler goes on. All, if nothing is said.
    pub enough: Option<Expression>,
    /// The local that takes the list of answers, in the order of the calls.
    pub slot: Option<usize>,
    /// Where the handler goes on when too few answer; without it, it fails.
    pub fallback: Option<usize>,
}

/// The elements for each of which calls are made.
#[derive(Clone, Debug)]
pub struct Elements {
    /// Gives the list.
    pub list: Expression,
    /// The local that takes the element.
    pub slot: usize,
}

/// A message that wants an answer.
#[derive(Clone, Debug)]
pub struct Call {
    /// What is asked, and where.
    pub posting: Posting,
    /// How long each attempt waits.
    pub timeout: Expression,
    /// What is done after an attempt that failed.
    pub retry: Option<Retry>,
    /// When it stops asking for a while.
    pub breaker: Option<BreakerRule>,
    /// How long it waits before it asks a second time without giving up the first.
    pub hedge: Option<Expression>,
    /// Whether it tells whom it asked that it has given an attempt up.
    pub cancel: Option<Expression>,
    /// The local that takes the answer (a `Value::Row` with the reply's fields), if wanted.
    pub slot: Option<usize>,
}

/// Attempts, and the pauses between them.
#[derive(Clone, Debug)]
pub struct Retry {
    /// How often it is tried in all.
    pub attempts: Expression,
    /// The first pause.
    pub backoff: Expression,
    /// How many times longer each pause is than the one before.
    pub factor: Expression,
    /// The longest pause.
    pub max: Expression,
    /// One of [`JITTERS`], as a text.
    pub jitter: Expression,
    /// The share of calls that may be tried again.
    pub budget: Option<Expression>,
}

/// How chance spreads pauses.
pub const JITTERS: [&str; 4] = ["none", "full", "equal", "decorrelated"];

/// When a call is not even tried.
#[derive(Clone, Debug)]
pub struct BreakerRule {
    /// So many failures open it,
    pub failures: Expression,
    /// when they fall into such a span.
    pub within: Expression,
    /// How long it stays open before it lets one attempt through.
    pub pause: Expression,
}
