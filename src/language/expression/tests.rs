//! What this language has beyond CEL: durations, tables, chance, bounds.

use std::cell::Cell;
use std::sync::Arc;

use super::{Environment, Expression, Scope, ServiceShape, Shape, Tables, Type};
use crate::base::{Stream, Time};
use crate::language::scenario::{Knob, KnobKind};
use crate::language::value::{Table, Value};

/// Two tables of one service: `stock` and `other-stock`, with the same rows.
struct Shop([Table; 2]);

impl Tables for Shop {
    fn table(&self, _: usize, table: usize) -> &Table {
        &self.0[table]
    }
}

fn shop() -> Shop {
    let columns: Arc<[Arc<str>]> =
        Arc::from([Arc::from("sku"), Arc::from("left"), Arc::from("note")]);
    let mut table = Table::new(columns, 0);
    for (sku, left) in [("mug", 3), ("tea", 0)] {
        table.put(Arc::from([Value::text(sku), Value::Int(left), Value::Null]));
    }
    Shop([table.clone(), table])
}

fn services() -> Vec<ServiceShape> {
    let columns = vec![
        (Arc::from("sku"), Type::Text),
        (Arc::from("left"), Type::Int),
        (Arc::from("note"), Type::Text),
    ];
    let shape = |name: &str| {
        Arc::new(Shape { name: Arc::from(name), columns: columns.clone(), key: 0, apart: false })
    };
    vec![ServiceShape {
        name: "shop-one".to_owned(),
        tables: vec![shape("stock"), shape("other-stock")],
    }]
}

thread_local! {
    /// The seed of the next evaluation.
    static SEED: Cell<u64> = const { Cell::new(1) };
}

/// The value of a text, or its first mistake, or the fault.
fn value(text: &str) -> Result<Value, String> {
    let (services, shop) = (services(), shop());
    let knob = |name: &str, default: Value| Knob {
        name: name.to_owned(),
        label: name.to_owned(),
        kind: KnobKind::Duration { min: 0, max: 9_000_000 },
        default,
        at_start_only: false,
    };
    let knobs = [knob("slow", Value::Duration(2_000_000))];
    let environment = Environment {
        knobs: &knobs,
        services: &services,
        own: Some(0),
        all_tables: true,
        chance: true,
        ..Environment::default()
    };
    let compiled = Expression::compile(text, &environment);
    if let Some(mistake) = compiled.mistakes.first() {
        return Err(mistake.message.clone());
    }
    let values: Vec<Value> = knobs.iter().map(|it| it.default.clone()).collect();
    let mut chance = Stream::new(SEED.replace(SEED.get() + 1), &["expression"]);
    let mut scope = Scope {
        now: Time::from_micros(5_000_000),
        knobs: &values,
        message: &[],
        locals: &[],
        row: &[],
        tables: &shop,
        chance: Some(&mut chance),
    };
    compiled.expression.evaluate(&mut scope)
}

#[test]
fn durations_are_computed() {
    for (text, micros) in [
        ("now", 5_000_000),
        ("slow + 250ms", 2_250_000),
        ("slow - 3s", -1_000_000),
        ("2 * slow", 4_000_000),
        ("slow * 0.3", 600_000),
        ("slow / 4", 500_000),
        ("1.5s / 1.5", 1_000_000),
        ("-slow", -2_000_000),
        ("max(slow, 1s, now)", 5_000_000),
        ("slow > 1s ? 1ms : 2ms", 1_000),
        ("constant(slow)", 2_000_000),
    ] {
        assert_eq!(value(text), Ok(Value::Duration(micros)), "{text}");
    }
    assert_eq!(value("slow / 500ms"), Ok(Value::Float(4.0)));
    assert_eq!(value("exp(-(slow / 1s))"), Ok(Value::Float(libm::exp(-2.0))));
    assert_eq!(value("exp(0)"), Ok(Value::Float(1.0)));
    assert_eq!(value("exp('x')"), Err("this is a text".to_owned()));
    assert_eq!(value("exp(1.0, 2.0)"), Err("`exp` is not used like this".to_owned()));
    assert_eq!(value("self"), Ok(Value::text("shop-one")));
    assert_eq!(value("string(slow)"), Ok(Value::text("2s")));
    assert_eq!(value("slow / 0s"), Err("division by zero".to_owned()));
    assert_eq!(value("slow * 1e300"), Err("the number becomes too large".to_owned()));
    assert_eq!(
        value("slow + 1"),
        Err("a duration and a whole number cannot be joined like this".to_owned())
    );
}

