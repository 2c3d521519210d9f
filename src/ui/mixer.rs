//! The mixer: how the wishes of a class of people, or of one form, are handled, axis by axis.
//!
//! Every choice takes effect at that instant. What cannot work here stands there with the reason.

use super::bar::preset_options;
use super::controls::{select, switch};
use super::dialog::dialog;
use super::icon::{Icon, icon};
use super::live::{Live, State};
use super::page::{Desk, Opened};
use super::view::{View, dynamic, el, group, nothing, shown, when, words};
use crate::app::Action;
use crate::app::view::{AxisView, ChoiceView, MixerView, Target, mixer, targets};
use crate::interaction::{Interaction, PRESETS};

/// The dialog.
pub(super) fn mixer_dialog(desk: Desk) -> View {
    let close = move || desk.close(&Opened::Mixer);
    dialog("Mix an interaction", desk.is_open(Opened::Mixer), close, move || content(desk))
}

fn content(desk: Desk) -> View {
    let all = targets(&desk.session.lab());
    if all.is_empty() {
        return el("p").text("Nobody in this scenario has a form.");
    }
    let chosen = State::new(0_usize);
    let whom = if all.len() > 1 { whom(&all, chosen) } else { nothing() };
    let mix = move || all.get(chosen.get()).cloned().map_or_else(nothing, |it| mix(desk, it));
    group().child(whom).child(dynamic(mix))
}

fn whom(all: &[Target], chosen: State<usize>) -> View {
    let options = all.iter().enumerate().map(|(index, it)| (index.to_string(), it.words.clone()));
    let value = words(move || chosen.get().to_string());
    let act = move |it: String| chosen.set(it.parse().unwrap_or_default());
    select("field field--wide", "For whom", options.collect(), value, act)
}

/// What is chosen for one target, and how to change it.
#[derive(Clone)]
struct Mix {
    desk: Desk,
    target: Target,
    seen: Live<Option<MixerView>>,
}

impl Mix {
    fn of<T: Default>(&self, look: impl Fn(&MixerView) -> T) -> T {
        self.seen.read().as_ref().map(look).unwrap_or_default()
    }

    fn choose(&self, change: impl Fn(Interaction) -> Interaction) {
        let stands = self.seen.peek().as_ref().map(|it| it.interaction);
        if let Some(interaction) = stands {
            let Target { client, form, .. } = self.target;
            self.desk.act(Action::Choose(client, form, change(interaction)));
        }
    }
}

fn mix(desk: Desk, target: Target) -> View {
    let (client, form) = (target.client, target.form);
    let seen = desk.session.view(move |lab| mixer(lab, client, form));
    let Some(first) = (*seen.peek()).clone() else { return nothing() };
    let mix = Mix { desk, target, seen };
    let axes = first.axes.iter().enumerate().map(|(index, it)| axis(&mix, index, it));
    el("div.mixer").child(head(&mix)).children(axes).child(key(&mix))
}

/// The name of the combination, what it means, and what is in its way here.
fn head(mix: &Mix) -> View {
    let preset = {
        let mix = mix.clone();
        words(move || mix.of(|it| it.interaction.preset().map_or("", |it| it.name).to_owned()))
    };
    let act = {
        let mix = mix.clone();
        move |name: String| {
            if let Some(it) = PRESETS.iter().find(|it| it.name == name) {
                mix.choose(|_| it.interaction);
            }
        }
    };
    let none = [(String::new(), "No name".to_owned())];
    let options = none.into_iter().chain(preset_options()).collect();
    let (meaning, obstacle) = (mix.clone(), mix.clone());
    let meaning = words(move || meaning.of(|it| it.meaning.clone()));
    let blocked = {
        let mix = mix.clone();
        when(move || mix.of(MixerView::obstacle).is_some())
    };
    let reason = words(move || {
        let reason = obstacle.of(MixerView::obstacle).unwrap_or_default();
        format!("Here it does not work as it is meant. {reason}")
    });
    let note = move || el("p.note").child(icon(Icon::Warning)).text(reason.clone());
    el("div.mixer__head")
        .child(select("field field--wide", "Name", options, preset, act))
        .child(el("p.mixer__meaning").attr("role", "status").text(meaning))
        .child(shown(blocked, note))
}

fn axis(mix: &Mix, place: usize, it: &AxisView) -> View {
    let choices = it.choices.iter().enumerate();
    let name = it.name;
    el("fieldset.mixer__axis")
        .child(el("legend").child(el("span").text(it.question)).child(el("span.muted").text(name)))
        .children(choices.map(|(index, choice)| radio(mix, (place, name), index, choice)))
}

fn radio(mix: &Mix, (place, axis): (usize, &'static str), index: usize, it: &ChoiceView) -> View {
    let name = it.name;
    let (stands, act) = (mix.clone(), mix.clone());
    let chosen =
        move || stands.of(|it| it.axes.get(place).is_some_and(|it| it.choices[index].chosen));
    let id = format!("mix-{axis}-{name}");
    let mut input = el("input")
        .attr("type", "radio")
        .attr("name", format!("mix-{axis}"))
        .attr("aria-describedby", id.clone())
        .checked(when(chosen))
        .on("change", move |_| act.choose(|it| it.with(axis, name)));
    let reason = it.obstacle.map_or_else(nothing, |reason| {
        el("span.mixer__reason").child(icon(Icon::Warning)).text(["Not here: ", reason].concat())
    });
    if it.obstacle.is_some() {
        input = input.attr("disabled", "");
    }
    let text = el("span.mixer__text").attr("id", id).text(it.meaning).child(reason);
    let class = if it.obstacle.is_some() {
        "div.mixer__choice.mixer__choice--off"
    } else {
        "div.mixer__choice"
    };
    let label = el("label.choice").child(input).child(el("span").text(name.replace('-', " ")));
    el(class).child(label).child(text)
}

/// The key by which a repetition is recognized. It belongs to the first axis.
fn key(mix: &Mix) -> View {
    let (stands, act) = (mix.clone(), mix.clone());
    let on = when(move || stands.of(|it| it.interaction.key));
    let turn = move |key| act.choose(|it| Interaction { key, ..it });
    el("div.mixer__key").child(switch(
        "Every wish carries a key, so that a repetition is recognized",
        on,
        turn,
    ))
}
