//! Channels of generated scenarios, with everything that a channel can say.

use super::text::Generator;

impl Generator {
    /// The ways of all messages: one for each message, and one for the question that belongs to it.
    pub(super) fn channels(&mut self) {
        self.line(0, "\nchannels:");
        for message in 0..self.messages.len() {
            let kind = self.messages[message].channel;
            let mut options = self.perhaps(0.3, "delay", &["5ms", "exponential(40ms)", "=pace"]);
            if kind != "direct" {
                let broker = self.perhaps(0.3, "broker", &["north", "south"]);
                self.brokers.extend(broker.strip_prefix(", broker: ").map(str::to_owned));
                options += &broker;
                options += &self.perhaps(0.3, "durable", &["true", "false"]);
                let is_log = kind == "log";
                if is_log {
                    options += &self.log();
                } else {
                    options += &self.perhaps(0.2, "time_to_live", &["100ms", "2s"]);
                }
                if !is_log && self.chance.chance(0.25) {
                    options += &self.perhaps(1.0, "capacity", &["1", "3"]);
                    let words: &[&str] = match kind {
                        "queue" => &["reject", "drop-oldest", "block", "block"],
                        _ => &["reject", "drop-oldest"],
                    };
                    options += &self.perhaps(0.7, "when_full", words);
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
                    if !is_log {
                        options += &self.perhaps(0.3, "prefetch", &["1", "2", "100"]);
                        options += &self.perhaps(0.2, "key", &["name"]);
                    }
                }
                if !is_log {
                    options += &self.perhaps(0.2, "priority", &["count"]);
                }
            }
            self.line(2, &format!("c{message}: {{ kind: {kind}{options} }}"));
            let options = self.perhaps(0.3, "delay", &["5ms", "exponential(20ms)"]);
            let kind = self.pick(&["queue", "direct"]);
            let mut options = options;
            if kind == "queue" {
                if self.dares(0.2) {
                    options += ", acknowledge: before";
                } else {
                    options += &self.perhaps(0.3, "attempts", &["1", "2"]);
                    options += &self.perhaps(0.3, "redelivery_delay", &["20ms"]);
                    options += &self.perhaps(0.2, "prefetch", &["1", "5"]);
                    options += &self.perhaps(0.2, "key", &["count"]);
                }
                options += &self.perhaps(0.3, "capacity", &["1", "2"]);
                if options.contains("capacity") {
                    options += &self.perhaps(0.7, "when_full", &["block", "drop-oldest"]);
                }
                options += &self.perhaps(0.2, "priority", &["count"]);
            }
            self.line(2, &format!("q{message}: {{ kind: {kind}{options} }}"));
        }
    }

    /// What only a log can say.
    fn log(&mut self) -> String {
        let mut options = self.perhaps(0.6, "partitions", &["2", "3"]);
        options += &self.perhaps(0.5, "rebalance", &["0ms", "50ms", "1s"]);
        let retention = ["{ age: 500ms }", "{ messages: 4 }", "{ age: 3s, messages: 20 }"];
        options += &self.perhaps(0.4, "retention", &retention);
        let key = self.perhaps(0.6, "key", &["name"]);
        if !key.is_empty() {
            options += &self.perhaps(0.4, "compact", &["true", "false"]);
        }
        options + &key
    }
}
