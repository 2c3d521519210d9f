//! What links do to messages, seen from the services.

use inflight::language::Value;
use inflight::world::{What, World};

use crate::rig::{engine, micros, millis, secs, seeds, world};
use crate::semantics::{SELL, buy, shop};

/// The shop with another network.
fn shop_on(channel: &str, network: &str) -> String {
    shop(channel, SELL, "fire-and-forget")
        .replace("network: { delay: 10ms }", &format!("network: {network}"))
}

fn sold(world: &World) -> Vec<Value> {
    world.services[0].tables[0].rows().map(|it| it[1].clone()).collect()
}

#[test]
fn a_share_of_messages_arrives_twice_and_every_copy_counts() {
    let mut twice = 0;
    for seed in 0..20 {
        for channel in ["{ kind: queue }", "{ kind: direct }"] {
            let text = shop_on(channel, "{ delay: 10ms, links: [{ to: shop, duplicate: 0.3 }] }");
            let (mut engine, mut records) = engine(world(&text, seed));
            for _ in 0..20 {
                engine.steer(buy(1), &mut records);
            }
            engine.advance(secs(30), u64::MAX, &mut records);
            let commands = engine.system.books.accounts()[0];
            let copies = engine.system.services[0].handled;
            assert_eq!(
                (commands.sent, commands.handled),
                (copies, copies),
                "{channel}, seed {seed}"
            );
            // The same order again changes its row again, and adds none.
            assert_eq!(sold(&engine.system).len(), 20);
            twice += copies - 20;
        }
    }
    // Four standard errors of a binomial share are 52.
    assert!(twice.abs_diff(240) < 52, "{twice} of 800");
}

#[test]
fn once_takes_the_second_copy_for_what_it_is() {
    let add = "        - upsert: sold['all']\n          set: { count: '=1 + (has(row.count) ? row.count : 0)' }";
    for (steps, expected) in [
        (add.to_owned(), 2),
        (
            format!(
                "        - once: msg.order\n          do:\n{}",
                add.replace("    - upsert", "        - upsert")
                    .replace("      set", "          set")
            ),
            1,
        ),
    ] {
        let text = shop("{ kind: direct }", &format!("{steps}\n{SELL}"), "fire-and-forget")
            .replace(
                "network: { delay: 10ms }",
                "network: { delay: 10ms, links: [{ to: shop, duplicate: 1 }] }",
            );
        let (mut engine, mut records) = engine(world(&text, 1));
        engine.steer(buy(1), &mut records);
        engine.advance(secs(1), u64::MAX, &mut records);
        let all = engine.system.services[0].tables[0].get(&Value::text("all")).unwrap();
        assert_eq!(all[1], Value::Int(expected));
        assert_eq!(engine.system.services[0].handled, 2);
    }
}

/// When the shop takes up what was sent at the start: so many things each.
fn starts(text: &str, counts: &[i64]) -> Vec<inflight::base::Time> {
    let (mut engine, mut records) = engine(world(text, 1));
    for count in counts {
        engine.steer(buy(*count), &mut records);
    }
    engine.advance(secs(30), u64::MAX, &mut records);
    let starts = records.iter().filter(|it| matches!(it.what, What::Started { .. }));
    starts.filter(|it| it.node == 0).map(|it| it.at).collect()
}

#[test]
fn a_link_takes_messages_in_one_after_the_other() {
    let text = shop_on("{ kind: direct }", "{ delay: 10ms, bandwidth: 1kB }")
        .replace("count: int } }\n  Bought", "count: int }, size: =100B * msg.count }\n  Bought");
    // 100, 200 and 300 bytes at 1,000 a second, and then 10 ms; the shop needs 100 ms for each.
    assert_eq!(starts(&text, &[1, 2, 3]), [110, 310, 610].map(millis));
    let roomy = text.replace("1kB", "1GB");
    assert_eq!(starts(&roomy, &[1, 2, 3]), [10_001, 110_001, 210_001].map(micros));
    let lossy = text.replace("10ms, b", "10ms, loss: 1, b");
    assert_eq!(starts(&lossy, &[1, 2, 3]), []);
}

#[test]
fn jitter_has_a_chance_of_its_own() {
    let on = |network| shop_on("{ kind: direct }", network);
    let plain = starts(&on("{ delay: 'exponential(20ms)', ordered: false }"), &[1])[0];
    let same = starts(&on("{ delay: 'exponential(20ms)', jitter: 5ms, ordered: false }"), &[1])[0];
    assert_eq!(same.since(plain), inflight::base::Span::from_millis(5));
    let jitter = "{ delay: 'exponential(20ms)', jitter: 'uniform(1ms, 2ms)', ordered: false }";
    let later = starts(&on(jitter), &[1])[0].since(plain).as_micros();
    assert!((1_000..2_000).contains(&later), "{later}");
}

/// The order in which the shop takes up what was sent in the order of the ids.
fn taken_up(ordered: bool, seed: u64) -> Vec<u64> {
    let network = format!("{{ delay: 'uniform(1ms, 100ms)', ordered: {ordered} }}");
    let text = shop_on("{ kind: direct }", &network);
    let (mut engine, mut records) = engine(world(&text, seed));
    for _ in 0..10 {
        engine.steer(buy(1), &mut records);
    }
    engine.advance(secs(5), u64::MAX, &mut records);
    let started = records.iter().filter(|it| it.node == 0).filter_map(|it| match it.what {
        What::Started { message, .. } => Some(message),
        _ => None,
    });
    started.collect()
}

#[test]
fn messages_overtake_each_other_only_where_the_link_lets_them() {
    let mut out_of_order = 0;
    for seed in seeds(20) {
        assert!(taken_up(true, seed).is_sorted(), "seed {seed}");
        out_of_order += usize::from(!taken_up(false, seed).is_sorted());
    }
    // Ten messages in order by chance: once in 3.6 million.
    assert_eq!(out_of_order, 20);
}

#[test]
fn duplicates_change_no_other_luck() {
    let arrivals = |duplicate: f64| {
        let network =
            format!("{{ delay: 'exponential(20ms)', ordered: false, duplicate: {duplicate} }}");
        let (mut engine, mut records) = engine(world(&shop_on("{ kind: direct }", &network), 7));
        for wish in 0..30 {
            engine.advance(millis(500 * wish), u64::MAX, &mut records);
            engine.steer(buy(1), &mut records);
        }
        engine.advance(secs(60), u64::MAX, &mut records);
        let mut seen = std::collections::BTreeSet::new();
        let firsts = records.iter().filter_map(|it| match it.what {
            What::Started { message, .. } if it.node == 0 => Some((message, it.at)),
            _ => None,
        });
        let mut firsts: Vec<_> = firsts.filter(|it| seen.insert(it.0)).map(|it| it.1).collect();
        firsts.truncate(3);
        firsts
    };
    assert_eq!(arrivals(0.0), arrivals(0.01));
}
