//! Placing by hand: a box is dragged, or moved with Alt and the arrow keys. It snaps to the coarse grid of the stage.

use std::cell::Cell;
use std::rc::Rc;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, KeyboardEvent, PointerEvent};

use super::camera::Sight;
use crate::app::Action;
use crate::app::view::Layout;
use crate::language::scenario::{Movable, Spot};
use crate::ui::live::Live;
use crate::ui::page::Desk;
use crate::ui::view::View;

/// How far a pointer goes before it drags: whoever clicks with an unsteady hand moves nothing.
const SLACK_PX: f64 = 6.0;

/// What is in the hand.
#[derive(Clone, Copy, Default, PartialEq)]
enum Hand {
    #[default]
    Empty,
    /// Pressed at this point of the page.
    Pressed(f64, f64),
    Drags,
}

/// What a grip has to know.
#[derive(Clone, Copy)]
pub(super) struct Grip {
    pub(super) desk: Desk,
    /// Where everything is to stand.
    pub(super) target: Live<Layout>,
    pub(super) sight: Live<Sight>,
}

impl Grip {
    /// Lets a box be placed.
    pub(super) fn on(self, placed: View, node: Movable) -> View {
        let hand = Rc::new(Cell::new(Hand::Empty));
        let (pressed, moved, released) = (hand.clone(), hand.clone(), hand.clone());
        let press = move |ev: Event| {
            let ev: &PointerEvent = ev.unchecked_ref();
            if ev.button() == 0 && !self.target.peek().narrow {
                pressed.set(Hand::Pressed(f64::from(ev.client_x()), f64::from(ev.client_y())));
            }
        };
        let drag = move |ev: Event| self.drag(&moved, node, ev.unchecked_ref());
        let release = move |_| {
            if released.get() != Hand::Drags {
                released.set(Hand::Empty);
            }
        };
        // What ends a drag is no click.
        let click = move |ev: Event| {
            if hand.take() == Hand::Drags {
                ev.stop_propagation();
                ev.prevent_default();
            }
        };
        placed
            .on("pointerdown", press)
            .on("pointermove", drag)
            .on("pointerup", release.clone())
            .on("pointercancel", release)
            .on_capture("click", click)
            .on("keydown", move |ev| self.key(node, ev.unchecked_ref()))
    }

    fn drag(self, hand: &Cell<Hand>, node: Movable, ev: &PointerEvent) {
        let (x, y) = (f64::from(ev.client_x()), f64::from(ev.client_y()));
        match hand.get() {
            Hand::Empty => return,
            _ if ev.buttons() == 0 => return hand.set(Hand::Empty),
            Hand::Pressed(from_x, from_y) => {
                if libm::hypot(x - from_x, y - from_y) < SLACK_PX {
                    return;
                }
                hand.set(Hand::Drags);
                if let Some(held) = ev.current_target() {
                    // Refused only for pointers that are gone.
                    let _ = held.unchecked_ref::<Element>().set_pointer_capture(ev.pointer_id());
                }
            }
            Hand::Drags => {}
        }
        let held = ev.current_target().and_then(|it| it.dyn_into::<Element>().ok());
        let Some(world) = held.and_then(|it| it.parent_element()) else { return };
        let (origin, scale) = (world.get_bounding_client_rect(), self.sight.peek().scale);
        let middle = ((x - origin.left()) / scale, (y - origin.top()) / scale);
        place(self.desk, node, self.target.peek().spot(node, middle));
    }

    fn key(self, node: Movable, ev: &KeyboardEvent) {
        let (columns, rows) = match ev.key().as_str() {
            "ArrowLeft" => (-1, 0),
            "ArrowRight" => (1, 0),
            "ArrowUp" => (0, -1),
            "ArrowDown" => (0, 1),
            _ => return,
        };
        if ev.alt_key() {
            ev.prevent_default();
            nudge(self.desk, node, columns, rows);
        }
    }
}

/// Moves a box by so many columns and rows.
pub(in crate::ui) fn nudge(desk: Desk, node: Movable, columns: i8, rows: i8) {
    let layout = desk.layout.peek();
    place(desk, node, layout.as_ref().as_ref().and_then(|it| it.spot_beside(node, columns, rows)));
}

fn place(desk: Desk, node: Movable, spot: Option<Spot>) {
    let Some(spot) = spot else { return };
    if !desk.session.lab().placed().contains(&(node, spot)) {
        desk.act(Action::Place(node, spot));
    }
}
