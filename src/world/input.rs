//! What a person can do to a running world. Every input is recorded with its position in the run.

use super::copies::{Copies, Deed};
use super::meddle::Way;
use super::record::{Meddling, What, digest_of};
use super::state::World;
use super::why::Why;
use crate::base::Span;
use crate::base::limits::{RUN_SPAN_MAX, SLOWNESS_MAX};
use crate::client::{Device, Duty};
use crate::interaction::{Interaction, Read};
use crate::language::Value;
use crate::language::scenario::{ChannelId, ClientId, FormField, KnobId, ServiceId};
use crate::service::NodeId;
use crate::sim::Context;

/// Something that a person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Submits a form on a person's screen.
    Submit {
        /// Index into the world's people.
        person: usize,
        /// Which item of the screen.
        item: usize,
        /// What was filled in, by field; the others keep their default.
        values: Vec<(usize, Value)>,
    },
    /// Turns a knob.
    Turn {
        /// Which.
        knob: KnobId,
        /// To what. It keeps the knob's bounds.
        value: Value,
    },
    /// Switches the habits of all people on or off.
    Habits {
        /// On?
        on: bool,
    },
    /// Lets a process at the node of a service or a broker die: one of its instances, or all of them.
    Crash(NodeId, Option<usize>),
    /// Lets it come back.
    Restart(NodeId, Option<usize>),
    /// Lets a fault strike, or be over.
    Fault(usize, bool),
    /// Lets copies of a message get lost that are on a link or wait.
    Lose(Copies),
    /// Makes a second copy of each of them.
    Duplicate(Copies),
    /// Holds them up for so long.
    Delay(Copies, Span),
    /// Lets them overtake what is ahead of them on the same link, or waits before them.
    Overtake(Copies),
    /// Lets a service do nothing, and lose nothing.
    Pause(ServiceId),
    /// Lets it go on.
    Resume(ServiceId),
    /// Lets the work of a service take so many times as long; 1 is as usual.
    Slow(ServiceId, f64),
    /// Lets links carry nothing.
    Cut(Way),
    /// Lets messages travel so much longer on links.
    SlowLink(Way, Span),
    /// Lets links be as usual.
    Mend(Way),
    /// Puts a dead letter of this channel back into it.
    Redeliver {
        /// Which channel.
        channel: ChannelId,
        /// Which message.
        message: u64,
    },
    /// Chooses how the intents of a class of people are handled from now on, or of one of its forms.
    Choose {
        /// Which class.
        client: ClientId,
        /// Of which form: an item of the screen. Without it, of all that have no choice of their own.
        form: Option<usize>,
        /// How.
        interaction: Interaction,
    },
    /// Loads the page of a person anew.
    Reload(usize),
    /// Takes a person's device offline, or back.
    Online(usize, bool),
    /// Closes the page on a person's device, or opens it again.
    Open(usize, bool),
    /// Takes an intent back that has not left its device: a person, and the person's how many-th it is.
    TakeBack(usize, u64),
    /// Asks for an intent to be dropped that is under way: a person, and the person's how many-th it is.
    Cancel(usize, u64),
}

