//! A form on a person's screen, and what the screen says became of what was submitted with it.

use std::sync::Arc;

use leptos::prelude::*;

use super::device::Item;
use crate::app::Action;
use crate::app::view::{FieldKind, FieldView, FormView, IntentView, ItemView, Tone};
use crate::language::Value;
use crate::ui::controls::select;
use crate::ui::icon::{Icon, icon};
use crate::ui::leaf::{Row, each, on_click, on_value, when, words};
use crate::ui::page::Desk;

/// What is filled in, by field of the message.
type Filled = RwSignal<Vec<(usize, Value)>>;

/// The form. `marked`: it carries the page's one thing to click.
pub(super) fn form(
    desk: Desk,
    person: usize,
    first: FormView,
    marked: bool,
    item: Item,
) -> AnyView {
    let frozen = when(move || item.with(|it| matches!(it, Some(ItemView::Form(it)) if it.frozen)));
    let intents = move || {
        let row = |it: &IntentView| {
            let it = it.clone();
            Row::new(format!("{} {}", it.id, it.words), move || intent(it))
        };
        item.with(|it| match it {
            Some(ItemView::Form(it)) => it.intents.iter().map(row).collect(),
            _ => Vec::new(),
        })
    };
    let fields = first.fields.iter().map(|it| (it.field, default(&it.kind)));
    let filled: Filled = RwSignal::new(fields.collect());
    let index = first.item;
    let submit = move || {
        let values = filled.get_untracked();
        desk.act(Action::Submit { person, item: index, values });
    };
    let fields: Vec<AnyView> = first.fields.into_iter().map(|it| field(filled, it)).collect();
    let class = words(move || {
        let shown = if marked && desk.fresh.get() { " form__submit--marked" } else { "" };
        format!("button form__submit{shown}")
    });
    view! {
        <div class="form">
            {fields}
            <button type="button" class=class disabled=frozen on:click=on_click(submit)>
                {first.label}
            </button>
            <ul class="intents" tabindex="0" aria-label="What became of it">
                {each(intents)}
            </ul>
        </div>
    }
    .into_any()
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

fn set(filled: Filled, field: usize, value: Value) {
    filled.update(|it| {
        if let Some(it) = it.iter_mut().find(|it| it.0 == field) {
            it.1 = value;
        }
    });
}

fn field(filled: Filled, it: FieldView) -> AnyView {
    let id = it.field;
    let value = Signal::derive(move || {
        filled.with(|it| it.iter().find(|it| it.0 == id).map_or(Value::Null, |it| it.1.clone()))
    });
    let set = Callback::new(move |it| set(filled, id, it));
    let set_text = move |it: String| set.run(Value::text(it));
    let said = words(move || value.get().to_string());
    match it.kind {
        FieldKind::Number { min, max, .. } => stepper(it.label, value, min, max, set),
        FieldKind::Text { .. } => view! {
            <label class="form__field">
                <span class="field__label">{it.label}</span>
                <input type="text" prop:value=said on:input=on_value(set_text) />
            </label>
        }
        .into_any(),
        FieldKind::Choice { options } => {
            let options = options.iter().map(|it| (it.to_string(), it.to_string())).collect();
            select("form__field", it.label, options, said, set_text)
        }
    }
}

/// A whole number with a button on each side.
fn stepper(
    label: String,
    value: Signal<Value>,
    min: i64,
    max: i64,
    set: Callback<Value>,
) -> AnyView {
    let number = move || match value.get() {
        Value::Int(it) => it,
        _ => min,
    };
    let change = move |by: i64| set.run(Value::Int(number().saturating_add(by).clamp(min, max)));
    // Set twice when it is out of bounds: the field has to show that it was cut.
    let typed = move |text: String| {
        let wanted = text.parse().unwrap_or_else(|_| number());
        set.run(Value::Null);
        set.run(Value::Int(wanted.clamp(min, max)));
    };
    let button = |name: String, sign: &'static str, by: i64, off: Signal<bool>| {
        let press = on_click(move || change(by));
        view! {
            <button type="button" class="stepper__button" aria-label=name disabled=off on:click=press>
                {sign}
            </button>
        }
        .into_any()
    };
    let less = button(format!("Less {label}"), "−", -1, when(move || number() <= min));
    let more = button(format!("More {label}"), "+", 1, when(move || max <= number()));
    view! {
        <div class="form__field">
            <span class="field__label" aria-hidden="true">{label.clone()}</span>
            <span class="stepper">
                {less}
                <input
                    class="stepper__number"
                    type="text"
                    inputmode="numeric"
                    aria-label=label
                    prop:value=words(move || number().to_string())
                    on:change=on_value(typed)
                />
                {more}
            </span>
        </div>
    }
    .into_any()
}

/// What the screen says about one wish: a sign, the wish, and the claim in words.
fn intent(it: IntentView) -> AnyView {
    let (class, sign) = match it.tone {
        Tone::Silent => ("intent", Icon::Dash),
        Tone::Tentative => ("intent intent--tentative", Icon::Clock),
        Tone::Good => ("intent intent--good", Icon::Check),
        Tone::Bad => ("intent intent--bad", Icon::Cross),
        Tone::Retracted => ("intent intent--retracted", Icon::Back),
    };
    let wish = if it.tone == Tone::Retracted {
        view! { <del class="intent__wish">{it.wish}</del> }.into_any()
    } else {
        view! { <span class="intent__wish">{it.wish}</span> }.into_any()
    };
    view! {
        <li class=class>
            {icon(sign)}
            <span class="intent__text">
                {wish}
                <span class="intent__words">{it.words}</span>
            </span>
        </li>
    }
    .into_any()
}
