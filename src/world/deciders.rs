//! Who decides on what is formed with a form: found by following its message from service to service.

use crate::language::Scenario;
use crate::language::scenario::{ChannelId, MessageId, Posting, ScreenItem, ServiceId, Step};

/// By class of people, by item of the screen: who decides first.
pub(super) fn deciders(scenario: &Scenario) -> Vec<Vec<Option<ServiceId>>> {
    let of = |item: &ScreenItem| match item {
        ScreenItem::Form(form) => decider(scenario, (form.channel, form.message)),
        ScreenItem::List(_) => None,
    };
    scenario.clients.iter().map(|it| it.screen.iter().map(of).collect()).collect()
}

fn decider(scenario: &Scenario, first: (ChannelId, MessageId)) -> Option<ServiceId> {
    let mut ways = vec![first];
    let mut next = 0;
    while let Some((channel, message)) = ways.get(next).copied() {
        next += 1;
        for reader in &scenario.channels[channel].readers {
            let service = &scenario.services[*reader];
            let Some(handler) = service.handler(message) else { continue };
            if service.handlers[handler].decides {
                return Some(*reader);
            }
            for instruction in &service.handlers[handler].code {
                let sent = match &instruction.step {
                    Step::Send(Posting { channel, message, .. }) => vec![(*channel, *message)],
                    Step::Call(calls) => calls
                        .calls
                        .iter()
                        .map(|it| (it.posting.channel, it.posting.message))
                        .collect(),
                    _ => continue,
                };
                for way in sent {
                    if !ways.contains(&way) {
                        ways.push(way);
                    }
                }
            }
        }
    }
    None
}
