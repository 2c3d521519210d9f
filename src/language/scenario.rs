//! A compiled scenario: what the checker hands to the machine that runs it.
//!
//! Names have become indices, handlers flat lists of instructions, expressions trees. Everything in here has
//! been checked: indices are valid, types fit, jumps land inside their handler. It is immutable and shared.

use std::sync::Arc;

use super::diagnostic::Place;
use super::expression::Expression;
use super::value::Value;
use crate::base::Span;
use crate::interaction::{Interaction, PRESETS};

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
    /// What must hold.
    pub invariants: Vec<Invariant>,
}

/// A value that a person can turn while the scenario runs.
#[derive(Clone, Debug)]
pub struct Knob {
    /// Its name in expressions, links and on the command line.
    pub name: String,
    /// Its name on the page.
    pub label: String,
    /// What it can hold, and between which bounds.
    pub kind: KnobKind,
    /// What it holds at first.
    pub default: Value,
    /// True when only the first rows of tables depend on it, so that turning it changes nothing before the next start.
    pub at_start_only: bool,
}

/// What a knob can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum KnobKind {
    /// A switch.
    Bool,
    /// A whole number between two bounds, both included.
    Int {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A number between two bounds, both included. Shares (of loss, say) run from 0 to 1.
    Float {
        /// The smallest.
        min: f64,
        /// The largest.
        max: f64,
    },
    /// A length of time between two bounds, both included, in microseconds.
    Duration {
        /// The shortest.
        min: i64,
        /// The longest.
        max: i64,
    },
    /// One of some words.
    Choice {
        /// The words.
        options: Vec<String>,
    },
    /// The name of a preset of the interaction space; the value is a text.
    Interaction,
}

impl KnobKind {
    /// Can a knob of this kind hold this value?
    pub fn admits(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Bool, Value::Bool(_)) => true,
            (Self::Int { min, max }, Value::Int(it))
            | (Self::Duration { min, max }, Value::Duration(it)) => min <= it && it <= max,
            (Self::Float { min, max }, Value::Float(it)) => min <= it && it <= max,
            (Self::Choice { options }, Value::Text(it)) => {
                options.iter().any(|option| **option == **it)
            }
            (Self::Interaction, Value::Text(it)) => {
                PRESETS.iter().any(|preset| *preset.name == **it)
            }
            _ => false,
        }
    }

    /// What a knob of this kind can hold, in words.
    pub fn expectation(&self) -> String {
        let micros = |it: &i64| Value::Duration(*it).to_string();
        match self {
            Self::Bool => "true or false".to_owned(),
            Self::Int { min, max } => format!("a whole number from {min} to {max}"),
            Self::Float { min, max } => format!("a number from {min} to {max}"),
            Self::Duration { min, max } => {
                format!("a duration from {} to {}", micros(min), micros(max))
            }
            Self::Choice { options } => format!("one of {}", options.join(", ")),
            Self::Interaction => {
                let names: Vec<&str> = PRESETS.iter().map(|it| it.name).collect();
                format!("one of {}", names.join(", "))
            }
        }
    }
}

/// A kind of message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: MessageKind,
    /// What its body holds, in order.
    pub fields: Vec<Field>,
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// Asks one receiver to act.
    Command,
    /// Announces a fact to whoever listens.
    Event,
    /// Asks one receiver for an answer.
    Query,
    /// An answer.
    Reply,
    /// Data that is sent around.
    Document,
}

/// A field of a message.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a field of a message or a cell of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text that identifies something; forms fill it in by themselves.
    Id,
    /// A text.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// True or false.
    Bool,
    /// A length of time.
    Duration,
}

/// A way for messages to go.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// How it treats messages, and where it lives.
    pub kind: ChannelKind,
    /// Travel time to its readers, in addition to the network's.
    pub delay: Option<Expression>,
    /// How often a message is handed to a reader before it becomes a dead letter.
    pub attempts: u32,
    /// How long the broker waits before it sends a message again that got lost or failed.
    pub redelivery_delay: Span,
    /// How many messages the broker hands to one reader before the first is acknowledged; `None` is no limit.
    pub prefetch: Option<u32>,
    /// The services that read it.
    pub readers: Vec<ServiceId>,
    /// Where its definition stands.
    pub place: Place,
}

