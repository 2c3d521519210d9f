//! A person's device: what stands on its screen, and what it is told.

use std::collections::VecDeque;
use std::sync::Arc;

use super::effect::{Duty, Effect, News, Timer, TimerKind, Wish};
use super::screen::{Assertion, IntentName, ListOnScreen, ShownIntent};
use super::sending::Stage;
use crate::interaction::{Claim, Learn, Read, Send};
use crate::language::scenario::{ClientId, MessageId, Scenario, ServiceId};
use crate::language::{Table, Value};
use crate::service::NodeId;

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
    /// Is there a network where it is?
    pub online: bool,
    /// Is the page open on it? On a closed one nothing is shown, and nothing is sent.
    pub open: bool,
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
            online: true,
            open: true,
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

    /// Can it reach anybody?
    pub const fn reaches(&self) -> bool {
        self.online && self.open
    }

    /// Is this form frozen?
    pub fn is_frozen(&self, form: usize) -> bool {
        self.intents.iter().any(|it| it.form == form && matches!(it.assertion, Assertion::Waiting))
    }

    /// The version of a service that this person's own accepted changes need.
    pub fn own_version(&self, service: ServiceId) -> u64 {
        self.own[service]
    }

    /// Which message this form sends.
    pub fn message(&self, scenario: &Scenario, item: usize) -> MessageId {
        super::sending::form(scenario, self.client, item).message
    }

    /// The person submits a form that is not frozen.
    pub fn submit(&mut self, wish: Wish, duty: &mut Duty<'_>) {
        debug_assert!(!self.is_frozen(wish.form), "law: a frozen form cannot be submitted");
        self.submitted += 1;
        let objection = wish.objection.clone();
        let mut shown = ShownIntent::new(wish, duty.now);
        let (id, interaction) = (shown.id, shown.interaction);
        let settled = Effect::Settled { intent: id };
        if let Some(reason) = objection {
            duty.effects.push(Effect::Kept { intent: id, undone: false });
            assert_now(&mut shown, Assertion::Refused(reason), duty);
            duty.effects.push(settled);
        } else {
            assert_now(&mut shown, Assertion::first(interaction.claim), duty);
            if interaction.send == Send::Once && !self.reaches() {
                if interaction.claim != Claim::Nothing {
                    assert_now(&mut shown, Assertion::NotSent, duty);
                }
                duty.effects.push(settled);
            } else {
                self.begin(&mut shown, duty);
                if interaction.claim != Claim::Nothing {
                    let timer = Timer { intent: id, kind: TimerKind::Patience };
                    duty.effects.push(Effect::Remind { after: Claim::PATIENCE, timer });
                } else if interaction.send == Send::Once {
                    duty.effects.push(settled);
                    if interaction.learn == Learn::Never {
                        // Nothing will ever be said about it.
                        return;
                    }
                }
            }
        }
        self.intents.push_back(shown);
        self.forget_old(duty);
    }

    /// A receipt has come.
    pub fn take_receipt(&mut self, intent: u64, duty: &mut Duty<'_>) {
        let Some(shown) = self.intents.iter_mut().find(|it| it.id == intent) else { return };
        shown.received = true;
        if shown.assertion == Assertion::Sending {
            assert_now(shown, Assertion::Received, duty);
        }
        if shown.interaction.claim == Claim::Nothing {
            duty.effects.push(Effect::Settled { intent });
        }
    }

    /// The outcome of an intent has come, by whatever way.
    pub fn take_news(&mut self, intent: u64, news: &News, duty: &mut Duty<'_>) {
        if let Some(own) = self.own.get_mut(news.source).filter(|_| news.accepted) {
            *own = news.version.max(*own);
        }
        if let Some(shown) = self.intents.iter_mut().find(|it| it.id == intent) {
            shown.received = true;
            shown.stage = Stage::Sent;
            let told = shown.assertion.says().told(news.accepted, &news.reason);
            assert_now(shown, told, duty);
            duty.effects.push(Effect::Settled { intent });
        } else if let Some(said) = news.mailed {
            let assertion = said.told(news.accepted, &news.reason);
            duty.effects.push(Effect::Asserted { intent, assertion });
        }
    }

    /// Rows of a list have come, with their version. What the screen may not go back to, it does not show.
    pub fn take_rows(
        &mut self,
        item: usize,
        (table, version): (Table, u64),
        read: Read,
        duty: &mut Duty<'_>,
    ) {
        let Some(list) = self.lists.iter_mut().find(|it| it.item == item) else { return };
        if !read.accepts(version, list.version) {
            return;
        }
        self.reads += 1;
        self.returns += u64::from(version < list.version);
        (list.table, list.version, list.since) = (table, version, duty.now);
        if read == Read::Bounded {
            remind_of_age(item, duty);
        }
        self.look_for_rows(duty);
    }

    /// What stands in a list is accepted, for whoever learns by that.
    fn look_for_rows(&mut self, duty: &mut Duty<'_>) {
        for shown in &mut self.intents {
            if shown.interaction.learn != Learn::View || shown.assertion.is_certain() {
                continue;
            }
            let name = Value::Text(shown.name.to_string().into());
            if self.lists.iter().any(|it| it.table.rows().any(|row| row.contains(&name))) {
                shown.received = true;
                assert_now(shown, Assertion::Accepted, duty);
                duty.effects.push(Effect::Settled { intent: shown.id });
            }
        }
    }

    /// What the lists are trusted for has changed: they are asked for, at once or when they have become too old.
    pub fn read_anew(&self, read: Read, duty: &mut Duty<'_>) {
        for list in &self.lists {
            if read == Read::Bounded {
                remind_of_age(list.item, duty);
            } else {
                duty.effects.push(Effect::Ask { item: list.item });
            }
        }
    }

    /// The device goes offline, or comes back.
    pub fn set_online(&mut self, online: bool, duty: &mut Duty<'_>) {
        let before = self.reaches();
        self.online = online;
        self.come_back(before, duty);
    }

    /// The person closes the page, or opens it again: what is not kept somewhere is forgotten.
    pub fn set_open(&mut self, open: bool, duty: &mut Duty<'_>) {
        let before = self.reaches();
        if self.open && !open {
            self.forget_unkept(duty);
        }
        self.open = open;
        self.come_back(before, duty);
    }

    /// A device that reaches somebody again sends what it has kept, and asks for what it has missed.
    fn come_back(&mut self, before: bool, duty: &mut Duty<'_>) {
        if before || !self.reaches() {
            return;
        }
        for list in &self.lists {
            duty.effects.push(Effect::Ask { item: list.item });
        }
        for index in 0..self.intents.len() {
            let mut shown = self.intents[index].clone();
            if shown.assertion.is_over() {
                continue;
            }
            if shown.interaction.send.is_kept() && !shown.is_done_sending() {
                self.send_stage(&mut shown, duty);
            } else if matches!(shown.interaction.learn, Learn::Push | Learn::Poll) {
                duty.effects.push(Effect::AskStatus(self.tag(&shown)));
            }
            self.intents[index] = shown;
        }
    }

    /// The person loads the page anew: what the screen said is forgotten, unless it was kept somewhere.
    pub fn reload(&mut self, duty: &mut Duty<'_>) {
        self.forget_unkept(duty);
        for list in &self.lists {
            duty.effects.push(Effect::Ask { item: list.item });
        }
    }

    /// What the screen said is forgotten, unless it was kept somewhere.
    fn forget_unkept(&mut self, duty: &mut Duty<'_>) {
        for mut shown in std::mem::take(&mut self.intents) {
            if shown.survives_reload() {
                self.intents.push_back(shown);
            } else {
                if !shown.assertion.is_certain() {
                    assert_now(&mut shown, Assertion::Nothing, duty);
                }
                duty.effects.push(Effect::Settled { intent: shown.id });
            }
        }
    }

    /// The person takes an intent back that has not left the device yet. Nothing happens when it has.
    pub fn undo(&mut self, number: u64, duty: &mut Duty<'_>) {
        let Some(shown) = self.intents.iter_mut().find(|it| it.name.number == number) else {
            return;
        };
        let intent = shown.id;
        if shown.can_be_undone() {
            shown.stage = Stage::Sent;
            duty.effects.push(Effect::Kept { intent, undone: true });
            assert_now(shown, Assertion::Undone, duty);
            duty.effects.push(Effect::Settled { intent });
        }
    }

    /// The person asks for an intent to be dropped that is under way. Nothing happens when that cannot be.
    pub fn cancel(&mut self, number: u64, duty: &mut Duty<'_>) {
        let Some(index) = self.intents.iter().position(|it| it.name.number == number) else {
            return;
        };
        let form = super::sending::form(duty.scenario, self.client, self.intents[index].form);
        if form.cancel && self.intents[index].can_be_cancelled() {
            self.intents[index].cancelling = true;
            let intent = self.tag(&self.intents[index]);
            duty.effects.push(Effect::Cancel { channel: form.channel, intent });
        }
    }

    /// Whoever works on an intent tells how far that is.
    pub fn take_progress(&mut self, intent: u64, share: u16) {
        if let Some(shown) = self.intents.iter_mut().find(|it| it.id == intent) {
            shown.progress = Some(share);
        }
    }

    /// The messages of an intent have been dropped, as its person has asked.
    pub fn take_cancelled(&mut self, intent: u64, duty: &mut Duty<'_>) {
        let open = |it: &&mut ShownIntent| it.id == intent && !it.assertion.is_over();
        if let Some(shown) = self.intents.iter_mut().find(open) {
            assert_now(shown, Assertion::Undone, duty);
            duty.effects.push(Effect::Settled { intent });
        }
    }

    /// Time has passed.
    pub fn wake(&mut self, timer: Timer, duty: &mut Duty<'_>) {
        if let TimerKind::Old(item) = timer.kind {
            let old = |it: &&ListOnScreen| it.item == item && it.since + Read::BOUND <= duty.now;
            if self.lists.iter().any(|it| old(&it)) {
                duty.effects.push(Effect::Ask { item });
            }
            return;
        }
        let Some(index) = self.intents.iter().position(|it| it.id == timer.intent) else { return };
        if self.intents[index].assertion.is_over() {
            return;
        }
        let mut shown = self.intents[index].clone();
        match timer.kind {
            TimerKind::Silence(attempt) => self.silence(attempt, &mut shown, duty),
            TimerKind::Grace => self.launch(&mut shown, duty),
            TimerKind::Poll(number) => self.poll(number, &mut shown, duty),
            TimerKind::Pause if shown.assertion == Assertion::Waiting => {
                assert_now(&mut shown, Assertion::Done, duty);
            }
            TimerKind::Pause | TimerKind::Old(_) => {}
            TimerKind::Patience => {
                shown.late = true;
                if shown.assertion == Assertion::Waiting {
                    assert_now(&mut shown, Assertion::Unknown, duty);
                }
                if shown.is_done_sending() && !shown.hears_more() {
                    duty.effects.push(Effect::Settled { intent: timer.intent });
                }
            }
        }
        self.intents[index] = shown;
    }

    /// Lets settled intents scroll away, the oldest first. What is still open stays.
    fn forget_old(&mut self, duty: &mut Duty<'_>) {
        while SETTLED_SHOWN_MAX < self.intents.len() {
            let mut settled = self.intents.iter().enumerate().filter(|it| it.1.is_settled());
            let Some((oldest, _)) = settled.next() else { return };
            if settled.count() < SETTLED_SHOWN_MAX {
                return;
            }
            if let Some(gone) = self.intents.remove(oldest) {
                duty.effects.push(Effect::Settled { intent: gone.id });
            }
        }
    }
}

/// The rows of a list are to be asked for again when they have become too old.
fn remind_of_age(item: usize, duty: &mut Duty<'_>) {
    let timer = Timer { intent: 0, kind: TimerKind::Old(item) };
    duty.effects.push(Effect::Remind { after: Read::BOUND, timer });
}

pub(super) fn assert_now(shown: &mut ShownIntent, assertion: Assertion, duty: &mut Duty<'_>) {
    if shown.assertion != assertion {
        shown.assertion = assertion.clone();
        duty.effects.push(Effect::Asserted { intent: shown.id, assertion });
    }
}
