//! The colours of the time line, as the style sheets have decided them.

use leptos::prelude::window;
use leptos::web_sys::Element;

use crate::app::view::Shape;

/// The colours, ready for a canvas.
#[derive(Clone, Debug, Default)]
pub(super) struct Palette {
    shapes: [String; 5],
    pub(super) ground: String,
    pub(super) line: String,
    pub(super) edge: String,
    pub(super) ink: String,
    pub(super) soft: String,
    pub(super) accent: String,
    pub(super) bad: String,
    pub(super) late: String,
    pub(super) good: String,
    pub(super) work: String,
    /// The font of small words.
    pub(super) font: String,
}

impl Palette {
    /// Reads the colours that hold for this element.
    pub(super) fn read(element: &Element) -> Self {
        let Ok(Some(style)) = window().get_computed_style(element) else { return Self::default() };
        let read = |name: &str| style.get_property_value(name).unwrap_or_default();
        let (size, family) = (read("font-size"), read("font-family"));
        Self {
            shapes: ["--command", "--event", "--query", "--reply", "--rows"].map(read),
            ground: read("--surface"),
            line: read("--line"),
            edge: read("--edge"),
            ink: read("--ink"),
            soft: read("--ink-soft"),
            accent: read("--accent"),
            bad: read("--bad"),
            late: read("--late"),
            good: read("--good"),
            work: read("--work"),
            font: ["500 ", &size, " ", &family].concat(),
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
