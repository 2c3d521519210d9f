//! The past of a run: its journal, its inputs, and the way back.
//!
//! A [`Run`] is a start, the inputs at their exact positions, and keyframes on the way. Seeking clones a keyframe
//! and plays on, so the past is never reconstructed by other means than those that made it. It knows no
//! domain: any [`System`](crate::sim::System) will do.

mod run;

pub use run::{Position, Recorded, Run};
