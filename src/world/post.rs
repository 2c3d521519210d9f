//! The post: sends messages over links, and hands over what arrives.

use std::sync::Arc;

use super::books::End;
use super::faults::Misfortune;
use super::input::id32;
use super::links::Weather;
use super::record::{NO_CHANNEL, What, digest_of};
use super::state::{Leg, Occurrence, Toward, World};
use super::why::Why;
use crate::base::limits::COPIES_MAX;
use crate::base::{Span, Time};
use crate::language::scenario::{ChannelId, ChannelKind};
use crate::net::Verdict;
use crate::service::{Cause, Content, Delivery, Envelope, Expected, Intent, NodeId, ReplyTo};
use crate::sim::Context;

/// How long an outbox waits before it sends a message again that got lost.
const OUTBOX_DELAY: Span = Span::from_secs(1);

/// What is about to be sent, before it becomes an envelope.
pub(super) struct Letter {
    pub(super) content: Content,
    pub(super) source: NodeId,
    /// The message that led to this one and the conversation; `None` when a person begins one.
    pub(super) cause: Option<(u64, u64)>,
    pub(super) intent: Option<Intent>,
    /// Who waits for an answer, and until when.
    pub(super) call: Option<(ReplyTo, Time)>,
    /// It is kept until it has arrived.
    pub(super) outbox: bool,
    /// By what topics route it.
    pub(super) route: Option<Arc<str>>,
    /// What the person saw who wishes it.
    pub(super) expected: Option<Arc<Expected>>,
}

impl Letter {
    /// A letter about which there is no more to say.
    pub(super) const fn of(content: Content, source: NodeId) -> Self {
        Self {
            content,
            source,
            cause: None,
            intent: None,
            call: None,
            outbox: false,
            route: None,
            expected: None,
        }
    }

    /// A letter that a message led to.
    pub(super) fn because(cause: Cause, content: Content, source: NodeId) -> Self {
        let letter = Self::of(content, source);
        Self { intent: cause.intent, cause: Some((cause.message, cause.correlation)), ..letter }
    }
}

impl World {
    /// Puts a letter into an envelope. A copy of it begins.
    #[allow(clippy::unnecessary_box_returns, reason = "envelopes are boxed wherever they stand")]
    pub(super) fn envelope(
        &mut self,
        letter: Letter,
        context: &mut Context<'_, Self>,
    ) -> Box<Envelope> {
        let id = self.next_message;
        self.next_message += 1;
        let (causation, correlation) = letter.cause.unwrap_or((id, id));
        let version = self.services.get(letter.source).map_or(0, |it| it.version);
        let envelope = Box::new(Envelope {
            id,
            causation,
            correlation,
            content: letter.content,
            source: letter.source,
            sent_at: context.now,
            attempt: 0,
            version,
            intent: letter.intent,
            reply_to: letter.call.map(|it| it.0),
            deadline: letter.call.map(|it| it.1),
            outbox: letter.outbox,
            route: letter.route,
            expected: letter.expected,
        });
        let why = letter.cause.map_or(self.why, |it| Why::Message(it.0));
        self.tell_begin(&envelope, why, context);
        self.copy_begins(&envelope);
        envelope
    }

    /// Sends a letter on a channel.
    pub(super) fn post(
        &mut self,
        channel: ChannelId,
        letter: Letter,
        context: &mut Context<'_, Self>,
    ) {
        let envelope = self.envelope(letter, context);
        self.send(channel, envelope, context);
    }

    /// Puts an envelope on its way to a channel.
    fn send(
        &mut self,
        channel: ChannelId,
        envelope: Box<Envelope>,
        context: &mut Context<'_, Self>,
    ) {
        let (from, to) = (envelope.source, self.plan.entry(channel));
        let direct = self.plan.scenario.channels[channel].kind == ChannelKind::Direct;
        let toward = if direct { Toward::Direct(channel) } else { Toward::Channel(channel) };
        let extra =
            if direct { self.channel_delay(channel, from, to, context.now) } else { Span::ZERO };
        self.dispatch(envelope, (from, to), toward, extra, None, context);
    }

