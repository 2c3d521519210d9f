//! The whole: does everything that is sent arrive somewhere, and can everything that waits be reached?

use super::names::Names;
use super::report::{Report, Sent};
use super::turns;
use crate::base::limits;
use crate::language::diagnostic::Place;
use crate::language::scenario::{ChannelKind, Client, MessageId, Service};

/// Looks at the whole.
pub(super) fn check(
    report: &mut Report<'_>,
    names: &Names,
    services: &[Service],
    clients: &[Client],
) {
    check_nodes(report, names, services, clients);
    for sent in report.traffic.sent.clone() {
        check_sent(report, names, sent);
    }
    for (message, place) in report.traffic.outcomes.clone() {
        check_outcome(report, names, message, place);
    }
    for (service, message, place) in report.traffic.taken_back.clone() {
        if !report.traffic.later.contains(&(service, message)) {
            let name = &names.messages[message].name;
            let text =
                ["`", &names.services[service].name, "` never sends this to itself"].concat();
            report.say(
                place,
                text,
                ["`after: 5s`, `send: ", name, "` in one of its handlers"].concat(),
            );
        }
    }
    check_channels(report, names);
    turns::check(report, names, services);
    check_handlers(report, names, services);
    check_messages(report, names);
}

/// Nodes have different names, and there are not too many.
fn check_nodes(report: &mut Report<'_>, names: &Names, services: &[Service], clients: &[Client]) {
    let mut nodes: Vec<(&str, Place)> =
        services.iter().map(|it| (it.name.as_str(), it.place)).collect();
    for (index, broker) in names.brokers.iter().enumerate() {
        let channel = names.channels.iter().find(|it| it.kind.broker() == Some(index));
        let place = channel.map_or(Place::default(), |it| it.place);
        nodes.push((broker, place));
    }
    for client in clients {
        nodes.push((&client.name, client.place));
        nodes.extend(client.people.iter().map(|it| (it.as_str(), client.place)));
    }
    if limits::NODES_MAX < nodes.len() - clients.len() {
        return too_many_nodes(report, nodes.last().map_or(Place::default(), |it| it.1));
    }
    // The order of the text decides who had the name first.
    for (index, (name, place)) in nodes.iter().enumerate() {
        if let Some((_, other)) = nodes[..index].iter().find(|it| it.0 == *name) {
            let text = ["there is another node with the name `", name, "`"].concat();
            report.say(
                *place.max(other),
                text,
                "different names for services, brokers, classes of people and people",
            );
        }
    }
}

pub(super) fn too_many_nodes(report: &mut Report<'_>, place: Place) {
    let most = limits::NODES_MAX.to_string();
    let expected = ["at most ", &most, " services, brokers and people together"].concat();
    report.say(place, "there are too many nodes", expected);
}

/// Somebody takes in what is sent, and answers if somebody waits.
fn check_sent(report: &mut Report<'_>, names: &Names, sent: Sent) {
    let message = &names.messages[sent.message].name;
    let channel = &names.channels[sent.channel];
    let told = names.tells(sent.channel)
        && report.traffic.outcomes.iter().any(|(it, _)| *it == sent.message);
    if names.takers(sent.channel, sent.message).next().is_none() && !told {
        let text = ["nobody who receives `", &channel.name, "` handles `", message, "`"].concat();
        let expected =
            ["`", message, "` in `handles` of a service that receives `", &channel.name, "`"]
                .concat();
        report.say(sent.place, text, expected);
        return;
    }
    let answers = |it| names.answers(it, sent.message);
    if sent.is_call && !names.takers(sent.channel, sent.message).any(answers) {
        let text = ["the handler of `", message, "` never replies"].concat();
        report.say(sent.place, text, "a `reply` step there, or `send` instead of `call`");
    }
    let silent = names.channels[sent.channel]
        .readers
        .iter()
        .find(|it| !names.handles[**it].contains(&sent.message));
    if let (Some(silent), false) = (silent, names.tells(sent.channel)) {
        let text = [
            "`",
            &names.services[*silent].name,
            "` receives `",
            &channel.name,
            "` but does not handle `",
            message,
            "`",
        ]
        .concat();
        report.say(
            sent.place,
            text,
            "every reader of a queue handles everything that is sent there",
        );
    }
}

/// The event that tells an outcome is published.
fn check_outcome(report: &mut Report<'_>, names: &Names, message: MessageId, place: Place) {
    let published =
        report.traffic.sent.iter().any(|it| it.message == message && names.tells(it.channel));
    if !published {
        let text = ["`", &names.messages[message].name, "` is never published"].concat();
        report.say(place, text, "an event that a handler publishes on a topic or a log");
    }
}

/// Channels have readers and something to read; direct ones have one reader.
fn check_channels(report: &mut Report<'_>, names: &Names) {
    for (id, channel) in names.channels.iter().enumerate() {
        let told = |sent: &Sent| report.traffic.outcomes.iter().any(|(it, _)| *it == sent.message);
        let subscribed =
            names.tells(id) && report.traffic.sent.iter().any(|it| it.channel == id && told(it));
        let used = report.traffic.sent.iter().any(|it| it.channel == id);
        if channel.readers.is_empty() && !subscribed {
            report.say(
                channel.place,
                "nobody receives this channel",
                "`receives` of a service with this channel",
            );
        } else if channel.kind == ChannelKind::Direct && 1 < channel.readers.len() {
            report.say(
                channel.place,
                "several services receive this direct channel",
                "one service, or a queue",
            );
        } else if !used {
            report.say(
                channel.place,
                "nothing is sent on this channel",
                "a step or a form that sends something here",
            );
        }
    }
}

/// Every handler can be reached.
fn check_handlers(report: &mut Report<'_>, names: &Names, services: &[Service]) {
    for (id, service) in services.iter().enumerate() {
        for handler in &service.handlers {
            let Some(message) = handler.message else { continue };
            let arrives = |it: &Sent| {
                it.message == message && names.channels[it.channel].readers.contains(&id)
            };
            let fed = report.traffic.sent.iter().any(arrives)
                || report.traffic.later.contains(&(id, message));
            if !fed {
                let name = &names.messages[message].name;
                let text = ["`", name, "` never reaches `", &service.name, "`"].concat();
                let place = handler.code.first().map_or(service.place, |it| it.place);
                let place = names.handler(id, message).map_or(place, |it| it.place);
                report.say(
                    place,
                    text,
                    "something that sends it on a channel that this service receives",
                );
            }
        }
    }
}

/// Every message travels.
fn check_messages(report: &mut Report<'_>, names: &Names) {
    for (id, message) in names.messages.iter().enumerate() {
        let sent = report.traffic.sent.iter().any(|it| it.message == id);
        let later = report.traffic.later.iter().any(|(_, it)| *it == id);
        let handled = names.handles.iter().any(|it| it.contains(&id));
        let told = report.traffic.outcomes.iter().any(|(it, _)| *it == id);
        if !(sent || later || handled || told || report.traffic.replies.contains(&id)) {
            let text = ["`", &message.name, "` is neither sent nor handled"].concat();
            report.say(names.message_places[id], text, "a step, a form or a handler that uses it");
        }
    }
}
