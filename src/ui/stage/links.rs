//! The lines along which messages can go: one thin line each, and arrowheads while the world stands.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::app::view::{Lane, Layout, links as all_links};
use crate::ui::leaf::words;
use crate::ui::page::Desk;

/// Half the length of an arrowhead.
const ARROW_PX: f64 = 5.0;
/// The shortest way that has room for an arrowhead.
const ARROW_ROOM_PX: f64 = 40.0;

/// All lines.
pub(super) fn links(desk: Desk, layout: Memo<Layout>) -> AnyView {
    let lanes = move || {
        let links = desk.session.peek(|lab| all_links(lab.scenario()));
        layout.with(|it| {
            links.iter().filter_map(|link| it.lane(link.from, link.to)).collect::<Vec<_>>()
        })
    };
    let outlines = Memo::new(move |_| {
        let (mut lines, mut arrows) = (String::new(), String::new());
        for lane in lanes() {
            draw(&lane, &mut lines, &mut arrows);
        }
        (lines, arrows)
    });
    view! {
        <svg class="links" aria-hidden="true">
            <path class="links__lines" d=words(move || outlines.get().0) />
            <path class="links__arrows" d=words(move || outlines.get().1) />
        </svg>
    }
    .into_any()
}

/// Adds a lane to the outlines. Writing to a text cannot fail.
fn draw(lane: &Lane, lines: &mut String, arrows: &mut String) {
    let ((x1, y1), (x2, y2)) = (lane.start, lane.end);
    let _ = write!(lines, "M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}");
    let length = libm::hypot(x2 - x1, y2 - y1);
    if length < ARROW_ROOM_PX {
        return;
    }
    let (x, y) = lane.at(0.5);
    let (along, across) = ((x2 - x1) / length * ARROW_PX, (y2 - y1) / length * ARROW_PX);
    let (tip_x, tip_y) = (x + along, y + across);
    let (back_x, back_y) = (x - along, y - across);
    let _ = write!(
        arrows,
        "M{:.1} {:.1}L{tip_x:.1} {tip_y:.1}L{:.1} {:.1}",
        back_x - across,
        back_y + along,
        back_x + across,
        back_y - along,
    );
}
