//! `published/`: theory and simulations that others have published.
//!
//! Sources: Kleinrock, "Queueing Systems", volume 1 (1975), for M/M/1; Erlang (1917) for M/M/c; Gray, "Notes on data
//! base operating systems" (1978), for the generals; Brooker, "Exponential backoff and jitter" (2015).

use inflight::base::{Stream, Time};
use inflight::language::Value;

use super::{check_share, look_at, number};
use crate::rig::{check_mean, secs, seeds};

/// Sums of a column between two instants, divided by the growth of a count: the mean without the first customers.
fn mean_between(before: (f64, f64), after: (f64, f64)) -> f64 {
    (after.0 - before.0) / (after.1 - before.1)
}

#[test]
fn one_counter_keeps_customers_as_long_as_theory_says() {
    for (load, warm_up, end) in [(0.5, 1_000, 21_000), (0.8, 4_000, 34_000)] {
        let key = Value::text("mean stay");
        let settings = [("load", Value::Float(load))];
        let percents = [50, 95, 99].map(Value::Int);
        let runs: Vec<_> = seeds(12)
            .map(|seed| {
                look_at("published/mm1", seed, &settings, &[secs(warm_up), secs(end)], |world| {
                    let stay = |column| number(world, "counter.stays", &key, column);
                    let before =
                        percents.clone().map(|it| number(world, "counter.shares", &it, "before"));
                    ((stay("sum"), stay("customers")), before)
                })
            })
            .collect();
        let means: Vec<f64> = runs.iter().map(|it| mean_between(it[0].0, it[1].0)).collect();
        check_mean(&format!("M/M/1 at {load}, mean stay"), &means, 1.0 / (1.0 - load));
        for (index, share) in [0.5, 0.95, 0.99].into_iter().enumerate() {
            let shares: Vec<f64> = runs
                .iter()
                .map(|it| mean_between((it[0].1[index], it[0].0.1), (it[1].1[index], it[1].0.1)))
                .collect();
            check_mean(
                &format!("M/M/1 at {load}, share before percentile {share}"),
                &shares,
                share,
            );
        }
    }
}

/// For each counter, for both figures: sum and customers.
type Waits = Vec<[(f64, f64); 2]>;

#[test]
fn more_clerks_for_the_same_load_make_shorter_waits() {
    // Erlang C: share who wait, and mean wait in service times.
    let theory = [
        ("one-clerk", 0.8, 4.0),
        ("two-clerks", 0.7111, 1.7778),
        ("four-clerks", 0.5964, 0.7455),
        ("eight-clerks", 0.4576, 0.2860),
    ];
    let runs: Vec<Vec<Waits>> = seeds(12)
        .map(|seed| {
            look_at("published/mmc", seed, &[], &[secs(2_000), secs(32_000)], |world| {
                let waits = |service: &str| {
                    ["share who wait", "mean wait"].map(|what| {
                        let table = format!("{service}.waits");
                        let get = |column| number(world, &table, &Value::text(what), column);
                        (get("sum"), get("customers"))
                    })
                };
                theory.iter().map(|it| waits(it.0)).collect()
            })
        })
        .collect();
    for (index, (service, share, wait)) in theory.into_iter().enumerate() {
        let sample = |what: usize| -> Vec<f64> {
            runs.iter().map(|it| mean_between(it[0][index][what], it[1][index][what])).collect()
        };
        check_mean(&format!("{service}, share who wait"), &sample(0), share);
        check_mean(&format!("{service}, mean wait"), &sample(1), wait);
    }
}

#[test]
fn two_generals_disagree_as_often_as_theory_says() {
    for (loss, copies) in [(0.3, 1), (0.3, 2), (0.3, 3), (0.5, 1), (0.5, 5)] {
        let settings = [("loss", Value::Float(loss)), ("copies", Value::Int(copies))];
        let caught: f64 = (0..copies).map(|_| loss).product();
        let theory = [1.0 - caught, (1.0 - caught) * (1.0 - caught), (1.0 - caught) * caught];
        let looks = look_at("published/two-generals", 1, &settings, &[secs(32_000)], |world| {
            [0, 1, 2].map(|line| {
                let get = |column| number(world, "historian.outcomes", &Value::Int(line), column);
                (get("times"), get("plans"), get("theory"))
            })
        });
        for ((times, plans, shown), theory) in looks[0].into_iter().zip(theory) {
            assert!(
                (shown - theory).abs() < 1e-9,
                "the file says the same theory: {shown}, {theory}"
            );
            assert!(plans > 7_900.0);
            check_share(
                &format!("two generals, loss {loss}, {copies} messengers"),
                times,
                plans,
                theory,
            );
        }
    }
}

