//! Carries out what people and their devices want done.

use std::sync::Arc;

use super::experience::Experience;
use super::input::id32;
use super::post::Letter;
use super::record::What;
use super::state::{Occurrence, World};
use super::why::Why;
use crate::base::Time;
use crate::base::limits::HABIT_TIMES_MAX;
use crate::client::{Device, Duty, Effect, IntentName, Wish};
use crate::interaction::{Guard, Read};
use crate::language::Value;
use crate::language::expression::Expression;
use crate::language::scenario::{Form, FormField, Refresh, ScreenItem};
use crate::service::Content;
use crate::sim::Context;

impl World {
    /// Plans the habits and the polls of all screens.
    pub(super) fn start_people(&mut self, context: &mut Context<'_, Self>) {
        let plan = self.plan.clone();
        for person in 0..self.people.len() {
            self.compare_screen(person, context.now);
            if self.interaction(self.people[person].client).read == Read::Bounded {
                self.read_anew(person, Read::Any, context);
            }
            let client = &plan.scenario.clients[self.people[person].client];
            for habit in 0..client.habits.len() {
                let it = &client.habits[habit];
                self.plan_habit((person, habit), it.at.as_ref().or(it.every.as_ref()), context);
            }
            for (item, it) in client.screen.iter().enumerate() {
                if let ScreenItem::List(list) = it
                    && let Refresh::Every(every) = &list.refresh
                {
                    self.plan_poll(person, item, every, context);
                }
            }
        }
    }

    fn plan_habit(
        &mut self,
        (person, habit): (usize, usize),
        after: Option<&Expression>,
        context: &mut Context<'_, Self>,
    ) {
        let Some(after) = after else { return };
        let mut chance = self.habit_streams[person][habit].clone();
        let after = self.value_of(after, Some(&mut chance), context.now);
        self.habit_streams[person][habit] = chance;
        // A habit whose rhythm cannot be computed is not followed any more.
        if let Some(after) = after.and_then(|it| it.as_span()) {
            context.after(after, Occurrence::Habit { person, habit });
        }
    }

    /// A habit comes due: the person submits the form, unless it is frozen or habits are off. What would have
    /// been filled in is drawn either way, so that switching habits off and on changes no later luck.
    pub(super) fn follow_habit(
        &mut self,
        person: usize,
        habit: usize,
        context: &mut Context<'_, Self>,
    ) {
        let plan = self.plan.clone();
        let client = self.people[person].client;
        let it = &plan.scenario.clients[client].habits[habit];
        let value = |it: &Option<Expression>| {
            it.as_ref().and_then(|it| self.value_of(it, None, context.now))
        };
        let until = value(&it.until).and_then(|it| it.as_span());
        if until.is_some_and(|it| Time::ZERO + it <= context.now) {
            return;
        }
        let times = match value(&it.times) {
            Some(Value::Int(times)) => times,
            _ => i64::from(it.times.is_none()),
        };
        if HABIT_TIMES_MAX < times {
            context.halt(
                "a person submits a form more than 10,000 times at one instant (HABIT_TIMES_MAX)",
            );
            return;
        }
        let clock = self.clock(plan.scenario.clients[client].clock.as_ref(), context.now);
        let mut chance = self.habit_streams[person][habit].clone();
        let mut draw = || -> Option<Vec<_>> {
            let drawn = it.with.iter().map(|(field, value)| {
                Some((*field, self.value_of(value, Some(&mut chance), clock)?))
            });
            drawn.collect()
        };
        // Mostly it is one, which needs no list.
        let first = (0 < times).then(&mut draw);
        let more: Vec<_> = (1..times).map(|_| draw()).collect();
        self.habit_streams[person][habit] = chance;
        self.plan_habit((person, habit), it.every.as_ref(), context);
        if !self.habits_on {
            return;
        }
        for values in first.into_iter().chain(more).flatten() {
            self.submit(person, it.form, &values, context);
        }
    }

    /// What a screen's lists are trusted for may have changed; before, it was this.
    pub(super) fn read_anew(
        &mut self,
        person: usize,
        before: Read,
        context: &mut Context<'_, Self>,
    ) {
        let read = self.interaction(self.people[person].client).read;
        if read != before && [read, before].iter().any(|it| it.asks()) {
            self.with_device(person, context, |it, duty| it.read_anew(read, duty));
        }
    }

