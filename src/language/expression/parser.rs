//! Words and signs in, a tree out. Precedence as in the Common Expression Language.

use super::Mistake;
use super::lexer::{Token, tokens};
use super::syntax::{Kind, Range, Syntax};
use crate::base::limits;
use crate::language::value::Value;

/// Operators that stand between two values, the loosest first. All bind to the left.
const LEVELS: &[&[&str]] =
    &[&["||"], &["&&"], &["==", "!=", "<", "<=", ">", ">=", "in"], &["+", "-"], &["*", "/", "%"]];

/// Words that cannot be names in expressions.
pub(crate) const RESERVED: &[&str] = &[
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "package",
    "return",
    "var",
    "void",
    "while",
    "now",
    "msg",
    "row",
];

/// Reads an expression.
pub(super) fn parse(text: &str, dashed: &[&str]) -> Result<Syntax, Mistake> {
    let mut parser = Parser { tokens: tokens(text, dashed)?, at: 0, depth: 0, nodes: 0 };
    let syntax = parser.expression()?;
    match parser.token() {
        Token::End => Ok(syntax),
        _ => Err(parser.unexpected("an operator, or the end of the expression")),
    }
}

struct Parser {
    tokens: Vec<(Token, Range)>,
    at: usize,
    depth: usize,
    nodes: usize,
}

