//! Cause and effect in words: the way that led to the selected thing, and the tree of what followed.

use super::words::{message_name, node_name, record_words, subject};
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::app::lineage::{Lineage, Told};
use crate::base::Time;
use crate::world::{NodeKind, Record, What, Why};

/// Lines that are told of what followed, at most.
const LINES_MAX: usize = 80;
/// Lines that are told of one message on its way, at most: it may have been tried again and again.
const HOPS_MAX: usize = 12;
/// From this depth on, lines are not moved in any more.
const DEPTH_MAX: usize = 6;

/// Something that happened, to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryLine {
    /// When.
    pub at: Time,
    /// What, in words.
    pub words: String,
    /// What is selected when one goes there.
    pub select: Selection,
    /// How deep in the tree it stands.
    pub depth: usize,
}

/// What led to the selected thing, and what followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// What led to it, oldest first; the thing itself is the last line.
    pub causes: Vec<StoryLine>,
    /// Its beginning is not kept any more.
    pub is_cut: bool,
    /// What followed, as a tree: what a line led to stands below it and further in.
    pub effects: Vec<StoryLine>,
    /// How much more followed.
    pub more: u64,
}

/// The story of the selected thing, if it has one.
pub fn story(lab: &Lab) -> Option<Story> {
    let lineage = lab.lineage()?;
    let teller = Teller { lab, lineage, told: Told::new(lab.run()) };
    let (effects, more) = teller.effects();
    Some(Story { causes: teller.causes(), is_cut: lineage.is_cut(), effects, more })
}

struct Teller<'a> {
    lab: &'a Lab,
    lineage: &'a Lineage,
    told: Told<'a>,
}

impl Teller<'_> {
    fn line(&self, number: u64, record: &Record, words: String, depth: usize) -> StoryLine {
        let select = subject(self.lab, number, record);
        StoryLine { at: record.at, words, select, depth }
    }

    /// What a record tells, with its message's name.
    fn plain(&self, number: u64, record: &Record, depth: usize) -> StoryLine {
        let message = match record.what {
            What::Begun { message, .. } | What::Snatched { message } => Some(message),
            _ => record.what.message(),
        };
        let name = message.map_or("", |it| self.name(it));
        self.line(number, record, record_words(self.lab, record, name), depth)
    }

    fn name(&self, message: u64) -> &str {
        let born = self.lineage.birth(message).and_then(|it| self.told.get(it.0));
        match born.map(|it| &it.what) {
            Some(What::Begun { name, .. }) => message_name(self.lab, *name),
            _ => "a message",
        }
    }

    /// The way to the selected thing, hop by hop.
    fn causes(&self) -> Vec<StoryLine> {
        let Some(origin) = self.lineage.origin() else { return Vec::new() };
        let numbers: Vec<u64> = self.lineage.chain().iter().copied().chain([origin]).collect();
        let mut lines = Vec::new();
        for (place, number) in numbers.iter().enumerate() {
            let Some(record) = self.told.get(*number) else { continue };
            if place == 0 {
                lines.extend(self.root(*number, record));
            }
            lines.push(self.plain(*number, record, 0));
            let next = numbers.get(place + 1).and_then(|it| Some((*it, self.told.get(*it)?)));
            if let (What::Begun { message, .. }, Some((end, goal))) = (&record.what, next) {
                self.hops((*message, *number), (end, goal), &mut lines);
            }
        }
        lines
    }

    /// What is no record's business: why the first one came about.
    fn root(&self, number: u64, record: &Record) -> Option<StoryLine> {
        let here = node_name(self.lab, record.node);
        let words = match (record.why, &record.what) {
            (Why::Start, _) => "The run begins".to_owned(),
            (Why::Habit, What::Submitted { .. }) => [here, " has a habit"].concat(),
            (Why::Clock, What::Begun { .. }) => ["It is time for ", here, " to ask"].concat(),
            (Why::Clock, _) => "Its time has come".to_owned(),
            (Why::Hand, What::Submitted { .. }) => return None,
            (Why::Hand, _) => "Somebody does it by hand".to_owned(),
            _ => return None,
        };
        Some(self.line(number, record, words, 0))
    }

    /// The way of a message from its beginning to where it led to something.
    fn hops(&self, (message, from): (u64, u64), goal: (u64, &Record), lines: &mut Vec<StoryLine>) {
        let (end, goal) = goal;
        let source = self.told.get(from).map_or(goal.node, |it| it.node);
        let is_here = |it: &Record| it.node == source || it.node == goal.node || self.is_broker(it);
        let mut hops: Vec<(u64, &Record)> = Vec::new();
        for number in from + 1..end {
            let Some(record) = self.told.get(number) else { continue };
            let mine = record.what.message() == Some(message) && is_here(record);
            let elsewhere = matches!(record.what, What::Sent { to, .. }
                if to != goal.node && !self.is_broker_node(to));
            if mine && !elsewhere {
                hops.push((number, record));
            }
        }
        let told = hops.len().saturating_sub(HOPS_MAX);
        for (place, (number, record)) in hops.iter().enumerate().skip(told) {
            let until = hops.get(place + 1).map_or(goal.at, |it| it.1.at);
            let length = until.since(record.at);
            let name = self.name(message);
            let words = match record.what {
                What::Sent { to, .. } => {
                    [name, " travels ", &length.to_string(), " to ", node_name(self.lab, to)]
                        .concat()
                }
                What::Queued { .. } if length.as_micros() == 0 => continue,
                What::Queued { channel, .. } => {
                    let channel = &self.lab.scenario().channels[channel as usize].name;
                    [name, " waits ", &length.to_string(), " in ", channel].concat()
                }
                What::Started { .. } if length.as_micros() > 0 => {
                    let here = node_name(self.lab, record.node);
                    [here, " works on ", name, " for ", &length.to_string()].concat()
                }
                What::Handled { .. } => continue,
                _ => record_words(self.lab, record, name),
            };
            lines.push(self.line(*number, record, words, 0));
        }
    }

    fn is_broker(&self, record: &Record) -> bool {
        self.is_broker_node(record.node)
    }

    fn is_broker_node(&self, node: u32) -> bool {
        let node = self.lab.plan().nodes.get(node as usize);
        node.is_some_and(|it| matches!(it.kind, NodeKind::Broker(_)))
    }

    /// The tree of what followed, and how much more there was.
    fn effects(&self) -> (Vec<StoryLine>, u64) {
        let (numbers, count) = self.lineage.effects();
        let mut tree = Tree::default();
        for number in numbers {
            let Some(record) = self.told.get(*number) else { continue };
            tree.grow(*number, record);
        }
        let hidden = count - numbers.len() as u64;
        let mut lines = Vec::new();
        tree.walk(None, 0, &mut lines);
        let more = tree.branches.len().saturating_sub(lines.len()) as u64 + hidden;
        let line = |(number, depth): (u64, usize)| {
            self.told.get(number).map(|it| self.plain(number, it, depth))
        };
        (lines.into_iter().filter_map(line).collect(), more)
    }
}

