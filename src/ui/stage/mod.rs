//! The stage: places as elements, messages on a canvas above them.
//!
//! What stands still is HTML and SVG and changes when the world does; what moves is painted. It owns no position:
//! those come from [`layout`](crate::app::view::layout). A page can have several.

mod camera;
mod device;
mod form;
mod glide;
mod grip;
mod lines;
mod node;
mod painter;
mod shapes;
mod stamps;
mod surface;
mod tools;
mod twin;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Mutex;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::live::{Content, Live, follow};
use super::page::Desk;
use super::platform::use_size;
use super::view::{Row, View, Words, each, el, shown, when, words};
use crate::app::view::{
    DEVICES_MAX, Flights, Layout, Place, Placed, flight_at, layout, link_at, link_ends, links,
};
use crate::app::{Action, Lab, Selection};
use camera::Camera;
use grip::Grip;

pub(super) use camera::{STEP, zoom_by};
pub(super) use grip::nudge;
pub(super) use shapes::glyph;

/// On a lower stage one scrolls.
const HEIGHT_MIN_PX: f64 = 340.0;
/// What the layout calls a pixel, in the style sheets' measure: letters decide how large that is.
const PX_PER_REM: f64 = 16.0;

/// What has been painted last: what one clicks on is what one sees.
type Painted = Rc<RefCell<Flights>>;

/// The stage, and the sentence above it.
pub(super) fn stage(desk: Desk, name: &'static str) -> View {
    let session = desk.session;
    let view = el("div.stage__view");
    let element: Element = view.element();
    // The frame is measured, because a scroll bar in the view must not make the picture another one.
    let frame = el("div.stage__frame");
    let camera = Camera::new(desk, use_size(&frame.element()));
    let generation = session.acted(Lab::generation);
    let summary = session.acted(|lab| lab.scenario().summary.clone());
    let crowd = session.view(|lab| match lab.world().people.len() {
        people if people > DEVICES_MAX => format!(" {DEVICES_MAX} of {people} people are shown."),
        _ => String::new(),
    });
    let by_hand = session.acted(|lab| lab.placed().to_vec());
    let base = Live::new(move || {
        generation.read();
        let (width, height) = camera.room();
        layout(session.lab().scenario(), width, height.max(HEIGHT_MIN_PX))
    });
    let target = Live::new(move || base.read().with(&by_hand.read()));
    follow(move || desk.layout.set(Some(target.get())));
    let placed = glide::glide(desk, target);
    let sight = Live::new(move || camera.sight(&placed.read()));
    let grip = Grip { desk, target, sight };
    let painted = Painted::default();
    let world = world(grip, placed, &painted);
    let anchor = camera.hold(&element, sight);
    Camera::begin_at_people(&element, base);
    let (wheeled, scrolled) = (element.clone(), element.clone());
    let wheel = move |ev: Event| {
        if let Some(point) = camera.wheel(&wheeled, ev.unchecked_ref()) {
            anchor.set(Some(point));
        }
    };
    let scroll = move |_| {
        let to = (f64::from(scrolled.scroll_left()), f64::from(scrolled.scroll_top()));
        camera.scroll.set(to);
    };
    let extent = move |of: fn(&Layout) -> f64| {
        words(move || format!("{:.0}px", (of(&placed.read()) * sight.get().scale + 0.01).floor()))
    };
    let room = el("div.stage__room")
        .style("inline-size", extent(|it| it.width))
        .style("block-size", extent(|it| it.height))
        .child(world);
    let frame = frame
        .child(view.on("wheel", wheel).on("scroll", scroll).child(room))
        .child(surface::surface(desk, placed, sight, camera.size, painted));
    let head = el("div.stage__head")
        .child(el("p.stage__summary").text(summary).child(el("span.muted").text(crowd)))
        .child(tools::tools(desk));
    el("section")
        .attr("class", look(desk, placed))
        .attr("aria-label", name)
        .child(head)
        .child(frame)
        .child(twin::twin(desk, placed))
}

