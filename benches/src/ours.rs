//! Both models as systems of our own engine.

use std::convert::Infallible;

use inflight::base::{Span, Time};
use inflight::sim::{Context, Engine, System};

use crate::models::{NODES, Node, Till, Token};
use crate::outcome::Outcome;

/// M/M/1.
#[derive(Clone)]
struct Shop(Till);

#[derive(Clone, Copy)]
enum Customer {
    Comes,
    Leaves,
}

impl System for Shop {
    type Occurrence = Customer;
    type Input = Infallible;
    type Record = ();

    fn start(&mut self, context: &mut Context<'_, Self>) {
        context.after(Span::from_micros(self.0.first()), Customer::Comes);
    }

    fn react(&mut self, customer: Customer, context: &mut Context<'_, Self>) {
        let now = context.now.as_micros();
        let (next, leaves) = match customer {
            Customer::Comes => {
                let arrived = self.0.arrive(now);
                (arrived.next, arrived.leaves)
            }
            Customer::Leaves => (None, self.0.depart(now)),
        };
        if let Some(delay) = next {
            context.after(Span::from_micros(delay), Customer::Comes);
        }
        if let Some(delay) = leaves {
            context.after(Span::from_micros(delay), Customer::Leaves);
        }
    }

    fn steer(&mut self, input: Infallible, _context: &mut Context<'_, Self>) {
        match input {}
    }
}

/// Runs M/M/1.
pub(crate) fn queue() -> Outcome {
    let mut engine = Engine::new(Shop(Till::new()), &mut Vec::new());
    engine.advance(Time::MAX, u64::MAX, &mut Vec::new());
    Outcome::queue(&engine.system.0)
}

/// The ring.
#[derive(Clone)]
struct Ring(Vec<Node>);

/// A token comes to a node.
#[derive(Clone, Copy)]
struct Hop {
    node: u32,
    token: Token,
}

impl System for Ring {
    type Occurrence = Hop;
    type Input = Infallible;
    type Record = ();

    fn start(&mut self, context: &mut Context<'_, Self>) {
        for node in 0..NODES {
            let mut token = Token::new(node);
            context.after(Span::from_micros(token.delay()), Hop { node, token });
        }
    }

    fn react(&mut self, Hop { node, mut token }: Hop, context: &mut Context<'_, Self>) {
        let visited = &mut self.0[node as usize];
        if let Some(delay) = visited.visit(&mut token, context.now.as_micros()) {
            let node = if node + 1 == NODES { 0 } else { node + 1 };
            context.after(Span::from_micros(delay), Hop { node, token });
        }
    }

    fn steer(&mut self, input: Infallible, _context: &mut Context<'_, Self>) {
        match input {}
    }
}

/// Runs the ring.
pub(crate) fn ring() -> Outcome {
    let nodes = vec![Node::default(); NODES as usize];
    let mut engine = Engine::new(Ring(nodes), &mut Vec::new());
    engine.advance(Time::MAX, u64::MAX, &mut Vec::new());
    Outcome::ring(&engine.system.0)
}
