//! What a host says about the scenario, and what the shapes on the stage mean.

use leptos::prelude::*;

use super::controls::pair;
use super::leaf::dynamic;
use super::page::Desk;
use super::stage::glyph;
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
pub(super) fn lesson(desk: Desk) -> AnyView {
    let steps = desk.session.view(|lab| lab.scenario().lesson.clone());
    let told = move || {
        let steps = steps.get();
        if steps.is_empty() {
            let words = "Click the button on a person's screen and follow what leaves it. Then turn \
             a knob and click again.";
            return view! { <p>{words}</p> }.into_any();
        }
        let steps: Vec<AnyView> =
            steps.into_iter().map(|it| view! { <li>{it}</li> }.into_any()).collect();
        view! { <ol class="lesson">{steps}</ol> }.into_any()
    };
    let row = |(shape, meaning): &(Shape, &'static str)| {
        let name = view! { {glyph(*shape)} {shape.word()} };
        pair("legend__row", name.into_any(), (*meaning).into_any())
    };
    let legend: Vec<AnyView> = SHAPES.iter().map(row).collect();
    view! {
        <h2 class="panel__title">"What to see"</h2>
        {dynamic(told)}
        <h3 class="panel__heading">"What moves"</h3>
        <dl class="legend">{legend}</dl>
    }
    .into_any()
}
