//! Systems of any size, for whoever looks at pictures: so many nodes, wired by chance from a seed.

use std::fmt::Write as _;

/// How a step of a handler begins.
const STEP: &str = "        - ";

/// Numbers that come out the same everywhere.
struct Luck(u64);

impl Luck {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// The text of a system with exactly so many boxes on the stage, people not counted: services with queues or without,
/// topics, and views that hear of what the services do.
pub(crate) fn system(seed: u64, nodes: usize, people: usize) -> String {
    let mut luck = Luck(seed);
    let mut parts = Parts::default();
    let mut left = nodes;
    while 0 < left {
        let id = parts.services.len();
        // The first one is asked by people; a topic wants somebody who tells and somebody who hears.
        let with_queue = 2 <= left && luck.below(3) == 0;
        left -= 1 + usize::from(with_queue);
        let mut views = 0;
        let topic = 2 <= left && luck.below(3) == 0;
        if topic {
            views = 1 + luck.below((left - 1).min(3));
            left -= 1 + views;
        }
        let asks = (0 < id).then(|| luck.below(id));
        parts.add(id, with_queue, asks, topic, views);
    }
    parts.text(people)
}

#[derive(Default)]
struct Parts {
    messages: String,
    channels: String,
    /// Each service's head and its handler's steps.
    services: Vec<(String, String)>,
    views: String,
    forms: String,
}

impl Parts {
    fn add(&mut self, id: usize, queue: bool, asked_by: Option<usize>, topic: bool, views: usize) {
        let role = ["service", "gateway", "process", "external", "database"][id % 5];
        let kind = if queue { "queue" } else { "direct" };
        let _ = writeln!(self.messages, "  Do{id}: {{ kind: command, fields: {{ n: id }} }}");
        let _ = writeln!(self.channels, "  to-{id}: {{ kind: {kind} }}");
        let head = format!(
            "  service-{id}:\n    role: {role}\n    receives: [to-{id}]\n    handles:\n      Do{id}:\n\
             {STEP}work: 5ms\n"
        );
        let mut steps = String::new();
        if topic {
            let _ = writeln!(self.messages, "  Did{id}: {{ kind: event, fields: {{ n: id }} }}");
            let _ = writeln!(self.channels, "  news-{id}: {{ kind: topic }}");
            let _ = writeln!(
                steps,
                "        - publish: Did{id}\n          to: news-{id}\n          with: {{ n: =msg.n }}"
            );
        }
        for view in 0..views {
            let _ = writeln!(
                self.views,
                "  view-{id}-{view}:\n    role: view\n    receives: [news-{id}]\n    handles:\n      Did{id}:\n\
                 {STEP}work: 1ms"
            );
        }
        self.services.push((head, steps));
        match asked_by {
            Some(other) => {
                let _ = writeln!(
                    self.services[other].1,
                    "        - send: Do{id}\n          to: to-{id}\n          with: {{ n: =msg.n }}"
                );
            }
            None => {
                let _ = writeln!(self.forms, "      - form: Do{id}\n        to: to-{id}");
            }
        }
    }

    fn text(&self, people: usize) -> String {
        let services: String = self.services.iter().flat_map(|it| [&*it.0, &*it.1]).collect();
        let Self { messages, channels, views, forms, .. } = self;
        format!(
            "inflight: 1\ntitle: A system\nmessages:\n{messages}channels:\n{channels}services:\n{services}{views}\
             clients:\n  somebody:\n    people: {people}\n    interaction: fire-and-forget\n    screen:\n{forms}"
        )
    }
}
