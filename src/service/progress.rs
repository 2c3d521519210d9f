//! How far a handler is with what a person wishes for.

use super::effect::{Cause, Duty, Effect};
use super::machine::{Running, Service};
use crate::language::Value;
use crate::language::expression::Expression;

impl Service {
    /// A handler says how far it is. Whoever asks hears that from now on; whoever can be told is told.
    pub(super) fn progress(
        &mut self,
        share: &Expression,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<(), String> {
        let value = self.evaluate(share, running, &[], duty)?;
        let Some(share) = thousandths(&value) else {
            return Err(format!("a progress of {value}: expected a share from 0 to 1"));
        };
        running.progress = Some(share);
        if let Some(intent) = running.envelope.intent {
            let cause = Cause::of(&running.envelope);
            duty.effects.push(Effect::Progress { intent, share, cause });
        }
        Ok(())
    }

    /// How far a handler is that works on an intent, in thousandths; none when none is at work, or it does not say.
    pub fn progress_of(&self, intent: u64) -> Option<u16> {
        let aside = self.instances.iter().flat_map(|it| &it.aside);
        let running = self.workers.iter().flatten().chain(aside);
        let serves = |it: &&Running| it.envelope.intent.is_some_and(|it| it.id == intent);
        running.filter(serves).find_map(|it| it.progress)
    }
}

/// A share from 0 to 1, rounded down.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it lies between 0 and 1,000"
)]
fn thousandths(value: &Value) -> Option<u16> {
    let share = match value {
        Value::Float(share) => *share,
        Value::Int(share) => *share as f64,
        _ => return None,
    };
    // A little more, so that seven tenths are 700 although they are a little less.
    (0.0..=1.0).contains(&share).then_some((share * 1_000.0 + 1e-6) as u16)
}
