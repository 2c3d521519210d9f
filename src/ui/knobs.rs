//! The knobs of a scenario: one control for each kind.

use leptos::prelude::*;

use super::bar::{interactions, preset_options};
use super::controls::{select, switch};
use super::leaf::{dynamic, on_value, shown, when, words};
use super::page::Desk;
use super::transport::run_settings;
use crate::app::view::{KnobView, knobs};
use crate::app::{Action, Lab};
use crate::base::Span;
use crate::interaction::PRESETS;
use crate::language::Value;
use crate::language::scenario::{KnobId, KnobKind};

/// The panel's tab.
pub(super) fn knobs_panel(desk: Desk) -> AnyView {
    let generation = desk.session.view(Lab::generation);
    let list = move || {
        generation.get();
        let all = desk.session.peek(knobs);
        if all.is_empty() {
            let words = "This scenario has no knobs. A text can name some: under “knobs”.";
            return view! { <p>{words}</p> }.into_any();
        }
        let all: Vec<AnyView> = all.into_iter().map(|it| knob(desk, it)).collect();
        view! { <div class="knobs">{all}</div> }.into_any()
    };
    let narrow = when(move || desk.narrow.get());
    view! {
        <h2 class="panel__title">"What can be turned"</h2>
        {shown(narrow, move || narrow_controls(desk))}
        {dynamic(list)}
    }
    .into_any()
}

/// What wider pages show elsewhere. The interaction only where no knob stands for it.
fn narrow_controls(desk: Desk) -> AnyView {
    let no_knob = desk
        .session
        .view(|lab| lab.scenario().knobs.iter().all(|it| it.kind != KnobKind::Interaction));
    view! {
        {shown(no_knob, move || interactions(desk))}
        {run_settings(desk)}
    }
    .into_any()
}

fn knob(desk: Desk, it: KnobView) -> AnyView {
    let id = it.knob;
    let default = it.value;
    let value = desk.session.view(move |lab| lab.world().knobs.get(id).unwrap_or(&default).clone());
    let turn = Callback::new(move |value: Value| desk.act(Action::Turn(id, value)));
    let control = match it.kind {
        KnobKind::Bool => {
            let on = when(move || value.get() == Value::Bool(true));
            switch(it.label, on, move |it| turn.run(Value::Bool(it)))
        }
        KnobKind::Int { min, max } => {
            let unit =
                Unit { min: min as f64, max: max as f64, step: 1.0, suffix: "", make: whole };
            slider(id, it.label, value, unit, turn)
        }
        KnobKind::Float { min, max } => {
            let unit = Unit { min, max, step: (max - min) / 100.0, suffix: "", make: Value::Float };
            slider(id, it.label, value, unit, turn)
        }
        KnobKind::Duration { min, max } => {
            let (min, max) = (min as f64 / 1e3, max as f64 / 1e3);
            let step = if max - min > 10.0 { 1.0 } else { 0.001 };
            slider(id, it.label, value, Unit { min, max, step, suffix: "ms", make: millis }, turn)
        }
        KnobKind::Choice { options } => {
            let options = options.into_iter().map(|it| (it.clone(), it)).collect();
            choice(it.label, options, value, turn)
        }
        KnobKind::Interaction => interaction_knob(it.label, value, turn),
    };
    let note = if it.at_start_only { "Starts the run again" } else { "" };
    view! {
        <div class="knob">
            {control}
            <p class="muted">{note}</p>
        </div>
    }
    .into_any()
}

fn choice(
    label: String,
    options: Vec<(String, String)>,
    value: Signal<Value>,
    turn: Callback<Value>,
) -> AnyView {
    let chosen = words(move || value.get().to_string());
    select("field field--wide", label, options, chosen, move |it| turn.run(Value::text(it)))
}

fn interaction_knob(label: String, value: Signal<Value>, turn: Callback<Value>) -> AnyView {
    let meaning = words(move || {
        let name = value.get().to_string();
        PRESETS.iter().find(|it| it.name == name).map_or("", |it| it.meaning).to_owned()
    });
    view! {
        {choice(label, preset_options(), value, turn)}
        <p class="muted">{meaning}</p>
    }
    .into_any()
}

/// A number with its bounds, as people read it.
#[derive(Clone, Copy)]
struct Unit {
    min: f64,
    max: f64,
    step: f64,
    suffix: &'static str,
    make: fn(f64) -> Value,
}

#[expect(clippy::cast_possible_truncation, reason = "cut to the knob's bounds, which are whole")]
fn whole(number: f64) -> Value {
    Value::Int(number.round() as i64)
}

fn millis(number: f64) -> Value {
    Value::from(Span::from_secs_f64(number / 1e3))
}

/// A value as a number of its unit.
fn number(value: &Value) -> f64 {
    match value {
        Value::Int(it) => *it as f64,
        Value::Float(it) => *it,
        Value::Duration(it) => *it as f64 / 1e3,
        _ => 0.0,
    }
}

/// A slider for the hand and a field for exact numbers. What counts is where the slider is let go.
fn slider(
    id: KnobId,
    label: String,
    value: Signal<Value>,
    unit: Unit,
    turn: Callback<Value>,
) -> AnyView {
    let Unit { min, max, step, suffix, make } = unit;
    let dragged = RwSignal::new(None::<f64>);
    let shown = words(move || dragged.get().unwrap_or_else(|| number(&value.get())).to_string());
    let set = move |text: String| {
        let stands = number(&value.get_untracked());
        let typed = text.parse::<f64>().ok().filter(|it| it.is_finite());
        let wanted = typed.map_or(stands, |it| it.clamp(min, max));
        // Shown even when it is what stood there already: the field may hold something else.
        dragged.set(Some(f64::NAN));
        dragged.set(None);
        turn.run(make(wanted));
    };
    let drag = move |text: String| dragged.set(text.parse().ok());
    let [min, max, step] = [min, max, step].map(|it| it.to_string());
    let field = format!("knob-{id}");
    let of = format!("{label}, slider");
    view! {
        <label class="field__label" for=field.clone()>{label}</label>
        <div class="knob__row">
            <input
                type="range"
                aria-label=of
                min=min.clone()
                max=max.clone()
                step=step
                prop:value=shown
                on:input=on_value(drag)
                on:change=on_value(set)
            />
            <input
                type="number"
                id=field
                min=min
                max=max
                step="any"
                prop:value=shown
                on:change=on_value(set)
            />
            <span class="knob__unit">{suffix}</span>
        </div>
    }
    .into_any()
}
