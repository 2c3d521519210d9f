//! What happened at one instant and is worth a sign: clicks, losses, faults, broken invariants.

use super::axis::Axis;
use super::rows::Rows;
use super::strokes::middles;
use crate::app::Lab;
use crate::app::view::powers::meddling_words;
use crate::app::view::service::process_name;
use crate::base::Time;
use crate::world::{NO_CHANNEL, Record, What};

/// Signs of the same kind that are closer to each other are one.
const APART_PX: f64 = 7.0;

/// What a sign stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Somebody clicked.
    Click,
    /// Something got lost, or became a dead letter.
    Loss,
    /// Something broke, or works again.
    Fault,
    /// An invariant is broken.
    Violation,
    /// Somebody turned a knob, or chose otherwise.
    Turn,
}

impl Sign {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Loss => "loss",
            Self::Fault => "fault",
            Self::Violation => "violation",
            Self::Turn => "change",
        }
    }

    const fn of(what: &What) -> Option<Self> {
        Some(match what {
            What::Submitted { .. } => Self::Click,
            What::Lost { .. } | What::Unroutable { .. } | What::DeadLettered { .. } => Self::Loss,
            What::Crashed { .. }
            | What::Restarted { .. }
            | What::Fault { .. }
            | What::Online { .. }
            | What::Opened { .. }
            | What::Meddled { .. }
            | What::Reloaded => Self::Fault,
            What::Violated { .. } => Self::Violation,
            What::Turned { .. } | What::Chose { .. } => Self::Turn,
            _ => return None,
        })
    }
}

/// A sign on the timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignView {
    /// What it stands for.
    pub sign: Sign,
    /// Where, from the left.
    pub x: f64,
    /// Where, from the top, if it belongs to a lane; others stand on the axis.
    pub y: Option<f64>,
    /// Its place among the chronicle's flags.
    pub flag: usize,
    /// It has nothing to do with what is selected, while something is.
    pub dim: bool,
}

/// The signs in sight. Losses on a way stand where the message got lost, and are no signs of a lane.
pub(super) fn signs(lab: &Lab, axis: &Axis, rows: &Rows) -> Vec<SignView> {
    let chronicle = lab.chronicle();
    let (first, last) = axis.edges();
    let begin = chronicle.flags.partition_point(|it| it.at < first);
    let middle = middles(rows);
    let mut signs: Vec<SignView> = Vec::new();
    for (index, record) in chronicle.flags[begin..].iter().enumerate() {
        if last < record.at {
            break;
        }
        let Some(sign) = Sign::of(&record.what) else { continue };
        let lane = match record.what {
            What::Submitted { .. }
            | What::Crashed { .. }
            | What::Restarted { .. }
            | What::Online { .. }
            | What::Opened { .. }
            | What::Reloaded
            | What::DeadLettered { .. } => chronicle.lanes.of_node(record.node, NO_CHANNEL),
            What::Unroutable { channel, .. } => chronicle.lanes.of_channel(channel as usize),
            What::Lost { to, .. } if to == record.node => {
                chronicle.lanes.of_node(record.node, NO_CHANNEL)
            }
            // On the axis all losses have a sign.
            What::Lost { .. } if middle.is_empty() => None,
            What::Lost { .. } => continue,
            _ => None,
        };
        let y = lane.and_then(|it| middle.get(usize::from(it)).copied());
        let x = axis.x(record.at);
        let is_told = matches!(sign, Sign::Click | Sign::Loss);
        let dim = is_told && lab.lineage().is_some_and(|it| !it.has(record));
        let near =
            |it: &&SignView| (it.sign, it.y, it.dim) == (sign, y, dim) && x - it.x < APART_PX;
        if signs.iter().rev().take(8).find(near).is_none() {
            signs.push(SignView { sign, x, y, flag: begin + index, dim });
        }
    }
    signs
}

/// What a flag says.
pub fn flag_words(lab: &Lab, record: &Record) -> String {
    let node = |it: u32| lab.plan().nodes[it as usize].name.as_str();
    let process = |it: u32, instance: u32| process_name(lab, it as usize, instance as usize);
    let name = |it: u32| &lab.plan().names[it as usize];
    match record.what {
        What::Submitted { .. } => format!("{} clicks", node(record.node)),
        What::Unroutable { name: it, .. } => format!("{} is unroutable", name(it)),
        What::Lost { name: it, .. } => format!("{} lost", name(it)),
        What::DeadLettered { name: it, .. } => format!("{} becomes a dead letter", name(it)),
        What::Crashed { instance } => format!("{} crashes", process(record.node, instance)),
        What::Restarted { instance } => format!("{} is back", process(record.node, instance)),
        What::Fault { fault, on } => {
            let over = if on { "" } else { ": over" };
            format!("{}{over}", lab.scenario().faults[fault as usize].name)
        }
        What::Violated { invariant } => {
            format!("Broken: {}", lab.scenario().invariants[invariant as usize].name)
        }
        What::Online { on } => {
            format!("{} {}", node(record.node), if on { "is online again" } else { "goes offline" })
        }
        What::Opened { on } => {
            format!("{} {} the page", node(record.node), if on { "opens" } else { "closes" })
        }
        What::Meddled { how, with } => meddling_words(lab, record.node as usize, how, with),
        What::Reloaded => format!("{} reloads the screen", node(record.node)),
        What::Turned { knob, .. } => {
            format!("{} is changed", lab.scenario().knobs[knob as usize].label)
        }
        What::Chose { client } => {
            format!("Another interaction for {}", lab.scenario().clients[client as usize].name)
        }
        _ => String::new(),
    }
}

/// The nearest instant after the playhead at which a flag stands, or before it.
pub fn next_flag(lab: &Lab, on: bool) -> Option<Time> {
    let (flags, now) = (&lab.chronicle().flags, lab.run().now());
    let is_meant = |it: &&Record| Sign::of(&it.what).is_some();
    if on {
        let after = flags.partition_point(|it| it.at <= now);
        flags[after..].iter().find(is_meant).map(|it| it.at)
    } else {
        let before = flags.partition_point(|it| it.at < now);
        flags[..before].iter().rfind(is_meant).map(|it| it.at)
    }
}
