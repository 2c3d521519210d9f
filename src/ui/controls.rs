//! The controls that occur everywhere: buttons, switches, selects.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::leaf::{nothing, on_checked, on_click, on_value};

/// A button with a sign, or without, and its words.
pub(super) fn button(
    class: &'static str,
    sign: Option<Icon>,
    words: impl Into<Signal<String>>,
    off: Option<Signal<bool>>,
    act: impl Fn() + 'static,
) -> AnyView {
    let words = words.into();
    let off = off.unwrap_or_else(|| Signal::stored(false));
    let sign = sign.map_or_else(nothing, icon);
    view! {
        <button type="button" class=class aria-label=words title=words disabled=off on:click=on_click(act)>
            {sign}
            <span class="button__words">{words}</span>
        </button>
    }
    .into_any()
}

/// A switch with its words.
pub(super) fn switch(
    words: impl Into<Signal<String>>,
    on: impl Into<Signal<bool>>,
    turn: impl Fn(bool) + 'static,
) -> AnyView {
    let (words, on) = (words.into(), on.into());
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=on on:change=on_checked(turn) />
            <span>{words}</span>
        </label>
    }
    .into_any()
}

/// One of some words. Each option is its name and its words.
pub(super) fn select(
    class: &'static str,
    label: impl Into<Signal<String>>,
    options: Vec<(String, String)>,
    value: impl Into<Signal<String>>,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let (label, value) = (label.into(), value.into());
    let first = value.get_untracked();
    let option = |(name, words): (String, String)| {
        let selected = name == first;
        view! { <option value=name selected=selected>{words}</option> }.into_any()
    };
    let options: Vec<AnyView> = options.into_iter().map(option).collect();
    view! {
        <label class=class>
            <span class="field__label">{label}</span>
            <select prop:value=value on:change=on_value(choose)>{options}</select>
        </label>
    }
    .into_any()
}

/// A name and what belongs to it: a row of a description list.
pub(super) fn pair(class: &'static str, name: AnyView, value: AnyView) -> AnyView {
    view! {
        <div class=class>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}
