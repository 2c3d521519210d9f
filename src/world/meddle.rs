//! What a person does by hand to services and links: pauses and slows this one, cuts and mends that one.
//!
//! The harm is that of faults; it only has no occasion but the person, and no end but the person's word.

use super::faults::By;
use super::record::{Meddling, What};
use super::state::World;
use crate::base::Span;
use crate::language::scenario::ServiceId;
use crate::service::NodeId;
use crate::sim::Context;

/// A link, or both links between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// From here.
    pub from: NodeId,
    /// To there.
    pub to: NodeId,
    /// And back.
    pub both: bool,
}

/// A link to which a person has done something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TroubledLink {
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    /// It carries nothing.
    pub(super) cut: bool,
    /// So much longer messages travel on it.
    pub(super) late: Span,
}

impl Way {
    /// The links that are meant.
    pub(super) fn links(self) -> impl Iterator<Item = (NodeId, NodeId)> {
        let back = self.both.then_some((self.to, self.from));
        [(self.from, self.to)].into_iter().chain(back)
    }
}

impl World {
    /// A person pauses a service, or lets it go on.
    pub(super) fn pause_by_hand(
        &mut self,
        service: ServiceId,
        on: bool,
        context: &mut Context<'_, Self>,
    ) {
        if self.faults.is_paused_by_hand(service) == on || on && !self.is_up(service) {
            return;
        }
        let how = if on { Meddling::Paused } else { Meddling::Resumed };
        self.meddled(service, how, 0, context);
        if on {
            self.faults.pause(By::Hand, service);
        } else {
            self.resume(|it| it.0 == By::Hand && it.1 == service, context);
        }
    }

    /// A person makes the work of a service take so many times as long; 1 is as usual.
    pub(super) fn slow_by_hand(
        &mut self,
        service: ServiceId,
        factor: f64,
        context: &mut Context<'_, Self>,
    ) {
        self.meddled(service, Meddling::Slowed, factor.to_bits(), context);
        // Written, never computed: one is one.
        let is_usual = factor.total_cmp(&1.0).is_eq();
        self.faults.slow(By::Hand, service, (!is_usual).then_some(factor));
        self.services[service].slowness = self.faults.slowness(service);
    }

    /// A person cuts links, makes them slow, or mends them.
    pub(super) fn trouble_links(
        &mut self,
        way: Way,
        how: Meddling,
        late: Span,
        context: &mut Context<'_, Self>,
    ) {
        for (from, to) in way.links() {
            self.meddled(from, how, (to as u64) << 48 | late.as_micros(), context);
            let known = self.faults.troubled.iter().position(|it| it.from == from && it.to == to);
            let mut link = match known {
                Some(known) => self.faults.troubled.remove(known),
                None => TroubledLink { from, to, cut: false, late: Span::ZERO },
            };
            match how {
                Meddling::Cut => link.cut = true,
                Meddling::SlowedLink => link.late = late,
                _ => (link.cut, link.late) = (false, Span::ZERO),
            }
            if link.cut || link.late > Span::ZERO {
                self.faults.troubled.push(link);
            }
        }
    }

    fn meddled(&self, node: NodeId, how: Meddling, with: u64, context: &mut Context<'_, Self>) {
        self.record(node, What::Meddled { how, with }, context);
    }
}
