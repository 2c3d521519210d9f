//! `receives`: which channels a service reads, and what of a topic it wants.

use super::keys::{Keys, list, mapping};
use super::names::Names;
use super::report::Report;
use super::values;
use crate::broker::Pattern;
use crate::language::expression::Type;
use crate::language::scenario::{Binding, ChannelId, MessageField, ServiceId};
use crate::language::yaml::{Content, Entry, Node};

/// The keys of an entry that says what it wants.
pub(super) const KEYS: &[&str] = &["channel", "route", "match"];

/// Puts the service among the readers of its channels.
pub(super) fn receives(report: &mut Report<'_>, names: &mut Names, id: ServiceId, keys: &Keys<'_>) {
    let items =
        keys.get("receives").map_or(&[] as &[Node], |it| list(report, it, "a list of channels"));
    for item in items {
        let Some((channel, binding)) = entry(report, names, item) else { continue };
        let channel = &mut names.channels[channel];
        let known = channel.readers.iter().position(|it| *it == id);
        match known {
            None => {
                channel.readers.push(id);
                channel.bindings.push(vec![binding]);
            }
            Some(reader) => {
                let bindings = &mut channel.bindings[reader];
                if binding.is_open() || bindings.iter().any(Binding::is_open) {
                    report.say(
                        item.place,
                        "the same channel stands here twice",
                        "each channel once",
                    );
                } else {
                    bindings.push(binding);
                }
            }
        }
    }
}

/// `channel`, or `{ channel, route, match }`
fn entry(report: &mut Report<'_>, names: &Names, item: &Node) -> Option<(ChannelId, Binding)> {
    let Content::Mapping(_) = &item.content else {
        return Some((names.channel(report, item)?, Binding::default()));
    };
    let keys = Keys::open(report, item, item.place, KEYS);
    let channel = keys.need(report, "channel", "name")?;
    let channel = names.channel(report, channel)?;
    for name in ["route", "match"] {
        if let Some(entry) = keys.entry(name).filter(|_| !names.is_topic(channel)) {
            let text =
                ["`", &names.channels[channel].name, "` is ", names.kind_of(channel)].concat();
            report.say(entry.key.place, text, "a topic: only there readers choose");
        }
    }
    let route = keys.get("route").and_then(|it| {
        let found = Pattern::read(report.text(it, "a pattern of words")?);
        if found.is_none() {
            let expected = "words with dots between them; `*` is one word, `#` any number of words";
            report.say(it.place, "this is not a pattern", expected);
        }
        // It is still a binding, so that nothing else is said about it.
        Some((found.or_else(|| Pattern::read("#"))?, it.place))
    });
    let fields = keys.get("match").map_or(&[] as &[Entry], |it| mapping(report, it, it.place));
    let fields = fields.iter().filter_map(|it| field(report, names, it)).collect();
    Some((channel, Binding { route, fields }))
}

/// A field that must have a value.
fn field(
    report: &mut Report<'_>,
    names: &Names,
    Entry { key, value }: &Entry,
) -> Option<(MessageField, crate::language::value::Value)> {
    let field = names.field_of_messages(&key.text, key.place);
    let mut kinds = field.places.iter().zip(&names.field_types);
    let kind = kinds.find_map(|(place, kinds)| kinds.get((*place)?));
    report.text(value, "a value")?;
    let value = values::literal(report, value, kind.unwrap_or(&Type::Any))?;
    Some((field, value))
}
