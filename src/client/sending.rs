//! How an intent leaves the device: held back, asked a reservation for, sent, sent again, asked about.

use super::device::{Device, assert_now};
use super::effect::{Duty, Effect, Timer, TimerKind};
use super::screen::{Assertion, ShownIntent};
use crate::interaction::{Claim, Guard, Learn, Send};
use crate::language::scenario::{ClientId, Form, Scenario, ScreenItem};
use crate::service::{Content, Intent};

/// How far an intent is on its way out of the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The person can still take it back.
    Grace,
    /// The authority is to keep the row for it.
    Holding,
    /// Its message is sent.
    Sent,
}

impl ShownIntent {
    /// Will the device send no message of it any more?
    pub(super) const fn is_done_sending(&self) -> bool {
        let insists = self.interaction.send.is_kept()
            && !matches!(self.interaction.learn, Learn::Never | Learn::View);
        match self.stage {
            Stage::Grace | Stage::Holding => false,
            Stage::Sent if insists => self.assertion.is_over(),
            Stage::Sent => !self.interaction.send.repeats() || self.received,
        }
    }

    /// Can the screen still learn by itself what became of it?
    pub(super) fn hears_more(&self) -> bool {
        matches!(self.interaction.learn, Learn::View | Learn::Poll)
    }

    /// Does the device keep it until it can be sent, or has been?
    pub const fn is_kept(&self) -> bool {
        self.interaction.send.is_kept() && !self.received && !self.assertion.is_over()
    }

    /// Can the person still take it back? Nothing of it has left the device.
    pub const fn can_be_undone(&self) -> bool {
        matches!(self.stage, Stage::Grace) || self.is_kept() && self.attempts == 0
    }

    /// Can the person ask for it to be dropped? It is under way, and nothing is known of its outcome.
    pub const fn can_be_cancelled(&self) -> bool {
        !self.cancelling
            && !self.can_be_undone()
            && !self.assertion.is_over()
            && !matches!(self.assertion, Assertion::Nothing)
    }

    /// Is it still there when the page is loaded anew?
    pub(super) const fn survives_reload(&self) -> bool {
        self.interaction.send.is_kept() || self.received && self.interaction.learn.survives_reload()
    }
}

impl Device {
    /// An intent sets out.
    pub(super) fn begin(&self, shown: &mut ShownIntent, duty: &mut Duty<'_>) {
        let intent = shown.id;
        let mut remind = |after, kind| {
            duty.effects.push(Effect::Remind { after, timer: Timer { intent, kind } });
        };
        if shown.interaction.claim == Claim::Pause {
            remind(Claim::PAUSE, TimerKind::Pause);
        }
        if shown.interaction.learn == Learn::Poll {
            remind(Learn::interval(1), TimerKind::Poll(1));
        }
        match shown.interaction.send.grace() {
            Some(grace) => {
                shown.stage = Stage::Grace;
                remind(grace, TimerKind::Grace);
            }
            None => self.launch(shown, duty),
        }
    }

    /// It leaves the device now.
    pub(super) fn launch(&self, shown: &mut ShownIntent, duty: &mut Duty<'_>) {
        let holds = shown.interaction.guard == Guard::Reserve && shown.expected.is_some();
        shown.stage = if holds { Stage::Holding } else { Stage::Sent };
        // What is kept waits until the device is back.
        if self.reaches() || !shown.interaction.send.is_kept() {
            self.send_stage(shown, duty);
        }
    }

    /// The row is kept for an intent: now it is sent.
    pub fn take_hold(&mut self, intent: u64, duty: &mut Duty<'_>) {
        let holding = |it: &ShownIntent| it.id == intent && it.stage == Stage::Holding;
        let Some(index) = self.intents.iter().position(holding) else { return };
        let mut shown = self.intents[index].clone();
        shown.stage = Stage::Sent;
        shown.earlier = shown.attempts;
        shown.held_until = Some(duty.now + Guard::HOLD);
        self.send_stage(&mut shown, duty);
        self.intents[index] = shown;
    }

    /// Sends what is due at this stage, once more or for the first time.
    pub(super) fn send_stage(&self, shown: &mut ShownIntent, duty: &mut Duty<'_>) {
        shown.attempts += 1;
        let tag = self.tag(shown);
        if let (Stage::Holding, Some(expected)) = (shown.stage, &shown.expected) {
            duty.effects.push(Effect::AskHold(tag, expected.clone()));
        } else {
            let form = form(duty.scenario, self.client, shown.form);
            duty.effects.push(Effect::Send {
                channel: form.channel,
                content: Content::Message { message: form.message, body: shown.body.clone() },
                intent: tag,
                route: form.route.clone(),
                expected: shown.expected.clone(),
            });
        }
        if shown.interaction.send.repeats() {
            let after = Send::timeout(shown.attempts - shown.earlier);
            let kind = TimerKind::Silence(shown.attempts);
            let timer = Timer { intent: shown.id, kind };
            duty.effects.push(Effect::Remind { after, timer });
        }
    }

    /// What messages say of an intent.
    pub(super) fn tag(&self, shown: &ShownIntent) -> Intent {
        let interaction = shown.interaction;
        let receipt = interaction.send.repeats()
            || interaction.claim == Claim::Received
            || interaction.learn.survives_reload();
        Intent {
            id: shown.id,
            device: self.node,
            key: interaction.key,
            receipt,
            learn: interaction.learn,
            promise: interaction.guard == Guard::Accept,
        }
    }

    /// No sign has come of an attempt.
    pub(super) fn silence(&self, attempt: u32, shown: &mut ShownIntent, duty: &mut Duty<'_>) {
        // What is to be dropped is not sent again.
        if attempt != shown.attempts || shown.is_done_sending() || shown.cancelling {
            return;
        }
        let is_last = |most: u32| most <= attempt - shown.earlier;
        if shown.interaction.send.attempts().is_some_and(is_last) {
            assert_now(shown, Assertion::Unknown, duty);
            duty.effects.push(Effect::Settled { intent: shown.id });
        } else if self.reaches() || !shown.interaction.send.is_kept() {
            self.send_stage(shown, duty);
        }
    }

    /// It is time to ask again what has become of an intent.
    pub(super) fn poll(&self, number: u32, shown: &mut ShownIntent, duty: &mut Duty<'_>) {
        if number > Learn::POLLS {
            duty.effects.push(Effect::Settled { intent: shown.id });
            return;
        }
        if shown.received && self.open {
            duty.effects.push(Effect::AskStatus(self.tag(shown)));
        }
        let timer = Timer { intent: shown.id, kind: TimerKind::Poll(number + 1) };
        duty.effects.push(Effect::Remind { after: Learn::interval(number + 1), timer });
    }
}

/// The form at this place of the class' screen.
pub(super) fn form(scenario: &Scenario, client: ClientId, item: usize) -> &Form {
    match &scenario.clients[client].screen[item] {
        ScreenItem::Form(form) => form,
        ScreenItem::List(_) => unreachable!("law: intents are formed with forms"),
    }
}
