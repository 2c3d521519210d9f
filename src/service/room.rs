//! Sends that wait for room: the worker stands at the step until the channel can take one more message.

use super::effect::{Duty, Effect, Timer};
use super::execute::Next;
use super::machine::{Running, Service, Standing, worker_number};
use crate::language::scenario::{ChannelId, WhenFull};

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
}

/// The worker stands at this step until the channel has room.
pub(super) fn await_room(
    channel: ChannelId,
    worker: usize,
    running: &Running,
    duty: &mut Duty<'_>,
) -> Next {
    let timer = Timer { worker: worker_number(worker), token: running.token };
    duty.effects.push(Effect::AwaitRoom { channel, timer });
    Next::Wait(Standing::Blocked(channel))
}
