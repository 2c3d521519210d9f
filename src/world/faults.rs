//! Faults: when they strike, what they do, and how that is undone.

use super::input::id32;
use super::meddle::TroubledLink;
use super::plan::Plan;
use super::record::What;
use super::state::{Occurrence, World};
use super::why::Why;
use crate::base::{Span, Stream, Time};
use crate::language::Value;
use crate::language::expression::Expression;
use crate::language::scenario::{ChannelId, Harm, Mishap, Occasion, ServiceId};
use crate::service::{Content, NodeId, Timer};
use crate::sim::Context;

/// Who does harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// A fault of the text.
    Fault(usize),
    /// A person.
    Hand,
}

/// A service that is paused, by whom, and what waits until it goes on.
type Paused = (By, ServiceId, Vec<Occurrence>);

/// All faults of a world.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// How each stands.
    pub states: Vec<FaultState>,
    paused: Vec<Paused>,
    /// Services that are slow, by whom, and how many times as long their work takes.
    slowed: Vec<(By, ServiceId, f64)>,
    /// What persons have done to links.
    pub(super) troubled: Vec<TroubledLink>,
    /// Cuts through the network, by which fault: the group of each node, 0 for none.
    cuts: Vec<(usize, Vec<usize>)>,
    /// What befalls the next messages: by which fault, and how many are left.
    bursts: Vec<(usize, u32)>,
}

/// How a fault stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultState {
    /// It has struck, and is not over.
    pub active: bool,
    /// How often it has struck.
    pub strikes: u32,
    /// The process that it struck, when it was one of several.
    instance: Option<usize>,
    /// When it strikes.
    occasions: Stream,
    /// Whether it strikes, and how hard.
    luck: Stream,
    /// How long it lasts.
    lengths: Stream,
}

/// What befalls a message on a link.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Misfortune {
    pub(super) lost: bool,
    pub(super) twice: bool,
    pub(super) late: Span,
}

impl Faults {
    pub(super) fn new(plan: &Plan, seed: u64) -> Self {
        let stream = |name: &str, what: &str| Stream::new(seed, &["fault", name, what]);
        let states = plan.scenario.faults.iter().map(|it| FaultState {
            active: false,
            strikes: 0,
            instance: None,
            occasions: stream(&it.name, "when"),
            luck: stream(&it.name, "luck"),
            lengths: stream(&it.name, "length"),
        });
        Self { states: states.collect(), ..Self::default() }
    }

    /// Does anything befall what is sent?
    #[inline]
    pub(super) const fn disturb_links(&self) -> bool {
        !self.cuts.is_empty() || !self.bursts.is_empty() || !self.troubled.is_empty()
    }

    /// Is any service paused?
    #[inline]
    pub(super) const fn pause_any(&self) -> bool {
        !self.paused.is_empty()
    }

    /// Is this service paused?
    pub fn is_paused(&self, service: ServiceId) -> bool {
        self.paused.iter().any(|it| it.1 == service)
    }

    /// Has a person paused this service?
    pub(super) fn is_paused_by_hand(&self, service: ServiceId) -> bool {
        self.paused.iter().any(|it| it.0 == By::Hand && it.1 == service)
    }

    /// Has a person slowed this service down?
    pub fn is_slow_by_hand(&self, service: ServiceId) -> bool {
        self.slowed.iter().any(|it| it.0 == By::Hand && it.1 == service)
    }

    /// How many times as long the work of this service takes.
    pub(super) fn slowness(&self, service: ServiceId) -> Option<f64> {
        let factors = self.slowed.iter().filter(|it| it.1 == service).map(|it| it.2);
        factors.reduce(|a, b| a * b)
    }

    /// Is this node cut off from some others?
    pub fn is_cut_off(&self, node: NodeId) -> bool {
        self.cuts.iter().any(|it| it.1[node] != 0)
            || self.troubled.iter().any(|it| it.cut && (it.from == node || it.to == node))
    }

    /// Does a cut run between these nodes?
    pub fn is_cut(&self, from: NodeId, to: NodeId) -> bool {
        self.cuts
            .iter()
            .any(|(_, groups)| groups[from] != 0 && groups[to] != 0 && groups[from] != groups[to])
            || self.troubled(from, to).is_some_and(|it| it.cut)
    }

    /// What persons have done to a link.
    pub(super) fn troubled(&self, from: NodeId, to: NodeId) -> Option<&TroubledLink> {
        self.troubled.iter().find(|it| it.from == from && it.to == to)
    }

    /// How much longer messages travel on a link that a person has made slow.
    pub fn lateness(&self, from: NodeId, to: NodeId) -> Span {
        self.troubled(from, to).map_or(Span::ZERO, |it| it.late)
    }

    pub(super) fn pause(&mut self, by: By, service: ServiceId) {
        self.paused.push((by, service, Vec::new()));
    }

