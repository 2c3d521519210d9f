//! Two runs beside each other: what the same people see at the same instant here, and in the rival run.
//!
//! It owns the pairing: wishes belong together when they were made with the same form at the same instant, rows when
//! they have the same key.

use super::layout::{DEVICES_MAX, Place};
use super::screen::{IntentView, ItemView, screen};
use super::stage::status;
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
        Difference::Branch(it) => lab.branches().get(it)?.name.clone(),
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

/// Where the run on the stage and its rival differ at this instant, and how.
pub fn differences(lab: &Lab) -> Vec<(Place, String)> {
    let Some(rival) = lab.rival() else { return Vec::new() };
    let services = (0..lab.scenario().services.len()).map(Place::Service);
    let channels = (0..lab.scenario().channels.len()).map(Place::Channel);
    let people = (0..lab.world().people.len().min(DEVICES_MAX)).map(Place::Person);
    let all = people.chain(channels).chain(services);
    all.filter_map(|it| Some((it, difference((lab, rival), it)?))).collect()
}

fn difference((here, there): (&Lab, &Lab), place: Place) -> Option<String> {
    if let Place::Person(person) = place {
        let screen = compared_screen(here, there, person);
        let differing = screen.rows.iter().find(|it| it.differs)?;
        let ComparedRow { what, here, there, .. } = differing;
        return Some(format!("{}: {what}: {here}, beside {there}", screen.name));
    }
    let (a, b) = (status(here, place), status(there, place));
    let tables = match place {
        Place::Service(it) => {
            let [a, b] = [here, there].map(|lab| &lab.world().services[it].tables);
            let definitions = here.scenario().services[it].tables.iter();
            let mut all = definitions.zip(a.iter().zip(b));
            all.find(|(_, (a, b))| a != b).map(|it| it.0.name.clone())
        }
        _ => None,
    };
    let up = |up: bool| if up { "up" } else { "crashed" };
    let words = if a.up != b.up {
        format!("{}, beside {}", up(a.up), up(b.up))
    } else if let Some(table) = tables {
        format!("other rows in {table}")
    } else if a.waiting.count != b.waiting.count {
        format!("{} waiting, beside {}", a.waiting.count, b.waiting.count)
    } else if a.dead != b.dead {
        format!("{} dead letters, beside {}", a.dead, b.dead)
    } else if a.doing != b.doing {
        let say = |it: &str| if it.is_empty() { "idle" } else { it }.to_owned();
        format!("{}, beside {}", say(&a.doing), say(&b.doing))
    } else {
        return None;
    };
    Some([a.name.as_str(), ": ", &words].concat())
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
