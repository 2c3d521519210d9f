//! The chronicle: what the timeline remembers of a run.
//!
//! It is told what comes about while the run is played for the first time, occurrence by occurrence, and keeps it as
//! things that have a length: messages on their way, handlers at work, claims on screens, troubles, and counts that
//! change. It promises that what it keeps depends on the run alone: following it in any order gives the same as playing
//! it from the start. Its memory is bounded: of a long run it keeps the latest things one by one, and of all of it how
//! much there was. Refuses to know how anything is drawn.

mod fold;
mod follow;
mod kept;
mod lanes;
mod piece;
mod poll;
mod series;

pub use kept::{Chronicle, Thinned};
pub use lanes::Lanes;
pub use piece::{Bar, Claim, Gap, STILL, Shade, Trip, Trouble};
pub use series::{Knee, Of, Segment, Series};
