//! Both models on `desque`: events are boxed, and an event changes the one state of the simulation.

use desque::SimState;
use desque::serial::{OkEvent, Simulation};

use benches::Outcome;
use benches::models::{NODES, Node, Till, Token};

/// `desque` lets the state say when to stop; ours never does, so a run ends when nothing is planned any more.
struct Shop(Till);

impl SimState<u64> for Shop {}

#[derive(Debug)]
struct Comes;

#[derive(Debug)]
struct Leaves;

impl OkEvent<Shop, u64> for Comes {
    fn execute(&mut self, simulation: &mut Simulation<Shop, u64>) {
        let now = *simulation.current_time();
        let arrived = simulation.state_mut().0.arrive(now);
        if let Some(delay) = arrived.next {
            plan(simulation, Self, delay);
        }
        if let Some(delay) = arrived.leaves {
            plan(simulation, Leaves, delay);
        }
    }
}

impl OkEvent<Shop, u64> for Leaves {
    fn execute(&mut self, simulation: &mut Simulation<Shop, u64>) {
        let now = *simulation.current_time();
        if let Some(delay) = simulation.state_mut().0.depart(now) {
            plan(simulation, Self, delay);
        }
    }
}

fn plan<S: SimState<u64>>(
    simulation: &mut Simulation<S, u64>,
    event: impl OkEvent<S, u64> + 'static,
    delay: u64,
) {
    simulation.schedule_with_delay(event, delay).expect("law: a delay leads into the future");
}

/// Runs M/M/1.
pub(crate) fn queue() -> Outcome {
    let mut till = Till::new();
    let first = till.first();
    let mut simulation = Simulation::new(Shop(till), 0);
    plan(&mut simulation, Comes, first);
    simulation.run().expect("law: no event of this model fails");
    Outcome::queue(&simulation.state().0)
}

struct Ring(Vec<Node>);

impl SimState<u64> for Ring {}

#[derive(Debug)]
struct Hop {
    node: u32,
    token: Token,
}

impl OkEvent<Ring, u64> for Hop {
    fn execute(&mut self, simulation: &mut Simulation<Ring, u64>) {
        let now = *simulation.current_time();
        let visited = &mut simulation.state_mut().0[self.node as usize];
        if let Some(delay) = visited.visit(&mut self.token, now) {
            let node = if self.node + 1 == NODES { 0 } else { self.node + 1 };
            plan(simulation, Self { node, token: self.token }, delay);
        }
    }
}

/// Runs the ring.
pub(crate) fn ring() -> Outcome {
    let mut simulation = Simulation::new(Ring(vec![Node::default(); NODES as usize]), 0);
    for node in 0..NODES {
        let mut token = Token::new(node);
        let delay = token.delay();
        plan(&mut simulation, Hop { node, token }, delay);
    }
    simulation.run().expect("law: no event of this model fails");
    Outcome::ring(&simulation.state().0)
}
