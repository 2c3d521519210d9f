//! Makes scenarios nobody would write: right by construction, and full of what the language can say.
//!
//! Messages have numbers, and a handler sends only messages with greater ones, so that nothing goes round for ever.
//! Each message has a channel of its own. What a step needs (a table, an answer) is always there.

use inflight::base::Stream;

/// A generated scenario's text. The same seed gives the same text.
pub(crate) fn scenario(seed: u64) -> String {
    Generator::new(seed).text()
}

/// The same with somebody who has nothing to do with the others.
pub(crate) fn with_stranger(seed: u64) -> String {
    let text = scenario(seed);
    let add = |text: String, part: &str, lines: &str| {
        text.replacen(&format!("\n{part}:\n"), &format!("\n{part}:\n{lines}"), 1)
    };
    let text = add(text, "messages", "  Stray: { kind: command, fields: { stray: id } }\n");
    let text = add(text, "channels", "  off-side: { kind: queue, broker: elsewhere }\n");
    let service = "  stranger:
    receives: [off-side]
    handles:
      Stray:
        - work: exponential(50ms)
";
    let text = add(text, "services", service);
    let client = "  passer-by:
    people: [Passer]
    interaction: fire-and-forget
    screen:
      - form: Stray
        to: off-side
    habits:
      - every: exponential(700ms)
        submit: Stray
";
    add(text, "clients", client)
}

/// How a message travels, and who handles it.
struct Message {
    channel: &'static str,
    handlers: Vec<usize>,
}

struct Generator {
    chance: Stream,
    services: usize,
    messages: Vec<Message>,
    text: String,
}

impl Generator {
    fn new(seed: u64) -> Self {
        let mut chance = Stream::new(seed, &["generated"]);
        let services = number(&mut chance, 1, 4);
        let messages = (0..number(&mut chance, 2, 5))
            .map(|_| {
                let channel = ["queue", "topic", "direct"][number(&mut chance, 0, 2)];
                let readers =
                    if channel == "direct" { 1 } else { number(&mut chance, 1, services) };
                let first = number(&mut chance, 0, services - 1);
                let handlers = (0..readers).map(|it| (first + it) % services).collect();
                Message { channel, handlers }
            })
            .collect();
        Self { chance, services, messages, text: String::new() }
    }

    fn line(&mut self, indent: usize, words: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(words);
        self.text.push('\n');
    }

    fn pick(&mut self, options: &[&str]) -> String {
        options[number(&mut self.chance, 0, options.len() - 1)].to_owned()
    }

    /// `, key: value` with this probability, else nothing.
    fn perhaps(&mut self, share: f64, key: &str, options: &[&str]) -> String {
        let value = self.pick(options);
        if self.chance.chance(share) { format!(", {key}: {value}") } else { String::new() }
    }

    fn text(mut self) -> String {
        self.line(0, "inflight: 1");
        self.line(0, "title: Generated");
        self.line(0, "\nknobs:");
        self.line(2, "pace: { type: duration, default: 30ms, min: 0ms, max: 2s }");
        self.line(2, "share: { type: float, default: 0.2, max: 1 }");
        self.line(2, "way: { type: choice, options: [left, right] }");
        self.line(0, "\nmessages:");
        for message in 0..self.messages.len() {
            let kind = if self.messages[message].channel == "topic" { "event" } else { "command" };
            self.line(
                2,
                &format!("M{message}: {{ kind: {kind}, fields: {{ name: text, count: int }} }}"),
            );
            self.line(2, &format!("Q{message}: {{ kind: query, fields: {{ count: int }} }}"));
            self.line(2, &format!("R{message}: {{ kind: reply, fields: {{ count: int }} }}"));
        }
        for service in 0..self.services {
            self.line(2, &format!("Later{service}: {{ kind: command, fields: {{ count: int }} }}"));
        }
        self.channels();
        self.line(0, "\nservices:");
        for service in 0..self.services {
            self.service(service);
        }
        self.clients();
        self.network();
        self.line(0, "\ninvariants:");
        self.line(2, "counts stay small:");
        self.line(4, "always: s0.rows.all(it, it.count < 1000000)");
        self.line(2, "the end is quiet:");
        self.line(4, "eventually: size(s0.rows) >= 0");
        self.text
    }

