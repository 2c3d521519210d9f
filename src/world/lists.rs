//! Lists on screens: where their rows come from, and how they get there.

use super::books::End;
use super::input::id32;
use super::plan::NodeKind;
use super::post::Letter;
use super::record::What;
use super::state::{Occurrence, Toward, World};
use super::why::Why;
use crate::base::Span;
use crate::interaction::Read;
use crate::language::expression::Expression;
use crate::language::scenario::{ClientId, Refresh, ScreenItem, ServiceId, TableId};
use crate::language::{Table, Value};
use crate::service::{Content, Envelope, Intent, ListAddress, NodeId, Rows};
use crate::sim::Context;

impl World {
    /// What an item of a screen lists, if it is a list.
    pub(super) fn list_address(&self, client: ClientId, item: usize) -> Option<ListAddress> {
        match &self.plan.scenario.clients[client].screen[item] {
            ScreenItem::List(it) => Some(ListAddress { service: it.service, table: it.table }),
            ScreenItem::Form(_) => None,
        }
    }

    /// Where the rows of a list come from: from its view, or from whoever decides.
    fn source(&self, client: ClientId, item: usize) -> Option<ListAddress> {
        let list = self.list_address(client, item)?;
        let is_primary = self.interaction(client).read == Read::Primary;
        Some(if is_primary { self.plan.authority(list) } else { list })
    }

    pub(super) fn plan_poll(
        &mut self,
        person: usize,
        item: usize,
        every: &Expression,
        context: &mut Context<'_, Self>,
    ) {
        let span = self.value_of(every, None, context.now);
        if let Some(after) = span.and_then(|it| it.as_span()).filter(|it| *it > Span::ZERO) {
            context.after(after, Occurrence::Poll { person, item });
        }
    }

    /// It is time for a list on a screen to ask for its rows.
    pub(super) fn poll(&mut self, person: usize, item: usize, context: &mut Context<'_, Self>) {
        self.ask(person, item, context);
        let plan = self.plan.clone();
        let client = self.people[person].client;
        if let ScreenItem::List(list) = &plan.scenario.clients[client].screen[item]
            && let Refresh::Every(every) = &list.refresh
        {
            self.plan_poll(person, item, every, context);
        }
    }

    /// A list on a screen asks for its rows.
    pub(super) fn ask(&mut self, person: usize, item: usize, context: &mut Context<'_, Self>) {
        let (client, node) = (self.people[person].client, self.people[person].node);
        let Some(list) = self.source(client, item) else { return };
        let envelope = self.envelope(Letter::of(Content::Question(list), node), context);
        let way = (node, list.service);
        self.dispatch(envelope, way, Toward::Question, Span::ZERO, None, context);
    }

    /// A device's question has arrived: for rows, for the fate of an intent, or for a reservation.
    pub(super) fn answer_question(
        &mut self,
        service: NodeId,
        asked: &Envelope,
        context: &mut Context<'_, Self>,
    ) {
        let cause = (asked.id, asked.correlation);
        match (&asked.content, asked.intent) {
            (Content::Question(list), _) => {
                self.send_rows(*list, asked.source, Some(cause), context);
            }
            (Content::Status, Some(intent)) => {
                let decider = &self.services[service];
                let progress = || decider.progress_of(intent.id).map(Content::Progress);
                let verdict = decider.verdict(intent.id).cloned().map(Content::Verdict);
                let content = verdict.or_else(progress).unwrap_or(Content::Answer);
                self.tell(service, content, intent, cause, None, context);
            }
            (Content::Hold(expected), Some(intent)) => {
                // While it is kept for somebody else there is nothing to say.
                if self.services[service].hold(intent, expected, context.now) {
                    self.grant((service, expected.table), intent, cause, context);
                }
            }
            _ => unreachable!("law: devices ask nothing else"),
        }
        self.copy_ends(asked, End::Handled, service, context);
    }

