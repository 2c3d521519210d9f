//! The stage: everything has its place, and messages move for exactly their delay.

use std::time::Duration;

use inflight::app::view::{Place, Placed, flights, layout, links};
use inflight::app::{Action, Lab};
use inflight::language;
use inflight::world::Input;

use crate::rig::{FLAGSHIP, WORKSHOP};

const SIZES: [(f64, f64); 5] =
    [(1280.0, 520.0), (1920.0, 900.0), (360.0, 480.0), (390.0, 640.0), (900.0, 500.0)];

fn overlap(a: &Placed, b: &Placed) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_stage() {
    for text in [FLAGSHIP, WORKSHOP] {
        let scenario = language::compile(text).unwrap();
        for (width, height) in SIZES {
            let layout = layout(&scenario, width, height);
            for (index, a) in layout.places.iter().enumerate() {
                for b in &layout.places[..index] {
                    assert!(!overlap(a, b), "{width}×{height}: {a:?} and {b:?}");
                }
                assert!(0.0 <= a.x && a.x + a.width <= width, "{width}×{height}: {a:?}");
                assert!(0.0 <= a.y && a.y + a.height <= height, "{width}×{height}: {a:?}");
            }
        }
    }
}

#[test]
fn the_loop_runs_clockwise() {
    let scenario = language::compile(FLAGSHIP).unwrap();
    let layout = layout(&scenario, 1280.0, 520.0);
    let center = |place| layout.find(place).unwrap().center();
    let named = |name: &str| scenario.services.iter().position(|it| it.name == name).unwrap();
    let channel = |name: &str| scenario.channels.iter().position(|it| it.name == name).unwrap();
    let (ana, orders) = (center(Place::Person(0)), center(Place::Channel(channel("orders"))));
    let (sales, events) =
        (center(Place::Service(named("sales"))), center(Place::Channel(channel("order-events"))));
    let window = center(Place::Service(named("shop-window")));
    assert!(ana.0 < orders.0 && orders.0 < sales.0, "asking goes to the right, along the top");
    assert!(orders.1 < events.1 && sales.1 < events.1, "events fall");
    assert!(window.0 < events.0 && events.1 <= window.1, "learning goes back, along the bottom");
}

#[test]
fn a_message_moves_for_exactly_its_delay() {
    let mut lab = Lab::new();
    lab.update(Action::Do(Input::Habits { on: false }));
    lab.update(Action::Do(Input::Submit { person: 0, item: 0, values: Vec::new() }));
    let layout = layout(lab.scenario(), 1280.0, 520.0);
    let leg = lab.world().legs.iter().flatten().find(|it| it.toward.travels()).unwrap().clone();
    let (start, x_at) = (leg.departed, |lab: &Lab| flights(lab, &layout)[0].x);
    let whole = leg.arrives.since(leg.departed);
    let (from, first) = (x_at(&lab), lab.run().now());
    assert_eq!(first, start);
    let at = |share: u64| start + inflight::base::Span::from_micros(whole.as_micros() * share / 4);
    lab.update(Action::Seek(at(2)));
    let half = x_at(&lab);
    lab.update(Action::Seek(at(1)));
    let quarter = x_at(&lab);
    assert!(
        ((half - from) - 2.0 * (quarter - from)).abs() < 0.1,
        "{from} {quarter} {half}: it is linear"
    );
    lab.update(Action::Seek(at(4)));
    assert!(
        lab.world()
            .legs
            .iter()
            .flatten()
            .all(|it| it.envelope.id != leg.envelope.id || it.from != leg.from)
    );
}

#[test]
fn every_leg_is_on_a_link_that_is_drawn() {
    let mut lab = Lab::new();
    lab.update(Action::Open { name: "workshop".to_owned(), text: WORKSHOP.to_owned() });
    let layout = layout(lab.scenario(), 1280.0, 720.0);
    assert!(
        links(lab.scenario())
            .iter()
            .all(|it| layout.find(it.from).is_some() && layout.find(it.to).is_some())
    );
    for _ in 0..200 {
        lab.update(Action::Frame(Duration::from_millis(50)));
        let under_way = lab.world().legs.iter().flatten().filter(|it| it.toward.travels()).count();
        let drawn = flights(&lab, &layout).iter().filter(|it| !it.lost).count();
        assert_eq!(under_way, drawn);
    }
}
