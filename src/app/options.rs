//! What a link can say about how the page looks, apart from what it opens.
//!
//! One row here is one option: links write and read it, the dialog for sharing offers it, and whatever follows
//! [`Lab::options`](super::Lab::options) asks for it by its word.

use crate::language::nearest;

/// An option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its word in links.
    pub word: &'static str,
    /// What it does, for whoever makes a link.
    pub label: &'static str,
    /// What it can be set to, apart from not at all. One that is only on or off has `on`.
    pub values: &'static [&'static str],
}

/// All of them, in the order in which links have them.
pub const OPTIONS: &[Choice] = &[
    Choice {
        word: "panel",
        label: "Open the panel at",
        values: &["lesson", "inspector", "knobs", "scores", "rules"],
    },
    Choice { word: "present", label: "Large letters, for a room", values: &["on"] },
    Choice {
        word: "embed",
        label: "Only the stage and its controls, for a frame",
        values: &["on"],
    },
];

/// The options that are set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options(Vec<(&'static str, &'static str)>);

impl Options {
    /// What an option is set to.
    pub fn get(&self, word: &str) -> Option<&'static str> {
        self.0.iter().find(|it| it.0 == word).map(|it| it.1)
    }

    /// The same options with one set to this; with nothing it is off again.
    ///
    /// # Errors
    /// When there is no such option, or it cannot be set to that: a sentence with what can be.
    pub fn with(mut self, word: &str, value: Option<&str>) -> Result<Self, String> {
        let words = || OPTIONS.iter().map(|it| it.word);
        let Some(choice) = OPTIONS.iter().find(|it| it.word == word) else {
            return Err(mistaken("This page knows no option", word, words()));
        };
        self.0.retain(|it| it.0 != choice.word);
        let Some(value) = value else { return Ok(self) };
        let values = || choice.values.iter().copied();
        let Some(value) = values().find(|it| *it == value) else {
            let what = ["The option `", word, "` cannot be"].concat();
            return Err(mistaken(&what, value, values()));
        };
        let place = |word: &str| words().position(|it| it == word);
        let at = self.0.partition_point(|it| place(it.0) < place(word));
        self.0.insert(at, (choice.word, value));
        Ok(self)
    }

    /// As they stand in a link: `&panel=knobs`.
    pub(super) fn words(&self) -> String {
        let part = |it: &(&str, &str)| ["&", it.0, "=", it.1].concat();
        self.0.iter().map(part).collect()
    }
}

fn mistaken<'k>(what: &str, word: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let near = nearest(word, known.clone());
    let near = near.map_or_else(String::new, |it| ["; did you mean `", it, "`?"].concat());
    let known: Vec<&str> = known.collect();
    [what, " `", word, "`: there is `", &known.join("`, `"), "`", &near].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_in_the_order_of_the_table_and_each_once() {
        let options = Options::default().with("embed", Some("on")).unwrap();
        let options = options.with("panel", Some("rules")).unwrap();
        let options = options.with("panel", Some("knobs")).unwrap();
        assert_eq!(options.words(), "&panel=knobs&embed=on");
        assert_eq!((options.get("panel"), options.get("present")), (Some("knobs"), None));
        assert_eq!(options.with("panel", None).unwrap().words(), "&embed=on");
    }

    #[test]
    fn what_is_no_option_is_said_with_the_nearest_one() {
        let mistake = Options::default().with("panel", Some("knob")).unwrap_err();
        assert!(mistake.starts_with("The option `panel` cannot be `knob`: there is `lesson`"));
        assert!(mistake.ends_with("did you mean `knobs`?"), "{mistake}");
        let mistake = Options::default().with("pannel", Some("knobs")).unwrap_err();
        assert!(mistake.contains("knows no option `pannel`"), "{mistake}");
        assert!(mistake.ends_with("did you mean `panel`?"), "{mistake}");
    }
}