    /// A person submits a form. A form that is frozen, or on a closed page, cannot be submitted: nothing
    /// happens.
    pub(super) fn submit(
        &mut self,
        person: usize,
        item: usize,
        values: &[(usize, Value)],
        context: &mut Context<'_, Self>,
    ) {
        let device = &self.people[person];
        if !device.open || device.is_frozen(item) {
            return;
        }
        let (client, node, name) = (device.client, device.node, device.next_intent_name());
        let plan = self.plan.clone();
        let Some(form) = plan.form(client, item) else { return };
        let clock = self.clock(self.plan.scenario.clients[client].clock.as_ref(), context.now);
        let body = self.fill_in(form, &name, values, clock);
        let interaction = self.form_interaction(client, item);
        let id = self.next_intent;
        self.next_intent += 1;
        self.record(node, What::Submitted { intent: id, item: id32(item) }, context);
        // Who submits several at once does so for one reason.
        let why = std::mem::replace(&mut self.why, Why::Intent(id));
        let expected = self.expected(person, form, &body, interaction.guard);
        let was_stale = self.is_out_of_date(person, expected.as_deref());
        let looks = interaction.guard == Guard::Precheck;
        let objection = if looks { self.objection(person, form, &body, context.now) } else { None };
        let experience = Experience::new((client, item), interaction, was_stale, context.now);
        self.truths.begin(id, name.clone(), node, experience);
        let wish = Wish { id, name, form: item, body, interaction, expected, objection };
        self.with_device(person, context, |it, duty| it.submit(wish, duty));
        self.why = why;
    }

    /// The body of a form's message: what was filled in, or else what the form says.
    fn fill_in(
        &self,
        form: &Form,
        name: &IntentName,
        values: &[(usize, Value)],
        clock: Time,
    ) -> Arc<[Value]> {
        let fields = form.fields.iter().enumerate();
        fields
            .map(|(index, field)| match values.iter().find(|it| it.0 == index) {
                Some((_, filled)) => filled.clone(),
                None => match field {
                    FormField::IntentId => Value::Text(name.to_string().into()),
                    FormField::Computed(value) => {
                        self.value_of(value, None, clock).unwrap_or(Value::Null)
                    }
                    FormField::Number { default, .. } => Value::Int(*default),
                    FormField::Text { default, .. } => Value::Text(default.clone()),
                    FormField::Choice { options, .. } => Value::Text(options[0].clone()),
                },
            })
            .collect()
    }

    /// Lets a device react, and carries out what it wants.
    pub(super) fn with_device(
        &mut self,
        person: usize,
        context: &mut Context<'_, Self>,
        react: impl FnOnce(&mut Device, &mut Duty<'_>),
    ) {
        let mut effects = std::mem::take(&mut self.device_effects);
        let mut duty =
            Duty { now: context.now, scenario: &self.plan.scenario, effects: &mut effects };
        react(&mut self.people[person], &mut duty);
        for effect in effects.drain(..) {
            self.carry_out_for(person, effect, context);
        }
        self.device_effects = effects;
    }

    fn carry_out_for(&mut self, person: usize, effect: Effect, context: &mut Context<'_, Self>) {
        let node = self.people[person].node;
        if let Some(intent) = effect.intent() {
            self.why = self.why_for(intent);
        }
        match effect {
            Effect::Send { channel, content, intent, route, expected } => {
                let intent = Some(intent);
                let letter = Letter { intent, route, expected, ..Letter::of(content, node) };
                self.post(channel, letter, context);
            }
            Effect::Cancel { channel, intent } => self.ask_to_cancel(channel, intent, context),
            Effect::Ask { item } => self.ask(person, item, context),
            Effect::AskStatus(intent) => self.ask_status(person, intent, context),
            Effect::AskHold(intent, expected) => {
                let service = expected.service;
                self.question(person, service, (Content::Hold(expected), intent), context);
            }
            Effect::Remind { after, timer } => {
                context.after(after, Occurrence::Device { person, timer })
            }
            Effect::Asserted { intent, assertion } => {
                let says = assertion.says();
                self.record(node, What::Asserted { intent, assertion }, context);
                self.truths.lived(intent, |it| it.says(says, context.now));
                self.will_look_for_own(intent, context.now);
            }
            Effect::Kept { intent, undone } => {
                let what = What::Kept { intent, undone };
                self.record(node, what, context);
                self.truths.keep(intent, undone, context.now);
            }
            Effect::Settled { intent } => self.truths.settle(intent, context.now),
        }
    }
}