    /// Lets somebody make a service slow, or no more.
    pub(super) fn slow(&mut self, by: By, service: ServiceId, factor: Option<f64>) {
        self.slowed.retain(|it| it.0 != by || it.1 != service);
        self.slowed.extend(factor.map(|it| (by, service, it)));
    }
}

impl World {
    /// Plans the faults that strike by themselves.
    pub(super) fn start_faults(&mut self, context: &mut Context<'_, Self>) {
        for fault in 0..self.faults.states.len() {
            self.plan_fault(fault, context);
        }
    }

    fn plan_fault(&mut self, fault: usize, context: &mut Context<'_, Self>) {
        let plan = self.plan.clone();
        let (Occasion::At(after) | Occasion::Every(after)) = &plan.scenario.faults[fault].occasion
        else {
            return;
        };
        let mut chance = self.faults.states[fault].occasions.clone();
        let after = self.value_of(after, Some(&mut chance), context.now);
        self.faults.states[fault].occasions = chance;
        // A fault whose occasion cannot be computed does not come.
        if let Some(after) = after.and_then(|it| it.as_span()) {
            context.after(after, Occurrence::Fault(fault));
        }
    }

    /// The time of a fault has come.
    pub(super) fn fault_due(&mut self, fault: usize, context: &mut Context<'_, Self>) {
        self.strike(fault, None, context);
        if let Occasion::Every(_) = self.plan.scenario.faults[fault].occasion {
            self.plan_fault(fault, context);
        }
    }

    /// A handler stands at a boundary: the fault strikes, or not, and the handler goes on if it can.
    pub(super) fn pass_boundary(
        &mut self,
        (service, fault): (ServiceId, usize),
        timer: Timer,
        context: &mut Context<'_, Self>,
    ) {
        let running = self.services[service].workers[timer.worker as usize].as_ref();
        let Some(running) = running.filter(|it| it.token == timer.token) else { return };
        let instance = running.instance;
        let plan = self.plan.clone();
        if let Occasion::Boundary { chance, times } = &plan.scenario.faults[fault].occasion {
            let share = self.value_of(chance, None, context.now);
            let state = &mut self.faults.states[fault];
            // Drawn at each passage, so that its luck does not depend on what it has done before.
            let strikes = state.luck.chance(share.as_ref().map_or(0.0, number));
            if strikes && times.is_none_or(|it| state.strikes < it) {
                self.strike(fault, Some((service, instance)), context);
            }
        }
        // As an occurrence of its own, because the service may be paused now.
        context.after(Span::ZERO, Occurrence::Worker(service, timer));
    }

    /// A fault strikes, unless it has struck and is not over: at the process that stands at its boundary, if
    /// that is the one.
    pub(super) fn strike(
        &mut self,
        fault: usize,
        at: Option<(ServiceId, usize)>,
        context: &mut Context<'_, Self>,
    ) {
        if self.faults.states[fault].active {
            return;
        }
        let plan = self.plan.clone();
        let it = &plan.scenario.faults[fault];
        let what = What::Fault { fault: id32(fault), on: true };
        self.record(0, what, context);
        self.why = Why::Fault(id32(fault));
        self.faults.states[fault].strikes += 1;
        let mut lasts = it.length.is_some();
        match &it.harm {
            Harm::Crash(node, instance) | Harm::Restart(node, instance) => {
                let here = at.filter(|it| it.0 == *node).map(|it| it.1);
                let instance = instance.or(here);
                self.faults.states[fault].instance = instance;
                self.switch(*node, instance, matches!(it.harm, Harm::Restart(..)), context);
            }
            Harm::Pause(service) => {
                self.faults.pause(By::Fault(fault), *service);
                lasts = true;
            }
            Harm::Slow(service, factor) => {
                let factor = self.draw(fault, factor, context.now).as_ref().map_or(1.0, number);
                self.faults.slow(By::Fault(fault), *service, Some(factor.max(0.0)));
                self.services[*service].slowness = self.faults.slowness(*service);
                lasts = true;
            }
            Harm::Partition(groups) => {
                let group = |node: NodeId| {
                    let meant =
                        |it: &Vec<String>| it.iter().any(|it| plan.is_meant(Some(it), node));
                    groups.iter().position(meant).map_or(0, |it| it + 1)
                };
                self.faults.cuts.push((fault, (0..plan.nodes.len()).map(group).collect()));
                lasts = true;
            }
            Harm::Burst(burst) => self.faults.bursts.push((fault, burst.count)),
        }
        self.faults.states[fault].active = lasts;
        if let Some(length) = &it.length {
            let mut chance = self.faults.states[fault].lengths.clone();
            let length = self.value_of(length, Some(&mut chance), context.now);
            let state = &mut self.faults.states[fault];
            state.lengths = chance;
            if let Some(length) = length.and_then(|it| it.as_span()) {
                context.after(length, Occurrence::Undo { fault, strike: state.strikes });
            }
        }
    }

