//! A compiled scenario: what the checker hands to the machine that runs it.
//!
//! Names have become indices, handlers flat lists of instructions, expressions trees. Everything in here has
//! been checked: indices are valid, types fit, jumps land inside their handler. It is immutable and shared.

mod call;
mod channel;
mod client;
mod clock;
mod fault;
mod form;
mod invariant;
mod knob;
mod message;
mod network;
mod service;
mod spot;
mod step;

pub use call::{BreakerRule, Call, Calls, Elements, JITTERS, Retry};
pub use channel::{Binding, Channel, ChannelKind, LogOptions, MessageField, WhenFull};
pub use client::{Base, Client, Habit, InteractionChoice, List, Part, Refresh, ScreenItem};
pub use clock::Clock;
pub use fault::{Burst, Fault, Harm, Mishap, Occasion};
pub use form::{About, Form, FormField, Outcome, OutcomeKey};
pub use invariant::{Invariant, InvariantKind};
pub use knob::{Knob, KnobKind, Variant};
pub use message::{BUILT_IN_MESSAGES, Field, FieldKind, Message, MessageKind};
pub use network::{LinkPattern, LinkRule, Network};
pub use service::{Handler, Order, Role, Service, Shed, TableSchema};
pub use spot::{Movable, Spot};
pub use step::{Awaited, Instruction, Posting, Step, Write};

use std::sync::Arc;

use super::expression::ServiceShape;

/// Index into [`Scenario::knobs`].
pub type KnobId = usize;
/// Index into [`Scenario::messages`].
pub type MessageId = usize;
/// Index into [`Scenario::channels`].
pub type ChannelId = usize;
/// Index into [`Scenario::services`].
pub type ServiceId = usize;
/// Index into [`Scenario::clients`].
pub type ClientId = usize;
/// Index into [`Service::tables`].
pub type TableId = usize;

/// A scenario, ready to run.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The text that it was compiled from, unchanged.
    pub source: Arc<str>,
    /// Its title.
    pub title: String,
    /// One sentence: what to see.
    pub summary: String,
    /// What a host says, one step after the other (plain text, may be empty).
    pub lesson: Vec<String>,
    /// What can be turned while it runs.
    pub knobs: Vec<Knob>,
    /// Named sets of values for the knobs.
    pub variants: Vec<Variant>,
    /// What travels.
    pub messages: Vec<Message>,
    /// Where it travels.
    pub channels: Vec<Channel>,
    /// The names of the brokers that the channels live on, without repetition.
    pub brokers: Vec<String>,
    /// Who handles it.
    pub services: Vec<Service>,
    /// The classes of people and what is on their screens.
    pub clients: Vec<Client>,
    /// The links between the nodes.
    pub network: Network,
    /// What goes wrong.
    pub faults: Vec<Fault>,
    /// What must hold.
    pub invariants: Vec<Invariant>,
    /// What stands where on the stage, as far as the text says so.
    pub stage: Vec<(Movable, Spot)>,
    /// What the names of services and tables mean in expressions that are asked later.
    pub(crate) shapes: Vec<ServiceShape>,
}

impl Scenario {
    /// What a handler of a service is called: as its message, or `start`.
    pub fn handler_name(&self, service: ServiceId, handler: usize) -> &str {
        let message = self.services[service].handlers[handler].message;
        message.map_or("start", |it| &self.messages[it].name)
    }

    /// Does turning this knob change how somebody's intents are handled?
    pub fn chooses_interactions(&self, knob: KnobId) -> bool {
        self.clients.iter().any(|class| {
            let own = class.screen.iter().filter_map(|it| match it {
                ScreenItem::Form(form) => form.interaction.as_ref(),
                ScreenItem::List(_) => None,
            });
            own.chain([&class.interaction]).any(|it| it.depends_on(knob))
        })
    }
}
