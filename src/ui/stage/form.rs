//! A form on a person's screen, and what the screen says became of what was submitted with it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::Action;
use crate::app::view::{FieldKind, FieldView, FormView, IntentView, ItemView, Tone};
use crate::language::Value;
use crate::ui::icon::{Icon, icon};
use crate::ui::page::Desk;

/// What is filled in, by field of the message.
type Filled = RwSignal<Vec<(usize, Value)>>;

/// The form. `marked`: it carries the page's one thing to click.
pub(super) fn form(
    desk: Desk,
    person: usize,
    first: FormView,
    marked: bool,
    item: Memo<Option<ItemView>>,
) -> AnyView {
    let now = move |look: fn(&FormView) -> bool| {
        item.with(|it| matches!(it, Some(ItemView::Form(it)) if look(it)))
    };
    let intents = move || match item.get() {
        Some(ItemView::Form(it)) => it.intents,
        _ => Vec::new(),
    };
    let filled: Filled =
        RwSignal::new(first.fields.iter().map(|it| (it.field, default(&it.kind))).collect());
    let index = first.item;
    let submit = move |_| {
        let values = filled.get_untracked();
        desk.act(Action::Submit { person, item: index, values });
    };
    let fields = first.fields.into_iter().map(|it| field(filled, it)).collect_view();
    view! {
        <div class="form">
            {fields}
            <button
                type="button"
                class="button form__submit"
                class:form__submit--marked=move || marked && desk.fresh.get()
                disabled=move || now(|it| it.frozen)
                on:click=submit
            >
                {first.label}
            </button>
            <ul class="intents" tabindex="0" aria-label="What became of it">
                <For each=intents key=|it| (it.id, it.words.clone()) let(it)>
                    {intent(it)}
                </For>
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
    let value = Memo::new(move |_| {
        filled.with(|it| it.iter().find(|it| it.0 == id).map_or(Value::Null, |it| it.1.clone()))
    });
    match it.kind {
        FieldKind::Number { min, max, .. } => {
            stepper(it.label, value, min, max, move |it| set(filled, id, it))
        }
        FieldKind::Text { .. } => view! {
            <label class="form__field">
                <span>{it.label}</span>
                <input
                    type="text"
                    prop:value=move || value.get().to_string()
                    on:input:target=move |ev| set(filled, id, Value::text(ev.target().value()))
                />
            </label>
        }
        .into_any(),
        FieldKind::Choice { options } => {
            let options = options.into_iter().map(|it| view! { <option>{it.to_string()}</option> });
            view! {
                <label class="form__field">
                    <span>{it.label}</span>
                    <select on:change:target=move |ev| set(filled, id, Value::text(ev.target().value()))>
                        {options.collect_view()}
                    </select>
                </label>
            }
            .into_any()
        }
    }
}

/// A whole number with a button on each side.
fn stepper(
    label: String,
    value: Memo<Value>,
    min: i64,
    max: i64,
    set: impl Fn(Value) + Copy + Send + Sync + 'static,
) -> AnyView {
    let number = move || match value.get() {
        Value::Int(it) => it,
        _ => min,
    };
    let change = move |by: i64| set(Value::Int(number().saturating_add(by).clamp(min, max)));
    // Set twice when it is out of bounds: the field has to show that it was cut.
    let typed = move |text: String| {
        let wanted = text.parse().unwrap_or_else(|_| number());
        set(Value::Null);
        set(Value::Int(wanted.clamp(min, max)));
    };
    let (less, more) = (format!("Less {label}"), format!("More {label}"));
    view! {
        <div class="form__field">
            <span aria-hidden="true">{label.clone()}</span>
            <span class="stepper">
                <button
                    type="button"
                    class="stepper__button"
                    aria-label=less
                    disabled=move || number() <= min
                    on:click=move |_| change(-1)
                >
                    "−"
                </button>
                <input
                    class="stepper__number"
                    type="text"
                    inputmode="numeric"
                    aria-label=label
                    prop:value=move || number().to_string()
                    on:change:target=move |ev| typed(ev.target().value())
                />
                <button
                    type="button"
                    class="stepper__button"
                    aria-label=more
                    disabled=move || max <= number()
                    on:click=move |_| change(1)
                >
                    "+"
                </button>
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
