//! The steps of a handler: one file for each family, one row for each step.
//!
//! **Adding a step:** a variant of `scenario::Step`, a function here that makes it, and its row in [`STEPS`].

pub(super) mod answers;
mod atomic;
pub(super) mod call;
mod flow;
mod messages;
mod replay;
mod writes;

use super::handlers::Block;
use super::keys::Keys;
use crate::language::diagnostic::Place;
use crate::language::yaml::Node;

/// A step as it was written.
pub(super) struct Verb<'n> {
    /// The word that says what it does.
    pub(super) name: &'static str,
    /// Where that word stands.
    pub(super) place: Place,
    /// What stands behind it.
    pub(super) node: &'n Node,
    /// All keys of the step.
    pub(super) keys: Keys<'n>,
}

/// What a kind of step looks like.
pub(super) struct StepKind {
    /// The word that says what it does.
    pub(super) name: &'static str,
    /// The other keys that it may have.
    pub(super) keys: &'static [&'static str],
    /// Compiles it.
    pub(super) compile: fn(&mut Block<'_, '_>, &Verb<'_>),
}

/// The keys of a call, in a step of its own or in the list of `all`.
pub(super) const CALL_KEYS: &[&str] =
    &["to", "with", "timeout", "retry", "breaker", "hedge", "cancel", "as"];

/// All steps. The first whose word a mapping contains is meant: `after` comes before `send`, `all` before `for`,
/// `call` before `cancel`.
pub(super) const STEPS: &[StepKind] = &[
    StepKind { name: "work", keys: &[], compile: flow::work },
    StepKind { name: "wait", keys: &[], compile: flow::wait },
    StepKind { name: "wait_until", keys: &["at_most"], compile: flow::wait_until },
    StepKind { name: "log", keys: &[], compile: flow::log },
    StepKind { name: "let", keys: &[], compile: flow::locals },
    StepKind { name: "if", keys: &["then", "else"], compile: flow::branch },
    StepKind {
        name: "all",
        keys: &["for", "in", "at_once", "enough", "as", "fallback"],
        compile: call::all,
    },
    StepKind { name: "for", keys: &["in", "do"], compile: flow::each },
    StepKind { name: "fail", keys: &[], compile: flow::fail },
    StepKind { name: "stop", keys: &[], compile: flow::stop },
    StepKind { name: "atomic", keys: &[], compile: atomic::atomic },
    StepKind { name: "once", keys: &["do"], compile: atomic::once },
    StepKind { name: "insert", keys: &["set"], compile: writes::insert },
    StepKind { name: "update", keys: &["set"], compile: writes::update },
    StepKind { name: "upsert", keys: &["set"], compile: writes::upsert },
    StepKind { name: "delete", keys: &[], compile: writes::delete },
    StepKind { name: "after", keys: &["send", "with"], compile: messages::after },
    StepKind { name: "publish", keys: &["to", "with", "route"], compile: messages::post },
    StepKind { name: "send", keys: &["to", "with"], compile: messages::post },
    StepKind {
        name: "call",
        keys: &["to", "with", "timeout", "retry", "breaker", "hedge", "cancel", "as", "fallback"],
        compile: call::call,
    },
    StepKind { name: "cancel", keys: &["with"], compile: messages::cancel },
    StepKind { name: "replay", keys: &["from", "since"], compile: replay::replay },
    StepKind { name: "reply", keys: &["with"], compile: answers::reply },
    StepKind { name: "decide", keys: &["reason"], compile: answers::decide },
    StepKind { name: "progress", keys: &[], compile: answers::progress },
];
