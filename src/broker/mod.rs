//! Brokers' data structures: queues that are driven by calls.
//!
//! No actors, no time, no chance: the caller says what has happened and is told what to do. What is queued
//! is any clonable thing; who reads is a number.

mod group;
mod log;
mod order;
mod queue;
mod route;
#[cfg(test)]
mod tests;

pub use group::Group;
pub use log::{Entry, Log, Start};
pub use order::Label;
pub use queue::{Delivery, Fate, Queue};
pub use route::Pattern;
