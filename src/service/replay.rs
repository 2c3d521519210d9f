//! The step `replay`: from where on a log is to be read again.
//!
//! What is read again, and how, its broker knows.

use super::effect::{Duty, Effect};
use super::machine::{Running, Service};
use crate::base::Time;
use crate::broker::Start;
use crate::language::Value;
use crate::language::expression::Expression;
use crate::language::scenario::ChannelId;

impl Service {
    /// Wants a log to be read again, from an offset or from a time since the start of the run.
    pub(super) fn replay(
        &mut self,
        channel: ChannelId,
        (from, is_instant): (&Expression, bool),
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let start = if is_instant {
            Start::Time(Time::ZERO + self.span(from, running, duty)?)
        } else {
            let from = self.evaluate(from, running, &[], duty)?;
            // Before the first is from the first.
            Start::Offset(if let Value::Int(it) = from {
                u64::try_from(it).unwrap_or(0)
            } else {
                0
            })
        };
        duty.effects.push(Effect::Replay { channel, start });
        Ok(())
    }
}
