//! A mapping whose keys are known: unknown ones and missing ones are findings.

use super::report::Report;
use crate::language::diagnostic::Place;
use crate::language::yaml::{Content, Entry, Node};

/// A mapping that has been looked over.
#[derive(Clone, Copy)]
pub(super) struct Keys<'n> {
    entries: &'n [Entry],
    /// What counts where those say nothing.
    model: &'n [Entry],
    /// Where the thing stands that the mapping describes.
    pub(super) place: Place,
}

impl<'n> Keys<'n> {
    /// Looks over a mapping that describes the thing at `place`.
    pub(super) fn open(
        report: &mut Report<'_>,
        node: &'n Node,
        place: Place,
        known: &[&str],
    ) -> Self {
        let entries = mapping(report, node, place);
        for Entry { key, .. } in entries {
            if !known.contains(&key.text.as_str()) {
                report.findings.unknown(key.place, "key", &key.text, known.iter().copied());
            }
        }
        Self { entries, model: &[], place }
    }

    /// The same, but where these keys say nothing, those of a model count.
    pub(super) fn like(self, model: &'n [Entry]) -> Self {
        Self { model, ..self }
    }

    /// The node under a key, if there is one.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|it| &it.value).filter(|it| !it.is_null())
    }

    /// The entry with a key, also if nothing stands behind it.
    pub(super) fn entry(&self, key: &str) -> Option<&'n Entry> {
        let named = |it: &&'n Entry| it.key.text == key;
        self.entries.iter().find(named).or_else(|| self.model.iter().find(named))
    }

    /// The node under a key that must be there.
    pub(super) fn need(&self, report: &mut Report<'_>, key: &str, what: &str) -> Option<&'n Node> {
        let node = self.get(key);
        if node.is_none() {
            let place = self.entry(key).map_or(self.place, |it| it.key.place);
            report.say(
                place,
                ["`", key, "` is missing"].concat(),
                ["`", key, ": ", what, "`"].concat(),
            );
        }
        node
    }
}

/// The entries of a mapping; none when it is nothing or something else.
pub(super) fn mapping<'n>(report: &mut Report<'_>, node: &'n Node, owner: Place) -> &'n [Entry] {
    match &node.content {
        Content::Mapping(entries) => entries,
        _ if node.is_null() => &[],
        _ => {
            let place = if node.place.length == 0 { owner } else { node.place };
            report.say(place, ["this is ", node.word()].concat(), "a mapping: keys with values");
            &[]
        }
    }
}

/// The items of a list; none when it is nothing or something else.
pub(super) fn list<'n>(report: &mut Report<'_>, node: &'n Node, what: &str) -> &'n [Node] {
    match &node.content {
        Content::List(items) => items,
        _ if node.is_null() => &[],
        _ => {
            report.say(node.place, ["this is ", node.word()].concat(), what);
            &[]
        }
    }
}
