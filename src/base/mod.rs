//! The ground: virtual time, named streams of chance, and the bounds that input must keep.
//!
//! No word of any domain appears here, and nothing reads a clock or an ambient source of chance.

mod chance;
mod chunks;
pub mod limits;
mod map;
pub mod number;
pub mod sorted;
mod time;

pub use chance::{Stream, mix};
pub use chunks::Chunks;
pub use map::Map;
pub use time::{Span, Time};
