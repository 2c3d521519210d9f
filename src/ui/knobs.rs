//! The knobs of a scenario: one control for each kind.

use leptos::prelude::*;

use super::bar::interactions;
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
            return view! { <p>"This scenario has no knobs. A text can name some: under “knobs”."</p> }.into_any();
        }
        all.into_iter().map(|it| knob(desk, it)).collect_view().into_any()
    };
    view! {
        <h2 class="panel__title">"What can be turned"</h2>
        {move || desk.narrow.get().then(|| narrow_controls(desk))}
        <div class="knobs">{list}</div>
    }
    .into_any()
}

/// What wider pages show elsewhere. The interaction only where no knob stands for it.
fn narrow_controls(desk: Desk) -> AnyView {
    let has_knob = desk
        .session
        .view(|lab| lab.scenario().knobs.iter().any(|it| it.kind == KnobKind::Interaction));
    view! {
        <Show when=move || !has_knob.get()>{interactions(desk)}</Show>
        {run_settings(desk)}
    }
    .into_any()
}

fn knob(desk: Desk, it: KnobView) -> AnyView {
    let id = it.knob;
    let default = it.value;
    let value = desk.session.view(move |lab| lab.world().knobs.get(id).unwrap_or(&default).clone());
    let turn = move |value: Value| desk.act(Action::Turn(id, value));
    let control = match it.kind {
        KnobKind::Bool => switch(it.label, value, turn),
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
            select(it.label, value, options, turn)
        }
        KnobKind::Interaction => {
            let options =
                PRESETS.iter().map(|it| (it.name.to_owned(), it.label.to_owned())).collect();
            let meaning = move || {
                let name = value.get().to_string();
                PRESETS.iter().find(|it| it.name == name).map(|it| it.meaning)
            };
            let control = select(it.label, value, options, turn);
            view! {
                {control}
                <p class="muted">{meaning}</p>
            }
            .into_any()
        }
    };
    view! {
        <div class="knob">
            {control}
            {it.at_start_only.then(|| view! { <p class="muted">"Starts the run again"</p> })}
        </div>
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
    value: Memo<Value>,
    unit: Unit,
    turn: impl Fn(Value) + Copy + Send + Sync + 'static,
) -> AnyView {
    let Unit { min, max, step, suffix, make } = unit;
    let dragged = RwSignal::new(None::<f64>);
    let shown = move || dragged.get().unwrap_or_else(|| number(&value.get())).to_string();
    let set = move |text: String| {
        let stands = number(&value.get_untracked());
        let wanted = text
            .parse::<f64>()
            .ok()
            .filter(|it| it.is_finite())
            .map_or(stands, |it| it.clamp(min, max));
        // Shown even when it is what stood there already: the field may hold something else.
        dragged.set(Some(f64::NAN));
        dragged.set(None);
        turn(make(wanted));
    };
    let field = format!("knob-{id}");
    let of = format!("{label}, slider");
    view! {
        <label class="knob__label" for=field.clone()>{label}</label>
        <div class="knob__row">
            <input
                type="range"
                aria-label=of
                min=min
                max=max
                step=step
                prop:value=shown
                on:input:target=move |ev| dragged.set(ev.target().value().parse().ok())
                on:change:target=move |ev| set(ev.target().value())
            />
            <input
                type="number"
                id=field
                min=min
                max=max
                step="any"
                prop:value=shown
                on:change:target=move |ev| set(ev.target().value())
            />
            <span class="knob__unit">{suffix}</span>
        </div>
    }
    .into_any()
}

fn switch(
    label: String,
    value: Memo<Value>,
    turn: impl Fn(Value) + Copy + Send + Sync + 'static,
) -> AnyView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                prop:checked=move || value.get() == Value::Bool(true)
                on:change:target=move |ev| turn(Value::Bool(ev.target().checked()))
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// One of some words; each option is what it means and how it reads.
fn select(
    label: String,
    value: Memo<Value>,
    options: Vec<(String, String)>,
    turn: impl Fn(Value) + Copy + Send + Sync + 'static,
) -> AnyView {
    let options = options.into_iter().map(|(name, words)| {
        let chosen = name.clone();
        let selected = move || value.with(|it| matches!(it, Value::Text(it) if **it == *chosen));
        view! { <option value=name selected=selected>{words}</option> }
    });
    view! {
        <label class="field field--wide">
            <span class="knob__label">{label}</span>
            <select
                prop:value=move || value.get().to_string()
                on:change:target=move |ev| turn(Value::text(ev.target().value()))
            >
                {options.collect_view()}
            </select>
        </label>
    }
    .into_any()
}
