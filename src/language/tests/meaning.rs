//! What a text means: defaults, labels, code.

use super::super::compile;
use super::super::scenario::{
    ChannelKind, FormField, InvariantKind, KnobKind, Refresh, ScreenItem, Step,
};
use super::super::value::Value;
use super::{BASE, FLAGSHIP};

#[test]
fn the_first_scenario_compiles() {
    let scenario = compile(FLAGSHIP).expect("it is the first scenario");
    assert_eq!(scenario.title, "A mug, eventually");
    assert_eq!(&*scenario.source, FLAGSHIP);
    assert!((5..=6).contains(&scenario.lesson.len()));
}

#[test]
fn what_is_not_said_has_its_default() {
    let scenario = compile(BASE).expect("it is right");
    assert_eq!(scenario.brokers, ["broker", "bus"]);
    let [orders, events, prices] = &scenario.channels[..] else { panic!("three channels") };
    assert_eq!((orders.attempts, orders.prefetch), (5, Some(2)));
    assert_eq!((events.attempts, events.prefetch), (3, None));
    assert_eq!(events.kind, ChannelKind::Topic { broker: 1 });
    assert_eq!((prices.kind, prices.prefetch), (ChannelKind::Direct, None));
    let without = BASE.replacen(", prefetch: 2", "", 1);
    assert_eq!(
        compile(&without).expect("it is right").channels[0].prefetch,
        Some(2),
        "as many as workers"
    );
    assert_eq!(scenario.knobs[0].label, "Slow");
    assert_eq!(scenario.knobs[0].kind, KnobKind::Duration { min: 0, max: 5_000_000 });
    assert_eq!(scenario.knobs[4].default, Value::text("calm"));
}

#[test]
fn a_service_that_is_like_another_differs_in_what_it_says_itself() {
    let twin = "  twin: { like: window, workers: 3, clock: { behind: 1s } }\nclients:";
    let scenario = compile(&BASE.replacen("clients:", twin, 1)).expect("it is right");
    let [.., window, twin] = &scenario.services[..] else { panic!("some services") };
    assert_eq!((twin.name.as_str(), twin.role, twin.workers), ("twin", window.role, 3));
    assert!(twin.clock.is_some() && window.clock.is_none() && window.workers == 1);
    assert_eq!(twin.tables[0].mirrors, window.tables[0].mirrors);
    assert_eq!(twin.handlers[0].code.len(), window.handlers[0].code.len());
    assert_eq!(scenario.channels[1].readers.len(), 2, "each reads what the text says");
}

#[test]
fn knobs_of_first_rows_alone_wait_for_the_next_start() {
    let scenario = compile(BASE).expect("it is right");
    let waiting: Vec<&str> =
        scenario.knobs.iter().filter(|it| it.at_start_only).map(|it| it.name.as_str()).collect();
    // `mood` is used nowhere.
    assert_eq!(waiting, ["start", "mood"]);
}

#[test]
fn what_stands_in_a_fallback_belongs_to_the_handler() {
    let answer = "        - reply: Price\n          with: { amount: 2 }";
    assert!(BASE.contains(answer));
    let fallback = "        - call: AskPrice
          to: prices
          with: { sku: tea }
          fallback:
            - decide: refused
            - reply: Price
              with: { amount: 2 }";
    let scenario = compile(&BASE.replacen(answer, fallback, 1)).expect("somebody replies");
    assert!(scenario.services[1].handlers[0].decides);
}

#[test]
fn handlers_become_flat_code() {
    let scenario = compile(BASE).expect("it is right");
    let handler = &scenario.services[0].handlers[0];
    assert!(handler.decides);
    assert_eq!(handler.locals, 2);
    let Step::JumpUnless { target, .. } = handler.code[3].step else { panic!("a condition") };
    let Step::Jump { target: end } = handler.code[target - 1].step else {
        panic!("a jump over `else`")
    };
    assert_eq!(end, handler.code.len());
    assert_eq!(handler.code[3].place.line, 37);
}

#[test]
fn screens_are_read() {
    let scenario = compile(BASE).expect("it is right");
    let [ScreenItem::Form(form), ScreenItem::List(list)] = &scenario.clients[0].screen[..] else {
        panic!("two items")
    };
    assert_eq!(form.label, "Order");
    assert!(matches!(form.fields[0], FormField::IntentId));
    assert!(matches!(&form.fields[2], FormField::Number { min: 0, max: 3, default: 1, .. }));
    assert_eq!(form.outcome.as_ref().and_then(|it| it.reason), Some(1));
    assert!(matches!(list.refresh, Refresh::Every(_)));
    let crowd = BASE.replacen("[Ana, Ben]", "3", 1);
    assert_eq!(
        compile(&crowd).expect("it is right").clients[0].people,
        ["Visitor 1", "Visitor 2", "Visitor 3"]
    );
}

#[test]
fn never_is_always_not() {
    let text = BASE.replacen(
        "always: shop.stock.all(row, row.left >= 0)",
        "never: shop.stock.exists(row, row.left < 0)",
        1,
    );
    let scenario = compile(&text).expect("it is right");
    assert_eq!(scenario.invariants[0].kind, InvariantKind::Always);
    assert_eq!(scenario.invariants[1].reads, [0, 2]);
}

#[test]
fn the_scenarios_of_the_documentation_compile() {
    let page = include_str!("../../../docs/language.md");
    let blocks = page.split("```yaml\n").skip(1).filter_map(|it| it.split("```").next());
    let scenarios: Vec<&str> = blocks.filter(|it| it.starts_with("inflight:")).collect();
    assert!(!scenarios.is_empty(), "the tutorial has lost its scenario");
    for scenario in scenarios {
        assert_eq!(super::findings(scenario), [""; 0]);
    }
}

#[test]
fn every_preset_is_documented() {
    let page = include_str!("../../../docs/language.md");
    for preset in crate::interaction::PRESETS {
        assert!(
            page.contains(&["| `", preset.name, "` |"].concat()),
            "{} is not documented",
            preset.name
        );
    }
}
