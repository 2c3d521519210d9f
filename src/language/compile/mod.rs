//! A tree of YAML in, a checked and compiled scenario out: one file for each part of a scenario.
//!
//! First everything that has a name is declared (`names`), then what refers to names is compiled, then the whole
//! is looked at (`wiring`). All findings come together in a `Report`; nothing stops at the first.

mod about;
mod channels;
mod clients;
mod clocks;
mod condition;
mod faults;
mod forms;
mod habits;
mod handlers;
mod inbox;
mod interactions;
mod invariants;
mod keys;
mod knobs;
mod lists;
mod logs;
mod messages;
mod names;
mod network;
mod receives;
mod report;
mod scenario;
mod schema;
mod script;
mod services;
mod stage;
mod steps;
mod tables;
mod targets;
mod turns;
mod values;
mod variants;
mod wiring;
mod words;

pub(super) use condition::condition;
pub(super) use scenario::scenario;
pub use schema::schema;
pub(super) use script::script;
