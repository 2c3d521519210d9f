//! Texts from outside as they may stand on the page: signs that nobody sees, or that turn others around, become marks
//! that everybody sees.

use std::borrow::Cow;

/// Marks above and below one letter that are shown; with more of them a letter leaves its line.
const MARKS_MAX: usize = 3;

/// The same text, with a mark for each sign that hides or that deceives.
pub fn plain(text: &str) -> Cow<'_, str> {
    // Nearly all texts are: looked at before anything is written.
    let (mut run, mut hides) = (0, false);
    for sign in text.chars() {
        run = if is_combining(sign) { run + 1 } else { 0 };
        hides |= deceives(sign) || MARKS_MAX < run;
    }
    if !hides {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    run = 0;
    for sign in text.chars() {
        run = if is_combining(sign) { run + 1 } else { 0 };
        if deceives(sign) {
            shown.push('\u{fffd}');
        } else if run <= MARKS_MAX {
            shown.push(sign);
        }
    }
    Cow::Owned(shown)
}

/// Signs that are not there for the eye, or that turn the order of others around. Joiners stay: emoji and many
/// languages need them.
const fn deceives(sign: char) -> bool {
    match sign {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

const fn is_combining(sign: char) -> bool {
    matches!(
        sign,
        '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_turns_around_becomes_a_mark() {
        for (text, shown) in [
            ("A mug, eventually", "A mug, eventually"),
            ("safe\u{202e}lmth.exe", "safe\u{fffd}lmth.exe"),
            ("a\u{200b}b\u{feff}", "a\u{fffd}b\u{fffd}"),
            ("\u{2066}x\u{2069}", "\u{fffd}x\u{fffd}"),
            ("bell\u{7}", "bell\u{fffd}"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
            ("👩\u{200d}👩\u{200d}👧 Ünïcödé שלום", "👩\u{200d}👩\u{200d}👧 Ünïcödé שלום"),
            ("e\u{301}\u{302}\u{303}", "e\u{301}\u{302}\u{303}"),
            ("z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}", "z\u{300}\u{301}\u{302}"),
        ] {
            assert_eq!(plain(text), shown);
            assert_eq!(plain(shown), shown, "it is settled");
        }
    }
}
