//! The screens of people: what a person sees, in the words that the person reads.

use std::sync::Arc;

use super::lens::{self, TruthMark};
use crate::app::Lab;
use crate::app::lab::Selection;
use crate::app::lineage::Lineage;
use crate::base::Time;
use crate::client::{Assertion, Device, ListOnScreen, ShownIntent, Stage};
use crate::interaction::{Guard, Read, Send};
use crate::language::Value;
use crate::language::scenario::{Form, FormField, List, ScreenItem};
use crate::service::ListAddress;

/// A person's screen.
#[derive(Clone, Debug, PartialEq)]
pub struct ScreenView {
    /// The person's name.
    pub name: String,
    /// Is there a network where the device is?
    pub online: bool,
    /// Is the page open on it?
    pub open: bool,
    /// How many wishes it keeps until it can.
    pub kept: usize,
    /// What stands on it, top to bottom.
    pub items: Vec<ItemView>,
}

/// Something on a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemView {
    /// A form.
    Form(FormView),
    /// A list.
    List(ListView),
}

/// A form and what became of what was submitted with it.
#[derive(Clone, Debug, PartialEq)]
pub struct FormView {
    /// Which item of the screen: for [`Input::Submit`](crate::world::Input::Submit).
    pub item: usize,
    /// The words on its button.
    pub label: String,
    /// What can be filled in.
    pub fields: Vec<FieldView>,
    /// It waits for an answer and cannot be used.
    pub frozen: bool,
    /// What was submitted, newest first.
    pub intents: Vec<IntentView>,
}

/// A field that can be filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldView {
    /// Which field of the message.
    pub field: usize,
    /// The words beside it.
    pub label: String,
    /// What can be filled in.
    pub kind: FieldKind,
}

/// What can be filled in.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// A whole number.
    Number {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
        /// What stands there at first.
        default: i64,
    },
    /// A text.
    Text {
        /// What stands there at first.
        default: Arc<str>,
    },
    /// One of some words.
    Choice {
        /// The words.
        options: Vec<Arc<str>>,
    },
}

/// An intent, as its own screen speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntentView {
    /// Names it among all of the run: a key for lists.
    pub id: u64,
    /// When it was formed.
    pub at: Time,
    /// What is wished for ("2 × mug").
    pub wish: String,
    /// What the screen asserts ("Ordered", "Taken back: sold out").
    pub words: String,
    /// How that is meant to look.
    pub tone: Tone,
    /// The person can take it back: with this number, and up to when, if that is limited.
    pub undo: Option<(u64, Option<Time>)>,
    /// The person can ask for it to be dropped, with this number.
    pub cancel: Option<u64>,
    /// How far whoever works on it is, in percent.
    pub percent: Option<u16>,
    /// What the truth lens says.
    pub truth: Option<TruthMark>,
    /// While something is selected: does it have nothing to do with that?
    pub dim: Option<bool>,
}

/// How an assertion is meant to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is said.
    Silent,
    /// Not certain.
    Tentative,
    /// Certain, or claimed to be.
    Good,
    /// Refused.
    Bad,
    /// Taken back.
    Retracted,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListView {
    /// The words above it.
    pub label: String,
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows, as texts.
    pub rows: Vec<Vec<String>>,
    /// Which of the rows have nothing to do with what is selected: nothing, when nothing is.
    pub dim: Vec<bool>,
    /// What the rows are.
    pub keys: Vec<Selection>,
    /// The screen says that this is still catching up.
    pub behind: bool,
    /// Since when the rows stand there, if the screen is to say how old they are.
    pub since: Option<Time>,
    /// What the truth lens says.
    pub truth: TruthMark,
}

/// The screen of a person at the playhead.
pub fn screen(lab: &Lab, person: usize) -> ScreenView {
    let device = &lab.world().people[person];
    let items = &lab.scenario().clients[device.client].screen;
    let items = items.iter().enumerate().map(|(item, it)| match it {
        ScreenItem::Form(form) => ItemView::Form(form_view(lab, person, item, form)),
        ScreenItem::List(list) => ItemView::List(list_view(lab, person, item, list)),
    });
    let kept = device.intents.iter().filter(|it| it.is_kept()).count();
    let (name, items) = (device.name.clone(), items.collect());
    ScreenView { name, online: device.online, open: device.open, kept, items }
}

