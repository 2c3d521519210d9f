//! The printer: walks along the tree and writes it anew, with the comments that stand between.

use super::source::Source;
use crate::language::yaml::{Content, Entry, Node, Scalar};

/// Columns of a line in braces or brackets; what is longer stands in lines of its own.
const COLUMNS: usize = 120;
/// Blanks for each level.
const STEP: usize = 2;
/// Sections whose parts stand apart, with a blank line between them.
const SPACED: &[&str] = &["services", "clients"];
/// Words that mean something else without quotes, here or to other readers of YAML.
const TAKEN: &[&str] =
    &["null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "infinity", "nan"];

/// The whole text.
pub(super) fn print(source: &Source, tree: &Node) -> String {
    let mut printer = Printer {
        source,
        out: String::new(),
        comment: 0,
        line: None,
        begun: false,
        gap: Gap::Author,
        kept: false,
    };
    let end = usize::MAX;
    if source.is_flow(tree) || tree.scalar().is_some() {
        printer.flush(source.first(tree).unwrap_or(0), 0);
        printer.value(tree, Level { indent: 0, used: 0, until: end, column: 0 });
    } else {
        printer.block(tree, Level { indent: 0, used: 0, until: end, column: 0 }, Some(""));
    }
    printer.gap = Gap::Author;
    printer.flush(end, 0);
    if !printer.out.is_empty() {
        printer.out.push('\n');
    }
    printer.out
}

/// Is there a blank line before the next line?
#[derive(Clone, Copy)]
enum Gap {
    Author,
    Never,
    Always,
}

/// Where a value goes.
#[derive(Clone, Copy)]
struct Level {
    /// Blanks in front of its lines.
    indent: usize,
    /// Columns that are taken in front of it, in its first line.
    used: usize,
    /// The first word behind it.
    until: usize,
    /// The column in the text from which a comment after it still belongs to it.
    column: usize,
}

struct Printer<'s> {
    source: &'s Source,
    out: String,
    /// The next comment.
    comment: usize,
    /// The line of the text that the last word came from, if a comment can still stand behind it.
    line: Option<usize>,
    /// Has the next line been begun already, by `- `?
    begun: bool,
    gap: Gap,
    /// Blank lines belong to the text before, so that there may be neither more nor fewer.
    kept: bool,
}

