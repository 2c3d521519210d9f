//! Branches as the page draws them: a small tree over the time of the run, and what each branch is called.

use crate::app::{Difference, Lab};
use crate::base::Time;
use crate::history::BranchId;
use crate::language::Value;
use crate::service::NodeId;
use crate::world::{Copies, Input, Way, World};

/// A branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchView {
    /// Which.
    pub id: BranchId,
    /// What it is called.
    pub name: String,
    /// The row of the branch that it left, counted from 0; none for the first.
    pub parent: Option<usize>,
    /// Where it left it.
    pub fork: Time,
    /// How far it is known.
    pub until: Time,
    /// It is on the stage.
    pub played: bool,
    /// It stands beside the one on the stage.
    pub beside: bool,
    /// How many things persons did in it since the fork.
    pub deeds: usize,
}

/// All branches: each comes after the one that it left, and those that left later come first, so that lines do not
/// cross.
pub fn branches(lab: &Lab) -> Vec<BranchView> {
    let all = lab.branches();
    let mut rows: Vec<BranchView> = Vec::with_capacity(all.iter().len());
    for it in all.iter() {
        let run = all.run(it.id).unwrap_or_else(|| lab.run());
        let last = run.inputs().last().map_or(Time::ZERO, |it| it.position.at);
        let parent = rows.iter().position(|row| Some(row.id) == it.parent);
        let view = BranchView {
            id: it.id,
            name: it.name.clone(),
            parent: None,
            fork: it.fork.at,
            until: run.furthest().max(last),
            played: it.id == all.played(),
            beside: lab.difference() == Some(Difference::Branch(it.id)),
            deeds: run.inputs().len().saturating_sub(it.shared),
        };
        let place = parent.map_or(rows.len(), |it| it + 1);
        rows.insert(place, view);
    }
    for row in 0..rows.len() {
        let parent = all.get(rows[row].id).and_then(|it| it.parent);
        rows[row].parent = rows.iter().position(|it| Some(it.id) == parent);
        // What has been left somewhere has been there.
        if let Some(above) = rows[row].parent {
            rows[above].until = rows[above].until.max(rows[row].fork);
        }
    }
    rows
}

/// The tree as outlines in a box of 100 by so many rows of 10: those of all branches, that of the one on the stage from
/// the start on, and the row of that.
pub fn branch_outlines(rows: &[BranchView]) -> (String, String) {
    let end = rows.iter().map(|it| it.until.as_micros()).max().unwrap_or(0).max(1);
    let x = |at: Time| at.as_micros() as f64 / end as f64 * 100.0;
    let y = |row: usize| row as f64 * 10.0 + 5.0;
    let line = |row: usize, to: Time| {
        let it = &rows[row];
        let from = it.parent.map_or(String::new(), |above| {
            format!("M{:.1} {:.0}L{:.1} {:.0}", x(it.fork), y(above), x(it.fork), y(row))
        });
        format!("{from}M{:.1} {:.0}L{:.1} {:.0}", x(it.fork), y(row), x(to.max(it.fork)), y(row))
    };
    let all = (0..rows.len()).map(|it| line(it, rows[it].until)).collect();
    let mut played = String::new();
    let mut row = rows.iter().position(|it| it.played);
    let mut until = Time::MAX;
    while let Some(it) = row {
        played += &line(it, rows[it].until.min(until));
        until = rows[it].fork;
        row = rows[it].parent;
    }
    (all, played)
}

/// What somebody did, in words, as a name for what comes of it.
pub fn deed_words(world: &World, input: &Input) -> String {
    let plan = &world.plan;
    let node = |it: NodeId| plan.nodes[it].name.as_str();
    let person = |it: usize| world.people[it].name.as_str();
    let process = |it: NodeId, instance: Option<usize>| {
        let number = instance.map_or(String::new(), |it| format!(" {}", it + 1));
        [node(it), &number].concat()
    };
    let copies = |word: &str, it: Copies| {
        let goal = it.to.map_or(String::new(), |it| [" for ", node(it)].concat());
        [word, " ", &message_name(world, it.message), &goal].concat()
    };
    let way = |word: &str, it: Way| {
        let sign = if it.both { " ↔ " } else { " → " };
        [word, " ", node(it.from), sign, node(it.to)].concat()
    };
    match input {
        Input::Submit { person: it, item, .. } => {
            let form = plan.form(world.people[*it].client, *item);
            let name = form.map_or("", |it| &plan.names[it.message]);
            [person(*it), " sent ", name].concat()
        }
        Input::Turn { knob, value } => {
            [plan.scenario.knobs[*knob].label.as_str(), ": ", &value_words(value)].concat()
        }
        Input::Habits { on: true } => "People act".to_owned(),
        Input::Habits { on: false } => "Nobody acts".to_owned(),
        Input::Crash(it, instance) => ["Crashed ", &process(*it, *instance)].concat(),
        Input::Restart(it, instance) => ["Restarted ", &process(*it, *instance)].concat(),
        Input::Fault(fault, on) => {
            let over = if *on { "" } else { " is over" };
            [plan.scenario.faults[*fault].name.as_str(), over].concat()
        }
        Input::Lose(it) => copies("Lost", *it),
        Input::Redeliver { channel, .. } => {
            ["Retried a dead letter of ", &plan.scenario.channels[*channel].name].concat()
        }
        Input::Duplicate(it) => copies("Doubled", *it),
        Input::Delay(it, span) => [&copies("Held up", *it), " ", &span.to_string()].concat(),
        Input::Overtake(it) => [&copies("Let", *it), " overtake"].concat(),
        Input::Pause(it) => ["Paused ", node(*it)].concat(),
        Input::Resume(it) => ["Let ", node(*it), " go on"].concat(),
        Input::Slow(it, factor) if *factor > 1.0 => {
            ["Slowed ", node(*it), " down ", &factor.to_string(), "×"].concat()
        }
        Input::Slow(it, _) => [node(*it), " at its usual speed"].concat(),
        Input::Cut(it) => way("Cut", *it),
        Input::SlowLink(it, late) => [&way("Slowed", *it), " by ", &late.to_string()].concat(),
        Input::Mend(it) => way("Mended", *it),
        Input::Choose { interaction, .. } => {
            interaction.preset().map_or("Another mix", |it| it.label).to_owned()
        }
        Input::Reload(it) => [person(*it), " reloaded"].concat(),
        Input::Online(it, true) => [person(*it), " came back online"].concat(),
        Input::Online(it, false) => [person(*it), " went offline"].concat(),
        Input::Open(it, true) => [person(*it), " opened the page"].concat(),
        Input::Open(it, false) => [person(*it), " closed the page"].concat(),
        Input::TakeBack(it, _) => [person(*it), " took it back"].concat(),
        Input::Cancel(it, _) => [person(*it), " canceled it"].concat(),
    }
}

fn value_words(value: &Value) -> String {
    match value {
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        value => value.to_string(),
    }
}

/// The name of a message that is under way or waits.
fn message_name(world: &World, id: u64) -> String {
    let legs = world.legs.iter().flatten().map(|it| &it.envelope);
    let queues = world.channels.iter().flat_map(|it| &it.queues);
    let queued = queues.flat_map(|it| it.waiting().chain(it.held()));
    let inboxed = world.services.iter().flat_map(|it| it.inbox().map(|it| &it.envelope));
    let mut all = legs.chain(queued).chain(inboxed);
    let found = all.find(|it| it.id == id);
    let name = |it: usize| world.plan.names[it].to_string();
    let messages = world.plan.scenario.messages.len();
    found.map_or_else(|| format!("message {id}"), |it| name(it.content.name_index(messages)))
}
