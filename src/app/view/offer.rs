//! What has come in from outside, for somebody who has to say yes or no: what it is, and what it would replace.

use crate::app::{Arrival, Lab, Offer, Origin};
use crate::base::Time;
use crate::language::scenario::Role;

/// Names of documents that are listed.
const NAMES_MAX: usize = 12;

/// What is shown before anything of it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferView {
    /// What it is called.
    pub title: String,
    /// What its author says of it.
    pub summary: String,
    /// What is in it.
    pub facts: Vec<(&'static str, String)>,
    /// What one should know before saying yes.
    pub notes: Vec<String>,
    /// What it would replace, in a sentence.
    pub replaces: String,
    /// The words of the yes.
    pub yes: &'static str,
}

/// What waits for a yes, if anything does.
pub fn offer(lab: &Lab) -> Option<OfferView> {
    Some(match lab.offer()? {
        Offer::Scenario(arrival) => scenario(lab, arrival),
        Offer::Documents(documents, damages) => {
            let mut names: Vec<&str> = documents.iter().map(|it| it.name.as_str()).collect();
            let more = names.len().saturating_sub(NAMES_MAX);
            names.truncate(NAMES_MAX);
            let mut list = names.join(", ");
            if more > 0 {
                list.extend([" and ", &more.to_string(), " more"]);
            }
            OfferView {
                title: count(documents.len(), "document"),
                summary: String::new(),
                facts: vec![("In it", list)],
                notes: damages.iter().map(|it| ["One is of no use. ", it].concat()).collect(),
                replaces: "They are kept beside those that are here; nothing is replaced."
                    .to_owned(),
                yes: "Keep them",
            }
        }
    })
}

fn scenario(lab: &Lab, it: &Arrival) -> OfferView {
    let scenario = &it.world.plan.scenario;
    let views = scenario.services.iter().filter(|it| it.role == Role::View).count();
    let services = scenario.services.len() - views;
    let mut parts = vec![
        count(services, "service"),
        count(views, "view"),
        count(scenario.channels.len(), "channel"),
        count(it.world.people.len(), "person"),
        count(scenario.knobs.len(), "knob"),
        count(scenario.faults.len(), "fault"),
    ];
    parts.retain(|it| !it.starts_with("0 "));
    let from = match &it.origin {
        Origin::BuiltIn(path) => ["the catalogue, ", path].concat(),
        Origin::Edited(_) => [&it.name, ", a changed copy of ", origin_of(&it.origin)].concat(),
        Origin::Own(_) => it.name.clone(),
    };
    let (deeds, at) = it.run();
    let mut facts = vec![("From", from), ("In it", parts.join(", "))];
    let bytes = scenario.source.len();
    facts.push((
        "Text",
        [&count(scenario.source.lines().count(), "line"), ", ", &size(bytes)].concat(),
    ));
    if deeds > 0 || at > Time::ZERO {
        let at = at.since(Time::ZERO).to_string();
        facts.push((
            "Run",
            [&count(deeds, "thing"), " that people did; it stands at ", &at].concat(),
        ));
    }
    let mut notes = it.notes.clone();
    if lab.is_guarded() {
        notes.push(["“", &lab.scenario().title, "” is kept nowhere: it would be lost"].concat());
    }
    OfferView {
        title: scenario.title.clone(),
        summary: scenario.summary.clone(),
        facts,
        notes,
        replaces: [
            "Nothing of it has run yet. It takes the place of “",
            &lab.scenario().title,
            if lab.is_guarded() { "”." } else { "”, which is not lost." },
        ]
        .concat(),
        yes: "Open it",
    }
}

fn origin_of(origin: &Origin) -> &str {
    match origin {
        Origin::Edited(_) => origin.copied_from().unwrap_or("another scenario"),
        Origin::BuiltIn(path) => path,
        Origin::Own(name) => name,
    }
}

/// So many of something.
pub fn count(number: usize, of: &str) -> String {
    let many = match (number, of) {
        (1, _) => of,
        (_, "person") => "people",
        _ => return [&number.to_string(), " ", of, "s"].concat(),
    };
    [&number.to_string(), " ", many].concat()
}

/// A size, as people read it.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => count(bytes, "byte"),
        1_000..1_000_000 => [&bytes.div_ceil(1_000).to_string(), " kB"].concat(),
        _ => [&bytes.div_ceil(1_000_000).to_string(), " MB"].concat(),
    }
}
