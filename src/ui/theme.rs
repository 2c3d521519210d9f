//! Light or dark, and how much moves: what the person chose, and what the system says otherwise.
//!
//! It owns the attribute `data-theme` of the page's root, from which the style sheets take everything.

use leptos::prelude::document;

use super::controls::switch;
use super::dialog::dialog;
use super::live::{Live, State};
use super::page::{Desk, Opened};
use super::platform::{keep, kept, use_media};
use super::view::{View, el, group, when};

const THEME: &str = "theme";
const MOTION: &str = "motion";

/// The themes: name as it is kept, words on the page.
const THEMES: &[(&str, &str)] = &[("system", "System"), ("light", "Light"), ("dark", "Dark")];

/// What the person has chosen about looks.
#[derive(Clone, Copy)]
pub(super) struct Appearance {
    theme: State<&'static str>,
    less_motion: State<bool>,
    /// Changes whenever colours may have changed.
    pub(super) colors: Live<(&'static str, bool, bool)>,
    /// Nothing may travel: the stage steps from occurrence to occurrence.
    pub(super) reduced: Live<bool>,
}

impl Appearance {
    /// What was chosen at the last visit.
    pub(super) fn new() -> Self {
        let theme = THEMES.iter().find(|it| kept(THEME).as_deref() == Some(it.0));
        let theme = theme.map_or("system", |it| it.0);
        apply(theme);
        let theme = State::new(theme);
        let (dark, forced) =
            (use_media("(prefers-color-scheme: dark)"), use_media("(forced-colors: active)"));
        let system_reduces = use_media("(prefers-reduced-motion: reduce)");
        let less_motion = State::new(kept(MOTION).as_deref() == Some("less"));
        Self {
            theme,
            less_motion,
            colors: Live::new(move || (theme.get(), dark.get(), forced.get())),
            reduced: Live::new(move || less_motion.get() || system_reduces.get()),
        }
    }

    fn choose(self, theme: &'static str) {
        apply(theme);
        keep(THEME, theme);
        self.theme.set(theme);
    }

    fn set_less_motion(self, less: bool) {
        keep(MOTION, if less { "less" } else { "system" });
        self.less_motion.set(less);
    }
}

fn apply(theme: &str) {
    if let Some(root) = document().document_element() {
        // Setting an attribute with a plain name cannot fail.
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// The dialog in which looks are chosen.
pub(super) fn display_dialog(desk: Desk) -> View {
    let appearance = desk.appearance;
    let option = move |(name, words): &(&'static str, &'static str)| {
        let name = *name;
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "theme")
            .checked(when(move || appearance.theme.get() == name))
            .on("change", move |_| appearance.choose(name));
        el("label.choice").child(input).child(el("span").text(*words))
    };
    let content = move || {
        let themes = el("fieldset.choices")
            .child(el("legend").text("Theme"))
            .children(THEMES.iter().map(option));
        let less = appearance.less_motion.into();
        group()
            .child(themes)
            .child(switch("Less motion", less, move |it| appearance.set_less_motion(it)))
            .child(el("p.muted").text(
                "With less motion, messages do not travel: they stand where they are each time that \
                 something comes about.",
            ))
    };
    dialog("Display", desk.is_open(Opened::Display), move || desk.close(&Opened::Display), content)
}
