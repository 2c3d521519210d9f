//! What can be done by hand to what is selected: to this message, this node, this link.
//!
//! What cannot be done at this instant is there all the same, and says why.

use super::service::process_name;
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::base::Span;
use crate::service::NodeId;
use crate::world::{Copies, Input, Meddling, Way};

/// How many times as long the work of a slow service takes.
const SLOW_FACTOR: f64 = 10.0;
/// How long a message is held up.
const HELD_UP: Span = Span::from_secs(2);
/// How much longer messages travel on a slow link.
const LATE: Span = Span::from_secs(1);

/// Something that can be done by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Power {
    /// What, in words.
    pub words: String,
    /// What is done; `None` for what can never be done here.
    pub input: Option<Input>,
    /// Why it would do nothing at this instant.
    pub objection: Option<&'static str>,
    /// Does it do harm, or does it help?
    pub harms: bool,
}

impl Power {
    fn new(lab: &Lab, harms: bool, words: String, input: Input) -> Self {
        let objection = lab.world().objection_to(&input);
        Self { words, input: Some(input), objection, harms }
    }

    fn never(words: String, objection: &'static str) -> Self {
        Self { words, input: None, objection: Some(objection), harms: true }
    }
}

/// The nodes for which there are copies of the selected message, with their names, when there are several.
pub fn goals(lab: &Lab) -> Vec<(NodeId, String)> {
    let Some(Selection::Message(id)) = lab.selection() else { return Vec::new() };
    let goals = lab.world().goals(*id);
    if goals.len() < 2 {
        return Vec::new();
    }
    goals.into_iter().map(|it| (it, lab.plan().nodes[it].name.clone())).collect()
}

/// What can be done to what is selected; to a message, only where it is for that node, if one is named.
pub fn powers(lab: &Lab, to: Option<NodeId>) -> Vec<Power> {
    match lab.selection() {
        Some(Selection::Message(id)) => message(lab, Copies { message: *id, to }),
        Some(Selection::Service(id)) => node(lab, *id),
        Some(Selection::Channel(id)) => {
            let broker = lab.scenario().channels.get(*id).and_then(|it| it.kind.broker());
            broker.map_or_else(Vec::new, |it| node(lab, lab.plan().broker_node(it)))
        }
        Some(Selection::Person(id)) => person(lab, *id),
        Some(Selection::Link(from, to)) => link(lab, (*from, *to)),
        Some(Selection::Intent(_) | Selection::Row { .. } | Selection::Record(_)) | None => {
            Vec::new()
        }
    }
}

fn message(lab: &Lab, copies: Copies) -> Vec<Power> {
    let power = |words: String, input| Power::new(lab, true, words, input);
    vec![
        power("Lose this message".to_owned(), Input::Lose(copies)),
        power("Make a second copy".to_owned(), Input::Duplicate(copies)),
        power(["Hold it up for ", &HELD_UP.to_string()].concat(), Input::Delay(copies, HELD_UP)),
        power("Let it overtake".to_owned(), Input::Overtake(copies)),
    ]
}

/// The processes of a node, all of them together first; then what slows it down.
fn node(lab: &Lab, node: NodeId) -> Vec<Power> {
    let world = lab.world();
    let name = &lab.plan().nodes[node].name;
    let process = |instance: Option<usize>, name: &str, up: bool| {
        if up {
            Power::new(lab, true, ["Crash ", name].concat(), Input::Crash(node, instance))
        } else {
            Power::new(lab, false, ["Restart ", name].concat(), Input::Restart(node, instance))
        }
    };
    let mut powers = vec![process(None, name, world.is_up(node))];
    let Some(service) = world.services.get(node) else {
        let why = "A broker works at once, or has crashed";
        powers.push(Power::never(["Pause ", name].concat(), why));
        powers.push(Power::never(["Slow ", name, " down"].concat(), why));
        return powers;
    };
    if service.instances.len() > 1 {
        let all = service.instances.iter().enumerate();
        powers.extend(
            all.map(|(it, state)| process(Some(it), &process_name(lab, node, it), state.up)),
        );
    }
    powers.push(if world.faults.is_paused(node) {
        Power::new(lab, false, ["Let ", name, " go on"].concat(), Input::Resume(node))
    } else {
        Power::new(lab, true, ["Pause ", name].concat(), Input::Pause(node))
    });
    powers.push(if world.faults.is_slow_by_hand(node) {
        let words = ["Let ", name, " work at its usual speed"].concat();
        Power::new(lab, false, words, Input::Slow(node, 1.0))
    } else {
        let words = ["Slow ", name, " down ", &SLOW_FACTOR.to_string(), "×"].concat();
        Power::new(lab, true, words, Input::Slow(node, SLOW_FACTOR))
    });
    powers
}

fn person(lab: &Lab, person: usize) -> Vec<Power> {
    let Some(device) = lab.world().people.get(person) else { return Vec::new() };
    let name = &device.name;
    let (words, why) =
        if device.online { ("Take ", " offline") } else { ("Bring ", " back online") };
    let online = [words, name, why].concat();
    vec![
        Power::new(lab, device.online, online, Input::Online(person, !device.online)),
        Power::new(lab, true, ["Reload ", name, "’s page"].concat(), Input::Reload(person)),
    ]
}

fn link(lab: &Lab, (from, to): (NodeId, NodeId)) -> Vec<Power> {
    let (way, ways) = (Way { from, to, both: false }, Way { from, to, both: true });
    let slower = ["Make it ", &LATE.to_string(), " slower"].concat();
    let faults = &lab.world().faults;
    let mut powers = vec![
        Power::new(lab, true, "Cut this way".to_owned(), Input::Cut(way)),
        Power::new(lab, true, "Cut both ways".to_owned(), Input::Cut(ways)),
        Power::new(lab, true, slower, Input::SlowLink(way, faults.lateness(from, to) + LATE)),
    ];
    powers.push(Power::new(lab, false, "Mend it, both ways".to_owned(), Input::Mend(ways)));
    powers
}

/// What a person did by hand, as a record tells it.
pub(super) fn meddling_words(lab: &Lab, node: NodeId, how: Meddling, with: u64) -> String {
    let name = |it: NodeId| lab.plan().nodes[it].name.as_str();
    let link = || {
        let to = usize::try_from(with >> 48).unwrap_or_default();
        [name(node), " → ", name(to)].concat()
    };
    match how {
        Meddling::Duplicated => ["Message ", &with.to_string(), " is doubled"].concat(),
        Meddling::Delayed => ["Message ", &with.to_string(), " is held up"].concat(),
        Meddling::Overtook => ["Message ", &with.to_string(), " overtakes"].concat(),
        Meddling::Paused => [name(node), " is paused"].concat(),
        Meddling::Resumed => [name(node), " goes on"].concat(),
        Meddling::Slowed if f64::from_bits(with) > 1.0 => [name(node), " is slow"].concat(),
        Meddling::Slowed => [name(node), " works at its usual speed"].concat(),
        Meddling::Cut => [&link(), " is cut"].concat(),
        Meddling::SlowedLink => [&link(), " is slow"].concat(),
        Meddling::Mended => [&link(), " is mended"].concat(),
    }
}
