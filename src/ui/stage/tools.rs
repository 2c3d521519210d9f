//! What can be done with the picture itself: zoom, fill the screen, present, and let everything place itself.

use super::camera::{STEP, zoom_by};
use crate::app::Action;
use crate::ui::controls::button;
use crate::ui::icon::Icon;
use crate::ui::page::Desk;
use crate::ui::platform::toggle_full_screen;
use crate::ui::present::present;
use crate::ui::view::{View, el, group, shown, when};

const SIGN: &str = "button button--sign";

/// The row of signs.
pub(super) fn tools(desk: Desk) -> View {
    let sign = move |sign, words: &'static str, act: fn(Desk)| {
        button(SIGN, Some(sign), words, None, move || act(desk))
    };
    let untouched = desk.session.acted(|lab| lab.placed().is_empty());
    let wide = move || {
        // It is always there, so that the sentence beside it never breaks anew and moves the picture.
        let arrange = move || desk.act(Action::PlaceNothing);
        let off = Some(untouched.into());
        group()
            .child(button(SIGN, Some(Icon::Back), "Arrange by itself", off, arrange))
            .child(sign(Icon::Less, "Zoom out", |desk| zoom_by(desk, 1.0 / STEP)))
            .child(sign(Icon::Fit, "Show everything", |desk| desk.zoom.set(1.0)))
            .child(sign(Icon::More, "Zoom in", |desk| zoom_by(desk, STEP)))
            .child(sign(Icon::Screen, "Full screen", |_| toggle_full_screen()))
    };
    el("div.tools").child(shown(when(move || !desk.narrow.get()), wide)).child(sign(
        Icon::Present,
        "Present",
        |desk| present(desk, true),
    ))
}
