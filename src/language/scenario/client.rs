//! Clients: classes of people and what is on their screens.

use super::clock::Clock;
use super::form::Form;
use super::{KnobId, ServiceId, TableId};
use crate::interaction::Interaction;
use crate::language::diagnostic::Place;
use crate::language::expression::Expression;

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

/// Where the choice of an interaction comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InteractionChoice {
    /// The text says it.
    Fixed(Interaction),
    /// A knob of kind [`KnobKind::Interaction`](super::knob::KnobKind::Interaction) says it.
    Knob(KnobId),
}

/// Something on a screen.
#[derive(Clone, Debug)]
pub enum ScreenItem {
    /// Something to fill in and send.
    Form(Form),
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
