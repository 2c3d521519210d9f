//! Text in, words and signs with their places out.

use super::Mistake;
use super::syntax::Range;
use crate::base::number;
use crate::language::duration;
use crate::language::value::Value;

/// A word or a sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, or a word of the language.
    Name(String),
    /// A number, a text, a duration.
    Literal(Value),
    /// An operator or a bracket.
    Sign(&'static str),
    /// Nothing more.
    End,
}

/// The signs, longer ones first.
const SIGNS: &[&str] = &[
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")",
    "[", "]", "{", "}", ",", ".",
];

/// Cuts a text into words and signs. Among `dashed` are the names that contain a dash: where the text has one of
/// them, it is one word and not a subtraction.
pub(super) fn tokens(text: &str, dashed: &[&str]) -> Result<Vec<(Token, Range)>, Mistake> {
    let signs: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { signs, at: 0, dashed };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_space();
        let start = lexer.at;
        let token = lexer.token()?;
        let last = token == Token::End;
        tokens.push((token, Range { start, length: lexer.at - start }));
        if last {
            return Ok(tokens);
        }
    }
}

struct Lexer<'d> {
    signs: Vec<char>,
    at: usize,
    dashed: &'d [&'d str],
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.signs.get(self.at + ahead).copied()
    }

    fn skip_space(&mut self) {
        while let Some(sign) = self.peek(0) {
            if sign == '/' && self.peek(1) == Some('/') {
                while self.peek(0).is_some_and(|it| it != '\n') {
                    self.at += 1;
                }
            } else if sign.is_whitespace() {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn token(&mut self) -> Result<Token, Mistake> {
        let Some(sign) = self.peek(0) else { return Ok(Token::End) };
        let digit_follows = self.peek(1).is_some_and(|it| it.is_ascii_digit());
        match sign {
            'r' | 'R' if matches!(self.peek(1), Some('"' | '\'')) => self.text(true),
            '"' | '\'' => self.text(false),
            '0'..='9' => self.number(),
            '.' if digit_follows => self.number(),
            _ if is_name_start(sign) => Ok(self.name()),
            _ => self.sign(),
        }
    }

    fn sign(&mut self) -> Result<Token, Mistake> {
        let fits =
            |it: &&&str| it.chars().enumerate().all(|(index, sign)| self.peek(index) == Some(sign));
        let Some(sign) = SIGNS.iter().find(fits) else {
            let expected = match self.peek(0) {
                Some('=') => "`==` to compare",
                Some('&') => "`&&`",
                Some('|') => "`||`",
                _ => "a name, a value or an operator",
            };
            return Err(self.mistake(1, "this sign means nothing here", expected));
        };
        self.at += sign.len();
        Ok(Token::Sign(sign))
    }

    fn name(&mut self) -> Token {
        let start = self.at;
        let mut end = self.after_word(start);
        let mut longest = end;
        // A dash belongs to a name only where the whole is a name that is known.
        while self.signs.get(end) == Some(&'-')
            && self.signs.get(end + 1).is_some_and(|it| is_name_part(*it))
        {
            end = self.after_word(end + 1);
            let word: String = self.signs[start..end].iter().collect();
            if self.dashed.contains(&word.as_str()) {
                longest = end;
            }
        }
        self.at = longest;
        Token::Name(self.signs[start..longest].iter().collect())
    }

    fn after_word(&self, start: usize) -> usize {
        start + self.signs[start..].iter().take_while(|it| is_name_part(**it)).count()
    }

    fn number(&mut self) -> Result<Token, Mistake> {
        let start = self.at;
        if self.peek(0) == Some('0') && matches!(self.peek(1), Some('x' | 'X')) {
            self.at = self.after_word(start);
            let digits: String = self.signs[start + 2..self.at].iter().collect();
            let value = i64::from_str_radix(&digits, 16).ok();
            return value
                .map(|it| Token::Literal(Value::Int(it)))
                .ok_or_else(|| self.bad_number(start));
        }
        self.digits();
        let mut whole = true;
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|it| it.is_ascii_digit()) {
            self.at += 1;
            self.digits();
            whole = false;
        }
        let exponent = usize::from(matches!(self.peek(1), Some('+' | '-'))) + 1;
        if matches!(self.peek(0), Some('e' | 'E'))
            && self.peek(exponent).is_some_and(|it| it.is_ascii_digit())
        {
            self.at += exponent;
            self.digits();
            whole = false;
        }
        let end = self.at;
        self.at = self.after_word(end);
        let text: String = self.signs[start..self.at].iter().collect();
        if end < self.at {
            if let Some(bytes) = duration::parse_size(&text) {
                return Ok(Token::Literal(Value::Int(bytes)));
            }
            return match duration::parse(&text) {
                Ok(micros) => Ok(Token::Literal(Value::Duration(micros))),
                Err(expected) => {
                    Err(self.since(start, "this is not a number or a duration", expected))
                }
            };
        }
        let value = if whole {
            text.parse().ok().map(Value::Int)
        } else {
            number::parse(&text).map(Value::Float)
        };
        value.map(Token::Literal).ok_or_else(|| self.bad_number(start))
    }

    fn digits(&mut self) {
        while self.peek(0).is_some_and(|it| it.is_ascii_digit()) {
            self.at += 1;
        }
    }

    fn bad_number(&self, start: usize) -> Mistake {
        self.since(
            start,
            "the number is too large",
            "a whole number below 2^63, or a number with a fraction",
        )
    }

    fn text(&mut self, raw: bool) -> Result<Token, Mistake> {
        let start = self.at;
        self.at += usize::from(raw);
        let quote = self.peek(0);
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.peek(0) {
                None => {
                    return Err(self.since(
                        start,
                        "a quotation mark is missing",
                        "the quotation mark that closes the text",
                    ));
                }
                Some('\\') if !raw => text.push(self.escape()?),
                sign if sign == quote => {
                    self.at += 1;
                    return Ok(Token::Literal(Value::text(text)));
                }
                Some(sign) => {
                    text.push(sign);
                    self.at += 1;
                }
            }
        }
    }

    /// The sign that an escape stands for.
    fn escape(&mut self) -> Result<char, Mistake> {
        let start = self.at;
        let (radix, skip, digits) = match self.peek(1) {
            Some('x' | 'X') => (16, 2, 2),
            Some('u') => (16, 2, 4),
            Some('U') => (16, 2, 8),
            Some('0'..='3') => (8, 1, 3),
            simple => {
                self.at += 2;
                let sign = simple.and_then(simple_escape);
                return sign.ok_or_else(|| {
                    self.since(start, "unknown escape in a text", "`\\\\` for a backslash")
                });
            }
        };
        self.at += skip;
        let end = (self.at + digits).min(self.signs.len());
        let code: String = self.signs[self.at..end].iter().collect();
        self.at = end;
        let sign =
            u32::from_str_radix(&code, radix).ok().filter(|_| code.chars().count() == digits);
        let sign = sign.filter(|_| !code.starts_with('+')).and_then(char::from_u32);
        sign.ok_or_else(|| {
            self.since(start, "this escape is no character", "a number of a Unicode character")
        })
    }

    fn mistake(&self, length: usize, message: &str, expected: &str) -> Mistake {
        Mistake::new(Range { start: self.at, length }, message, expected)
    }

    fn since(&self, start: usize, message: &str, expected: &str) -> Mistake {
        Mistake::new(
            Range { start, length: self.at.min(self.signs.len()) - start },
            message,
            expected,
        )
    }
}

fn simple_escape(sign: char) -> Option<char> {
    Some(match sign {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0C',
        'v' => '\x0B',
        '\\' | '\'' | '"' | '`' | '?' => sign,
        _ => return None,
    })
}

fn is_name_start(sign: char) -> bool {
    sign.is_ascii_alphabetic() || sign == '_'
}

fn is_name_part(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}
