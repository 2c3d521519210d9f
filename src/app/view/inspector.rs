//! The inspector: everything about one thing, in words and numbers.

use std::sync::Arc;

use super::service::service;
use super::story::{Story, StoryLine, story};
use super::words::values_words;
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::base::Time;
use crate::language::{Table, Value};
use crate::service::Envelope;
use crate::world::Input;

/// What the inspector shows about one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspector {
    /// Its name.
    pub title: String,
    /// What it is, in a few words.
    pub subtitle: String,
    /// The parts, top to bottom.
    pub parts: Vec<Part>,
}

/// A part of what the inspector shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Names and values.
    Facts {
        /// The words above.
        heading: String,
        /// A name and a value each.
        rows: Vec<(String, String)>,
    },
    /// A table.
    Table {
        /// The words above.
        heading: String,
        /// The columns' names.
        columns: Vec<String>,
        /// The rows.
        rows: Vec<TableRow>,
    },
    /// How often each of some things occurred.
    Bars {
        /// The words above.
        heading: String,
        /// The things, in their order.
        bars: Vec<Bar>,
    },
    /// Things to go to.
    Things {
        /// The words above.
        heading: String,
        /// The things.
        things: Vec<Thing>,
        /// What is said when there are none.
        none: &'static str,
    },
    /// Lines of the scenario's text.
    Source {
        /// The words above.
        heading: String,
        /// The lines.
        lines: Vec<SourceLine>,
    },
    /// A sentence.
    Note(String),
}

/// How often something occurred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What.
    pub words: String,
    /// How often.
    pub count: usize,
}

/// A row of a table in the inspector.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    /// Its cells, as texts.
    pub cells: Vec<String>,
    /// What it is, if one can go there.
    pub select: Option<Selection>,
    /// It has changed at this instant.
    pub fresh: bool,
    /// It has nothing to do with what is selected, while something is.
    pub dim: bool,
}

impl TableRow {
    /// A row that leads nowhere.
    pub(super) fn of(cells: Vec<String>) -> Self {
        Self { cells, ..Self::default() }
    }
}

/// Something to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// In words.
    pub words: String,
    /// What is selected when one goes there.
    pub select: Selection,
    /// The instant to which one goes, if it is not the present one.
    pub at: Option<Time>,
    /// How far it stands in.
    pub depth: usize,
    /// What can be done about it, and in which words.
    pub act: Option<(&'static str, Input)>,
    /// It has nothing to do with what is selected.
    pub dim: bool,
}

impl Thing {
    /// Something that is there now.
    pub fn of(words: impl Into<String>, select: Selection) -> Self {
        Self { words: words.into(), select, at: None, depth: 0, act: None, dim: false }
    }

    fn told(line: StoryLine) -> Self {
        let StoryLine { at, words, select, depth } = line;
        Self { at: Some(at), depth, ..Self::of(words, select) }
    }
}

/// A line of the scenario's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Its number, from 1.
    pub number: u32,
    /// Its text.
    pub text: String,
    /// A running handler stands here.
    pub current: bool,
}

/// Rows of a part that are shown at most.
pub(super) const ROWS_MAX: usize = 100;

/// What the inspector shows at the playhead; `None` when nothing is selected.
pub fn inspect(lab: &Lab) -> Option<Inspector> {
    let mut shown = match lab.selection()? {
        Selection::Message(id) => super::message::message(lab, *id),
        Selection::Service(id) => service(lab, *id),
        Selection::Channel(id) => super::channel::channel(lab, *id),
        Selection::Link(from, to) => super::link::link(lab, (*from, *to)),
        Selection::Person(id) => super::person::person(lab, *id),
        Selection::Intent(id) => super::intent::intent(lab, *id),
        Selection::Row { service, table, key } => super::row::row(lab, (*service, *table), key),
        Selection::Record(number) => super::row::record(lab, *number),
    };
    if let Some(story) = story(lab) {
        shown.parts.extend(told(story));
    }
    Some(shown)
}

/// Cause and effect, for the end of everything that happens.
fn told(story: Story) -> [Part; 2] {
    let mut heading = "What led to it".to_owned();
    if story.is_cut {
        heading.push_str(" (its beginning is not kept any more)");
    }
    let mut after = "What followed".to_owned();
    if story.more > 0 {
        after = format!("{after} ({} more)", story.more);
    }
    let things = |lines: Vec<StoryLine>| lines.into_iter().map(Thing::told).collect();
    [
        Part::Things {
            heading,
            things: things(story.causes),
            none: "It was so from the start, or its record is not kept any more.",
        },
        Part::Things {
            heading: after,
            things: things(story.effects),
            none: "Nothing so far. Play on to see what follows.",
        },
    ]
}

pub(super) fn facts(heading: &str, rows: Vec<(&str, String)>) -> Part {
    let rows = rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Part::Facts { heading: heading.to_owned(), rows }
}

/// A table as it stands somewhere.
pub(super) fn table_part(heading: &str, table: &Table) -> Part {
    let cells = |row: &Arc<[Value]>| row.iter().map(ToString::to_string).collect();
    let rows = table.rows().take(ROWS_MAX).map(|it| TableRow::of(cells(it)));
    Part::Table {
        heading: heading.to_owned(),
        columns: table.columns.iter().map(ToString::to_string).collect(),
        rows: rows.collect(),
    }
}

/// Messages that are kept somewhere: how many, and the first of them.
pub(super) fn messages_part(
    lab: &Lab,
    what: &str,
    messages: &mut dyn ExactSizeIterator<Item = &Box<Envelope>>,
) -> Part {
    let heading = format!("{what} ({})", messages.len());
    let thing = |it: &Envelope| Thing {
        dim: lab.lineage().is_some_and(|lineage| !lineage.has_message(it.id)),
        ..Thing::of(message_words(lab, it), Selection::Message(it.id))
    };
    Part::Things {
        heading,
        things: messages.take(ROWS_MAX).map(|it| thing(it)).collect(),
        none: NONE_NOW,
    }
}

/// What is said of a place where messages can be.
pub(super) const NONE_NOW: &str = "None at this instant";

/// What a message says, in a line.
pub(super) fn message_words(lab: &Lab, envelope: &Envelope) -> String {
    let name = &lab.plan().names[envelope.content.name_index(lab.scenario().messages.len())];
    [name, " ", &values_words(envelope.content.body())].concat()
}
