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

use leptos::ev::MouseEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use super::leaf::{Listener, Row, each, words};
use super::page::Desk;
use super::platform::use_size;
use crate::app::view::{DEVICES_MAX, Flights, Layout, Place, Placed, flight_at, layout};
use crate::app::{Action, Lab, Selection};

pub(super) use shapes::glyph;

/// On a lower stage one scrolls.
const HEIGHT_MIN_PX: f64 = 340.0;
/// Room that is kept below the lowest box.
const FOOT_PX: f64 = 20.0;

/// The stage, and the sentence above it.
pub(super) fn stage(desk: Desk) -> AnyView {
    let session = desk.session;
    let node = NodeRef::<Div>::new();
    let size = use_size(node);
    let generation = session.view(Lab::generation);
    let summary = session.view(|lab| lab.scenario().summary.clone());
    let crowd = session.view(|lab| match lab.world().people.len() {
        people if people > DEVICES_MAX => format!(" {DEVICES_MAX} of {people} people are shown."),
        _ => String::new(),
    });
    let paused = session.timely(|lab| !lab.playback().playing);
    let placed = Memo::new(move |_| {
        generation.get();
        let (width, height) = size.get();
        session.peek(|lab| layout(lab.scenario(), width, height.max(HEIGHT_MIN_PX)))
    });
    // What has been painted last: what one clicks on is what one sees.
    let painted = StoredValue::new(Flights::new());
    let height = words(move || {
        let bottom = |it: &Placed| it.y + it.height;
        let lowest = placed.with(|it| it.places.iter().map(bottom).fold(0.0, f64::max));
        let height = size.get().1;
        format!("{}px", if lowest > height { lowest + FOOT_PX } else { height })
    });
    let places = move || {
        let generation = generation.get();
        let row = |it: &Placed| {
            let place = it.place;
            Row::new(format!("{generation} {place:?}"), move || place_view(desk, place, placed))
        };
        placed.with(|it| it.places.iter().map(row).collect())
    };
    let click: Listener<MouseEvent> = Box::new(move |ev| select(desk, painted, &ev));
    let class =
        words(move || if paused.get() { "stage stage--paused" } else { "stage" }.to_owned());
    view! {
        <section class=class aria-label="Stage">
            <p class="stage__summary">{summary}<span class="muted">{crowd}</span></p>
            <div class="stage__view" node_ref=node>
                <div class="stage__world" style:block-size=height on:click=click>
                    {links::links(desk, placed)}
                    {each(places)}
                    {surface::surface(desk, placed, painted)}
                </div>
            </div>
            {twin::twin(desk, placed)}
        </section>
    }
    .into_any()
}

/// What stands at a place, held there by its box.
fn place_view(desk: Desk, place: Place, layout: Memo<Layout>) -> AnyView {
    let held = Memo::new(move |before: Option<&Placed>| {
        let found = layout.with(|it| it.find(place).copied());
        // A place that has just vanished stays where it was until its element is gone as well.
        let nowhere = Placed { place, x: 0.0, y: 0.0, width: 0.0, height: 0.0 };
        found.unwrap_or_else(|| before.copied().unwrap_or(nowhere))
    });
    let px = move |of: fn(&Placed) -> f64| words(move || format!("{:.1}px", of(&held.get())));
    let content = match place {
        Place::Person(person) => device::device(desk, person),
        Place::Channel(_) | Place::Service(_) => node::node(desk, place),
    };
    view! {
        <div
            class="placed"
            style:left=px(|it| it.x)
            style:top=px(|it| it.y)
            style:width=px(|it| it.width)
            style:height=px(|it| it.height)
        >
            {content}
        </div>
    }
    .into_any()
}

/// A click beside the boxes: on a message in the air, or on nothing.
fn select(desk: Desk, painted: StoredValue<Flights>, ev: &MouseEvent) {
    let element =
        |it: Option<leptos::web_sys::EventTarget>| it.and_then(|it| it.dyn_into::<Element>().ok());
    let Some(ground) = element(ev.current_target()) else { return };
    let on_box = element(ev.target()).and_then(|it| it.closest(".placed").ok().flatten()).is_some();
    if on_box {
        return;
    }
    let origin = ground.get_bounding_client_rect();
    let (x, y) =
        (f64::from(ev.client_x()) - origin.left(), f64::from(ev.client_y()) - origin.top());
    let message = painted.with_value(|it| flight_at(it, x, y).map(|it| it.message));
    if message.is_some() || desk.session.peek(|lab| lab.selection().is_some()) {
        desk.act(Action::Select(message.map(Selection::Message)));
    }
}
