//! The mixer: the choices of the five axes for a form, what each means for the person, and what cannot work here.

use crate::app::Lab;
use crate::interaction::{Axis, Guard, Interaction, Learn, Read};
use crate::language::scenario::{ClientId, Form, ScreenItem};

/// What an interaction is chosen for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The class of people.
    pub client: ClientId,
    /// One item of its screen; without it, all forms that have no choice of their own.
    pub form: Option<usize>,
    /// Both in words.
    pub words: String,
}

/// The mixer of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixerView {
    /// What is chosen.
    pub interaction: Interaction,
    /// The name of the combination, if it has one.
    pub name: &'static str,
    /// What the combination means for the person.
    pub meaning: String,
    /// The axes, in order.
    pub axes: Vec<AxisView>,
}

impl MixerView {
    /// Why what is chosen does not work here as it is meant, if so.
    pub fn obstacle(&self) -> Option<&'static str> {
        let choices = self.axes.iter().flat_map(|it| &it.choices);
        choices.filter(|it| it.chosen).find_map(|it| it.obstacle)
    }
}

/// One axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisView {
    /// Its name.
    pub name: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// The answers.
    pub choices: Vec<ChoiceView>,
}

/// One choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    /// Its name.
    pub name: &'static str,
    /// What it means for the person.
    pub meaning: &'static str,
    /// It is chosen.
    pub chosen: bool,
    /// Why it cannot work here, if so.
    pub obstacle: Option<&'static str>,
}

/// Everything that an interaction can be chosen for.
pub fn targets(lab: &Lab) -> Vec<Target> {
    let mut targets = Vec::new();
    for (client, class) in lab.scenario().clients.iter().enumerate() {
        let forms = class.screen.iter().enumerate();
        let forms = forms.filter_map(|(item, it)| match it {
            ScreenItem::Form(form) => Some((item, &**form)),
            ScreenItem::List(_) => None,
        });
        let forms: Vec<(usize, &Form)> = forms.collect();
        if !forms.is_empty() {
            targets.push(Target { client, form: None, words: class.name.clone() });
        }
        // One form alone is all of them.
        for (item, form) in forms.iter().filter(|it| forms.len() > 1 || it.1.interaction.is_some())
        {
            let words = format!("{}: {}", class.name, form.label);
            targets.push(Target { client, form: Some(*item), words });
        }
    }
    targets
}

/// The mixer of a target, if it is there.
pub fn mixer(lab: &Lab, client: ClientId, form: Option<usize>) -> Option<MixerView> {
    let class = lab.scenario().clients.get(client)?;
    let interaction = match form {
        Some(item) => lab.world().form_interaction(client, item),
        None => lab.world().interaction(client),
    };
    let first = class.screen.iter().position(|it| matches!(it, ScreenItem::Form(_)));
    let here = Here::new(lab, client, form.or(first)?)?;
    let Interaction { send, claim, learn, read, guard, .. } = interaction;
    let axes = vec![
        axis(send, &|_| None),
        axis(claim, &|_| None),
        axis(learn, &|it| here.learn(it)),
        axis(read, &|it| here.read(it)),
        axis(guard, &|it| here.guard(it)),
    ];
    let preset = interaction.preset();
    let nameless =
        || [send.choice().meaning, claim.choice().meaning, learn.choice().meaning].join(" ");
    Some(MixerView {
        interaction,
        name: preset.map_or("No name", |it| it.label),
        meaning: preset.map_or_else(nameless, |it| it.meaning.to_owned()),
        axes,
    })
}

fn axis<A: Axis>(chosen: A, obstacle: &dyn Fn(A) -> Option<&'static str>) -> AxisView {
    let choices = A::CHOICES.iter().map(|it| ChoiceView {
        name: it.name,
        meaning: it.meaning,
        chosen: it.value == chosen,
        obstacle: obstacle(it.value),
    });
    AxisView { name: A::NAME, question: A::QUESTION, choices: choices.collect() }
}

/// What there is around a form.
struct Here<'l> {
    form: &'l Form,
    decided: bool,
    lists: bool,
}

impl<'l> Here<'l> {
    fn new(lab: &'l Lab, client: ClientId, item: usize) -> Option<Self> {
        let screen = &lab.scenario().clients[client].screen;
        Some(Self {
            form: lab.plan().form(client, item)?,
            decided: lab.plan().decider(client, item).is_some(),
            lists: screen.iter().any(|it| matches!(it, ScreenItem::List(_))),
        })
    }

    fn learn(&self, it: Learn) -> Option<&'static str> {
        match it {
            Learn::Reply | Learn::Poll | Learn::Message if !self.decided => {
                Some("Nobody decides on what this form sends.")
            }
            Learn::Push if self.form.outcome.as_ref().is_none_or(|it| it.accepted.is_none()) => {
                Some("No event tells the outcome of this form.")
            }
            Learn::View if !self.lists => Some("There is no list on this screen."),
            _ => None,
        }
    }

    fn read(&self, it: Read) -> Option<&'static str> {
        (it != Read::Any && !self.lists).then_some("There is no list on this screen.")
    }

    fn guard(&self, it: Guard) -> Option<&'static str> {
        let about = self.form.about.as_ref();
        match it {
            Guard::Accept if !self.decided => Some("Nobody decides on what this form sends."),
            _ if it.needs_row() && about.is_none() => {
                Some("This form does not say which row it is about.")
            }
            Guard::Precheck if about.is_none_or(|it| it.needs.is_none()) => {
                Some("This form does not say what its row must fulfill.")
            }
            _ => None,
        }
    }
}
