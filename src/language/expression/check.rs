//! Names and types: a tree as it was written in, compiled code out. Says all mistakes, not the first only.

use std::sync::Arc;

use super::Mistake;
use super::code::{Code, Lookup, TableRef};
use super::environment::Environment;
use super::operator::{Arithmetic, Comparison};
use super::syntax::{Kind, Range, Syntax};
use super::types::{Shape, Type};
use crate::language::findings::one_of;
use crate::language::nearest::nearest;
use crate::language::value::Value;

/// Checks a tree. What is wrong becomes a constant of type [`Type::Any`], so that it is said once.
pub(super) fn check(syntax: &Syntax, environment: &Environment<'_>) -> (Code, Type, Vec<Mistake>) {
    let mut checker = Checker { environment, bound: Vec::new(), mistakes: Vec::new() };
    let (code, mut kind) = match checker.subject(syntax) {
        Subject::Value(code, kind) => (code, kind),
        // A table alone is no value; whoever asked for the expression says so.
        Subject::Table(_, shape) => (Code::Constant(Value::Null), Type::Table(shape)),
        Subject::Service(_) => {
            checker.say(syntax.range, "a service is not a value", "`service.table`");
            (Code::Constant(Value::Null), Type::Any)
        }
    };
    if 4 < kind.list_depth() {
        checker.say(
            syntax.range,
            "lists inside lists inside lists",
            "at most 4 lists inside each other",
        );
        kind = Type::Any;
    }
    (code, kind, checker.mistakes)
}

/// What a part of an expression is about.
pub(super) enum Subject {
    /// A value.
    Value(Code, Type),
    /// A whole table.
    Table(TableRef, Arc<Shape>),
    /// The tables of a service.
    Service(usize),
}

/// One check.
pub(super) struct Checker<'e> {
    pub(super) environment: &'e Environment<'e>,
    /// The variables of the macros around.
    pub(super) bound: Vec<(String, Type)>,
    mistakes: Vec<Mistake>,
}

