//! Sends that wait for room: the worker stands at the step until the channel can take one more message.

use super::effect::{Duty, Effect};
use super::execute::Next;
use super::machine::{Running, Service, Standing};
use crate::language::scenario::{Calls, ChannelId, WhenFull};

impl Service {
    /// Has this handler to wait before it sends something there? One that has been woken has its room.
    pub(super) fn must_wait(
        &self,
        channel: ChannelId,
        running: &mut Running,
        duty: &Duty<'_>,
    ) -> bool {
        if let Standing::Blocked(_) = running.standing {
            running.standing = Standing::Working(duty.now);
            return false;
        }
        let capacity = duty.scenario.channels[channel].capacity;
        if self.transaction.is_some() || !matches!(capacity, Some((_, WhenFull::Block))) {
            return false;
        }
        let is_there =
            |it: &&Effect| matches!(it, Effect::Post { channel: to, .. } if *to == channel);
        let leaving = duty.effects.iter().filter(is_there).count();
        (duty.room)(channel) <= leaving
    }

    /// Makes the calls of a step; before the first of them, the worker waits for room where they go.
    pub(super) fn call_with_room(
        &mut self,
        calls: &Calls,
        worker: usize,
        running: &mut Running,
        duty: &mut Duty<'_>,
    ) -> Result<Next, String> {
        if running.calling.is_none() {
            for call in &calls.calls {
                let channel = call.posting.channel;
                if self.must_wait(channel, running, duty) {
                    return Ok(await_room(channel, worker, running, duty));
                }
            }
        }
        self.call(calls, worker, running, duty)
    }
}

/// The worker stands at this step until the channel has room.
pub(super) fn await_room(
    channel: ChannelId,
    worker: usize,
    running: &mut Running,
    duty: &mut Duty<'_>,
) -> Next {
    let timer = running.timer(worker);
    duty.effects.push(Effect::AwaitRoom { channel, timer });
    Next::Wait(Standing::Blocked(channel))
}