    /// A fault is over: what it does is undone. `strike` tells which of its strikes is meant.
    pub(super) fn undo(
        &mut self,
        fault: usize,
        strike: Option<u32>,
        context: &mut Context<'_, Self>,
    ) {
        let state = &mut self.faults.states[fault];
        if !state.active || strike.is_some_and(|it| it != state.strikes) {
            return;
        }
        state.active = false;
        let instance = state.instance;
        let what = What::Fault { fault: id32(fault), on: false };
        self.record(0, what, context);
        self.why = Why::Fault(id32(fault));
        let plan = self.plan.clone();
        match &plan.scenario.faults[fault].harm {
            Harm::Crash(node, _) => self.switch(*node, instance, true, context),
            Harm::Restart(..) => {}
            Harm::Pause(_) => self.resume(|it| it.0 == By::Fault(fault), context),
            Harm::Slow(service, _) => {
                self.faults.slow(By::Fault(fault), *service, None);
                self.services[*service].slowness = self.faults.slowness(*service);
            }
            Harm::Partition(_) => self.faults.cuts.retain(|it| it.0 != fault),
            Harm::Burst(_) => self.faults.bursts.retain(|it| it.0 != fault),
        }
    }

    /// What has waited at paused services comes about now, in its order.
    pub(super) fn resume(
        &mut self,
        over: impl Fn(&Paused) -> bool,
        context: &mut Context<'_, Self>,
    ) {
        let (go_on, paused) = std::mem::take(&mut self.faults.paused).into_iter().partition(over);
        self.faults.paused = paused;
        for occurrence in go_on.into_iter().flat_map(|it| it.2) {
            context.after(Span::ZERO, occurrence);
        }
    }

    /// A service whose processes are gone is not paused any more.
    pub(super) fn forget_pause(&mut self, service: ServiceId, context: &mut Context<'_, Self>) {
        if self.faults.is_paused(service) && !self.services[service].is_up() {
            for fault in 0..self.faults.states.len() {
                if matches!(self.plan.scenario.faults[fault].harm, Harm::Pause(it) if it == service)
                {
                    self.undo(fault, None, context);
                }
            }
            if self.faults.is_paused_by_hand(service) {
                self.pause_by_hand(service, false, context);
            }
        }
    }

    /// Keeps what would come about at a paused service until it goes on. Gives back what does not.
    pub(super) fn hold_back(&mut self, occurrence: Occurrence) -> Option<Occurrence> {
        let service = match occurrence {
            Occurrence::Worker(service, _)
            | Occurrence::Boundary(service, ..)
            | Occurrence::Room { service, .. } => service,
            Occurrence::Arrive(slot) => {
                let leg = self.legs[slot].as_ref().filter(|it| !it.lost);
                leg.map_or(usize::MAX, |it| it.to)
            }
            _ => return Some(occurrence),
        };
        match self.faults.paused.iter_mut().find(|it| it.1 == service) {
            Some(paused) => {
                paused.2.push(occurrence);
                None
            }
            None => Some(occurrence),
        }
    }

    /// What befalls a message that is given to a link.
    pub(super) fn misfortune(
        &mut self,
        content: &Content,
        channel: Option<ChannelId>,
        (from, to): (NodeId, NodeId),
        now: Time,
    ) -> Misfortune {
        let plan = self.plan.clone();
        let mut misfortune =
            Misfortune { lost: self.faults.is_cut(from, to), ..Misfortune::default() };
        misfortune.late = self.faults.lateness(from, to);
        for index in 0..self.faults.bursts.len() {
            let fault = self.faults.bursts[index].0;
            let Harm::Burst(burst) = &plan.scenario.faults[fault].harm else { continue };
            let name = content.name_index(plan.scenario.messages.len());
            let fits = burst.message.is_none_or(|it| it == name)
                && burst.channel.is_none_or(|it| channel == Some(it))
                && plan.is_meant(burst.links.from.as_deref(), from)
                && plan.is_meant(burst.links.to.as_deref(), to);
            if !fits {
                continue;
            }
            self.faults.bursts[index].1 -= 1;
            match &burst.mishap {
                Mishap::Lose => misfortune.lost = true,
                Mishap::Duplicate => misfortune.twice = true,
                Mishap::Delay(delay) => {
                    let delay = self.draw(fault, delay, now).and_then(|it| it.as_span());
                    misfortune.late = misfortune.late + delay.unwrap_or_default();
                }
            }
        }
        self.faults.bursts.retain(|it| it.1 > 0);
        misfortune
    }

    fn draw(&mut self, fault: usize, value: &Expression, now: Time) -> Option<Value> {
        let mut chance = self.faults.states[fault].luck.clone();
        let value = self.value_of(value, Some(&mut chance), now);
        self.faults.states[fault].luck = chance;
        value
    }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Float(it) => *it,
        Value::Int(it) => *it as f64,
        _ => 0.0,
    }
}
