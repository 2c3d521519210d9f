//! News for screens: receipts, verdicts, outcomes and rows, and what arrives there.

use super::books::End;
use super::plan::NodeKind;
use super::post::Letter;
use super::state::{Toward, World};
use crate::base::Span;
use crate::client::News;
use crate::language::Value;
use crate::language::scenario::ChannelId;
use crate::service::{Content, Envelope, Intent, ListAddress, NodeId, Rows};
use crate::sim::Context;

impl World {
    /// Confirms to a device that its message has been taken in at this node, if the device wants to know.
    pub(super) fn confirm(
        &mut self,
        envelope: &Envelope,
        node: NodeId,
        channel: Option<ChannelId>,
        context: &mut Context<'_, Self>,
    ) {
        let Some(intent) = envelope.intent.filter(|it| it.receipt && it.device == envelope.source)
        else {
            return;
        };
        let cause = (envelope.id, envelope.correlation);
        self.tell(node, Content::Receipt, intent, cause, channel, context);
    }

    /// Sends something to the screen on which an intent was formed.
    pub(super) fn tell(
        &mut self,
        from: NodeId,
        content: Content,
        intent: Intent,
        cause: (u64, u64),
        channel: Option<ChannelId>,
        context: &mut Context<'_, Self>,
    ) {
        let letter =
            Letter { cause: Some(cause), intent: Some(intent), ..Letter::of(content, from) };
        let envelope = self.envelope(letter, context.now);
        self.dispatch(
            envelope,
            (from, intent.device),
            Toward::Screen(channel),
            Span::ZERO,
            None,
            context,
        );
    }

    /// Sends the rows of a list to a screen.
    pub(super) fn send_rows(
        &mut self,
        list: ListAddress,
        device: NodeId,
        cause: Option<(u64, u64)>,
        context: &mut Context<'_, Self>,
    ) {
        let service = &self.services[list.service];
        let authority = self.plan.authority(list).service;
        let version =
            if authority == list.service { service.version } else { service.seen[authority] };
        let rows = Rows { list, table: service.table(0, list.table).clone(), version };
        let content = Content::Rows(rows.into());
        let letter = Letter { cause, ..Letter::of(content, list.service) };
        let envelope = self.envelope(letter, context.now);
        self.dispatch(
            envelope,
            (list.service, device),
            Toward::Screen(None),
            Span::ZERO,
            None,
            context,
        );
    }

    /// A screen's question has arrived at the service that has the rows.
    pub(super) fn answer_question(
        &mut self,
        service: NodeId,
        asked: &Envelope,
        context: &mut Context<'_, Self>,
    ) {
        let Content::Question(list) = asked.content else { return };
        self.send_rows(list, asked.source, Some((asked.id, asked.correlation)), context);
        self.copy_ends(asked, End::Handled, service, context);
    }

    /// Something arrives at a screen.
    pub(super) fn show(
        &mut self,
        node: NodeId,
        envelope: &Envelope,
        context: &mut Context<'_, Self>,
    ) {
        self.copy_ends(envelope, End::Handled, node, context);
        let NodeKind::Person { person, client } = self.plan.nodes[node].kind else { return };
        match &envelope.content {
            Content::Rows(rows) => {
                let read = self.interaction(client).read;
                self.with_device(person, context, |it, duty| it.take_rows(rows, read, duty));
                self.compare_screen(person, context.now);
            }
            Content::Receipt => {
                let Some(intent) = envelope.intent else { return };
                self.with_device(person, context, |it, duty| it.take_receipt(intent.id, duty));
            }
            Content::Verdict(verdict) => {
                let Some(intent) = envelope.intent else { return };
                let (accepted, reason) = (verdict.accepted, verdict.reason.clone());
                let news =
                    News { accepted, reason, source: envelope.source, version: envelope.version };
                self.with_device(person, context, |it, duty| it.take_news(intent.id, &news, duty));
            }
            Content::Message { message, body } => {
                if let Some((intent, news)) = self.read_outcome(*message, body, envelope) {
                    self.with_device(person, context, |it, duty| it.take_news(intent, &news, duty));
                }
            }
            Content::Question(_)
            | Content::Answer
            | Content::Start
            | Content::Failure(_)
            | Content::Cancellation(_) => {
                unreachable!("law: screens are not asked and do not call")
            }
        }
    }

    /// What an event says about the outcome of an intent that is still open.
    fn read_outcome(
        &self,
        message: usize,
        body: &[Value],
        envelope: &Envelope,
    ) -> Option<(u64, News)> {
        self.plan.outcomes[message].iter().find_map(|rule| {
            let Value::Text(name) = &body[rule.by] else { return None };
            let intent = self.truths.named(name)?;
            let reason = rule.reason.map(|it| body[it].to_string()).unwrap_or_default().into();
            let (source, version) = (envelope.source, envelope.version);
            Some((intent, News { accepted: rule.accepted, reason, source, version }))
        })
    }
}
