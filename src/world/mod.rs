//! The world: network, brokers, services and people of one scenario, put together into one system.
//!
//! The world routes: what an actor wants sent becomes a leg on a link, what arrives is handed to whoever it is
//! for. It keeps the books (every copy of a message is somewhere, or has ended in exactly one way), the truth
//! about every intent, and the verdicts of the invariants. It draws nothing and judges nobody.

mod books;
mod brokers;
mod cancellations;
mod clocks;
mod copies;
mod deciders;
mod experience;
mod faults;
mod input;
mod invariants;
mod links;
mod lists;
mod logs;
mod meddle;
mod meddling;
mod objections;
mod open;
mod people;
mod plan;
mod post;
mod queues;
mod record;
mod rooms;
mod screens;
mod services;
mod staleness;
mod start;
mod state;
mod topics;
mod truth;
mod why;
mod wishes;

pub use books::{Account, Books};
pub use brokers::Broker;
pub use copies::Copies;
pub use experience::{Experience, is_false};
pub use faults::{FaultState, Faults};
pub use input::Input;
pub(crate) use input::id32;
pub use invariants::{InvariantState, Standing as InvariantStanding};
pub use logs::LogState;
pub use meddle::Way;
pub use plan::{NodeInfo, NodeKind, Plan};
pub use queues::Channel;
pub use record::{Meddling, NO_CHANNEL, Record, What};
pub use state::{Leg, Occurrence, Settings, Toward, Trouble, World};
pub use truth::{Ending, Endings, Outcome, Truth, Truths};
pub use why::Why;