impl World {
    /// Lets a device react to what its person does.
    fn handle_device(
        &mut self,
        person: usize,
        what: Option<What>,
        context: &mut Context<'_, Self>,
        react: impl FnOnce(&mut Device, &mut Duty<'_>),
    ) {
        if let Some(what) = what {
            self.record(self.people[person].node, what, context);
        }
        self.with_device(person, context, react);
    }

    pub(super) fn take_input(&mut self, input: Input, context: &mut Context<'_, Self>) {
        self.why = Why::Hand;
        match input {
            Input::Submit { person, item, values } => self.submit(person, item, &values, context),
            Input::Turn { knob, value } => {
                let what = What::Turned {
                    knob: id32(knob),
                    value: digest_of(std::slice::from_ref(&value)),
                };
                self.record(0, what, context);
                let before = self.reads();
                self.knobs[knob] = value;
                self.forget_choices(knob);
                self.read_all_anew(&before, context);
            }
            Input::Habits { on } => {
                self.record(0, What::Habits { on }, context);
                self.habits_on = on;
            }
            Input::Crash(node, instance) => self.switch(node, instance, false, context),
            Input::Restart(node, instance) => self.switch(node, instance, true, context),
            Input::Fault(fault, true) => self.strike(fault, None, context),
            Input::Fault(fault, false) => self.undo(fault, None, context),
            Input::Lose(copies) => self.do_to_copies(copies, Deed::Lose, context),
            Input::Duplicate(copies) => self.do_to_copies(copies, Deed::Duplicate, context),
            Input::Delay(copies, span) => self.do_to_copies(copies, Deed::Delay(span), context),
            Input::Overtake(copies) => self.do_to_copies(copies, Deed::Overtake, context),
            Input::Pause(service) => self.pause_by_hand(service, true, context),
            Input::Resume(service) => self.pause_by_hand(service, false, context),
            Input::Slow(service, factor) => self.slow_by_hand(service, factor, context),
            Input::Cut(way) => self.trouble_links(way, Meddling::Cut, Span::ZERO, context),
            Input::SlowLink(way, late) => {
                self.trouble_links(way, Meddling::SlowedLink, late, context);
            }
            Input::Mend(way) => self.trouble_links(way, Meddling::Mended, Span::ZERO, context),
            Input::Redeliver { channel, message } => self.redeliver(channel, message, context),
            Input::Choose { client, form, interaction } => {
                let what = What::Chose { client: id32(client) };
                self.record(0, what, context);
                let before = self.reads();
                match form {
                    Some(item) => {
                        self.form_choices.insert((client, item), interaction);
                    }
                    None => self.choices[client] = Some(interaction),
                }
                self.read_all_anew(&before, context);
            }
            Input::Reload(person) => {
                self.handle_device(person, Some(What::Reloaded), context, Device::reload);
            }
            Input::Online(person, on) => {
                self.handle_device(person, Some(What::Online { on }), context, |it, duty| {
                    it.set_online(on, duty);
                });
            }
            Input::Open(person, on) => {
                self.handle_device(person, Some(What::Opened { on }), context, |it, duty| {
                    it.set_open(on, duty);
                });
            }
            Input::Cancel(person, number) => {
                self.handle_device(person, None, context, |it, duty| it.cancel(number, duty));
            }
            Input::TakeBack(person, number) => {
                self.handle_device(person, None, context, |it, duty| it.undo(number, duty));
            }
        }
    }

    /// What the lists of each class of people are trusted for.
    fn reads(&self) -> Vec<Read> {
        (0..self.choices.len()).map(|it| self.interaction(it).read).collect()
    }

    fn read_all_anew(&mut self, before: &[Read], context: &mut Context<'_, Self>) {
        for person in 0..self.people.len() {
            self.read_anew(person, before[self.people[person].client], context);
        }
    }

    /// Lets a process at a node die or come back: this instance, or all; nothing happens to what has already.
    pub(super) fn switch(
        &mut self,
        node: NodeId,
        instance: Option<usize>,
        up: bool,
        context: &mut Context<'_, Self>,
    ) {
        if let Some(service) = self.services.get(node) {
            let fits = |it: &usize| {
                service.instances[*it].up != up && instance.is_none_or(|wanted| wanted == *it)
            };
            let meant: Vec<usize> = (0..service.instances.len()).filter(fits).collect();
            for instance in meant {
                if up {
                    self.restart((node, instance), context);
                } else {
                    self.crash((node, instance), context);
                }
            }
            if !up && self.faults.pause_any() {
                self.forget_pause(node, context);
            }
        } else if self.is_up(node) != up {
            let broker = node - self.services.len();
            if up {
                self.restart_broker(broker, context);
            } else {
                self.crash_broker(broker, context);
            }
        }
    }

    /// Turning a knob that decides about interactions outdoes what was chosen by hand.
    fn forget_choices(&mut self, knob: KnobId) {
        for (class, choice) in self.plan.scenario.clients.iter().zip(&mut self.choices) {
            if class.interaction.depends_on(knob) {
                *choice = None;
            }
        }
        let plan = &self.plan;
        self.form_choices.retain(|(client, item), _| {
            let own = plan.form(*client, *item).and_then(|it| it.interaction);
            let source = own.unwrap_or(plan.scenario.clients[*client].interaction);
            !source.depends_on(knob)
        });
    }

    /// Is this input one that the scenario can take? An input from a link may be about things that do not exist.
    pub fn accepts(&self, input: &Input) -> bool {
        match input {
            Input::Submit { person, item, values } => {
                let form = self.people.get(*person).and_then(|it| self.plan.form(it.client, *item));
                form.is_some_and(|form| {
                    values.iter().all(|(field, value)| match (form.fields.get(*field), value) {
                        (Some(FormField::Number { min, max, .. }), Value::Int(it)) => {
                            *min <= *it && *it <= *max
                        }
                        (Some(FormField::Text { .. }), Value::Text(_)) => true,
                        (Some(FormField::Choice { options, .. }), Value::Text(it)) => {
                            options.contains(it)
                        }
                        _ => false,
                    })
                })
            }
            Input::Turn { knob, value } => {
                self.plan.scenario.knobs.get(*knob).is_some_and(|it| it.kind.admits(value))
            }
            Input::Habits { .. } => true,
            Input::Lose(it) | Input::Duplicate(it) | Input::Overtake(it) => self.has_node(it.to),
            Input::Delay(it, span) => self.has_node(it.to) && *span <= RUN_SPAN_MAX,
            Input::Pause(service) | Input::Resume(service) => *service < self.services.len(),
            Input::Slow(service, factor) => {
                *service < self.services.len() && 0.0 < *factor && *factor <= SLOWNESS_MAX
            }
            Input::Cut(it) | Input::Mend(it) => self.has_way(*it),
            Input::SlowLink(it, late) => self.has_way(*it) && *late <= RUN_SPAN_MAX,
            Input::Redeliver { channel, .. } => *channel < self.channels.len(),
            Input::Fault(fault, _) => *fault < self.faults.states.len(),
            Input::Crash(node, instance) | Input::Restart(node, instance) => {
                let instances = self.services.get(*node).map_or(1, |it| it.instances.len());
                *node < self.plan.person_node(0) && instance.unwrap_or(0) < instances
            }
            Input::Choose { client, form, .. } => {
                *client < self.choices.len()
                    && form.is_none_or(|it| self.plan.form(*client, it).is_some())
            }
            Input::Reload(person)
            | Input::Online(person, _)
            | Input::Open(person, _)
            | Input::TakeBack(person, _)
            | Input::Cancel(person, _) => *person < self.people.len(),
        }
    }
}

impl World {
    fn has_node(&self, node: Option<NodeId>) -> bool {
        node.is_none_or(|it| it < self.plan.nodes.len())
    }

    fn has_way(&self, way: Way) -> bool {
        way.from != way.to && self.has_node(Some(way.from)) && self.has_node(Some(way.to))
    }
}

/// An index as records carry it.
pub(crate) fn id32(index: usize) -> u32 {
    u32::try_from(index).expect("law: indices are bounded far below 2³²")
}