/// How a channel treats messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// Each message goes to one reader. Lives on the broker with this index in [`Scenario::brokers`].
    Queue {
        /// Where it lives.
        broker: usize,
    },
    /// Each reader gets a copy of each message that it handles. Lives on a broker.
    Topic {
        /// Where it lives.
        broker: usize,
    },
    /// From node to node, with nothing in between: what gets lost is lost, what cannot be delivered as well.
    Direct,
}

/// Somebody who handles messages.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// What it is for; decides colour and place on the stage.
    pub role: Role,
    /// How many messages it handles at the same time.
    pub workers: u32,
    /// The tables, in order.
    pub tables: Vec<TableSchema>,
    /// The handlers: at most one for each message.
    pub handlers: Vec<Handler>,
    /// Where its definition stands.
    pub place: Place,
}

impl Service {
    /// The handler for this message.
    pub fn handler(&self, message: MessageId) -> Option<usize> {
        self.handlers.iter().position(|it| it.message == message)
    }
}

/// What a service is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Decides.
    Service,
    /// Keeps a read model.
    View,
    /// Stands between people and services.
    Gateway,
    /// Keeps data for others.
    Database,
    /// Belongs to somebody else.
    External,
    /// Coordinates a process.
    Process,
}

/// The shape of a table and its first rows.
#[derive(Clone, Debug)]
pub struct TableSchema {
    /// Its name.
    pub name: String,
    /// The columns, the key among them.
    pub columns: Vec<Arc<str>>,
    /// Which column is the key.
    pub key: usize,
    /// The first rows: a cell for each column (`Value::Null` literal where nothing was said). May use knobs.
    pub rows: Vec<Vec<Expression>>,
    /// The table whose truth this one repeats.
    pub mirrors: Option<(ServiceId, TableId)>,
}

/// What a service does with a message.
#[derive(Clone, Debug)]
pub struct Handler {
    /// The message.
    pub message: MessageId,
    /// The steps, flattened. Running past the end means done.
    pub code: Vec<Instruction>,
    /// How many local variables the code uses at most.
    pub locals: usize,
    /// Does it contain a `decide`? Then the service is the authority for this message.
    pub decides: bool,
}

/// One step of a handler, and where it stands in the text.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// What to do.
    pub step: Step,
    /// Where it stands in the text.
    pub place: Place,
}

/// What one instruction does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Keeps the worker busy for a duration.
    Work(Expression),
    /// Keeps a value under a name; `slot` indexes the handler's locals.
    Let {
        /// Where to keep it.
        slot: usize,
        /// What to keep.
        value: Expression,
    },
    /// Goes on at `target` when the condition does not hold.
    JumpUnless {
        /// A bool.
        condition: Expression,
        /// Index into the handler's code; may equal its length.
        target: usize,
    },
    /// Goes on at `target`.
    Jump {
        /// Index into the handler's code; may equal its length.
        target: usize,
    },
    /// Changes a row.
    Write {
        /// How.
        how: Write,
        /// Which of the service's own tables.
        table: TableId,
        /// The row's key.
        key: Expression,
        /// The cells to set, by column; in them `row` is the row as it was (not for inserts).
        set: Vec<(usize, Expression)>,
    },
    /// Takes a row away; nothing happens when there is none.
    Delete {
        /// Which of the service's own tables.
        table: TableId,
        /// The row's key.
        key: Expression,
    },
    /// Sends a message on a channel (`publish` to a topic, `send` to a queue or a direct channel) and goes on at once.
    Send(Posting),
    /// Sends a message and keeps the worker until the answer is there. No answer in time: the handler fails.
    Call {
        /// What is asked, and where.
        posting: Posting,
        /// How long to wait.
        timeout: Expression,
        /// The local that takes the answer (a [`Value::Row`] with the reply's fields), if wanted.
        slot: Option<usize>,
    },
    /// Answers the message that is being handled.
    Reply {
        /// The reply's kind; `None` is an answer without a body.
        message: Option<MessageId>,
        /// Its fields, in order.
        body: Vec<Expression>,
    },
    /// The authority's verdict on the intent that the message carries.
    Decide {
        /// Yes or no.
        accepted: bool,
        /// Why, in words for the person at the screen.
        reason: Option<Expression>,
    },
    /// Sends a message to one's later self. It survives a crash.
    After {
        /// When.
        delay: Expression,
        /// What.
        message: MessageId,
        /// Its fields, in order.
        body: Vec<Expression>,
    },
}

