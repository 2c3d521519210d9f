//! The gate: everything that comes from outside passes here, a link, a file, a paste, a drop, or what this device has
//! kept, and takes the same steps in the same order.
//!
//! | step | refuses |
//! | --- | --- |
//! | 1 length | what is longer than its kind may be |
//! | 2 alphabet | signs that no link has |
//! | 3 version | formats of other versions |
//! | 4 inflate | what unpacks to more than may be |
//! | 5 text | what is not UTF-8 |
//! | 6 nesting and count | while the text is read: `language::yaml` |
//! | 7 check | names, types, bounds of the language: `language::compile` |
//! | 8 run | settings and deeds that this scenario cannot take |
//!
//! Then somebody is shown what it is and what it would replace, and nothing of it runs before they say so. Only what
//! the catalogue says of itself needs no question. Each refusal has a sentence of its own, with the name of its bound.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::archive::{Document, holds_documents, read_all};
use super::catalogue;
use super::link::{FORMAT, PARTS, part, parts, text_mark};
use super::opening::{Origin, Refusal};
use super::options::Options;
use super::scripts::{self, Prepared};
use crate::base::limits::{
    ARCHIVE_BYTES_MAX, DOCUMENT_BYTES_MAX, LINK_CHARS_MAX, RUN_BYTES_MAX, SCENARIO_BYTES_MAX,
};
use crate::language::script::Script;
use crate::language::{self, Scenario};
use crate::measure::ENGINE;
use crate::world::World;

/// How something comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Behind `#` in the address.
    Link,
    /// A file that was chosen or dropped, or a text that was pasted.
    Text,
    /// From what this device keeps.
    Kept,
    /// From this page itself, before it was loaded again.
    Back,
}

/// Something that comes in from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// How.
    pub way: Way,
    /// What the person calls it.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// What has passed the gate and waits for somebody to say yes.
#[derive(Clone, Debug)]
pub enum Offer {
    /// A scenario, perhaps with a run.
    Scenario(Box<Arrival>),
    /// Documents, to be kept beside those that are here; and why others in the same file are of no use.
    Documents(Vec<Document>, Vec<String>),
}

impl Offer {
    /// Has it come by a link?
    pub fn is_link(&self) -> bool {
        matches!(self, Self::Scenario(it) if it.way == Way::Link)
    }
}

/// A scenario that has arrived, with all that opening it takes.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// How it has come in.
    pub way: Way,
    /// What the person calls it.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The scenario at the start of its run.
    pub world: World,
    pub(super) prepared: Prepared,
    pub(super) options: Options,
    /// What whoever opens it should know.
    pub notes: Vec<String>,
    /// The document that it was kept as.
    pub document: Option<Document>,
}

impl Arrival {
    /// How many things persons did in the branch at which one looks, and the instant.
    pub fn run(&self) -> (usize, crate::base::Time) {
        let run = &self.prepared;
        let shown = run.branches.run(run.shown).unwrap_or(&run.first);
        (shown.inputs().len(), run.at)
    }
}

/// Takes all steps, with the texts of the catalogue that are here.
pub(super) fn pass(
    it: &Incoming,
    fetched: &dyn Fn(&str) -> Option<Arc<str>>,
) -> Result<Offer, Refusal> {
    let refuse = |reason: String| Refusal { name: it.name.clone(), reason, ..Refusal::default() };
    let arrive = |arrival: Arrival| Offer::Scenario(Box::new(arrival));
    match it.way {
        Way::Link => {
            fits(it.text.len(), LINK_CHARS_MAX, "characters (LINK_CHARS_MAX)").map_err(refuse)?;
            link(it, &it.text, fetched).map(arrive)
        }
        Way::Back => {
            let bound = "bytes (DOCUMENT_BYTES_MAX)";
            fits(it.text.len(), DOCUMENT_BYTES_MAX, bound).map_err(refuse)?;
            link(it, &it.text, fetched).map(arrive)
        }
        Way::Text if holds_documents(&it.text) => {
            fits(it.text.len(), ARCHIVE_BYTES_MAX, "bytes (ARCHIVE_BYTES_MAX)").map_err(refuse)?;
            documents(it, fetched)
        }
        Way::Text => {
            let bound = "bytes (SCENARIO_BYTES_MAX)";
            fits(it.text.len(), SCENARIO_BYTES_MAX, bound).map_err(refuse)?;
            let scenario = check(it, &it.text)?;
            let origin = Origin::Own(it.name.clone());
            prepare(it, origin, scenario, Script::default()).map_err(refuse).map(arrive)
        }
        Way::Kept => {
            let document = Document::read(&it.text).map_err(|it| refuse(it.to_string()))?;
            kept(it, document, fetched).map(arrive)
        }
    }
}

