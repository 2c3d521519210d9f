//! Steps at which a handler stands still by itself: work, and boundaries.

use super::effect::{Duty, Effect};
use super::execute::Next;
use super::machine::{Running, Service, Standing};
use crate::base::Span;
use crate::base::limits::RUN_SPAN_MAX;
use crate::language::expression::Expression;

impl Service {
    /// Keeps the worker busy for a while.
    pub(super) fn work(
        &mut self,
        duration: &Expression,
        worker: usize,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<Next, String> {
        let mut span = self.span(duration, running, duty)?;
        if let Some(factor) = self.slowness {
            let longer = span.as_secs() * factor;
            span = Span::from_secs_f64(longer.min(RUN_SPAN_MAX.as_secs()));
        }
        if span == Span::ZERO {
            return Ok(Next::Step);
        }
        running.at += 1;
        running.remind(worker, span, duty);
        Ok(Next::Wait(Standing::Working(duty.now + span)))
    }

    /// Lets the worker stand at a boundary until it is told to go on.
    pub(super) fn halt_at(
        &mut self,
        fault: usize,
        worker: usize,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Next {
        // A handler that stops inside of a transaction comes here too.
        self.commit();
        running.at += 1;
        let timer = running.timer(worker);
        duty.effects.push(Effect::Boundary { fault, timer });
        Next::Wait(Standing::Working(duty.now))
    }
}
