//! YAML with positions: text in, a small tree of nodes that know where they stand out.
//!
//! The subset is what people write by hand: no anchors, aliases, tags or several documents. It knows nothing
//! about scenarios.

mod read;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use read::{read, read_at_most};
pub(crate) use tree::{Content, Entry, Key, Node, Scalar};
