//! The past of a run: its journal, its inputs, and the way back; and other runs with a common past.
//!
//! A [`Run`] is a start, the inputs at their exact positions, and keyframes on the way. Seeking clones a keyframe
//! and plays on, so the past is never reconstructed by other means than those that made it. [`Branches`] keeps the
//! runs that left each other somewhere. It knows no domain: any [`System`](crate::sim::System) will do.

mod branches;
mod journal;
mod run;

pub use branches::{Branch, BranchId, Branches};
pub use journal::Journal;
pub use run::{Position, Recorded, Run};
