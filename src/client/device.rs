//! A person's device: sends intents, and keeps its screen up to what it has been told.

use std::collections::VecDeque;
use std::sync::Arc;

use super::screen::{Assertion, IntentName, ListOnScreen, ShownIntent};
use crate::base::{Span, Time};
use crate::interaction::{Claim, Interaction, Learn, Read, Send};
use crate::language::Value;
use crate::language::scenario::{
    ChannelId, ClientId, Form, MessageId, Scenario, ScreenItem, ServiceId,
};
use crate::service::{Content, Intent, NodeId, Rows};

/// Intents that a screen keeps showing after they are settled; older ones scroll away.
const SETTLED_SHOWN_MAX: usize = 8;

/// A person's device.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    /// The node.
    pub node: NodeId,
    /// The class of people.
    pub client: ClientId,
    /// The person's name.
    pub name: String,
    /// The intents on the screen, oldest first.
    pub intents: VecDeque<ShownIntent>,
    /// The lists on the screen.
    pub lists: Vec<ListOnScreen>,
    /// The name once more, for the names of intents.
    shared_name: Arc<str>,
    /// By service: the newest version of it that contains something of this person's.
    own: Vec<u64>,
    submitted: u64,
    /// How often rows came that are shown.
    pub reads: u64,
    /// How often they were older than what had been shown before.
    pub returns: u64,
}

/// What a device sees, and where it leaves its wishes.
pub struct Duty<'a> {
    /// The present instant.
    pub now: Time,
    /// What it was compiled from.
    pub scenario: &'a Scenario,
    /// Its wishes, in order.
    pub effects: &'a mut Vec<Effect>,
}

/// What a device wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send this on a channel.
    Send {
        /// Which.
        channel: ChannelId,
        /// What.
        content: Content,
        /// For which intent.
        intent: Intent,
        /// By what a topic routes it.
        route: Option<Arc<str>>,
    },
    /// Wake the device after a while.
    Remind {
        /// How long.
        after: Span,
        /// What to say then.
        timer: Timer,
    },
    /// The screen asserts something else about an intent.
    Asserted {
        /// Which intent.
        intent: u64,
        /// What it asserted before.
        before: Assertion,
        /// What it asserts now.
        assertion: Assertion,
    },
    /// The device will do nothing more for this intent.
    Settled {
        /// Which intent.
        intent: u64,
        /// What the screen said last.
        assertion: Assertion,
    },
}

/// What a person submits.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Names the intent among all of the run.
    pub id: u64,
    /// The device's [`Device::next_intent_name`].
    pub name: IntentName,
    /// Which item of the screen it was formed with.
    pub form: usize,
    /// The message's fields.
    pub body: Arc<[Value]>,
    /// How it is handled.
    pub interaction: Interaction,
}

/// What wakes a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// For which intent.
    pub intent: u64,
    /// Why.
    pub kind: TimerKind,
}

/// Why a device is woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// No sign has come of this attempt.
    Silence(u32),
    /// The person's patience is over.
    Patience,
}

/// What a device is told about an intent.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Yes or no.
    pub accepted: bool,
    /// Why.
    pub reason: Arc<str>,
    /// Who tells.
    pub source: NodeId,
    /// The teller's version, which contains the change.
    pub version: u64,
}

impl Device {
    /// A device whose screen shows these lists, in a scenario with this many services.
    pub fn new(
        node: NodeId,
        client: ClientId,
        name: String,
        lists: Vec<ListOnScreen>,
        services: usize,
    ) -> Self {
        Self {
            node,
            client,
            shared_name: name.as_str().into(),
            name,
            intents: VecDeque::new(),
            lists,
            own: vec![0; services],
            submitted: 0,
            reads: 0,
            returns: 0,
        }
    }

    /// The name that the next intent will have.
    pub fn next_intent_name(&self) -> IntentName {
        IntentName { person: self.shared_name.clone(), number: self.submitted + 1 }
    }

    /// Is this form frozen?
    pub fn is_frozen(&self, form: usize) -> bool {
        self.intents.iter().any(|it| it.form == form && matches!(it.assertion, Assertion::Waiting))
    }

    /// The version of a service that this person's own accepted changes need.
    pub fn own_version(&self, service: ServiceId) -> u64 {
        self.own[service]
    }

    /// The person submits a form that is not frozen.
    pub fn submit(&mut self, wish: Wish, duty: &mut Duty<'_>) {
        let Wish { id, name, form, body, interaction } = wish;
        debug_assert!(!self.is_frozen(form), "law: a frozen form cannot be submitted");
        self.submitted += 1;
        let mut shown = ShownIntent {
            id,
            name,
            form,
            body,
            interaction,
            since: duty.now,
            assertion: Assertion::Nothing,
            late: false,
            attempts: 0,
            received: false,
        };
        assert_now(&mut shown, Assertion::first(interaction.claim), duty);
        send(&mut shown, self.node, self.client, duty);
        if interaction.claim != Claim::Nothing {
            let timer = Timer { intent: id, kind: TimerKind::Patience };
            duty.effects.push(Effect::Remind { after: Claim::PATIENCE, timer });
        } else if interaction.send == Send::Once {
            duty.effects.push(Effect::Settled { intent: id, assertion: Assertion::Nothing });
            if interaction.learn == Learn::Never {
                // Nothing will ever be said about it.
                return;
            }
        }
        self.intents.push_back(shown);
        self.forget_old();
    }