fn form_view(lab: &Lab, person: usize, item: usize, form: &Form) -> FormView {
    let device = &lab.world().people[person];
    let fields = form.fields.iter().enumerate().filter_map(|(field, it)| field_view(field, it));
    let shown = device.intents.iter().rev().filter(|it| it.form == item);
    FormView {
        item,
        label: form.label.clone(),
        fields: fields.collect(),
        frozen: device.is_frozen(item),
        intents: shown.filter_map(|it| intent_view(lab, (device, form), it)).collect(),
    }
}

fn field_view(field: usize, it: &FormField) -> Option<FieldView> {
    let (label, kind) = match it {
        FormField::IntentId | FormField::Computed(_) => return None,
        FormField::Number { label, min, max, default } => {
            (label, FieldKind::Number { min: *min, max: *max, default: *default })
        }
        FormField::Text { label, default } => (label, FieldKind::Text { default: default.clone() }),
        FormField::Choice { label, options } => {
            (label, FieldKind::Choice { options: options.clone() })
        }
    };
    Some(FieldView { field, label: label.clone(), kind })
}

fn intent_view(
    lab: &Lab,
    (device, form): (&Device, &Form),
    shown: &ShownIntent,
) -> Option<IntentView> {
    let because = |words: &str, reason: &str| {
        if reason.is_empty() { words.to_owned() } else { format!("{words}: {reason}") }
    };
    let (words, tone) = match &shown.assertion {
        Assertion::Nothing => return None,
        Assertion::Waiting => ("Please wait…".to_owned(), Tone::Tentative),
        _ if shown.stage == Stage::Grace => ("Not sent yet".to_owned(), Tone::Tentative),
        Assertion::Received => {
            let late = if shown.late { ". Still working; you may leave" } else { "" };
            (format!("Received as {}{late}", shown.name), Tone::Tentative)
        }
        Assertion::Sending | Assertion::Pending if shown.is_kept() && !device.reaches() => {
            ("Kept here until there is a connection".to_owned(), Tone::Tentative)
        }
        Assertion::Sending => ("Sending…".to_owned(), Tone::Tentative),
        Assertion::Pending if shown.late => {
            ("Pending. Still working; you may leave".to_owned(), Tone::Tentative)
        }
        Assertion::Pending => ("Pending…".to_owned(), Tone::Tentative),
        Assertion::Done => ("Done".to_owned(), Tone::Good),
        Assertion::Accepted => ("Confirmed".to_owned(), Tone::Good),
        Assertion::Refused(reason) => (because("Refused", reason), Tone::Bad),
        Assertion::TakenBack(reason) if shown.interaction.guard == Guard::Accept => {
            (because("We are sorry, we have to take this back", reason), Tone::Retracted)
        }
        Assertion::TakenBack(reason) => (because("Taken back", reason), Tone::Retracted),
        Assertion::NotSent => ("Not sent: no connection".to_owned(), Tone::Bad),
        Assertion::Undone if shown.cancelling => ("Cancelled".to_owned(), Tone::Silent),
        Assertion::Undone => ("Undone".to_owned(), Tone::Silent),
        Assertion::Unknown => ("No answer. It may or may not have worked".to_owned(), Tone::Bad),
    };
    let limit = || (shown.stage == Stage::Grace).then(|| shown.since + Send::GRACE);
    let undo = shown.can_be_undone().then(|| (shown.name.number, limit()));
    let words = match shown.held_until.filter(|_| !shown.assertion.is_over()) {
        Some(until) => format!("{words} Reserved until {until}"),
        None => words,
    };
    let cancel = (form.cancel && shown.can_be_cancelled()).then_some(shown.name.number);
    let open = !shown.assertion.is_over();
    let words = if shown.cancelling && open { format!("{words} To be cancelled") } else { words };
    let percent = shown.progress.filter(|_| open).map(|it| it / 10);
    let words_of = || lab.world().words_of(form, &shown.body, shown.since);
    let wish = words_of().unwrap_or_else(|| wish(form, &shown.body));
    let truth = lens::of_intent(lab, shown);
    let (id, at) = (shown.id, shown.since);
    let dim = lab.lineage().map(|it| !it.has_intent(shown.id));
    Some(IntentView { id, at, wish, words, tone, undo, cancel, percent, truth, dim })
}

