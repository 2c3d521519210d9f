//! The text beside its tree: comments, lines, and how each value was written.

use crate::language::yaml::{Content, Entry, Key, Node};

/// A comment, from its `#` to the end of its line.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    pub(super) start: usize,
    pub(super) line: usize,
    pub(super) column: usize,
    /// Does it stand in a line of its own?
    pub(super) alone: bool,
    pub(super) text: String,
}

/// A text and what the tree does not tell about it. Lines and columns count from 0, all in characters.
pub(super) struct Source {
    signs: Vec<char>,
    /// Where each line starts.
    lines: Vec<usize>,
    pub(super) comments: Vec<Comment>,
}

impl Source {
    pub(super) fn new(text: &str, tree: &Node) -> Self {
        let signs: Vec<char> = text.chars().collect();
        let breaks = signs.iter().enumerate().filter(|it| *it.1 == '\n').map(|it| it.0 + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        let mut source = Self { signs, lines, comments: Vec::new() };
        let mut words = Vec::new();
        source.words(tree, &mut words);
        words.push((source.signs.len(), 0));
        let mut from = 0;
        for (start, end) in words {
            source.scan(from, start);
            from = end;
        }
        source
    }

    /// The stretches of all keys and values in the order of the text: no comment begins there.
    fn words(&self, node: &Node, words: &mut Vec<(usize, usize)>) {
        match &node.content {
            Content::Scalar(_) => words.extend(self.word(node)),
            Content::List(items) => items.iter().for_each(|it| self.words(it, words)),
            Content::Mapping(entries) => {
                for it in entries {
                    words.push(self.key(&it.key));
                    self.words(&it.value, words);
                }
            }
        }
    }

    /// Finds the comments between two words.
    fn scan(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to.min(self.signs.len()) {
            if self.signs[at] == '#' {
                let end = (at..self.signs.len()).find(|it| self.signs[*it] == '\n');
                let end = end.unwrap_or(self.signs.len());
                let text = self.slice(at, end).trim_end().to_owned();
                let line = self.line(at);
                let before = &self.signs[self.lines[line]..at];
                let alone = before.iter().all(|it| it.is_whitespace());
                let column = before.len();
                self.comments.push(Comment { start: at, line, column, alone, text });
                at = end;
            }
            at += 1;
        }
    }

    /// Where a value stands, if there is more than nothing. What follows a block of text does not belong to it.
    pub(super) fn word(&self, node: &Node) -> Option<(usize, usize)> {
        let scalar = node.scalar()?;
        if let Some(header) = self.header(node) {
            return Some((header, self.trimmed(header, node.end)));
        }
        match self.signs.get(node.start) {
            // The parser lets a quoted text reach as far as the next word.
            Some(quote @ ('"' | '\'')) if !scalar.plain => {
                Some((node.start, self.closing_quote(node.start, *quote)))
            }
            _ if scalar.text.is_empty() => None,
            _ => Some((node.start, self.trimmed(node.start, node.end))),
        }
    }

    /// The end of what is there without the blanks behind it.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        let text = &self.signs[start..end.min(self.signs.len())];
        start + text.iter().rposition(|it| !it.is_whitespace()).map_or(0, |it| it + 1)
    }

    fn closing_quote(&self, start: usize, quote: char) -> usize {
        let mut at = start + 1;
        while let Some(sign) = self.signs.get(at) {
            let twice = quote == '\'' && self.signs.get(at + 1) == Some(&quote);
            at += match *sign {
                '\\' if quote == '"' => 2,
                it if it == quote && twice => 2,
                it if it == quote => return at + 1,
                _ => 1,
            };
        }
        self.signs.len()
    }

    /// Where a value ends: behind its last sign, or behind its brace or bracket.
    pub(super) fn end(&self, node: &Node) -> usize {
        let (inside, closing) = match &node.content {
            Content::Scalar(_) => return self.word(node).map_or(node.start, |it| it.1),
            Content::List(items) => (items.last().map(|it| self.end(it)), ']'),
            Content::Mapping(entries) => {
                let last = |it: &Entry| self.key(&it.key).1.max(self.end(&it.value));
                (entries.last().map(last), '}')
            }
        };
        let mut at = inside.unwrap_or(node.start);
        while let Some(sign) = self.signs.get(at).filter(|_| self.is_flow(node)) {
            at += 1;
            match *sign {
                it if it == closing => return at,
                '#' => at = self.lines.get(self.line(at) + 1).copied().unwrap_or(self.signs.len()),
                _ => {}
            }
        }
        at
    }

    /// The `|` or `>` of a block of text, which the tree counts from its first line.
    pub(super) fn header(&self, node: &Node) -> Option<usize> {
        let block = node.scalar().is_some_and(|it| !it.plain);
        let before = self.signs.get(..node.start).filter(|_| block)?;
        let last = before.iter().rposition(|it| !it.is_whitespace())?;
        let start = self.lines[self.line(last)];
        let mut line: String = self.slice(start, last + 1);
        if let Some(comment) = line.find(" #") {
            line.truncate(comment);
        }
        let marks =
            line.trim_end().trim_end_matches(|it: char| "+-".contains(it) || it.is_ascii_digit());
        let alone = marks.strip_suffix(['|', '>'])?;
        alone.ends_with(' ').then(|| start + alone.chars().count())
    }

    /// Where a key stands.
    pub(super) fn key(&self, key: &Key) -> (usize, usize) {
        let line = self.lines.get(key.place.line as usize - 1).copied().unwrap_or(0);
        let start = (line + key.place.column as usize - 1).min(self.signs.len());
        let end = match self.signs.get(start) {
            Some(quote @ ('"' | '\'')) => self.closing_quote(start, *quote),
            _ => self.trimmed(start, start + key.place.length as usize),
        };
        (start, end)
    }

    /// The first key or value of a node.
    pub(super) fn first(&self, node: &Node) -> Option<usize> {
        match &node.content {
            Content::Scalar(_) => self.word(node).map(|it| it.0),
            Content::List(items) => items.first().and_then(|it| self.first(it)),
            Content::Mapping(entries) => entries.first().map(|it| self.key(&it.key).0),
        }
    }

    /// Is it written in braces or brackets?
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        let is_scalar = matches!(node.content, Content::Scalar(_));
        !is_scalar && matches!(self.signs.get(node.start), Some('{' | '['))
    }

    /// Does a comment stand inside?
    pub(super) fn has_comments(&self, node: &Node) -> bool {
        let next = self.comments.partition_point(|it| it.start < node.start);
        self.comments.get(next).is_some_and(|it| it.start < self.end(node))
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> String {
        self.signs[from..to].iter().collect()
    }

    /// All of a value as it stands there, with the blank lines behind a block of text.
    pub(super) fn whole(&self, node: &Node) -> String {
        self.slice(self.header(node).unwrap_or(node.start), node.end.min(self.signs.len()))
    }

    /// The line that a character stands in.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|it| *it <= at) - 1
    }

    /// How many characters stand before it in its line.
    pub(super) fn column(&self, at: usize) -> usize {
        at - self.lines[self.line(at)]
    }

    /// Is the line above this one empty?
    pub(super) fn blank_above(&self, line: usize) -> bool {
        let Some(above) = line.checked_sub(1) else { return false };
        self.signs[self.lines[above]..self.lines[line]].iter().all(|it| it.is_whitespace())
    }

    /// Are the comments those of another text?
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let texts = |it: &Self| it.comments.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
        texts(self) == texts(other)
    }
}
