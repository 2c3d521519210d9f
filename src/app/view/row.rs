//! Everything about a row of a table, and about what a record tells.

use super::inspector::{Inspector, Part, Thing, facts};
use super::message::node_selection;
use super::words::{node_name, record_words, values_words};
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::app::lineage::Told;
use crate::language::Value;
use crate::language::scenario::{ServiceId, TableId};
use crate::world::What;

/// Changes of a row that are told at most; the latest count.
const CHANGES_MAX: usize = 20;

/// What the inspector shows of a row.
pub(super) fn row(lab: &Lab, (service, table): (ServiceId, TableId), key: &Value) -> Inspector {
    let definition = &lab.scenario().services[service];
    let state = lab.world().services[service].table(0, table);
    let mut parts = Vec::new();
    match state.get(key) {
        Some(cells) => {
            let rows = state.columns.iter().zip(cells.iter());
            let rows = rows.map(|(name, it)| (name.to_string(), it.to_string())).collect();
            parts.push(Part::Facts { heading: "Cells".to_owned(), rows });
        }
        None => parts.push(Part::Note("At this instant the table has no such row.".to_owned())),
    }
    parts.push(changes(lab, (service, table), key));
    let owner = Thing::of(["kept by ", &definition.name].concat(), Selection::Service(service));
    parts.push(Part::Things { heading: "Goes with".to_owned(), things: vec![owner], none: "" });
    Inspector {
        title: key.to_string(),
        subtitle: [&definition.name, ".", &definition.tables[table].name, ", a row"].concat(),
        parts,
    }
}

/// How a row has changed up to the playhead, the latest last.
fn changes(lab: &Lab, (service, table): (ServiceId, TableId), key: &Value) -> Part {
    let told = Told::new(lab.run());
    let place = lab.scenario().services[service].tables[table].key;
    let (mut things, mut count) = (Vec::new(), 0);
    for number in (told.first()..told.here()).rev() {
        let Some(record) = told.get(number) else { continue };
        let What::Changed { table: changed, row, gone } = &record.what else { continue };
        if record.node as usize != service || *changed as usize != table || row[place] != *key {
            continue;
        }
        count += 1;
        if things.len() < CHANGES_MAX {
            let words = if *gone { "gone".to_owned() } else { values_words(row) };
            let select = Selection::Row { service, table, key: key.clone() };
            things.push(Thing { at: Some(record.at), ..Thing::of(words, select) });
        }
    }
    things.reverse();
    let heading = match count {
        0 => "Changes".to_owned(),
        it => format!("Changes ({it})"),
    };
    Part::Things { heading, things, none: "None: it is as it was at the start." }
}

/// What the inspector shows of something that a record tells.
pub(super) fn record(lab: &Lab, number: u64) -> Inspector {
    let Some(record) = Told::new(lab.run()).get(number) else {
        let note = "It has not happened yet at this instant, or its record is not kept any more.";
        let parts = vec![Part::Note(note.to_owned())];
        return Inspector { title: "Nothing here".to_owned(), subtitle: String::new(), parts };
    };
    let here = node_name(lab, record.node);
    let mut parts = vec![facts("When", vec![("at", record.at.to_string())])];
    let is_at_a_node = matches!(
        record.what,
        What::Crashed { .. }
            | What::Restarted { .. }
            | What::Breaker { .. }
            | What::Online { .. }
            | What::Reloaded
    );
    if let Some(place) = node_selection(lab, record.node as usize).filter(|_| is_at_a_node) {
        let things = vec![Thing::of(["at ", here].concat(), place)];
        parts.push(Part::Things { heading: "Goes with".to_owned(), things, none: "" });
    }
    Inspector {
        title: record_words(lab, record, ""),
        subtitle: "an event of the run".to_owned(),
        parts,
    }
}
