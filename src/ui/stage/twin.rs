//! The canvas' twin: messages in the air, and the links on which they travel, as lists: for the keyboard and for
//! screen readers.
//!
//! It follows a slow beat and neither the frames nor what a person does elsewhere, and it shows itself when the
//! keyboard is in it.

use std::sync::{Arc, Mutex};

use crate::app::view::{
    Layout, LinkView, Shape, flights, link_ends, link_name, links as all_links,
};
use crate::app::{Relation, Selection};
use crate::service::NodeId;
use crate::ui::inspector::{message_button, thing_button};
use crate::ui::live::{Live, State};
use crate::ui::page::Desk;
use crate::ui::view::{Row, View, each, el, words};

/// Messages that are listed at most.
const LISTED_MAX: usize = 30;

type Listed = (u64, Arc<str>, Shape, Option<Relation>);

/// The list.
pub(super) fn twin(desk: Desk, layout: Live<Layout>) -> View {
    let inside = State::new(false);
    let playing = desk.session.timely(|lab| lab.playback().playing);
    let listed = Mutex::new(Vec::<Listed>::new());
    let rows = Live::new(move || {
        desk.slow_beat.read();
        let layout = layout.read();
        let mut listed = listed.lock().expect("law: nobody panics while looking");
        // While the keyboard is in a moving list, it stands: nobody can press what runs away.
        if !(inside.get() && playing.get()) {
            listed.clear();
            // Copies for several readers are one message.
            let lab = desk.session.lab();
            for it in flights(&lab, &layout).into_iter().filter(|it| !it.lost) {
                if listed.len() < LISTED_MAX && listed.iter().all(|row| row.0 != it.message) {
                    let relation = lab.lineage().and_then(|lineage| lineage.relation(it.message));
                    listed.push((it.message, it.name, it.shape, relation));
                }
            }
        }
        listed.clone()
    });
    let count = words(move || match rows.read().len() {
        0 => "No message is in the air".to_owned(),
        1 => "1 message in the air".to_owned(),
        it => format!("{it} messages in the air"),
    });
    let list = move || {
        let row = |(id, name, shape, relation): Listed| {
            let words = [&name, ", ", shape.word(), standing(relation)].concat();
            Row::new([&id.to_string(), standing(relation)].concat(), move || {
                message_button(desk, id, words)
            })
        };
        rows.get().into_iter().map(row).collect()
    };
    let group = |name: &'static str| el("div").attr("role", "group").attr("aria-label", name);
    let messages = group("Messages in the air")
        .on("focusin", move |_| inside.set(true))
        .on("focusout", move |_| inside.set(false))
        .child(el("p").text(count))
        .child(el("ul").child(each(list)));
    let links = group("Links").child(el("p").text("Links")).child(links(desk));
    el("div.twin").child(messages).child(links)
}

/// All links, each by its name. The boxes stand beside the canvas themselves.
fn links(desk: Desk) -> View {
    let all = desk.session.acted(|lab| {
        let ends = |it: LinkView| link_ends(lab.plan(), it);
        let mut all: Vec<_> = all_links(lab.scenario()).into_iter().map(ends).collect();
        // All channels of one broker are reached over the same link.
        all.sort_unstable();
        all.dedup();
        let named = |it: (NodeId, NodeId)| (link_name(lab.plan(), it), it);
        all.into_iter().map(named).collect::<Vec<_>>()
    });
    let row = move |(name, (from, to)): (String, (NodeId, NodeId))| {
        Row::new(name.clone(), move || thing_button(desk, name, Selection::Link(from, to), None))
    };
    let list = move || all.get().into_iter().map(row).collect();
    el("ul").child(each(list))
}

/// How a message stands to what is selected, in words.
const fn standing(relation: Option<Relation>) -> &'static str {
    match relation {
        None => "",
        Some(Relation::Selected) => ", selected",
        Some(Relation::Cause) => ", led to what is selected",
        Some(Relation::Effect) => ", followed from what is selected",
    }
}
