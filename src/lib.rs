//! Inflight: a browser lab for asynchronous systems and for the people who use them.
//!
//! The modules in reading order. Each may use what stands above it and nothing below; the compiler
//! (features) and `tests/it/tidy.rs` hold that direction.

pub mod base;
pub mod sim;

pub mod history;

pub mod net;

pub mod broker;

pub mod interaction;
pub mod language;

pub mod service;

pub mod client;

pub mod world;

pub mod measure;

pub mod app;

#[cfg(feature = "browser")]
pub mod ui;