impl Printer<'_> {
    /// Begins a line for what stands in this line of the text.
    fn begin(&mut self, indent: usize, line: usize) {
        if self.begun {
            self.begun = false;
            return;
        }
        let blank = match std::mem::replace(&mut self.gap, Gap::Author) {
            Gap::Author => self.source.blank_above(line),
            Gap::Never => false,
            Gap::Always => true,
        };
        let blank = !std::mem::take(&mut self.kept) && blank;
        if !self.out.is_empty() {
            self.out.push_str(if blank { "\n\n" } else { "\n" });
        }
        self.blanks(indent);
    }

    fn blanks(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    /// Writes the comments that stand before a place.
    fn flush(&mut self, until: usize, indent: usize) {
        while self.source.comments.get(self.comment).is_some_and(|it| it.start < until) {
            self.say(indent);
        }
    }

    /// Writes the next comment: behind the last word if it stood there, or in a line of its own.
    fn say(&mut self, indent: usize) {
        let source = self.source;
        let comment = &source.comments[self.comment];
        if self.line == Some(comment.line) && !comment.alone {
            self.out.push(' ');
        } else {
            self.begin(indent, comment.line);
        }
        self.out.push_str(&comment.text);
        self.comment += 1;
        self.line = None;
    }

    /// Writes the comments behind a block that still belong to it.
    fn close(&mut self, level: Level) {
        self.gap = Gap::Author;
        while let Some(it) = self.source.comments.get(self.comment) {
            let behind = self.line == Some(it.line) && !it.alone;
            let inside = it.alone && level.column <= it.column;
            if level.until <= it.start || !behind && !inside {
                return;
            }
            self.say(level.indent);
        }
    }

    /// A mapping or a list in lines of its own. `section` is the key that it stands under, near the top.
    fn block(&mut self, node: &Node, level: Level, section: Option<&str>) {
        let flow = self.source.is_flow(node);
        match &node.content {
            Content::Scalar(_) => {}
            Content::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    let next = items[index + 1..].iter().find_map(|it| self.source.first(it));
                    self.opening(index);
                    self.item(item, Level { until: next.unwrap_or(level.until), ..level });
                }
            }
            Content::Mapping(entries) => {
                let mut before = false;
                for (index, entry) in entries.iter().enumerate() {
                    let next = entries.get(index + 1).map(|it| self.source.key(&it.key).0);
                    let inner = Level { until: next.unwrap_or(level.until), ..level };
                    let tall = self.is_tall(entry, level.indent);
                    self.opening(index);
                    let apart = section.is_some_and(|it| it.is_empty() || SPACED.contains(&it));
                    if apart && 0 < index && (before || tall) {
                        self.gap = Gap::Always;
                    }
                    before = tall;
                    let inside = section.filter(|it| it.is_empty());
                    self.entry(entry, inner, inside.map(|_| entry.key.text.as_str()));
                }
            }
        }
        if !flow {
            self.close(level);
        }
    }

    /// Nothing blank stands between a block and what it belongs to.
    fn opening(&mut self, index: usize) {
        self.gap = if index == 0 && !self.out.is_empty() && !self.begun {
            Gap::Never
        } else {
            Gap::Author
        };
    }

    /// Does an entry take more than a line?
    fn is_tall(&self, entry: &Entry, indent: usize) -> bool {
        let used = indent + self.key(entry, false).chars().count() + 2;
        !self.is_nothing(&entry.value) && self.inline(&entry.value, used).is_none()
    }

    fn entry(&mut self, entry: &Entry, level: Level, section: Option<&str>) {
        let (start, end) = self.source.key(&entry.key);
        let key = self.key(entry, false);
        let used = level.indent + key.chars().count() + 2;
        let inline = self.inline(&entry.value, used);
        if !self.begun {
            // A comment between a key and a value in its line has to stand above both.
            let first = inline.as_ref().and_then(|_| self.source.first(&entry.value));
            self.flush(first.unwrap_or(start), level.indent);
        }
        self.begin(level.indent, self.source.line(start));
        self.out.push_str(&key);
        self.out.push(':');
        self.line = Some(self.source.line(end));
        if self.is_nothing(&entry.value) {
            return;
        }
        if inline.is_some() || entry.value.scalar().is_some() {
            self.out.push(' ');
            return self.value(&entry.value, Level { used, ..level });
        }
        let own = self.source.column(start) + 1;
        let column = self.source.column(entry.value.start).max(own);
        self.block(&entry.value, Level { indent: level.indent + STEP, column, ..level }, section);
    }

    fn item(&mut self, item: &Node, level: Level) {
        let first = self.source.first(item);
        if let Some(first) = first.filter(|_| !self.begun) {
            self.flush(first, level.indent);
        }
        let start = first.unwrap_or(item.start);
        self.begin(level.indent, self.source.line(start));
        self.out.push('-');
        if self.is_nothing(item) {
            self.line = None;
            return;
        }
        self.out.push(' ');
        let used = level.indent + STEP;
        if item.scalar().is_some() || self.inline(item, used).is_some() {
            return self.value(item, Level { used, ..level });
        }
        self.begun = true;
        let column = self.source.column(item.start);
        self.block(item, Level { indent: level.indent + STEP, column, ..level }, None);
    }

    /// A value behind its key or dash: in the same line, or a text of several lines.
    fn value(&mut self, node: &Node, level: Level) {
        self.line = Some(self.source.line(self.source.end(node).max(1) - 1));
        if let Some(line) = self.inline(node, level.used) {
            self.out.push_str(&line);
            return;
        }
        if node.scalar().is_none() {
            return self.block(node, level, None);
        }
        let text = self.source.whole(node);
        if self.source.header(node).is_some() {
            self.text_block(&text, level.indent + STEP);
            self.line = None;
            return;
        }
        for (index, line) in text.trim_end().split('\n').enumerate() {
            if index == 0 {
                self.out.push_str(line.trim_end());
                continue;
            }
            self.out.push('\n');
            if !line.trim().is_empty() {
                self.blanks(level.indent + STEP);
                self.out.push_str(line.trim());
            }
        }
    }

    /// A text behind `|` or `>`: its lines moved to the new column, and nothing else.
    fn text_block(&mut self, text: &str, indent: usize) {
        let (header, body) = text.split_once('\n').unwrap_or((text, ""));
        let (marks, comment) = header.split_at(header.find('#').unwrap_or(header.len()));
        let marks: String =
            marks.trim().chars().map(|it| if it.is_ascii_digit() { '2' } else { it }).collect();
        let explicit = marks.contains('2');
        let body = if marks.contains('+') { body } else { body.trim_end() };
        let leading = |line: &&str| line.len() - line.trim_start_matches(' ').len();
        let full = body.split('\n').filter(|it| !it.trim().is_empty());
        let widths = full.map(|it| leading(&it));
        let width = if explicit { widths.min() } else { widths.take(1).next() }.unwrap_or(0);
        self.out.push_str(&marks);
        if !comment.is_empty() {
            self.out.extend([" ", comment.trim_end()]);
        }
        if body.trim().is_empty() && !marks.contains('+') {
            return;
        }
        for line in body.trim_end_matches(['\n', ' ']).split('\n') {
            self.out.push('\n');
            let rest = line.get(width.min(leading(&line))..).unwrap_or("");
            if !rest.is_empty() {
                self.blanks(indent);
                self.out.push_str(rest);
            }
        }
        if marks.contains('+') {
            self.kept = true;
            let blank = body.len() - body.trim_end_matches(['\n', ' ']).len();
            let blank = body[body.len() - blank..].matches('\n').count();
            self.out.extend(std::iter::repeat_n('\n', blank.saturating_sub(1)));
        }
    }

    /// A value in one line, if it has room behind so many columns.
    fn inline(&self, node: &Node, used: usize) -> Option<String> {
        let single = match &node.content {
            Content::Scalar(scalar) => self.scalar(node, scalar, false)?,
            _ if self.source.is_flow(node) && !self.source.has_comments(node) => self.flow(node)?,
            _ => return None,
        };
        let written_so = node.scalar().is_some()
            && self.source.word(node).is_some_and(|(a, b)| !self.source.slice(a, b).contains('\n'));
        (written_so || used + single.chars().count() <= COLUMNS).then_some(single)
    }

    /// A value inside of braces or brackets.
    fn flow(&self, node: &Node) -> Option<String> {
        let (parts, [open, close]) = match &node.content {
            Content::Scalar(scalar) => return self.scalar(node, scalar, true),
            Content::List(items) => {
                let wide = items.first().is_some_and(|it| it.scalar().is_none());
                let parts: Option<Vec<String>> = items.iter().map(|it| self.flow(it)).collect();
                (parts?, if wide { ["[ ", " ]"] } else { ["[", "]"] })
            }
            Content::Mapping(entries) => {
                let part = |it: &Entry| {
                    let key = self.key(it, true);
                    if self.is_nothing(&it.value) {
                        return Some(key);
                    }
                    Some([&key, ": ", &self.flow(&it.value)?].concat())
                };
                let parts: Option<Vec<String>> = entries.iter().map(part).collect();
                (parts?, ["{ ", " }"])
            }
        };
        if parts.is_empty() {
            return Some([open.trim(), close.trim()].concat());
        }
        Some([open, &parts.join(", "), close].concat())
    }

    /// Is nothing written there?
    fn is_nothing(&self, node: &Node) -> bool {
        node.scalar().is_some() && self.source.word(node).is_none()
    }

    fn key(&self, entry: &Entry, flow: bool) -> String {
        let (start, end) = self.source.key(&entry.key);
        bare(&entry.key.text, &self.source.slice(start, end), flow)
    }

    /// A single value in one line, unless its line breaks mean something.
    fn scalar(&self, node: &Node, scalar: &Scalar, flow: bool) -> Option<String> {
        let Some((start, end)) = self.source.word(node) else { return Some(String::new()) };
        let written = self.source.slice(start, end);
        if self.source.header(node).is_some() {
            return None;
        }
        if !written.contains('\n') {
            return Some(bare(&scalar.text, &written, flow));
        }
        let mut lines = written.split('\n').map(str::trim);
        if lines.any(|it| it.is_empty() || it.ends_with('\\')) {
            return None;
        }
        let lines: Vec<&str> = written.split('\n').map(str::trim).collect();
        Some(bare(&scalar.text, &lines.join(" "), flow))
    }
}

/// A value without the quotes that it does not need.
fn bare(text: &str, written: &str, flow: bool) -> String {
    let quoted = written.starts_with(['\'', '"']);
    let begins = text.starts_with(|it: char| it.is_ascii_alphabetic())
        || text.starts_with('=') && 1 < text.len();
    let taken = || TAKEN.iter().any(|it| it.eq_ignore_ascii_case(text));
    let special = || {
        text.contains(": ")
            || text.contains(" #")
            || text.ends_with([':', ' '])
            || text.contains(|it: char| it.is_control())
            || flow && text.contains([',', '[', ']', '{', '}'])
    };
    if quoted && begins && !taken() && !special() { text.to_owned() } else { written.to_owned() }
}
