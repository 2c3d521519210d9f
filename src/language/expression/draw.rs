//! Draws from chance. Distributions compute with fractions of microseconds and round once, at the end.

use super::code::Code;
use super::evaluate::{Fault, Machine};
use super::operate::{self, unfit};
use super::operator::Draw;
use crate::base::{Stream, limits};
use crate::language::value::Value;

/// The 99th percentile of the standard normal distribution.
const NORMAL_P99: f64 = 2.326_347_874_040_840_8;

/// A value drawn.
#[inline]
pub(super) fn draw(
    machine: &mut Machine<'_, '_>,
    draw: Draw,
    parts: &[Code],
) -> Result<Value, Fault> {
    match draw {
        Draw::Exponential => {
            let mean = micros(machine, &parts[0])?;
            Ok(rounded(stream(machine)?.exponential() * mean))
        }
        Draw::Constant => machine.value(&parts[0]),
        Draw::Uniform => {
            let (low, high) = (micros(machine, &parts[0])?, micros(machine, &parts[1])?);
            Ok(rounded(low + stream(machine)?.unit() * (high - low)))
        }
        Draw::Normal => {
            let (mean, deviation) = (micros(machine, &parts[0])?, micros(machine, &parts[1])?);
            Ok(rounded(mean + stream(machine)?.normal() * deviation))
        }
        Draw::LogNormal => log_normal(machine, parts),
        Draw::Pareto => {
            let (least, shape) = (micros(machine, &parts[0])?, number(machine, &parts[1])?);
            if shape <= 0.0 {
                return Err("the shape of `pareto` must be above 0".into());
            }
            let unit = 1.0 - stream(machine)?.unit();
            Ok(rounded(least * libm::pow(unit, -1.0 / shape)))
        }
        Draw::Mixture => mixture(machine, parts),
        Draw::Pick | Draw::Empirical => {
            let list = machine.value(&parts[0])?;
            let Value::List(items) = &list else { return Err(unfit("`pick`", &list)) };
            let Some(last) = items.len().checked_sub(1) else {
                return Err("nothing to pick from an empty list".into());
            };
            let last = i64::try_from(last).unwrap_or(i64::MAX);
            operate::index(&list, &Value::Int(stream(machine)?.int(0, last)))
        }
        Draw::Chance => {
            let probability = number(machine, &parts[0])?;
            Ok(Value::Bool(stream(machine)?.chance(probability)))
        }
        Draw::Int => {
            let bounds = (machine.value(&parts[0])?, machine.value(&parts[1])?);
            let (Value::Int(low), Value::Int(high)) = bounds else {
                return Err(unfit("a bound of `int`", &bounds.0));
            };
            Ok(Value::Int(stream(machine)?.int(low, high)))
        }
    }
}

fn log_normal(machine: &mut Machine<'_, '_>, parts: &[Code]) -> Result<Value, Fault> {
    let (median, high) = (micros(machine, &parts[0])?, micros(machine, &parts[1])?);
    if median <= 0.0 || high < median {
        return Err(
            "`lognormal` needs a median above 0 and a 99th percentile that is not below it".into(),
        );
    }
    let sigma = libm::log(high / median) / NORMAL_P99;
    Ok(rounded(median * libm::exp(sigma * stream(machine)?.normal())))
}

/// Weights and values in turn; only the value that is chosen is computed.
fn mixture(machine: &mut Machine<'_, '_>, parts: &[Code]) -> Result<Value, Fault> {
    let mut weights = Vec::with_capacity(parts.len() / 2);
    for part in parts.iter().step_by(2) {
        let weight = number(machine, part)?;
        if !(0.0..f64::INFINITY).contains(&weight) {
            return Err("a weight of `mixture` must not be below 0".into());
        }
        weights.push(weight);
    }
    let total: f64 = weights.iter().sum();
    if total <= 0.0 || total.is_infinite() {
        return Err("the weights of `mixture` must add up to more than 0".into());
    }
    let mut rest = stream(machine)?.unit() * total;
    let mut chosen = weights.len() - 1;
    for (index, weight) in weights.iter().enumerate() {
        if rest < *weight {
            chosen = index;
            break;
        }
        rest -= weight;
    }
    machine.value(&parts[2 * chosen + 1])
}

#[inline]
fn stream<'m>(machine: &'m mut Machine<'_, '_>) -> Result<&'m mut Stream, Fault> {
    machine.scope.chance.as_deref_mut().ok_or(Fault::Borrowed("nothing can be drawn here"))
}

#[inline]
fn micros(machine: &mut Machine<'_, '_>, code: &Code) -> Result<f64, Fault> {
    match machine.peek(code) {
        Some(Value::Duration(micros)) => Ok(*micros as f64),
        _ => match machine.value(code)? {
            Value::Duration(micros) => Ok(micros as f64),
            other => Err(unfit("a duration", &other)),
        },
    }
}

fn number(machine: &mut Machine<'_, '_>, code: &Code) -> Result<f64, Fault> {
    match machine.value(code)? {
        Value::Float(number) => Ok(number),
        Value::Int(number) => Ok(number as f64),
        other => Err(unfit("a number", &other)),
    }
}

/// The nearest duration between nothing and the longest run.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the bounds are those of a run")]
fn rounded(micros: f64) -> Value {
    let longest = limits::RUN_SPAN_MAX.as_micros() as f64;
    Value::Duration((micros.max(0.0).min(longest) + 0.5) as i64)
}
