//! Links between nodes: what each is called, how it is doing, and which of them lies under a finger.
//!
//! A line of the stage joins places; a link of the network joins nodes. All channels of one broker are reached over the
//! same link.

use super::inspector::{Inspector, facts};
use super::layout::{Lane, Layout, Place};
use super::stage::LinkView;
use super::traffic::traffic;
use crate::app::Lab;
use crate::base::Span;
use crate::service::NodeId;
use crate::world::Plan;

/// How near to a line a finger has to be, in pixels.
const REACH_PX: f64 = 12.0;

/// The nodes that a line of the stage joins.
pub fn link_ends(plan: &Plan, link: LinkView) -> (NodeId, NodeId) {
    (node_of(plan, link.from), node_of(plan, link.to))
}

/// The node at a place of the stage.
fn node_of(plan: &Plan, place: Place) -> NodeId {
    match place {
        Place::Service(id) => id,
        Place::Channel(id) => plan.entry(id),
        Place::Person(id) => plan.person_node(id),
    }
}

/// The node that has a lane of the timeline.
pub(super) fn node_at(lab: &Lab, lane: u16) -> NodeId {
    node_of(lab.plan(), lab.chronicle().lanes.places[usize::from(lane)])
}

/// What a link is called.
pub fn link_name(plan: &Plan, (from, to): (NodeId, NodeId)) -> String {
    [plan.nodes[from].name.as_str(), " → ", &plan.nodes[to].name].concat()
}

/// The line nearest to a point of the stage, within reach of a finger.
pub fn link_at(layout: &Layout, links: &[LinkView], x: f64, y: f64) -> Option<LinkView> {
    let near = links.iter().filter_map(|it| {
        let distance = distance(&layout.lane(it.from, it.to)?, (x, y));
        (distance <= REACH_PX).then_some((distance, *it))
    });
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|it| it.1)
}

/// How far a point is from a way.
fn distance(lane: &Lane, (x, y): (f64, f64)) -> f64 {
    let ((from_x, from_y), (to_x, to_y)) = (lane.start, lane.end);
    let (dx, dy) = (to_x - from_x, to_y - from_y);
    let square = (dx * dx + dy * dy).max(1.0);
    let share = (((x - from_x) * dx + (y - from_y) * dy) / square).clamp(0.0, 1.0);
    let (near_x, near_y) = lane.at(share);
    libm::hypot(near_x - x, near_y - y)
}

/// What the inspector shows of a link.
pub(super) fn link(lab: &Lab, (from, to): (NodeId, NodeId)) -> Inspector {
    let world = lab.world();
    let faults = &world.faults;
    let late = faults.lateness(from, to);
    let state = match (faults.is_cut(from, to), late) {
        (true, _) => "cut: what is sent gets lost".to_owned(),
        (false, Span::ZERO) => "as usual".to_owned(),
        (false, late) => ["slow: ", &late.to_string(), " longer"].concat(),
    };
    let legs = world.legs.iter().flatten();
    let under_way = legs.filter(|it| it.is_in_the_air() && (it.from, it.to) == (from, to)).count();
    let rows = vec![("state", state), ("messages on it", under_way.to_string())];
    let mut parts = vec![facts("State", rows)];
    parts.extend(traffic(lab, (from, to)));
    Inspector { title: link_name(lab.plan(), (from, to)), subtitle: "link".to_owned(), parts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::view::{layout, links};

    #[test]
    fn a_finger_on_a_line_finds_it_and_beside_it_nothing() {
        let lab = Lab::new();
        let links = links(lab.scenario());
        let layout = layout(lab.scenario(), 1_000.0, 600.0);
        let mut found = 0;
        for it in &links {
            let Some(lane) = layout.lane(it.from, it.to) else { continue };
            let (x, y) = lane.at(0.5);
            let nearest = link_at(&layout, &links, x, y).expect("a line is under the finger");
            // Lines may cross there.
            found += usize::from(nearest == *it);
        }
        assert!(found * 2 > links.len(), "{found} of {}", links.len());
        assert_eq!(link_at(&layout, &links, -100.0, -100.0), None);
    }
}
