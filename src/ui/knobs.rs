//! The knobs of a scenario: one control for each kind.

use std::rc::Rc;

use super::bar::{interactions, mixer_button, preset_options};
use super::controls::{button, select, switch};
use super::live::{Live, State};
use super::page::Desk;
use super::transport::run_settings;
use super::view::{Row, View, dynamic, each, el, group, nothing, shown, when, words};
use crate::app::view::{FaultView, KnobView, faults, knobs, variants};
use crate::app::{Action, Lab};
use crate::base::{Span, number};
use crate::interaction::PRESETS;
use crate::language::Value;
use crate::language::scenario::{KnobId, KnobKind};
use crate::world::Input;

/// What is done with the value to which a knob is turned.
type Turn = Rc<dyn Fn(Value)>;

/// The panel's tab.
pub(super) fn knobs_panel(desk: Desk) -> View {
    let generation = desk.session.acted(Lab::generation);
    let list = move || {
        generation.read();
        let all = knobs(&desk.session.lab());
        if all.is_empty() {
            return el("p")
                .text("This scenario has no knobs. A text can name some: under “knobs”.");
        }
        el("div.knobs").children(all.into_iter().map(|it| knob(desk, it)))
    };
    group()
        .child(el("h2.panel__title").text("What can be turned"))
        .child(shown(desk.narrow.into(), move || narrow_controls(desk)))
        .child(variant_choice(desk))
        .child(dynamic(list))
        .child(faults_list(desk))
}

/// The choice of a variant, when there are some.
fn variant_choice(desk: Desk) -> View {
    let all = desk.session.view(|lab| variants(lab).0);
    let stands = desk.session.view(|lab| variants(lab).1);
    dynamic(move || {
        let names = all.get();
        if names.is_empty() {
            return nothing();
        }
        let numbered = names.into_iter().enumerate().map(|(index, it)| (index.to_string(), it));
        let options = [(String::new(), "As the knobs stand".to_owned())];
        let options = options.into_iter().chain(numbered).collect();
        let chosen = words(move || stands.get().map(|it| it.to_string()).unwrap_or_default());
        let act = move |it: String| {
            if let Ok(variant) = it.parse() {
                desk.act(Action::Variant(variant));
            }
        };
        select("field field--wide", "Variant".to_owned(), options, chosen, act)
    })
}

/// What can go wrong: a button each, which lets it strike or be over.
fn faults_list(desk: Desk) -> View {
    let all = desk.session.view(faults);
    let there = when(move || !all.read().is_empty());
    let row = move |it: FaultView| {
        Row::new(format!("{} {}", it.fault, it.active), move || {
            let (class, words) = if it.active {
                ("button", format!("End: {}", it.name))
            } else {
                ("button button--danger", it.name)
            };
            let act = move || desk.act(Action::Do(Input::Fault(it.fault, !it.active)));
            button(class, None, words, None, act)
        })
    };
    let title = || el("h2.panel__title").text("What can go wrong");
    group().child(shown(there, title)).child(each(move || all.get().into_iter().map(row).collect()))
}

/// What wider pages show elsewhere. The interaction only where no knob stands for it.
fn narrow_controls(desk: Desk) -> View {
    let no_knob = desk
        .session
        .view(|lab| lab.scenario().knobs.iter().all(|it| it.kind != KnobKind::Interaction));
    let knob = when(move || !no_knob.get());
    group()
        .child(shown(no_knob.into(), move || interactions(desk)))
        .child(shown(knob, move || mixer_button(desk)))
        .child(run_settings(desk))
}

fn knob(desk: Desk, it: KnobView) -> View {
    let id = it.knob;
    let default = it.value;
    let value = desk.session.view(move |lab| lab.world().knobs.get(id).unwrap_or(&default).clone());
    let turn: Turn = Rc::new(move |value| desk.act(Action::Turn(id, value)));
    let control = match it.kind {
        KnobKind::Bool => {
            let on = when(move || *value.read() == Value::Bool(true));
            switch(it.label, on, move |it| turn(Value::Bool(it)))
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
    el("div.knob").child(control).child(el("p.muted").text(note))
}

fn choice(label: String, options: Vec<(String, String)>, value: Live<Value>, turn: Turn) -> View {
    let chosen = words(move || value.read().to_string());
    select("field field--wide", label, options, chosen, move |it| turn(Value::text(it)))
}

fn interaction_knob(label: String, value: Live<Value>, turn: Turn) -> View {
    let meaning = words(move || {
        let name = value.read().to_string();
        PRESETS.iter().find(|it| it.name == name).map_or("", |it| it.meaning).to_owned()
    });
    group().child(choice(label, preset_options(), value, turn)).child(el("p.muted").text(meaning))
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
fn slider(id: KnobId, label: String, value: Live<Value>, unit: Unit, turn: Turn) -> View {
    let Unit { min, max, step, suffix, make } = unit;
    let dragged = State::new(None::<f64>);
    let shown = words(move || dragged.get().unwrap_or_else(|| number(&value.read())).to_string());
    let set: Rc<dyn Fn(String)> = Rc::new(move |text| {
        let stands = number(&value.peek());
        let typed = number::parse(&text);
        let wanted = typed.map_or(stands, |it| it.clamp(min, max));
        // Told even when nothing was dragged: the field may hold something else than what stands.
        dragged.set(None);
        turn(make(wanted));
    });
    let (set_by_hand, set_exactly) = (set.clone(), set);
    let [min, max, step] = [min, max, step].map(|it| it.to_string());
    let field = format!("knob-{id}");
    let by_hand = el("input")
        .attr("type", "range")
        .attr("aria-label", format!("{label}, slider"))
        .attr("min", min.clone())
        .attr("max", max.clone())
        .attr("step", step)
        .value(shown.clone())
        .on_value("input", move |text| dragged.set(number::parse(&text)))
        .on_value("change", move |text| set_by_hand(text));
    let exact = el("input")
        .attr("type", "number")
        .attr("id", field.clone())
        .attr("min", min)
        .attr("max", max)
        .attr("step", "any")
        .value(shown)
        .on_value("change", move |text| set_exactly(text));
    group().child(el("label.field__label").attr("for", field).text(label)).child(
        el("div.knob__row").child(by_hand).child(exact).child(el("span.knob__unit").text(suffix)),
    )
}
