//! What the screen shows, as plain structs: computed from the lab, tested without a browser.
//!
//! Painters and components only paint and lay out what they find here. Words for people are made here, so that
//! the page, the keyboard's twin of the stage and the tests say the same.

mod branches;
mod calls;
mod channel;
mod compare;
mod flight;
mod frontier;
mod inspector;
mod intent;
mod layout;
mod lens;
mod link;
mod message;
mod mixer;
mod offer;
mod panel;
mod person;
mod plain;
mod powers;
mod row;
mod scores;
mod screen;
mod service;
mod stage;
mod story;
pub mod timeline;
mod traffic;
pub(in crate::app) mod words;

pub use branches::{BranchView, branch_outlines, branches, deed_words};
pub use compare::{ComparedRow, ComparedScreen, compared_screens, differences, rival_name};
pub use flight::{DIM, Flight, Flights, Shape, flight_at, flights, still_flights};
pub use frontier::{FrontierView, LINES, PointView, frontier};
pub use inspector::{Bar, Inspector, Part, SourceLine, TableRow, Thing, inspect};
pub use layout::{DEVICES_MAX, Lane, Layout, Place, Placed, layout};
pub use lens::{Standing, TruthMark};
pub use link::{link_at, link_ends, link_name};
pub use mixer::{AxisView, ChoiceView, MixerView, Target, mixer, targets};
pub use offer::{OfferView, count, offer, size};
pub use panel::{
    FaultView, InvariantView, Invariants, KnobView, Transport, faults, halt, invariants, knobs,
    transport, variants,
};
pub use plain::plain;
pub use powers::{Power, goals, powers};
pub use scores::{FigureView, ScoreView, live_scores, rival_score, trial_scores};
pub use screen::{
    FieldKind, FieldView, FormView, IntentView, ItemView, ListView, ScreenView, Tone, screen,
};
pub use stage::{LinkView, NodeStatus, StandingTokens, links, status};
pub use story::{Story, StoryLine, story};
