//! Everything that has a name and can be referred to.

use super::faults::Boundary;
use super::report::Report;
use crate::base::limits;
use crate::language::diagnostic::Place;
use crate::language::expression::{APART, Environment, RESERVED, ServiceShape, Type};
use crate::language::scenario::{
    Channel, ChannelId, ChannelKind, Knob, Message, MessageField, MessageId, ServiceId, TableId,
};
use crate::language::yaml::{Key, Node};

/// What has been declared.
#[derive(Default)]
pub(super) struct Names {
    /// The knobs.
    pub(super) knobs: Vec<Knob>,
    /// The messages.
    pub(super) messages: Vec<Message>,
    /// The types of their fields; [`Type::Any`] where the text names no type that there is.
    pub(super) field_types: Vec<Vec<Type>>,
    /// Where the messages are declared.
    pub(super) message_places: Vec<Place>,
    /// The channels.
    pub(super) channels: Vec<Channel>,
    /// The brokers.
    pub(super) brokers: Vec<String>,
    /// The services' names and tables.
    pub(super) services: Vec<ServiceShape>,
    /// What each service handles.
    pub(super) handles: Vec<Vec<MessageId>>,
    /// The handlers, in the order of the text.
    pub(super) handlers: Vec<HandlerShape>,
    /// Where faults may strike in handlers.
    pub(super) boundaries: Vec<Boundary>,
}

/// What can be seen of a handler before its steps are compiled.
pub(super) struct HandlerShape {
    /// Whose it is.
    pub(super) service: ServiceId,
    /// What it handles.
    pub(super) message: MessageId,
    /// Where it is declared.
    pub(super) place: Place,
    /// What it answers with; `None` is an answer without a body.
    pub(super) replies: Vec<Option<MessageId>>,
    /// Does it decide?
    pub(super) decides: bool,
}

impl Names {
    /// The handler of a message in a service.
    pub(super) fn handler(&self, service: ServiceId, message: MessageId) -> Option<&HandlerShape> {
        self.handlers.iter().find(|it| it.service == service && it.message == message)
    }

    /// Does this service answer this message?
    pub(super) fn answers(&self, service: ServiceId, message: MessageId) -> bool {
        self.handler(service, message).is_some_and(|it| !it.replies.is_empty())
    }