    fn channels(&mut self) {
        self.line(0, "\nchannels:");
        for message in 0..self.messages.len() {
            let kind = self.messages[message].channel;
            let mut options = self.perhaps(0.3, "delay", &["5ms", "exponential(40ms)", "=pace"]);
            if kind != "direct" {
                options += &self.perhaps(0.3, "broker", &["north", "south"]);
                options += &self.perhaps(0.3, "durable", &["true", "false"]);
                options += &self.perhaps(0.2, "time_to_live", &["100ms", "2s"]);
                if self.chance.chance(0.25) {
                    options += &self.perhaps(1.0, "capacity", &["1", "3"]);
                    options += &self.perhaps(0.7, "when_full", &["reject", "drop-oldest"]);
                }
                if self.chance.chance(0.2) {
                    options += ", acknowledge: before";
                } else {
                    options += &self.perhaps(0.4, "attempts", &["1", "2", "5"]);
                    options += &self.perhaps(
                        0.4,
                        "redelivery_delay",
                        &["50ms", "'=pace * attempt'", "'=attempt % 2 == 0 ? 0s : 300ms'"],
                    );
                    options += &self.perhaps(0.3, "prefetch", &["1", "2", "100"]);
                    options += &self.perhaps(0.2, "key", &["name"]);
                }
                options += &self.perhaps(0.2, "priority", &["count"]);
            }
            self.line(2, &format!("c{message}: {{ kind: {kind}{options} }}"));
            let options = self.perhaps(0.3, "delay", &["5ms", "exponential(20ms)"]);
            let kind = self.pick(&["queue", "direct"]);
            self.line(2, &format!("q{message}: {{ kind: {kind}{options} }}"));
        }
    }

