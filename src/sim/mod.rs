//! The discrete-event engine.
//!
//! An [`Engine`] owns a [`System`] (any value that reacts to occurrences) and the [`Schedule`] of occurrences that
//! have not come about yet. [`Engine::step`] takes the earliest, moves virtual time to it and lets the system
//! react; what the system wishes to happen later, and what it has to tell, comes back as data through a
//! [`Context`].
//!
//! **Invariant:** the engine knows nothing of services, brokers or browsers, and it never reads a wall clock.
//! Equal inputs give equal runs, on every machine.

mod digest;
mod engine;
mod schedule;

pub use digest::Digest;
pub use engine::{Context, Engine, Halt, Record, System};
pub use schedule::Schedule;