/// How a row is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// It must not be there yet.
    Insert,
    /// It must be there already.
    Update,
    /// Either way; cells that are not set keep their value, or are null in a new row.
    Upsert,
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Posting {
    /// Its kind.
    pub message: MessageId,
    /// The way it goes.
    pub channel: ChannelId,
    /// Its fields, in order; fields that were not given are null.
    pub body: Vec<Expression>,
}

/// A class of people with the same screen.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its name.
    pub name: String,
    /// The people's names.
    pub people: Vec<String>,
    /// How their intents are handled, unless a form says otherwise.
    pub interaction: InteractionChoice,
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
    /// A knob of kind [`KnobKind::Interaction`] says it.
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

/// A form: a message that a person can send.
#[derive(Clone, Debug)]
pub struct Form {
    /// The message.
    pub message: MessageId,
    /// The words on its button.
    pub label: String,
    /// The way it goes.
    pub channel: ChannelId,
    /// What is filled in, for each field of the message, in order.
    pub fields: Vec<FormField>,
    /// How the outcome can be recognized.
    pub outcome: Option<Outcome>,
    /// Overrides the class' choice.
    pub interaction: Option<InteractionChoice>,
}

/// What a form puts into a field.
#[derive(Clone, Debug)]
pub enum FormField {
    /// The intent's own id, made by the device.
    IntentId,
    /// Always the same.
    Fixed(Value),
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
    /// The device asks for them again and again, this long after each answer.
    Every(Expression),
}

/// Something that simulated people do now and then.
#[derive(Clone, Debug)]
pub struct Habit {
    /// The time from one to the next.
    pub every: Expression,
    /// Which item of the screen: a [`ScreenItem::Form`].
    pub form: usize,
    /// What they fill in, by field: the others keep their default. May draw from chance.
    pub with: Vec<(usize, Expression)>,
}

/// The links between the nodes.
#[derive(Clone, Debug)]
pub struct Network {
    /// How every link behaves that no rule names.
    pub all: LinkRule,
    /// Rules for some links; the first that fits decides, for each property by itself.
    pub rules: Vec<(LinkPattern, LinkRule)>,
}

/// What a link does to messages. `None` is "no word about it".
#[derive(Clone, Debug, Default)]
pub struct LinkRule {
    /// Travel time.
    pub delay: Option<Expression>,
    /// Share of messages that get lost, 0 to 1.
    pub loss: Option<Expression>,
}

/// Which links a rule is about: those from and to the nodes with these names. A client's name means all its
/// people. `None` is every node.
#[derive(Clone, Debug, Default)]
pub struct LinkPattern {
    /// Where messages come from.
    pub from: Option<String>,
    /// Where they go.
    pub to: Option<String>,
}

/// A sentence that must be true.
#[derive(Clone, Debug)]
pub struct Invariant {
    /// The sentence.
    pub name: String,
    /// When it must hold.
    pub kind: InvariantKind,
    /// A bool over the tables of all services.
    pub expression: Expression,
    /// The services whose tables it reads.
    pub reads: Vec<ServiceId>,
    /// Where it stands.
    pub place: Place,
}

/// When an invariant must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvariantKind {
    /// After every occurrence.
    Always,
    /// Whenever nothing is under way any more.
    Eventually,
}