#[test]
fn tables_are_read() {
    for (text, expected) in [
        ("stock['mug'].left", Value::Int(3)),
        ("stock['mug'].left < 4", Value::Bool(true)),
        ("'tea' in stock", Value::Bool(true)),
        ("'cup' in stock", Value::Bool(false)),
        ("size(stock)", Value::Int(2)),
        ("stock.size()", Value::Int(2)),
        ("stock.all(row, row.left >= 0)", Value::Bool(true)),
        ("stock.exists(row, row.left > 3)", Value::Bool(false)),
        ("stock.exists_one(it, it.left == 0)", Value::Bool(true)),
        ("size(stock.filter(it, it.left > 0))", Value::Int(1)),
        ("stock.filter(it, it.left > 0)[0].sku", Value::text("mug")),
        ("stock.map(it, it.left) == [3, 0]", Value::Bool(true)),
        ("stock == other-stock", Value::Bool(true)),
        ("shop-one.stock != shop-one.other-stock", Value::Bool(false)),
        ("has(stock['mug'].note)", Value::Bool(false)),
        ("stock['mug'].note == null", Value::Bool(true)),
        ("stock.all(a, other-stock.exists(b, a.sku == b.sku && a == b))", Value::Bool(true)),
        ("size(stock)-size(other-stock)", Value::Int(0)),
    ] {
        assert_eq!(value(text), Ok(expected), "{text}");
    }
    assert_eq!(value("stock['cup'].left"), Err("no row `cup` in `stock`".to_owned()));
    assert_eq!(value("stock['cup'].left == 1 || true"), Ok(Value::Bool(true)));
    assert_eq!(
        value("stock['mug'].note + 'a'"),
        Err("a text and nothing cannot be joined or compared".to_owned())
    );
    assert_eq!(value("stock"), Ok(Value::Null), "whoever asks says that a table is no value");
    assert_eq!(
        value("stock.left"),
        Err("a table has no columns of its own, only its rows have".to_owned())
    );
    assert_eq!(value("stock[1]"), Err("this is a whole number".to_owned()));
}

/// The mean of many draws, in microseconds.
fn mean(text: &str) -> f64 {
    let draws = 20_000;
    let sum: f64 = (0..draws)
        .map(|_| match value(text) {
            Ok(Value::Duration(micros)) => micros as f64,
            other => panic!("{text}: {other:?}"),
        })
        .sum();
    sum / f64::from(draws)
}

#[test]
fn distributions_have_their_means() {
    // Within four standard errors each.
    for (text, expected, error) in [
        ("exponential(40ms)", 40_000.0, 283.0),
        ("uniform(20ms, 60ms)", 40_000.0, 82.0),
        ("normal(40ms, 5ms)", 40_000.0, 36.0),
        // median · exp(σ²/2) with σ = ln(5) / 2.326
        ("lognormal(40ms, 200ms)", 50_820.0, 280.0),
        // min · shape / (shape - 1); the variance is finite from shape 2 up
        ("pareto(10ms, 4)", 13_333.0, 34.0),
        ("mixture(9, 40ms, 1, 2s)", 236_000.0, 4_160.0),
        ("empirical([10ms, 30ms])", 20_000.0, 71.0),
    ] {
        let mean = mean(text);
        assert!((mean - expected).abs() < 4.0 * error, "{text}: {mean}");
    }
}

#[test]
fn draws_keep_their_bounds() {
    for _ in 0..500 {
        assert!(matches!(value("int(1, 3)"), Ok(Value::Int(1..=3))));
        assert!(matches!(value("normal(1ms, 1s)"), Ok(Value::Duration(0..))));
        assert!(matches!(
            value("pareto(1h, 0.01)"),
            Ok(Value::Duration(3_600_000_000..=2_592_000_000_000))
        ));
        assert_eq!(value("chance(0) || !chance(1)"), Ok(Value::Bool(false)));
        assert_eq!(value("pick(['tea', 'mug']) in ['tea', 'mug']"), Ok(Value::Bool(true)));
    }
    assert_eq!(value("pick([])"), Err("nothing to pick from an empty list".to_owned()));
    assert_eq!(value("pareto(1s, 0)"), Err("the shape of `pareto` must be above 0".to_owned()));
    assert!(value("mixture(0, 1s)").is_err() && value("lognormal(0s, 1s)").is_err());
}

#[test]
fn work_is_bounded() {
    let ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
    let mut text = "true".to_owned();
    for name in ["a", "b", "c", "d", "e", "f"] {
        text = format!("{ten}.all({name}, {text})");
    }
    assert_eq!(value(&text), Err("the expression takes more than 200000 units of work".to_owned()));
}

#[test]
fn a_long_sum_does_not_exhaust_the_stack() {
    let text = vec!["size(stock)"; 120].join(" + ");
    assert_eq!(value(&text), Ok(Value::Int(240)));
}

#[test]
fn escapes_stand_for_signs() {
    let all = r"'\n\t\r\a\b\f\v\\\'\`\?'";
    assert_eq!(value(all), Ok(Value::text("\n\t\r\x07\x08\x0C\x0B\\'`?")));
    assert!(value(r"'\q'").unwrap_err().contains("unknown escape"));
}

#[test]
fn joined_texts_have_a_bound_in_characters() {
    let of = |length: usize| ["'", &"ä".repeat(length), "'"].concat();
    let half = crate::base::limits::TEXT_CHARS_MAX / 2;
    assert!(value(&[of(half), " + ".into(), of(half)].concat()).is_ok());
    let more = value(&[of(half), " + ".into(), of(half + 1)].concat());
    assert!(more.unwrap_err().contains("a text becomes longer than"));
}
