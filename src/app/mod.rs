//! The lab without a browser: what is open, how it plays, what is selected, and what the screen shows.
//!
//! [`Lab::update`] is the only place where anything changes. The interface dispatches [`Action`]s and shows the
//! plain structs of [`view`]; it decides nothing. Time enters as a duration, clamped.

mod action;
pub mod archive;
mod branching;
pub mod catalogue;
pub mod chronicle;
mod deeds;
pub mod edit;
mod gate;
mod jump;
mod lab;
mod lineage;
pub mod link;
mod opening;
mod options;
mod placing;
mod playback;
pub mod qr;
mod rival;
mod scripts;
mod search;
mod trials;
mod until;
pub mod view;
mod watch;

pub use action::{Action, Return};
pub use gate::{Arrival, Incoming, Offer, Way};
pub use lab::{Lab, Selection};
pub use lineage::{Lineage, Relation};
pub use opening::{Origin, Original, Refusal};
pub use options::{Choice, OPTIONS, Options};
pub use playback::{Playback, SPEEDS};
pub use rival::Difference;
pub use search::{Hit, Search};
pub use trials::{Course, Field, Trials};
pub use until::{Reached, Until};
