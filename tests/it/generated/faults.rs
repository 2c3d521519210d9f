//! Faults of generated scenarios. Each names whom it strikes, so that a stranger changes nobody's bad luck.

use super::text::{Generator, number};

impl Generator {
    /// Some faults, or none.
    pub(super) fn faults(&mut self) {
        let count = number(&mut self.chance, 0, 4);
        if count == 0 {
            return;
        }
        self.line(0, "\nfaults:");
        for _ in 0..count {
            let (when, what) = (self.occasion(), self.harm());
            let name = self.name();
            self.line(2, &format!("{name}: {{ {when}{what} }}"));
        }
    }

    fn occasion(&mut self) -> String {
        if self.dares(0.4) {
            let message = number(&mut self.chance, 0, self.messages.len() - 1);
            let handlers = &self.messages[message].handlers;
            let service = handlers[number(&mut self.chance, 0, handlers.len() - 1)];
            let chance = self.pick(&["1", "0.2", "=share"]);
            let times = self.pick(&["1", "2", "always"]);
            // Every handler of a message has a `decide`; some have a second step.
            let step = self.pick(&["end", "decide", "1"]);
            return format!(
                "before: {{ in: s{service}, of: M{message}, step: {step}, chance: {chance}, times: {times} }}, "
            );
        }
        self.pick(&["at: 500ms, ", "every: exponential(2s), ", "every: 3s, ", ""])
    }

    fn harm(&mut self) -> String {
        let service = number(&mut self.chance, 0, self.services - 1);
        let message = number(&mut self.chance, 0, self.messages.len() - 1);
        let length = self.pick(&["50ms", "exponential(400ms)", "=pace"]);
        let aim = self.pick(&["of: M", "of: Q", "on: c", "on: q"]);
        let other = (service + 1) % self.services;
        match number(&mut self.chance, 0, 8) {
            0 => format!("crash: s{service}, for: {length}"),
            1 => format!("restart: s{service}"),
            2 => format!("pause: s{service}, for: {length}"),
            3 => format!("slow: s{service}, factor: 5, for: {length}"),
            4 if other != service => {
                format!("partition: [[s{service}], [s{other}, crowd]], for: {length}")
            }
            4 => format!("partition: [[s{service}], [crowd]], for: {length}"),
            5 => format!("lose: 2, {aim}{message}"),
            6 => format!("duplicate: 3, {aim}{message}, to: s{service}"),
            7 => format!("delay: {length}, next: 2, {aim}{message}"),
            _ => match self.brokers.first() {
                Some(broker) => format!("crash: {broker}, for: {length}"),
                None => format!("crash: s{service}, for: {length}"),
            },
        }
    }
}
