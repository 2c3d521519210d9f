//! A document as it is kept and as it stands in a file: a few named lines, and a checksum over them.
//!
//! What it holds is a link, so that whatever is read back goes through the same [`gate`](crate::app::gate) as what a
//! stranger sends. It promises that a document that reads well is the one that was written.

use std::fmt;

use crate::app::gate::unpack;
use crate::base::limits::{DOCUMENT_BYTES_MAX, LABEL_CHARS_MAX, SCENARIO_BYTES_MAX};
use crate::sim::Digest;

/// How the first line of each document begins.
const HEAD: &str = "Inflight document: ";
/// The format that this version of the lab writes.
const FORMAT: u32 = 1;

/// Something of a person's own that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Names it among all documents; lower-case letters and digits.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// When it was kept, in milliseconds since 1970, by the clock of the device.
    pub saved_ms: u64,
    /// What runs: a link.
    pub link: String,
    /// A text that somebody has begun to write and that does not run yet, as links pack it.
    pub draft: Option<String>,
    /// It was made by a newer version of the lab. It may be looked at, never be written over.
    pub is_newer: bool,
}

/// Why a text is not a document that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It never was one.
    NotOne,
    /// It is larger than [`DOCUMENT_BYTES_MAX`].
    TooLong,
    /// It is of a format that only a newer version of the lab reads.
    Newer(u32),
    /// A line is missing, or one is there that has no place in it.
    Line(String),
    /// Its length or its checksum is another one.
    Changed,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOne => write!(f, "It is not a document of this lab: one begins with `{HEAD}`"),
            Self::TooLong => {
                write!(f, "It is longer than {DOCUMENT_BYTES_MAX} bytes (DOCUMENT_BYTES_MAX)")
            }
            Self::Newer(format) => write!(
                f,
                "It was made by a newer version of the lab: it has format {format}, this one reads {FORMAT}"
            ),
            Self::Line(name) => {
                write!(f, "It is damaged: its line `{name}` is not as it should be")
            }
            Self::Changed => {
                write!(f, "It has been cut off or changed: it does not fit its own checksum")
            }
        }
    }
}

impl Document {
    /// A document as it is kept.
    pub fn write(&self) -> String {
        let mut text = [HEAD, &FORMAT.to_string(), "\n"].concat();
        let mut line = |name: &str, value: &str| text.extend([name, ": ", value, "\n"]);
        line("id", &self.id);
        line("name", &one_line(&self.name));
        line("saved", &self.saved_ms.to_string());
        if let Some(draft) = &self.draft {
            line("draft", draft);
        }
        line("link", &self.link);
        let checksum = checksum(&text);
        text + &checksum
    }

    /// Reads what [`Document::write`] has written.
    ///
    /// # Errors
    /// Why it is not one, or not one any more.
    pub fn read(text: &str) -> Result<Self, Damage> {
        let Some(rest) = text.strip_prefix(HEAD) else { return Err(Damage::NotOne) };
        if DOCUMENT_BYTES_MAX < text.len() {
            return Err(Damage::TooLong);
        }
        let format = rest.lines().next().and_then(|it| it.parse().ok());
        let format: u32 = format.ok_or(Damage::NotOne)?;
        let end = text.rfind("length: ").ok_or(Damage::Changed)?;
        if text[end..].trim_end() != checksum(&text[..end]).trim_end() {
            return Err(Damage::Changed);
        }
        let mut it = Self { is_newer: FORMAT < format, ..Self::default() };
        for line in text[..end].lines().skip(1) {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            match name {
                "id" => value.clone_into(&mut it.id),
                "name" => value.clone_into(&mut it.name),
                "saved" => {
                    it.saved_ms = value.parse().map_err(|_| Damage::Line(name.to_owned()))?
                }
                "draft" => it.draft = Some(value.to_owned()),
                "link" => value.clone_into(&mut it.link),
                _ if it.is_newer => {}
                _ => return Err(Damage::Line(one_line(name))),
            }
        }
        let fits = |id: &str| id.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        match () {
            () if it.id.is_empty() || it.id.len() > 16 || !fits(&it.id) => {
                Err(Damage::Line("id".to_owned()))
            }
            () if it.link.is_empty() && it.is_newer => Err(Damage::Newer(format)),
            () if it.link.is_empty() => Err(Damage::Line("link".to_owned())),
            () => Ok(it),
        }
    }

