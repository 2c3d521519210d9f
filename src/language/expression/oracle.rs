//! The crate `cel` as an oracle: random well-typed expressions mean the same here and there.
//!
//! Differences that are wanted, and left out of the comparison: where CEL computes with "not a number", this
//! language fails; the smallest whole number cannot be written as a literal; and whole numbers are compared with
//! others exactly, as CEL's specification says, where the crate goes through a rounded number.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Environment, Expression, Local, Scope, Tables, Type};
use crate::base::Time;
use crate::language::scenario::{Field, FieldKind, Message, MessageKind};
use crate::language::value::{Table, Value};

/// Makes an expression from random bytes: each choice takes one.
struct Writer<'b> {
    bytes: std::slice::Iter<'b, u8>,
    variables: Vec<(&'static str, Sort)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Int,
    Float,
    Text,
    Bool,
    Ints,
    Texts,
}

const SORTS: [Sort; 6] = [Sort::Int, Sort::Float, Sort::Text, Sort::Bool, Sort::Ints, Sort::Texts];

impl Writer<'_> {
    fn pick<'o, T>(&mut self, options: &'o [T]) -> &'o T {
        let byte = self.bytes.next().copied().unwrap_or(0);
        &options[usize::from(byte) % options.len()]
    }

    fn write(&mut self, sort: Sort, depth: usize) -> String {
        if depth == 0 || self.bytes.len() == 0 || *self.pick(&[false, false, false, true]) {
            return self.leaf(sort);
        }
        let general = self.general(sort, depth - 1);
        if let Some(general) = general {
            return general;
        }
        match sort {
            Sort::Int => self.int(depth - 1),
            Sort::Float => self.float(depth - 1),
            Sort::Text => self.text(depth - 1),
            Sort::Bool => self.truth(depth - 1),
            Sort::Ints => self.list(Sort::Int, depth - 1),
            Sort::Texts => self.list(Sort::Text, depth - 1),
        }
    }

    fn leaf(&mut self, sort: Sort) -> String {
        let known: Vec<&str> =
            self.variables.iter().filter(|it| it.1 == sort).map(|it| it.0).collect();
        if !known.is_empty() && *self.pick(&[true, false]) {
            return (*self.pick(&known)).to_owned();
        }
        let leaves: &[&str] = match sort {
            Sort::Int => &[
                "0",
                "1",
                "2",
                "-3",
                "7",
                "100",
                "9223372036854775807",
                "-9223372036854775807",
                "0x1f",
            ],
            Sort::Float => {
                &["0.0", "1.0", "0.5", "-2.25", "1e3", "3.0", "1e300", "9007199254740993.0", "-0.0"]
            }
            Sort::Text => {
                &["''", "'a'", "\"mug\"", "'é\\n'", "'12'", "'ab'", "'\\u00e9\\x41'", "r'\\n'"]
            }
            Sort::Bool => &["true", "false"],
            Sort::Ints => &["[]", "[1]", "[1, 2, 3]", "[0, 0]"],
            Sort::Texts => &["[]", "['a']", "['a', 'mug']"],
        };
        (*self.pick(leaves)).to_owned()
    }

    /// Forms that every sort has.
    fn general(&mut self, sort: Sort, depth: usize) -> Option<String> {
        Some(match self.pick(&[0, 1, 2, 3, 4, 5, 6, 7]) {
            0 => {
                let (condition, yes, no) = (
                    self.write(Sort::Bool, depth),
                    self.write(sort, depth),
                    self.write(sort, depth),
                );
                format!("({condition} ? {yes} : {no})")
            }
            1 => format!("({})", self.write(sort, depth)),
            2 if matches!(sort, Sort::Int | Sort::Text) => {
                let list =
                    self.write(if sort == Sort::Int { Sort::Ints } else { Sort::Texts }, depth);
                format!("{list}[{}]", self.write(Sort::Int, depth))
            }
            _ => return None,
        })
    }

    fn int(&mut self, depth: usize) -> String {
        let sort = *self.pick(&[Sort::Text, Sort::Ints, Sort::Texts]);
        match self.pick(&[0, 1, 2, 3, 4, 5, 6, 7, 8]) {
            0 => format!("size({})", self.write(sort, depth)),
            1 => format!("{}.size()", self.write(sort, depth)),
            2 => format!("int({})", self.write(Sort::Float, depth)),
            3 => format!("(-{})", self.write(Sort::Int, depth)),
            operator => {
                let sign = ["+", "-", "*", "/", "%"][operator - 4];
                format!(
                    "({} {sign} {})",
                    self.write(Sort::Int, depth),
                    self.write(Sort::Int, depth)
                )
            }
        }
    }

    fn float(&mut self, depth: usize) -> String {
        match self.pick(&[0, 1, 2, 3, 4, 5]) {
            0 => format!("double({})", self.write(Sort::Int, depth)),
            1 => format!("(-{})", self.write(Sort::Float, depth)),
            operator => {
                let sign = ["+", "-", "*", "/"][operator - 2];
                format!(
                    "({} {sign} {})",
                    self.write(Sort::Float, depth),
                    self.write(Sort::Float, depth)
                )
            }
        }
    }

    fn text(&mut self, depth: usize) -> String {
        match self.pick(&[0, 1, 2]) {
            0 => format!("string({})", self.write(Sort::Int, depth)),
            _ => format!("({} + {})", self.write(Sort::Text, depth), self.write(Sort::Text, depth)),
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        match self.pick(&[0, 1, 2, 3, 4, 5, 6, 7, 8]) {
            0 => format!("!{}", self.write(Sort::Bool, depth)),
            1 => {
                format!("({} && {})", self.write(Sort::Bool, depth), self.write(Sort::Bool, depth))
            }
            2 => {
                format!("({} || {})", self.write(Sort::Bool, depth), self.write(Sort::Bool, depth))
            }
            3 => format!("({} in {})", self.write(Sort::Int, depth), self.write(Sort::Ints, depth)),
            4 => {
                format!("({} in {})", self.write(Sort::Text, depth), self.write(Sort::Texts, depth))
            }
            5 => {
                let function = self.pick(&["contains", "startsWith", "endsWith"]);
                format!(
                    "{}.{function}({})",
                    self.write(Sort::Text, depth),
                    self.write(Sort::Text, depth)
                )
            }
            6 => {
                let function = *self.pick(&["all", "exists", "exists_one"]);
                let list = *self.pick(&[Sort::Ints, Sort::Texts]);
                self.fold(function, list, (Sort::Bool, depth))
            }
            7 => {
                let sort = *self.pick(&SORTS);
                let sign = self.pick(&["==", "!="]);
                format!("({} {sign} {})", self.write(sort, depth), self.write(sort, depth))
            }
            _ => {
                let sort = *self.pick(&[Sort::Int, Sort::Float, Sort::Text, Sort::Bool]);
                let other =
                    if sort == Sort::Int { *self.pick(&[Sort::Int, Sort::Float]) } else { sort };
                let sign = self.pick(&["<", "<=", ">", ">=", "=="]);
                format!("({} {sign} {})", self.write(sort, depth), self.write(other, depth))
            }
        }
    }

    fn list(&mut self, element: Sort, depth: usize) -> String {
        let sort = if element == Sort::Int { Sort::Ints } else { Sort::Texts };
        match self.pick(&[0, 1, 2, 3]) {
            0 => format!("({} + {})", self.write(sort, depth), self.write(sort, depth)),
            1 => format!("[{}, {}]", self.write(element, depth), self.write(element, depth)),
            2 => self.fold("filter", sort, (Sort::Bool, depth)),
            _ => {
                let over = *self.pick(&[Sort::Ints, Sort::Texts]);
                self.fold("map", over, (element, depth))
            }
        }
    }

    fn fold(&mut self, function: &str, over: Sort, (body, depth): (Sort, usize)) -> String {
        let list = self.write(over, depth);
        let name = ["it", "other", "third", "last"][self.variables.len() % 4];
        self.variables.push((name, if over == Sort::Ints { Sort::Int } else { Sort::Text }));
        let body = self.write(body, depth);
        self.variables.pop();
        format!("{list}.{function}({name}, {body})")
    }
}

