//! What operators and functions do with values. Nothing here panics: what cannot be computed is a fault.

use std::cmp::Ordering;
use std::sync::Arc;

use super::code::Code;
use super::evaluate::{Fault, Machine};
use super::operator::{Arithmetic, Comparison, Function};
use crate::base::{limits, number};
use crate::language::value::Value;

const OVERFLOW: &str = "the number becomes too large";
const BY_ZERO: &str = "division by zero";
const NOT_A_NUMBER: &str = "the result is not a number";

/// 2⁶³, the first number that no whole number reaches.
const INT_END: f64 = 9_223_372_036_854_775_808.0;

/// Two values joined.
#[inline]
pub(super) fn arithmetic(
    operator: Arithmetic,
    left: &Value,
    right: &Value,
) -> Result<Value, Fault> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => whole(operator, *a, *b).map(Value::Int),
        (Value::Float(a), Value::Float(b)) => float(operator, *a, *b),
        (Value::Duration(a), Value::Duration(b)) if operator == Arithmetic::Divide => {
            if *b == 0 {
                Err(BY_ZERO.into())
            } else {
                Ok(Value::Float(*a as f64 / *b as f64))
            }
        }
        (Value::Duration(a), Value::Duration(b))
            if matches!(operator, Arithmetic::Add | Arithmetic::Subtract) =>
        {
            whole(operator, *a, *b).map(Value::Duration)
        }
        (Value::Duration(a), Value::Int(b))
            if matches!(operator, Arithmetic::Multiply | Arithmetic::Divide) =>
        {
            whole(operator, *a, *b).map(Value::Duration)
        }
        (Value::Int(a), Value::Duration(b)) if operator == Arithmetic::Multiply => {
            whole(operator, *a, *b).map(Value::Duration)
        }
        (Value::Duration(a), Value::Float(b)) => scaled(operator, *a, *b),
        (Value::Float(a), Value::Duration(b)) if operator == Arithmetic::Multiply => {
            scaled(operator, *b, *a)
        }
        (Value::Text(a), Value::Text(b)) if operator == Arithmetic::Add => joined_text(a, b),
        (Value::List(a), Value::List(b)) if operator == Arithmetic::Add => {
            Ok(Value::List(a.iter().chain(b.iter()).cloned().collect()))
        }
        (Value::Null, other) | (other, Value::Null) => Err(unfit_pair(other, "nothing")),
        (left, right) => Err(unfit_pair(left, kind(right))),
    }
}

#[inline]
fn whole(operator: Arithmetic, a: i64, b: i64) -> Result<i64, Fault> {
    let result = match operator {
        Arithmetic::Add => a.checked_add(b),
        Arithmetic::Subtract => a.checked_sub(b),
        Arithmetic::Multiply => a.checked_mul(b),
        Arithmetic::Divide | Arithmetic::Remainder if b == 0 => return Err(BY_ZERO.into()),
        Arithmetic::Divide => a.checked_div(b),
        Arithmetic::Remainder => a.checked_rem(b),
    };
    result.ok_or(Fault::Borrowed(OVERFLOW))
}

fn float(operator: Arithmetic, a: f64, b: f64) -> Result<Value, Fault> {
    let result = match operator {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::Remainder => return Err(unfit("`%`", &Value::Float(a))),
    };
    if result.is_nan() { Err(NOT_A_NUMBER.into()) } else { Ok(Value::Float(result)) }
}

/// A duration times or by a number, rounded once.
fn scaled(operator: Arithmetic, micros: i64, by: f64) -> Result<Value, Fault> {
    let result = match operator {
        Arithmetic::Multiply => micros as f64 * by,
        Arithmetic::Divide if by == 0.0 => return Err(BY_ZERO.into()),
        Arithmetic::Divide => micros as f64 / by,
        Arithmetic::Add | Arithmetic::Subtract | Arithmetic::Remainder => {
            return Err(unfit_pair(&Value::Duration(micros), "a number"));
        }
    };
    truncated(result.round()).map(Value::Duration)
}

/// The whole number in front of the point.
#[expect(clippy::cast_possible_truncation, reason = "the bounds have just been checked")]
fn truncated(number: f64) -> Result<i64, Fault> {
    if -INT_END < number && number < INT_END { Ok(number as i64) } else { Err(OVERFLOW.into()) }
}

fn joined_text(a: &str, b: &str) -> Result<Value, Fault> {
    if limits::TEXT_CHARS_MAX < a.len() + b.len()
        && limits::TEXT_CHARS_MAX < a.chars().count() + b.chars().count()
    {
        return Err([
            "a text becomes longer than ",
            &limits::TEXT_CHARS_MAX.to_string(),
            " characters",
        ]
        .concat()
        .into());
    }
    Ok(Value::text([a, b].concat()))
}

/// The opposite of a number.
pub(super) fn negate(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Int(it) => it.checked_neg().map(Value::Int).ok_or(Fault::Borrowed(OVERFLOW)),
        Value::Float(it) => Ok(Value::Float(-it)),
        Value::Duration(it) => {
            it.checked_neg().map(Value::Duration).ok_or(Fault::Borrowed(OVERFLOW))
        }
        other => Err(unfit("`-`", other)),
    }
}

