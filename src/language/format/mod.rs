//! One layout for every scenario's text: the author's words, comments and order, our blanks and line breaks.
//!
//! It promises that the text says the same as before: what it has printed is read again, and if a value or a comment
//! were not the same, the author's text would be left alone. It knows YAML and nothing about scenarios.

mod print;
mod source;

use source::Source;

use super::findings::Findings;
use super::yaml::{self, Content, Node};

/// The text in its canonical layout. What is not YAML, or begins with a directive (`%YAML`), is left as it is.
pub fn format(text: &str) -> String {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let plain = plain.replace("\r\n", "\n").replace('\r', "\n");
    let read = |text: &str| yaml::read(text, &mut Findings::about(text));
    // The parser counts the bytes of a directive, not its signs, so that places behind it are not what they say.
    let has_directive = plain.lines().any(|it| it.starts_with('%'));
    let Some(tree) = read(&plain).filter(|_| !has_directive) else { return text.to_owned() };
    let source = Source::new(&plain, &tree);
    let printed = print::print(&source, &tree);
    let again = read(&printed).filter(|it| same(&tree, it));
    match again {
        Some(again) if Source::new(&printed, &again).says_the_same(&source) => printed,
        _ => text.to_owned(),
    }
}

/// Do two trees say the same? Quotes do not count, unless they make nothing into something.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.content, &other.content) {
        (Content::Scalar(a), Content::Scalar(b)) => {
            a.text == b.text && one.is_null() == other.is_null()
        }
        (Content::List(a), Content::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Content::Mapping(a), Content::Mapping(b)) => {
            let same = |(a, b): (&yaml::Entry, &yaml::Entry)| {
                a.key.text == b.key.text && same(&a.value, &b.value)
            };
            a.len() == b.len() && a.iter().zip(b).all(same)
        }
        _ => false,
    }
}
