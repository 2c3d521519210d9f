//! The tree: mappings, lists and scalars, each with its place in the text.

use crate::language::diagnostic::Place;

/// A part of the text.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where it starts. Only scalars have a length.
    pub(crate) place: Place,
    /// The first character in the whole text, counted in characters.
    pub(crate) start: usize,
    /// The character after the last.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) content: Content,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A word, a number, a sentence.
    Scalar(Scalar),
    /// Nodes in order.
    List(Vec<Node>),
    /// Nodes under keys, in order.
    Mapping(Vec<Entry>),
}

/// A word, a number, a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Scalar {
    /// The value: quotes taken off, escapes resolved.
    pub(crate) text: String,
    /// Written without quotes?
    pub(crate) plain: bool,
}

/// A node under a key.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: Key,
    /// The node.
    pub(crate) value: Node,
}

/// The key of an entry.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Its text.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) place: Place,
}

impl Node {
    /// The scalar that it is.
    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.content {
            Content::Scalar(scalar) => Some(scalar),
            Content::List(_) | Content::Mapping(_) => None,
        }
    }

    /// Is it the absence of a value: nothing, `~` or `null` without quotes?
    pub(crate) fn is_null(&self) -> bool {
        self.scalar().is_some_and(|it| it.plain && matches!(it.text.as_str(), "" | "~" | "null"))
    }

    /// What it is, in a word.
    pub(crate) fn word(&self) -> &'static str {
        match &self.content {
            Content::Scalar(_) if self.is_null() => "nothing",
            Content::Scalar(_) => "a single value",
            Content::List(_) => "a list",
            Content::Mapping(_) => "a mapping",
        }
    }
}
