//! The lines along which messages can go: one thin line each, and arrowheads while the world stands.

use std::fmt::Write as _;

use crate::app::view::{Lane, Layout, LinkView, link_ends, links as all_links};
use crate::app::{Lab, Selection};
use crate::base::Span;
use crate::service::NodeId;
use crate::ui::live::Live;
use crate::ui::page::Desk;
use crate::ui::view::{View, el, words};

/// Half the length of an arrowhead.
const ARROW_PX: f64 = 5.0;
/// The shortest way that has room for an arrowhead.
const ARROW_ROOM_PX: f64 = 40.0;

/// All lines. What is selected is marked, and so is what persons or faults have cut.
pub(super) fn lines(desk: Desk, layout: Live<Layout>) -> View {
    let links = desk.session.acted(|lab| all_links(lab.scenario()));
    let outlines = Live::new(move || {
        let (links, layout) = (links.read(), layout.read());
        let (mut lines, mut arrows) = (String::new(), String::new());
        for lane in links.iter().filter_map(|link| layout.lane(link.from, link.to)) {
            draw(&lane, &mut lines, &mut arrows);
        }
        (lines, arrows)
    });
    let extent = words(move || {
        let layout = layout.read();
        format!("0 0 {:.1} {:.1}", layout.width, layout.height)
    });
    let marked = move |is_marked: fn(&Lab, NodeId, NodeId) -> bool| {
        let which = desk.session.view(move |lab| {
            let is_marked = |it: &&LinkView| {
                let (from, to) = link_ends(lab.plan(), **it);
                is_marked(lab, from, to)
            };
            links.read().iter().filter(is_marked).copied().collect::<Vec<_>>()
        });
        words(move || {
            let (which, layout) = (which.read(), layout.read());
            let (mut lines, mut arrows) = (String::new(), String::new());
            for lane in which.iter().filter_map(|it| layout.lane(it.from, it.to)) {
                draw(&lane, &mut lines, &mut arrows);
            }
            lines + &arrows
        })
    };
    let is_selected = |lab: &Lab, from, to| lab.selection() == Some(&Selection::Link(from, to));
    el("svg.links")
        .attr("viewBox", extent)
        .attr("aria-hidden", "true")
        .child(el("path.links__lines").attr("d", words(move || outlines.read().0.clone())))
        .child(el("path.links__arrows").attr("d", words(move || outlines.read().1.clone())))
        .child(
            el("path.links__slow").attr(
                "d",
                marked(|lab, from, to| lab.world().faults.lateness(from, to) > Span::ZERO),
            ),
        )
        .child(
            el("path.links__cut")
                .attr("d", marked(|lab, from, to| lab.world().faults.is_cut(from, to))),
        )
        .child(el("path.links__selected").attr("d", marked(is_selected)))
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
