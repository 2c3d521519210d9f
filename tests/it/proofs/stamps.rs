//! `time/clocks`: which change came first, and what can tell.
//!
//! Sources: Videla, "What we talk about when we talk about distributed systems" (2015); Lamport, "Time, clocks, and the
//! ordering of events" (1978); Fidge and Mattern on vectors of counters (1988).

use std::collections::{BTreeMap, BTreeSet};

use inflight::language::Value;
use inflight::service::Service;
use inflight::world::{Record, What};

use super::pages::{broken, duration};
use super::{number, text};
use crate::rig::{engine, secs, seeds, world_with};

const CLOCKS: &str = "time/clocks";
const RULES: [&str; 3] = ["the wall clock", "a counter", "a vector"];

/// What led to what, by the simulator's own records: for each event of the three copies, in the order of the run, its
/// copy, its number there, and all events that it knows of.
fn happened_before(records: &[Record], names: &[String]) -> Vec<(u32, BTreeSet<usize>)> {
    let [written, write] = ["Written", "Write"]
        .map(|name| u32::try_from(names.iter().position(|it| it == name).unwrap()).unwrap());
    let (mut of_name, mut led_by) = (BTreeMap::new(), BTreeMap::new());
    let mut events: Vec<(u32, BTreeSet<usize>)> = Vec::new();
    let mut handled_as: BTreeMap<(u64, u32), usize> = BTreeMap::new();
    let mut last: BTreeMap<u32, usize> = BTreeMap::new();
    for record in records {
        match record.what {
            What::Sent { message, name, cause, .. } => {
                of_name.insert(message, name);
                led_by.entry(message).or_insert((cause, record.node));
            }
            What::Started { message, .. } if record.node < 3 => {
                let name = of_name[&message];
                let (cause, author) = led_by[&message];
                if name != write && (name != written || author == record.node) {
                    continue;
                }
                let mut known: BTreeSet<usize> = BTreeSet::new();
                let sender = handled_as.get(&(cause, author)).filter(|_| name == written);
                for before in last.get(&record.node).into_iter().chain(sender) {
                    known.insert(*before);
                    known.extend(&events[*before].1);
                }
                handled_as.insert((message, record.node), events.len());
                last.insert(record.node, events.len());
                events.push((record.node, known));
            }
            _ => {}
        }
    }
    events
}

/// What an event was stamped with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stamp {
    count: i64,
    vector: Vec<i64>,
    wall: i64,
    event: String,
}

impl Stamp {
    fn is_covered_by(&self, other: &Self) -> bool {
        self.vector.iter().zip(&other.vector).all(|(a, b)| a <= b)
    }
}

/// The stamps of the events, in the order of the run: each copy counts its own up.
fn stamps(historian: &Service, copies: impl Iterator<Item = u32>) -> Vec<Stamp> {
    let whole = |it: &Value| match it {
        Value::Int(it) | Value::Duration(it) => *it,
        other => panic!("{other}"),
    };
    let mut of_copies: [Vec<Stamp>; 3] = Default::default();
    for row in historian.table(0, 0).rows() {
        let names = ["ana-copy", "ben-copy", "cleo-copy"];
        let copy = names.iter().position(|it| row[1] == Value::text(*it)).unwrap();
        let (count, wall, event) = (whole(&row[3]), whole(&row[2]), row[0].to_string());
        let vector = row[4..7].iter().map(whole).collect();
        of_copies[copy].push(Stamp { count, vector, wall, event });
    }
    for it in &mut of_copies {
        it.sort();
    }
    let mut next = of_copies.map(Vec::into_iter);
    let all = copies.map(|it| next[it as usize].next().expect("each event has a stamp")).collect();
    assert!(next.iter_mut().all(|it| it.next().is_none()), "and each stamp an event");
    all
}

#[test]
fn vectors_say_what_led_to_what_exactly_and_counters_in_one_direction() {
    let text = text(CLOCKS).replace("size(events) > 30", "size(events) > 5000");
    let mut totals = [[0_u32; 3]; 2];
    for seed in seeds(10) {
        let settings = [("lag", duration(2_000)), ("pace", duration(4_000))];
        let (mut engine, mut records) = engine(world_with(&text, seed, &settings));
        engine.advance(secs(40), u64::MAX, &mut records);
        assert!(engine.halt().is_none(), "{:?}", engine.halt());
        assert!(engine.system.troubles.is_empty(), "{:?}", engine.system.troubles);
        let world = &engine.system;
        let names: Vec<String> = world.plan.names.iter().map(ToString::to_string).collect();
        let truth = happened_before(&records, &names);
        let historian = &world.services[3];
        let stamps = stamps(historian, truth.iter().map(|it| it.0));
        let mut pairs = [[0_u32; 3]; 2];
        for (later, (copy, known)) in truth.iter().enumerate() {
            for earlier in (0..truth.len()).filter(|it| *it != later) {
                let led_to = known.contains(&earlier);
                let (a, b) = (&stamps[earlier], &stamps[later]);
                assert_eq!(a.is_covered_by(b), led_to, "vectors, both directions: {a:?} {b:?}");
                assert!(!led_to || a.count < b.count, "a counter grows from cause to effect");
                let pair = Value::text(format!("{} > {}", a.event, b.event));
                let noted = historian.table(0, 1).get(&pair).is_some();
                assert_eq!(noted, led_to, "the historian knows: {pair}");
                if later < earlier || truth[earlier].0 == *copy {
                    continue;
                }
                let apart = !a.is_covered_by(b) && !b.is_covered_by(a);
                let says = [a.wall < b.wall, a.count < b.count, a.is_covered_by(b)];
                let silent = [a.wall == b.wall, a.count == b.count, apart];
                for clock in 0..3 {
                    pairs[0][clock] += u32::from(led_to && !says[clock]);
                    pairs[1][clock] += u32::from(!led_to && !silent[clock]);
                }
            }
        }
        for (clock, name) in RULES.iter().enumerate() {
            let get = |column| number(world, "historian.clocks", &Value::text(*name), column);
            assert!((get("wrong") - f64::from(pairs[0][clock])).abs() < 0.5, "{name}: turned");
            assert!((get("made") - f64::from(pairs[1][clock])).abs() < 0.5, "{name}: invented");
            totals[0][clock] += pairs[0][clock];
            totals[1][clock] += pairs[1][clock];
        }
    }
    println!("by {RULES:?}: causes turned round {:?}, orders invented {:?}", totals[0], totals[1]);
    assert!(totals[0][0] > 50 && totals[0][1..] == [0, 0]);
    assert!(totals[1][0] > 50 && totals[1][1] > 50 && totals[1][2] == 0);
}

#[test]
fn each_clock_loses_what_it_cannot_tell() {
    let text = text(CLOCKS);
    let [undone, silence] =
        ["a correction of what somebody has seen is never undone", "no change is lost in silence"];
    for seed in seeds(4) {
        let [wall, counter, vector] = RULES.map(|it| broken(&text, it, seed, secs(300)));
        assert_eq!(wall, [undone, silence], "seed {seed}");
        assert_eq!(counter, [silence], "seed {seed}");
        assert!(vector.is_empty(), "seed {seed}: {vector:?}");
    }
}
