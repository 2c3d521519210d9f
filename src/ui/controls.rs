//! The controls that occur everywhere: buttons, switches, selects.

use super::icon::{Icon, icon};
use super::view::{View, When, Words, el, nothing};

/// A button with a sign, or without, and its words. It can be off.
pub(super) fn button(
    class: &'static str,
    sign: Option<Icon>,
    words: impl Into<Words>,
    off: Option<When>,
    act: impl Fn() + 'static,
) -> View {
    plain_button(class, sign, words.into(), off).on_click(act)
}

fn plain_button(class: &'static str, sign: Option<Icon>, words: Words, off: Option<When>) -> View {
    let button = el("button")
        .attr("type", "button")
        .attr("class", class)
        .attr("aria-label", words.clone())
        .attr("title", words.clone())
        .child(sign.map_or_else(nothing, icon))
        .child(el("span.button__words").text(words));
    match off {
        Some(off) => button.flag("disabled", "", off),
        None => button,
    }
}

/// A button that stays pressed.
pub(super) fn toggle(
    class: &'static str,
    sign: Icon,
    words: &'static str,
    on: When,
    act: impl Fn() + 'static,
) -> View {
    let pressed = super::view::words(move || on.holds().to_string());
    button(class, Some(sign), words, None, act).attr("aria-pressed", pressed)
}

/// A switch with its words.
pub(super) fn switch(words: impl Into<Words>, on: When, turn: impl Fn(bool) + 'static) -> View {
    let input = el("input").attr("type", "checkbox").attr("role", "switch").checked(on);
    let field: leptos::web_sys::HtmlInputElement = input.element();
    let input = input.on("change", move |_| turn(field.checked()));
    el("label.switch").child(input).child(el("span").text(words))
}

/// One of some words. Each option is its name and its words.
pub(super) fn select(
    class: &'static str,
    label: impl Into<Words>,
    options: Vec<(String, String)>,
    value: impl Into<Words>,
    choose: impl Fn(String) + 'static,
) -> View {
    let option = |(name, words): (String, String)| el("option").attr("value", name).text(words);
    let options = options.into_iter().map(option);
    el("label")
        .attr("class", class)
        .child(el("span.field__label").text(label))
        .child(el("select").children(options).value(value).on_value("change", choose))
}

/// A name and what belongs to it: a row of a description list.
pub(super) fn pair(class: &'static str, name: View, value: View) -> View {
    el("div").attr("class", class).child(el("dt").child(name)).child(el("dd").child(value))
}
