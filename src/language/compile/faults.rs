//! `faults`: what goes wrong, and when.
//!
//! Boundaries are looked for before the handlers are compiled, because a handler stands still there.

use super::keys::{Keys, list, mapping};
use super::names::{Names, Spelling, declare};
use super::network;
use super::report::Report;
use super::values;
use crate::language::diagnostic::Place;
use crate::language::expression::{Expression, Type};
use crate::language::scenario::{
    Burst, Client, Fault, Harm, LinkPattern, MessageId, Mishap, Occasion, ServiceId,
};
use crate::language::value::Value;
use crate::language::yaml::{Content, Entry, Node};

/// The keys of `before`.
pub(super) const BEFORE_KEYS: &[&str] = &["in", "of", "step", "chance", "times"];

/// The keys that every fault may have.
pub(super) const KEYS: &[&str] = &["at", "every", "before", "for"];

/// What a fault can do, and the keys that say more about it.
pub(super) const HARMS: &[(&str, &[&str])] = &[
    ("crash", &["instance"]),
    ("restart", &["instance"]),
    ("pause", &[]),
    ("slow", &["factor"]),
    ("partition", &[]),
    ("lose", &["of", "on", "from", "to"]),
    ("duplicate", &["of", "on", "from", "to"]),
    ("delay", &["next", "of", "on", "from", "to"]),
];

/// How many messages a burst befalls at most.
const BURST_MAX: i64 = 1_000_000;

/// A boundary at which a fault may strike.
pub(super) struct Boundary {
    /// Which fault: its place among all.
    pub(super) fault: usize,
    /// Whose handler.
    pub(super) service: ServiceId,
    /// Of which message.
    pub(super) message: MessageId,
    /// Before which step.
    pub(super) step: Step,
    /// Where the text says so.
    pub(super) place: Place,
}

/// A step of a handler, as an author counts.
#[derive(PartialEq, Eq)]
pub(super) enum Step {
    /// The one with this number, in reading order, from 1.
    Number(usize),
    /// The first with this word.
    Word(String),
    /// None: the end of the handler.
    End,
}

/// Looks for the boundaries.
pub(super) fn boundaries(report: &mut Report<'_>, names: &mut Names, entry: &Entry) {
    let Content::Mapping(faults) = &entry.value.content else { return };
    for (fault, it) in faults.iter().enumerate() {
        let Content::Mapping(entries) = &it.value.content else { continue };
        let Some(before) = entries.iter().find(|it| it.key.text == "before") else { continue };
        let keys = Keys::open(report, &before.value, before.key.place, BEFORE_KEYS);
        let service = keys.need(report, "in", "service").and_then(|it| service(report, names, it));
        let message = keys.need(report, "of", "Message").and_then(|it| names.message(report, it));
        let Some(node) = keys.need(report, "step", "publish") else { continue };
        let Some(text) = report.text(node, "a step's word or number, or `end`") else { continue };
        let step = match (text, text.parse()) {
            ("end", _) => Step::End,
            (_, Ok(number)) => Step::Number(number),
            _ => Step::Word(text.to_owned()),
        };
        let (Some(service), Some(message)) = (service, message) else { continue };
        if names.handler(service, message).is_none() {
            let text = ["`", &names.services[service].name, "` does not handle this"].concat();
            let place = keys.get("of").map_or(before.key.place, |it| it.place);
            report.say(place, text, "a message that it handles");
            continue;
        }
        names.boundaries.push(Boundary { fault, service, message, step, place: node.place });
    }
}

/// Compiles all faults.
pub(super) fn compile_all(
    report: &mut Report<'_>,
    names: &Names,
    (clients, instances): (&[Client], &[usize]),
    entry: &Entry,
) -> Vec<Fault> {
    let nodes = network::nodes(names, clients);
    let mut faults = Vec::new();
    for Entry { key, value } in mapping(report, &entry.value, entry.key.place) {
        declare(report, key, Spelling::Free);
        let has = |word: &str| match &value.content {
            Content::Mapping(entries) => entries.iter().any(|it| it.key.text == word),
            _ => false,
        };
        let Some((word, more)) = HARMS.iter().find(|it| has(it.0)) else {
            let words: Vec<&str> = HARMS.iter().map(|it| it.0).collect();
            let expected = ["one of `", &words.join("`, `"), "`"].concat();
            report.say(key.place, "this fault does nothing", expected);
            continue;
        };
        let known: Vec<&str> = KEYS.iter().chain([word]).chain(more.iter()).copied().collect();
        let keys = Keys::open(report, value, key.place, &known);
        let Some(node) = keys.need(report, word, "…") else { continue };
        let mut compiler = Compiler { report, names, nodes: &nodes, instances, keys };
        let occasion = compiler.occasion();
        let harm = compiler.harm(word, node);
        let length = compiler.span("for");
        if let (Some(it), &"restart") = (keys.entry("for"), word) {
            report.say(it.key.place, "a restart cannot be undone", "a `crash` with `for`");
        }
        let Some(harm) = harm else { continue };
        faults.push(Fault { name: key.text.clone(), occasion, harm, length, place: key.place });
    }
    faults
}