    /// Puts an envelope on the link between two nodes.
    pub(super) fn dispatch(
        &mut self,
        envelope: Box<Envelope>,
        (from, to): (NodeId, NodeId),
        toward: Toward,
        extra: Span,
        delivery: Option<Delivery>,
        context: &mut Context<'_, Self>,
    ) {
        let now = context.now;
        let channel = match toward {
            Toward::Channel(channel)
            | Toward::Direct(channel)
            | Toward::Inbox(channel, _)
            | Toward::Cancellation(channel) => Some(channel),
            Toward::Screen(channel) => channel,
            Toward::Question
            | Toward::Self_
            | Toward::Caller(_)
            | Toward::Outbox(_)
            | Toward::Mail => None,
        };
        let misfortune = if self.faults.disturb_links() {
            self.misfortune(&envelope.content, channel, (from, to), now)
        } else {
            Misfortune::default()
        };
        let extra = extra + misfortune.late;
        let link = self.link(from, to);
        let Weather { leaves, delay, loss } = self.link_weather(from, link, &envelope.content, now);
        let loss = if misfortune.lost || self.is_offline(from) { 1.0 } else { loss };
        let verdict = self.links[from][link].1.carry(leaves, delay + extra, loss);
        let (ends, arrives, lost) = match verdict {
            Verdict::Arrives(at) => (at, at, false),
            Verdict::Lost(at) => (at, leaves + delay + extra, true),
        };
        let leg = Leg::new(envelope, (from, to), (now, arrives), toward);
        let leg = Leg { lost, delivery, channel, ..leg };
        let what = self.sending(&leg);
        self.record(from, what, context);
        let second = if lost { None } else { self.second_arrival(from, link, extra, leaves) };
        let second = second.or((misfortune.twice && !lost).then_some(arrives));
        let twin = second.map(|arrives| Leg { arrives, ..leg.clone() });
        self.schedule_leg(leg, ends, context);
        if let Some(twin) = twin {
            self.send_twin(twin, context);
        }
    }

    /// Keeps a message until it is due.
    pub(super) fn keep(
        &mut self,
        envelope: Box<Envelope>,
        after: Span,
        toward: Toward,
        context: &mut Context<'_, Self>,
    ) {
        let at = envelope.source;
        self.carry((envelope, at), after, toward, context);
    }

    /// Brings a message to a node, by a way on which nothing gets lost.
    pub(super) fn carry(
        &mut self,
        (envelope, to): (Box<Envelope>, NodeId),
        after: Span,
        toward: Toward,
        context: &mut Context<'_, Self>,
    ) {
        let (from, now) = (envelope.source, context.now);
        let arrives = now + after;
        let leg = Leg::new(envelope, (from, to), (now, arrives), toward);
        self.schedule_leg(leg, arrives, context);
    }

    #[inline]
    pub(super) fn schedule_leg(&mut self, leg: Leg, ends: Time, context: &mut Context<'_, Self>) {
        if let Toward::Channel(channel) = leg.toward {
            self.channels[channel].under_way += 1;
        }
        let slot = self.free_legs.pop().unwrap_or(self.legs.len());
        if slot == self.legs.len() {
            self.legs.push(Some(leg));
        } else {
            self.legs[slot] = Some(leg);
        }
        context.at(ends, Occurrence::Arrive(slot));
        if self.books.in_flight() > COPIES_MAX as u64 {
            context.halt("more than 100,000 copies of messages are under way (COPIES_MAX)");
        }
    }

    /// Takes a leg away. Its slot stays taken until its occurrence, which finds nothing there.
    pub(super) fn take_leg(&mut self, slot: usize) -> Option<Leg> {
        let leg = self.legs[slot].take()?;
        if let Toward::Channel(channel) = leg.toward {
            self.channels[channel].under_way -= 1;
        }
        Some(leg)
    }

    /// A leg ends: its message is handed over, or is lost.
    pub(super) fn arrive(&mut self, slot: usize, context: &mut Context<'_, Self>) {
        let leg = self.take_leg(slot);
        self.free_legs.push(slot);
        // What was to come has been taken back.
        let Some(leg) = leg else { return };
        let instance = if leg.lost { None } else { self.taker(leg.to, leg.toward) };
        let is_refused = instance.is_none() && leg.toward.travels() || self.is_rejected(leg.toward);
        if leg.lost || is_refused {
            self.lose(leg, context);
            return;
        }
        let Leg { envelope, to, toward, delivery, .. } = leg;
        match toward {
            Toward::Channel(channel) => self.accept(channel, envelope, context),
            Toward::Direct(_) | Toward::Inbox(..) | Toward::Self_ => {
                if let Toward::Direct(_) = toward {
                    self.confirm(&envelope, to, None, context);
                }
                match instance {
                    Some(instance) => self.with_service(to, context, |it, duty| {
                        it.receive(instance, envelope, delivery, duty);
                    }),
                    None => self.services[to].overdue.push(envelope),
                }
            }
            Toward::Question => self.answer_question(to, &envelope, context),
            Toward::Outbox(_) if instance.is_none() => {
                self.keep(envelope, OUTBOX_DELAY, toward, context);
            }
            Toward::Outbox(channel) => self.send(channel, envelope, context),
            Toward::Screen(_) | Toward::Mail => self.show(to, &envelope, context),
            Toward::Cancellation(channel) => {
                self.take_cancellation(channel, to, &envelope, context);
            }
            Toward::Caller(caller) => {
                self.copy_ends(&envelope, End::Handled, to, context);
                self.with_service(to, context, |it, duty| {
                    it.answer(caller, &envelope.content, duty)
                });
            }
        }
    }

