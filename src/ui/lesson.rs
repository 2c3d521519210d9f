//! What a host says about the scenario, and what the shapes on the stage mean.

use super::controls::pair;
use super::page::Desk;
use super::stage::glyph;
use super::view::{View, dynamic, el, group};
use crate::app::view::Shape;

/// The shapes and what they mean, for the legend.
const SHAPES: &[(Shape, &str)] = &[
    (Shape::Command, "asks one receiver to act"),
    (Shape::Event, "tells a fact to whoever listens"),
    (Shape::Query, "asks for an answer"),
    (Shape::Reply, "answers"),
    (Shape::Document, "bring a screen up to date"),
];

/// The panel's tab.
pub(super) fn lesson(desk: Desk) -> View {
    let steps = desk.session.acted(|lab| lab.scenario().lesson.clone());
    let told = move || {
        let steps = steps.get();
        if steps.is_empty() {
            let words = "Click the button on a person's screen and follow what leaves it. Then turn \
             a knob and click again.";
            return el("p").text(words);
        }
        el("ol.lesson").children(steps.into_iter().map(|it| el("li").text(it)))
    };
    let row = |(shape, meaning): &(Shape, &'static str)| {
        let name = group().child(glyph(*shape)).text(shape.word());
        pair("legend__row", name, group().text(*meaning))
    };
    group()
        .child(el("h2.panel__title").text("What to see"))
        .child(dynamic(told))
        .child(el("h3.panel__heading").text("What moves"))
        .child(el("dl.legend").children(SHAPES.iter().map(row)))
}