    /// The text that somebody has begun to write in it.
    pub fn draft_text(&self) -> Option<String> {
        unpack(self.draft.as_deref()?, SCENARIO_BYTES_MAX, "SCENARIO_BYTES_MAX").ok()
    }

    /// Do both hold the same, whenever they were kept?
    pub fn is_same_work(&self, other: &Self) -> bool {
        (&self.name, &self.link, &self.draft) == (&other.name, &other.link, &other.draft)
    }
}

/// The documents in a file: each with what is wrong with it, if anything.
pub fn read_all(text: &str) -> Vec<Result<Document, Damage>> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut starts: Vec<usize> = text.match_indices(HEAD).map(|it| it.0).collect();
    starts.retain(|it| *it == 0 || text[..*it].ends_with('\n'));
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(from, to)| Document::read(text[*from..to].trim_end())).collect()
}

/// Is this a file with documents, well or not?
pub fn holds_documents(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with(HEAD)
}

/// The last two lines: how many bytes stand before them, and what they come to.
fn checksum(text: &str) -> String {
    let mut digest = Digest::default();
    digest.text(text);
    format!("length: {}\nchecksum: {:016x}\n", text.len(), digest.value())
}

/// A name on one line, no longer than a label may be.
pub(super) fn one_line(name: &str) -> String {
    let signs = name.chars().map(|it| if it.is_control() { ' ' } else { it });
    signs.take(LABEL_CHARS_MAX).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;

    fn document() -> Document {
        Document {
            id: "k3f9".to_owned(),
            name: "My shop: “half past”".to_owned(),
            saved_ms: 1_764_468_648_123,
            link: "text=1.abc&run=1.def".to_owned(),
            draft: Some("1.xyz".to_owned()),
            is_newer: false,
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for draft in [None, Some("1.xyz".to_owned())] {
            let document = Document { draft, ..document() };
            assert_eq!(Document::read(&document.write()), Ok(document));
        }
        let broken = Document { name: "two\nlines\u{7}".to_owned(), ..document() };
        assert_eq!(Document::read(&broken.write()).unwrap().name, "two lines");
    }

    #[test]
    fn no_changed_byte_goes_unseen() {
        let text = document().write();
        let mut dice = Stream::new(1, &["vandal"]);
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << dice.int(0, 6);
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            if changed.trim_end() != text.trim_end() {
                assert!(Document::read(&changed).is_err(), "byte {at}: {changed}");
            }
            let cut = text.get(..at).map(Document::read);
            assert!(cut.is_none_or(|it| it.is_err() || at + 1 == text.len()), "cut at {at}");
        }
    }

    #[test]
    fn a_newer_one_is_known_as_such() {
        let newer = |extra: &str, link: &str| {
            let head = format!("{HEAD}2\nid: a1\nname: n\nsaved: 1\n{extra}{link}");
            Document::read(&(head.clone() + &checksum(&head)))
        };
        let read = newer("mood: fine\n", "link: text=1.a\n").unwrap();
        assert!(read.is_newer && read.link == "text=1.a");
        assert_eq!(newer("", ""), Err(Damage::Newer(2)));
    }

    #[test]
    fn a_file_holds_many_and_a_broken_one_does_not_spoil_the_others() {
        let second = Document { id: "b2".to_owned(), ..document() };
        let broken = document().write().replace("My shop", "My ship");
        let file = [document().write(), broken, second.write()].concat().replace('\n', "\r\n");
        let read = read_all(&file);
        assert_eq!(read, [Ok(document()), Err(Damage::Changed), Ok(second)]);
        assert!(holds_documents(&file) && !holds_documents("inflight: 1"));
    }
}
