//! What a person's wish rests on: the row that it is about, as the screen shows it; and asking who decides.

use std::sync::Arc;

use super::input::id32;
use super::post::Letter;
use super::record::What;
use super::state::{Toward, World};
use crate::base::{Span, Time};
use crate::client::ListOnScreen;
use crate::interaction::{Guard, Learn, Read};
use crate::language::Value;
use crate::language::expression::Scope;
use crate::language::scenario::{About, Form, MessageId, ScreenItem};
use crate::service::{Content, Expected, Intent, NodeId, Rows};
use crate::sim::Context;

impl World {
    fn list_about(&self, person: usize, about: &About) -> Option<&ListOnScreen> {
        self.people[person].lists.iter().find(|it| it.item == about.list)
    }

    /// What a person sees of the row that a wish is about.
    pub(super) fn expected(
        &self,
        person: usize,
        form: &Form,
        body: &[Value],
        guard: Guard,
    ) -> Option<Arc<Expected>> {
        let about = form.about.as_ref()?;
        let list = self.list_about(person, about)?;
        let address = self.list_address(self.people[person].client, about.list)?;
        let authority = self.plan.authority(address);
        let table = self.services[authority.service].table(0, authority.table);
        let key = body[about.field].clone();
        let seen = list.table.get(&key);
        // Of columns that the screen does not show, the person has seen nothing.
        let client = self.people[person].client;
        let ScreenItem::List(shown) = &self.plan.scenario.clients[client].screen[about.list] else {
            return None;
        };
        let is_shown = |it: &usize| *it == list.table.key || shown.columns.contains(it);
        let column =
            |name: &str| list.table.columns.iter().position(|it| &**it == name).filter(is_shown);
        let shown = table.columns.iter().enumerate();
        let shown = shown.filter_map(|(place, name)| Some((place, seen?[column(name)?].clone())));
        let cells: Vec<(usize, Value)> = shown.collect();
        let fields = self.plan.scenario.messages[form.message].fields.iter().enumerate();
        let named = fields.filter_map(|(field, it)| {
            let place = table.columns.iter().position(|name| **name == *it.name)?;
            (place != table.key && column(&it.name).is_some()).then_some((field, place))
        });
        let named: Vec<(usize, usize)> = named.collect();
        let is_same = |it: &&(usize, usize)| cells.contains(&(it.1, body[it.0].clone()));
        let unchanged = named.iter().filter(is_same).copied().collect();
        let (service, table) = (authority.service, authority.table);
        Some(Arc::new(Expected { service, table, key, guard, cells, named, unchanged }))
    }

    /// Is the row that a wish is about out of date on the screen? Without such a row: is any list?
    pub(super) fn is_out_of_date(&self, person: usize, expected: Option<&Expected>) -> bool {
        let Some(expected) = expected else {
            return self.people[person].lists.iter().any(ListOnScreen::is_stale);
        };
        let row = self.services[expected.service].table(0, expected.table).get(&expected.key);
        match row {
            Some(row) => {
                expected.cells.is_empty() || expected.cells.iter().any(|it| row[it.0] != it.1)
            }
            None => !expected.cells.is_empty(),
        }
    }

    /// A handler that decides has made its first change for an intent. Of a form's own message that is the wish itself;
    /// others, which follow from it, may be many.
    pub(super) fn applied(&mut self, intent: u64, message: MessageId) {
        let plan = self.plan.clone();
        self.truths.lived(intent, |it| {
            let form = plan.form(it.client, it.form);
            it.applied += u32::from(form.is_some_and(|it| it.message == message));
        });
    }

    /// What a form calls a wish, if it says so itself.
    pub fn words_of(&self, form: &Form, body: &[Value], at: Time) -> Option<String> {
        let (now, knobs, locals, row, chance) = (at, &self.knobs, &[], &[], None);
        let scope = &mut Scope { now, knobs, message: body, locals, row, tables: self, chance };
        Some(form.words.as_ref()?.evaluate(scope).ok()?.to_string())
    }

    /// Why a wish cannot work, by what the screen shows.
    pub(super) fn objection(
        &self,
        person: usize,
        form: &Form,
        body: &[Value],
        now: Time,
    ) -> Option<Arc<str>> {
        let about = form.about.as_ref()?;
        let (needs, list) = (about.needs.as_ref()?, self.list_about(person, about)?);
        let row = list.table.get(&body[about.field]);
        let value = row.and_then(|row| {
            let (message, locals, chance) = (body, &[], None);
            let knobs = &self.knobs;
            let scope = &mut Scope { now, knobs, message, locals, row, tables: self, chance };
            needs.evaluate(scope).ok()
        });
        (value != Some(Value::Bool(true))).then(|| "by what this list shows".into())
    }

    /// A device asks whoever decides on a form's intents what has become of one.
    pub(super) fn ask_status(
        &mut self,
        person: usize,
        intent: Intent,
        context: &mut Context<'_, Self>,
    ) {
        let Some(truth) = self.truths.get(intent.id) else { return };
        let (client, form) = (truth.experience.client, truth.experience.form);
        if let Some(service) = self.plan.decider(client, form) {
            self.question(person, service, (Content::Status, intent), context);
        }
    }

    /// A device asks something about an intent.
    pub(super) fn question(
        &mut self,
        person: usize,
        service: NodeId,
        (content, intent): (Content, Intent),
        context: &mut Context<'_, Self>,
    ) {
        let node = self.people[person].node;
        let letter = Letter { intent: Some(intent), ..Letter::of(content, node) };
        let envelope = self.envelope(letter, context);
        let way = (node, service);
        self.dispatch(envelope, way, Toward::Question, Span::ZERO, None, context);
    }

    /// A row is kept for an intent: its screen shows the fresh rows, and the wish goes on.
    pub(super) fn take_hold(
        &mut self,
        person: usize,
        (intent, rows): (u64, &Rows),
        context: &mut Context<'_, Self>,
    ) {
        let Some(shown) = self.people[person].intents.iter().find(|it| it.id == intent) else {
            return;
        };
        let item = shown.form;
        let plan = self.plan.clone();
        let form = plan.form(self.people[person].client, item);
        if let Some(about) = form.and_then(|it| it.about.as_ref()) {
            self.show_rows(person, rows, (vec![about.list], Read::Any), context);
        }
        // The person decides anew, on fresh rows.
        self.truths.lived(intent, |it| it.was_stale = false);
        self.with_device(person, context, |it, duty| it.take_hold(intent, duty));
    }

    /// Sends a person a mail about an intent.
    pub(super) fn mail(
        &mut self,
        from: NodeId,
        content: Content,
        intent: Intent,
        context: &mut Context<'_, Self>,
    ) {
        let letter = Letter { intent: Some(intent), ..Letter::of(content, from) };
        let envelope = self.envelope(letter, context);
        let what = What::Mailed {
            message: envelope.id,
            name: id32(envelope.content.name_index(self.plan.scenario.messages.len())),
            to: id32(intent.device),
            arrives: context.now + Learn::MAIL,
        };
        self.record(from, what, context);
        self.carry((envelope, intent.device), Learn::MAIL, Toward::Mail, context);
    }
}
