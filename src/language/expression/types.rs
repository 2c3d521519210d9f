//! The types of expressions.

use std::sync::Arc;

use crate::language::scenario::{Field, FieldKind, Knob, KnobKind};

/// What an expression gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// Fits everywhere: what follows from an error that has been said already, and elements of `[]`.
    Any,
    /// Only `null`.
    Null,
    /// True or false.
    Bool,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// A text or an id.
    Text,
    /// A length of time.
    Duration,
    /// Values of one type in order.
    List(Box<Type>),
    /// A row of a table, or an answer.
    Row(Arc<Shape>),
    /// A whole table.
    Table(Arc<Shape>),
}

/// The columns of a table, or the fields of an answer.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Several instances of its service have one each: nobody else can say which is meant.
    pub(crate) apart: bool,
    /// The table's or message's name.
    pub(crate) name: Arc<str>,
    /// Names and types of the columns.
    pub(crate) columns: Vec<(Arc<str>, Type)>,
    /// Which column is the key of the table.
    pub(crate) key: usize,
}

/// Shapes are equal when they are the same; `Debug` and comparison must not walk them.
impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.columns == other.columns
    }
}

impl Shape {
    /// The column of this name.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|(it, _)| &**it == name)
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| &**name)
    }

    /// The type of the key.
    pub(crate) fn key_type(&self) -> Type {
        self.columns.get(self.key).map_or(Type::Any, |(_, kind)| kind.clone())
    }

    /// The shape of an answer.
    pub(crate) fn of_message(name: &str, fields: &[Field], types: &[Type]) -> Arc<Self> {
        let column =
            |(field, kind): (&Field, &Type)| (Arc::from(field.name.as_str()), kind.clone());
        Arc::new(Self {
            name: Arc::from(name),
            columns: fields.iter().zip(types).map(column).collect(),
            key: 0,
            apart: false,
        })
    }
}

impl Type {
    /// The type of a field.
    pub(crate) fn of_field(kind: FieldKind) -> Self {
        match kind {
            FieldKind::Id | FieldKind::Text => Self::Text,
            FieldKind::Int => Self::Int,
            FieldKind::Float => Self::Float,
            FieldKind::Bool => Self::Bool,
            FieldKind::Duration => Self::Duration,
        }
    }

    /// The type of a knob.
    pub(crate) fn of_knob(knob: &Knob) -> Self {
        match knob.kind {
            KnobKind::Bool => Self::Bool,
            KnobKind::Int { .. } => Self::Int,
            KnobKind::Float { .. } => Self::Float,
            KnobKind::Duration { .. } => Self::Duration,
            // A knob without a kind that can be read: that has been said already.
            KnobKind::Choice { ref options } if options.is_empty() => Self::Any,
            KnobKind::Choice { .. } | KnobKind::Interaction => Self::Text,
        }
    }

    /// The type in words, with its article.
    pub(crate) fn word(&self) -> String {
        match self {
            Self::Any => "any value".to_owned(),
            Self::Null => "null".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::Int => "a whole number".to_owned(),
            Self::Float => "a number with a fraction".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::Duration => "a duration".to_owned(),
            Self::List(element) if **element == Self::Any => "a list".to_owned(),
            Self::List(element) => ["a list of ", element.plural()].concat(),
            Self::Row(shape) => ["a row of `", &shape.name, "`"].concat(),
            Self::Table(shape) => ["the table `", &shape.name, "`"].concat(),
        }
    }

    fn plural(&self) -> &'static str {
        match self {
            Self::Any | Self::Null => "values",
            Self::Bool => "truths",
            Self::Int => "whole numbers",
            Self::Float => "numbers",
            Self::Text => "texts",
            Self::Duration => "durations",
            Self::List(_) => "lists",
            Self::Row(_) | Self::Table(_) => "rows",
        }
    }

    /// The type of something that is either this or that, if there is one.
    pub(crate) fn joined(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (a, b) if a == b => Some(a.clone()),
            (Self::Any | Self::Null, it) | (it, Self::Any | Self::Null) => Some(it.clone()),
            (Self::List(a), Self::List(b)) => Some(Self::List(Box::new(a.joined(b)?))),
            _ => None,
        }
    }

    /// May values of both types be compared with `==`?
    pub(crate) fn equates(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Int, Self::Float)
            | (Self::Float, Self::Int)
            | (Self::Table(_), Self::Table(_))
            | (Self::Row(_), Self::Row(_)) => true,
            (Self::List(a), Self::List(b)) => a.equates(b),
            (Self::Table(_), _) | (_, Self::Table(_)) => *self == Self::Any || *other == Self::Any,
            _ => self.joined(other).is_some(),
        }
    }

    /// Can a message or a cell carry it?
    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Row(_) | Self::Table(_))
    }

    /// How many lists stand inside each other.
    pub(crate) fn list_depth(&self) -> usize {
        match self {
            Self::List(element) => 1 + element.list_depth(),
            _ => 0,
        }
    }
}