/// The service that a scalar names.
fn service(report: &mut Report<'_>, names: &Names, node: &Node) -> Option<ServiceId> {
    let name = report.text(node, "the name of a service")?;
    let found = names.services.iter().position(|it| it.name == name);
    if found.is_none() {
        let services = names.services.iter().map(|it| it.name.as_str());
        report.findings.unknown(node.place, "service", name, services);
    }
    found
}

/// Compiles one fault.
struct Compiler<'c, 't> {
    report: &'c mut Report<'t>,
    names: &'c Names,
    nodes: &'c [&'c str],
    /// By service.
    instances: &'c [usize],
    keys: Keys<'c>,
}

impl Compiler<'_, '_> {
    fn span(&mut self, key: &str) -> Option<Expression> {
        let node = self.keys.get(key)?;
        Some(values::value(self.report, node, &self.names.environment(), &Type::Duration))
    }

    fn occasion(&mut self) -> Occasion {
        let mut given = ["at", "every", "before"].iter().filter_map(|it| self.keys.entry(it));
        if let (Some(_), Some(second)) = (given.next(), given.next()) {
            let expected = "one of `at`, `every` and `before`";
            self.report.say(second.key.place, "one fault has one occasion", expected);
        }
        if let Some(at) = self.span("at") {
            return Occasion::At(at);
        }
        if let Some(every) = self.span("every") {
            return Occasion::Every(every);
        }
        let Some(before) = self.keys.entry("before") else { return Occasion::Hand };
        // What is wrong with its keys has been said already.
        let Content::Mapping(entries) = &before.value.content else { return Occasion::Hand };
        let find = |key: &str| entries.iter().find(|it| it.key.text == key).map(|it| &it.value);
        let chance = match find("chance") {
            Some(node) => values::share(self.report, self.names, node),
            None => Expression::constant(Value::Float(1.0)),
        };
        let times = match find("times") {
            Some(node) if node.scalar().is_some_and(|it| it.text == "always") => None,
            Some(node) => Some(self.count(node)),
            None => Some(1),
        };
        Occasion::Boundary { chance, times }
    }

    fn count(&mut self, node: &Node) -> u32 {
        let count = self.report.number(node, 1, BURST_MAX);
        count.and_then(|it| u32::try_from(it).ok()).unwrap_or(1)
    }

    fn harm(&mut self, word: &str, node: &Node) -> Option<Harm> {
        Some(match word {
            "crash" | "restart" => {
                let (node, instance) = self.process(node)?;
                if word == "crash" {
                    Harm::Crash(node, instance)
                } else {
                    Harm::Restart(node, instance)
                }
            }
            "pause" => Harm::Pause(service(self.report, self.names, node)?),
            "slow" => {
                let service = service(self.report, self.names, node)?;
                let factor = self.keys.need(self.report, "factor", "10")?;
                let environment = self.names.environment();
                let factor = values::value(self.report, factor, &environment, &Type::Float);
                Harm::Slow(service, factor)
            }
            "partition" => Harm::Partition(self.groups(node)),
            _ => Harm::Burst(self.burst(word, node)),
        })
    }

    /// A service or a broker, and which of the service's instances.
    fn process(&mut self, node: &Node) -> Option<(usize, Option<usize>)> {
        let services = self.names.services.iter().map(|it| it.name.as_str());
        let known: Vec<&str> =
            services.chain(self.names.brokers.iter().map(String::as_str)).collect();
        let index = self.report.word(node, "service or broker", &known)?;
        let instances = self.instances.get(index).map_or(1, |it| *it);
        let instance = self
            .keys
            .get("instance")
            .and_then(|it| self.report.number(it, 1, i64::try_from(instances).unwrap_or(i64::MAX)));
        Some((index, instance.and_then(|it| usize::try_from(it - 1).ok())))
    }

    fn groups(&mut self, node: &Node) -> Vec<Vec<String>> {
        let what = "groups of nodes, as in `[[a, b], [c]]`";
        let mut groups: Vec<Vec<String>> = Vec::new();
        for item in list(self.report, node, what) {
            let mut group = Vec::new();
            for node in list(self.report, item, what) {
                let Some(index) = self.report.word(node, "node", self.nodes) else { continue };
                let name = self.nodes[index];
                if groups.iter().chain([&group]).flatten().any(|it| it == name) {
                    self.report.say(node.place, "this stands in a group already", "each node once");
                }
                group.push(name.to_owned());
            }
            groups.push(group);
        }
        if groups.len() < 2 {
            self.report.say(node.place, "nothing is parted", "two groups at least");
        }
        groups
    }

    fn burst(&mut self, word: &str, node: &Node) -> Burst {
        let (mishap, count) = match word {
            "lose" => (Mishap::Lose, self.count(node)),
            "duplicate" => (Mishap::Duplicate, self.count(node)),
            _ => {
                let environment = self.names.environment();
                let delay = values::value(self.report, node, &environment, &Type::Duration);
                let next = self.keys.get("next").map(|it| self.count(it));
                (Mishap::Delay(delay), next.unwrap_or(1))
            }
        };
        let message = self.keys.get("of").and_then(|it| self.names.message(self.report, it));
        let channel = self.keys.get("on").and_then(|it| self.names.channel(self.report, it));
        let links = LinkPattern {
            from: network::end(self.report, self.nodes, &self.keys, "from"),
            to: network::end(self.report, self.nodes, &self.keys, "to"),
        };
        Burst { mishap, count, message, channel, links }
    }
}
