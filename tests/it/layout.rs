//! The stage: everything has its place, and messages move for exactly their delay.

use std::time::Duration;

use inflight::app::catalogue::CATALOGUE;
use inflight::app::view::{Layout, Place, Placed, flights, layout, links};
use inflight::app::{Action, Lab};
use inflight::language::scenario::{ChannelKind, Movable, Role, Spot};
use inflight::language::{self, Scenario};
use inflight::world::Input;

use crate::proofs;
use crate::rig::{FLAGSHIP, WORKSHOP};
use crate::systems::system;

const SIZES: [(f64, f64); 9] = [
    (360.0, 340.0),
    (390.0, 640.0),
    (639.0, 480.0),
    (640.0, 340.0),
    (900.0, 500.0),
    (944.0, 360.0),
    (1280.0, 520.0),
    (1920.0, 900.0),
    (2560.0, 1200.0),
];

fn compiled(text: &str) -> Scenario {
    language::compile(text).unwrap_or_else(|it| panic!("{it:?}\n{text}"))
}

/// The whole catalogue, everything at once, and systems of 1 to 60 nodes.
fn scenarios() -> Vec<(String, Scenario)> {
    let built_in =
        CATALOGUE.iter().map(|it| (it.path.to_owned(), compiled(&proofs::text(it.path))));
    // Every size once; what is large takes long, so not all of those.
    let generated = [1, 2, 3, 4, 5, 6, 8, 11, 15, 21, 40, 60].into_iter().map(|nodes: usize| {
        let (seed, people) = (nodes as u64 * 7 + 1, 1 + nodes % 4);
        (format!("{nodes} nodes"), compiled(&system(seed, nodes, people)))
    });
    let workshop = ("workshop".to_owned(), compiled(WORKSHOP));
    built_in.chain(generated).chain([workshop]).collect()
}

fn overlap(a: &Placed, b: &Placed) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

