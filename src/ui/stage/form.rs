//! A form on a person's screen, and what the screen says became of what was submitted with it.

use std::rc::Rc;
use std::sync::Arc;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event};

use super::device::{Item, truth_mark};
use crate::app::view::{FieldKind, FieldView, FormView, IntentView, ItemView, Tone};
use crate::app::{Action, Lab, Selection};
use crate::base::Time;
use crate::language::Value;
use crate::ui::controls::{button, select};
use crate::ui::icon::{Icon, icon};
use crate::ui::inspector::standing;
use crate::ui::live::{Live, State};
use crate::ui::page::Desk;
use crate::ui::view::{Row, View, When, each, el, nothing, shown, when, words};
use crate::world::Input;

/// What is filled in, by field of the message.
type Filled = State<Vec<(usize, Value)>>;
/// What is done with the value of a field.
type Set = Rc<dyn Fn(Value)>;

/// The form. `marked`: it carries the page's one thing to click.
pub(super) fn form(desk: Desk, person: usize, first: FormView, marked: bool, item: Item) -> View {
    let frozen = when(move || matches!(&*item.read(), Some(ItemView::Form(it)) if it.frozen));
    let intents = move || {
        let row = |it: &IntentView| {
            let it = it.clone();
            // Who looks through the lens sees another row when another thing is so.
            let truth = it.truth.map_or("", |it| it.words);
            let seen = standing(it.dim);
            let (undo, cancel) = (it.undo.is_some(), it.cancel.is_some());
            let key = format!("{} {} {undo} {cancel} {truth} {seen}", it.id, it.words);
            Row::new(key, move || intent(desk, person, it, item))
        };
        match &*item.read() {
            Some(ItemView::Form(it)) => it.intents.iter().map(row).collect(),
            _ => Vec::new(),
        }
    };
    let fields = first.fields.iter().map(|it| (it.field, default(&it.kind)));
    let filled: Filled = State::new(fields.collect());
    let index = first.item;
    let submit = move || {
        let values = (*filled.peek()).clone();
        desk.act(Action::Do(Input::Submit { person, item: index, values }));
    };
    let class = words(move || {
        let shown = if marked && desk.fresh.get() { " form__submit--marked" } else { "" };
        format!("button form__submit{shown}")
    });
    let button = el("button")
        .attr("type", "button")
        .attr("class", class)
        .flag("disabled", "", frozen)
        .on_click(submit)
        .text(first.label);
    let intents = el("ul.intents")
        .attr("tabindex", "0")
        .attr("aria-label", "What became of it")
        .child(each(intents));
    el("div.form")
        .children(first.fields.into_iter().map(|it| field(filled, it)))
        .child(button)
        .child(intents)
}

fn default(kind: &FieldKind) -> Value {
    match kind {
        FieldKind::Number { default, .. } => Value::Int(*default),
        FieldKind::Text { default } => Value::Text(default.clone()),
        FieldKind::Choice { options } => {
            Value::Text(options.first().cloned().unwrap_or_else(|| Arc::from("")))
        }
    }
}

fn field(filled: Filled, it: FieldView) -> View {
    let id = it.field;
    let value = move || {
        let filled = filled.read();
        filled.iter().find(|it| it.0 == id).map_or(Value::Null, |it| it.1.clone())
    };
    let set: Set = Rc::new(move |value| {
        let keep = |it: &(usize, Value)| if it.0 == id { (id, value.clone()) } else { it.clone() };
        filled.set(filled.peek().iter().map(keep).collect());
    });
    let said = words(move || value().to_string());
    match it.kind {
        FieldKind::Number { min, max, .. } => {
            let number = move || match value() {
                Value::Int(it) => it,
                _ => min,
            };
            stepper(it.label, number, min, max, set)
        }
        FieldKind::Text { .. } => {
            let input = el("input")
                .attr("type", "text")
                .value(said)
                .on_value("input", move |it| set(Value::text(it)));
            el("label.form__field").child(el("span.field__label").text(it.label)).child(input)
        }
        FieldKind::Choice { options } => {
            let options = options.iter().map(|it| (it.to_string(), it.to_string())).collect();
            select("form__field", it.label, options, said, move |it| set(Value::text(it)))
        }
    }
}

