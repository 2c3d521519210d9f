//! The machine that executes compiled handlers.
//!
//! A [`Service`] is a value: tables, and instances with an inbox and workers with half-finished handlers, all plain
//! data. It is driven by calls that say what has arrived or run out, and answers with [`Effect`]s: what it wants sent,
//! acknowledged, remembered. It knows no network, no broker and no people; a verdict is a message like any other.

mod aside;
mod attempt;
mod breaker;
mod call;
mod cancellation;
mod effect;
mod envelope;
mod execute;
mod guard;
mod inbox;
mod instance;
mod machine;
mod memory;
mod progress;
mod replay;
mod room;
mod transaction;
mod work;

pub use aside::Note;
pub use breaker::{Breaker, Place as CallPlace};
pub use call::{Calling, Open, Progress};
pub use effect::{Cause, Decision, Duty, Effect, Timer};
pub use envelope::{Asked, Content, Envelope, Intent, ListAddress, NodeId, ReplyTo, Rows, Verdict};
pub use guard::{Expected, Hold};
pub use inbox::Inbox;
pub use instance::Instance;
pub use machine::{Delivery, Inboxed, Running, Service, Standing};
