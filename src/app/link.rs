//! Links: scenario, seed, settings, inputs and instant as text, and the parts of such a text.
//!
//! All of it stands in the address' fragment, which is never sent to a server:
//!
//! ```text
//! scenario=shelf/name    an entry of the catalogue
//! text=1.…               or a scenario of one's own …
//! from=shelf/name        … and the entry of the catalogue of which it is a changed copy
//! run=1.…                seed, settings, inputs, instant; without it the usual run from its start
//! of=1a2b3c              to which text of the catalogue the run belongs
//! engine=2               by which engine it was run; without it by the first
//! panel=knobs            how the page looks: see `options`
//! ```
//!
//! Payloads are text, deflated and in base64url, with a format number in front. Whether a link is let in is the
//! business of [`gate`](super::gate).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;

use super::lab::Lab;
use super::opening::Origin;
use super::options::Options;
use crate::base::Time;
use crate::base::limits::RUN_BYTES_MAX;
use crate::history::Recorded;
use crate::language::script::{Act, Deed, Script};
use crate::language::{Scenario, read_script};
use crate::measure::ENGINE;
use crate::sim::Digest;
use crate::world::{Input, World};

/// The format of payloads. A link with another number is refused with a sentence that says so.
pub(super) const FORMAT: &str = "1.";

/// The parts that a link can have, apart from options.
pub(super) const PARTS: &[&str] = &["scenario", "text", "from", "run", "of", "engine"];

/// The link that reproduces the lab as it stands, with the options with which it was opened: what comes behind `#`.
pub fn write(lab: &Lab) -> String {
    write_as(lab, true, lab.options())
}

/// The link that reproduces the lab: at this instant, or from its start; with these options.
pub fn write_as(lab: &Lab, instant: bool, options: &Options) -> String {
    let script = script(lab, instant);
    let mut link = match lab.origin() {
        Origin::BuiltIn(path) => ["scenario=", path].concat(),
        Origin::Own(_) | Origin::Edited(_) => ["text=", &pack(&lab.scenario().source)].concat(),
    };
    let mut add = |name: &str, value: &str| link.extend(["&", name, "=", value]);
    if let Some(path) = lab.origin().copied_from() {
        add("from", path);
    }
    if script != Script::default() {
        add("run", &pack(&script.to_string()));
        if let Origin::BuiltIn(_) = lab.origin() {
            add("of", &text_mark(&lab.scenario().source));
        }
    }
    if ENGINE != 1 {
        add("engine", &ENGINE.to_string());
    }
    link + &options.words()
}

/// Can the run be read again when a link or a document carries it? Only one with thousands of deeds cannot.
pub fn is_readable(lab: &Lab) -> bool {
    const DEEDS_ALWAYS_READ: usize = 500;
    if lab.run().inputs().len() <= DEEDS_ALWAYS_READ {
        return true;
    }
    let text = script(lab, true).to_string();
    text.len() <= RUN_BYTES_MAX && read_script(&text).is_ok()
}

/// The run as a text has it.
fn script(lab: &Lab, instant: bool) -> Script {
    let settings =
        lab.settings().iter().map(|(knob, value)| (knob_name(lab, *knob), value.clone()));
    Script {
        seed: lab.world().seed,
        settings: settings.collect(),
        deeds: lab.run().inputs().iter().map(|it| deed(lab, it)).collect(),
        at: if instant { lab.run().now() } else { Time::ZERO },
    }
}

/// A few signs by which a text of the catalogue is known again.
pub(super) fn text_mark(text: &str) -> String {
    let mut digest = Digest::default();
    digest.text(text);
    format!("{:06x}", digest.value() & 0xff_ffff)
}

fn knob_name(lab: &Lab, knob: usize) -> String {
    lab.scenario().knobs[knob].name.clone()
}

/// A text as a payload.
pub(super) fn pack(text: &str) -> String {
    [FORMAT, &URL_SAFE_NO_PAD.encode(compress_to_vec(text.as_bytes(), 9))].concat()
}