impl Checker<'_> {
    pub(super) fn say(&mut self, range: Range, message: &str, expected: &str) {
        self.mistakes.push(Mistake::new(range, message, expected));
    }

    pub(super) fn unknown(
        &mut self,
        range: Range,
        message: &str,
        name: &str,
        known: &[&str],
    ) -> Subject {
        let nearest = nearest(name, known.iter().copied()).map(str::to_owned);
        self.mistakes.push(Mistake {
            range,
            message: message.to_owned(),
            expected: one_of(known),
            nearest,
        });
        Subject::Value(Code::Constant(Value::Null), Type::Any)
    }

    /// A mistake, and a value that fits everywhere.
    pub(super) fn wrong(&mut self, range: Range, message: &str, expected: &str) -> (Code, Type) {
        self.say(range, message, expected);
        (Code::Constant(Value::Null), Type::Any)
    }

    /// A part that must be a value.
    pub(super) fn value(&mut self, syntax: &Syntax) -> (Code, Type) {
        match self.subject(syntax) {
            Subject::Value(code, kind) => (code, kind),
            Subject::Table(_, shape) => {
                let name = &shape.name;
                let rows = [name, "[key]` for a row, or `size(", name, ")`"].concat();
                self.wrong(syntax.range, "a whole table is not a value", &["`", &rows].concat())
            }
            Subject::Service(_) => {
                self.wrong(syntax.range, "a service is not a value", "`service.table`")
            }
        }
    }

    /// A part that must be of this type. Whole numbers may stand for numbers.
    pub(super) fn typed(&mut self, syntax: &Syntax, wanted: &Type) -> Code {
        let (code, kind) = self.value(syntax);
        match (&kind, wanted) {
            (Type::Any, _) | (_, Type::Any) => code,
            (Type::Int, Type::Float) => code.into_float(),
            (kind, wanted) if kind == wanted => code,
            (kind, wanted) => {
                self.wrong(syntax.range, &["this is ", &kind.word()].concat(), &wanted.word()).0
            }
        }
    }

    pub(super) fn subject(&mut self, syntax: &Syntax) -> Subject {
        let (code, kind) = match &syntax.kind {
            Kind::Literal(value) => (Code::Constant(value.clone()), type_of(value)),
            Kind::Name(name) => return self.name(syntax.range, name),
            Kind::List(items) => self.list(items),
            Kind::Member(value, name, at) => return self.member(value, name, *at),
            Kind::Index(pair) => self.index(pair),
            Kind::Call { receiver, name, at, arguments } => {
                let call =
                    super::call::Call { receiver: receiver.as_deref(), name, at: *at, arguments };
                self.call(syntax.range, &call)
            }
            Kind::Not(inner) => {
                let code = self.typed(inner, &Type::Bool);
                (Code::Not(Box::new(code)), Type::Bool)
            }
            Kind::Negate(inner) => self.negate(inner),
            Kind::Binary(sign, pair) => self.binary(syntax.range, sign, pair),
            Kind::Choose(three) => self.choose(syntax.range, three),
        };
        Subject::Value(code, kind)
    }

    fn list(&mut self, items: &[Syntax]) -> (Code, Type) {
        let mut element = Type::Any;
        let mut parts = Vec::with_capacity(items.len());
        for item in items {
            let (code, kind) = self.value(item);
            match element.joined(&kind) {
                Some(joined) => element = joined,
                None => self.say(
                    item.range,
                    &["this is ", &kind.word()].concat(),
                    &[&element.word(), ", as the elements before"].concat(),
                ),
            }
            parts.push(code);
        }
        let constants: Option<Vec<Value>> = parts
            .iter()
            .map(|it| if let Code::Constant(value) = it { Some(value.clone()) } else { None })
            .collect();
        let code = match constants {
            Some(values) => Code::Constant(Value::List(values.into())),
            None => Code::List(parts.into()),
        };
        (code, Type::List(Box::new(element)))
    }

    fn index(&mut self, pair: &[Syntax; 2]) -> (Code, Type) {
        let [of, index] = pair;
        match self.subject(of) {
            Subject::Table(table, shape) => {
                let key = self.typed(index, &shape.key_type());
                (Code::TableRow(Box::new(Lookup { table, key })), Type::Row(shape))
            }
            Subject::Value(code, Type::List(element)) => {
                let index = self.typed(index, &Type::Int);
                (Code::Index(Box::new([code, index])), *element)
            }
            Subject::Value(code, Type::Any) => {
                self.value(index);
                (code, Type::Any)
            }
            Subject::Value(_, kind) => {
                self.wrong(of.range, &["this is ", &kind.word()].concat(), "a table or a list")
            }
            Subject::Service(_) => {
                self.wrong(of.range, "a service is not a value", "`service.table[key]`")
            }
        }
    }

    fn negate(&mut self, inner: &Syntax) -> (Code, Type) {
        let (code, kind) = self.value(inner);
        match kind {
            Type::Int | Type::Float | Type::Duration | Type::Any => {
                (Code::Negate(Box::new(code)), kind)
            }
            kind => self.wrong(
                inner.range,
                &["this is ", &kind.word()].concat(),
                "a number or a duration",
            ),
        }
    }

    fn binary(&mut self, range: Range, sign: &str, pair: &[Syntax; 2]) -> (Code, Type) {
        match sign {
            "&&" => (
                Code::And(Box::new([
                    self.typed(&pair[0], &Type::Bool),
                    self.typed(&pair[1], &Type::Bool),
                ])),
                Type::Bool,
            ),
            "||" => (
                Code::Or(Box::new([
                    self.typed(&pair[0], &Type::Bool),
                    self.typed(&pair[1], &Type::Bool),
                ])),
                Type::Bool,
            ),
            "in" => self.is_in(pair),
            sign => match (Comparison::of(sign), Arithmetic::of(sign)) {
                (Some(comparison), _) => self.compare(range, comparison, pair),
                (None, Some(operator)) => self.arithmetic(range, operator, pair),
                (None, None) => self.wrong(range, "unknown operator", ""),
            },
        }
    }

    fn is_in(&mut self, pair: &[Syntax; 2]) -> (Code, Type) {
        let [element, of] = pair;
        match self.subject(of) {
            Subject::Table(table, shape) => {
                let key = self.typed(element, &shape.key_type());
                (Code::TableHas(Box::new(Lookup { table, key })), Type::Bool)
            }
            Subject::Value(list, kind @ (Type::List(_) | Type::Any)) => {
                let (code, found) = self.value(element);
                if let Type::List(wanted) = kind
                    && !wanted.equates(&found)
                {
                    return self.wrong(
                        element.range,
                        &["this is ", &found.word()].concat(),
                        &wanted.word(),
                    );
                }
                (Code::In(Box::new([code, list])), Type::Bool)
            }
            Subject::Value(_, kind) => {
                self.wrong(of.range, &["this is ", &kind.word()].concat(), "a list or a table")
            }
            Subject::Service(_) => {
                self.wrong(of.range, "a service is not a value", "`service.table`")
            }
        }
    }

    fn compare(
        &mut self,
        range: Range,
        comparison: Comparison,
        pair: &[Syntax; 2],
    ) -> (Code, Type) {
        let equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        if equality {
            match (self.subject(&pair[0]), self.subject(&pair[1])) {
                (Subject::Table(left, _), Subject::Table(right, _)) => {
                    let code = Code::TablesAgree(Box::new([left, right]));
                    let code = if comparison == Comparison::Equal {
                        code
                    } else {
                        Code::Not(Box::new(code))
                    };
                    return (code, Type::Bool);
                }
                (Subject::Value(left, a), Subject::Value(right, b)) => {
                    return self.compared(range, comparison, (left, a), (right, b));
                }
                _ => {
                    return self.wrong(
                        range,
                        "a table can be compared only with a table",
                        "two tables, or two values",
                    );
                }
            }
        }
        let (left, right) = (self.value(&pair[0]), self.value(&pair[1]));
        self.compared(range, comparison, left, right)
    }

    fn compared(
        &mut self,
        range: Range,
        comparison: Comparison,
        left: (Code, Type),
        right: (Code, Type),
    ) -> (Code, Type) {
        if comparison.compares(&left.1, &right.1) {
            return (Code::Compare(comparison, Box::new([left.0, right.0])), Type::Bool);
        }
        let message = [&left.1.word(), " cannot be compared with ", &right.1.word()].concat();
        (self.wrong(range, &message, "two values of the same type").0, Type::Bool)
    }

    fn arithmetic(
        &mut self,
        range: Range,
        operator: Arithmetic,
        pair: &[Syntax; 2],
    ) -> (Code, Type) {
        let ((left, a), (right, b)) = (self.value(&pair[0]), self.value(&pair[1]));
        let Some(kind) = operator.joins(&a, &b) else {
            let message = [&a.word(), " and ", &b.word(), " cannot be joined like this"].concat();
            let expected = match (&a, &b) {
                (Type::Int, Type::Float) | (Type::Float, Type::Int) => {
                    "two numbers of one type: `double(…)` turns a whole number into one with a fraction"
                }
                _ => operator.takes(),
            };
            return self.wrong(range, &message, expected);
        };
        (Code::Arithmetic(operator, Box::new([left, right])), kind)
    }

    fn choose(&mut self, range: Range, three: &[Syntax; 3]) -> (Code, Type) {
        let condition = self.typed(&three[0], &Type::Bool);
        let ((yes, a), (no, b)) = (self.value(&three[1]), self.value(&three[2]));
        let Some(kind) = a.joined(&b) else {
            let message = ["either ", &a.word(), " or ", &b.word()].concat();
            return self.wrong(range, &message, "values of the same type on both sides of `:`");
        };
        (Code::Choose(Box::new([condition, yes, no])), kind)
    }
}

/// The type of a literal.
fn type_of(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Bool,
        Value::Int(_) => Type::Int,
        Value::Float(_) => Type::Float,
        Value::Text(_) => Type::Text,
        Value::Duration(_) => Type::Duration,
        Value::List(_) | Value::Row(_) => Type::Any,
    }
}
