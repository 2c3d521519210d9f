//! What nodes take for the present instant. Only the expressions of a node ask its clock; whatever takes time, and
//! whatever judges, goes by the true time.

use super::state::World;
use crate::base::{Span, Time};
use crate::language::expression::Expression;
use crate::language::scenario::Clock;

impl World {
    /// What a clock shows at an instant. None is before the start of the run.
    pub fn clock(&self, clock: Option<&Clock>, now: Time) -> Time {
        let Some(Clock { ahead, behind }) = clock else { return now };
        let span = |it: &Option<Expression>| {
            it.as_ref().and_then(|it| self.value_of(it, None, now)?.as_span()).unwrap_or_default()
        };
        let shown = (now + span(ahead)).since(Time::ZERO).as_micros();
        Time::ZERO + Span::from_micros(shown.saturating_sub(span(behind).as_micros()))
    }
}
