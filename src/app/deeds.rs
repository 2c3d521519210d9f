//! Inputs as scripts name them: with names for indices, and back.

use crate::history::{Position, Recorded};
use crate::language::Scenario;
use crate::language::script::{self, Act, Deed};
use crate::service::NodeId;
use crate::world::{Copies, Input, Way, World};

/// An input with names for indices.
pub(super) fn deed(world: &World, recorded: &Recorded<Input>) -> Deed {
    let scenario = &world.plan.scenario;
    let node = |id: NodeId| world.plan.nodes[id].name.clone();
    let person = |it: usize| world.people[it].name.clone();
    let copies = |it: Copies| script::Copies { message: it.message, to: it.to.map(node) };
    let way = |it: Way| script::Way { from: node(it.from), to: node(it.to), both: it.both };
    let act = match recorded.input.clone() {
        Input::Submit { person: it, item, values } => {
            Act::Submit { person: person(it), item, values }
        }
        Input::Turn { knob, value } => Act::Turn(scenario.knobs[knob].name.clone(), value),
        Input::Habits { on } => Act::Habits(on),
        Input::Crash(id, instance) => Act::Crash(node(id), instance),
        Input::Restart(id, instance) => Act::Restart(node(id), instance),
        Input::Fault(fault, on) => Act::Fault(scenario.faults[fault].name.clone(), on),
        Input::Lose(it) => Act::Lose(copies(it)),
        Input::Redeliver { channel, message } => {
            Act::Retry(scenario.channels[channel].name.clone(), message)
        }
        Input::Duplicate(it) => Act::Duplicate(copies(it)),
        Input::Delay(it, span) => Act::Delay(copies(it), span),
        Input::Overtake(it) => Act::Overtake(copies(it)),
        Input::Pause(service) => Act::Pause(node(service)),
        Input::Resume(service) => Act::Resume(node(service)),
        Input::Slow(service, factor) => Act::Slow(node(service), factor),
        Input::Cut(it) => Act::Cut(way(it)),
        Input::SlowLink(it, span) => Act::SlowLink(way(it), span),
        Input::Mend(it) => Act::Mend(way(it)),
        Input::Choose { client, form, interaction } => {
            Act::Choose(scenario.clients[client].name.clone(), form, interaction)
        }
        Input::Reload(it) => Act::Reload(person(it)),
        Input::Online(it, on) => Act::Online(person(it), on),
        Input::TakeBack(it, number) => Act::TakeBack(person(it), number),
        Input::Cancel(it, number) => Act::Cancel(person(it), number),
        Input::Open(it, on) => Act::Open(person(it), on),
    };
    let Position { steps, at } = recorded.position;
    Deed { steps, at, act }
}

/// An input with indices for names.
pub(super) fn input(world: &World, act: Act) -> Result<Input, String> {
    let scenario = &world.plan.scenario;
    let node = |name: &str| {
        let found = world.plan.nodes.iter().position(|it| it.name == name);
        found.ok_or_else(|| format!("The scenario has no service or broker `{name}`"))
    };
    let person = |name: &str| {
        let found = world.people.iter().position(|it| it.name == name);
        found.ok_or_else(|| format!("Nobody in the scenario is called `{name}`"))
    };
    let copies = |it: script::Copies| {
        let to = it.to.as_deref().map(node).transpose()?;
        Ok::<_, String>(Copies { message: it.message, to })
    };
    let way = |it: script::Way| {
        Ok::<_, String>(Way { from: node(&it.from)?, to: node(&it.to)?, both: it.both })
    };
    Ok(match act {
        Act::Submit { person: name, item, values } => {
            Input::Submit { person: person(&name)?, item, values }
        }
        Act::Turn(name, value) => Input::Turn { knob: find_knob(scenario, &name)?, value },
        Act::Habits(on) => Input::Habits { on },
        Act::Crash(name, instance) => Input::Crash(node(&name)?, instance),
        Act::Restart(name, instance) => Input::Restart(node(&name)?, instance),
        Act::Fault(name, on) => {
            let index = scenario.faults.iter().position(|it| it.name == name);
            Input::Fault(index.ok_or_else(|| format!("The scenario has no fault `{name}`"))?, on)
        }
        Act::Lose(it) => Input::Lose(copies(it)?),
        Act::Retry(name, message) => {
            let index = scenario.channels.iter().position(|it| it.name == name);
            let channel = index.ok_or_else(|| format!("The scenario has no channel `{name}`"))?;
            Input::Redeliver { channel, message }
        }
        Act::Duplicate(it) => Input::Duplicate(copies(it)?),
        Act::Delay(it, span) => Input::Delay(copies(it)?, span),
        Act::Overtake(it) => Input::Overtake(copies(it)?),
        Act::Pause(name) => Input::Pause(node(&name)?),
        Act::Resume(name) => Input::Resume(node(&name)?),
        Act::Slow(name, factor) => Input::Slow(node(&name)?, factor),
        Act::Cut(it) => Input::Cut(way(it)?),
        Act::SlowLink(it, span) => Input::SlowLink(way(it)?, span),
        Act::Mend(it) => Input::Mend(way(it)?),
        Act::Reload(name) => Input::Reload(person(&name)?),
        Act::Online(name, on) => Input::Online(person(&name)?, on),
        Act::TakeBack(name, number) => Input::TakeBack(person(&name)?, number),
        Act::Cancel(name, number) => Input::Cancel(person(&name)?, number),
        Act::Open(name, on) => Input::Open(person(&name)?, on),
        Act::Choose(name, form, interaction) => {
            let index = scenario.clients.iter().position(|it| it.name == name);
            let client =
                index.ok_or_else(|| format!("The scenario has no people called `{name}`"))?;
            Input::Choose { client, form, interaction }
        }
    })
}

/// The knob with this name.
pub(super) fn find_knob(scenario: &Scenario, name: &str) -> Result<usize, String> {
    let found = scenario.knobs.iter().position(|it| it.name == name);
    found.ok_or_else(|| format!("The scenario has no knob `{name}`"))
}