    /// Which instance of a service takes a message in; none when a process that is not there would have to. What
    /// is not meant for one of them goes to those that are there, in turn. Other nodes are one process.
    fn taker(&mut self, to: NodeId, toward: Toward) -> Option<usize> {
        let Some(service) = self.services.get_mut(to) else {
            let there = self.is_up(to) && (toward == Toward::Mail || !self.is_offline(to));
            return there.then_some(0);
        };
        match toward {
            Toward::Inbox(_, instance) | Toward::Caller(ReplyTo { instance, .. }) => {
                service.instances[instance].up.then_some(instance)
            }
            Toward::Outbox(_) | Toward::Cancellation(_) => {
                service.instances.iter().position(|it| it.up)
            }
            _ => service.take_turn(),
        }
    }

    /// A message does not arrive. What a queue still holds will be sent again; anything else is gone.
    pub(super) fn lose(&mut self, leg: Leg, context: &mut Context<'_, Self>) {
        let name = id32(leg.envelope.content.name_index(self.plan.scenario.messages.len()));
        let outbox = leg.channel.filter(|_| leg.envelope.outbox && leg.from == leg.envelope.source);
        let held = leg.delivery.is_some() || outbox.is_some();
        let (message, to) = (leg.envelope.id, id32(leg.to));
        let what = What::Lost { message, name, to, held };
        self.record(leg.from, what, context);
        match (leg.delivery, outbox) {
            (Some(delivery), _) => self.delivery_lost(delivery, &leg.envelope, context),
            (None, Some(channel)) => {
                let envelope = leg.envelope.clone();
                self.keep(envelope, OUTBOX_DELAY, Toward::Outbox(channel), context);
            }
            (None, None) => self.end_copy(&leg.envelope, End::Lost, context.now),
        }
        self.note_loss(context.now, leg);
    }

    pub(super) fn sending(&self, leg: &Leg) -> What {
        What::Sent {
            message: leg.envelope.id,
            name: id32(leg.envelope.content.name_index(self.plan.scenario.messages.len())),
            to: id32(leg.to),
            cause: leg.envelope.causation,
            body: digest_of(leg.envelope.content.body()),
            channel: leg.channel.map_or(NO_CHANNEL, id32),
            arrives: leg.arrives,
        }
    }

    /// A message is going to be in the books.
    pub(super) fn copy_begins(&mut self, envelope: &Envelope) {
        self.books.begin(envelope.content.name_index(self.plan.scenario.messages.len()));
        match served(envelope) {
            Served::Work(intent) => self.truths.copy_begins(intent),
            Served::News(intent) => self.truths.news_begins(intent),
            Served::Nobody => {}
        }
    }

    /// A copy reaches its goal or becomes a dead letter, at this node.
    pub(super) fn copy_ends(
        &mut self,
        envelope: &Envelope,
        end: End,
        node: NodeId,
        context: &mut Context<'_, Self>,
    ) {
        let name = id32(envelope.content.name_index(self.plan.scenario.messages.len()));
        let message = envelope.id;
        let micros = context.now.since(envelope.sent_at).as_micros();
        let what = match end {
            End::DeadLettered => What::DeadLettered { message, name },
            End::Cancelled => What::Cancelled { message, name },
            End::Handled => What::Handled { message, name, micros },
            End::Lost => unreachable!("law: what gets lost does not arrive"),
        };
        self.record(node, what, context);
        self.end_copy(envelope, end, context.now);
    }

    pub(super) fn end_copy(&mut self, envelope: &Envelope, end: End, now: Time) {
        self.books.end(envelope.content.name_index(self.plan.scenario.messages.len()), end);
        match served(envelope) {
            Served::Work(intent) => self.truths.copy_ends(intent, end == End::Handled, now),
            Served::News(intent) => self.truths.news_ends(intent, now),
            Served::Nobody => {}
        }
    }
}

/// The intent that a copy serves, and how.
enum Served {
    /// Its fate hangs on the copy: services work on it.
    Work(u64),
    /// The copy tells its screen something.
    News(u64),
    Nobody,
}

fn served(envelope: &Envelope) -> Served {
    match (&envelope.content, envelope.intent) {
        (Content::Message { .. }, Some(intent)) => Served::Work(intent.id),
        (
            Content::Receipt | Content::Verdict(_) | Content::Progress(_) | Content::Cancelled,
            Some(intent),
        ) => Served::News(intent.id),
        _ => Served::Nobody,
    }
}