    /// Tells a device that a row is kept for an intent, with the rows as they are.
    pub(super) fn grant(
        &mut self,
        (service, table): (ServiceId, TableId),
        intent: Intent,
        cause: (u64, u64),
        context: &mut Context<'_, Self>,
    ) {
        let rows = self.rows(ListAddress { service, table });
        self.tell(service, Content::Held(rows.into()), intent, cause, None, context);
    }

    fn rows(&self, list: ListAddress) -> Rows {
        let service = &self.services[list.service];
        let authority = self.plan.authority(list).service;
        let version =
            if authority == list.service { service.version } else { service.seen[authority] };
        Rows { list, table: service.table(0, list.table).clone(), version }
    }

    /// Sends the rows of a list to a screen.
    fn send_rows(
        &mut self,
        list: ListAddress,
        device: NodeId,
        cause: Option<(u64, u64)>,
        context: &mut Context<'_, Self>,
    ) {
        let content = Content::Rows(self.rows(list).into());
        let letter = Letter { cause, ..Letter::of(content, list.service) };
        let envelope = self.envelope(letter, context);
        let way = (list.service, device);
        self.dispatch(envelope, way, Toward::Screen(None), Span::ZERO, None, context);
    }

    /// Pushes the rows of the tables that have changed to the screens that show them.
    pub(super) fn push_changes(&mut self, context: &mut Context<'_, Self>) {
        let plan = self.plan.clone();
        for index in 0..self.changed.len() {
            let (list, why) = self.changed[index];
            self.why = why;
            for (person, item) in &plan.watchers[list.service][list.table] {
                let device = &self.people[*person];
                if self.source(device.client, *item) == Some(list) {
                    self.send_rows(list, device.node, None, context);
                }
            }
        }
    }

    /// Rows have come to a screen.
    pub(super) fn take_rows(
        &mut self,
        person: usize,
        rows: &Rows,
        context: &mut Context<'_, Self>,
    ) {
        let client = self.people[person].client;
        let read = self.interaction(client).read;
        let items = self.people[person].lists.iter().map(|it| it.item);
        let items = items.filter(|it| self.source(client, *it) == Some(rows.list)).collect();
        self.show_rows(person, rows, (items, read), context);
    }

    /// Shows rows in some lists of a screen.
    pub(super) fn show_rows(
        &mut self,
        person: usize,
        rows: &Rows,
        (items, read): (Vec<usize>, Read),
        context: &mut Context<'_, Self>,
    ) {
        let Why::Message(message) = self.why else { unreachable!("law: a message brings rows") };
        let client = self.people[person].client;
        for item in items {
            let Some(list) = self.list_address(client, item) else { continue };
            let like = self.services[list.service].table(0, list.table);
            let table = as_columns(&rows.table, like);
            let version = rows.version;
            let (node, shown) =
                (self.people[person].node, What::Shown { message, item: id32(item) });
            self.record(node, shown, context);
            self.with_device(person, context, |it, duty| {
                it.take_rows(item, (table, version), read, duty);
            });
        }
        self.compare_screen(person, context.now);
    }

    /// The person at a node, if there is one.
    pub(super) fn person(&self, node: NodeId) -> Option<usize> {
        match self.plan.nodes[node].kind {
            NodeKind::Person { person, .. } => Some(person),
            _ => None,
        }
    }
}

/// The rows of a table with the columns of another one, by name; what it lacks is null.
fn as_columns(table: &Table, like: &Table) -> Table {
    if table.columns == like.columns {
        return table.clone();
    }
    let places: Vec<Option<usize>> =
        like.columns.iter().map(|name| table.columns.iter().position(|it| it == name)).collect();
    let mut same = Table::new(like.columns.clone(), like.key);
    for row in table.rows() {
        same.put(places.iter().map(|it| it.map_or(Value::Null, |it| row[it].clone())).collect());
    }
    same
}
