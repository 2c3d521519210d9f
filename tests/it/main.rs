//! The lab from outside, without a browser. One binary, one module for each family of laws.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod archive;
mod axes;
mod brokers;
mod calls;
mod cancellation;
mod catalogue;
mod channels;
mod clocks;
mod closing;
mod command;
mod conservation;
mod editor;
mod faults;
mod fuzz;
mod gate;
mod generated;
mod habits;
mod inbox;
mod instances;
mod interaction;
mod jobs;
mod layout;
mod link;
mod logs;
mod measured;
mod memory;
mod network;
mod parallel;
mod patterns;
mod promises;
mod proofs;
mod queueing;
mod replay;
mod rig;
mod rival;
mod rooms;
mod routing;
mod scorecard;
mod semantics;
mod steps;
mod systems;
mod tidy;
mod waiting;
mod weathers;