/// Step 1.
fn fits(length: usize, most: usize, bound: &str) -> Result<(), String> {
    if length <= most {
        return Ok(());
    }
    Err(["It is longer than ", &most.to_string(), " ", bound].concat())
}

/// The documents of a file. One alone is opened, several are kept.
fn documents(it: &Incoming, fetched: &dyn Fn(&str) -> Option<Arc<str>>) -> Result<Offer, Refusal> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for read in read_all(&it.text) {
        match read {
            Ok(document) => good.push(document),
            Err(damage) => bad.push(damage.to_string()),
        }
    }
    match (good.as_slice(), bad.first()) {
        ([], reason) => {
            let reason = reason.cloned().unwrap_or_default();
            Err(Refusal { name: it.name.clone(), reason, ..Refusal::default() })
        }
        ([one], None) => {
            // It comes from outside: what it is kept as here is found out when it is kept.
            let mut arrival = kept(it, one.clone(), fetched)?;
            arrival.document = None;
            arrival.name.clone_from(&one.name);
            Ok(Offer::Scenario(Box::new(arrival)))
        }
        _ => Ok(Offer::Documents(good, bad)),
    }
}

/// A document of this device.
fn kept(
    it: &Incoming,
    document: Document,
    fetched: &dyn Fn(&str) -> Option<Arc<str>>,
) -> Result<Arrival, Refusal> {
    let mut arrival = link(it, &document.link, fetched)?;
    if let Origin::Own(name) = &mut arrival.origin {
        name.clone_from(&document.name);
    }
    if document.is_newer {
        let note = "It was made by a newer version of the lab: changes are kept as a copy";
        arrival.notes.push(note.to_owned());
    }
    arrival.document = Some(document);
    Ok(arrival)
}

/// Steps 2 to 8 of a link.
fn link(
    it: &Incoming,
    fragment: &str,
    fetched: &dyn Fn(&str) -> Option<Arc<str>>,
) -> Result<Arrival, Refusal> {
    let refuse = |reason: String| Refusal { name: it.name.clone(), reason, ..Refusal::default() };
    alphabet(fragment).map_err(refuse)?;
    let options = options(fragment).map_err(refuse)?;
    let (origin, text) = source(fragment, fetched).map_err(refuse)?;
    let scenario = check(it, &text)?;
    let script = run(fragment).map_err(refuse)?;
    let notes = notes(fragment, &text).map_err(refuse)?;
    let arrival = prepare(it, origin, scenario, script).map_err(refuse)?;
    Ok(Arrival { options, notes, ..arrival })
}

/// Step 2.
fn alphabet(fragment: &str) -> Result<(), String> {
    let known = |it: char| it.is_ascii_alphanumeric() || "=&-_./".contains(it);
    match fragment.chars().enumerate().find(|it| !known(it.1)) {
        None => Ok(()),
        Some((at, sign)) => {
            let code = format!("U+{:04X}", u32::from(sign));
            Err([
                "It contains a sign that no link has, ",
                &code,
                ", as its character ",
                &(at + 1).to_string(),
            ]
            .concat())
        }
    }
}

fn options(fragment: &str) -> Result<Options, String> {
    let set = parts(fragment).filter(|it| !PARTS.contains(&it.0));
    let known = |options: Options, (word, value): (&str, &str)| {
        // What is only on or off may stand there without a value.
        options.with(word, Some(if value.is_empty() { "on" } else { value }))
    };
    // Without a scenario it is no link of ours: that is the sentence that helps.
    if part(fragment, "scenario").or(part(fragment, "text")).is_none() {
        return Err("It names no scenario".to_owned());
    }
    set.into_iter().try_fold(Options::default(), known)
}

