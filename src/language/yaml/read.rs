//! Events of the YAML parser in, a tree out. Bounds are checked while the events come in.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::tree::{Content, Entry, Key, Node, Scalar};
use crate::base::limits;
use crate::language::diagnostic::Place;
use crate::language::findings::Findings;

/// Reads a text. What is wrong goes to `findings`; there may be a tree all the same, as far as it goes.
pub(crate) fn read(text: &str, findings: &mut Findings<'_>) -> Option<Node> {
    read_at_most(limits::ITEMS_MAX, text, findings)
}

/// Reads a text of at most so many scalars, keys and collections.
pub(crate) fn read_at_most(
    items_max: usize,
    text: &str,
    findings: &mut Findings<'_>,
) -> Option<Node> {
    let mut builder = Builder { open: Vec::new(), root: None, items: 0, items_max, findings };
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let (message, expected) = in_plain_words(error.info());
                let place = builder.findings.on_its_line(point(*error.marker()));
                builder.findings.say(place, message, expected);
                return None;
            }
        };
        if builder.take(event, span).is_err() {
            return None;
        }
    }
    if builder.root.is_none() && builder.findings.is_empty() {
        let expected = "a scenario, which begins with `inflight: 1`";
        builder.findings.say(
            Place { line: 1, column: 1, length: 0 },
            "the text is empty",
            expected,
        );
    }
    builder.root
}

/// Going on makes no sense; the finding has been said.
struct Stop;

/// A collection whose end has not come yet.
struct Open {
    start: Marker,
    content: Content,
    key: Option<Key>,
    /// Of a mapping: its entries by their keys.
    order: Vec<usize>,
}

/// Puts nodes into the collections that are open.
struct Builder<'f, 't> {
    open: Vec<Open>,
    root: Option<Node>,
    items: usize,
    items_max: usize,
    findings: &'f mut Findings<'t>,
}

impl Builder<'_, '_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => self.stop(
                span,
                "a second document begins here",
                "one document in one file, without `---` inside",
            ),
            Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd => Ok(()),
            Event::Alias(_) => self.stop(
                span,
                "aliases (`*name`) are not part of this language",
                "the value itself",
            ),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _)
                if anchor != 0 =>
            {
                self.stop(
                    span,
                    "anchors (`&name`) are not part of this language",
                    "the value alone",
                )
            }
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => {
                self.stop(span, "tags (`!name`) are not part of this language", "the value alone")
            }
            Event::Scalar(text, style, _, None) => {
                let scalar = Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain };
                self.put(node(span.start, span.end, Content::Scalar(scalar)))
            }
            Event::SequenceStart(_, None) => self.begin(span, Content::List(Vec::new())),
            Event::MappingStart(_, None) => self.begin(span, Content::Mapping(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.open.pop().expect("law: the parser ends only what it has begun");
                let mut node = node(open.start, span.end, open.content);
                node.place.length = 0;
                self.put(node)
            }
        }
    }

    fn begin(&mut self, span: Span, content: Content) -> Result<(), Stop> {
        if self.expects_key() {
            return self.stop(span, "a key must be a single value", "a name and a colon");
        }
        if limits::NESTING_MAX <= self.open.len() {
            let most = limits::NESTING_MAX.to_string();
            return self.stop(
                span,
                "nested too deep",
                &["at most ", &most, " mappings and lists inside each other (NESTING_MAX)"]
                    .concat(),
            );
        }
        self.open.push(Open { start: span.start, content, key: None, order: Vec::new() });
        Ok(())
    }

    /// Is the next node a key?
    fn expects_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|it| it.key.is_none() && matches!(it.content, Content::Mapping(_)))
    }

    /// Puts a node that is complete where it belongs.
    fn put(&mut self, node: Node) -> Result<(), Stop> {
        self.items += 1;
        if self.items_max < self.items {
            let most = self.items_max.to_string();
            self.findings.say(
                node.place,
                "too many values in one file",
                ["at most ", &most, " (ITEMS_MAX)"].concat(),
            );
            return Err(Stop);
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match (&mut open.content, open.key.take()) {
            (Content::List(items), _) => items.push(node),
            (Content::Mapping(entries), Some(key)) => entries.push(Entry { key, value: node }),
            (Content::Mapping(entries), None) => {
                let Content::Scalar(scalar) = node.content else { return Err(Stop) };
                let key = Key { text: scalar.text, place: node.place };
                let known = |it: &usize| entries[*it].key.text.as_str().cmp(&key.text);
                match open.order.binary_search_by(known) {
                    Ok(place) => {
                        let first = entries[open.order[place]].key.place.line.to_string();
                        let message = ["the same key stands already in line ", &first].concat();
                        self.findings.say(key.place, message, "each key once");
                    }
                    // Its entry is the next one.
                    Err(place) => open.order.insert(place, entries.len()),
                }
                open.key = Some(key);
            }
            (Content::Scalar(_), _) => {}
        }
        Ok(())
    }

    fn stop(&mut self, span: Span, message: &str, expected: &str) -> Result<(), Stop> {
        self.findings.say(point(span.start), message, expected);
        Err(Stop)
    }
}

/// A node between two markers; its length is that of its first line.
fn node(start: Marker, end: Marker, content: Content) -> Node {
    let length = match &content {
        Content::Scalar(_) if start.line() == end.line() => end.col() - start.col(),
        Content::Scalar(scalar) => scalar.text.lines().next().unwrap_or_default().chars().count(),
        Content::List(_) | Content::Mapping(_) => 0,
    };
    let place = Place { length: narrow(length), ..point(start) };
    Node { place, start: start.index(), end: end.index(), content }
}

fn point(marker: Marker) -> Place {
    Place { line: narrow(marker.line()), column: narrow(marker.col() + 1), length: 0 }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What the parser's words mean, and what helps.
const PLAIN_WORDS: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a colon where no key can be",
        "quotes around a text that contains `: `",
    ),
    ("',' or ']'", "a list in brackets is not closed", "`,` or `]`"),
    (
        "',' or '}'",
        "a mapping in braces is not closed",
        "`,` or `}`; quotes around a value that contains `,`",
    ),
    (
        "quoted scalar, found unexpected end",
        "a quotation mark is missing",
        "the quotation mark that closes the text",
    ),
    ("unknown escape", "unknown escape in a text", "single quotes, or `\\\\` for a backslash"),
    (
        "trailing content after",
        "something stands behind the closing quotation mark",
        "the end of the value",
    ),
    (
        "expected '-' indicator",
        "a list stops in the middle",
        "`- ` in front of each item, in the same column",
    ),
    (
        "did not find expected key",
        "a mapping stops in the middle",
        "keys in the same column, each with a colon",
    ),
    ("simple key expect", "a key without a colon", "`key: value`"),
    ("unprintable", "a sign that cannot be printed", "plain text"),
    ("tab", "a tab where only spaces may be", "spaces"),
    ("indentation", "wrong indentation", "spaces that line up with the lines above"),
    ("unknown anchor", "aliases (`*name`) are not part of this language", "the value itself"),
    ("plain scalar", "a value cannot start with this sign", "quotes around the value"),
    ("unexpected character", "a value cannot start with this sign", "quotes around the value"),
    ("recursion limit", "nested too deep", "fewer mappings and lists inside each other"),
];

fn in_plain_words(info: &str) -> (String, &'static str) {
    match PLAIN_WORDS.iter().find(|(part, _, _)| info.contains(part)) {
        Some((_, message, expected)) => ((*message).to_owned(), expected),
        None => (["this is not YAML: ", info].concat(), ""),
    }
}
