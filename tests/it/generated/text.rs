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
pub(super) struct Message {
    pub(super) channel: &'static str,
    /// Readers choose by route.
    pub(super) routed: bool,
    pub(super) handlers: Vec<usize>,
}

pub(super) struct Generator {
    pub(super) chance: Stream,
    pub(super) services: usize,
    pub(super) messages: Vec<Message>,
    /// Brokers that some channel names.
    pub(super) brokers: Vec<String>,
    /// Names that have been made so far.
    pub(super) names: usize,
    pub(super) text: String,
}

impl Generator {
    fn new(seed: u64) -> Self {
        let mut chance = Stream::new(seed, &["generated"]);
        let services = number(&mut chance, 1, 4);
        let messages = (0..number(&mut chance, 2, 5))
            .map(|_| {
                let channel = ["queue", "topic", "direct", "log"][number(&mut chance, 0, 3)];
                let readers =
                    if channel == "direct" { 1 } else { number(&mut chance, 1, services) };
                let first = number(&mut chance, 0, services - 1);
                let handlers = (0..readers).map(|it| (first + it) % services).collect();
                let routed = channel == "topic" && chance.chance(0.5);
                Message { channel, routed, handlers }
            })
            .collect();
        let (brokers, names) = (Vec::new(), 0);
        Self { chance, services, messages, brokers, names, text: String::new() }
    }

    pub(super) fn line(&mut self, indent: usize, words: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(words);
        self.text.push('\n');
    }

    pub(super) fn pick(&mut self, options: &[&str]) -> String {
        options[number(&mut self.chance, 0, options.len() - 1)].to_owned()
    }

    /// `, key: value` with this probability, else nothing.
    pub(super) fn perhaps(&mut self, share: f64, key: &str, options: &[&str]) -> String {
        let value = self.pick(options);
        if self.chance.chance(share) { format!(", {key}: {value}") } else { String::new() }
    }

    /// True with this probability.
    pub(super) fn dares(&mut self, share: f64) -> bool {
        self.chance.chance(share)
    }

    /// A name that nothing else has.
    pub(super) fn name(&mut self) -> String {
        self.names += 1;
        format!("n{}", self.names)
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
            let fields = "fields: { name: text, count: int }, size: =20B * msg.count";
            self.line(2, &format!("M{message}: {{ kind: {kind}, {fields} }}"));
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
        self.faults();
        self.line(0, "\ninvariants:");
        self.line(2, "counts stay small:");
        self.line(4, "always: s0.rows.all(it, it.count < 1000000)");
        self.line(2, "the end is quiet:");
        self.line(4, "eventually: size(s0.rows) >= 0");
        self.text
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
        if self.dares(0.2) {
            let clock = self.pick(&["ahead: 2s", "behind: =pace"]);
            self.line(4, &format!("clock: {{ {clock} }}"));
        }
        self.line(4, "screen:");
        for message in 0..self.messages.len() {
            self.line(6, &format!("- form: M{message}"));
            self.line(8, &format!("to: c{message}"));
            if self.messages[message].routed {
                let route = self.pick(&["a.b", "a", "c.b"]);
                self.line(8, &format!("route: {route}"));
            }
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
            let more = self.perhaps(0.3, "at", &["0s", "1s", "exponential(300ms)"])
                + &self.perhaps(0.3, "times", &["1", "3", "'=size(way)'"])
                + &self.perhaps(0.3, "until", &["15s", "=pace * 400"]);
            self.line(6, &format!("- every: {every}"));
            for more in more.split(", ").filter(|it| !it.is_empty()) {
                self.line(8, more);
            }
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
            ("jitter", ["0ms", "exponential(5ms)", "=pace"]),
            ("bandwidth", ["1GB", "100kB", "5kB"]),
        ] {
            let value = self.pick(&options);
            self.line(2, &format!("{key}: {value}"));
        }
    }
}

/// A whole number, both bounds included.
pub(super) fn number(chance: &mut Stream, low: usize, high: usize) -> usize {
    let [low, high] = [low, high].map(|it| i64::try_from(it).expect("law: small numbers"));
    usize::try_from(chance.int(low, high)).expect("law: not negative")
}