/// Mean calls and seconds of a round of the crowd, for the five ways of waiting.
fn rounds(clients: i64, until: Time) -> Vec<(f64, f64)> {
    let settings = [("clients", Value::Int(clients))];
    let looks = look_at("published/backoff-and-jitter", 1, &settings, &[until], |world| {
        let kind = |kind| {
            let get = |column| number(world, "crowd.kinds", &Value::Int(kind), column);
            (get("calls_mean"), get("time_mean"))
        };
        (0..5).map(kind).collect()
    });
    looks.into_iter().next().unwrap()
}

/// The same experiment by hand, after the article's public simulator: mean writes and seconds of a round.
fn by_hand(kind: usize, clients: usize, rounds: u64) -> (f64, f64) {
    let (mut writes, mut seconds) = (0_u64, 0.0);
    for round in 0..rounds {
        let mut chance = Stream::new(round, &["by hand", &kind.to_string()]);
        let hop = |chance: &mut Stream| (10.0 + 2.0 * chance.normal()).abs() / 1e3;
        // When a client's message reaches the row: (instant, client, what it has read).
        let mut due: Vec<(f64, usize, Option<u64>)> =
            (0..clients).map(|it| (hop(&mut chance), it, None)).collect();
        let mut waits = vec![(0.005_f64, 0.005_f64); clients];
        let (mut version, mut end) = (0, 0.0);
        while !due.is_empty() {
            let next = (0..due.len()).min_by(|a, b| due[*a].0.total_cmp(&due[*b].0)).unwrap();
            let (now, client, read) = due.swap_remove(next);
            let answered = now + hop(&mut chance);
            let Some(read) = read else {
                due.push((answered + hop(&mut chance), client, Some(version)));
                continue;
            };
            writes += 1;
            end = answered;
            if read == version {
                version += 1;
                continue;
            }
            let (ceiling, waited) = &mut waits[client];
            *ceiling = (*ceiling * 2.0).min(2.0);
            let mut uniform = |low: f64, high: f64| low + (high - low) * chance.unit();
            *waited = match kind {
                0 => 0.0,
                1 => *ceiling,
                2 => uniform(0.0, *ceiling),
                3 => *ceiling / 2.0 + uniform(0.0, *ceiling / 2.0),
                _ => uniform(0.005, *waited * 3.0).min(2.0),
            };
            let again = answered + *waited;
            due.push((again + hop(&mut chance), client, None));
        }
        seconds += end;
    }
    (writes as f64 / rounds as f64, seconds / rounds as f64)
}

#[test]
fn jitter_saves_work_and_time_as_published() {
    let measured = rounds(100, secs(1_200));
    let names = ["none", "exponential", "full", "equal", "decorrelated"];
    for (kind, ((calls, time), name)) in measured.iter().zip(names).enumerate() {
        let (calls_by_hand, time_by_hand) = by_hand(kind, 100, 60);
        println!(
            "{name}: {calls:.0} calls ({calls_by_hand:.0} by hand), {time:.2} s ({time_by_hand:.2} s by hand)"
        );
        assert!((calls / calls_by_hand - 1.0).abs() < 0.1, "{name}: {calls} and {calls_by_hand}");
        assert!((time / time_by_hand - 1.0).abs() < 0.15, "{name}: {time} and {time_by_hand}");
    }
    let calls: Vec<f64> = measured.iter().map(|it| it.0).collect();
    let time: Vec<f64> = measured.iter().map(|it| it.1).collect();
    assert!(calls[1] > calls[0] * 0.6, "backing off alone hardly saves work");
    assert!(time[1] > time[0] * 10.0, "and it costs much time");
    assert!(calls[2..].iter().all(|it| *it < calls[1] * 0.6), "jitter does");
    assert!(calls[2] <= calls[3] && calls[2] < calls[4], "full jitter does least work");
    assert!(time[4] < time[2] && time[4] < time[3], "decorrelated is a little quicker");
}

#[test]
fn without_jitter_work_grows_with_the_square_of_the_crowd() {
    let calls = [25, 50, 100].map(|clients| rounds(clients, secs(600))[0].0);
    println!("calls without waiting: {calls:?}");
    // Twice the crowd makes four times the work, the more so the larger it is.
    let [first, second] = [calls[1] / calls[0], calls[2] / calls[1]];
    assert!(3.0 < first && first < second && second < 4.2, "{calls:?}");
}
