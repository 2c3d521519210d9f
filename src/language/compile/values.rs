//! Values: literals typed by where they stand, and expressions behind `=`.

use super::names::Names;
use super::report::Report;
use crate::base::{Span, number, sorted};
use crate::language::duration;
use crate::language::expression::{Environment, Expression, Type};
use crate::language::scenario::ServiceId;
use crate::language::value::Value;
use crate::language::yaml::{Node, Scalar};

/// A literal, or an expression behind `=`, of the type that is wanted here.
pub(super) fn value(
    report: &mut Report<'_>,
    node: &Node,
    environment: &Environment<'_>,
    wanted: &Type,
) -> Expression {
    let Some(scalar) = node.scalar() else {
        report.say(node.place, ["this is ", node.word()].concat(), wanted.word());
        return Expression::constant(Value::Null);
    };
    if node.is_null() {
        return Expression::constant(Value::Null);
    }
    if scalar.text.starts_with('=') || *wanted == Type::Duration && is_distribution(&scalar.text) {
        return expression(report, node, environment, wanted);
    }
    let else_ = match wanted {
        Type::Duration => ", a distribution such as `exponential(40ms)`, or `=` and an expression",
        _ => ", or `=` and an expression",
    };
    Expression::constant(or_say(report, node, wanted, else_).unwrap_or(Value::Null))
}

/// An expression where only an expression makes sense; `=` in front of it is allowed.
pub(super) fn expression(
    report: &mut Report<'_>,
    node: &Node,
    environment: &Environment<'_>,
    wanted: &Type,
) -> Expression {
    let (expression, kind, _) = any_expression(report, node, environment);
    match (&kind, wanted) {
        (Type::Any | Type::Null, _) | (_, Type::Any) => expression,
        (Type::Int, Type::Float) => expression.into_float(),
        (kind, wanted) if kind == wanted => expression,
        (kind, wanted) => {
            report.say(
                node.place,
                ["this expression gives ", &kind.word()].concat(),
                wanted.word(),
            );
            expression
        }
    }
}

/// An expression of any type, that type, and the services whose tables it reads.
pub(super) fn any_expression(
    report: &mut Report<'_>,
    node: &Node,
    environment: &Environment<'_>,
) -> (Expression, Type, Vec<ServiceId>) {
    let nothing = || (Expression::constant(Value::Null), Type::Any, Vec::new());
    let Some(text) = report.text(node, "an expression") else { return nothing() };
    let skip = usize::from(text.starts_with('='));
    let compiled = Expression::compile(&text[skip..], environment);
    for mistake in compiled.mistakes {
        let place = report.findings.inside(node, skip + mistake.range.start, mistake.range.length);
        report.findings.push(place, mistake.message, mistake.expected, mistake.nearest);
    }
    if !report.at_start {
        for knob in compiled.expression.knobs() {
            sorted::insert(&mut report.live_knobs, knob);
        }
    }
    let kind = match compiled.kind {
        Type::Table(shape) => {
            report.say(
                node.place,
                "a whole table is not a value",
                ["a row of `", &shape.name, "`, or its size"].concat(),
            );
            Type::Any
        }
        kind => kind,
    };
    (compiled.expression, kind, compiled.reads)
}

/// The literal of a type that is wanted, where no expression can stand.
pub(super) fn literal(report: &mut Report<'_>, node: &Node, wanted: &Type) -> Option<Value> {
    or_say(report, node, wanted, "")
}

/// The literal of a type that is wanted. If there is none, says so, and what else would do.
fn or_say(report: &mut Report<'_>, node: &Node, wanted: &Type, else_: &str) -> Option<Value> {
    match typed(node.scalar()?, wanted) {
        Ok(value) => Some(value),
        Err(expected) => {
            let message = ["this is not ", &wanted.word()].concat();
            report.say(node.place, message, [&expected, else_].concat());
            None
        }
    }
}

/// The value that a scalar means where a type is wanted, or what was expected.
fn typed(scalar: &Scalar, wanted: &Type) -> Result<Value, String> {
    let text = scalar.text.as_str();
    let found = match wanted {
        Type::Text => Some(Value::text(text)),
        Type::Int | Type::Float | Type::Bool | Type::Duration if !scalar.plain => None,
        Type::Int => whole(text),
        Type::Float => number::parse(text).map(Value::Float),
        Type::Bool => truth(text).map(Value::Bool),
        Type::Duration => return duration::parse(text).map(Value::Duration).map_err(str::to_owned),
        Type::Any | Type::Null | Type::List(_) | Type::Row(_) | Type::Table(_) => {
            Some(inferred(scalar))
        }
    };
    found.ok_or_else(|| wanted.word())
}

/// A literal duration.
pub(super) fn span(report: &mut Report<'_>, node: &Node) -> Option<Span> {
    let text = report.text(node, duration::LOOKS)?;
    match duration::parse(text) {
        Ok(micros) => Some(Span::from_micros(micros.unsigned_abs())),
        Err(expected) => {
            report.say(node.place, "this is not a duration", expected);
            None
        }
    }
}

/// The literal that a scalar looks like when nobody says what is wanted.
pub(super) fn inferred(scalar: &Scalar) -> Value {
    let text = scalar.text.as_str();
    if !scalar.plain {
        return Value::text(text);
    }
    let value = whole(text)
        .or_else(|| number::parse(text).map(Value::Float))
        .or_else(|| truth(text).map(Value::Bool));
    let value = value.or_else(|| duration::parse(text).ok().map(Value::Duration));
    value.unwrap_or_else(|| Value::text(text))
}

/// What a cell or a local holds, as far as it can be seen without reporting anything.
pub(super) fn kind_of(node: &Node, environment: &Environment<'_>) -> Type {
    let Some(scalar) = node.scalar().filter(|_| !node.is_null()) else { return Type::Any };
    if let Some(text) = scalar.text.strip_prefix('=') {
        return Expression::compile(text, environment).kind;
    }
    match inferred(scalar) {
        Value::Bool(_) => Type::Bool,
        Value::Int(_) => Type::Int,
        Value::Float(_) => Type::Float,
        Value::Duration(_) => Type::Duration,
        Value::Null | Value::Text(_) | Value::List(_) | Value::Row(_) => Type::Text,
    }
}

/// A share between 0 and 1.
pub(super) fn share(report: &mut Report<'_>, names: &Names, node: &Node) -> Expression {
    let share = value(report, node, &names.environment(), &Type::Float);
    if let Some(Value::Float(number)) = share.as_constant()
        && !(0.0..=1.0).contains(number)
    {
        report.say(node.place, "this is not a share", "a number from 0 to 1");
    }
    share
}

/// Is it a call? Distributions may stand for a duration without `=`.
fn is_distribution(text: &str) -> bool {
    let name = text.split_once('(').map_or("", |(name, _)| name.trim_end());
    !name.is_empty() && name.chars().all(|it| it.is_ascii_alphabetic())
}

/// A whole number, or a size in bytes.
fn whole(text: &str) -> Option<Value> {
    text.parse().ok().or_else(|| duration::parse_size(text)).map(Value::Int)
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