#[track_caller]
fn assert_sound(what: &str, layout: &Layout) {
    for (index, a) in layout.places.iter().enumerate() {
        for b in &layout.places[..index] {
            assert!(!overlap(a, b), "{what}: {a:?} and {b:?}");
        }
        assert!(0.0 <= a.x && a.x + a.width <= layout.width + 1e-6, "{what}: {a:?} {layout:?}");
        assert!(0.0 <= a.y && a.y + a.height <= layout.height + 1e-6, "{what}: {a:?} {layout:?}");
        assert!(a.width >= 90.0 && a.height >= 40.0, "{what}: too small to be read: {a:?}");
    }
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_picture() {
    for (name, scenario) in scenarios() {
        for (width, height) in SIZES {
            let what = format!("{name} at {width}×{height}");
            let picture = layout(&scenario, width, height);
            assert_sound(&what, &picture);
            assert!(
                width <= picture.width && height <= picture.height,
                "{what}: it fills the stage"
            );
            assert_eq!(layout(&scenario, width, height), picture, "{what}: it never jiggles");
            let drawn =
                scenario.channels.iter().filter(|it| it.kind != ChannelKind::Direct).count();
            let people: usize = scenario.clients.iter().map(|it| it.people.len()).sum();
            let all = drawn + scenario.services.len() + people.min(3);
            assert_eq!(picture.places.len(), all, "{what}: everybody is there");
        }
    }
}

#[test]
fn a_system_of_forty_nodes_fits_on_a_laptop_and_one_of_sixty_on_a_large_screen() {
    for (nodes, width, height) in [(40, 944.0, 500.0), (40, 1280.0, 560.0), (60, 1580.0, 820.0)] {
        for seed in 0..4 {
            let scenario = compiled(&system(seed, nodes, 2));
            let picture = layout(&scenario, width, height);
            let shrunk = (picture.width / width).max(picture.height / height);
            assert!(shrunk <= 1.35, "{nodes} nodes, seed {seed}: {shrunk}");
        }
    }
}

#[test]
fn the_loop_keeps_its_order_whatever_stands_on_it() {
    for (name, scenario) in scenarios() {
        for (width, height) in SIZES.into_iter().filter(|it| 640.0 <= it.0) {
            let picture = layout(&scenario, width, height);
            let what = format!("{name} at {width}×{height}");
            let devices = picture.places.iter().filter(|it| matches!(it.place, Place::Person(_)));
            let shore = devices.map(|it| it.x + it.width).fold(0.0, f64::max);
            let (mut lowest_asking, mut highest_learning) = (0.0_f64, f64::INFINITY);
            let (mut last_view, mut first_topic) = (0.0_f64, f64::INFINITY);
            for placed in &picture.places {
                match placed.place {
                    Place::Person(_) => continue,
                    Place::Service(id) if scenario.services[id].role == Role::View => {
                        highest_learning = highest_learning.min(placed.y);
                        last_view = last_view.max(placed.x);
                    }
                    Place::Channel(id)
                        if !matches!(scenario.channels[id].kind, ChannelKind::Queue { .. }) =>
                    {
                        highest_learning = highest_learning.min(placed.y);
                        first_topic = first_topic.min(placed.x);
                    }
                    Place::Channel(_) | Place::Service(_) => {
                        lowest_asking = lowest_asking.max(placed.y)
                    }
                }
                assert!(shore < placed.x, "{what}: people stand on the left");
            }
            assert!(lowest_asking < highest_learning, "{what}: asking above, learning below");
            assert!(last_view <= first_topic, "{what}: news come from the right");
        }
    }
}

#[test]
fn few_ways_pass_behind_boxes() {
    // Of all ways of the catalogue, at the size of a laptop's stage.
    let (mut ways, mut behind) = (0, Vec::new());
    for (name, scenario) in scenarios().into_iter().filter(|it| !it.0.contains("nodes")) {
        let picture = layout(&scenario, 944.0, 500.0);
        for link in links(&scenario) {
            let Some(lane) = picture.lane(link.from, link.to) else { continue };
            ways += 1;
            let inside = |it: &&Placed| {
                it.place != link.from
                    && it.place != link.to
                    && (1..100).any(|share| {
                        let (x, y) = lane.at(f64::from(share) / 100.0);
                        it.x + 2.0 < x
                            && x < it.x + it.width - 2.0
                            && it.y + 2.0 < y
                            && y < it.y + it.height - 2.0
                    })
            };
            behind.extend(
                picture
                    .places
                    .iter()
                    .find(inside)
                    .map(|it| format!("{name}: {link:?} {:?}", it.place)),
            );
        }
    }
    assert!(behind.len() * 4 <= ways, "{} of {ways}: {behind:#?}", behind.len());
}

fn with_places(spots: &str) -> Scenario {
    compiled(&format!("{FLAGSHIP}\nstage: {spots}\n"))
}

#[test]
fn what_the_text_places_stands_there_and_the_others_make_room() {
    let scenario = with_places("{ sales: [0, 8], orders: [12, 0], shop-window: [0, 8] }");
    let alone = compiled(FLAGSHIP);
    for (width, height) in SIZES {
        let what = format!("{width}×{height}");
        let picture = layout(&scenario, width, height).with(&scenario.stage);
        assert_sound(&what, &picture);
        if width < 640.0 {
            assert_eq!(picture, layout(&alone, width, height), "{what}: phones keep the loop");
            continue;
        }
        let movable = scenario.stage[0].0;
        let sales = picture.find(movable.into()).unwrap();
        assert_eq!(
            picture.spot(movable, sales.center()),
            Some(Spot { column: 0, row: 8 }),
            "{what}"
        );
    }
}

#[test]
fn a_place_by_hand_is_kept_with_the_open_scenario() {
    let mut lab = Lab::new();
    let sales = Movable::Service(0);
    let before = layout(lab.scenario(), 944.0, 500.0).with(lab.placed());
    let spot = before.spot_beside(sales, -1, 0).unwrap();
    lab.update(Action::Place(sales, spot));
    lab.update(Action::Restart(3));
    let after = layout(lab.scenario(), 944.0, 500.0).with(lab.placed());
    assert_eq!(after.spot(sales, after.find(sales.into()).unwrap().center()), Some(spot));
    let moved = |it: &&Placed| before.find(it.place) != Some(it);
    assert_eq!(after.places.iter().filter(moved).count(), 1, "the others stand where they stood");
    lab.update(Action::PlaceNothing);
    assert_eq!(layout(lab.scenario(), 944.0, 500.0).with(lab.placed()), before);
}

#[test]
fn the_text_can_keep_what_was_placed() {
    let mut lab = Lab::new();
    assert_eq!(inflight::app::edit::text(&lab), FLAGSHIP, "nobody has placed anything");
    lab.update(Action::Place(Movable::Service(0), Spot { column: 3, row: 4 }));
    lab.update(Action::Place(Movable::Channel(1), Spot { column: 12, row: 8 }));
    let kept = inflight::app::edit::text(&lab);
    assert_eq!(compiled(&kept).stage, lab.placed());
    lab.update(Action::RunText(kept));
    lab.update(Action::Place(Movable::Service(0), Spot { column: 0, row: 0 }));
    let again = compiled(&inflight::app::edit::text(&lab));
    assert_eq!(again.stage, lab.placed(), "an older section goes");
    lab.update(Action::PlaceNothing);
    assert_eq!(inflight::app::edit::text(&lab).trim_end(), FLAGSHIP.trim_end());
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
