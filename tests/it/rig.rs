//! What all families need: scenarios to run, and ways to run them.

use inflight::base::{Span, Time};
use inflight::interaction::Interaction;
use inflight::language::{self, Value};
use inflight::sim::Engine;
use inflight::world::{Copies, Input, Record, Settings, Way, World};

/// The first scenario of the catalogue.
pub(crate) const FLAGSHIP: &str = include_str!("../../scenarios/first-steps/a-mug-eventually.yaml");

/// Everything at once: queue, topic and direct channels, calls, delayed messages, retries, dead letters, losses.
pub(crate) const WORKSHOP: &str = include_str!("workshop.yaml");

/// The same with little room and little patience in its channels, one that forgets what it hands out, and a network
/// that makes copies and keeps no order, while
/// everything goes wrong that can.
pub(crate) fn tight_workshop() -> String {
    let channels = [
        (
            "desk: { kind: queue",
            "desk: { kind: queue, capacity: 2, time_to_live: 300ms, prefetch: 1, priority: size",
        ),
        (
            "press-queue: { kind: queue",
            "press-queue: { kind: queue, capacity: 1, when_full: drop-oldest, durable: false, prefetch: 4, key: order",
        ),
        ("role: external", "role: external\n    instances: 2\n    shed: { waiting: 1, age: 40ms }"),
        ("[press-queue]", "[press-queue]\n    inbox: { order: fair, by: order }"),
        (
            "[prices]",
            "[prices]\n    shed: { waiting: 0, remaining: 120ms }\n    inbox: { order: priority, by: size }",
        ),
        ("role: view", "role: view\n    instances: 3"),
        (
            "    habits:\n",
            "    habits:\n      - { at: 2s, every: 5s, times: 4, until: 20s, submit: OrderPoster }\n",
        ),
        ("news: { kind: topic", "news: { kind: topic, acknowledge: before"),
        (
            "  loss: =loss",
            "  loss: =loss\n  duplicate: 0.1\n  ordered: false\n  jitter: exponential(5ms)\n  bandwidth: 20kB",
        ),
        (
            "        - call: AskPrice
          to: prices
          with: { size: =msg.size }
          timeout: 3s
          as: price
",
            PRICES,
        ),
        (
            "        - upsert: sheets[msg.order]\n",
            "        - wait_until: size(sheets) % 3 != 1
          at_most: 300ms
        - upsert: sheets[msg.order]\n",
        ),
        (
            "        - work: uniform(5ms, 15ms)\n",
            "        - work: uniform(5ms, 150ms)
        - if: chance(0.2)
          then: [{ fail: no price today }]
",
        ),
    ];
    let text = channels.iter().fold(WORKSHOP.to_owned(), |text, (roomy, tight)| {
        assert!(text.contains(roomy), "{roomy}");
        text.replace(roomy, tight)
    });
    text + include_str!("troubles.yaml")
}

/// The same with its news in a log that forgets much, whose groups form again and again, and read again.
pub(crate) fn logged_workshop() -> String {
    let routes = [
        ("      - { channel: news, route: '1.#' }\n", "      - news\n"),
        ("      - { channel: news, route: '*.printed' }\n", ""),
        ("      - { channel: news, match: { size: 9 } }\n", ""),
        ("          route: press.printed\n", ""),
        ("                  route: =string(msg.size) + '.ordered'\n", ""),
        (
            "news: { kind: topic, acknowledge: before",
            "news: { kind: log, partitions: 3, key: order, compact: true, retention: { age: 900ms, messages: 9 }, \
             rebalance: 100ms, redelivery_delay: 100ms, attempts: 2",
        ),
        (
            "      Printed:\n",
            "      Printed:\n        - if: chance(0.1)\n          then: [{ replay: news, since: =now - 500ms }]\n",
        ),
    ];
    routes.iter().fold(tight_workshop(), |text, (before, after)| {
        assert!(text.contains(before), "{before}");
        text.replace(before, after)
    })
}