/// The text of the scenario, from the catalogue or from the link itself.
fn source(
    fragment: &str,
    fetched: &dyn Fn(&str) -> Option<Arc<str>>,
) -> Result<(Origin, Arc<str>), String> {
    match (part(fragment, "scenario"), part(fragment, "text")) {
        (Some(path), None) => match (catalogue::find(path), fetched(path)) {
            (Some(entry), Some(text)) => Ok((Origin::BuiltIn(entry.path), text)),
            _ => Err(["There is no scenario `", path, "` in the catalogue"].concat()),
        },
        (None, Some(payload)) => {
            let text = unpack(payload, SCENARIO_BYTES_MAX, "SCENARIO_BYTES_MAX")?;
            let original = part(fragment, "from").and_then(catalogue::find);
            let origin = match original {
                Some(it) => Origin::copy_of(Origin::BuiltIn(it.path), fetched(it.path)),
                None => Origin::Own("A scenario from a link".to_owned()),
            };
            Ok((origin, text.into()))
        }
        _ => Err("It names no scenario, or two of them".to_owned()),
    }
}

/// Steps 3 to 5: unpacks a payload.
pub(super) fn unpack(payload: &str, bytes_max: usize, bound: &str) -> Result<String, String> {
    let damaged = || "It has been cut off or changed on its way".to_owned();
    let Some(packed) = payload.strip_prefix(FORMAT) else {
        let format: String = payload.chars().take_while(char::is_ascii_digit).take(6).collect();
        return Err([
            "It was made by another version of the lab: it has format ",
            if format.is_empty() { "unknown" } else { &format },
            ", this page reads format 1",
        ]
        .concat());
    };
    let deflated = URL_SAFE_NO_PAD.decode(packed).map_err(|_| damaged())?;
    let bytes = decompress_to_vec_with_limit(&deflated, bytes_max);
    let bytes = bytes.map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => {
            ["It unpacks to more than ", &bytes_max.to_string(), " bytes (", bound, ")"].concat()
        }
        _ => damaged(),
    })?;
    String::from_utf8(bytes).map_err(|_| "It contains something that is not a text".to_owned())
}

/// Steps 6 and 7.
fn check(it: &Incoming, text: &str) -> Result<Scenario, Refusal> {
    language::compile(text).map_err(|findings| {
        let reason = match (findings.len(), it.way) {
            (_, Way::Link) => "Its scenario is broken".to_owned(),
            (1, _) => "One thing is wrong with it".to_owned(),
            (count, _) => [&count.to_string(), " things are wrong with it"].concat(),
        };
        Refusal { name: it.name.clone(), reason, findings, text: text.to_owned() }
    })
}

fn run(fragment: &str) -> Result<Script, String> {
    let Some(payload) = part(fragment, "run") else { return Ok(Script::default()) };
    let text = unpack(payload, RUN_BYTES_MAX, "RUN_BYTES_MAX")?;
    language::read_script(&text).map_err(|findings| {
        let first = findings.first().map(ToString::to_string).unwrap_or_default();
        ["Its run cannot be read: ", &first].concat()
    })
}

/// What may make the run come out differently here.
fn notes(fragment: &str, text: &str) -> Result<Vec<String>, String> {
    let mut notes = Vec::new();
    if let Some(engine) = part(fragment, "engine") {
        let engine: u32 = engine.parse().map_err(|_| "Its engine number is not one".to_owned())?;
        if engine != ENGINE {
            let [theirs, ours] = [engine, ENGINE].map(|it| it.to_string());
            notes.push(
                ["It was made with engine ", &theirs, ", this is ", &ours, ": results may differ"]
                    .concat(),
            );
        }
    }
    if part(fragment, "of").is_some_and(|it| it != text_mark(text)) {
        notes.push("The scenario has changed since: results may differ".to_owned());
    }
    Ok(notes)
}

/// Step 8: the world at its start, and what persons did to it, in all branches.
fn prepare(
    it: &Incoming,
    origin: Origin,
    scenario: Scenario,
    script: Script,
) -> Result<Arrival, String> {
    let prepared = scripts::prepare(scenario, script)?;
    let world = prepared.first.system().clone();
    let (way, name) = (it.way, it.name.clone());
    let (options, notes, document) = (Options::default(), Vec::new(), None);
    Ok(Arrival { way, name, origin, world, prepared, options, notes, document })
}
