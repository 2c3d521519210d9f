//! `network`: the links between the nodes.

use super::keys::{Keys, list};
use super::names::Names;
use super::report::Report;
use super::values;
use crate::base::Span;
use crate::language::expression::{Expression, Type};
use crate::language::scenario::{Client, LinkPattern, LinkRule, Network};
use crate::language::value::Value;
use crate::language::yaml::{Content, Entry, Node};

/// The keys of the network.
pub(super) const KEYS: &[&str] =
    &["delay", "jitter", "bandwidth", "loss", "duplicate", "ordered", "links"];

/// The keys of a rule for some links.
pub(super) const LINK_KEYS: &[&str] =
    &["from", "to", "delay", "jitter", "bandwidth", "loss", "duplicate", "ordered"];

/// The travel time of every link unless the text says otherwise: visible, and short.
const DELAY: Span = Span::from_millis(50);

/// The links of a scenario that says nothing about them.
pub(super) fn usual() -> Network {
    let delay = Some(Expression::constant(Value::from(DELAY)));
    Network { all: LinkRule { delay, ..LinkRule::default() }, rules: Vec::new() }
}

/// Compiles the links.
pub(super) fn compile(
    report: &mut Report<'_>,
    names: &Names,
    clients: &[Client],
    entry: &Entry,
) -> Network {
    let keys = Keys::open(report, &entry.value, entry.key.place, KEYS);
    let all = rule(report, names, &keys);
    let all = LinkRule { delay: all.delay.or(usual().all.delay), ..all };
    let nodes = nodes(names, clients);
    let mut rules = Vec::new();
    for item in keys.get("links").map_or(&[] as &[Node], |it| list(report, it, "a list of links")) {
        let place = match &item.content {
            Content::Mapping(entries) => entries.first().map_or(item.place, |it| it.key.place),
            Content::Scalar(_) | Content::List(_) => item.place,
        };
        let keys = Keys::open(report, item, place, LINK_KEYS);
        let pattern = LinkPattern {
            from: end(report, &nodes, &keys, "from"),
            to: end(report, &nodes, &keys, "to"),
        };
        let rule = rule(report, names, &keys);
        if rule.is_empty() {
            let expected = "`delay:`, `jitter:`, `bandwidth:`, `loss:`, `duplicate:` or `ordered:`";
            report.say(place, "this says nothing about the link", expected);
        }
        rules.push((pattern, rule));
    }
    Network { all, rules }
}

fn rule(report: &mut Report<'_>, names: &Names, keys: &Keys<'_>) -> LinkRule {
    let mut value = |key: &str, wanted: &Type| {
        keys.get(key).map(|it| values::value(report, it, &names.environment(), wanted))
    };
    let [delay, jitter] = ["delay", "jitter"].map(|it| value(it, &Type::Duration));
    let bandwidth = value("bandwidth", &Type::Int);
    if let Some(Value::Int(..1)) = bandwidth.as_ref().and_then(Expression::as_constant) {
        let place = keys.get("bandwidth").map_or(keys.place, |it| it.place);
        report.say(place, "nothing can pass", "bytes a second, as in `1MB`");
    }
    LinkRule {
        delay,
        jitter,
        bandwidth,
        loss: keys.get("loss").map(|it| values::share(report, names, it)),
        duplicate: keys.get("duplicate").map(|it| values::share(report, names, it)),
        ordered: keys.get("ordered").and_then(|it| report.truth(it)),
    }
}

/// The names that mean a node, or all people of a class.
pub(super) fn nodes<'n>(names: &'n Names, clients: &'n [Client]) -> Vec<&'n str> {
    let mut nodes: Vec<&str> = names.services.iter().map(|it| it.name.as_str()).collect();
    nodes.extend(names.brokers.iter().map(String::as_str));
    for client in clients {
        nodes.push(&client.name);
        nodes.extend(client.people.iter().map(String::as_str));
    }
    nodes
}

/// One end of a link: a node, or a class of people.
pub(super) fn end(
    report: &mut Report<'_>,
    nodes: &[&str],
    keys: &Keys<'_>,
    key: &str,
) -> Option<String> {
    let node = keys.get(key)?;
    let name =
        report.text(node, "the name of a service, a broker, a class of people or a person")?;
    if !nodes.contains(&name) {
        report.findings.unknown(node.place, "node", name, nodes.iter().copied());
    }
    Some(name.to_owned())
}
