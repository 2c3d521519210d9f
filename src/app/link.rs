//! Links: scenario, seed, settings, inputs and instant as text, and back.
//!
//! All of it stands in the address' fragment, which is never sent to a server. `#scenario=shelf/name` names an entry of
//! the catalogue; `#text=…` carries a scenario of one's own; `&run=…` carries the rest. Payloads are text, deflated
//! and in base64url, with a format number in front. A link may come from anyone: every bound is checked before the
//! step that it protects.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};

use super::catalogue;
use super::lab::Lab;
use super::opening::{Origin, Refusal};
use crate::base::limits::{LINK_CHARS_MAX, SCENARIO_BYTES_MAX};
use crate::history::{Position, Recorded};
use crate::language::script::{Act, Deed, Script};
use crate::language::{self, Scenario};
use crate::world::{Input, Settings, World};

/// The format of payloads. A link with another number is refused with a sentence that says so.
const FORMAT: &str = "1.";
/// Bytes of a run's payload once it is inflated.
const RUN_BYTES_MAX: usize = 1024 * 1024;

/// What a link opens.
pub(super) struct Opened {
    pub(super) origin: Origin,
    pub(super) settings: Settings,
    pub(super) world: World,
    pub(super) inputs: Vec<Recorded<Input>>,
    pub(super) position: Position,
}

/// The link that reproduces the lab as it stands: what comes behind `#`.
pub fn write(lab: &Lab) -> String {
    let head = match lab.origin() {
        Origin::BuiltIn(path) => format!("scenario={path}"),
        Origin::Own(_) | Origin::Edited(_) => {
            format!("text={}", pack(lab.scenario().source.as_bytes()))
        }
    };
    let settings =
        lab.settings().iter().map(|(knob, value)| (knob_name(lab, *knob), value.clone()));
    let script = Script {
        seed: lab.world().seed,
        settings: settings.collect(),
        deeds: lab.run().inputs().iter().map(|it| deed(lab, it)).collect(),
        at: lab.run().now(),
    };
    format!("{head}&run={}", pack(script.to_string().as_bytes()))
}

fn knob_name(lab: &Lab, knob: usize) -> String {
    lab.scenario().knobs[knob].name.clone()
}

fn pack(bytes: &[u8]) -> String {
    format!("{FORMAT}{}", URL_SAFE_NO_PAD.encode(compress_to_vec(bytes, 9)))
}

/// Unpacks a payload that may be `bytes_max` bytes long at most. The error says why it cannot.
fn unpack(payload: &str, bytes_max: usize) -> Result<String, String> {
    let Some(packed) = payload.strip_prefix(FORMAT) else {
        return Err(format!(
            "It was made by another version of the lab: this one reads format {FORMAT}…"
        ));
    };
    let deflated = URL_SAFE_NO_PAD.decode(packed);
    let deflated = deflated.map_err(|_| "It has been cut off or changed on its way".to_owned())?;
    let bytes =
        decompress_to_vec_with_limit(&deflated, bytes_max).map_err(|error| match error.status {
            miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
                format!("It unpacks to more than {bytes_max} bytes")
            }
            _ => "It has been cut off or changed on its way".to_owned(),
        })?;
    String::from_utf8(bytes).map_err(|_| "It contains something that is not a text".to_owned())
}

/// The value of a part of a link.
fn part<'f>(fragment: &'f str, name: &str) -> Option<&'f str> {
    fragment.split('&').find_map(|it| it.strip_prefix(name).and_then(|it| it.strip_prefix('=')))
}

/// The path of the scenario of the catalogue that a link opens, if it is one.
pub(super) fn built_in(fragment: &str) -> Option<&str> {
    if fragment.len() > LINK_CHARS_MAX { None } else { part(fragment, "scenario") }
}

/// Reads a link, with the texts of the catalogue that are here, and prepares what it opens.
pub(super) fn read(
    fragment: &str,
    fetched: impl Fn(&str) -> Option<Arc<str>>,
) -> Result<Opened, Refusal> {
    let refuse = |reason: String| Refusal {
        name: "This link".to_owned(),
        reason,
        findings: Vec::new(),
        text: String::new(),
    };
    if fragment.len() > LINK_CHARS_MAX {
        return Err(refuse(format!(
            "It is longer than {LINK_CHARS_MAX} characters (LINK_CHARS_MAX)"
        )));
    }
    let part = |name| part(fragment, name);
    let (origin, text) = match (part("scenario"), part("text")) {
        (Some(path), None) => {
            let (Some(entry), Some(text)) = (catalogue::find(path), fetched(path)) else {
                return Err(refuse(format!("There is no scenario `{path}` in the catalogue")));
            };
            (Origin::BuiltIn(entry.path), text.to_string())
        }
        (None, Some(payload)) => {
            let text = unpack(payload, SCENARIO_BYTES_MAX).map_err(refuse)?;
            (Origin::Own("A scenario from a link".to_owned()), text)
        }
        _ => return Err(refuse("It names no scenario".to_owned())),
    };
    let scenario = language::compile(&text).map_err(|findings| Refusal {
        findings,
        text: text.clone(),
        ..refuse("Its scenario is broken".to_owned())
    })?;
    let script = match part("run") {
        Some(payload) => {
            let text = unpack(payload, RUN_BYTES_MAX).map_err(refuse)?;
            language::read_script(&text)
                .map_err(|findings| refuse(format!("Its run cannot be read: {}", findings[0])))?
        }
        None => Script::default(),
    };
    prepare(origin, scenario, script).map_err(refuse)
}

fn prepare(origin: Origin, scenario: Scenario, script: Script) -> Result<Opened, String> {
    let settings = script.settings.into_iter().map(|(name, value)| {
        let knob = find_knob(&scenario, &name)?;
        if scenario.knobs[knob].kind.admits(&value) {
            Ok((knob, value))
        } else {
            Err(format!("The knob `{name}` cannot be set to {value}"))
        }
    });
    let settings: Settings = settings.collect::<Result<_, String>>()?;
    let world = World::new(scenario, script.seed, &settings)?;
    let inputs = script.deeds.into_iter().map(|it| {
        let position = Position { steps: it.steps, at: it.at };
        let input = input(&world, it.act)?;
        if world.accepts(&input) {
            Ok(Recorded { position, input })
        } else {
            Err(format!("The scenario cannot take what was done at {}", it.at))
        }
    });
    let inputs = inputs.collect::<Result<_, String>>()?;
    Ok(Opened { origin, settings, world, inputs, position: Position { steps: 0, at: script.at } })
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
fn input(world: &World, act: Act) -> Result<Input, String> {
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

fn find_knob(scenario: &Scenario, name: &str) -> Result<usize, String> {
    let found = scenario.knobs.iter().position(|it| it.name == name);
    found.ok_or_else(|| format!("The scenario has no knob `{name}`"))
}
