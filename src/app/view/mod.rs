//! What the screen shows, as plain structs: computed from the lab, tested without a browser.
//!
//! Painters and components only paint and lay out what they find here. Words for people are made here, so that
//! the page, the keyboard's twin of the stage and the tests say the same.

mod calls;
mod channel;
mod flight;
mod halt;
mod inspector;
mod layout;
mod panel;
mod screen;
mod service;
mod stage;

pub use flight::{Flight, Flights, Shape, flight_at, flights};
pub use halt::{halt, halt_words};
pub use inspector::{Inspector, Part, SourceLine, inspect, message_in_the_air};
pub use layout::{DEVICES_MAX, Lane, Layout, Place, Placed, layout};
pub use panel::{
    FaultView, InvariantView, Invariants, KnobView, Mark, Transport, faults, invariants, knobs,
    marks, transport, variants,
};
pub use screen::{
    FieldKind, FieldView, FormView, IntentView, ItemView, ListView, ScreenView, Tone, screen,
};
pub use service::{Power, powers};
pub use stage::{LinkView, NodeStatus, StandingTokens, links, status};