/// What is wished for, from the fields that say something: numbers before words, as people speak. Ids, durations, yes
/// or no, and numbers that the device has computed say nothing to a person.
fn wish(form: &Form, body: &[Value]) -> String {
    let says = |field: &FormField, value: &Value| match (field, value) {
        (FormField::IntentId, _) | (_, Value::Duration(_) | Value::Bool(_)) => false,
        (FormField::Computed(it), Value::Int(_) | Value::Float(_)) => it.as_constant().is_some(),
        _ => true,
    };
    let said = form.fields.iter().zip(body).filter(|(field, value)| says(field, value));
    let (numbers, words): (Vec<_>, Vec<_>) =
        said.map(|it| it.1).partition(|it| matches!(it, Value::Int(_) | Value::Float(_)));
    let join =
        |values: &[&Value]| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    match (numbers.is_empty(), words.is_empty()) {
        (true, _) => join(&words),
        (_, true) => join(&numbers),
        _ => format!("{} × {}", join(&numbers), join(&words)),
    }
}

/// A cell as people read it: a fraction to three digits behind the point, a duration to three digits, and of what is so
/// or not so, what it is.
fn cell(value: &Value, column: &str) -> String {
    match value {
        Value::Float(it) => ((it * 1e3).round() / 1e3).to_string(),
        Value::Duration(it) => {
            let digits = it.unsigned_abs().checked_ilog10().unwrap_or(0);
            let unit = 10_i64.pow(digits.saturating_sub(2));
            Value::Duration((it + unit / 2).div_euclid(unit) * unit).to_string()
        }
        Value::Bool(true) => column.to_owned(),
        Value::Bool(false) => ["not ", column].concat(),
        it => it.to_string(),
    }
}

fn list_view(lab: &Lab, person: usize, item: usize, list: &List) -> ListView {
    let device = &lab.world().people[person];
    let shown = device.lists.iter().find(|it| it.item == item);
    let shown: &ListOnScreen = shown.expect("law: every list of a screen is on it");
    let columns: Vec<String> =
        list.columns.iter().map(|it| shown.table.columns[*it].replace('_', " ")).collect();
    let cells = |row: &Arc<[Value]>| {
        let cells = list.columns.iter().zip(&columns);
        cells.map(|(place, column)| cell(&row[*place], column)).collect()
    };
    let rows = shown.table.rows().map(cells).collect();
    let address = ListAddress { service: list.service, table: list.table };
    let key = |row: &Arc<[Value]>| row[shown.table.key].clone();
    let is_dim = |lineage: &Lineage, key: &Value| {
        let is_lit = |it: ListAddress| lineage.has_row(it.service, it.table, key);
        let is_shown = lineage.is_shown(device.node, item);
        !(is_shown && (is_lit(address) || is_lit(lab.plan().authority(address))))
    };
    let dim = lab.lineage().map_or(Vec::new(), |lineage| {
        shown.table.rows().map(|it| is_dim(lineage, &key(it))).collect()
    });
    let (service, table) = (list.service, list.table);
    let select = |it: &Arc<[Value]>| Selection::Row { service, table, key: key(it) };
    let keys = shown.table.rows().map(select).collect();
    let own = device.own_version(lab.plan().authority(address).service);
    let read = lab.world().interaction(device.client).read;
    let behind = read.is_behind(shown.version, own);
    let since = (read == Read::Labelled).then_some(shown.since);
    let truth = lens::of_list(shown);
    let label = list.label.clone();
    ListView { label, columns, rows, dim, keys, behind, since, truth }
}
