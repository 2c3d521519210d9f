//! Clients: classes of people and what is on their screens.

use super::clock::Clock;
use super::form::Form;
use super::{KnobId, ServiceId, TableId};
use crate::interaction::{Interaction, PARTS, PRESETS};
use crate::language::diagnostic::Place;
use crate::language::expression::Expression;
use crate::language::value::Value;

/// A class of people with the same screen.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its name.
    pub name: String,
    /// The people's names.
    pub people: Vec<String>,
    /// How their intents are handled, unless a form says otherwise.
    pub interaction: InteractionChoice,
    /// How their devices' clocks go wrong, if they do.
    pub clock: Option<Clock>,
    /// What is on the screen, top to bottom.
    pub screen: Vec<ScreenItem>,
    /// What they do when nobody drives their screen.
    pub habits: Vec<Habit>,
    /// Where its definition stands.
    pub place: Place,
}

/// Where an interaction comes from: a whole one, and parts that stand in place of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InteractionChoice {
    /// The whole.
    pub base: Base,
    /// By part, in the order of [`PARTS`]: what stands in its place, if something does.
    pub parts: [Option<Part>; PARTS.len()],
}

/// Where a whole interaction comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Base {
    /// The text says it.
    Fixed(Interaction),
    /// A knob of kind [`KnobKind::Interaction`](super::knob::KnobKind::Interaction) says it.
    Knob(KnobId),
}

/// Where the choice of one part comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// The text says it.
    Word(&'static str),
    /// A knob that holds the word for a choice says it; the one for the key is a switch.
    Knob(KnobId),
}

impl InteractionChoice {
    /// Always this interaction.
    pub const fn fixed(interaction: Interaction) -> Self {
        Self { base: Base::Fixed(interaction), parts: [None; PARTS.len()] }
    }

    /// The knob that says all of it, if one does.
    pub fn whole_knob(&self) -> Option<KnobId> {
        match self.base {
            Base::Knob(knob) if self.parts.iter().all(Option::is_none) => Some(knob),
            _ => None,
        }
    }

    /// Does this knob say something of it?
    pub fn depends_on(&self, knob: KnobId) -> bool {
        self.base == Base::Knob(knob) || self.parts.contains(&Some(Part::Knob(knob)))
    }

    /// What it comes to while the knobs stand like this.
    ///
    /// # Panics
    /// When a knob does not hold what its kind admits.
    pub fn resolve(&self, knobs: &[Value]) -> Interaction {
        let mut interaction = match self.base {
            Base::Fixed(interaction) => interaction,
            Base::Knob(knob) => {
                let name = knobs[knob].to_string();
                let preset = PRESETS.iter().find(|it| it.name == name);
                preset.expect("law: a knob for interactions holds a preset's name").interaction
            }
        };
        for (name, part) in PARTS.iter().zip(self.parts) {
            match part {
                None => {}
                Some(Part::Word(word)) => interaction = interaction.with(name, word),
                Some(Part::Knob(knob)) => {
                    interaction = interaction.with(name, &knobs[knob].to_string());
                }
            }
        }
        interaction
    }
}

/// Something on a screen.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "a screen has a few items, made once")]
pub enum ScreenItem {
    /// Something to fill in and send.
    Form(Box<Form>),
    /// The rows of a view.
    List(List),
}

/// A list: the rows of a service's table, shown on the screen.
#[derive(Clone, Debug)]
pub struct List {
    /// The words above it.
    pub label: String,
    /// Whose table.
    pub service: ServiceId,
    /// Which table.
    pub table: TableId,
    /// The columns to show.
    pub columns: Vec<usize>,
    /// How the screen gets the rows.
    pub refresh: Refresh,
}

/// How a list on a screen gets its rows.
#[derive(Clone, Debug)]
pub enum Refresh {
    /// The service pushes them after every change.
    Push,
    /// The device asks for them again and again, at this interval.
    Every(Expression),
}

/// Something that simulated people do now and then.
#[derive(Clone, Debug)]
pub struct Habit {
    /// When they do it first, counted from the start; without it, after the first `every`.
    pub at: Option<Expression>,
    /// The time from one to the next; without it, they do it at one instant and never again.
    pub every: Option<Expression>,
    /// How many times at the same instant; once without it.
    pub times: Option<Expression>,
    /// From when on they do it no more.
    pub until: Option<Expression>,
    /// Which item of the screen: a [`ScreenItem::Form`].
    pub form: usize,
    /// What they fill in, by field: the others keep their default. May draw from chance.
    pub with: Vec<(usize, Expression)>,
}
