//! Both models on `simcore`: components with handlers, boxed event data, time in floating-point seconds.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;
use simcore::{Event, EventHandler, Id, Simulation, SimulationContext, cast};

use benches::Outcome;
use benches::models::{NODES, Node, Till, Token};

#[derive(Clone, Serialize)]
struct Comes {}

#[derive(Clone, Serialize)]
struct Leaves {}

struct Shop {
    till: Till,
    context: SimulationContext,
}

impl EventHandler for Shop {
    fn on(&mut self, event: Event) {
        let now = micros(event.time);
        cast!(match event.data {
            Comes {} => {
                let arrived = self.till.arrive(now);
                if let Some(delay) = arrived.next {
                    self.context.emit_self(Comes {}, seconds(delay));
                }
                if let Some(delay) = arrived.leaves {
                    self.context.emit_self(Leaves {}, seconds(delay));
                }
            }
            Leaves {} => {
                if let Some(delay) = self.till.depart(now) {
                    self.context.emit_self(Leaves {}, seconds(delay));
                }
            }
        });
    }
}

fn seconds(micros: u64) -> f64 {
    micros as f64 * 1e-6
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive and small")]
fn micros(seconds: f64) -> u64 {
    (seconds * 1e6 + 0.5) as u64
}

/// Runs M/M/1.
pub(crate) fn queue() -> Outcome {
    let mut simulation = Simulation::new(1);
    let context = simulation.create_context("shop");
    let mut till = Till::new();
    context.emit_self(Comes {}, seconds(till.first()));
    let shop = Rc::new(RefCell::new(Shop { till, context }));
    simulation.add_handler("shop", shop.clone());
    simulation.step_until_no_events();
    Outcome::queue(&shop.borrow().till)
}

#[derive(Clone, Serialize)]
struct Hop {
    token: Token,
}

struct Member {
    node: Node,
    next: Id,
    context: SimulationContext,
}

impl EventHandler for Member {
    fn on(&mut self, event: Event) {
        let now = micros(event.time);
        cast!(match event.data {
            Hop { mut token } => {
                if let Some(delay) = self.node.visit(&mut token, now) {
                    self.context.emit(Hop { token }, self.next, seconds(delay));
                }
            }
        });
    }
}

/// Runs the ring.
pub(crate) fn ring() -> Outcome {
    let mut simulation = Simulation::new(1);
    let contexts: Vec<_> =
        (0..NODES).map(|node| simulation.create_context(format!("node {node}"))).collect();
    let ids: Vec<_> = contexts.iter().map(SimulationContext::id).collect();
    let mut members = Vec::new();
    for (place, context) in contexts.into_iter().enumerate() {
        let name = context.name().to_owned();
        let next = ids[(place + 1) % ids.len()];
        let member = Rc::new(RefCell::new(Member { node: Node::default(), next, context }));
        simulation.add_handler(name, member.clone());
        members.push(member);
    }
    for (node, member) in (0..NODES).zip(&members) {
        let mut token = Token::new(node);
        let delay = seconds(token.delay());
        member.borrow().context.emit_self(Hop { token }, delay);
    }
    simulation.step_until_no_events();
    let nodes: Vec<_> = members.iter().map(|it| it.borrow().node).collect();
    Outcome::ring(&nodes)
}
