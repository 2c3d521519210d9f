//! Mishaps at every boundary: careless ways show each its own trace, careful ones none.
//!
//! Sources: Hatfield, "Lessons in asynchronous messaging"; Particular, "Outbox", which names ghosts and zombies.

use inflight::base::Span;
use inflight::language::Value;
use inflight::world::Input;

use super::{check_share, number, text};
use crate::rig::{engine, secs, world_with};

/// Runs with people for some time, then without them until everything is quiet. What the tables say then.
fn after_a_while(path: &str, settings: &[(&str, Value)], cells: &[[&str; 3]]) -> Vec<f64> {
    let (mut engine, mut records) = engine(world_with(&text(path), 1, settings));
    engine.advance(secs(4_001), u64::MAX, &mut records);
    engine.steer(Input::Habits { on: false }, &mut records);
    engine.advance(secs(4_100), u64::MAX, &mut records);
    let world = &engine.system;
    assert_eq!(world.books.in_flight(), 0, "{path}: everything is quiet");
    cells
        .iter()
        .map(|[table, row, column]| number(world, table, &Value::text(*row), column))
        .collect()
}

#[test]
fn dual_writes_leave_ghosts_and_zombies_and_an_outbox_none() {
    let cells = [
        ["state-first.count", "orders in the database", "times"],
        ["mailer.count", "state first", "letters"],
        ["message-first.count", "orders in the database", "times"],
        ["mailer.count", "message first", "letters"],
        ["with-outbox.count", "orders in the database", "times"],
        ["mailer.count", "with an outbox", "letters"],
    ];
    for crash in [0.2, 0.5] {
        // What is left of state and letter by the ways that have no memory, for each point at which one dies.
        for (point, state_first, message_first) in [
            ("as it begins", [1.0 - crash, 1.0 - crash], [1.0 - crash, 1.0 - crash]),
            ("between the two", [1.0, 1.0 - crash], [1.0 - crash, 1.0]),
            ("before it is done", [1.0, 1.0], [1.0, 1.0]),
        ] {
            let settings = [("crash", Value::Float(crash)), ("point", Value::text(point))];
            let found = after_a_while("process/ghost-and-zombie", &settings, &cells);
            let orders = 2_000.0;
            let expected = [state_first, message_first].concat();
            for (found, (expected, [table, ..])) in found.iter().zip(expected.iter().zip(cells)) {
                check_share(&format!("{point}, {table}"), *found, orders, *expected);
            }
            let exact = found[4..].iter().all(|it| (it - orders).abs() < 0.5);
            assert!(exact, "{point}: one letter for each order, with an outbox: {found:?}");
        }
    }
}

#[test]
fn each_way_to_lose_or_copy_leaves_its_own_trace() {
    let path = "delivery/lose-duplicate-shuffle";
    let cells = [
        ["careless-accounts.count", "rows", "times"],
        ["careless-mailer.count", "mails", "times"],
        ["careful-accounts.count", "rows", "times"],
        ["careful-mailer.count", "mails", "times"],
    ];
    let share = 0.3;
    let kept = 1.0 - share;
    for (way, rows, mails) in [
        ("nothing", 1.0, 1.0),
        ("lost on the way", 1.0, kept * kept),
        ("dies before it has written", kept, kept * kept),
        ("dies between the two", 1.0, kept * kept),
        ("dies before it is done", 1.0, 1.0),
        ("copied on the way", 1.0, (1.0 + share) * (1.0 + share)),
    ] {
        let settings = [("way", Value::text(way)), ("share", Value::Float(share))];
        let found = after_a_while(path, &settings, &cells);
        let people = 2_000.0;
        check_share(&format!("{way}, careless rows"), found[0], people, rows);
        if mails <= 1.0 {
            check_share(&format!("{way}, careless mails"), found[1], people, mails);
        } else {
            // Of two links, each makes a copy of this share: the variance of the product is below 2 for each message.
            let error = (2.0 / people).sqrt();
            assert!(
                (found[1] / people - mails).abs() < 4.0 * error,
                "{way}: {}",
                found[1] / people
            );
        }
        let exact = found[2..].iter().all(|it| (it - people).abs() < 0.5);
        assert!(exact, "{way}: exactly once, done carefully: {found:?}");
    }
}

#[test]
fn two_messages_swap_as_often_as_theory_says() {
    // P(swap) = e^(-gap / lag) / 2, for two ways with the same exponential delay.
    for (gap, lag, theory) in [(0, 400, 0.5), (200, 400, 0.3033), (800, 400, 0.0677)] {
        let span = |millis| Value::from(Span::from_millis(millis));
        let settings = [("gap", span(gap)), ("lag", span(lag))];
        let cells = ["times", "parcels"]
            .map(|column| ["tracking.count", "shipped before they were packed", column]);
        let found = after_a_while("delivery/lose-duplicate-shuffle", &settings, &cells);
        check_share(&format!("swapped, {gap} ms apart"), found[0], found[1], theory);
    }
}
