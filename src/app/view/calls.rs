//! What the inspector says of calls: how far the open ones are, which breakers do not let calls through, and whether
//! anybody still waits for what a worker does.

use super::inspector::{Part, facts};
use crate::app::Lab;
use crate::base::Time;
use crate::service::{Breaker, Running, Service};

/// What a handler that waits for answers waits for, in words.
pub(super) fn waits(running: &Running, until: Time) -> String {
    let words = ["waits for an answer until ", &until.to_string()].concat();
    match running.calling.as_deref() {
        Some(calling) if calling.calls.len() > 1 => {
            let (answered, _, open) = calling.tally();
            format!("{words}; {answered} of {} have come, {open} calls are open", calling.enough)
        }
        Some(calling) if calling.calls[0].attempts > 1 => {
            format!("{words}; attempt {}", calling.calls[0].attempts)
        }
        _ => words,
    }
}

/// Says so when nobody waits any more for what a handler does.
pub(super) fn orphaned(running: &Running, now: Time) -> &'static str {
    match running.envelope.deadline {
        Some(deadline) if deadline < now => "; nobody waits for it any more",
        _ => "",
    }
}

/// The breakers of a service that are not closed.
pub(super) fn breakers(lab: &Lab, id: usize, service: &Service) -> Option<Part> {
    let definition = &lab.scenario().services[id];
    let memories = service.instances.iter().flat_map(|it| it.calls.iter());
    let rows = memories.filter_map(|(place, memory)| {
        let words = match memory.breaker {
            Breaker::Closed(_) => return None,
            Breaker::Open(until) => ["open until ", &until.to_string()].concat(),
            Breaker::HalfOpen => "half open: one attempt is under way".to_owned(),
        };
        let line = definition.handlers[place[0]].code[place[1]].place.line;
        Some((["line ", &line.to_string()].concat(), words))
    });
    let rows: Vec<_> = rows.collect();
    let rows: Vec<(&str, String)> = rows.iter().map(|(it, words)| (&**it, words.clone())).collect();
    (!rows.is_empty()).then(|| facts("Breakers", rows))
}
