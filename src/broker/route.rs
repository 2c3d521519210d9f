//! Routes and the patterns that they fit: words with dots between them, as in AMQP 0-9-1 (section 3.1.3.3, the topic
//! exchange type).

use std::sync::Arc;

/// What a subscriber wants: `*` stands for exactly one word, `#` for any number of them, none included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As it was written.
    pub text: Arc<str>,
}

impl Pattern {
    /// The pattern that a text writes; none when a word is missing, or a wildcard is only a part of one.
    pub fn read(text: &str) -> Option<Self> {
        let good = |word: &str| !word.is_empty() && (word.len() == 1 || !word.contains(['*', '#']));
        text.split('.').all(good).then(|| Self { text: Arc::from(text) })
    }

    /// Does a route fit? An empty one has no words.
    pub fn fits(&self, route: &str) -> bool {
        let pattern: Vec<&str> = self.text.split('.').collect();
        let words: Vec<&str> =
            if route.is_empty() { Vec::new() } else { route.split('.').collect() };
        // The latest `#`, and where the words behind it begin: when the rest does not fit, it takes one more.
        let mut latest = None;
        let (mut at, mut word) = (0, 0);
        while word < words.len() {
            match pattern.get(at) {
                Some(&"#") => {
                    latest = Some((at, word));
                    at += 1;
                }
                Some(it) if *it == "*" || *it == words[word] => {
                    at += 1;
                    word += 1;
                }
                _ => {
                    let Some((hash, taken)) = latest else { return false };
                    latest = Some((hash, taken + 1));
                    (at, word) = (hash + 1, taken + 1);
                }
            }
        }
        pattern[at..].iter().all(|it| *it == "#")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;

    #[test]
    fn the_table_of_matches() {
        for (pattern, fitting, others) in [
            ("EU.#", &["EU", "EU.PL", "EU.PL.WAW"][..], &["", "US", "US.EU", "EUR"][..]),
            ("EU.*", &["EU.PL"], &["EU", "EU.PL.WAW", "US.PL"]),
            ("#", &["", "EU", "EU.PL.WAW"], &[]),
            ("*", &["EU"], &["", "EU.PL"]),
            ("*.PL", &["EU.PL", "US.PL"], &["PL", "EU.PL.WAW", "EU.DE"]),
            ("EU.PL", &["EU.PL"], &["EU", "EU.PL.WAW", "eu.pl"]),
            ("#.WAW", &["WAW", "PL.WAW", "EU.PL.WAW", "WAW.WAW"], &["WAW.PL"]),
            ("#.a.#.b", &["a.b", "x.a.b.b", "a.x.a.y.b"], &["b.a", "a.b.c"]),
            ("*.#", &["EU", "EU.PL"], &[""]),
        ] {
            let pattern = Pattern::read(pattern).unwrap();
            for route in fitting {
                assert!(pattern.fits(route), "{} {route}", pattern.text);
            }
            for route in others {
                assert!(!pattern.fits(route), "{} {route}", pattern.text);
            }
        }
    }

    #[test]
    fn patterns_are_words_with_dots_between_them() {
        for text in ["", ".", "EU.", ".PL", "EU..PL", "E*", "EU.P#L", "**"] {
            assert_eq!(Pattern::read(text), None, "{text}");
        }
    }

    /// What the words of this file say, one word after the other.
    fn fits_slowly(pattern: &[&str], words: &[&str]) -> bool {
        match (pattern.split_first(), words.split_first()) {
            (None, first) => first.is_none(),
            (Some((&"#", rest)), None) => fits_slowly(rest, words),
            (Some((&"#", rest)), Some((_, behind))) => {
                fits_slowly(rest, words) || fits_slowly(pattern, behind)
            }
            (Some((it, rest)), Some((word, behind))) => {
                (*it == "*" || it == word) && fits_slowly(rest, behind)
            }
            (Some(_), None) => false,
        }
    }

    #[test]
    fn the_quick_way_and_the_slow_way_agree() {
        let mut dice = Stream::new(1, &["routes"]);
        let mut fitting = 0;
        for _ in 0..20_000 {
            let mut some = |words: &[&'static str], low: i64| -> Vec<&'static str> {
                let count = dice.int(low, 5);
                (0..count)
                    .map(|_| words[usize::try_from(dice.bits() % words.len() as u64).unwrap()])
                    .collect()
            };
            let (pattern, words) = (some(&["a", "b", "*", "#"], 1), some(&["a", "b"], 0));
            let found = Pattern::read(&pattern.join(".")).unwrap().fits(&words.join("."));
            assert_eq!(found, fits_slowly(&pattern, &words), "{pattern:?} {words:?}");
            fitting += u32::from(found);
        }
        assert!(fitting > 1_000, "{fitting}");
    }
}
