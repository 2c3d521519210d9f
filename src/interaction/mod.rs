//! The interaction space: five independent choices that decide what happens to a person's intent.
//!
//! Each axis is one file: the choices, their names and what they mean for the person at the screen. A choice is
//! plain data with pure answers ("does this claim block?", "when is the next attempt?"); the module `client`
//! asks and acts. The well-known patterns are [`PRESETS`]: points in the space, with no code of their own.
//!
//! **Adding a choice:** a variant and its row in `CHOICES` of its axis, its answers in the same file, a line in
//! `PRESETS` if the pattern has a name.

use std::fmt;

mod claim;
mod guard;
mod learn;
mod preset;
mod read;
mod send;

pub use claim::Claim;
pub use guard::Guard;
pub use learn::Learn;
pub use preset::{PRESETS, Preset};
pub use read::Read;
pub use send::Send;

/// How one intent is handled: a point in the space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interaction {
    /// How the intent leaves the device.
    pub send: Send,
    /// Does the device put a key on the intent, by which the authority recognizes a repetition?
    pub key: bool,
    /// What the screen asserts meanwhile.
    pub claim: Claim,
    /// How the truth comes back.
    pub learn: Learn,
    /// What the screen's views are trusted for.
    pub read: Read,
    /// How a decision on stale data survives.
    pub guard: Guard,
}

/// The parts of an interaction, by the words for them: the five axes, and the key.
pub const PARTS: [&str; 6] = [Send::NAME, "key", Claim::NAME, Learn::NAME, Read::NAME, Guard::NAME];

/// The words for whether there is a key.
const KEYS: [&str; 2] = ["false", "true"];

impl Interaction {
    /// The preset that this combination is known as, if it has a name.
    pub fn preset(&self) -> Option<&'static Preset> {
        PRESETS.iter().find(|it| it.interaction == *self)
    }

    /// The interaction with another choice of one part. What is no part, or no choice of it, changes nothing.
    #[must_use]
    pub fn with(mut self, part: &str, word: &str) -> Self {
        fn set<A: Axis>(it: &mut A, part: &str, word: &str) {
            if part == A::NAME {
                *it = A::named(word).unwrap_or(*it);
            }
        }
        set(&mut self.send, part, word);
        set(&mut self.claim, part, word);
        set(&mut self.learn, part, word);
        set(&mut self.read, part, word);
        set(&mut self.guard, part, word);
        if part == "key" && KEYS.contains(&word) {
            self.key = word == KEYS[1];
        }
        self
    }

    /// The words for its parts, in the order of [`PARTS`].
    pub fn words(&self) -> [&'static str; 6] {
        [
            self.send.choice().name,
            KEYS[usize::from(self.key)],
            self.claim.choice().name,
            self.learn.choice().name,
            self.read.choice().name,
            self.guard.choice().name,
        ]
    }
}

/// The words for all choices of a part, in the order in which the page shows them; none of what is no part.
pub fn choices(part: &str) -> Vec<&'static str> {
    fn of<A: Axis>(_: A) -> Vec<&'static str> {
        A::CHOICES.iter().map(|it| it.name).collect()
    }
    match PARTS.iter().position(|it| *it == part) {
        Some(0) => of(Send::Once),
        Some(1) => KEYS.to_vec(),
        Some(2) => of(Claim::Block),
        Some(3) => of(Learn::Reply),
        Some(4) => of(Read::Any),
        Some(5) => of(Guard::None),
        _ => Vec::new(),
    }
}

/// All combinations of the choices of these parts, with the rest as it is: the last part varies fastest.
pub fn grid(base: Interaction, parts: &[&str]) -> Vec<Interaction> {
    parts.iter().fold(vec![base], |points, part| {
        let words = choices(part);
        let vary =
            |it: &Interaction| words.iter().map(|word| it.with(part, word)).collect::<Vec<_>>();
        points.iter().flat_map(vary).collect()
    })
}

/// As people write it: the name of its preset, or its axes.
impl fmt::Display for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(preset) = self.preset() {
            return f.write_str(preset.name);
        }
        let parts = PARTS.iter().zip(self.words()).map(|(part, word)| [part, ": ", word].concat());
        write!(f, "{{ {} }}", parts.collect::<Vec<_>>().join(", "))
    }
}

/// A choice on one axis, as people write and read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice<T: 'static> {
    /// The word in scenario files and on the page.
    pub name: &'static str,
    /// What it means for the person at the screen, in one sentence.
    pub meaning: &'static str,
    /// The choice.
    pub value: T,
}

/// An axis: a type with a closed table of choices.
pub trait Axis: Copy + PartialEq + 'static {
    /// The axis' name in scenario files.
    const NAME: &'static str;
    /// The question that the axis answers.
    const QUESTION: &'static str;
    /// All choices, in the order in which the page shows them.
    const CHOICES: &'static [Choice<Self>];

    /// The choice with this name.
    fn named(name: &str) -> Option<Self> {
        Self::CHOICES.iter().find(|it| it.name == name).map(|it| it.value)
    }

    /// This choice's row in the table.
    fn choice(self) -> &'static Choice<Self> {
        let row = Self::CHOICES.iter().find(|it| it.value == self);
        row.expect("law: every value of an axis stands in its table of choices")
    }
}