    /// A receipt has come.
    pub fn take_receipt(&mut self, intent: u64, duty: &mut Duty<'_>) {
        let Some(shown) = self.intents.iter_mut().find(|it| it.id == intent) else { return };
        shown.received = true;
        if shown.assertion == Assertion::Sending {
            assert_now(shown, Assertion::Received, duty);
        }
        if shown.interaction.claim == Claim::Nothing {
            duty.effects.push(Effect::Settled { intent, assertion: shown.assertion.clone() });
        }
    }

    /// The outcome of an intent has come, by whatever way.
    pub fn take_news(&mut self, intent: u64, news: &News, duty: &mut Duty<'_>) {
        if let Some(own) = self.own.get_mut(news.source).filter(|_| news.accepted) {
            *own = news.version.max(*own);
        }
        let Some(shown) = self.intents.iter_mut().find(|it| it.id == intent) else { return };
        shown.received = true;
        let told = shown.assertion.told(news.accepted, &news.reason);
        assert_now(shown, told, duty);
        let assertion = shown.assertion.clone();
        duty.effects.push(Effect::Settled { intent, assertion });
    }

    /// Rows of a list have come. What the screen may not go back to, it does not show.
    pub fn take_rows(&mut self, rows: &Rows, read: Read, duty: &Duty<'_>) {
        let items = &duty.scenario.clients[self.client].screen;
        for list in &mut self.lists {
            let ScreenItem::List(shown) = &items[list.item] else { continue };
            let same = shown.service == rows.list.service && shown.table == rows.list.table;
            if same && read.accepts(rows.version, list.version) {
                self.reads += 1;
                self.returns += u64::from(rows.version < list.version);
                list.table = rows.table.clone();
                list.version = rows.version;
                list.since = duty.now;
            }
        }
    }

    /// Time has passed.
    pub fn wake(&mut self, timer: Timer, duty: &mut Duty<'_>) {
        let Some(shown) = self.intents.iter_mut().find(|it| it.id == timer.intent) else { return };
        if shown.assertion.is_certain() {
            return;
        }
        match timer.kind {
            TimerKind::Silence(attempt) if shown.received || attempt != shown.attempts => {}
            TimerKind::Silence(attempt) if attempt < shown.interaction.send.attempts() => {
                send(shown, self.node, self.client, duty);
            }
            TimerKind::Silence(_) => {
                assert_now(shown, Assertion::Unknown, duty);
                duty.effects
                    .push(Effect::Settled { intent: timer.intent, assertion: Assertion::Unknown });
            }
            TimerKind::Patience => {
                shown.late = true;
                if shown.assertion == Assertion::Waiting {
                    assert_now(shown, Assertion::Unknown, duty);
                }
                if shown.interaction.send == Send::Once || shown.received {
                    let assertion = shown.assertion.clone();
                    duty.effects.push(Effect::Settled { intent: timer.intent, assertion });
                }
            }
        }
    }

    /// Lets settled intents scroll away, the oldest first. What is still open stays.
    fn forget_old(&mut self) {
        while SETTLED_SHOWN_MAX < self.intents.len() {
            let mut settled = self.intents.iter().enumerate().filter(|it| it.1.is_settled());
            let Some((oldest, _)) = settled.next() else { return };
            if settled.count() < SETTLED_SHOWN_MAX {
                return;
            }
            self.intents.remove(oldest);
        }
    }

    /// Which message this form sends.
    pub fn message(&self, scenario: &Scenario, item: usize) -> MessageId {
        form(scenario, self.client, item).message
    }
}

/// The form at this place of the class' screen.
fn form(scenario: &Scenario, client: ClientId, item: usize) -> &Form {
    match &scenario.clients[client].screen[item] {
        ScreenItem::Form(form) => form,
        ScreenItem::List(_) => unreachable!("law: intents are formed with forms"),
    }
}

/// Sends the intent's message, once more or for the first time.
fn send(shown: &mut ShownIntent, device: NodeId, client: ClientId, duty: &mut Duty<'_>) {
    shown.attempts += 1;
    let intent = shown.id;
    let Interaction { send, key, claim, learn, .. } = shown.interaction;
    let receipt = send.wants_receipt() || claim.wants_receipt();
    let tag = Intent { id: intent, device, key, receipt, reply: learn.wants_reply() };
    let form = form(duty.scenario, client, shown.form);
    let content = Content::Message { message: form.message, body: shown.body.clone() };
    let route = form.route.clone();
    duty.effects.push(Effect::Send { channel: form.channel, content, intent: tag, route });
    if let Send::Retry = send {
        let timer = Timer { intent, kind: TimerKind::Silence(shown.attempts) };
        let after = crate::interaction::Retry::timeout(shown.attempts);
        duty.effects.push(Effect::Remind { after, timer });
    }
}

fn assert_now(shown: &mut ShownIntent, assertion: Assertion, duty: &mut Duty<'_>) {
    if shown.assertion != assertion {
        let before = std::mem::replace(&mut shown.assertion, assertion.clone());
        duty.effects.push(Effect::Asserted { intent: shown.id, before, assertion });
    }
}