/// The variables of both sides, with values.
fn variables() -> Vec<(&'static str, Sort, FieldKind, Value)> {
    vec![
        ("msg.n", Sort::Int, FieldKind::Int, Value::Int(3)),
        ("msg.low", Sort::Int, FieldKind::Int, Value::Int(i64::MIN)),
        ("msg.x", Sort::Float, FieldKind::Float, Value::Float(2.5)),
        ("msg.t", Sort::Text, FieldKind::Text, Value::text("mug")),
        ("msg.b", Sort::Bool, FieldKind::Bool, Value::Bool(true)),
    ]
}

struct NoTables;

impl Tables for NoTables {
    fn table(&self, _: usize, _: usize) -> &Table {
        panic!("law: these expressions name no table")
    }
}

/// What this language says.
fn ours(text: &str) -> Result<Value, String> {
    let fields =
        variables().iter().map(|it| Field { name: it.0[4..].to_owned(), kind: it.2 }).collect();
    let message = Message { name: "M".to_owned(), kind: MessageKind::Command, fields, size: None };
    let locals =
        [Local { name: "ints".to_owned(), kind: Type::List(Box::new(Type::Int)), slot: 0 }];
    let types: Vec<Type> = variables().iter().map(|it| Type::of_field(it.2)).collect();
    let environment = Environment {
        message: Some(&message),
        field_types: &types,
        locals: &locals,
        ..Environment::default()
    };
    let compiled = Expression::compile(text, &environment);
    assert!(compiled.mistakes.is_empty(), "{text}: {:?}", compiled.mistakes);
    let message: Vec<Value> = variables().into_iter().map(|it| it.3).collect();
    let locals = [Value::List(Arc::from([Value::Int(4), Value::Int(-4)]))];
    let mut scope = Scope {
        now: Time::ZERO,
        knobs: &[],
        message: &message,
        locals: &locals,
        row: &[],
        tables: &NoTables,
        chance: None,
    };
    compiled.expression.evaluate(&mut scope)
}

