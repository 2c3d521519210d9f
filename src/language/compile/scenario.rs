//! The top of a scenario, and the order in which its parts are compiled.

use std::sync::Arc;

use super::keys::{Keys, list};
use super::names::Names;
use super::report::{LABEL, LESSON, NOTE, Report};
use super::{
    channels, clients, faults, invariants, knobs, messages, network, services, stage, variants,
    wiring,
};
use crate::base::limits;
use crate::language::diagnostic::{Finding, Place};
use crate::language::scenario::{
    ChannelKind, Client, Fault, Invariant, Movable, Network, Scenario, Service, Spot, Variant,
};
use crate::language::yaml::{Content, Node, read};

/// The version of the language.
const VERSION: &str = "1";

/// The top-level keys.
pub(super) const KEYS: &[&str] = &[
    "inflight",
    "title",
    "summary",
    "knobs",
    "variants",
    "messages",
    "channels",
    "services",
    "clients",
    "network",
    "faults",
    "invariants",
    "lesson",
    "stage",
];

/// Reads, checks and compiles a scenario.
pub(in crate::language) fn scenario(source: &str) -> Result<Scenario, Vec<Finding>> {
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut report = Report::about(text);
    let scenario = if limits::SCENARIO_BYTES_MAX < source.len() {
        let most = limits::SCENARIO_BYTES_MAX.to_string();
        let most = ["at most ", &most, " bytes (SCENARIO_BYTES_MAX)"].concat();
        report.say(Place { line: 1, column: 1, length: 0 }, "the file is too long", most);
        None
    } else {
        read(text, &mut report.findings).and_then(|root| top(&mut report, source, &root))
    };
    match scenario {
        Some(scenario) if report.findings.is_empty() => Ok(scenario),
        _ => Err(report.findings.into_sorted()),
    }
}

/// The parts that refer to names.
struct Parts {
    variants: Vec<Variant>,
    services: Vec<Service>,
    clients: Vec<Client>,
    network: Network,
    faults: Vec<Fault>,
    invariants: Vec<Invariant>,
    stage: Vec<(Movable, Spot)>,
}

fn top(report: &mut Report<'_>, source: &str, root: &Node) -> Option<Scenario> {
    let start = Place { line: 1, column: 1, length: 0 };
    if !matches!(root.content, Content::Mapping(_)) {
        report.say(
            root.place,
            ["this is ", root.word()].concat(),
            "a scenario, which begins with `inflight: 1`",
        );
        return None;
    }
    let keys = Keys::open(report, root, start, KEYS);
    let version = keys.need(report, "inflight", VERSION)?;
    if report.text(version, VERSION)? != VERSION {
        report.say(
            version.place,
            "this page does not know this version of the language",
            ["`inflight: ", VERSION, "`"].concat(),
        );
        return None;
    }
    let title = keys
        .need(report, "title", "some words")
        .and_then(|it| report.words(it, LABEL))
        .unwrap_or_default();
    let summary = keys.get("summary").and_then(|it| report.words(it, NOTE)).unwrap_or_default();
    let lesson =
        keys.get("lesson").map_or(&[] as &[Node], |it| list(report, it, "a list of texts"));
    let lesson = lesson
        .iter()
        .filter_map(|it| report.words(it, LESSON))
        .map(|it| it.trim_end().to_owned())
        .collect();
    // A stranger may name thousands, and each costs time and memory until they are counted in the end.
    if let Some(entry) = keys.entry("services")
        && let Content::Mapping(services) = &entry.value.content
        && limits::NODES_MAX < services.len()
    {
        wiring::too_many_nodes(report, entry.key.place);
        return None;
    }
    let mut names = Names::default();
    let parts = parts(report, &mut names, &keys);
    for (id, knob) in names.knobs.iter_mut().enumerate() {
        knob.at_start_only = !report.live_knobs.contains(&id);
    }
    let Parts { variants, services, clients, network, faults, invariants, stage } = parts;
    let Names { knobs, messages, mut channels, brokers, services: shapes, .. } = names;
    for channel in channels.iter_mut().filter(|it| matches!(it.kind, ChannelKind::Queue { .. })) {
        let workers =
            channel.readers.iter().filter_map(|it| services.get(*it)).map(|it| it.workers).max();
        channel.prefetch = channel.prefetch.or(workers);
    }
    Some(Scenario {
        source: Arc::from(source),
        title: title.to_owned(),
        summary: summary.to_owned(),
        lesson,
        knobs,
        variants,
        messages,
        channels,
        brokers,
        services,
        clients,
        network,
        faults,
        invariants,
        stage,
        shapes,
    })
}

/// First what has a name, then what refers to names, then the whole.
fn parts(report: &mut Report<'_>, names: &mut Names, keys: &Keys<'_>) -> Parts {
    if let Some(entry) = keys.entry("knobs") {
        knobs::declare_all(report, names, entry);
    }
    if let Some(entry) = keys.entry("messages") {
        messages::declare_all(report, names, entry);
    }
    if let Some(entry) = keys.entry("channels") {
        channels::declare_all(report, names, entry);
    }
    let drafts =
        keys.entry("services").map_or_else(Vec::new, |it| services::declare_all(report, names, it));
    if let Some(entry) = keys.entry("faults") {
        faults::boundaries(report, names, entry);
    }
    let names = &*names;
    let variants =
        keys.entry("variants").map_or_else(Vec::new, |it| variants::compile_all(report, names, it));
    let services = services::finish(report, names, drafts);
    let clients =
        keys.entry("clients").map_or_else(Vec::new, |it| clients::compile_all(report, names, it));
    let network = keys.entry("network").map(|it| network::compile(report, names, &clients, it));
    let instances: Vec<usize> = services.iter().map(|it| it.instances as usize).collect();
    let faults = keys
        .entry("faults")
        .map_or_else(Vec::new, |it| faults::compile_all(report, names, (&clients, &instances), it));
    let invariants = keys
        .entry("invariants")
        .map_or_else(Vec::new, |it| invariants::compile_all(report, names, it));
    let stage =
        keys.entry("stage").map_or_else(Vec::new, |it| stage::compile_all(report, names, it));
    wiring::check(report, names, &services, &clients);
    let network = network.unwrap_or_else(network::usual);
    Parts { variants, services, clients, network, faults, invariants, stage }
}
