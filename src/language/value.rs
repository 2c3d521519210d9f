//! The values that a running scenario works with, and the tables that its services keep.
//!
//! Values are plain data with a total order, cheap to clone: texts and rows are shared.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::base::{Map, Span};

/// One value.
#[derive(Clone, Debug)]
pub enum Value {
    /// The absence of a value: what an optional field holds when nothing was said.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction; never "not a number", because arithmetic that would give that fails.
    Float(f64),
    /// A text, or an id.
    Text(Arc<str>),
    /// A length of time, in microseconds; may be negative as the difference of two.
    Duration(i64),
    /// Values in order.
    List(Arc<[Value]>),
    /// One row of a table.
    Row(Row),
}

/// The cells of one row, in the order of the table's columns, and those columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The names of the columns.
    pub columns: Arc<[Arc<str>]>,
    /// One value for each column.
    pub cells: Arc<[Value]>,
}

impl Value {
    /// A text value.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// The span that this duration means: negative ones are none at all.
    #[expect(clippy::cast_sign_loss, reason = "negative durations have just been cut off")]
    pub fn as_span(&self) -> Option<Span> {
        match self {
            Self::Duration(micros) => Some(Span::from_micros((*micros).max(0) as u64)),
            _ => None,
        }
    }

    /// Where a value stands among values of other kinds. Int and Float share a place: they compare as numbers.
    const fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Bool(_) => 1,
            Self::Int(_) | Self::Float(_) => 2,
            Self::Text(_) => 3,
            Self::Duration(_) => 4,
            Self::List(_) => 5,
            Self::Row(_) => 6,
        }
    }
}

impl From<Span> for Value {
    #[expect(clippy::cast_possible_wrap, reason = "spans are below 2⁶³ µs: limits::RUN_SPAN_MAX")]
    fn from(span: Span) -> Self {
        Self::Duration(span.as_micros() as i64)
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Int(a), Self::Int(b)) | (Self::Duration(a), Self::Duration(b)) => a.cmp(b),
            (Self::Float(a), Self::Float(b)) => a.total_cmp(b),
            (Self::Int(a), Self::Float(b)) => (*a as f64).total_cmp(b),
            (Self::Float(a), Self::Int(b)) => a.total_cmp(&(*b as f64)),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::List(a), Self::List(b)) => a.cmp(b),
            (Self::Row(a), Self::Row(b)) => a.cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

/// As the page and reports show it: texts without quotes, durations with their unit.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => write!(f, "–"),
            Self::Bool(it) => write!(f, "{it}"),
            Self::Int(it) => write!(f, "{it}"),
            Self::Float(it) => write!(f, "{it}"),
            Self::Text(it) => write!(f, "{it}"),
            Self::Duration(it) if *it < 0 => write!(f, "-{}", Span::from_micros(it.unsigned_abs())),
            Self::Duration(it) => write!(f, "{}", Span::from_micros(it.unsigned_abs())),
            Self::List(items) => {
                write!(f, "[")?;
                for (index, item) in items.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(f, "{separator}{item}")?;
                }
                write!(f, "]")
            }
            Self::Row(row) => {
                for (index, (column, cell)) in row.columns.iter().zip(row.cells.iter()).enumerate()
                {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(f, "{separator}{column}: {cell}")?;
                }
                Ok(())
            }
        }
    }
}

/// A table of a service: rows by key, in the order of the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Arc<[Arc<str>]>,
    /// Which column is the key.
    pub key: usize,
    rows: Map<Value, Arc<[Value]>>,
}

impl Table {
    /// An empty table.
    pub fn new(columns: Arc<[Arc<str>]>, key: usize) -> Self {
        assert!(key < columns.len(), "law: the key of a table is one of its columns");
        Self { columns, key, rows: Map::new() }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Has it no rows?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cells of the row with this key.
    pub fn get(&self, key: &Value) -> Option<&Arc<[Value]>> {
        self.rows.get(key)
    }

    /// The row with this key.
    pub fn row(&self, key: &Value) -> Option<Row> {
        self.rows.get(key).map(|cells| Row { columns: self.columns.clone(), cells: cells.clone() })
    }

    /// The rows in the order of their keys.
    pub fn rows(&self) -> impl Iterator<Item = &Arc<[Value]>> {
        self.rows.values()
    }

    /// Puts a row in the place that its key says; returns what stood there.
    pub fn put(&mut self, cells: Arc<[Value]>) -> Option<Arc<[Value]>> {
        debug_assert_eq!(cells.len(), self.columns.len(), "law: a row has a cell for every column");
        self.rows.insert(cells[self.key].clone(), cells)
    }

    /// Takes the row with this key away; returns it.
    pub fn remove(&mut self, key: &Value) -> Option<Arc<[Value]>> {
        self.rows.remove(key)
    }

    /// Do both tables hold the same rows? Columns are matched by name; those that only one of them has do not
    /// count. How the rows came about does not count either.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let shared: Vec<(usize, usize)> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(mine, name)| {
                Some((mine, other.columns.iter().position(|it| it == name)?))
            })
            .collect();
        // Both are in the order of their keys: looking each key up would cost ten times as much.
        self.rows.len() == other.rows.len()
            && self.rows.iter().zip(other.rows.iter()).all(|(mine, theirs)| {
                mine.0 == theirs.0 && shared.iter().all(|(a, b)| mine.1[*a] == theirs.1[*b])
            })
    }
}