    fn service(&mut self, service: usize) {
        self.line(2, &format!("s{service}:"));
        let receives: Vec<String> = (0..self.messages.len())
            .filter(|it| self.messages[*it].handlers.contains(&service))
            .map(|it| format!("c{it}"))
            .chain(
                (0..self.messages.len())
                    .filter(|it| it % self.services == service)
                    .map(|it| format!("q{it}")),
            )
            .collect();
        self.line(4, &format!("receives: [{}]", receives.join(", ")));
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
                self.steps(8, message, 3, false);
                self.line(8, "- decide: accepted");
                if service == message % self.services {
                    self.line(8, &format!("- after: {}", ["1ms", "400ms"][service % 2]));
                    self.line(10, &format!("send: Later{service}"));
                    self.line(10, "with: { count: =msg.count }");
                }
            }
            if message % self.services == service {
                self.line(6, &format!("Q{message}:"));
                self.line(8, "- work: uniform(1ms, 30ms)");
                self.line(8, &format!("- reply: R{message}"));
                self.line(10, "with: { count: =msg.count + 1 }");
            }
        }
    }

    /// Some steps of the handler of a message. Inside of a transaction nothing waits.
    fn steps(&mut self, indent: usize, message: usize, depth: usize, atomic: bool) {
        for _ in 0..number(&mut self.chance, 1, 3) {
            match number(&mut self.chance, 0, 12) {
                0 if !atomic => {
                    let time =
                        self.pick(&["exponential(20ms)", "=pace", "uniform(0ms, 80ms)", "0ms"]);
                    self.line(indent, &format!("- work: {time}"));
                }
                1 if depth > 0 => {
                    let condition = self.pick(&[
                        "chance(share)",
                        "msg.count > 3",
                        "way == 'left'",
                        "size(rows) > 2",
                    ]);
                    self.line(indent, &format!("- if: {condition}"));
                    self.line(indent + 2, "then:");
                    self.steps(indent + 4, message, depth - 1, atomic);
                    self.line(indent + 2, "else:");
                    self.steps(indent + 4, message, depth - 1, atomic);
                }
                2 if depth > 1 => {
                    self.line(indent, "- for: it");
                    self.line(indent + 2, "in: '[1, 2]'");
                    self.line(indent + 2, "do:");
                    self.steps(indent + 4, message, depth - 2, atomic);
                }
                3 | 4 if depth > 0 && !atomic => {
                    let once = self.chance.chance(0.5);
                    self.line(indent, if once { "- once: msg.name" } else { "- atomic:" });
                    if once {
                        self.line(indent + 2, "do:");
                    }
                    self.steps(indent + 4, message, depth - 1, true);
                }
                5 => {
                    self.line(indent, "- upsert: rows[msg.name]");
                    self.line(indent + 2, "set: { count: =msg.count }");
                }
                6 => {
                    let step = self.pick(&["- update: rows['a']", "- update: rows[msg.name]"]);
                    self.line(indent, &step);
                    self.line(indent + 2, "set: { count: =row.count % 1000 + 1 }");
                }
                7 => self.line(indent, "- delete: rows[msg.name]"),
                8 if !atomic && self.chance.chance(0.5) => {
                    let timeout = self.pick(&["20ms", "1s"]);
                    self.line(indent, &format!("- call: Q{message}"));
                    self.line(indent + 2, &format!("to: q{message}"));
                    self.line(indent + 2, "with: { count: =msg.count }");
                    self.line(indent + 2, &format!("timeout: {timeout}"));
                }
                9 => {
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
                }
                _ => self.line(indent, "- delete: rows['nobody']"),
            }
        }
    }

    fn clients(&mut self) {
        self.line(0, "\nclients:");
        self.line(2, "crowd:");
        self.line(4, "people: [Ana, Ben]");
        let interaction = self.pick(&[
            "fire-and-forget",
            "wait-for-it",
            "optimistic",
            "{ preset: optimistic, send: retry }",
        ]);
        self.line(4, &format!("interaction: {interaction}"));
        self.line(4, "screen:");
        for message in 0..self.messages.len() {
            self.line(6, &format!("- form: M{message}"));
            self.line(8, &format!("to: c{message}"));
            let name = self.pick(&["a", "{ options: [a, b, c] }", "{ text: d }"]);
            self.line(8, &format!("fields: {{ name: {name}, count: {{ min: 0, max: 9 }} }}"));
            // The call's own way, so that nothing is unused.
            self.line(6, &format!("- form: Q{message}"));
            self.line(8, &format!("to: q{message}"));
            self.line(8, "fields: { count: 1 }");
            self.line(8, "interaction: fire-and-forget");
        }
        self.line(6, "- list: s0.rows");
        self.line(4, "habits:");
        for message in 0..self.messages.len() {
            let every = self.pick(&["exponential(300ms)", "1s", "uniform(100ms, 900ms)"]);
            self.line(6, &format!("- every: {every}"));
            self.line(8, &format!("submit: M{message}"));
            self.line(8, "with: { name: '=pick([\"a\", \"b\", \"c\"])', count: '=int(0, 9)' }");
        }
    }

    fn network(&mut self) {
        self.line(0, "\nnetwork:");
        let delay = self.pick(&["10ms", "uniform(1ms, 60ms)", "exponential(30ms)", "=pace"]);
        self.line(2, &format!("delay: {delay}"));
        for (key, options) in [
            ("loss", ["0", "0.05", "=share / 2.0"]),
            ("duplicate", ["0", "0.1", "=share / 4.0"]),
            ("ordered", ["true", "false", "true"]),
        ] {
            let value = self.pick(&options);
            self.line(2, &format!("{key}: {value}"));
        }
    }
}

/// A whole number, both bounds included.
fn number(chance: &mut Stream, low: usize, high: usize) -> usize {
    let [low, high] = [low, high].map(|it| i64::try_from(it).expect("law: small numbers"));
    usize::try_from(chance.int(low, high)).expect("law: not negative")
}