/// Two values compared.
#[inline]
pub(super) fn compare(comparison: Comparison, left: &Value, right: &Value) -> Result<bool, Fault> {
    match comparison {
        Comparison::Equal => return Ok(equal(left, right)),
        Comparison::Unequal => return Ok(!equal(left, right)),
        Comparison::Less
        | Comparison::LessOrEqual
        | Comparison::Greater
        | Comparison::GreaterOrEqual => {}
    }
    let order = match (left, right) {
        (Value::Int(a), Value::Int(b)) | (Value::Duration(a), Value::Duration(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => numbers(left, right),
        (Value::Null, other) | (other, Value::Null) => return Err(unfit_pair(other, "nothing")),
        (left, right) => return Err(unfit_pair(left, kind(right))),
    };
    Ok(match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
    })
}

/// Are two values the same? Numbers count by their size, whatever their type.
#[inline]
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
            numbers(left, right).is_eq()
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b))
        }
        (left, right) => left == right,
    }
}

/// Exact, also where a number with a fraction cannot tell two whole numbers apart.
fn numbers(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Int(a), Value::Float(b)) => mixed(*a, *b),
        (Value::Float(a), Value::Int(b)) => mixed(*b, *a).reverse(),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
        (left, right) => left.cmp(right),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the bounds have just been checked")]
fn mixed(whole: i64, number: f64) -> Ordering {
    if INT_END <= number {
        Ordering::Less
    } else if number < -INT_END {
        Ordering::Greater
    } else {
        let floor = number.floor();
        whole.cmp(&(floor as i64)).then(if floor < number {
            Ordering::Less
        } else {
            Ordering::Equal
        })
    }
}

/// An element of a list.
pub(super) fn index(list: &Value, index: &Value) -> Result<Value, Fault> {
    let (Value::List(items), Value::Int(index)) = (list, index) else {
        return Err(unfit("`[ ]`", list));
    };
    let item = usize::try_from(*index).ok().and_then(|it| items.get(it));
    item.cloned().ok_or_else(|| {
        ["no element ", &index.to_string(), " in a list of ", &items.len().to_string()]
            .concat()
            .into()
    })
}

/// Units of work to look at all of a value.
pub(super) fn weight(value: &Value) -> usize {
    match value {
        Value::Text(text) => 1 + text.len() / 64,
        Value::List(items) => items.iter().fold(1, |sum: usize, it| sum.saturating_add(weight(it))),
        Value::Row(row) => 1 + row.cells.len(),
        _ => 1,
    }
}

/// A value as messages show it: cut to a readable length.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 40 { text } else { text.chars().take(39).chain(['…']).collect() }
}

/// `what` cannot work with this value.
pub(super) fn unfit(what: &str, value: &Value) -> Fault {
    [what, " cannot be ", kind(value)].concat().into()
}

fn unfit_pair(left: &Value, right: &str) -> Fault {
    [kind(left), " and ", right, " cannot be joined or compared"].concat().into()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Int(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Text(_) => "a text",
        Value::Duration(_) => "a duration",
        Value::List(_) => "a list",
        Value::Row(_) => "a row",
    }
}

impl Machine<'_, '_> {
    /// A function that always does the same.
    pub(super) fn call(&mut self, function: Function, parts: &[Code]) -> Result<Value, Fault> {
        let first = self.value(&parts[0])?;
        match function {
            Function::Size => size(&first),
            Function::Contains | Function::StartsWith | Function::EndsWith => {
                let second = self.value(&parts[1])?;
                let (Value::Text(text), Value::Text(part)) = (&first, &second) else {
                    return Err(unfit(
                        "a text",
                        if matches!(first, Value::Text(_)) { &second } else { &first },
                    ));
                };
                self.charge(weight(&first))?;
                Ok(Value::Bool(match function {
                    Function::Contains => text.contains(&**part),
                    Function::StartsWith => text.starts_with(&**part),
                    _ => text.ends_with(&**part),
                }))
            }
            Function::ToInt => to_int(&first),
            Function::ToFloat => to_float(&first),
            Function::ToText => Ok(to_text(&first)),
            Function::Exp => match to_float(&first)? {
                Value::Float(it) => Ok(Value::Float(libm::exp(it))),
                other => Err(unfit("a number", &other)),
            },
            Function::Min | Function::Max => {
                let comparison =
                    if function == Function::Min { Comparison::Less } else { Comparison::Greater };
                let mut best = first;
                for part in &parts[1..] {
                    let next = self.value(part)?;
                    if compare(comparison, &next, &best)? {
                        best = next;
                    }
                }
                Ok(best)
            }
        }
    }
}

fn size(value: &Value) -> Result<Value, Fault> {
    let size = match value {
        Value::Text(text) => text.chars().count(),
        Value::List(items) => items.len(),
        other => return Err(unfit("`size`", other)),
    };
    Ok(Value::Int(i64::try_from(size).unwrap_or(i64::MAX)))
}

fn to_int(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Int(it) => Ok(Value::Int(*it)),
        Value::Float(it) => truncated(it.trunc()).map(Value::Int),
        Value::Text(it) => it
            .parse()
            .map(Value::Int)
            .map_err(|_| Fault::Borrowed("the text is not a whole number")),
        other => Err(unfit("a whole number", other)),
    }
}

fn to_float(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::Int(it) => Ok(Value::Float(*it as f64)),
        Value::Float(it) => Ok(Value::Float(*it)),
        Value::Text(it) => {
            number::parse(it).map(Value::Float).ok_or(Fault::Borrowed("the text is not a number"))
        }
        other => Err(unfit("a number", other)),
    }
}

fn to_text(value: &Value) -> Value {
    match value {
        Value::Text(it) => Value::Text(Arc::clone(it)),
        other => Value::text(other.to_string()),
    }
}