/// What the oracle says; `None` when it computes with "not a number".
fn theirs(text: &str) -> Result<Option<Value>, String> {
    let program = cel::Program::compile(text).map_err(|it| format!("does not compile: {it}"))?;
    let mut context = cel::Context::default();
    let mut message = std::collections::BTreeMap::new();
    for (name, _, _, value) in variables() {
        message.insert(name[4..].to_owned(), foreign(&value));
    }
    let message: Vec<(String, cel::Value)> = message.into_iter().collect();
    let map = cel::objects::Map {
        map: Arc::new(message.into_iter().map(|(key, value)| (key.into(), value)).collect()),
    };
    context.add_variable_from_value("msg", cel::Value::Map(map));
    context.add_variable_from_value(
        "ints",
        cel::Value::List(Arc::new(vec![cel::Value::Int(4), cel::Value::Int(-4)])),
    );
    program.execute(&context).map(|it| native(&it)).map_err(|it| it.to_string())
}

fn foreign(value: &Value) -> cel::Value {
    match value {
        Value::Int(it) => cel::Value::Int(*it),
        Value::Float(it) => cel::Value::Float(*it),
        Value::Bool(it) => cel::Value::Bool(*it),
        Value::Text(it) => cel::Value::String(Arc::new(it.to_string())),
        _ => cel::Value::Null,
    }
}

fn native(value: &cel::Value) -> Option<Value> {
    Some(match value {
        cel::Value::Int(it) => Value::Int(*it),
        // Comparisons count by size: both zeros are the same.
        cel::Value::Float(it) if it.is_nan() => return None,
        cel::Value::Float(it) => Value::Float(*it),
        cel::Value::Bool(it) => Value::Bool(*it),
        cel::Value::String(it) => Value::text(it.as_str()),
        cel::Value::List(items) => {
            Value::List(items.iter().map(native).collect::<Option<Vec<Value>>>()?.into())
        }
        cel::Value::Null => Value::Null,
        other => panic!("law: the generator makes no such value: {other:?}"),
    })
}

/// Does this language say the same as the oracle?
fn check(text: &str) -> Result<(), TestCaseError> {
    // CEL compares numbers of both kinds as numbers. The oracle rounds whole ones, and errs at the end of their range.
    if text.contains("9223372036854775807") && text.contains("double(") {
        return Ok(());
    }
    let (ours, theirs) = (ours(text), theirs(text));
    match (&ours, &theirs) {
        (Err(fault), _) if fault == "the result is not a number" => {}
        (_, Ok(None)) => {
            prop_assert!(ours.is_err(), "{text}\n ours {ours:?}\n theirs not a number")
        }
        (Ok(a), Ok(Some(b))) => prop_assert_eq!(a, b, "{}", text),
        (Err(_), Err(_)) => {}
        _ => prop_assert!(false, "{text}\n ours {ours:?}\n theirs {theirs:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_expressions_mean_what_cel_says(
        bytes in proptest::collection::vec(any::<u8>(), 1..120),
        sort in 0..6_usize,
    ) {
        let mut known: Vec<(&'static str, Sort)> = variables().iter().map(|it| (it.0, it.1)).collect();
        known.push(("ints", Sort::Ints));
        let text = Writer { bytes: bytes.iter(), variables: known }.write(SORTS[sort], 5);
        check(&text)?;
    }
}

#[test]
fn corners_mean_what_cel_says() {
    let mut differences = Vec::new();
    for text in [
        "1 / 0",
        "1 % 0",
        "-7 / 2",
        "-7 % 3",
        "9223372036854775807 + 1",
        "-msg.low",
        "msg.low / -1",
        "msg.low % -1",
        "1 == 1.0",
        "1 < 1.5",
        "[1, 2][2]",
        "[1, 2][-1]",
        "true || 1 / 0 == 1",
        "1 / 0 == 1 || true",
        "false && 1 / 0 == 1",
        "1 / 0 == 1 && false",
        "1 / 0 == 1 && true",
        "[1, 0].all(it, 1 / it == 5)",
        "[0, 1].exists(it, 1 / it == 1)",
        "[0, 1].all(it, 1 / it == 1)",
        "[1, 1].exists_one(it, it == 1)",
        "'é' + 'a' < 'z'",
        "size('é日')",
        "int(-1.9)",
        "int(1e19)",
        "double('1.5')",
        "int('12')",
        "int('x')",
        "string(12)",
        "string('a')",
        "string(true)",
        "has(msg.n)",
        "1 in []",
        "[] == []",
        "1 + 2 * 3 - 4 / 2",
        "1 - 2 - 3",
        "!true || true",
        "-1 - -1",
        "true ? (false ? 1 : 2) : 3",
        "[[1], []] == [[1], []]",
        "'abc'.contains('b')",
        "'\\101\\x42\\u0043\\U00000044'",
        "1.0 / 0.0",
        "0.1 + 0.2",
        "[1, 2, 3].filter(it, it > 1).map(it, it * 2)",
        "msg.n > 2 && msg.t == \"mug\"",
        "null == null",
        "msg.n == null",
    ] {
        differences.extend(check(text).err().map(|it| it.to_string()));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
