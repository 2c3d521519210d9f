//! What can be done with the picture itself: zoom, fill the screen, present, and place what is selected.

use super::camera::{STEP, zoom_by};
use super::grip::Grip;
use crate::app::{Action, Selection};
use crate::language::scenario::Movable;
use crate::ui::controls::button;
use crate::ui::icon::Icon;
use crate::ui::page::Desk;
use crate::ui::platform::toggle_full_screen;
use crate::ui::present::present;
use crate::ui::view::{View, el, group, shown, when};

const SIGN: &str = "button button--sign";

/// The row of signs.
pub(super) fn tools(desk: Desk, grip: Grip) -> View {
    let sign = move |sign, words: &'static str, act: fn(Desk)| {
        button(SIGN, Some(sign), words, None, move || act(desk))
    };
    let wide = when(move || !desk.narrow.get());
    let zooms = move || {
        group()
            .child(sign(Icon::Less, "Zoom out", |desk| zoom_by(desk, 1.0 / STEP)))
            .child(sign(Icon::Fit, "Show everything", |desk| desk.zoom.set(1.0)))
            .child(sign(Icon::More, "Zoom in", |desk| zoom_by(desk, STEP)))
            .child(sign(Icon::Screen, "Full screen", |_| toggle_full_screen()))
    };
    let placed = desk.session.view(|lab| !lab.placed().is_empty());
    let back = move || {
        let act = move || desk.act(Action::PlaceNothing);
        button("button", Some(Icon::Back), "Arrange by itself", None, act)
    };
    el("div.tools")
        .child(shown(placed.into(), back))
        .child(moves(desk, grip))
        .child(shown(wide, zooms))
        .child(sign(Icon::Present, "Present", |desk| present(desk, true)))
}

/// Four arrows that move what is selected, for whoever cannot drag.
fn moves(desk: Desk, grip: Grip) -> View {
    let chosen = move || {
        let lab = desk.session.lab();
        match lab.selection() {
            Some(Selection::Service(id)) => Some(Movable::Service(*id)),
            Some(Selection::Channel(id)) => Some(Movable::Channel(*id)),
            _ => None,
        }
    };
    let there = desk.session.view(move |_| chosen().is_some());
    let arrows = move || {
        let arrow = |sign, words: &'static str, columns, rows| {
            let act = move || {
                if let Some(node) = chosen() {
                    grip.nudge(node, columns, rows);
                }
            };
            button(SIGN, Some(sign), words, None, act)
        };
        group()
            .child(arrow(Icon::Left, "Move left", -1, 0))
            .child(arrow(Icon::Up, "Move up", 0, -1))
            .child(arrow(Icon::Down, "Move down", 0, 1))
            .child(arrow(Icon::Right, "Move right", 1, 0))
    };
    shown(when(move || there.get() && !grip.target.read().narrow), arrows)
}
