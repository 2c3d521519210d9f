//! What this device keeps of a person's own work: documents, each with a few earlier copies.
//!
//! It owns what is kept when, and what that is called. It promises that nothing is written over before what takes its
//! place has been read back, that nothing is lost silently, and that a page which may keep nothing goes on working. It
//! refuses to know where things are kept: what it wants done it says as [`Call`]s, and is told the [`Reply`].

mod document;
mod jobs;
mod keeper;
mod key;
mod shelf;
mod told;

pub use document::{Damage, Document, holds_documents, read_all};
pub use keeper::Archive;
pub use key::Key;
pub use told::{Kept, News, Standing, Why};

/// Something that is wanted of the place where things are kept: texts by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// All keys.
    Keys,
    /// The text under a key.
    Get(String),
    /// Puts a text under a key.
    Put(String, String),
    /// Takes a key away, and what is under it.
    Remove(String),
}

/// How a call went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// All keys.
    Keys(Vec<String>),
    /// The text, if there is one.
    Text(Option<String>),
    /// It is done.
    Done,
    /// There is no room left.
    Full,
    /// This window may keep nothing at all.
    Refused,
    /// It did not work: the browser's reason.
    Failed(String),
}
