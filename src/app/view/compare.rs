//! Two runs beside each other: what the same people see at the same instant here, and in the rival run.
//!
//! It owns the pairing: wishes belong together when they were made with the same form at the same instant, rows when
//! they have the same key.

use super::layout::DEVICES_MAX;
use super::screen::{IntentView, ItemView, screen};
use crate::app::{Difference, Lab};
use crate::base::Time;
use crate::client::ListOnScreen;
use crate::interaction::Interaction;
use crate::language::Value;
use crate::language::scenario::ScreenItem;

/// Wishes of a form that are compared at most: the latest.
const WISHES_MAX: usize = 4;
/// Rows of a list that are compared at most: those that differ come first.
const ROWS_MAX: usize = 6;
/// What stands where there is nothing.
const NOTHING: &str = "–";

/// A person's two screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedScreen {
    /// Whose.
    pub name: String,
    /// What stands on them.
    pub rows: Vec<ComparedRow>,
}

/// Something that both screens could show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// What it is.
    pub what: String,
    /// What the screen here says of it.
    pub here: String,
    /// What the other one says.
    pub there: String,
    /// Do they differ?
    pub differs: bool,
}

impl ComparedRow {
    fn new(what: String, here: String, there: String) -> Self {
        let differs = here != there;
        Self { what, here, there, differs }
    }
}

/// What the rival run is called: by what is different in it.
pub fn rival_name(lab: &Lab) -> Option<String> {
    Some(match lab.difference()? {
        Difference::Interaction(it) => interaction_name(it).to_owned(),
        Difference::Variant(it) => lab.scenario().variants[it].name.clone(),
    })
}

fn interaction_name(it: Interaction) -> &'static str {
    it.preset().map_or("A nameless mix", |it| it.label)
}

/// The screens of the people who stand on the stage, here and in the rival run.
pub fn compared_screens(lab: &Lab) -> Vec<ComparedScreen> {
    let Some(rival) = lab.rival() else { return Vec::new() };
    let people = lab.world().people.len().min(DEVICES_MAX);
    (0..people).map(|it| compared_screen(lab, rival, it)).collect()
}

fn compared_screen(lab: &Lab, rival: &Lab, person: usize) -> ComparedScreen {
    let (here, there) = (screen(lab, person), screen(rival, person));
    let mut rows = Vec::new();
    for (item, pair) in here.items.iter().zip(&there.items).enumerate() {
        match pair {
            (ItemView::Form(a), ItemView::Form(b)) => wishes(&a.intents, &b.intents, &mut rows),
            _ => cells((lab, rival), person, item, &mut rows),
        }
    }
    ComparedScreen { name: here.name, rows }
}

/// The latest wishes of a form, newest first.
fn wishes(here: &[IntentView], there: &[IntentView], rows: &mut Vec<ComparedRow>) {
    let said = |all: &[IntentView], at: Time| {
        let found = all.iter().find(|it| it.at == at);
        found.map_or_else(|| NOTHING.to_owned(), |it| it.words.clone())
    };
    let mut all: Vec<&IntentView> = here.iter().chain(there).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.at));
    all.dedup_by_key(|it| it.at);
    for it in all.into_iter().take(WISHES_MAX) {
        rows.push(ComparedRow::new(it.wish.clone(), said(here, it.at), said(there, it.at)));
    }
}

/// The rows of a list: those that differ first.
fn cells((here, there): (&Lab, &Lab), person: usize, item: usize, rows: &mut Vec<ComparedRow>) {
    let list = |lab: &Lab| -> ListOnScreen {
        let lists = &lab.world().people[person].lists;
        let found = lists.iter().find(|it| it.item == item).cloned();
        found.expect("law: every list of a screen is on it")
    };
    let client = here.world().people[person].client;
    let ScreenItem::List(shown) = &here.scenario().clients[client].screen[item] else { return };
    let (here, there) = (list(here).table, list(there).table);
    let keys = there.rows().map(|it| &it[there.key]).filter(|it| here.get(it).is_none());
    let keys: Vec<&Value> = here.rows().map(|it| &it[here.key]).chain(keys).collect();
    let words = |table: &crate::language::Table, key: &Value| {
        let Some(row) = table.get(key) else { return NOTHING.to_owned() };
        let rest = shown.columns.iter().skip(1).map(|it| row[*it].to_string());
        let rest: Vec<String> = rest.collect();
        if rest.is_empty() { "is there".to_owned() } else { rest.join(" · ") }
    };
    let row = |key: &Value| {
        let cells = here.get(key).or_else(|| there.get(key));
        let first = shown.columns.first().zip(cells).map(|(it, row)| row[*it].to_string());
        let what = [shown.label.as_str(), ": ", &first.unwrap_or_default()].concat();
        ComparedRow::new(what, words(&here, key), words(&there, key))
    };
    let (differing, same): (Vec<_>, Vec<_>) = keys.into_iter().map(row).partition(|it| it.differs);
    rows.extend(differing.into_iter().chain(same).take(ROWS_MAX));
}
