//! The painter's colours, as the style sheets have decided them.
//!
//! Read from computed style, so that themes and forced colours reach the canvas too.

use leptos::prelude::window;
use leptos::web_sys::Element;

use crate::app::view::Shape;
use crate::base::number;

/// The colours, ready for a canvas.
#[derive(Clone, Debug, Default)]
pub(super) struct Palette {
    /// By shape: command, event, query, reply, rows.
    shapes: [String; 5],
    /// Behind names and open shapes.
    pub(super) ground: String,
    /// Names.
    pub(super) ink: String,
    /// Ways in use.
    pub(super) edge: String,
    /// What is selected.
    pub(super) accent: String,
    /// What got lost.
    pub(super) lost: String,
    /// The font of names, and its size in the page's pixels.
    pub(super) family: String,
    pub(super) letter: f64,
}

impl Palette {
    /// Reads the colours that hold for this element.
    pub(super) fn read(element: &Element) -> Self {
        let Ok(Some(style)) = window().get_computed_style(element) else { return Self::default() };
        let read = |name: &str| style.get_property_value(name).unwrap_or_default();
        let letter = number::parse(read("font-size").trim_end_matches("px")).unwrap_or(16.0);
        Self {
            shapes: ["--command", "--event", "--query", "--reply", "--rows"].map(read),
            ground: read("--ground"),
            ink: read("--ink"),
            edge: read("--edge"),
            accent: read("--accent"),
            lost: read("--bad"),
            family: read("font-family"),
            letter,
        }
    }

    /// The colour of a shape.
    pub(super) fn of(&self, shape: Shape) -> &str {
        &self.shapes[match shape {
            Shape::Command => 0,
            Shape::Event => 1,
            Shape::Query => 2,
            Shape::Reply => 3,
            Shape::Document => 4,
        }]
    }
}
