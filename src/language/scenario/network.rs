//! The network: the links between the nodes.

use crate::language::expression::Expression;

/// The links between the nodes.
#[derive(Clone, Debug)]
pub struct Network {
    /// How every link behaves that no rule names.
    pub all: LinkRule,
    /// Rules for some links; the first that fits decides, for each property by itself.
    pub rules: Vec<(LinkPattern, LinkRule)>,
}

/// What a link does to messages. `None` is "no word about it".
#[derive(Clone, Debug, Default)]
pub struct LinkRule {
    /// Travel time.
    pub delay: Option<Expression>,
    /// What is added to the travel time, from a chance of its own.
    pub jitter: Option<Expression>,
    /// How many bytes a second it takes in. Without it, any number.
    pub bandwidth: Option<Expression>,
    /// Share of messages that get lost, 0 to 1.
    pub loss: Option<Expression>,
    /// Share of messages that arrive twice, 0 to 1.
    pub duplicate: Option<Expression>,
    /// Do messages keep their order?
    pub ordered: Option<bool>,
}

impl LinkRule {
    /// Does it say nothing at all?
    pub const fn is_empty(&self) -> bool {
        self.delay.is_none()
            && self.jitter.is_none()
            && self.bandwidth.is_none()
            && self.loss.is_none()
            && self.duplicate.is_none()
            && self.ordered.is_none()
    }
}

/// Which links a rule is about: those from and to the nodes with these names. A client's name means all its
/// people. `None` is every node.
#[derive(Clone, Debug, Default)]
pub struct LinkPattern {
    /// Where messages come from.
    pub from: Option<String>,
    /// Where they go.
    pub to: Option<String>,
}
