//! Checks calls: functions, macros, and draws from chance.

use super::check::{Checker, Subject};
use super::code::{Code, Fold, Over};
use super::operator::{DRAWS, Draw, DrawSignature, FUNCTIONS, Function, MACROS, Macro};
use super::syntax::{Kind, Range, Syntax};
use super::types::Type;
use crate::language::value::Value;

/// A call as it was written.
pub(super) struct Call<'s> {
    /// What stands in front of the point.
    pub(super) receiver: Option<&'s Syntax>,
    /// The function's name.
    pub(super) name: &'s str,
    /// Where the name stands.
    pub(super) at: Range,
    /// What stands in the brackets.
    pub(super) arguments: &'s [Syntax],
}

impl Call<'_> {
    /// Receiver and arguments, in order.
    fn parts(&self) -> Vec<&Syntax> {
        self.receiver.into_iter().chain(self.arguments).collect()
    }
}

impl Checker<'_> {
    pub(super) fn call(&mut self, range: Range, call: &Call<'_>) -> (Code, Type) {
        if let (Some(receiver), Some((_, kind))) =
            (call.receiver, MACROS.iter().find(|(name, _)| *name == call.name))
        {
            return self.fold(range, *kind, receiver, call);
        }
        let parts = call.parts();
        match (call.name, parts.len(), call.receiver.is_some()) {
            ("has", 1, false) => return self.has(parts[0]),
            ("size", 1, _) => return self.size(parts[0]),
            ("int", 1, false) => return self.conversion(parts[0], Function::ToInt),
            ("double", 1, false) => return self.conversion(parts[0], Function::ToFloat),
            ("string", 1, false) => return self.conversion(parts[0], Function::ToText),
            ("exp", 1, false) => {
                let code = self.typed(parts[0], &Type::Float);
                return (Code::Call(Function::Exp, Box::new([code])), Type::Float);
            }
            ("contains", 2, true) => return self.text_function(Function::Contains, &parts),
            ("startsWith", 2, true) => return self.text_function(Function::StartsWith, &parts),
            ("endsWith", 2, true) => return self.text_function(Function::EndsWith, &parts),
            ("min", 1.., false) => return self.extreme(Function::Min, &parts),
            ("max", 1.., false) => return self.extreme(Function::Max, &parts),
            _ => {}
        }
        if let (None, Some(signature)) =
            (call.receiver, DRAWS.iter().find(|it| it.name == call.name))
        {
            return self.draw(range, signature, &parts);
        }
        self.misused(range, call)
    }

    /// A call that fits nothing.
    fn misused(&mut self, range: Range, call: &Call<'_>) -> (Code, Type) {
        let usage = match call.name {
            "has" => "`has(row.column)`",
            "size" => "`size(list)`",
            "int" => "`int(number)` to convert, or `int(1, 6)` to draw",
            "double" => "`double(number)`",
            "string" => "`string(value)`",
            "min" => "`min(a, b)`",
            "max" => "`max(a, b)`",
            "exp" => "`exp(number)`",
            "contains" => "`text.contains('part')`",
            "startsWith" => "`text.startsWith('part')`",
            "endsWith" => "`text.endsWith('part')`",
            name if MACROS.iter().any(|(it, _)| *it == name) => "`list.all(it, condition)`",
            name if DRAWS.iter().any(|it| it.name == name) => {
                "the function without anything in front"
            }
            _ => {
                let names: Vec<&str> = FUNCTIONS
                    .iter()
                    .copied()
                    .chain(MACROS.iter().map(|it| it.0))
                    .chain(DRAWS.iter().map(|it| it.name))
                    .collect();
                self.unknown(call.at, "unknown function", call.name, &names);
                return (Code::Constant(Value::Null), Type::Any);
            }
        };
        self.wrong(range, &["`", call.name, "` is not used like this"].concat(), usage)
    }

    fn has(&mut self, part: &Syntax) -> (Code, Type) {
        if !matches!(part.kind, Kind::Member(..)) {
            return self.wrong(
                part.range,
                "`has` asks for a field",
                "`has(row.column)` or `has(msg.field)`",
            );
        }
        let (code, _) = self.value(part);
        (Code::Present(Box::new(code)), Type::Bool)
    }

    fn size(&mut self, part: &Syntax) -> (Code, Type) {
        match self.subject(part) {
            Subject::Table(table, _) => (Code::TableSize(table), Type::Int),
            Subject::Value(code, Type::Text | Type::List(_) | Type::Any) => {
                (Code::Call(Function::Size, Box::new([code])), Type::Int)
            }
            Subject::Value(_, kind) => self.wrong(
                part.range,
                &[&kind.word(), " has no size"].concat(),
                "a text, a list or a table",
            ),
            Subject::Service(_) => {
                self.wrong(part.range, "a service is not a value", "`service.table`")
            }
        }
    }

    fn conversion(&mut self, part: &Syntax, function: Function) -> (Code, Type) {
        let (code, kind) = self.value(part);
        let (fits, gives) = match function {
            Function::ToInt => (matches!(kind, Type::Int | Type::Float | Type::Text), Type::Int),
            Function::ToFloat => {
                (matches!(kind, Type::Int | Type::Float | Type::Text), Type::Float)
            }
            _ => (kind.is_scalar() && kind != Type::Null, Type::Text),
        };
        if !fits && kind != Type::Any {
            return self.wrong(
                part.range,
                &["this is ", &kind.word()].concat(),
                "a number or a text",
            );
        }
        (Code::Call(function, Box::new([code])), gives)
    }

    fn text_function(&mut self, function: Function, parts: &[&Syntax]) -> (Code, Type) {
        let codes: Vec<Code> = parts.iter().map(|it| self.typed(it, &Type::Text)).collect();
        (Code::Call(function, codes.into()), Type::Bool)
    }

    fn extreme(&mut self, function: Function, parts: &[&Syntax]) -> (Code, Type) {
        let mut all = Type::Any;
        let mut codes = Vec::with_capacity(parts.len());
        for part in parts {
            let (code, kind) = self.value(part);
            match all.joined(&kind).filter(|it| {
                matches!(it, Type::Any | Type::Int | Type::Float | Type::Text | Type::Duration)
            }) {
                Some(joined) => all = joined,
                None => {
                    return self.wrong(
                        part.range,
                        &["this is ", &kind.word()].concat(),
                        "numbers of one type, durations or texts",
                    );
                }
            }
            codes.push(code);
        }
        (Code::Call(function, codes.into()), all)
    }

    fn fold(
        &mut self,
        range: Range,
        kind: Macro,
        receiver: &Syntax,
        call: &Call<'_>,
    ) -> (Code, Type) {
        let (over, element) = match self.subject(receiver) {
            Subject::Table(table, shape) => (Over::Table(table), Type::Row(shape)),
            Subject::Value(code, Type::List(element)) => (Over::List(code), *element),
            Subject::Value(code, Type::Any) => (Over::List(code), Type::Any),
            Subject::Value(_, kind) => {
                return self.wrong(
                    receiver.range,
                    &["this is ", &kind.word()].concat(),
                    "a list or a table",
                );
            }
            Subject::Service(_) => {
                return self.wrong(receiver.range, "a service is not a value", "`service.table`");
            }
        };
        let [variable, body] = call.arguments else { return self.misused(range, call) };
        let Kind::Name(name) = &variable.kind else {
            return self.wrong(
                variable.range,
                "a macro needs a name for the element",
                "`list.all(it, condition)`",
            );
        };
        self.bound.push((name.clone(), element.clone()));
        let (body, gives) = match kind {
            Macro::Map => {
                let (code, kind) = self.value(body);
                (code, Type::List(Box::new(kind)))
            }
            Macro::Filter => (self.typed(body, &Type::Bool), Type::List(Box::new(element))),
            Macro::All | Macro::Exists | Macro::ExistsOne => {
                (self.typed(body, &Type::Bool), Type::Bool)
            }
        };
        self.bound.pop();
        (Code::Fold(Box::new(Fold { kind, over, body })), gives)
    }

    fn draw(&mut self, range: Range, signature: &DrawSignature, parts: &[&Syntax]) -> (Code, Type) {
        if !self.environment.chance {
            return self.wrong(
                range,
                "nothing can be drawn from chance here",
                "a value that is the same whenever one looks",
            );
        }
        let usage = ["`", signature.usage, "`"].concat();
        let message = ["`", signature.name, "` is not used like this"].concat();
        if signature.draw == Draw::Mixture {
            if parts.is_empty() || !parts.len().is_multiple_of(2) {
                return self.wrong(
                    range,
                    &message,
                    &[&usage, ": weight, duration, weight, duration"].concat(),
                );
            }
            let wanted =
                |index: usize| if index.is_multiple_of(2) { Type::Float } else { Type::Duration };
            let codes: Vec<Code> = parts
                .iter()
                .enumerate()
                .map(|(index, it)| self.typed(it, &wanted(index)))
                .collect();
            return (Code::Draw(Draw::Mixture, codes.into()), Type::Duration);
        }
        if parts.len() != signature.parameters.len() {
            return self.wrong(range, &message, &usage);
        }
        if matches!(signature.draw, Draw::Pick | Draw::Empirical) {
            return self.pick(signature.draw, parts[0], &usage);
        }
        let codes: Vec<Code> = parts
            .iter()
            .zip(signature.parameters)
            .map(|(it, wanted)| self.typed(it, wanted))
            .collect();
        let gives = match signature.draw {
            Draw::Chance => Type::Bool,
            Draw::Int => Type::Int,
            _ => Type::Duration,
        };
        (Code::Draw(signature.draw, codes.into()), gives)
    }

    /// One element of a list.
    fn pick(&mut self, draw: Draw, part: &Syntax, usage: &str) -> (Code, Type) {
        let (code, kind) = self.value(part);
        let element = match kind {
            Type::List(element) => *element,
            Type::Any => Type::Any,
            kind => return self.wrong(part.range, &["this is ", &kind.word()].concat(), usage),
        };
        if draw == Draw::Empirical && !matches!(element, Type::Duration | Type::Any) {
            return self.wrong(
                part.range,
                "this is a list of something else than durations",
                usage,
            );
        }
        (Code::Draw(draw, Box::new([code])), element)
    }
}
