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

impl Interaction {
    /// The preset that this combination is known as, if it has a name.
    pub fn preset(&self) -> Option<&'static Preset> {
        PRESETS.iter().find(|it| it.interaction == *self)
    }
}

/// As people write it: the name of its preset, or its axes.
impl fmt::Display for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn choice<A: Axis>(choice: A) -> String {
            [A::NAME, ": ", choice.choice().name].concat()
        }
        if let Some(preset) = self.preset() {
            return f.write_str(preset.name);
        }
        let Self { send, key, claim, learn, read, guard } = *self;
        let axes = [choice(send), choice(claim), choice(learn), choice(read), choice(guard)];
        write!(f, "{{ key: {key}, {} }}", axes.join(", "))
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
