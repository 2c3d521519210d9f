//! What a person did by hand, as records tell it.

/// What a person did by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meddling {
    /// Made a second copy of a message.
    Duplicated,
    /// Held a message up.
    Delayed,
    /// Let a message overtake those before it.
    Overtook,
    /// Paused a service.
    Paused,
    /// Let it go on.
    Resumed,
    /// Made a service's work take longer, or as long as usual.
    Slowed,
    /// Cut a link.
    Cut,
    /// Made a link slow.
    SlowedLink,
    /// Mended a link.
    Mended,
}
