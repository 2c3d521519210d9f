//! The stage: places as elements, messages on a canvas above them.
//!
//! What stands still is HTML and SVG and changes when the world does; what moves is painted. It owns no position:
//! those come from [`layout`](crate::app::view::layout).

mod device;
mod form;
mod links;
mod node;
mod painter;
mod palette;
mod shapes;
mod surface;
mod twin;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Mutex;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, MouseEvent};

use super::live::Live;
use super::page::Desk;
use super::platform::use_size;
use super::view::{Row, View, each, el, words};
use crate::app::view::{DEVICES_MAX, Flights, Layout, Place, Placed, flight_at, layout};
use crate::app::{Action, Lab, Selection};

pub(super) use shapes::glyph;

/// On a lower stage one scrolls.
const HEIGHT_MIN_PX: f64 = 340.0;
/// Room that is kept below the lowest box.
const FOOT_PX: f64 = 20.0;

/// What has been painted last: what one clicks on is what one sees.
type Painted = Rc<RefCell<Flights>>;

/// The stage, and the sentence above it.
pub(super) fn stage(desk: Desk) -> View {
    let session = desk.session;
    let view = el("div.stage__view");
    let size = use_size(&view.element());
    let generation = session.view(Lab::generation);
    let summary = session.view(|lab| lab.scenario().summary.clone());
    let crowd = session.view(|lab| match lab.world().people.len() {
        people if people > DEVICES_MAX => format!(" {DEVICES_MAX} of {people} people are shown."),
        _ => String::new(),
    });
    let paused = session.timely(|lab| !lab.playback().playing);
    let placed = Live::new(move || {
        generation.read();
        let (width, height) = size.get();
        layout(session.lab().scenario(), width, height.max(HEIGHT_MIN_PX))
    });
    let height = words(move || {
        let bottom = |it: &Placed| it.y + it.height;
        let lowest = placed.read().places.iter().map(bottom).fold(0.0, f64::max);
        let height = size.get().1;
        format!("{}px", if lowest > height { lowest + FOOT_PX } else { height })
    });
    let places = move || {
        let generation = generation.get();
        let row = |it: &Placed| {
            let place = it.place;
            Row::new(format!("{generation} {place:?}"), move || place_view(desk, place, placed))
        };
        placed.read().places.iter().map(row).collect()
    };
    let painted = Painted::default();
    let surface = surface::surface(desk, placed, painted.clone());
    let world = el("div.stage__world")
        .style("block-size", height)
        .on("click", move |ev| select(desk, &painted.borrow(), ev.unchecked_ref()))
        .child(links::links(desk, placed))
        .child(each(places))
        .child(surface);
    let class = words(move || {
        let paused = if paused.get() { " stage--paused" } else { "" };
        ["stage", paused, if desk.lens.get() { " stage--lens" } else { "" }].concat()
    });
    el("section")
        .attr("class", class)
        .attr("aria-label", "Stage")
        .child(el("p.stage__summary").text(summary).child(el("span.muted").text(crowd)))
        .child(view.child(world))
        .child(twin::twin(desk, placed))
}

/// What stands at a place, held there by its box.
fn place_view(desk: Desk, place: Place, layout: Live<Layout>) -> View {
    // A place that has just vanished stays where it was until its element is gone as well.
    let last = Mutex::new(Placed { place, x: 0.0, y: 0.0, width: 0.0, height: 0.0 });
    let held = Live::new(move || {
        let mut last = last.lock().expect("law: nobody panics while looking");
        *last = layout.read().find(place).copied().unwrap_or(*last);
        *last
    });
    let px = move |of: fn(&Placed) -> f64| words(move || format!("{:.1}px", of(&held.read())));
    let content = match place {
        Place::Person(person) => device::device(desk, person),
        Place::Channel(_) | Place::Service(_) => node::node(desk, place),
    };
    el("div.placed")
        .style("left", px(|it| it.x))
        .style("top", px(|it| it.y))
        .style("width", px(|it| it.width))
        .style("height", px(|it| it.height))
        .child(content)
}

/// A click beside the boxes: on a message in the air, or on nothing. Lines and tokens let clicks through.
fn select(desk: Desk, painted: &Flights, ev: &MouseEvent) {
    let ground = ev.current_target().filter(|it| ev.target().as_ref() == Some(it));
    let Some(ground) = ground.and_then(|it| it.dyn_into::<Element>().ok()) else { return };
    let origin = ground.get_bounding_client_rect();
    let (x, y) =
        (f64::from(ev.client_x()) - origin.left(), f64::from(ev.client_y()) - origin.top());
    let message = flight_at(painted, x, y).map(|it| it.message);
    let selected = desk.session.lab().selection().is_some();
    if message.is_some() || selected {
        desk.act(Action::Select(message.map(Selection::Message)));
    }
}
