//! Topics: who gets a copy of a message, and what becomes of one that nobody's binding fits.

use super::books::End;
use super::input::id32;
use super::logs::Partition;
use super::record::What;
use super::state::{Toward, World};
use crate::interaction::Learn;
use crate::language::scenario::{ChannelId, WhenFull};
use crate::service::{Content, Envelope};
use crate::sim::Context;

/// Unroutable messages that are kept for showing, at most.
const UNROUTABLE_MAX: usize = 20;

impl World {
    /// Each reader of a topic or a log (then of this partition) that wants the message and handles it gets a copy, and
    /// so does the screen that waits for it. The copy that came in becomes the first of them; when nobody handles it,
    /// it has reached its goal here.
    pub(super) fn fan_out(
        &mut self,
        channel: ChannelId,
        envelope: Box<Envelope>,
        partition: Option<Partition>,
        context: &mut Context<'_, Self>,
    ) {
        let plan = self.plan.clone();
        let Content::Message { message, body } = &envelope.content else { return };
        let message = *message;
        let definition = &plan.scenario.channels[channel];
        let readers = &definition.readers;
        let route = envelope.route.as_deref().unwrap_or_default();
        let mut is_routable = readers.is_empty();
        let mut wanted = Vec::new();
        for (queue, reader) in readers.iter().enumerate() {
            if definition.bindings[queue].iter().any(|it| it.fits(route, message, body)) {
                is_routable = true;
                if plan.scenario.services[*reader].handler(message).is_some() {
                    wanted.push((queue, partition.map_or(queue, |it| it.queue(queue))));
                }
            }
        }
        let screen = self.subscribed_screen(message, &envelope);
        let node = plan.entry(channel);
        match wanted.len() + usize::from(screen.is_some()) {
            0 if is_routable => self.copy_ends(&envelope, End::Handled, node, context),
            0 => return self.note_unroutable(channel, envelope, context),
            copies => (1..copies).for_each(|_| self.copy_begins(&envelope)),
        }
        for (reader, queue) in wanted {
            if self.is_full(channel, queue, WhenFull::Reject) {
                self.lose_copy(&envelope, (node, readers[reader]), context);
            } else {
                self.store(channel, queue, envelope.clone(), context);
            }
        }
        if let Some(device) = screen {
            let extra = self.channel_delay(channel, node, device, context.now);
            let toward = Toward::Screen(Some(channel));
            self.dispatch(envelope, (node, device), toward, extra, None, context);
        }
    }

    /// Nobody wants a message: it is lost here, and counted.
    fn note_unroutable(
        &mut self,
        channel: ChannelId,
        envelope: Box<Envelope>,
        context: &mut Context<'_, Self>,
    ) {
        let name = id32(envelope.content.name_index(self.plan.scenario.messages.len()));
        let what = What::Unroutable { message: envelope.id, name, channel: id32(channel) };
        self.record(self.plan.entry(channel), what, context);
        self.end_copy(&envelope, End::Lost, context.now);
        let contents = &mut self.channels[channel];
        contents.unroutable += 1;
        if contents.latest_unroutable.len() == UNROUTABLE_MAX {
            contents.latest_unroutable.pop_front();
        }
        contents.latest_unroutable.push_back(envelope);
    }

    /// The device that is subscribed to this event, because it tells the outcome of an intent formed there.
    fn subscribed_screen(&self, message: usize, envelope: &Envelope) -> Option<usize> {
        self.plan.outcomes[message].iter().find_map(|rule| {
            let name = envelope.content.body()[rule.by].to_string();
            let intent = self.truths.named(&name)?;
            let device = self.truths.get(intent)?.device;
            let person = &self.people[self.plan.person_at(device)?];
            let shown = person.intents.iter().find(|it| it.id == intent && it.form == rule.item)?;
            (person.client == rule.client && shown.interaction.learn == Learn::Push)
                .then_some(device)
        })
    }
}
