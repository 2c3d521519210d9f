//! `stage`: where the text puts services and channels.

use super::keys::{list, mapping};
use super::names::Names;
use super::report::Report;
use crate::base::limits::{STAGE_COLUMNS_MAX, STAGE_ROWS_MAX};
use crate::language::scenario::{Channel, ChannelKind, Movable, Spot};
use crate::language::yaml::{Content, Entry, Node};

/// Compiles all places: `node: [column, row]`.
pub(super) fn compile_all(
    report: &mut Report<'_>,
    names: &Names,
    entry: &Entry,
) -> Vec<(Movable, Spot)> {
    let entries = mapping(report, &entry.value, entry.key.place).iter();
    entries
        .filter_map(|Entry { key, value }| {
            let node = find(names, &key.text);
            if node.is_none() {
                let services = names.services.iter().map(|it| it.name.as_str());
                let channels = names.channels.iter().filter(|it| it.kind != ChannelKind::Direct);
                let known = services.chain(channels.map(|it| it.name.as_str()));
                report.findings.unknown(key.place, "node of the stage", &key.text, known);
            }
            Some((node?, spot(report, value)?))
        })
        .collect()
}

/// The service with this name, or the channel that has a box of its own.
fn find(names: &Names, name: &str) -> Option<Movable> {
    let service = names.services.iter().position(|it| it.name == name).map(Movable::Service);
    let boxed = |it: &Channel| it.name == name && it.kind != ChannelKind::Direct;
    service.or_else(|| names.channels.iter().position(boxed).map(Movable::Channel))
}

fn spot(report: &mut Report<'_>, node: &Node) -> Option<Spot> {
    let [column, row] = list(report, node, EXPECTED) else {
        if matches!(node.content, Content::List(_)) {
            report.say(node.place, "this is no place", EXPECTED);
        }
        return None;
    };
    let mut number = |node, max: u8| {
        let number = report.number(node, 0, i64::from(max))?;
        u8::try_from(number).ok()
    };
    let (column, row) = (number(column, STAGE_COLUMNS_MAX), number(row, STAGE_ROWS_MAX));
    Some(Spot { column: column?, row: row? })
}

const EXPECTED: &str = "`[column, row]`, as in `[6, 0]`";