/// Records that hang on each other.
#[derive(Default)]
struct Tree {
    /// A record's number, and what it hangs on.
    branches: Vec<(u64, Option<usize>)>,
    /// Messages and the branches at which they began.
    begun: Vec<(u64, Option<usize>)>,
    /// Messages, who has taken them up, and the branches of that.
    taken_up: Vec<(u64, u32, usize)>,
}

impl Tree {
    /// Hangs a record where it belongs. What only says that something goes on is left out.
    fn grow(&mut self, number: u64, record: &Record) {
        let by = match record.why {
            Why::Message(it) => self.place(it, record.node),
            _ => None,
        };
        match record.what {
            What::Begun { message, body: None, .. } => self.stands_for(message, by),
            What::Begun { message, .. } => {
                let branch = self.add(number, by);
                self.stands_for(message, Some(branch));
            }
            What::Started { message, .. } => {
                let branch = self.add(number, by);
                self.taken_up.push((message, record.node, branch));
            }
            What::Handled { .. } | What::Queued { .. } | What::Sent { .. } => {}
            _ => {
                self.add(number, by);
            }
        }
    }

    fn add(&mut self, number: u64, on: Option<usize>) -> usize {
        self.branches.push((number, on));
        self.branches.len() - 1
    }

    fn stands_for(&mut self, message: u64, branch: Option<usize>) {
        self.begun.push((message, branch));
    }

    /// What hangs on a message at a node hangs on this.
    fn place(&self, message: u64, node: u32) -> Option<usize> {
        let taken = self.taken_up.iter().rev().find(|it| it.0 == message && it.1 == node);
        let begun = || self.begun.iter().find(|it| it.0 == message).and_then(|it| it.1);
        taken.map(|it| it.2).or_else(begun)
    }

    fn walk(&self, on: Option<usize>, depth: usize, lines: &mut Vec<(u64, usize)>) {
        for (branch, it) in self.branches.iter().enumerate().filter(|it| it.1.1 == on) {
            if lines.len() < LINES_MAX {
                lines.push((it.0, depth.min(DEPTH_MAX)));
                self.walk(Some(branch), depth + 1, lines);
            }
        }
    }
}
