//! Both models on `nexosim`, on one thread: asynchronous models with ports and mailboxes.
//!
//! A model plans events for itself only, so a hop is an event that waits at the sender and then goes out through
//! a port. More threads make models as fine as these slower by orders of magnitude.

use std::time::Duration;

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{EventSinkReader, EventSource, Output, SinkState, event_queue};
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};

use benches::Outcome;
use benches::models::{CUSTOMERS, NODES, Node, Till, Token};

/// Messages in a mailbox of the ring: with the default of 16, the ring outgrows the cache and takes twice as long.
const MAILBOX: usize = 2;
const START: MonotonicTime = MonotonicTime::EPOCH;

fn micros(now: MonotonicTime) -> u64 {
    let since = now.duration_since(START);
    since.as_secs() * 1_000_000 + u64::from(since.subsec_micros())
}

#[derive(Serialize, Deserialize)]
struct Shop {
    till: Till,
    closed: Output<Till>,
}

#[Model]
impl Shop {
    #[nexosim(init)]
    #[expect(clippy::unused_async, reason = "the attribute wants an asynchronous function")]
    async fn init(&mut self, context: &Context<Self>) {
        let first = Duration::from_micros(self.till.first());
        context
            .schedule_event(first, schedulable!(Self::arrive), ())
            .expect("law: a delay leads into the future");
    }

    #[nexosim(schedulable)]
    fn arrive(&mut self, (): (), context: &Context<Self>) {
        let arrived = self.till.arrive(micros(context.time()));
        if let Some(delay) = arrived.next {
            context
                .schedule_event(Duration::from_micros(delay), schedulable!(Self::arrive), ())
                .expect("law: a delay leads into the future");
        }
        if let Some(delay) = arrived.leaves {
            context
                .schedule_event(Duration::from_micros(delay), schedulable!(Self::depart), ())
                .expect("law: a delay leads into the future");
        }
    }

    #[nexosim(schedulable)]
    async fn depart(&mut self, (): (), context: &Context<Self>) {
        if let Some(delay) = self.till.depart(micros(context.time())) {
            context
                .schedule_event(Duration::from_micros(delay), schedulable!(Self::depart), ())
                .expect("law: a delay leads into the future");
        }
        if self.till.served == CUSTOMERS {
            self.closed.send(self.till.clone()).await;
        }
    }
}

/// Runs M/M/1.
pub(crate) fn queue() -> Outcome {
    let mut shop = Shop { till: Till::new(), closed: Output::default() };
    let (sink, mut closed) = event_queue(SinkState::Enabled);
    shop.closed.connect_sink(sink);
    let mut simulation = SimInit::with_num_threads(1)
        .add_model(shop, Mailbox::new(), "shop")
        .init(START)
        .expect("law: the model is complete");
    simulation.run().expect("law: no event of this model fails");
    Outcome::queue(&closed.try_read().expect("law: everybody has been served"))
}

#[derive(Default, Serialize, Deserialize)]
struct Member {
    node: Node,
    first: Option<Token>,
    onward: Output<Token>,
    told: Output<Node>,
}

#[Model]
impl Member {
    /// A token comes into the ring here.
    #[nexosim(init)]
    #[expect(clippy::unused_async, reason = "the attribute wants an asynchronous function")]
    async fn init(&mut self, context: &Context<Self>) {
        if let Some(mut token) = self.first.take() {
            let delay = token.delay();
            plan(context, token, delay);
        }
    }

    /// A token comes by.
    fn take(&mut self, mut token: Token, context: &Context<Self>) {
        if let Some(delay) = self.node.visit(&mut token, micros(context.time())) {
            plan(context, token, delay);
        }
    }

    #[nexosim(schedulable)]
    async fn forward(&mut self, token: Token) {
        self.onward.send(token).await;
    }

    /// Somebody asks what this node has seen.
    async fn tell(&mut self) {
        self.told.send(self.node).await;
    }
}

fn plan(context: &Context<Member>, token: Token, delay: u64) {
    context
        .schedule_event(Duration::from_micros(delay), schedulable!(Member::forward), token)
        .expect("law: a delay leads into the future");
}

/// Runs the ring.
pub(crate) fn ring() -> Outcome {
    let (sink, mut told) = event_queue(SinkState::Enabled);
    let mailboxes: Vec<_> = (0..NODES).map(|_| Mailbox::with_capacity(MAILBOX)).collect();
    let mut bench = SimInit::with_num_threads(1);
    let mut ask = EventSource::new();
    for mailbox in &mailboxes {
        ask = ask.connect(Member::tell, mailbox);
    }
    let ask = ask.register(&mut bench);
    let addresses: Vec<_> = mailboxes.iter().map(Mailbox::address).collect();
    for (node, mailbox) in (0..NODES).zip(mailboxes) {
        let mut member = Member { first: Some(Token::new(node)), ..Member::default() };
        let next = (node as usize + 1) % addresses.len();
        member.onward.connect(Member::take, addresses[next].clone());
        member.told.connect_sink(sink.clone());
        bench = bench.add_model(member, mailbox, &format!("node {node}"));
    }
    drop(addresses);
    let mut simulation = bench.init(START).expect("law: the model is complete");
    simulation.run().expect("law: no event of this model fails");
    simulation.process_event(&ask, ()).expect("law: no event of this model fails");
    let nodes: Vec<_> = std::iter::from_fn(|| told.try_read()).collect();
    Outcome::ring(&nodes)
}
