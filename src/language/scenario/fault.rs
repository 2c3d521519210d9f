//! Faults: what goes wrong, and when.

use super::network::LinkPattern;
use super::{ChannelId, MessageId, ServiceId};
use crate::language::diagnostic::Place;
use crate::language::expression::Expression;

/// Something that goes wrong.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Its name: a few words.
    pub name: String,
    /// When it strikes.
    pub occasion: Occasion,
    /// What it does.
    pub harm: Harm,
    /// When it is over. Without it, it stays.
    pub length: Option<Expression>,
    /// Where it stands.
    pub place: Place,
}

/// When a fault strikes. Each can be made to strike by hand as well.
#[derive(Clone, Debug)]
pub enum Occasion {
    /// Only by hand.
    Hand,
    /// So long after the start.
    At(Expression),
    /// Again and again, after so long each time.
    Every(Expression),
    /// At a boundary: before a step of a handler, or before its end.
    Boundary {
        /// How likely at each passage.
        chance: Expression,
        /// How often at most.
        times: Option<u32>,
    },
}

/// What a fault does.
#[derive(Clone, Debug)]
pub enum Harm {
    /// The process at a node dies: one instance of a service, or all.
    Crash(usize, Option<usize>),
    /// It comes back.
    Restart(usize, Option<usize>),
    /// A service does nothing, and loses nothing.
    Pause(ServiceId),
    /// The work of a service takes so many times as long.
    Slow(ServiceId, Expression),
    /// Links between the groups carry nothing. Names of nodes and of classes of people.
    Partition(Vec<Vec<String>>),
    /// Something befalls the next messages.
    Burst(Burst),
}

/// Something that befalls the next messages of a kind.
#[derive(Clone, Debug)]
pub struct Burst {
    /// What.
    pub mishap: Mishap,
    /// How many messages.
    pub count: u32,
    /// Which kind; any without it.
    pub message: Option<MessageId>,
    /// On their way to or from which channel; any way without it.
    pub channel: Option<ChannelId>,
    /// On which links.
    pub links: LinkPattern,
}

/// What befalls a message.
#[derive(Clone, Debug)]
pub enum Mishap {
    /// It gets lost.
    Lose,
    /// It arrives twice.
    Duplicate,
    /// It travels longer.
    Delay(Expression),
}
