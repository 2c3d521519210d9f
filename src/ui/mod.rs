//! The page: shows the lab and hands every click to it.
//!
//! It owns components, the painter of the stage and the browser's interfaces. It promises to decide nothing: every
//! wish becomes an [`Action`](crate::app::Action), every word and place comes from [`view`](crate::app::view). It
//! refuses to know how a run works.

mod bar;
mod branches;
mod compare;
mod controls;
mod dialog;
mod documents;
mod editor;
mod findings;
mod frame_loop;
mod help;
mod icon;
mod inspector;
mod invariants;
mod keeping;
mod keys;
mod knobs;
mod lesson;
mod letters;
mod live;
mod mirror;
mod mixer;
mod offer;
mod open_dialog;
mod page;
mod palette;
mod panel;
mod platform;
mod powers;
mod present;
mod probe;
mod scores;
mod search;
mod session;
mod share;
mod stage;
mod theme;
mod timeline;
mod transport;
mod trials;
mod until;
mod view;

pub use page::mount;
pub use probe::run_identity;
