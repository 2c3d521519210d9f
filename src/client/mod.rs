//! People at their screens: what they wish, what their screens say, and when.
//!
//! A [`Device`] is a value that is driven by calls and answers with [`Effect`]s. Its behaviour is put together from
//! the five axes of `interaction`; no preset has code of its own. It knows only what its own screen knows: the
//! truth about an intent is the world's business.

mod device;
mod effect;
mod screen;
mod sending;

pub use device::Device;
pub use effect::{Duty, Effect, News, Timer, TimerKind, Wish};
pub use screen::{Assertion, IntentName, ListOnScreen, Says, ShownIntent};
pub use sending::Stage;
