//! Forms: what a person can fill in and send.

use std::sync::Arc;

use super::client::InteractionChoice;
use super::{ChannelId, MessageId};
use crate::language::expression::Expression;

/// A form: a message that a person can send.
#[derive(Clone, Debug)]
pub struct Form {
    /// The message.
    pub message: MessageId,
    /// The words on its button.
    pub label: String,
    /// What the screen calls a wish, over `msg`, if the text says so.
    pub words: Option<Expression>,
    /// The way it goes.
    pub channel: ChannelId,
    /// By what a topic routes it.
    pub route: Option<Arc<str>>,
    /// What is filled in, for each field of the message, in order.
    pub fields: Vec<FormField>,
    /// How the outcome can be recognized.
    pub outcome: Option<Outcome>,
    /// Overrides the class' choice.
    pub interaction: Option<InteractionChoice>,
    /// Which row on the screen a decision rests on.
    pub about: Option<About>,
    /// Can the person ask for what is under way to be dropped?
    pub cancel: bool,
}

/// What an intent is about: a row of a list on the same screen.
#[derive(Clone, Debug)]
pub struct About {
    /// Which item of the screen: a list.
    pub list: usize,
    /// The message's field that holds the row's key.
    pub field: usize,
    /// What must hold so that it can work: over `row` and `msg`.
    pub needs: Option<Expression>,
}

/// What a form puts into a field.
#[derive(Clone, Debug)]
pub enum FormField {
    /// The intent's own id, made by the device.
    IntentId,
    /// The device fills it in, when the form is submitted: a literal, or an expression over knobs and `now`.
    Computed(Expression),
    /// A whole number that the person chooses.
    Number {
        /// The words beside it.
        label: String,
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
        /// What stands there at first.
        default: i64,
    },
    /// A text that the person writes.
    Text {
        /// The words beside it.
        label: String,
        /// What stands there at first.
        default: Arc<str>,
    },
    /// One of some words that the person chooses.
    Choice {
        /// The words beside it.
        label: String,
        /// What can be chosen; the first stands there at first.
        options: Vec<Arc<str>>,
    },
}

/// Which events tell what became of an intent.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Tells that it was accepted.
    pub accepted: Option<MessageId>,
    /// Tells that it was refused.
    pub refused: Option<MessageId>,
    /// The field that says which intent: its index in the form's message, in `accepted`, in `refused`.
    pub by: OutcomeKey,
    /// The field of `refused` named `reason`, if it has one.
    pub reason: Option<usize>,
}

/// The same field in three messages.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeKey {
    /// In the form's message.
    pub form: usize,
    /// In the event that tells acceptance.
    pub accepted: usize,
    /// In the event that tells refusal.
    pub refused: usize,
}
