//! The operators and functions, and what they take and give.

use super::types::Type;

/// What joins two values to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// What compares two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What goes through all elements of a list or rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Macro {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

/// What turns values into a value, always the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Size,
    Contains,
    StartsWith,
    EndsWith,
    ToInt,
    ToFloat,
    ToText,
    Min,
    Max,
    Exp,
}

/// What draws from chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Draw {
    Chance,
    Int,
    Pick,
    Constant,
    Uniform,
    Exponential,
    Normal,
    LogNormal,
    Pareto,
    Mixture,
    Empirical,
}

/// A function that draws, as the checker knows it. `mixture` and `pick` are checked by hand.
pub(super) struct DrawSignature {
    pub(super) name: &'static str,
    pub(super) draw: Draw,
    pub(super) parameters: &'static [Type],
    pub(super) usage: &'static str,
}

/// All functions that draw. Those from `constant` on are distributions.
pub(super) const DRAWS: &[DrawSignature] = &[
    DrawSignature {
        name: "chance",
        draw: Draw::Chance,
        parameters: &[Type::Float],
        usage: "chance(0.1)",
    },
    DrawSignature {
        name: "int",
        draw: Draw::Int,
        parameters: &[Type::Int, Type::Int],
        usage: "int(1, 6)",
    },
    DrawSignature {
        name: "pick",
        draw: Draw::Pick,
        parameters: &[Type::Any],
        usage: "pick(['tea', 'mug'])",
    },
    DrawSignature {
        name: "constant",
        draw: Draw::Constant,
        parameters: &[Type::Duration],
        usage: "constant(40ms)",
    },
    DrawSignature {
        name: "uniform",
        draw: Draw::Uniform,
        parameters: &[Type::Duration, Type::Duration],
        usage: "uniform(20ms, 60ms)",
    },
    DrawSignature {
        name: "exponential",
        draw: Draw::Exponential,
        parameters: &[Type::Duration],
        usage: "exponential(40ms)",
    },
    DrawSignature {
        name: "normal",
        draw: Draw::Normal,
        parameters: &[Type::Duration, Type::Duration],
        usage: "normal(40ms, 5ms)",
    },
    DrawSignature {
        name: "lognormal",
        draw: Draw::LogNormal,
        parameters: &[Type::Duration, Type::Duration],
        usage: "lognormal(40ms, 200ms)",
    },
    DrawSignature {
        name: "pareto",
        draw: Draw::Pareto,
        parameters: &[Type::Duration, Type::Float],
        usage: "pareto(10ms, 2.5)",
    },
    DrawSignature {
        name: "mixture",
        draw: Draw::Mixture,
        parameters: &[],
        usage: "mixture(9, 40ms, 1, 2s)",
    },
    DrawSignature {
        name: "empirical",
        draw: Draw::Empirical,
        parameters: &[Type::Any],
        usage: "empirical([40ms, 2s])",
    },
];

/// The names of the functions that do not draw, for those who mistype one.
pub(super) const FUNCTIONS: &[&str] = &[
    "size",
    "has",
    "int",
    "double",
    "string",
    "min",
    "max",
    "exp",
    "contains",
    "startsWith",
    "endsWith",
];

/// The names of the macros.
pub(super) const MACROS: &[(&str, Macro)] = &[
    ("all", Macro::All),
    ("exists", Macro::Exists),
    ("exists_one", Macro::ExistsOne),
    ("filter", Macro::Filter),
    ("map", Macro::Map),
];

impl Arithmetic {
    /// The operator with this sign.
    pub(super) fn of(sign: &str) -> Option<Self> {
        Some(match sign {
            "+" => Self::Add,
            "-" => Self::Subtract,
            "*" => Self::Multiply,
            "/" => Self::Divide,
            "%" => Self::Remainder,
            _ => return None,
        })
    }

    /// What it takes, for people.
    pub(super) fn takes(self) -> &'static str {
        match self {
            Self::Add => {
                "two whole numbers, two with a fraction, two durations, two texts or two lists"
            }
            Self::Subtract => "two whole numbers, two with a fraction, or two durations",
            Self::Multiply => "two whole numbers, two with a fraction, or a duration and a number",
            Self::Divide => {
                "two whole numbers, two with a fraction, two durations, or a duration and a number"
            }
            Self::Remainder => "two whole numbers",
        }
    }

    /// The type of what it gives, if it can join these.
    #[expect(
        clippy::match_same_arms,
        reason = "one row for each rule reads like the table that it is"
    )]
    pub(super) fn joins(self, left: &Type, right: &Type) -> Option<Type> {
        match (self, left, right) {
            (_, Type::Any, Type::Any) => Some(Type::Any),
            (Self::Divide, Type::Duration, Type::Duration) => Some(Type::Float),
            (Self::Multiply, Type::Any, it) | (Self::Multiply | Self::Divide, it, Type::Any)
                if matches!(it, Type::Int | Type::Float | Type::Duration) =>
            {
                Some(Type::Any)
            }
            (Self::Divide, Type::Any, Type::Int | Type::Float | Type::Duration) => Some(Type::Any),
            (_, Type::Any, it) | (_, it, Type::Any) => self.joins(it, it),
            (Self::Multiply | Self::Divide, Type::Duration, Type::Int | Type::Float)
            | (Self::Multiply, Type::Int | Type::Float, Type::Duration) => Some(Type::Duration),
            (_, Type::Int, Type::Int) => Some(Type::Int),
            (Self::Remainder, _, _) => None,
            (_, Type::Float, Type::Float) => Some(Type::Float),
            (Self::Add | Self::Subtract, Type::Duration, Type::Duration) => Some(Type::Duration),
            (Self::Add, Type::Text, Type::Text) => Some(Type::Text),
            (Self::Add, Type::List(_), Type::List(_)) => left.joined(right),
            _ => None,
        }
    }
}

impl Comparison {
    /// The operator with this sign.
    pub(super) fn of(sign: &str) -> Option<Self> {
        Some(match sign {
            "==" => Self::Equal,
            "!=" => Self::Unequal,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            _ => return None,
        })
    }

    /// Can it compare values of these types?
    pub(super) fn compares(self, left: &Type, right: &Type) -> bool {
        let ordered = |it: &Type| {
            matches!(
                it,
                Type::Any | Type::Bool | Type::Int | Type::Float | Type::Text | Type::Duration
            )
        };
        match self {
            Self::Equal | Self::Unequal => left.equates(right),
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => {
                ordered(left) && ordered(right) && left.equates(right)
            }
        }
    }
}
