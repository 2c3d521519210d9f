//! Cancellations under way: a small message that follows another one, over the same links. A caller has given up, or a
//! person has thought better of it.

use super::books::End;
use super::post::Letter;
use super::record::What;
use super::state::{Toward, World};
use super::truth::Truth;
use crate::base::Span;
use crate::language::scenario::{ChannelId, ChannelKind};
use crate::service::{Asked, Cause, Content, Envelope, Intent, NodeId};
use crate::sim::Context;

impl World {
    /// Tells whoever has a message that nobody waits any more for what it was to bring about.
    pub(super) fn send_cancellation(
        &mut self,
        channel: ChannelId,
        (from, to): (NodeId, NodeId),
        (asked, cause): (Asked, Cause),
        context: &mut Context<'_, Self>,
    ) {
        let letter = Letter::because(cause, Content::Cancellation(Box::new(asked)), from);
        self.follow(channel, (from, to), letter, context);
    }

    /// A person wants what is under way to be dropped.
    pub(super) fn ask_to_cancel(
        &mut self,
        channel: ChannelId,
        intent: Intent,
        context: &mut Context<'_, Self>,
    ) {
        let content = Content::Cancellation(Box::new(Asked::Intent(intent.id)));
        let letter = Letter { intent: Some(intent), ..Letter::of(content, intent.device) };
        let way = (intent.device, self.plan.entry(channel));
        self.follow(channel, way, letter, context);
    }

    /// Sends something like the message that it follows, so that it does not overtake it.
    fn follow(
        &mut self,
        channel: ChannelId,
        (from, to): (NodeId, NodeId),
        letter: Letter,
        context: &mut Context<'_, Self>,
    ) {
        let envelope = self.envelope(letter, context);
        let direct = self.plan.scenario.channels[channel].kind == ChannelKind::Direct;
        let is_last = direct || to < self.services.len();
        let extra =
            if is_last { self.channel_delay(channel, from, to, context.now) } else { Span::ZERO };
        self.dispatch(envelope, (from, to), Toward::Cancellation(channel), extra, None, context);
    }

    /// A cancellation has arrived: at the service that handles what it means, or at a broker, which passes it on when
    /// the message has left already.
    pub(super) fn take_cancellation(
        &mut self,
        channel: ChannelId,
        at: NodeId,
        envelope: &Envelope,
        context: &mut Context<'_, Self>,
    ) {
        let Content::Cancellation(asked) = &envelope.content else { return };
        let asked = **asked;
        self.copy_ends(envelope, End::Handled, at, context);
        let dropped = if at < self.services.len() {
            let before = self.services[at].cancelled;
            self.with_service(at, context, |it, duty| it.take_cancellation(asked, duty));
            before < self.services[at].cancelled
        } else {
            self.withdraw(channel, at, (asked, envelope), context)
        };
        if let (Asked::Intent(_), true, Some(intent)) = (asked, dropped, envelope.intent) {
            self.confirm_cancelled(at, intent, (envelope.id, envelope.correlation), context);
        }
    }

    /// A broker drops what still waits there, and passes the cancellation on to whoever has the rest. True when it has
    /// dropped something.
    fn withdraw(
        &mut self,
        channel: ChannelId,
        at: NodeId,
        (asked, envelope): (Asked, &Envelope),
        context: &mut Context<'_, Self>,
    ) -> bool {
        let mut dropped = false;
        while let Some(withdrawn) = self.channels[channel].queues[0].withdraw(|it| asked.means(it))
        {
            self.copy_ends(&withdrawn, End::Cancelled, at, context);
            dropped = true;
        }
        if let Some(reader) = self.channels[channel].queues[0].reader_of(|it| asked.means(it)) {
            let (reader, _) = self.reader(channel, 0, reader);
            let cause = Cause {
                message: envelope.id,
                correlation: envelope.correlation,
                intent: envelope.intent,
            };
            self.send_cancellation(channel, (at, reader), (asked, cause), context);
        }
        self.hand_out(channel, 0, context);
        dropped
    }

    /// What a person wished for has been dropped. Its screen is told, unless it has been decided before.
    fn confirm_cancelled(
        &mut self,
        at: NodeId,
        intent: Intent,
        cause: (u64, u64),
        context: &mut Context<'_, Self>,
    ) {
        let decided = self.truths.get(intent.id).is_none_or(Truth::is_decided);
        if decided {
            return;
        }
        let what = What::Kept { intent: intent.id, undone: true };
        self.record(at, what, context);
        self.truths.keep(intent.id, true, context.now);
        self.tell(at, Content::Cancelled, intent, cause, None, context);
    }
}
