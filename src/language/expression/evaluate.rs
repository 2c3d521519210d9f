//! Walks a compiled expression and gives its value.
//!
//! On the hot path: what stands somewhere already is read where it stands (`peek`), and scalars allocate nothing.

use std::borrow::Cow;

use super::Scope;
use super::code::{Code, Lookup};
use super::draw;
use super::operate::{self, arithmetic, compare};
use crate::base::limits;
use crate::language::value::Value;

/// Why there is no value.
pub(super) type Fault = Cow<'static, str>;

/// The value of an expression in a scope.
pub(super) fn run(code: &Code, scope: &mut Scope<'_>) -> Result<Value, String> {
    Machine { scope, bound: Vec::new(), cost: 0 }.value(code).map_err(Cow::into_owned)
}

/// One evaluation.
pub(super) struct Machine<'s, 'a> {
    pub(super) scope: &'s mut Scope<'a>,
    /// The variables of the macros that are being worked on.
    pub(super) bound: Vec<Value>,
    cost: u32,
}

impl Machine<'_, '_> {
    /// Counts work; fails when it becomes too much.
    #[inline]
    pub(super) fn charge(&mut self, units: usize) -> Result<(), Fault> {
        self.cost = self.cost.saturating_add(u32::try_from(units).unwrap_or(u32::MAX));
        if limits::EXPRESSION_COST_MAX < self.cost { Err(too_costly()) } else { Ok(()) }
    }

    /// The value of a part that stands somewhere already. `None` means that it has to be computed or is missing.
    #[inline]
    pub(super) fn peek<'p>(&'p self, code: &'p Code) -> Option<&'p Value> {
        match code {
            Code::Constant(value) => Some(value),
            Code::Knob(knob) => self.scope.knobs.get(*knob),
            Code::Field(field) => self.scope.message.get(*field),
            Code::Local(slot) => self.scope.locals.get(*slot),
            Code::Cell(column) => self.scope.row.get(*column),
            Code::Bound(depth) => self.bound.get(*depth),
            Code::TableCell(lookup, column) => {
                let key = self.peek(&lookup.key)?;
                let table = self.scope.tables.table(lookup.table.service, lookup.table.table);
                table.get(key)?.get(*column)
            }
            Code::RowCell(row, column) => match self.peek(row)? {
                Value::Row(row) => row.cells.get(*column),
                _ => None,
            },
            _ => None,
        }
    }

    /// The value of a part.
    pub(super) fn value(&mut self, code: &Code) -> Result<Value, Fault> {
        self.charge(1)?;
        if let Some(value) = self.peek(code) {
            return Ok(value.clone());
        }
        match code {
            Code::Constant(value) => Ok(value.clone()),
            Code::Now => Ok(Value::from(self.scope.now.since(crate::base::Time::ZERO))),
            Code::Knob(_) | Code::Field(_) | Code::Local(_) | Code::Cell(_) | Code::Bound(_) => {
                Err("nothing stands here yet".into())
            }
            Code::RowCell(row, column) => match self.value(row)? {
                Value::Row(row) => row
                    .cells
                    .get(*column)
                    .cloned()
                    .ok_or(Fault::Borrowed("the row has no such column")),
                _ => Err("there is no row here".into()),
            },
            Code::TableCell(lookup, column) => {
                let cell = self.row(lookup, |it| it.cells.get(*column).cloned())?;
                cell.ok_or(Fault::Borrowed("the row has no such column"))
            }
            Code::TableRow(lookup) => self.row(lookup, Value::Row),
            Code::TableHas(lookup) => {
                let key = self.value(&lookup.key)?;
                let table = self.scope.tables.table(lookup.table.service, lookup.table.table);
                Ok(Value::Bool(table.get(&key).is_some()))
            }
            Code::TableSize(table) => {
                let rows = self.scope.tables.table(table.service, table.table).len();
                Ok(Value::Int(i64::try_from(rows).unwrap_or(i64::MAX)))
            }
            Code::TablesAgree(pair) => {
                let [left, right] =
                    pair.each_ref().map(|it| self.scope.tables.table(it.service, it.table));
                self.charge(left.len())?;
                Ok(Value::Bool(left.agrees_with(right)))
            }
            Code::Not(inner) => self.truth(inner).map(|it| Value::Bool(!it)),
            Code::Negate(inner) => operate::negate(&self.value(inner)?),
            Code::And(pair) => self.decided(pair, false),
            Code::Or(pair) => self.decided(pair, true),
            Code::Choose(three) => {
                let [condition, yes, no] = &**three;
                if self.truth(condition)? { self.value(yes) } else { self.value(no) }
            }
            Code::Arithmetic(operator, pair) => self.arithmetic(*operator, pair),
            Code::Compare(comparison, pair) => self.compare(*comparison, pair),
            Code::In(pair) => {
                let (element, list) = (self.value(&pair[0])?, self.value(&pair[1])?);
                self.is_in(&element, &list)
            }
            Code::Index(pair) => {
                let (list, index) = (self.value(&pair[0])?, self.value(&pair[1])?);
                operate::index(&list, &index)
            }
            Code::List(parts) => {
                let values: Result<Vec<Value>, Fault> =
                    parts.iter().map(|it| self.value(it)).collect();
                Ok(Value::List(values?.into()))
            }
            Code::Present(inner) => Ok(Value::Bool(!matches!(self.value(inner)?, Value::Null))),
            Code::Fold(fold) => self.fold(fold),
            Code::Call(function, parts) => self.call(*function, parts),
            Code::Draw(draw, parts) => draw::draw(self, *draw, parts),
        }
    }