/// What the style sheets have to know.
fn look(desk: Desk, layout: Live<Layout>) -> Words {
    let paused = desk.session.timely(|lab| !lab.playback().playing);
    words(move || {
        let mut look = "stage".to_owned();
        for (so, mark) in [
            (paused.get(), " stage--paused"),
            (desk.lens.get(), " stage--lens"),
            (layout.read().compact, " stage--compact"),
            (layout.read().narrow, " stage--narrow"),
        ] {
            look.push_str(if so { mark } else { "" });
        }
        look
    })
}

/// Everything that stands, in one piece that can be scaled.
fn world(grip: Grip, placed: Live<Layout>, painted: &Painted) -> View {
    let (desk, painted) = (grip.desk, painted.clone());
    let generation = desk.session.acted(Lab::generation);
    let places = move || {
        let generation = generation.get();
        let row = |it: &Placed| {
            let place = it.place;
            Row::new(format!("{generation} {place:?}"), move || place_view(grip, place, placed))
        };
        placed.read().places.iter().map(row).collect()
    };
    let scale = words(move || format!("scale({:.4})", grip.sight.get().zoom));
    el("div.stage__world")
        .style("width", rem(placed, |it| it.width))
        .style("height", rem(placed, |it| it.height))
        .style("transform", scale)
        // What a finger meets keeps its size on a small picture.
        .style("--zoom", words(move || grip.sight.get().zoom.to_string()))
        .on("click", move |ev| {
            select(grip, &painted.borrow(), &placed.peek(), ev.unchecked_ref());
        })
        .child(lines::lines(desk, placed))
        .child(each(places))
}

/// A measure of the layout, for style sheets.
fn rem<T: Content>(live: Live<T>, of: fn(&T) -> f64) -> Words {
    words(move || format!("{:.3}rem", of(&live.read()) / PX_PER_REM))
}

/// What stands at a place, held there by its box.
fn place_view(grip: Grip, place: Place, layout: Live<Layout>) -> View {
    // A place that has just vanished stays where it was until its element is gone as well.
    let last = Mutex::new(Placed { place, x: 0.0, y: 0.0, width: 0.0, height: 0.0 });
    let held = Live::new(move || {
        let mut last = last.lock().expect("law: nobody panics while looking");
        *last = layout.read().find(place).copied().unwrap_or(*last);
        *last
    });
    let differs = when(move || grip.desk.differs.read().iter().any(|it| it.0 == place));
    let content = match place {
        Place::Person(person) => device::device(grip.desk, person),
        Place::Channel(_) | Place::Service(_) => node::node(grip.desk, place),
    };
    let view = el("div.placed")
        .style("left", rem(held, |it| it.x))
        .style("top", rem(held, |it| it.y))
        .style("width", rem(held, |it| it.width))
        .style("height", rem(held, |it| it.height))
        .on("focusin", |ev| come_into_sight(&ev))
        .child(content)
        .child(shown(differs, || el("span.differs").attr("aria-hidden", "true").text("≠")));
    match place.movable() {
        Some(node) => grip.on(view, node),
        None => view,
    }
}

/// What the keyboard comes to is in sight as a whole: browsers see to the height only. What a finger or a mouse touches
/// stays under it.
fn come_into_sight(ev: &Event) {
    let Some(it) = ev.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
    if it.matches(":focus-visible").unwrap_or(false) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        it.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// A click beside the boxes: on a message in the air, on a line, or on nothing. Lines and tokens let clicks through.
fn select(grip: Grip, painted: &Flights, layout: &Layout, ev: &MouseEvent) {
    let ground = ev.current_target().filter(|it| ev.target().as_ref() == Some(it));
    let Some(ground) = ground.and_then(|it| it.dyn_into::<Element>().ok()) else { return };
    let (origin, scale) = (ground.get_bounding_client_rect(), grip.sight.peek().scale);
    let (x, y) =
        (f64::from(ev.client_x()) - origin.left(), f64::from(ev.client_y()) - origin.top());
    let (x, y) = (x / scale, y / scale);
    let message = flight_at(painted, x, y).map(|it| Selection::Message(it.message));
    let found = message.or_else(|| {
        let lab = grip.desk.session.lab();
        let link = link_at(layout, &links(lab.scenario()), x, y)?;
        let (from, to) = link_ends(lab.plan(), link);
        Some(Selection::Link(from, to))
    });
    let selected = grip.desk.session.lab().selection().is_some();
    if found.is_some() || selected {
        grip.desk.act(Action::Select(found));
    }
}
