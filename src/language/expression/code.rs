//! The compact tree that is evaluated: names are indices, operators are decided.

use std::sync::Arc;

use super::operator::{Arithmetic, Comparison, Draw, Function, Macro};
use crate::language::scenario::{KnobId, ServiceId, TableId};
use crate::language::value::Value;

/// A part of a compiled expression.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// Always the same.
    Constant(Value),
    /// The time since the start.
    Now,
    /// A knob.
    Knob(KnobId),
    /// A field of the message.
    Field(usize),
    /// A local of the handler.
    Local(usize),
    /// A cell of the row that is being changed.
    Cell(usize),
    /// The variable of a macro, counted from the outermost.
    Bound(usize),
    /// A cell of a row that is a value.
    RowCell(Box<Code>, usize),
    /// A cell of the row with this key.
    TableCell(Box<Lookup>, usize),
    /// The row with this key.
    TableRow(Box<Lookup>),
    /// Is there a row with this key?
    TableHas(Box<Lookup>),
    /// The number of rows.
    TableSize(TableRef),
    /// Do two tables hold the same rows?
    TablesAgree(Box<[TableRef; 2]>),
    /// The opposite of a truth.
    Not(Box<Code>),
    /// The opposite of a number.
    Negate(Box<Code>),
    /// Both; an error on one side does not count when the other says no.
    And(Box<[Code; 2]>),
    /// Either; an error on one side does not count when the other says yes.
    Or(Box<[Code; 2]>),
    /// Condition, value, other value.
    Choose(Box<[Code; 3]>),
    /// Two values joined.
    Arithmetic(Arithmetic, Box<[Code; 2]>),
    /// Two values compared.
    Compare(Comparison, Box<[Code; 2]>),
    /// Is the first an element of the second?
    In(Box<[Code; 2]>),
    /// The element of the first at the second.
    Index(Box<[Code; 2]>),
    /// Values in order.
    List(Box<[Code]>),
    /// Is it anything but null?
    Present(Box<Code>),
    /// Something for all elements or rows.
    Fold(Box<Fold>),
    /// A function.
    Call(Function, Box<[Code]>),
    /// A draw from chance.
    Draw(Draw, Box<[Code]>),
}

/// A table, and what it is called in messages.
#[derive(Clone, Debug)]
pub(super) struct TableRef {
    pub(super) service: ServiceId,
    pub(super) table: TableId,
    pub(super) name: Arc<str>,
}

/// A row of a table, by its key.
#[derive(Clone, Debug)]
pub(super) struct Lookup {
    pub(super) table: TableRef,
    pub(super) key: Code,
}

/// Something for all elements of a list or all rows of a table.
#[derive(Clone, Debug)]
pub(super) struct Fold {
    pub(super) kind: Macro,
    pub(super) over: Over,
    pub(super) body: Code,
}

/// What a macro goes through.
#[derive(Clone, Debug)]
pub(super) enum Over {
    Table(TableRef),
    List(Code),
}

impl Code {
    /// The same value as a number with a fraction.
    pub(super) fn into_float(self) -> Self {
        match self {
            Self::Constant(Value::Int(it)) => Self::Constant(Value::Float(it as f64)),
            code => Self::Call(Function::ToFloat, Box::new([code])),
        }
    }

    /// Shows this and all parts of it to `look`.
    pub(super) fn visit(&self, look: &mut dyn FnMut(&Self)) {
        look(self);
        match self {
            Self::Constant(_)
            | Self::Now
            | Self::Knob(_)
            | Self::Field(_)
            | Self::Local(_)
            | Self::Cell(_)
            | Self::Bound(_)
            | Self::TableSize(_)
            | Self::TablesAgree(_) => {}
            Self::RowCell(it, _) | Self::Not(it) | Self::Negate(it) | Self::Present(it) => {
                it.visit(look)
            }
            Self::TableCell(it, _) | Self::TableRow(it) | Self::TableHas(it) => it.key.visit(look),
            Self::And(pair) | Self::Or(pair) | Self::In(pair) | Self::Index(pair) => {
                pair.iter().for_each(|it| it.visit(look))
            }
            Self::Arithmetic(_, pair) | Self::Compare(_, pair) => {
                pair.iter().for_each(|it| it.visit(look))
            }
            Self::Choose(three) => three.iter().for_each(|it| it.visit(look)),
            Self::List(parts) | Self::Call(_, parts) | Self::Draw(_, parts) => {
                parts.iter().for_each(|it| it.visit(look))
            }
            Self::Fold(fold) => {
                if let Over::List(list) = &fold.over {
                    list.visit(look);
                }
                fold.body.visit(look);
            }
        }
    }

    /// The tables that this part names itself.
    pub(super) fn tables(&self) -> [Option<&TableRef>; 2] {
        match self {
            Self::TableCell(it, _) | Self::TableRow(it) | Self::TableHas(it) => {
                [Some(&it.table), None]
            }
            Self::TableSize(table) => [Some(table), None],
            Self::TablesAgree(pair) => [Some(&pair[0]), Some(&pair[1])],
            Self::Fold(fold) => match &fold.over {
                Over::Table(table) => [Some(table), None],
                Over::List(_) => [None, None],
            },
            _ => [None, None],
        }
    }
}
