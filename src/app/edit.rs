//! What whoever edits a text has to know of it: the text itself, what is wrong, and where that stands. Positions are
//! those of browsers, which count text in UTF-16.

use std::fmt::Write as _;

use super::Lab;
use crate::language::scenario::Movable;
use crate::language::{self, Finding, Place};

/// What is wrong with a text, in its order; nothing when it can run.
pub fn findings(text: &str) -> Vec<Finding> {
    language::compile(text).err().unwrap_or_default()
}

/// The open scenario's text, as it keeps what somebody has placed on the stage.
pub fn text(lab: &Lab) -> String {
    let scenario = lab.scenario();
    if lab.placed() == scenario.stage {
        return scenario.source.to_string();
    }
    let mut text = without_stage(&scenario.source);
    text.truncate(text.trim_end().len());
    text.push('\n');
    let mut head = "\nstage:\n";
    for (node, spot) in lab.placed() {
        let name = match *node {
            Movable::Channel(id) => &scenario.channels[id].name,
            Movable::Service(id) => &scenario.services[id].name,
        };
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{head}  {name}: [{}, {}]", spot.column, spot.row);
        head = "";
    }
    text
}

/// A text without its section `stage`.
fn without_stage(text: &str) -> String {
    let mut inside = false;
    let mut keeps = |line: &&str| {
        // A section goes on as long as lines are indented.
        if !line.starts_with([' ', '\t', '\r', '\n', '#']) {
            inside = line.split(':').next().is_some_and(|it| it.trim_end() == "stage");
        }
        !inside
    };
    text.split_inclusive('\n').filter(|it| keeps(it)).collect()
}

/// Where a place begins and ends in the text. A point is one sign long, so that there is something to select.
pub fn stretch(text: &str, place: Place) -> (u32, u32) {
    let units = |part: &str| u32::try_from(part.encode_utf16().count()).unwrap_or(u32::MAX);
    let mut before = 0;
    let mut lines = text.split('\n');
    for line in lines.by_ref().take(place.line.max(1) as usize - 1) {
        before += units(line) + 1;
    }
    let line = lines.next().unwrap_or_default();
    let byte = |signs: u32| line.char_indices().nth(signs as usize).map_or(line.len(), |it| it.0);
    let start = place.column.max(1) - 1;
    let (from, to) = (byte(start), byte(start.saturating_add(place.length.max(1))));
    (before + units(&line[..from]), before + units(&line[..to]))
}

/// How a finding reads in a list: what, and what helps.
pub fn words(finding: &Finding) -> String {
    let mut words = finding.message.clone();
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            words.push_str(name);
            words.push_str(value);
        }
    };
    add(": ", &finding.offending);
    add(" – expected ", &finding.expected);
    add(" – did you mean ", finding.nearest.as_deref().unwrap_or_default());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: u32, column: u32, length: u32) -> Place {
        Place { line, column, length }
    }

    #[test]
    fn places_become_stretches_of_utf_16() {
        let text = "a: 1\nüb𝄞er: x\nend";
        assert_eq!(stretch(text, place(1, 4, 1)), (3, 4));
        assert_eq!(stretch(text, place(2, 1, 5)), (5, 11));
        assert_eq!(stretch(text, place(2, 8, 1)), (13, 14));
        assert_eq!(stretch(text, place(3, 2, 99)), (16, 18));
        assert_eq!(stretch(text, place(3, 9, 0)), (18, 18));
        assert_eq!(stretch(text, place(9, 1, 3)), (19, 19));
    }

    #[test]
    fn a_finding_says_what_and_what_helps() {
        let all = findings("inflight: 1\ntitel: x\n");
        let slip = all.iter().map(words).find(|it| it.contains("titel")).expect("it is found");
        assert!(slip.contains(": titel – expected one of") && slip.ends_with("did you mean title"));
    }
}
