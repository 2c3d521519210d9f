//! Carries out what services want done.

use super::books::End;
use super::input::id32;
use super::post::Letter;
use super::record::What;
use super::rooms::room;
use super::state::{Occurrence, Toward, Trouble, World};
use super::why::Why;
use crate::base::Span;
use crate::interaction::Learn;
use crate::language::Value;
use crate::language::scenario::{MessageId, ServiceId};
use crate::service::{
    Asked, Cause, Content, Decision, Delivery, Duty, Effect, Envelope, Inboxed, Intent,
    ListAddress, NodeId, Note, ReplyTo, Service, Verdict,
};
use crate::sim::Context;

impl World {
    /// Lets a service react, and carries out what it wants.
    pub(super) fn with_service(
        &mut self,
        id: ServiceId,
        context: &mut Context<'_, Self>,
        react: impl FnOnce(&mut Service, &mut Duty<'_>),
    ) {
        let mut effects = std::mem::take(&mut self.service_effects);
        let mut duty = Duty {
            now: context.now,
            clock: self.clock(self.plan.scenario.services[id].clock.as_ref(), context.now),
            scenario: &self.plan.scenario,
            knobs: &self.knobs,
            room: &|it| room(&self.plan.scenario.channels[it], &self.channels[it]),
            effects: &mut effects,
        };
        react(&mut self.services[id], &mut duty);
        for effect in effects.drain(..) {
            self.carry_out(id, effect, context);
        }
        self.service_effects = effects;
    }

    fn carry_out(&mut self, id: ServiceId, effect: Effect, context: &mut Context<'_, Self>) {
        let now = context.now;
        self.why = effect.message().map_or(self.why, Why::Message);
        match effect {
            Effect::Started { .. } | Effect::Inboxed { .. } | Effect::Aside { .. } => {
                self.tell_standing(id, &effect, context);
            }
            Effect::Remind { after, timer } => context.after(after, Occurrence::Worker(id, timer)),
            Effect::AwaitRoom { channel, timer } => self.wait_for_room(channel, id, timer),
            Effect::Boundary { fault, timer } => {
                context.after(Span::ZERO, Occurrence::Boundary(id, fault, timer));
            }
            Effect::Post { channel, content, cause, call, outbox, route } => {
                let letter = Letter { call, outbox, route, ..Letter::because(cause, content, id) };
                self.post(channel, letter, context);
            }
            Effect::Reply { to, content, cause } => self.reply((id, to), content, cause, context),
            Effect::GiveUp { channel, asked, cause } => {
                let to = self.plan.entry(channel);
                self.send_cancellation(channel, (id, to), (Asked::Call(asked), cause), context);
            }
            Effect::Later { after, content, cause } => {
                let letter = Letter::because(cause, content, id);
                let envelope = self.envelope(letter, context);
                self.keep(envelope, after, Toward::Self_, context);
            }
            // After this reaction: then it is known what has been handled in it.
            Effect::Replay { channel, start } => {
                context.at(now, Occurrence::Replay { channel, service: id, start });
            }
            Effect::Cancel { message, fields } => self.take_back(id, message, &fields, context),
            Effect::Noted(note) => self.noted(id, note, context),
            Effect::Decided { intent, verdict, how, cause } => {
                self.decided(id, (intent, verdict, how), cause, context);
            }
            Effect::Progress { intent, share, cause } => {
                self.progresses(id, (intent, share), cause, context);
            }
            Effect::Applied { intent, message } => self.applied(intent, message),
            Effect::Overwritten { intent } => self.truths.lived(intent, |it| it.overwrote = true),
            Effect::Held { intent, table, cause } => {
                self.grant((id, table), intent, (cause.message, cause.correlation), context);
            }
            Effect::Breaker { place, standing } => {
                let [handler, at, call] = place.map(id32);
                self.record(id, What::Breaker { handler, at, call, standing }, context);
            }
            Effect::Changed { table, row, gone, .. } => {
                self.record(id, What::Changed { table: id32(table), row, gone }, context);
                self.note_change(ListAddress { service: id, table });
            }
            Effect::Handled { envelope, delivery } => {
                self.settled(id, End::Handled, (&envelope, delivery), context);
            }
            Effect::Cancelled { envelope, delivery } => {
                self.settled(id, End::Cancelled, (&envelope, delivery), context);
            }
            Effect::Shed { envelope, delivery } => {
                self.record(id, What::Shed { message: envelope.id }, context);
                self.refused(id, &Inboxed { envelope, delivery }, context);
            }
            Effect::Failed { envelope, delivery, reason, place } => {
                let message = envelope.id;
                let what = What::Failed { message, reason: reason.as_str().into() };
                self.record(id, what, context);
                self.note_trouble(Trouble { at: now, node: id, message, reason, place });
                self.dropped(id, &Inboxed { envelope, delivery }, context);
            }
        }
    }

    /// So far a handler is with an intent. Whoever asks for that hears of it when it asks.
    fn progresses(
        &mut self,
        id: ServiceId,
        (intent, share): (Intent, u16),
        cause: Cause,
        context: &mut Context<'_, Self>,
    ) {
        if matches!(intent.learn, Learn::Reply | Learn::Push) {
            let cause = (cause.message, cause.correlation);
            self.tell(id, Content::Progress(share), intent, cause, None, context);
        }
    }

    /// Tells that a message has a worker, waits for one, or waits without one.
    fn tell_standing(&mut self, id: ServiceId, effect: &Effect, context: &mut Context<'_, Self>) {
        let what = match *effect {
            Effect::Started { message, worker } => What::Started { message, worker },
            Effect::Inboxed { message } => What::Inboxed { message },
            Effect::Aside { message, worker, waits } => What::Aside { message, worker, waits },
            _ => return,
        };
        self.record(id, what, context);
    }

    fn reply(
        &mut self,
        (id, to): (ServiceId, ReplyTo),
        content: Content,
        cause: Cause,
        context: &mut Context<'_, Self>,
    ) {
        let envelope = self.envelope(Letter::because(cause, content, id), context);
        let way = (id, to.service);
        self.dispatch(envelope, way, Toward::Caller(to), Span::ZERO, None, context);
    }

    /// A message that a service had in its hands is not handled: its queue tries again, or it becomes a dead
    /// letter. Without a queue, nobody tries again, and it is lost.
    fn dropped(&mut self, id: ServiceId, inboxed: &Inboxed, context: &mut Context<'_, Self>) {
        match inboxed.delivery {
            Some(delivery) => {
                if self.delivery_failed(delivery, context) {
                    self.copy_ends(&inboxed.envelope, End::DeadLettered, id, context);
                }
            }
            None => self.lose_copy(&inboxed.envelope, (id, id), context),
        }
    }

    /// A message that a service does not want: no queue tries again, and it becomes a dead letter there.
    fn refused(&mut self, id: ServiceId, inboxed: &Inboxed, context: &mut Context<'_, Self>) {
        match inboxed.delivery {
            Some(delivery) => {
                self.delivery_refused(delivery, context);
                self.copy_ends(&inboxed.envelope, End::DeadLettered, id, context);
            }
            None => self.lose_copy(&inboxed.envelope, (id, id), context),
        }
    }

    /// A service has a message no longer in its hands, and nobody is to try it again.
    fn settled(
        &mut self,
        id: ServiceId,
        end: End,
        (envelope, delivery): (&Envelope, Option<Delivery>),
        context: &mut Context<'_, Self>,
    ) {
        self.copy_ends(envelope, end, id, context);
        if let Some(delivery) = delivery {
            self.acknowledge(delivery, context);
        }
    }

    fn decided(
        &mut self,
        id: ServiceId,
        (intent, verdict, how): (Intent, Verdict, Decision),
        cause: Cause,
        context: &mut Context<'_, Self>,
    ) {
        if how != Decision::Again {
            let (accepted, reason) = (verdict.accepted, verdict.reason.clone());
            self.record(id, What::Decided { intent: intent.id, accepted, reason }, context);
            if how == Decision::Promise {
                self.truths.promise(intent.id, context.now);
            } else {
                let version = (id, self.services[id].version);
                self.truths.decide(intent.id, verdict.accepted, version, context.now);
            }
            self.will_look_for_own(intent.id, context.now);
        }
        // A promise that is kept needs no words.
        if how == Decision::Usual && intent.promise && verdict.accepted {
            return;
        }
        let directly = matches!(how, Decision::Again | Decision::Conflict);
        if intent.learn == Learn::Message {
            self.mail(id, Content::Verdict(verdict), intent, context);
        } else if directly || intent.learn == Learn::Reply {
            let cause = (cause.message, cause.correlation);
            self.tell(id, Content::Verdict(verdict), intent, cause, None, context);
        }
    }

    fn noted(&mut self, id: ServiceId, note: Note, context: &mut Context<'_, Self>) {
        let what = What::Noted { message: note.message, text: note.text.clone() };
        self.record(id, what, context);
        self.services[id].keep_note(note);
    }

    /// A service takes back what it has sent to itself and is not due yet.
    fn take_back(
        &mut self,
        id: ServiceId,
        message: MessageId,
        fields: &[(usize, Value)],
        context: &mut Context<'_, Self>,
    ) {
        for slot in 0..self.legs.len() {
            let fits = self.legs[slot].as_ref().is_some_and(|it| {
                it.toward == Toward::Self_
                    && it.to == id
                    && matches!(it.envelope.content, Content::Message { message: it, .. } if it == message)
                    && fields.iter().all(|(field, value)| it.envelope.content.body()[*field] == *value)
            });
            // The slot stays taken until its occurrence, which finds nothing there.
            if let Some(leg) = self.legs[slot].take_if(|_| fits) {
                self.copy_ends(&leg.envelope, End::Cancelled, id, context);
            }
        }
    }

    /// A copy ends between two nodes, or at one, and nobody has kept it.
    pub(super) fn lose_copy(
        &mut self,
        envelope: &Envelope,
        (at, to): (NodeId, NodeId),
        context: &mut Context<'_, Self>,
    ) {
        let name = id32(envelope.content.name_index(self.plan.scenario.messages.len()));
        let what = What::Lost { message: envelope.id, name, to: id32(to), held: false };
        self.record(at, what, context);
        self.end_copy(envelope, End::Lost, context.now);
    }

    /// A service's process dies. Queues take back what it had; what came without a queue is lost.
    pub(super) fn crash(
        &mut self,
        (id, instance): (ServiceId, usize),
        context: &mut Context<'_, Self>,
    ) {
        let what = What::Crashed { instance: id32(instance) };
        self.record(id, what, context);
        let dropped = self.services[id].crash(instance, context.now);
        self.connect((id, instance), false, context);
        for (inboxed, taken_up) in dropped {
            match inboxed.delivery {
                Some(_) if taken_up => self.dropped(id, &inboxed, context),
                Some(delivery) => self.delivery_lost(delivery, &inboxed.envelope, context),
                None => self.lose_copy(&inboxed.envelope, (id, id), context),
            }
        }
    }

    /// A service's process comes back. Its queues hand out again, and what the service had sent to itself is due.
    pub(super) fn restart(
        &mut self,
        (id, instance): (ServiceId, usize),
        context: &mut Context<'_, Self>,
    ) {
        let what = What::Restarted { instance: id32(instance) };
        self.record(id, what, context);
        let plan = self.plan.clone();
        let due = self.services[id].restart(instance);
        for table in self.services[id].refresh(instance, &plan.scenario.services[id]) {
            self.note_change(ListAddress { service: id, table });
        }
        self.start_up((id, instance), context);
        self.connect((id, instance), true, context);
        for envelope in due {
            self.with_service(id, context, |it, duty| it.receive(instance, envelope, None, duty));
        }
    }

    /// The run begins: services do what they do at their start.
    pub(super) fn start_services(&mut self, context: &mut Context<'_, Self>) {
        for id in 0..self.services.len() {
            for instance in 0..self.services[id].instances.len() {
                self.start_up((id, instance), context);
            }
        }
    }

    fn start_up(&mut self, (id, instance): (ServiceId, usize), context: &mut Context<'_, Self>) {
        if self.plan.scenario.services[id].start.is_some() {
            let (content, source) = (Content::Start, id);
            let letter = Letter::of(content, source);
            let envelope = self.envelope(letter, context);
            self.with_service(id, context, |it, duty| it.start_up(instance, envelope, duty));
        }
    }
}