impl Parser {
    fn token(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn range(&self) -> Range {
        self.tokens[self.at].1
    }

    /// Steps over a token; the end stays where it is.
    fn advance(&mut self) -> Range {
        let range = self.range();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        range
    }

    /// Steps over this sign, if it comes next.
    fn accept(&mut self, sign: &str) -> bool {
        let comes = matches!(self.token(), Token::Sign(it) if *it == sign);
        if comes {
            self.advance();
        }
        comes
    }

    fn need(&mut self, sign: &str) -> Result<Range, Mistake> {
        let range = self.range();
        if self.accept(sign) { Ok(range) } else { Err(self.unexpected(&["`", sign, "`"].concat())) }
    }

    fn unexpected(&self, expected: &str) -> Mistake {
        let message = match self.token() {
            Token::End => "the expression ends too early",
            _ => "this does not belong here",
        };
        Mistake::new(self.range(), message, expected)
    }

    fn node(&mut self, range: Range, kind: Kind) -> Result<Syntax, Mistake> {
        self.nodes += 1;
        if limits::EXPRESSION_NODES_MAX < self.nodes {
            let most = [
                "at most ",
                &limits::EXPRESSION_NODES_MAX.to_string(),
                " operators, names and values",
            ]
            .concat();
            return Err(Mistake::new(range, "the expression is too long", &most));
        }
        Ok(Syntax { range, kind })
    }

    /// Goes into a bracket, a call or behind a sign that stands in front.
    fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Mistake>,
    ) -> Result<T, Mistake> {
        if limits::EXPRESSION_DEPTH_MAX <= self.depth {
            let most =
                ["at most ", &limits::EXPRESSION_DEPTH_MAX.to_string(), " brackets and calls"]
                    .concat();
            return Err(Mistake::new(self.range(), "the expression is nested too deep", &most));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn expression(&mut self) -> Result<Syntax, Mistake> {
        self.nested(Self::choice)
    }

    fn choice(&mut self) -> Result<Syntax, Mistake> {
        let condition = self.binary(0)?;
        if !self.accept("?") {
            return Ok(condition);
        }
        let yes = self.nested(|it| it.binary(0))?;
        self.need(":")?;
        let no = self.expression()?;
        let range = condition.range.to(no.range);
        self.node(range, Kind::Choose(Box::new([condition, yes, no])))
    }

    fn binary(&mut self, level: usize) -> Result<Syntax, Mistake> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        loop {
            let operator = match self.token() {
                Token::Sign(sign) => operators.iter().find(|it| *it == sign),
                Token::Name(name) => operators.iter().find(|it| *it == name),
                Token::Literal(_) | Token::End => None,
            };
            let Some(operator) = operator else { return Ok(left) };
            self.advance();
            let right = self.binary(level + 1)?;
            let range = left.range.to(right.range);
            left = self.node(range, Kind::Binary(operator, Box::new([left, right])))?;
        }
    }

    fn unary(&mut self) -> Result<Syntax, Mistake> {
        let start = self.range();
        if self.accept("!") {
            let value = self.nested(Self::unary)?;
            return self.node(start.to(value.range), Kind::Not(Box::new(value)));
        }
        if self.accept("-") {
            let value = self.nested(Self::unary)?;
            let range = start.to(value.range);
            return match value.kind {
                Kind::Literal(Value::Int(it)) => self.node(range, Kind::Literal(Value::Int(-it))),
                Kind::Literal(Value::Float(it)) => {
                    self.node(range, Kind::Literal(Value::Float(-it)))
                }
                _ => self.node(range, Kind::Negate(Box::new(value))),
            };
        }
        self.postfix()
    }

    fn postfix(&mut self) -> Result<Syntax, Mistake> {
        let mut value = self.primary()?;
        loop {
            if self.accept(".") {
                let Token::Name(name) = self.token().clone() else {
                    return Err(self.unexpected("a name behind the point"));
                };
                let at = self.advance();
                value = if self.accept("(") {
                    let arguments = self.arguments(")")?;
                    let range = value.range.to(self.tokens[self.at - 1].1);
                    let receiver = Some(Box::new(value));
                    self.node(range, Kind::Call { receiver, name, at, arguments })?
                } else {
                    let range = value.range.to(at);
                    self.node(range, Kind::Member(Box::new(value), name, at))?
                };
            } else if self.accept("[") {
                let index = self.expression()?;
                let end = self.need("]")?;
                let range = value.range.to(end);
                value = self.node(range, Kind::Index(Box::new([value, index])))?;
            } else {
                return Ok(value);
            }
        }
    }

    fn primary(&mut self) -> Result<Syntax, Mistake> {
        let (token, range) = (self.token().clone(), self.range());
        match token {
            Token::Literal(value) => {
                self.advance();
                self.node(range, Kind::Literal(value))
            }
            Token::Name(name) => {
                self.advance();
                self.named(name, range)
            }
            Token::Sign("(") => {
                self.advance();
                let inner = self.expression()?;
                let end = self.need(")")?;
                Ok(Syntax { range: range.to(end), kind: inner.kind })
            }
            Token::Sign("[") => {
                self.advance();
                let items = self.arguments("]")?;
                let range = range.to(self.tokens[self.at - 1].1);
                self.node(range, Kind::List(items))
            }
            Token::Sign("{") => Err(Mistake::new(
                range,
                "maps are not part of this language",
                "a list in brackets, or a table",
            )),
            Token::Sign(_) | Token::End => Err(self.unexpected("a name or a value")),
        }
    }

    fn named(&mut self, name: String, at: Range) -> Result<Syntax, Mistake> {
        let literal = match name.as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            "null" => Some(Value::Null),
            _ => None,
        };
        if let Some(literal) = literal {
            return self.node(at, Kind::Literal(literal));
        }
        if self.accept("(") {
            let arguments = self.arguments(")")?;
            let range = at.to(self.tokens[self.at - 1].1);
            return self.node(range, Kind::Call { receiver: None, name, at, arguments });
        }
        self.node(at, Kind::Name(name))
    }

    /// Values with commas between them, up to a bracket that has been opened.
    fn arguments(&mut self, end: &str) -> Result<Vec<Syntax>, Mistake> {
        let mut items = Vec::new();
        while !self.accept(end) {
            items.push(self.expression()?);
            if !self.accept(",") && !matches!(self.token(), Token::Sign(it) if *it == end) {
                return Err(self.unexpected(&["`,` or `", end, "`"].concat()));
            }
        }
        Ok(items)
    }
}
