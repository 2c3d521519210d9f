//! Links: scenario, seed, settings, inputs and instant as text, and back.
//!
//! All of it stands in the address' fragment, which is never sent to a server. `#scenario=shelf/name` names an entry of
//! the catalogue; `#text=…` carries a scenario of one's own; `&run=…` carries the rest. Payloads are JSON, deflated
//! and in base64url, with a format number in front. A link may come from anyone: every bound is checked before the
//! step that it protects.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
use serde::{Deserialize, Serialize};

use super::catalogue;
use super::lab::{Lab, Origin, Refusal};
use crate::base::Time;
use crate::base::limits::{LINK_CHARS_MAX, SCENARIO_BYTES_MAX};
use crate::history::{Position, Recorded};
use crate::interaction::PRESETS;
use crate::language::{self, Scenario, Value};
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

/// A run, as links write it: names instead of indices, so that it survives a change of order.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WireRun {
    seed: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    settings: Vec<(String, WireValue)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<WireInput>,
    /// The instant in microseconds.
    at: Time,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireInput {
    steps: u64,
    at: Time,
    #[serde(rename = "do")]
    act: WireAct,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireAct {
    Submit {
        person: String,
        item: usize,
        #[serde(default)]
        values: Vec<(usize, WireValue)>,
    },
    Turn(String, WireValue),
    Habits(bool),
    Crash(String),
    Restart(String),
    Choose(String, String),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireValue {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Micros(i64),
}

/// The link that reproduces the lab as it stands: what comes behind `#`.
pub fn write(lab: &Lab) -> String {
    let head = match lab.origin() {
        Origin::BuiltIn(path) => format!("scenario={path}"),
        Origin::Own(_) => format!("text={}", pack(lab.scenario().source.as_bytes())),
    };
    let run = WireRun {
        seed: lab.world().seed,
        settings: lab
            .settings()
            .iter()
            .map(|(knob, value)| (knob_name(lab, *knob), wire_value(value)))
            .collect(),
        inputs: lab.run().inputs().iter().filter_map(|it| wire_input(lab, it)).collect(),
        at: lab.run().now(),
    };
    let json = serde_json::to_vec(&run).expect("law: a run can be written as JSON");
    format!("{head}&run={}", pack(&json))
}

fn knob_name(lab: &Lab, knob: usize) -> String {
    lab.scenario().knobs[knob].name.clone()
}

fn pack(bytes: &[u8]) -> String {
    format!("{FORMAT}{}", URL_SAFE_NO_PAD.encode(compress_to_vec(bytes, 9)))
}

/// Unpacks a payload that may be `bytes_max` bytes long at most. The error says why it cannot.
fn unpack(payload: &str, bytes_max: usize) -> Result<Vec<u8>, String> {
    let Some(packed) = payload.strip_prefix(FORMAT) else {
        return Err(format!(
            "It was made by another version of the lab: this one reads format {FORMAT}…"
        ));
    };
    let deflated = URL_SAFE_NO_PAD.decode(packed);
    let deflated = deflated.map_err(|_| "It has been cut off or changed on its way".to_owned())?;
    decompress_to_vec_with_limit(&deflated, bytes_max).map_err(|error| match error.status {
        miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
            format!("It unpacks to more than {bytes_max} bytes")
        }
        _ => "It has been cut off or changed on its way".to_owned(),
    })
}

/// Reads a link and prepares what it opens.
pub(super) fn read(fragment: &str) -> Result<Opened, Refusal> {
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
    let part = |name: &str| {
        fragment.split('&').find_map(|it| it.strip_prefix(name).and_then(|it| it.strip_prefix('=')))
    };
    let (origin, text) = match (part("scenario"), part("text")) {
        (Some(path), None) => {
            let entry = catalogue::find(path);
            let entry = entry
                .ok_or_else(|| refuse(format!("There is no scenario `{path}` in the catalogue")))?;
            (Origin::BuiltIn(entry.path), entry.text.to_owned())
        }
        (None, Some(payload)) => {
            let bytes = unpack(payload, SCENARIO_BYTES_MAX).map_err(refuse)?;
            let text = String::from_utf8(bytes);
            let text = text.map_err(|_| refuse("Its scenario is not a text".to_owned()))?;
            (Origin::Own("A scenario from a link".to_owned()), text)
        }
        _ => return Err(refuse("It names no scenario".to_owned())),
    };
    let scenario = language::compile(&text).map_err(|findings| Refusal {
        findings,
        text: text.clone(),
        ..refuse("Its scenario is broken".to_owned())
    })?;
    let run = match part("run") {
        Some(payload) => {
            let json = unpack(payload, RUN_BYTES_MAX).map_err(refuse)?;
            serde_json::from_slice(&json)
                .map_err(|error| refuse(format!("Its run cannot be read: {error}")))?
        }
        None => WireRun { seed: 1, ..WireRun::default() },
    };
    prepare(origin, scenario, run).map_err(refuse)
}

fn prepare(origin: Origin, scenario: Scenario, run: WireRun) -> Result<Opened, String> {
    let settings = run.settings.into_iter().map(|(name, value)| {
        let knob = find_knob(&scenario, &name)?;
        let value = plain_value(value);
        let knobs = &scenario.knobs[knob];
        let admitted = knobs.kind.admits(&value);
        if admitted {
            Ok((knob, value))
        } else {
            Err(format!("The knob `{name}` cannot be set to {value}"))
        }
    });
    let settings: Settings = settings.collect::<Result<_, String>>()?;
    let world = World::new(scenario, run.seed, &settings)?;
    let inputs = run.inputs.into_iter().map(|it| {
        let position = Position { steps: it.steps, at: it.at };
        let input = plain_input(&world, it.act)?;
        if world.accepts(&input) {
            Ok(Recorded { position, input })
        } else {
            Err(format!("The scenario cannot take what was done at {}", it.at))
        }
    });
    let inputs = inputs.collect::<Result<_, String>>()?;
    Ok(Opened { origin, settings, world, inputs, position: Position { steps: 0, at: run.at } })
}

fn wire_input(lab: &Lab, recorded: &Recorded<Input>) -> Option<WireInput> {
    let world = lab.world();
    let service = |id: &usize| lab.scenario().services[*id].name.clone();
    let act = match &recorded.input {
        Input::Submit { person, item, values } => WireAct::Submit {
            person: world.people[*person].name.clone(),
            item: *item,
            values: values.iter().map(|(field, value)| (*field, wire_value(value))).collect(),
        },
        Input::Turn { knob, value } => WireAct::Turn(knob_name(lab, *knob), wire_value(value)),
        Input::Habits { on } => WireAct::Habits(*on),
        Input::Crash(id) => WireAct::Crash(service(id)),
        Input::Restart(id) => WireAct::Restart(service(id)),
        // Until every combination has a spelling, only those with a name travel.
        Input::Choose { client, interaction } => WireAct::Choose(
            lab.scenario().clients[*client].name.clone(),
            interaction.preset()?.name.to_owned(),
        ),
    };
    Some(WireInput { steps: recorded.position.steps, at: recorded.position.at, act })
}

fn plain_input(world: &World, act: WireAct) -> Result<Input, String> {
    let scenario = &world.plan.scenario;
    let service = |name: &str| {
        let found = scenario.services.iter().position(|it| it.name == name);
        found.ok_or_else(|| format!("The scenario has no service `{name}`"))
    };
    Ok(match act {
        WireAct::Submit { person, item, values } => {
            let index = world.people.iter().position(|it| it.name == person);
            let index =
                index.ok_or_else(|| format!("Nobody in the scenario is called `{person}`"))?;
            let values =
                values.into_iter().map(|(field, value)| (field, plain_value(value))).collect();
            Input::Submit { person: index, item, values }
        }
        WireAct::Turn(name, value) => {
            Input::Turn { knob: find_knob(scenario, &name)?, value: plain_value(value) }
        }
        WireAct::Habits(on) => Input::Habits { on },
        WireAct::Crash(name) => Input::Crash(service(&name)?),
        WireAct::Restart(name) => Input::Restart(service(&name)?),
        WireAct::Choose(client, preset) => {
            let index = scenario.clients.iter().position(|it| it.name == client);
            let index =
                index.ok_or_else(|| format!("The scenario has no people called `{client}`"))?;
            let preset = PRESETS.iter().find(|it| it.name == preset);
            let preset = preset.ok_or("It names an interaction that this version does not know")?;
            Input::Choose { client: index, interaction: preset.interaction }
        }
    })
}

fn find_knob(scenario: &Scenario, name: &str) -> Result<usize, String> {
    let found = scenario.knobs.iter().position(|it| it.name == name);
    found.ok_or_else(|| format!("The scenario has no knob `{name}`"))
}

fn wire_value(value: &Value) -> WireValue {
    match value {
        Value::Bool(it) => WireValue::Bool(*it),
        Value::Int(it) => WireValue::Int(*it),
        Value::Float(it) => WireValue::Float(*it),
        Value::Duration(it) => WireValue::Micros(*it),
        Value::Text(it) => WireValue::Text(it.to_string()),
        Value::Null | Value::List(_) | Value::Row(_) => {
            unreachable!("law: knobs and forms hold single values")
        }
    }
}

fn plain_value(value: WireValue) -> Value {
    match value {
        WireValue::Bool(it) => Value::Bool(it),
        WireValue::Int(it) => Value::Int(it),
        WireValue::Float(it) => Value::Float(it),
        WireValue::Text(it) => Value::text(it),
        WireValue::Micros(it) => Value::Duration(it),
    }
}
