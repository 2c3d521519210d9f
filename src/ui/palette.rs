//! The colours of what is painted on canvases, as the style sheets have decided them.
//!
//! Read from computed style, so that themes and forced colours reach the canvas too. It refuses to know what is
//! painted.

use leptos::prelude::window;
use leptos::web_sys::Element;

use crate::app::view::Shape;
use crate::base::number;

/// The colours, ready for a canvas.
#[derive(Clone, Debug, Default)]
pub(super) struct Palette {
    /// By shape: command, event, query, reply, rows.
    shapes: [String; 5],
    /// The stage, and what covers something on it.
    pub(super) ground: String,
    /// A sheet, and what covers something on it.
    pub(super) surface: String,
    /// Thin lines.
    pub(super) line: String,
    /// Lines in use.
    pub(super) edge: String,
    /// Names.
    pub(super) ink: String,
    /// Small words.
    pub(super) soft: String,
    /// What is selected.
    pub(super) accent: String,
    /// What is lost, broken or false.
    pub(super) bad: String,
    /// What is late, or troubled.
    pub(super) late: String,
    /// What is true.
    pub(super) good: String,
    /// Handlers.
    pub(super) work: String,
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
            surface: read("--surface"),
            line: read("--line"),
            edge: read("--edge"),
            ink: read("--ink"),
            soft: read("--ink-soft"),
            accent: read("--accent"),
            bad: read("--bad"),
            late: read("--late"),
            good: read("--good"),
            work: read("--work"),
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
