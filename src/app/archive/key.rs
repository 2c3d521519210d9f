//! The key of a copy: it says all that a list of documents shows, so that a list reads keys alone.

use super::document::one_line;

/// A copy of a document. They are ordered by document, then by copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The document.
    pub id: String,
    /// Which copy: later ones have larger numbers.
    pub copy: u64,
    /// When it was kept, in milliseconds since 1970.
    pub saved_ms: u64,
    /// How many bytes it takes.
    pub bytes: usize,
    /// What the person calls the document.
    pub name: String,
}

impl Key {
    /// As it is kept.
    pub fn write(&self) -> String {
        let [copy, saved] = [self.copy, self.saved_ms].map(|it| it.to_string());
        let bytes = self.bytes.to_string();
        [self.id.as_str(), &copy, &saved, &bytes, &one_line(&self.name)].join("/")
    }

    /// Reads what [`Key::write`] has written; anything else is no copy of a document.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(5, '/');
        let id = parts.next().filter(|it| !it.is_empty())?.to_owned();
        let mut number = || parts.next()?.parse::<u64>().ok();
        let (copy, saved_ms, bytes) = (number()?, number()?, number()?);
        let bytes = usize::try_from(bytes).ok()?;
        Some(Self { id, copy, saved_ms, bytes, name: parts.next()?.to_owned() })
    }
}
