//! What comes together while a scenario is compiled: findings, and who sends what where.

use crate::base::limits;
use crate::language::diagnostic::Place;
use crate::language::findings::Findings;
use crate::language::scenario::{ChannelId, KnobId, MessageId, ServiceId};
use crate::language::yaml::Node;

/// The bound of titles and labels, and its name.
pub(super) const LABEL: (usize, &str) = (limits::LABEL_CHARS_MAX, "LABEL_CHARS_MAX");
/// The bound of a summary, and its name.
pub(super) const NOTE: (usize, &str) = (limits::NOTE_CHARS_MAX, "NOTE_CHARS_MAX");
/// The bound of a step of a lesson, and its name.
pub(super) const LESSON: (usize, &str) = (limits::LESSON_CHARS_MAX, "LESSON_CHARS_MAX");

/// What has been found out so far.
pub(super) struct Report<'t> {
    /// What is wrong.
    pub(super) findings: Findings<'t>,
    /// The knobs that something looks at while the scenario runs.
    pub(super) live_knobs: Vec<KnobId>,
    /// True while the first rows of tables are compiled.
    pub(super) at_start: bool,
    /// Who sends what where.
    pub(super) traffic: Traffic,
}

/// Who sends what where: what `wiring` looks at.
#[derive(Default)]
pub(super) struct Traffic {
    /// Messages that are sent, and where the text says so.
    pub(super) sent: Vec<Sent>,
    /// Channels to which something is sent with a route.
    pub(super) routed: Vec<ChannelId>,
    /// Messages that services send to their later selves.
    pub(super) later: Vec<(ServiceId, MessageId)>,
    /// Messages to their later selves that services take back, and where the text says so.
    pub(super) taken_back: Vec<(ServiceId, MessageId, Place)>,
    /// Messages that answer.
    pub(super) replies: Vec<MessageId>,
    /// Messages that tell devices the outcome, and where the text says so.
    pub(super) outcomes: Vec<(MessageId, Place)>,
}

/// A message that is sent on a channel.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    /// The message.
    pub(super) message: MessageId,
    /// The channel.
    pub(super) channel: ChannelId,
    /// Does the sender wait for an answer?
    pub(super) is_call: bool,
    /// Where the text says so.
    pub(super) place: Place,
}

impl<'t> Report<'t> {
    /// Nothing found so far in this text.
    pub(super) fn about(text: &'t str) -> Self {
        let findings = Findings::about(text);
        Self { findings, live_knobs: Vec::new(), at_start: false, traffic: Traffic::default() }
    }

    /// Something is wrong here.
    pub(super) fn say(
        &mut self,
        place: Place,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.findings.say(place, message, expected);
    }

    /// The text of a scalar. `what` says what it should be.
    pub(super) fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        match node.scalar() {
            Some(scalar) if !node.is_null() => Some(&scalar.text),
            _ => {
                self.say(node.place, ["this is ", node.word()].concat(), what);
                None
            }
        }
    }

    /// The text of a scalar that people read, which may not be longer than this bound, by its name.
    pub(super) fn words<'n>(
        &mut self,
        node: &'n Node,
        (most, bound): (usize, &str),
    ) -> Option<&'n str> {
        let text = self.text(node, "a text")?;
        if most < text.chars().count() {
            let expected = ["at most ", &most.to_string(), " characters (", bound, ")"].concat();
            self.say(node.place, "the text is too long", expected);
        }
        Some(text)
    }

    /// A label.
    pub(super) fn label(&mut self, node: &Node) -> Option<String> {
        self.words(node, LABEL).map(str::to_owned)
    }

    /// A whole number between two bounds.
    pub(super) fn number(&mut self, node: &Node, low: i64, high: i64) -> Option<i64> {
        let number = node.scalar().filter(|it| it.plain).and_then(|it| it.text.parse().ok());
        let number = number.filter(|it| (low..=high).contains(it));
        if number.is_none() {
            let expected =
                ["a whole number from ", &low.to_string(), " to ", &high.to_string()].concat();
            self.say(node.place, "this is not such a number", expected);
        }
        number
    }

    /// True or false.
    pub(super) fn truth(&mut self, node: &Node) -> Option<bool> {
        self.word(node, "truth", &["false", "true"]).map(|it| it == 1)
    }

    /// The index of the word that a scalar is, among some.
    pub(super) fn word(&mut self, node: &Node, what: &str, words: &[&str]) -> Option<usize> {
        let text = self.text(node, what)?;
        let found = words.iter().position(|it| *it == text);
        if found.is_none() {
            self.findings.unknown(node.place, what, text, words.iter().copied());
        }
        found
    }
}
