//! What a host says about the scenario, and what the shapes on the stage mean.

use leptos::prelude::*;

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
            return view! {
                <p>"Click the button on a person’s screen and follow what leaves it. Then turn a knob and click again."</p>
            }
            .into_any();
        }
        let steps = steps.into_iter().map(|it| view! { <li>{it}</li> });
        view! { <ol class="lesson">{steps.collect_view()}</ol> }.into_any()
    };
    let legend = SHAPES.iter().map(|(shape, meaning)| {
        view! {
            <div class="legend__row">
                <dt>{glyph(*shape)}{shape.word()}</dt>
                <dd>{*meaning}</dd>
            </div>
        }
    });
    view! {
        <h2 class="panel__title">"What to see"</h2>
        {told}
        <h3 class="panel__heading">"What moves"</h3>
        <dl class="legend">{legend.collect_view()}</dl>
    }
    .into_any()
}