/// The value of a part of a link.
pub(super) fn part<'f>(fragment: &'f str, name: &str) -> Option<&'f str> {
    parts(fragment).find(|it| it.0 == name).map(|it| it.1)
}

/// The parts of a link: names and values.
pub(super) fn parts(fragment: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = fragment.split('&').filter(|it| !it.is_empty());
    parts.map(|it| it.split_once('=').unwrap_or((it, "")))
}

/// An input with names for indices.
fn deed(lab: &Lab, recorded: &Recorded<Input>) -> Deed {
    let (world, scenario) = (lab.world(), lab.scenario());
    let node = |id: usize| world.plan.nodes[id].name.clone();
    let act = match recorded.input.clone() {
        Input::Submit { person, item, values } => {
            Act::Submit { person: world.people[person].name.clone(), item, values }
        }
        Input::Turn { knob, value } => Act::Turn(knob_name(lab, knob), value),
        Input::Habits { on } => Act::Habits(on),
        Input::Crash(id, instance) => Act::Crash(node(id), instance),
        Input::Restart(id, instance) => Act::Restart(node(id), instance),
        Input::Fault(fault, on) => Act::Fault(scenario.faults[fault].name.clone(), on),
        Input::Lose(message) => Act::Lose(message),
        Input::Choose { client, form, interaction } => {
            Act::Choose(scenario.clients[client].name.clone(), form, interaction)
        }
        Input::Reload(person) => Act::Reload(world.people[person].name.clone()),
        Input::Online(person, on) => Act::Online(world.people[person].name.clone(), on),
        Input::Cancel(person, number) => Act::Cancel(world.people[person].name.clone(), number),
        Input::Open(person, on) => Act::Open(world.people[person].name.clone(), on),
        Input::TakeBack(person, number) => Act::TakeBack(world.people[person].name.clone(), number),
    };
    Deed { steps: recorded.position.steps, at: recorded.position.at, act }
}

/// An input with indices for names.
pub(super) fn input(world: &World, act: Act) -> Result<Input, String> {
    let scenario = &world.plan.scenario;
    let node = |name: &str| {
        let found = world.plan.nodes.iter().position(|it| it.name == name);
        found.ok_or_else(|| format!("The scenario has no service or broker `{name}`"))
    };
    let find_person = |name: &str| {
        let found = world.people.iter().position(|it| it.name == name);
        found.ok_or_else(|| format!("Nobody in the scenario is called `{name}`"))
    };
    Ok(match act {
        Act::Submit { person, item, values } => {
            Input::Submit { person: find_person(&person)?, item, values }
        }
        Act::Turn(name, value) => Input::Turn { knob: find_knob(scenario, &name)?, value },
        Act::Habits(on) => Input::Habits { on },
        Act::Crash(name, instance) => Input::Crash(node(&name)?, instance),
        Act::Restart(name, instance) => Input::Restart(node(&name)?, instance),
        Act::Fault(name, on) => {
            let index = scenario.faults.iter().position(|it| it.name == name);
            Input::Fault(index.ok_or_else(|| format!("The scenario has no fault `{name}`"))?, on)
        }
        Act::Lose(message) => Input::Lose(message),
        Act::Reload(name) => Input::Reload(find_person(&name)?),
        Act::Online(name, on) => Input::Online(find_person(&name)?, on),
        Act::Cancel(name, number) => Input::Cancel(find_person(&name)?, number),
        Act::Open(name, on) => Input::Open(find_person(&name)?, on),
        Act::TakeBack(name, number) => Input::TakeBack(find_person(&name)?, number),
        Act::Choose(name, form, interaction) => {
            let index = scenario.clients.iter().position(|it| it.name == name);
            let client =
                index.ok_or_else(|| format!("The scenario has no people called `{name}`"))?;
            Input::Choose { client, form, interaction }
        }
    })
}

pub(super) fn find_knob(scenario: &Scenario, name: &str) -> Result<usize, String> {
    let found = scenario.knobs.iter().position(|it| it.name == name);
    found.ok_or_else(|| format!("The scenario has no knob `{name}`"))
}
