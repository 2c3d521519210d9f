//! What a service does when a caller has given up, or a person has thought better of it: the message that waits is
//! dropped, the handler that runs for it
//! stops, and gives up in turn what it has called.
//!
//! A handler only ever stands at a step that takes time, so that is where it stops, and `atomic` is never cut in two.

use super::effect::{Duty, Effect};
use super::envelope::{Asked, Envelope};
use super::machine::{Inboxed, Running, Service};

impl Service {
    /// Nobody waits any more for what a message was to bring about. Nothing happens when the message is not here.
    pub fn take_cancellation(&mut self, asked: Asked, duty: &mut Duty<'_>) {
        let is_meant = |it: &Envelope| asked.means(it);
        self.count_busy(duty.now);
        for instance in 0..self.instances.len() {
            while let Some(waiting) = self.instances[instance].inbox.withdraw(is_meant) {
                self.drop_cancelled(waiting, duty);
            }
            let aside = &mut self.instances[instance].aside;
            if let Some(place) = aside.iter().position(|it| is_meant(&it.envelope)) {
                let Running { envelope, delivery, .. } = aside.remove(place);
                self.drop_cancelled(Inboxed { envelope, delivery }, duty);
            }
        }
        for worker in 0..self.workers.len() {
            if let Some(running) = self.workers[worker].take_if(|it| is_meant(&it.envelope)) {
                self.stop(worker, running, duty);
                self.take_next(worker, duty);
            }
        }
    }

    /// Ends a handler where it stands. What it waits for is given up.
    fn stop(&mut self, worker: usize, mut running: Running, duty: &mut Duty<'_>) {
        if let Some(mut calling) = running.calling.take() {
            self.abandon(worker, &mut calling, &running, duty);
        }
        let Running { envelope, delivery, .. } = running;
        self.drop_cancelled(Inboxed { envelope, delivery }, duty);
    }

    fn drop_cancelled(&mut self, Inboxed { envelope, delivery }: Inboxed, duty: &mut Duty<'_>) {
        self.cancelled += 1;
        duty.effects.push(Effect::Cancelled { envelope, delivery });
    }
}
