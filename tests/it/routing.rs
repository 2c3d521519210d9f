//! Who gets what of a topic, and what becomes of messages that nobody wants.

use inflight::language::Value;
use inflight::world::{Input, What, World};

use crate::rig::{engine, secs, world};

/// A desk that publishes orders with their country's route, and two readers with these bindings.
fn trade(first: &str, second: &str) -> String {
    format!(
        "inflight: 1
title: Funds
summary: Orders are routed.
messages:
  Place: {{ kind: command, fields: {{ order: id, country: text, amount: int }} }}
  Placed: {{ kind: event, fields: {{ order: id, country: text, amount: int }} }}
channels:
  way: {{ kind: queue }}
  funds: {{ kind: topic }}
services:
  desk:
    receives: [way]
    handles:
      Place:
        - publish: Placed
          route: =msg.country
          with: {{ order: =msg.order, country: =msg.country, amount: =msg.amount }}
  first:
    receives: {first}
    tables: {{ seen: {{ key: order, columns: {{ order: id, country: text }} }} }}
    handles:
      Placed: [ {{ insert: seen, set: {{ order: =msg.order, country: =msg.country }} }} ]
  second:
    receives: {second}
    tables: {{ seen: {{ key: order, columns: {{ order: id, country: text }} }} }}
    handles:
      Placed: [ {{ insert: seen, set: {{ order: =msg.order, country: =msg.country }} }} ]
clients:
  buyer:
    people: [Ana]
    interaction: fire-and-forget
    screen:
      - form: Place
        to: way
        fields: {{ country: {{ text: EU }}, amount: {{ max: 9 }} }}
network: {{ delay: 10ms }}
"
    )
}

/// The countries that each reader has seen after these orders, and how many were unroutable.
fn seen(first: &str, second: &str, orders: &[(&str, i64)]) -> ([Vec<String>; 2], u64) {
    let (mut engine, mut records) = engine(world(&trade(first, second), 1));
    for (country, amount) in orders {
        let values = vec![(1, Value::text(*country)), (2, Value::Int(*amount))];
        engine.steer(Input::Submit { person: 0, item: 0, values }, &mut records);
    }
    engine.advance(secs(9), u64::MAX, &mut records);
    let of = |world: &World, service: usize| {
        world.services[service].tables[0].rows().map(|it| it[1].to_string()).collect()
    };
    let world = &engine.system;
    let account = world.books.accounts()[1];
    let unroutable = world.channels[1].unroutable;
    assert_eq!((account.lost, account.in_flight()), (unroutable, 0));
    let told = records.iter().filter(|it| matches!(it.what, What::Unroutable { .. })).count();
    assert_eq!(
        (told as u64, world.channels[1].latest_unroutable.len() as u64),
        (unroutable, unroutable)
    );
    ([of(world, 1), of(world, 2)], unroutable)
}

const ORDERS: [(&str, i64); 5] =
    [("EU", 1), ("EU.PL", 2), ("EU.PL.WAW", 3), ("US", 4), ("US.PL", 5)];

#[test]
fn patterns_choose_among_routes() {
    let some = "[ { channel: funds, route: 'EU.#' } ]";
    let (found, unroutable) = seen(some, "[ { channel: funds, route: '*.PL' } ]", &ORDERS);
    assert_eq!(found, [vec!["EU", "EU.PL", "EU.PL.WAW"], vec!["EU.PL", "US.PL"]]);
    assert_eq!(unroutable, 1);
    let (found, unroutable) = seen("[ { channel: funds, route: US } ]", "[funds]", &ORDERS);
    assert_eq!((found[0].as_slice(), found[1].len(), unroutable), (&["US".to_owned()][..], 5, 0));
}

#[test]
fn several_bindings_are_one_reader_that_gets_one_copy() {
    let several = "[ { channel: funds, route: 'EU.#' }, { channel: funds, route: '#.PL' } ]";
    // A second copy would fail on `insert` and be a dead letter.
    let (found, unroutable) = seen(several, "[ { channel: funds, route: none } ]", &ORDERS);
    assert_eq!(found, [vec!["EU", "EU.PL", "EU.PL.WAW", "US.PL"], vec![]]);
    assert_eq!(unroutable, 1);
}

#[test]
fn fields_are_compared_and_all_must_be_equal() {
    let one = "[ { channel: funds, match: { country: EU.PL } } ]";
    let both = "[ { channel: funds, match: { country: US, amount: 4 } },
      { channel: funds, match: { country: EU, amount: 4 } } ]";
    let (found, unroutable) = seen(one, both, &ORDERS);
    assert_eq!((found, unroutable), ([vec!["EU.PL".to_owned()], vec!["US".to_owned()]], 3));
}

#[test]
fn a_route_and_fields_together_must_both_fit() {
    let both = "[ { channel: funds, route: 'EU.*', match: { amount: 2 } } ]";
    let (found, _) =
        seen(both, "[ { channel: funds, route: '#', match: { amount: 3 } } ]", &ORDERS);
    assert_eq!(found, [vec!["EU.PL"], vec!["EU.PL.WAW"]]);
}
