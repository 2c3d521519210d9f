//! What the archive tells: how what is open stands, what has come about, and which documents there are.

use super::key::Key;

/// Why something is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The browser has no room left.
    Full,
    /// All documents together may not be larger.
    ArchiveFull,
    /// There may not be more documents.
    TooMany,
    /// It is so long that it could not be read again.
    TooLong,
    /// This window may keep nothing.
    Refused,
    /// What was read back is not what was written.
    Damaged,
    /// It is open in another tab, and that one keeps it.
    Elsewhere,
    /// The browser's reason.
    Other(String),
}

/// How what is open stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// There is nothing of the person's own in it.
    #[default]
    Nothing,
    /// It has changed and is about to be kept.
    Saving,
    /// It is kept, since this time in milliseconds.
    Saved(u64),
    /// It is not kept.
    NotSaved(Why),
}

/// Something that the person is told, or that goes to the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A document was asked for: its text. The flag says that its newest copy was damaged and this is an earlier one.
    Read(String, bool),
    /// A document was asked for, and none of its copies can be read: what is left of the newest.
    Damaged(String),
    /// All documents in one text.
    Exported(String),
    /// Documents have come in: so many are new, so many were here already.
    Imported(usize, usize),
    /// Something that was asked for did not work.
    Failed(Why),
    /// What was kept is gone: the browser has cleared it.
    Cleared,
    /// Somebody has worked for so long that a copy elsewhere would be missed.
    Worked,
}

/// A document, for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its newest copy.
    pub key: Key,
    /// Is it the one that is open?
    pub is_open: bool,
}
