//! Services of generated scenarios: what they receive, keep and handle.

use super::text::{Generator, number};

impl Generator {
    /// A service with everything that it can say of itself.
    pub(super) fn service(&mut self, service: usize) {
        self.line(2, &format!("s{service}:"));
        let receives = self.receives(service);
        self.line(4, &format!("receives: [{}]", receives.join(", ")));
        for (share, key, options) in [
            (
                0.2,
                "inbox: { order",
                &["last-in-first-out }", "fair, by: count }", "priority, by: count }"][..],
            ),
            (
                0.3,
                "shed",
                &[
                    "{ waiting: 1 }",
                    "{ age: 60ms }",
                    "{ remaining: 15ms }",
                    "{ waiting: 3, age: 200ms, remaining: 5ms }",
                ],
            ),
            (0.2, "clock", &["{ ahead: 2s }", "{ behind: =pace }"]),
        ] {
            let line = self.perhaps(share, key, options);
            if let Some(line) = line.strip_prefix(", ") {
                self.line(4, line);
            }
        }
        if self.chance.chance(0.4) {
            let workers = number(&mut self.chance, 2, 4);
            self.line(4, &format!("workers: {workers}"));
        }
        if self.chance.chance(0.3) {
            let instances = number(&mut self.chance, 2, 3);
            self.line(4, &format!("instances: {instances}"));
        }
        self.line(4, "tables:");
        self.line(6, "rows: { key: name, columns: { name: text, count: int }, rows: [ { name: a, count: 1 } ] }");
        self.line(4, "start:");
        let step = self.pick(&["- work: 20ms", "- delete: rows['a']", "- upsert: rows['b']"]);
        self.line(6, &step);
        if step.contains("upsert") {
            self.line(8, "set: { count: 1 }");
        }
        self.replay(6, service, 0);
        self.line(6, "- after: 300ms");
        self.line(8, &format!("send: Later{service}"));
        self.line(8, "with: { count: 0 }");
        self.line(4, "handles:");
        self.line(6, &format!("Later{service}:"));
        self.line(8, "- upsert: rows['later']");
        self.line(10, "set: { count: =msg.count }");
        for message in 0..self.messages.len() {
            if self.messages[message].handlers.contains(&service) {
                self.line(6, &format!("M{message}:"));
                self.steps(8, (service, message), 3, false);
                self.line(8, "- decide: accepted");
                if service == message % self.services {
                    self.line(8, &format!("- after: {}", ["1ms", "400ms"][service % 2]));
                    self.line(10, &format!("send: Later{service}"));
                    self.line(10, "with: { count: =msg.count }");
                }
            }
            if message % self.services == service {
                self.line(6, &format!("Q{message}:"));
                self.question(service, message);
                self.line(8, &format!("- reply: R{message}"));
                self.line(10, "with: { count: =msg.count + 1 }");
            }
        }
    }

    /// What a service receives; of topics it may choose.
    fn receives(&mut self, service: usize) -> Vec<String> {
        let mut receives = Vec::new();
        for message in 0..self.messages.len() {
            if !self.messages[message].handlers.contains(&service) {
                continue;
            }
            let routes: &[&str] =
                match (self.messages[message].channel, self.messages[message].routed) {
                    ("topic", true) => &[
                        "route: 'a.#'",
                        "route: '*.b'",
                        "route: a, match: { name: a }",
                        "route: '#'",
                    ],
                    ("topic", false) => &["match: { name: a }", "match: { count: 3 }"],
                    _ => &[],
                };
            for _ in 0..number(&mut self.chance, 0, 2) {
                if !routes.is_empty() {
                    let binding = self.pick(routes);
                    receives.push(format!("{{ channel: c{message}, {binding} }}"));
                }
            }
            let name = format!("c{message}");
            if !receives.iter().any(|it: &String| it.contains(&name)) {
                receives.push(name);
            }
        }
        let questions = 0..self.messages.len();
        receives.extend(
            questions.filter(|it| it % self.services == service).map(|it| format!("q{it}")),
        );
        receives
    }

    /// What comes before the answer to a question: it may ask somebody else, and may fail.
    fn question(&mut self, service: usize, message: usize) {
        let work =
            self.pick(&["- work: uniform(1ms, 30ms)", "- work: 0ms", "- wait: exponential(20ms)"]);
        self.line(8, &work);
        if message + 1 < self.messages.len() && self.dares(0.4) {
            self.call(8, (service, message + 1), "=msg.count");
        }
        // Only of what asks later questions: who reads it again does not ask this one again.
        self.replay(8, service, message + 1);
        if self.dares(0.3) {
            self.line(8, "- if: chance(share)");
            self.line(10, "then: [{ fail: no answer }]");
        }
    }

    /// Perhaps reads a log again, of those with this number at least.
    fn replay(&mut self, indent: usize, service: usize, least: usize) {
        let reads = |it: &usize| {
            let message = &self.messages[*it];
            message.channel == "log" && message.handlers.contains(&service)
        };
        let Some(message) = (least..self.messages.len()).find(reads) else { return };
        if self.dares(0.3) {
            self.line(indent, &format!("- replay: c{message}"));
            let from = self.pick(&["", "from: 2", "since: =now - 1s"]);
            if !from.is_empty() {
                self.line(indent + 2, &from);
            }
        }
    }
}