/// Asks for a price in every way that a call knows.
const PRICES: &str = "        - all:
            - call: AskPrice
              to: prices
              with: { size: =msg.size }
              timeout: 200ms
              retry: { attempts: 3, backoff: 50ms, jitter: full, budget: 0.5 }
              cancel: true
              breaker: { failures: 5, within: 2s, pause: 500ms }
            - call: AskPrice
              to: prices
              with: { size: =msg.size }
              timeout: 250ms
              retry: { attempts: 2, jitter: decorrelated }
              hedge: 90ms
              cancel: true
          enough: 1
          as: answers
          fallback:
            - fail: no price
        - let: { price: '=answers[0]' }
";

/// How many seeds each law is tried with; `SEEDS=10000 cargo test` digs deeper.
pub(crate) fn seeds(default: u64) -> std::ops::Range<u64> {
    let count = std::env::var("SEEDS").ok().and_then(|it| it.parse().ok()).unwrap_or(default);
    0..count
}

#[track_caller]
pub(crate) fn world(text: &str, seed: u64) -> World {
    world_with(text, seed, &[])
}

/// A world with knobs set by name.
#[track_caller]
pub(crate) fn world_with(text: &str, seed: u64, settings: &[(&str, Value)]) -> World {
    let scenario = language::compile(text).unwrap_or_else(|findings| {
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        panic!("the scenario is broken:\n{}", lines.join("\n"))
    });
    let knob = |name: &str| scenario.knobs.iter().position(|it| it.name == name).unwrap();
    let settings: Settings =
        settings.iter().map(|(name, value)| (knob(name), value.clone())).collect();
    World::new(scenario, seed, &settings).unwrap()
}

/// A started engine, and what it has told so far.
pub(crate) fn engine(world: World) -> (Engine<World>, Vec<Record>) {
    let mut records = Vec::new();
    let engine = Engine::new(world, &mut records);
    (engine, records)
}

pub(crate) fn secs(secs: u64) -> Time {
    Time::from_micros(secs * 1_000_000)
}

pub(crate) fn micros(micros: u64) -> Time {
    Time::from_micros(micros)
}

pub(crate) fn millis(millis: u64) -> Time {
    Time::from_micros(millis * 1_000)
}

/// What a restless person does: some input or other, drawn from a number.
pub(crate) fn some_input(world: &World, dice: u64) -> Input {
    let processes = (world.services.len() + world.brokers.len()) as u64;
    let rest = dice / 18;
    let process = usize::try_from(rest % processes).unwrap();
    // All of its instances, or one of them.
    let instances = world.services.get(process).map_or(1, |it| it.instances.len());
    let instance = (usize::try_from(rest / processes).unwrap() % (instances + 1)).checked_sub(1);
    let person = usize::try_from(rest).unwrap() % world.people.len();
    match dice % 18 {
        0 | 1 => Input::Submit { person, item: 0, values: Vec::new() },
        2 => Input::Crash(process, instance),
        3 | 4 => Input::Restart(process, instance),
        9 => Input::Lose(some_copies(world, rest)),
        14 => Input::Duplicate(some_copies(world, rest)),
        15 => Input::Delay(some_copies(world, rest), Span::from_millis(rest % 1_500)),
        16 => Input::Overtake(some_copies(world, rest)),
        17 => some_meddling(world, rest),
        10 if !world.faults.states.is_empty() => {
            let fault = usize::try_from(rest / 2).unwrap() % world.faults.states.len();
            Input::Fault(fault, rest.is_multiple_of(2))
        }
        11 => Input::Reload(person),
        12 if rest.is_multiple_of(3) => Input::Open(person, (rest / 3).is_multiple_of(2)),
        12 => Input::Online(person, rest.is_multiple_of(2)),
        13 if rest.is_multiple_of(3) => Input::Cancel(person, rest % 30),
        13 => Input::TakeBack(person, rest % 30),
        5 => Input::Habits { on: rest.is_multiple_of(2) },
        6 => {
            let presets = inflight::interaction::PRESETS;
            let preset = presets[usize::try_from(rest / 2).unwrap() % presets.len()].interaction;
            // Mostly this combination has no name.
            let interaction = Interaction { key: rest.is_multiple_of(2), ..preset };
            let form = rest.is_multiple_of(3).then_some(0);
            Input::Choose { client: world.people[person].client, form, interaction }
        }
        _ => turned_knob(world, rest),
    }
}

