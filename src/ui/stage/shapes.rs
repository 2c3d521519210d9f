//! Small signs for messages that stand still: in queues, legends and lists.

use leptos::prelude::*;

use crate::app::view::Shape;

/// The class that gives a message its colour and its shape.
pub(super) const fn shape_class(shape: Shape) -> &'static str {
    match shape {
        Shape::Command => "glyph glyph--command",
        Shape::Event => "glyph glyph--event",
        Shape::Query => "glyph glyph--query",
        Shape::Reply => "glyph glyph--reply",
        Shape::Document => "glyph glyph--document",
    }
}

/// A message's sign. The words beside it say the same.
pub(in crate::ui) fn glyph(shape: Shape) -> AnyView {
    view! { <span class=shape_class(shape) aria-hidden="true"></span> }.into_any()
}