/// A whole number with a button on each side.
fn stepper(
    label: String,
    number: impl Fn() -> i64 + Copy + Send + Sync + 'static,
    min: i64,
    max: i64,
    set: Set,
) -> View {
    let button = |name: String, sign: &'static str, by: i64, off: When| {
        let set = set.clone();
        el("button.stepper__button")
            .attr("type", "button")
            .attr("aria-label", name)
            .flag("disabled", "", off)
            .on_click(move || set(Value::Int(number().saturating_add(by).clamp(min, max))))
            .text(sign)
    };
    let less = button(format!("Less {label}"), "−", -1, when(move || number() <= min));
    let more = button(format!("More {label}"), "+", 1, when(move || max <= number()));
    let name = el("span.field__label").attr("aria-hidden", "true").text(label.clone());
    let typed = move |text: String| {
        let wanted = text.parse().unwrap_or_else(|_| number());
        set(Value::Int(wanted.clamp(min, max)));
    };
    let input = el("input.stepper__number")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("aria-label", label)
        .value(words(move || number().to_string()))
        .on_value("change", typed);
    let stepper = el("span.stepper").child(less).child(input).child(more);
    el("div.form__field").child(name).child(stepper)
}

/// What the screen says about one wish: a sign, the wish, the claim in words, and how to take it back.
fn intent(desk: Desk, person: usize, it: IntentView, item: Item) -> View {
    let (class, sign) = match it.tone {
        Tone::Silent => ("intent", Icon::Dash),
        Tone::Tentative => ("intent intent--tentative", Icon::Clock),
        Tone::Good => ("intent intent--good", Icon::Check),
        Tone::Bad => ("intent intent--bad", Icon::Cross),
        Tone::Retracted => ("intent intent--retracted", Icon::Back),
    };
    let wish = if it.tone == Tone::Retracted { "del.intent__wish" } else { "span.intent__wish" };
    let truth = it.truth;
    let mark = move || truth.map_or_else(nothing, |it| truth_mark(desk, it));
    let text = el("span.intent__text")
        .child(el(wish).text(it.wish))
        .child(el("span.intent__words").text(it.words));
    let undo = it.undo.map_or_else(nothing, |(number, until)| undo(desk, person, number, until));
    let cancel = it.cancel.map_or_else(nothing, |number| {
        let act = move || desk.act(Action::Do(Input::Cancel(person, number)));
        button("button intent__undo", None, "Cancel", None, act)
    });
    let said = el("div.intent__said")
        .child(text)
        .child(progress(it.id, item))
        .child(undo)
        .child(cancel)
        .child(shown(desk.lens.into(), mark));
    let id = it.id;
    let class = [class, " ", standing(it.dim)].concat();
    // The keyboard reaches the same claims in the inspector of the person.
    let select = move |ev: Event| {
        if !is_on_button(&ev) {
            desk.act(Action::Select(Some(Selection::Intent(id))));
        }
    };
    el("li").attr("class", class).child(icon(sign)).child(said).on("click", select)
}

/// Does an event belong to a button, and not to what is around it?
fn is_on_button(ev: &Event) -> bool {
    let target = ev.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.closest("button").ok().flatten().is_some())
}

/// How far whoever works on a wish is. It changes in its row: the buttons beside it stay under the finger.
fn progress(id: u64, item: Item) -> View {
    let percent = Live::new(move || match &*item.read() {
        Some(ItemView::Form(form)) => form.intents.iter().find(|it| it.id == id)?.percent,
        _ => None,
    });
    let said = move || percent.get().unwrap_or_default().to_string();
    let bar = move || {
        let bar = el("progress")
            .attr("aria-label", "Progress")
            .attr("max", "100")
            .attr("value", words(said));
        let text = el("span").text(words(move || format!("{} %", said())));
        el("span.intent__progress").child(bar).child(text)
    };
    shown(when(move || percent.get().is_some()), bar)
}

/// The button that takes back what has not left the device, with the time that is left, if that is limited.
fn undo(desk: Desk, person: usize, number: u64, until: Option<Time>) -> View {
    let act = move || desk.act(Action::Do(Input::TakeBack(person, number)));
    let left = move |lab: &Lab| {
        let Some(until) = until else { return "Undo".to_owned() };
        let seconds = until.since(lab.run().now()).as_micros().div_ceil(1_000_000);
        format!("Undo, {seconds} s")
    };
    button("button intent__undo", None, desk.session.timely(left), None, act)
}
