//! Small surgery on the page's HTML.
//!
//! Owns finding, replacing and hashing of what stands between two marks. Promises an error that names the mark when it
//! is not there, so that a new version of a tool never changes the page silently. Refuses to be a parser: it works on
//! files that this project wrote.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::Result;

/// The text between two marks.
pub(crate) fn between<'t>(text: &'t str, from: &str, to: &str) -> Result<&'t str> {
    let missing = || format!("the page has no `{from}`…`{to}`");
    let (_, rest) = text.split_once(from).ok_or_else(missing)?;
    let (inside, _) = rest.split_once(to).ok_or_else(missing)?;
    Ok(inside)
}

/// Replaces the one place where `what` stands.
pub(crate) fn replace(text: &str, what: &str, by: &str) -> Result<String> {
    match text.matches(what).count() {
        1 => Ok(text.replacen(what, by, 1)),
        count => Err(format!("the page has `{what}` {count} times, not once").into()),
    }
}

/// Takes away every element that begins like this and ends at the first `>`.
pub(crate) fn without(mut text: String, element: &str) -> Result<String> {
    while let Some(start) = text.find(element) {
        let length = text[start..].find('>').ok_or("an element of the page has no end")? + 1;
        text.replace_range(start..start + length, "");
    }
    Ok(text)
}

/// All texts that stand between two marks.
pub(crate) fn all_between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).filter_map(|it| it.split_once(to)).map(|it| it.0).collect()
}

/// The script without comments that fill a line, and without indentation: what people read and browsers need not.
pub(crate) fn bare(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("//"));
    lines.flat_map(|it| [it, "\n"]).collect()
}

/// A hash as browsers write it in policies and in `integrity`.
pub(crate) fn hash(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// As much of a hash as a name needs.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).fold(String::new(), |name, it| format!("{name}{it:02x}"))
}

/// Bytes as a text of letters.
pub(crate) fn letters(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_named() {
        assert_eq!(between("a <b>c</b>", "<b>", "</b>").unwrap(), "c");
        assert!(between("a", "<b>", "</b>").unwrap_err().to_string().contains("<b>"));
        assert_eq!(replace("a b", "b", "c").unwrap(), "a c");
        assert!(replace("b b", "b", "c").unwrap_err().to_string().contains("2 times"));
        assert_eq!(without("x<link a>y<link b>z".to_owned(), "<link").unwrap(), "xyz");
    }

    #[test]
    fn comments_go_and_texts_stay() {
        assert_eq!(bare("// a\n\n  b; // c\n  \"http://d\"\n"), "b; // c\n\"http://d\"\n");
    }

    #[test]
    fn hashes_are_those_of_browsers() {
        // The example of the specification of subresource integrity, with another algorithm.
        assert_eq!(hash(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
