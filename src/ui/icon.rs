//! The page's signs: outlines in a square of 24, drawn in the colour of the text around them.

use super::view::{View, el};

/// A sign.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Play,
    Pause,
    Step,
    StepBack,
    Restart,
    Check,
    Cross,
    Clock,
    Back,
    Open,
    Link,
    Help,
    Display,
    Dash,
    Warning,
    Text,
    Lens,
    Cloud,
    Mixer,
    Power,
    Less,
    More,
    Fit,
    Screen,
    Present,
    Left,
    Right,
    Up,
    Down,
    Lanes,
    Plus,
    Whole,
    Follow,
    Brush,
    Chart,
    Table,
    Until,
    Dice,
}

impl Icon {
    const fn outline(self) -> &'static str {
        match self {
            Self::Play => "M7 4.5v15l12-7.5z",
            Self::Pause => "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
            Self::Step => "M6 5v14l9-7zM16 5h3v14h-3z",
            Self::StepBack => "M18 5v14l-9-7zM5 5h3v14H5z",
            Self::Until => "M6 21V4h12l-2.5 4 2.5 4H6",
            Self::Dice => "M5 5h14v14H5zM9 9v.01M15 9v.01M9 15v.01M15 15v.01M12 12v.01",
            Self::Restart => "M5 12a7 7 0 1 0 2.2-5.1M7 3v4.2h4.2",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Cross => "M6 6l12 12M18 6L6 18",
            Self::Clock => "M12 4a8 8 0 1 0 .01 0M12 8v4.5l3 2",
            Self::Back => "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 5 5",
            Self::Open => "M4 7V5h6l2 2h8v12H4zM4 11h16",
            Self::Link => {
                "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"
            }
            Self::Help => "M9 9.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8M12 17.5v.01",
            Self::Display => "M12 4a8 8 0 1 0 .01 0M12 4v16",
            Self::Dash => "M6 12h12",
            Self::Text => "M5 5h14M5 9.7h10M5 14.3h14M5 19h7",
            Self::Lens => {
                "M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 9.5a2.5 2.5 0 1 0 .01 0"
            }
            Self::Mixer => "M6 4v9M6 17v3M12 4v3M12 11v9M18 4v7M18 15v5M4 15h4M10 9h4M16 13h4",
            Self::Cloud => {
                "M5 4l14 16M9 18H7.5a4 4 0 0 1-.6-7.9M9.5 6.2A5.5 5.5 0 0 1 17 10.6a3.7 3.7 0 0 1 2.6 5.6"
            }
            Self::Power => "M12 4v7M7.5 7a7 7 0 1 0 9 0",
            Self::Less => "M10 4a6 6 0 1 0 .01 0M14.5 14.5L20 20M7 10h6",
            Self::More => "M10 4a6 6 0 1 0 .01 0M14.5 14.5L20 20M7 10h6M10 7v6",
            Self::Fit => "M4 4h16v16H4zM8 9h3v3H8zM14 13h2v3h-2z",
            Self::Screen => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
            Self::Present => "M4 5h16v10H4zM12 15v3M8 20l4-2 4 2",
            Self::Left => "M19 12H5M11 6l-6 6 6 6",
            Self::Right => "M5 12h14M13 6l6 6-6 6",
            Self::Up => "M12 19V5M6 11l6-6 6 6",
            Self::Down => "M12 5v14M6 13l6 6 6-6",
            Self::Lanes => "M4 6h16M4 12h16M4 18h16M7 6l4 6M13 12l4 6",
            Self::Plus => "M12 6v12M6 12h12",
            Self::Whole => "M4 5v14M20 5v14M7 12h10M10 9l-3 3 3 3M14 9l3 3-3 3",
            Self::Follow => "M16 4v16M4 12h8M9 9l3 3-3 3",
            Self::Brush => "M6 4v16M18 4v16M9 9h6M9 15h6",
            Self::Chart => "M4 19h16M4 15l5-6 4 4 7-8",
            Self::Table => "M4 5h16v14H4zM4 10h16M10 5v14",
            Self::Warning => "M12 4L3 19h18zM12 10v4M12 16.8v.01",
        }
    }

    const fn solid(self) -> bool {
        matches!(self, Self::Play | Self::Pause | Self::Step | Self::StepBack)
    }
}

/// A sign beside words: it says nothing that they do not say.
pub(super) fn icon(it: Icon) -> View {
    el(if it.solid() { "svg.icon.icon--solid" } else { "svg.icon" })
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(el("path").attr("d", it.outline()))
}
