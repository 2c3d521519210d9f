//! Everything about an intent: what was wished, what the screen says, what is so.

use super::inspector::{Inspector, Part, Thing, facts};
use super::lens;
use super::message::node_selection;
use super::screen::{ItemView, screen};
use super::words::{intent_name, outcome_words};
use crate::app::Lab;
use crate::world::NodeKind;

/// What the inspector shows of an intent.
pub(super) fn intent(lab: &Lab, id: u64) -> Inspector {
    let world = lab.world();
    let truth = world.truths.get(id);
    let outcome = world.truths.outcome(id).map_or("over long since", outcome_words);
    let mut rows = vec![("in truth", outcome.to_owned())];
    let mut things = Vec::new();
    if let Some(truth) = truth {
        let name = lab.plan().nodes[truth.device].name.as_str();
        if let NodeKind::Person { person, .. } = lab.plan().nodes[truth.device].kind {
            for item in screen(lab, person).items {
                let ItemView::Form(form) = item else { continue };
                if let Some(it) = form.intents.into_iter().find(|it| it.id == id) {
                    rows.insert(0, ("the screen says", it.words));
                    rows.insert(0, ("wish", it.wish));
                }
            }
            let shown = world.people[person].intents.iter().find(|it| it.id == id);
            if let Some(mark) = shown.and_then(|it| lens::of_intent(lab, it)) {
                rows.push(("so the screen is", mark.words.to_owned()));
            }
        }
        rows.push(("clicked at", truth.experience.since.to_string()));
        things.extend(
            node_selection(lab, truth.device)
                .map(|it| Thing::of(["on ", name, "'s screen"].concat(), it)),
        );
    }
    let mut parts = vec![facts("Claim and truth", rows)];
    if !things.is_empty() {
        parts.push(Part::Things { heading: "Goes with".to_owned(), things, none: "" });
    }
    Inspector { title: intent_name(lab, id), subtitle: "intent".to_owned(), parts }
}