/// Copies of a message that is under way or waits: all of them, or those for one node.
fn some_copies(world: &World, dice: u64) -> Copies {
    let legs = world.legs.iter().flatten().map(|it| it.envelope.id);
    let queues = world.channels.iter().flat_map(|it| &it.queues);
    let queued = queues.flat_map(|it| it.waiting().chain(it.held()).map(|it| it.id));
    let inboxed = world.services.iter().flat_map(|it| it.inbox().map(|it| it.envelope.id));
    let all: Vec<u64> = legs.chain(queued).chain(inboxed).collect();
    let place = usize::try_from(dice / 2).unwrap() % all.len().max(1);
    let message = all.get(place).copied().unwrap_or(dice % 1_000);
    let goals = world.goals(message);
    let to = goals.get(usize::try_from(dice / 7).unwrap() % goals.len().max(1)).copied();
    Copies { message, to: to.filter(|_| dice.is_multiple_of(2)) }
}

/// Something that is done to a service or a link.
fn some_meddling(world: &World, dice: u64) -> Input {
    let service = usize::try_from(dice / 8).unwrap() % world.services.len();
    let nodes = world.plan.nodes.len();
    let from = usize::try_from(dice / 8).unwrap() % nodes;
    let to = (from + 1 + usize::try_from(dice / 64).unwrap() % (nodes - 1)) % nodes;
    let way = Way { from, to, both: dice.is_multiple_of(2) };
    match dice / 2 % 8 {
        0 => Input::Pause(service),
        1 | 2 => Input::Resume(service),
        3 => Input::Slow(service, if dice.is_multiple_of(3) { 1.0 } else { 4.0 }),
        4 => Input::Cut(way),
        5 => Input::SlowLink(way, Span::from_millis(dice % 700)),
        6 => Input::Mend(way),
        _ => some_dead_letter(world, dice).unwrap_or(Input::Mend(way)),
    }
}

/// A dead letter is put back.
fn some_dead_letter(world: &World, dice: u64) -> Option<Input> {
    let channels = world.channels.iter().enumerate();
    let letters = channels.flat_map(|(channel, it)| {
        let letters = it.queues.iter().flat_map(inflight::broker::Queue::dead);
        letters.map(move |it| Input::Redeliver { channel, message: it.id })
    });
    let letters: Vec<Input> = letters.collect();
    let place = usize::try_from(dice / 16).unwrap() % letters.len().max(1);
    letters.into_iter().nth(place)
}

/// A knob at one end of its range.
fn turned_knob(world: &World, dice: u64) -> Input {
    use inflight::language::scenario::KnobKind;
    let knobs = &world.plan.scenario.knobs;
    let knob = usize::try_from(dice).unwrap() % knobs.len();
    let high = dice.is_multiple_of(2);
    let value = match &knobs[knob].kind {
        KnobKind::Bool => Value::Bool(high),
        KnobKind::Int { min, max } => Value::Int(if high { *max } else { *min }),
        KnobKind::Float { min, max } => Value::Float(if high { *max } else { *min }),
        KnobKind::Duration { min, max } => Value::Duration(if high { *max } else { *min }),
        KnobKind::Choice { options } => {
            Value::text(options[usize::from(high) % options.len()].as_str())
        }
        KnobKind::Interaction => {
            let presets = inflight::interaction::PRESETS;
            Value::text(presets[usize::try_from(dice).unwrap() % presets.len()].name)
        }
    };
    Input::Turn { knob, value }
}

/// Do independent means agree with theory within four standard errors?
#[track_caller]
pub(crate) fn check_mean(what: &str, samples: &[f64], theory: f64) {
    let n = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / n;
    let variance = samples.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    println!("{what}: theory {theory:.4}, measured {mean:.4}, standard error {error:.4}");
    assert!(
        (mean - theory).abs() < 4.0 * error,
        "{what}: theory {theory}, measured {mean} ± {error}"
    );
    assert!(error < theory * 0.05, "{what}: the sample says something: ± {error}");
}
