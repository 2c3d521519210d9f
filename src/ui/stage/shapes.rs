//! Small signs for messages that stand still: in queues, legends and lists.

use crate::app::view::Shape;
use crate::ui::view::{View, el};

/// A message's sign. The words beside it say the same.
pub(in crate::ui) fn glyph(shape: Shape) -> View {
    let sign = match shape {
        Shape::Command => "span.glyph.glyph--command",
        Shape::Event => "span.glyph.glyph--event",
        Shape::Query => "span.glyph.glyph--query",
        Shape::Reply => "span.glyph.glyph--reply",
        Shape::Document => "span.glyph.glyph--document",
    };
    el(sign).attr("aria-hidden", "true")
}