    /// A part that must be true or false.
    #[inline]
    pub(super) fn truth(&mut self, code: &Code) -> Result<bool, Fault> {
        match self.value(code)? {
            Value::Bool(truth) => Ok(truth),
            other => Err(operate::unfit("a condition", &other)),
        }
    }

    /// A logical `and` (decided by `false`) or `or` (decided by `true`). An error on one side does not count
    /// when the other side decides.
    fn decided(&mut self, pair: &[Code; 2], by: bool) -> Result<Value, Fault> {
        let left = self.truth(&pair[0]);
        if left.as_ref().is_ok_and(|it| *it == by) {
            return Ok(Value::Bool(by));
        }
        let right = self.truth(&pair[1])?;
        match left {
            Err(fault) if right != by => Err(fault),
            _ => Ok(Value::Bool(right)),
        }
    }

    fn compare(
        &mut self,
        comparison: super::operator::Comparison,
        pair: &[Code; 2],
    ) -> Result<Value, Fault> {
        let [left, right] = pair;
        if let (Some(left), Some(right)) = (self.peek(left), self.peek(right))
            && !matches!(left, Value::List(_) | Value::Row(_))
        {
            return compare(comparison, left, right).map(Value::Bool);
        }
        let (left, right) = (self.value(left)?, self.value(right)?);
        self.charge(operate::weight(&left))?;
        compare(comparison, &left, &right).map(Value::Bool)
    }

    fn arithmetic(
        &mut self,
        operator: super::operator::Arithmetic,
        pair: &[Code; 2],
    ) -> Result<Value, Fault> {
        let [left, right] = pair;
        let (left, right) = (self.value(left)?, self.value(right)?);
        if matches!(left, Value::Text(_) | Value::List(_)) {
            self.charge(operate::weight(&left) + operate::weight(&right))?;
        }
        arithmetic(operator, &left, &right)
    }

    fn is_in(&mut self, element: &Value, list: &Value) -> Result<Value, Fault> {
        let Value::List(items) = list else { return Err(operate::unfit("`in`", list)) };
        self.charge(items.len() * operate::weight(element))?;
        Ok(Value::Bool(items.iter().any(|it| operate::equal(it, element))))
    }

    /// Something about the row with a key; a row that is not there is an error.
    fn row<T>(
        &mut self,
        lookup: &Lookup,
        take: impl FnOnce(crate::language::value::Row) -> T,
    ) -> Result<T, Fault> {
        let key = self.value(&lookup.key)?;
        let table = self.scope.tables.table(lookup.table.service, lookup.table.table);
        match table.row(&key) {
            Some(row) => Ok(take(row)),
            None => Err(["no row `", &operate::shown(&key), "` in `", &lookup.table.name, "`"]
                .concat()
                .into()),
        }
    }
}

fn too_costly() -> Fault {
    ["the expression takes more than ", &limits::EXPRESSION_COST_MAX.to_string(), " units of work"]
        .concat()
        .into()
}
