//! Why something that a person could do would do nothing at this instant.
//!
//! It judges the moment. Whether the scenario has what an input names at all, [`World::accepts`] says.

use super::copies::Deed;
use super::input::Input;
use super::meddle::Way;
use super::state::World;
use crate::language::scenario::ServiceId;
use crate::service::NodeId;

impl World {
    /// Why an input would do nothing now, as a short sentence; `None` when it would do something.
    pub fn objection_to(&self, input: &Input) -> Option<&'static str> {
        match *input {
            Input::Lose(copies) => self.hindrance(copies, Deed::Lose),
            Input::Duplicate(copies) => self.hindrance(copies, Deed::Duplicate),
            Input::Delay(copies, span) => self.hindrance(copies, Deed::Delay(span)),
            Input::Overtake(copies) => self.hindrance(copies, Deed::Overtake),
            Input::Crash(node, instance) => {
                (!self.has_process(node, instance, true)).then_some("It has crashed already")
            }
            Input::Restart(node, instance) => {
                (!self.has_process(node, instance, false)).then_some("It has not crashed")
            }
            Input::Pause(service) => self.objection_to_pause(service),
            Input::Resume(service) if self.faults.is_paused_by_hand(service) => None,
            Input::Resume(service) if self.faults.is_paused(service) => {
                Some("A fault of the scenario has paused it")
            }
            Input::Resume(_) => Some("It is not paused"),
            Input::Cut(way) => {
                all_links(way, |from, to| self.faults.troubled(from, to).is_some_and(|it| it.cut))
                    .then_some("It is cut already")
            }
            Input::SlowLink(way, late) => {
                all_links(way, |from, to| self.faults.lateness(from, to) == late)
                    .then_some("It is like that already")
            }
            Input::Mend(way) => all_links(way, |from, to| self.faults.troubled(from, to).is_none())
                .then_some("Nobody has done anything to it"),
            _ => None,
        }
    }

    /// Does such a process stand like that: this instance, or any of them?
    fn has_process(&self, node: NodeId, instance: Option<usize>, up: bool) -> bool {
        let Some(service) = self.services.get(node) else { return self.is_up(node) == up };
        let mut instances = service.instances.iter().enumerate();
        instances.any(|(index, it)| instance.is_none_or(|meant| meant == index) && it.up == up)
    }

    fn objection_to_pause(&self, service: ServiceId) -> Option<&'static str> {
        if !self.is_up(service) {
            return Some("It has crashed");
        }
        self.faults.is_paused_by_hand(service).then_some("It is paused already")
    }
}

fn all_links(way: Way, holds: impl Fn(NodeId, NodeId) -> bool) -> bool {
    way.links().all(|(from, to)| holds(from, to))
}
