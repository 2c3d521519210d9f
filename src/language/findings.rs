//! Collects findings while a text is checked: cuts the offending text out, keeps the order of the text.

use super::diagnostic::{Finding, Place};
use super::nearest::nearest;
use super::yaml::Node;
use crate::base::sorted;

/// More findings than anybody reads.
const FINDINGS_MAX: usize = 200;
/// Characters of an offending text that are shown.
const OFFENDING_CHARS_MAX: usize = 60;

/// The findings so far, and the text that they are about.
#[derive(Clone, Debug)]
pub(crate) struct Findings<'t> {
    text: &'t str,
    /// In the order of the text, each once.
    found: Vec<Finding>,
}

impl<'t> Findings<'t> {
    /// No findings yet about this text.
    pub(crate) fn about(text: &'t str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// Something is wrong here.
    pub(crate) fn say(
        &mut self,
        place: Place,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.push(place, message.into(), expected.into(), None);
    }

    /// A name that nobody knows, among these that are known. `what` says what kind of thing it should name.
    pub(crate) fn unknown<'c>(
        &mut self,
        place: Place,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'c str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let near = nearest(name, known.iter().copied()).map(str::to_owned);
        let expected = one_of(&known);
        let expected =
            if expected.is_empty() { format!("nothing: there is no {what}") } else { expected };
        self.push(place, format!("unknown {what}"), expected, near);
    }

    /// Something is wrong here, and this name may have been meant.
    pub(crate) fn push(
        &mut self,
        place: Place,
        message: String,
        expected: String,
        nearest: Option<String>,
    ) {
        if self.found.len() < FINDINGS_MAX {
            let offending = self.offending(place);
            let finding = Finding { place, message, offending, expected, nearest };
            sorted::insert(&mut self.found, finding);
        }
    }

    /// Is nothing wrong so far?
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All findings in the order of the text, each once.
    pub(crate) fn into_sorted(self) -> Vec<Finding> {
        self.found
    }

    /// The text at a place, cut to a readable length.
    fn offending(&self, place: Place) -> String {
        let (line, column) = (place.line.max(1) as usize - 1, place.column.max(1) as usize - 1);
        let rest = lines(self.text).nth(line).unwrap_or_default().chars().skip(column);
        let mut cut: String = rest.take((place.length as usize).min(OFFENDING_CHARS_MAX)).collect();
        cut.truncate(cut.trim_end().len());
        if OFFENDING_CHARS_MAX < place.length as usize {
            cut.push('…');
        }
        cut
    }

    /// The same place, but not behind the end of its line: the parser of YAML counts there in its own way.
    pub(crate) fn on_its_line(&self, place: Place) -> Place {
        let line = lines(self.text).nth(place.line.max(1) as usize - 1).unwrap_or_default();
        let end = u32::try_from(line.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
        Place { column: place.column.min(end), ..place }
    }

    /// The place of some characters inside a scalar's value. Values differ from the text that stands for them
    /// (quotes, escapes, folded lines), so the text is walked until each sign of the value has been met.
    pub(crate) fn inside(&self, node: &Node, offset: usize, length: usize) -> Place {
        let value = node.scalar().map_or("", |it| it.text.as_str());
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let mut walk = Walk {
            text: self.text.chars().skip(node.start).take(node.end - node.start).collect(),
            at: 0,
            place: Place { length, ..node.place },
        };
        for (index, sign) in value.chars().enumerate() {
            walk.seek(sign);
            if index == offset {
                return walk.place;
            }
            walk.advance();
        }
        walk.place
    }
}

/// A walk through the text of a scalar, keeping line and column.
struct Walk {
    text: Vec<char>,
    at: usize,
    place: Place,
}

impl Walk {
    /// Goes on until `sign` is met. A space may stand for any white space, and for none.
    fn seek(&mut self, sign: char) {
        while let Some(met) = self.text.get(self.at).copied() {
            if met == sign || sign.is_whitespace() {
                break;
            }
            self.advance();
        }
    }

    fn advance(&mut self) {
        let Some(met) = self.text.get(self.at).copied() else { return };
        self.at += 1;
        let breaks = met == '\n' || met == '\r' && self.text.get(self.at) != Some(&'\n');
        if breaks {
            self.place.line += 1;
            self.place.column = 1;
        } else {
            self.place.column += 1;
        }
    }
}

/// The lines of a text, as YAML breaks them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// Says what would have been right when only some words are: "one of `a`, `b`". Long lists are left out.
pub(crate) fn one_of(words: &[&str]) -> String {
    const WORDS_MAX: usize = 24;
    match words {
        [] => String::new(),
        [word] => ["`", word, "`"].concat(),
        words if words.len() <= WORDS_MAX => ["one of `", &words.join("`, `"), "`"].concat(),
        words => [
            "one of `",
            &words[..WORDS_MAX].join("`, `"),
            "` or ",
            &(words.len() - WORDS_MAX).to_string(),
            " others",
        ]
        .concat(),
    }
}
