//! News for screens: receipts, verdicts, outcomes and rows, and what arrives there.

use super::books::End;
use super::post::Letter;
use super::state::{Toward, World};
use super::why::Why;
use crate::base::Span;
use crate::client::News;
use crate::interaction::Learn;
use crate::language::Value;
use crate::language::scenario::ChannelId;
use crate::service::{Content, Envelope, Intent, NodeId};
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
        let envelope = self.envelope(letter, context);
        self.dispatch(
            envelope,
            (from, intent.device),
            Toward::Screen(channel),
            Span::ZERO,
            None,
            context,
        );
    }

    /// Something arrives at a screen.
    pub(super) fn show(
        &mut self,
        node: NodeId,
        envelope: &Envelope,
        context: &mut Context<'_, Self>,
    ) {
        let intent = envelope.intent.map(|it| it.id);
        // While the screen hears of it, nothing is over.
        if let Some(intent) = intent {
            self.truths.news_begins(intent);
        }
        self.copy_ends(envelope, End::Handled, node, context);
        if let Some(person) = self.person(node) {
            self.hear(person, envelope, context);
        }
        if let Some(intent) = intent {
            self.truths.news_ends(intent, context.now);
        }
    }

    fn hear(&mut self, person: usize, envelope: &Envelope, context: &mut Context<'_, Self>) {
        self.why = Why::Message(envelope.id);
        match &envelope.content {
            Content::Rows(rows) => self.take_rows(person, rows, context),
            Content::Held(rows) => {
                let Some(intent) = envelope.intent else { return };
                self.take_hold(person, (intent.id, rows), context);
            }
            // There is nothing to tell yet.
            Content::Answer => {}
            Content::Receipt => {
                let Some(intent) = envelope.intent else { return };
                self.with_device(person, context, |it, duty| it.take_receipt(intent.id, duty));
            }
            Content::Progress(share) => {
                let Some(intent) = envelope.intent else { return };
                let share = *share;
                self.with_device(person, context, |it, _| it.take_progress(intent.id, share));
            }
            Content::Cancelled => {
                let Some(intent) = envelope.intent else { return };
                self.with_device(person, context, |it, duty| it.take_cancelled(intent.id, duty));
            }
            Content::Verdict(verdict) => {
                let Some(intent) = envelope.intent else { return };
                let (accepted, reason) = (verdict.accepted, verdict.reason.clone());
                let said = || Some(self.truths.get(intent.id)?.experience.says);
                let mailed = if intent.learn == Learn::Message { said() } else { None };
                let (source, version) = (envelope.source, envelope.version);
                let news = News { accepted, reason, source, version, mailed };
                self.with_device(person, context, |it, duty| it.take_news(intent.id, &news, duty));
            }
            Content::Message { message, body } => {
                if let Some((intent, news)) = self.read_outcome(*message, body, envelope) {
                    self.with_device(person, context, |it, duty| it.take_news(intent, &news, duty));
                }
            }
            Content::Question(_)
            | Content::Status
            | Content::Hold(_)
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
            Some((intent, News { accepted: rule.accepted, reason, source, version, mailed: None }))
        })
    }
}
