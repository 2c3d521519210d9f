//! Where a message goes: the channel that the text names, or the only one that can be meant.

use super::names::Names;
use super::report::{Report, Sent};
use crate::language::diagnostic::Place;
use crate::language::findings::one_of;
use crate::language::scenario::{ChannelId, ChannelKind, MessageId};
use crate::language::yaml::Node;

/// How a message is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To a topic or a log.
    Publish,
    /// To a queue, a log or a direct channel.
    Send,
    /// To a queue or a direct channel, with an answer.
    Call,
}

/// The channel that a message goes to; notes that it goes there. `place` is where the message is named.
pub(super) fn target(
    report: &mut Report<'_>,
    names: &Names,
    (way, message, place): (Way, MessageId, Place),
    to: Option<&Node>,
) -> Option<ChannelId> {
    let channel = match to {
        Some(node) => {
            let channel = names.channel(report, node)?;
            let fits = match names.channels[channel].kind {
                ChannelKind::Topic { .. } => way == Way::Publish,
                ChannelKind::Log { .. } => way != Way::Call,
                ChannelKind::Queue { .. } | ChannelKind::Direct => way != Way::Publish,
            };
            if !fits {
                let message =
                    ["`", &names.channels[channel].name, "` is ", names.kind_of(channel)].concat();
                let expected = if way == Way::Publish {
                    "a topic or a log; to a queue messages are sent"
                } else if names.tells(channel) && !names.is_topic(channel) {
                    "a queue or a direct channel; on a log nobody waits for an answer"
                } else {
                    "a queue or a direct channel; to a topic messages are published"
                };
                report.say(node.place, message, expected);
                return None;
            }
            channel
        }
        None => only(report, names, (way, message, place))?,
    };
    report.traffic.sent.push(Sent { message, channel, is_call: way == Way::Call, place });
    Some(channel)
}

/// Does this channel look at routes? Says so if not; `node` is what the text has for one.
pub(super) fn is_routed(
    report: &mut Report<'_>,
    names: &Names,
    (channel, node): (ChannelId, &Node),
) -> bool {
    if !names.is_topic(channel) {
        let text = ["`", &names.channels[channel].name, "` is ", names.kind_of(channel)].concat();
        report.say(node.place, text, "a topic: only there messages are routed");
    }
    names.is_topic(channel)
}

/// The only channel that can be meant.
fn only(
    report: &mut Report<'_>,
    names: &Names,
    (way, message, place): (Way, MessageId, Place),
) -> Option<ChannelId> {
    let candidates: Vec<ChannelId> = match way {
        Way::Publish => (0..names.channels.len()).filter(|it| names.tells(*it)).collect(),
        Way::Send | Way::Call => names.ways(message),
    };
    let words: Vec<&str> = candidates.iter().map(|it| names.channels[*it].name.as_str()).collect();
    match (candidates.as_slice(), way) {
        ([only], _) => return Some(*only),
        ([], Way::Publish) => report.say(
            place,
            "there is no topic to publish on",
            "a channel with `kind: topic` or `kind: log`",
        ),
        ([], Way::Send | Way::Call) => {
            let name = &names.messages[message].name;
            let text =
                ["no queue or direct channel leads to somebody who handles `", name, "`"].concat();
            report.say(place, text, "a service that handles it and receives such a channel");
        }
        _ => report.say(
            place,
            "it is not clear where this goes",
            ["`to:` with ", &one_of(&words)].concat(),
        ),
    }
    None
}
