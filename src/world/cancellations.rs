//! Cancellations under way: a small message that follows a call's message, over the same links.

use super::books::End;
use super::post::Letter;
use super::state::{Toward, World};
use crate::base::Span;
use crate::language::scenario::{ChannelId, ChannelKind};
use crate::service::{Cause, Content, Envelope, NodeId, ReplyTo};
use crate::sim::Context;

impl World {
    /// A service has given a call up, and tells whoever has its message.
    pub(super) fn send_cancellation(
        &mut self,
        channel: ChannelId,
        (from, to): (NodeId, NodeId),
        (asked, cause): (ReplyTo, Cause),
        context: &mut Context<'_, Self>,
    ) {
        let letter = Letter::because(cause, Content::Cancellation(Box::new(asked)), from);
        let envelope = self.envelope(letter, context.now);
        // Like the message itself, so that it does not overtake it.
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
        if at < self.services.len() {
            self.with_service(at, context, |it, duty| it.take_cancellation(asked, duty));
            return;
        }
        let asked_by = Some(asked);
        while let Some(withdrawn) =
            self.channels[channel].queues[0].withdraw(|it| it.reply_to == asked_by)
        {
            self.copy_ends(&withdrawn, End::Cancelled, at, context);
        }
        if let Some(reader) =
            self.channels[channel].queues[0].reader_of(|it| it.reply_to == asked_by)
        {
            let (reader, _) = self.reader(channel, 0, reader);
            let cause = Cause {
                message: envelope.id,
                correlation: envelope.correlation,
                intent: envelope.intent,
            };
            self.send_cancellation(channel, (at, reader), (asked, cause), context);
        }
        self.hand_out(channel, 0, context);
    }
}
