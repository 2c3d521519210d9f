//! Steps of generated scenarios.

use super::text::{Generator, number};

impl Generator {
    /// Some steps of the handler of a message. Inside of a transaction nothing waits.
    pub(super) fn steps(
        &mut self,
        indent: usize,
        here @ (service, message): (usize, usize),
        depth: usize,
        atomic: bool,
    ) {
        for _ in 0..number(&mut self.chance, 1, 3) {
            match number(&mut self.chance, 0, 17) {
                5 if depth > 0 => {
                    let condition = self.pick(&[
                        "chance(share)",
                        "msg.count > 3",
                        "way == 'left'",
                        "size(rows) > 2",
                    ]);
                    self.line(indent, &format!("- if: {condition}"));
                    self.line(indent + 2, "then:");
                    self.steps(indent + 4, here, depth - 1, atomic);
                    self.line(indent + 2, "else:");
                    self.steps(indent + 4, here, depth - 1, atomic);
                }
                6 if depth > 1 => {
                    let name = self.name();
                    self.line(indent, &format!("- for: {name}"));
                    self.line(indent + 2, "in: '[1, 2]'");
                    self.line(indent + 2, "do:");
                    self.steps(indent + 4, here, depth - 2, atomic);
                }
                7 | 8 if depth > 0 && !atomic => {
                    let once = self.chance.chance(0.5);
                    self.line(indent, if once { "- once: msg.name" } else { "- atomic:" });
                    if once {
                        self.line(indent + 2, "do:");
                    }
                    self.steps(indent + 4, here, depth - 1, true);
                }
                0..=4 if !atomic => self.waiting_step(indent, here),
                9..=12 => self.quick_step(indent, service),
                13 => {
                    self.line(indent, "- if: chance(share / 3.0)");
                    self.line(indent + 2, "then:");
                    let end = self.pick(&["- fail: no luck", "- stop:"]);
                    self.line(indent + 4, &end);
                }
                _ if message + 1 < self.messages.len() => {
                    let next = number(&mut self.chance, message + 1, self.messages.len() - 1);
                    let verb =
                        if self.messages[next].channel == "topic" { "publish" } else { "send" };
                    self.line(indent, &format!("- {verb}: M{next}"));
                    self.line(indent + 2, &format!("to: c{next}"));
                    self.line(indent + 2, "with: { name: =msg.name, count: =msg.count + 1 }");
                    if self.messages[next].routed {
                        let route = self.pick(&["a.b", "=msg.name", "=msg.name + '.b'"]);
                        self.line(indent + 2, &format!("route: {route}"));
                    }
                }
                _ => self.line(indent, "- delete: rows['nobody']"),
            }
        }
    }

    /// A step that takes time.
    fn waiting_step(&mut self, indent: usize, here: (usize, usize)) {
        match number(&mut self.chance, 0, 4) {
            0 => {
                let time = self.pick(&["exponential(20ms)", "=pace", "uniform(0ms, 80ms)", "0ms"]);
                self.line(indent, &format!("- work: {time}"));
            }
            1 | 2 => {
                self.call(indent, here, "=msg.count");
            }
            3 => self.all(indent, here),
            _ => {
                let wait = self.pick(&[
                    "wait: =pace",
                    "wait_until: size(rows) % 2 == 0",
                    "wait_until: now > 2s",
                ]);
                self.line(indent, &format!("- {wait}"));
                if wait.starts_with("wait_until") {
                    self.line(indent + 2, "at_most: 150ms");
                }
            }
        }
    }

    /// A step that takes no time.
    fn quick_step(&mut self, indent: usize, service: usize) {
        match number(&mut self.chance, 0, 3) {
            0 => {
                self.line(indent, "- upsert: rows[msg.name]");
                self.line(indent + 2, "set: { count: =msg.count }");
            }
            1 => {
                let step = self.pick(&["- update: rows['a']", "- update: rows[msg.name]"]);
                self.line(indent, &step);
                self.line(indent + 2, "set: { count: =row.count % 1000 + 1 }");
            }
            2 => self.line(indent, "- delete: rows[msg.name]"),
            _ => {
                let step = self.pick(&[
                    &format!("- cancel: Later{service}"),
                    &format!("- {{ cancel: Later{service}, with: {{ count: =msg.count }} }}"),
                    "- log: '=msg.name'",
                ]);
                self.line(indent, &step);
            }
        }
    }

    /// A call with everything that a call can say.
    pub(super) fn call(&mut self, indent: usize, (_, question): (usize, usize), count: &str) {
        self.one_call(indent, question, count);
        if self.dares(0.3) {
            let name = self.name();
            self.line(indent + 2, &format!("as: {name}"));
        }
        if self.dares(0.3) {
            let step =
                self.pick(&["[]", "[{ stop: }]", "[{ work: 5ms }]", "[{ fail: no answer }]"]);
            self.line(indent + 2, &format!("fallback: {step}"));
        }
    }

    fn one_call(&mut self, indent: usize, question: usize, count: &str) {
        self.line(indent, &format!("- call: Q{question}"));
        self.line(indent + 2, &format!("to: q{question}"));
        self.line(indent + 2, &format!("with: {{ count: {count} }}"));
        let timeout = self.pick(&["20ms", "100ms", "1s", "=pace"]);
        self.line(indent + 2, &format!("timeout: {timeout}"));
        for (share, key, options) in [
            (
                0.3,
                "retry",
                &[
                    "{ attempts: 2 }",
                    "{ attempts: 3, backoff: 20ms, jitter: full, budget: 0.5 }",
                    "{ attempts: 3, backoff: 5ms, max: 50ms, jitter: decorrelated }",
                ][..],
            ),
            (
                0.2,
                "breaker",
                &[
                    "{ failures: 1, within: 1s, pause: 100ms }",
                    "{ failures: 3, within: 500ms, pause: 1s }",
                ],
            ),
            (0.3, "hedge", &["10ms", "1ms"]),
            (0.5, "cancel", &["true", "=way == 'left'"]),
        ] {
            let line = self.perhaps(share, key, options);
            if let Some(line) = line.strip_prefix(", ") {
                self.line(indent + 2, line);
            }
        }
    }

    /// Several calls at the same time.
    fn all(&mut self, indent: usize, (_, message): (usize, usize)) {
        self.line(indent, "- all:");
        let for_each = self.dares(0.4).then(|| self.name());
        let count =
            for_each.as_ref().map_or_else(|| "=msg.count".to_owned(), |it| format!("={it}"));
        let calls = number(&mut self.chance, 1, 3);
        for _ in 0..calls {
            let question = number(&mut self.chance, message, self.messages.len() - 1);
            self.one_call(indent + 4, question, &count);
        }
        if let Some(name) = for_each {
            self.line(indent + 2, &format!("for: {name}"));
            self.line(indent + 2, "in: '[1, 2, 3]'");
        }
        for (share, key, options) in [
            (0.5, "enough", &["1"][..]),
            (0.4, "at_once", &["1", "2"]),
            (0.3, "fallback", &["[]", "[{ fail: too few }]"]),
        ] {
            let line = self.perhaps(share, key, options);
            if let Some(line) = line.strip_prefix(", ") {
                self.line(indent + 2, line);
            }
        }
    }
}