    /// What names mean outside of handlers.
    pub(super) fn environment(&self) -> Environment<'_> {
        Environment {
            knobs: &self.knobs,
            services: &self.services,
            chance: true,
            ..Environment::default()
        }
    }

    /// The message that a scalar names.
    pub(super) fn message(&self, report: &mut Report<'_>, node: &Node) -> Option<MessageId> {
        let name = report.text(node, "the name of a message")?;
        self.message_named(report, name, node.place)
    }

    /// The message with this name.
    pub(super) fn message_named(
        &self,
        report: &mut Report<'_>,
        name: &str,
        place: Place,
    ) -> Option<MessageId> {
        let found = self.messages.iter().position(|it| it.name == name);
        if found.is_none() {
            report.findings.unknown(
                place,
                "message",
                name,
                self.messages.iter().map(|it| it.name.as_str()),
            );
        }
        found
    }

    /// The channel that a scalar names.
    pub(super) fn channel(&self, report: &mut Report<'_>, node: &Node) -> Option<ChannelId> {
        let name = report.text(node, "the name of a channel")?;
        let found = self.channels.iter().position(|it| it.name == name);
        if found.is_none() {
            report.findings.unknown(
                node.place,
                "channel",
                name,
                self.channels.iter().map(|it| it.name.as_str()),
            );
        }
        found
    }

    /// The table that a scalar names as `service.table`.
    pub(super) fn table(
        &self,
        report: &mut Report<'_>,
        node: &Node,
    ) -> Option<(ServiceId, TableId)> {
        let text = report.text(node, "a table as `service.table`")?;
        let (service, table) = text.split_once('.').unwrap_or((text, ""));
        let Some(service) = self.services.iter().position(|it| it.name == service) else {
            report.findings.unknown(
                node.place,
                "service",
                service,
                self.services.iter().map(|it| it.name.as_str()),
            );
            return None;
        };
        let tables = &self.services[service].tables;
        let found = tables.iter().position(|it| &*it.name == table);
        if found.is_none() {
            let names: Vec<String> = tables
                .iter()
                .map(|it| [&self.services[service].name, ".", &it.name].concat())
                .collect();
            report.findings.unknown(node.place, "table", text, names.iter().map(String::as_str));
        }
        if found.is_some_and(|it| tables[it].apart) {
            report.say(node.place, "each instance has its own such table", APART);
        }
        found.map(|table| (service, table))
    }

    /// A field that some messages have. Whether those on the channel do is seen when it is known which they are.
    pub(super) fn field_of_messages(&self, name: &str, place: Place) -> MessageField {
        let place_in = |it: &Message| it.fields.iter().position(|it| it.name == name);
        let places = self.messages.iter().map(place_in).collect();
        MessageField { name: name.to_owned(), places, place }
    }

    /// The services that read a channel and handle a message.
    pub(super) fn takers(
        &self,
        channel: ChannelId,
        message: MessageId,
    ) -> impl Iterator<Item = ServiceId> {
        self.channels[channel]
            .readers
            .iter()
            .copied()
            .filter(move |it| self.handles[*it].contains(&message))
    }

    /// The queues and direct channels that lead to somebody who handles a message.
    pub(super) fn ways(&self, message: MessageId) -> Vec<ChannelId> {
        let leads = |id: &ChannelId| !self.tells(*id) && self.takers(*id, message).next().is_some();
        (0..self.channels.len()).filter(leads).collect()
    }

    /// Is this channel a topic?
    pub(super) fn is_topic(&self, channel: ChannelId) -> bool {
        matches!(self.channels[channel].kind, ChannelKind::Topic { .. })
    }

    /// Does each reader of this channel get what it handles, as of a topic or a log?
    pub(super) fn tells(&self, channel: ChannelId) -> bool {
        matches!(self.channels[channel].kind, ChannelKind::Topic { .. } | ChannelKind::Log { .. })
    }

    /// A channel's kind in a word, with its article.
    pub(super) fn kind_of(&self, channel: ChannelId) -> &'static str {
        match self.channels[channel].kind {
            ChannelKind::Queue { .. } => "a queue",
            ChannelKind::Topic { .. } => "a topic",
            ChannelKind::Log { .. } => "a log",
            ChannelKind::Direct => "a direct channel",
        }
    }
}

/// How a name may be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Letters, digits and `_`: it stands in expressions.
    Word,
    /// Letters, digits, `_` and `-`.
    Dashed,
    /// Anything on one line.
    Free,
}

/// Is this a name that can be declared? Says so if not.
pub(super) fn declare(report: &mut Report<'_>, key: &Key, spelling: Spelling) -> bool {
    let name = &key.text;
    let first = name.chars().next();
    let fits = match spelling {
        Spelling::Free => !name.trim().is_empty() && !name.contains('\n'),
        Spelling::Word | Spelling::Dashed => {
            let part = |it: char| {
                it.is_ascii_alphanumeric() || it == '_' || it == '-' && spelling == Spelling::Dashed
            };
            first.is_some_and(|it| it.is_ascii_alphabetic())
                && name.chars().all(part)
                && !name.ends_with('-')
        }
    };
    if !fits {
        let expected = match spelling {
            Spelling::Word => "a letter, then letters, digits and `_`",
            Spelling::Dashed => "a letter, then letters, digits, `_` and `-`",
            Spelling::Free => "some words on one line",
        };
        report.say(key.place, "this cannot be a name", expected);
    } else if limits::NAME_CHARS_MAX < name.chars().count() {
        let most = ["at most ", &limits::NAME_CHARS_MAX.to_string(), " characters"].concat();
        report.say(key.place, "the name is too long", most);
    } else if spelling != Spelling::Free && RESERVED.contains(&name.as_str()) {
        report.say(key.place, "this word has a meaning of its own in expressions", "another name");
    } else {
        return true;
    }
    false
}
