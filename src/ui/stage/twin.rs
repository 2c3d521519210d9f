//! The canvas' twin: messages in the air, and the links on which they travel, as lists: for the keyboard and for
//! screen readers.
//!
//! It follows the beat and not the frames, and it shows itself when the keyboard is in it.

use std::sync::{Arc, Mutex};

use crate::app::view::{
    Flight, Layout, LinkView, Shape, flights, link_ends, link_name, links as all_links,
};
use crate::app::{Action, Lab, Relation, Selection};
use crate::service::NodeId;
use crate::ui::inspector::thing_button;
use crate::ui::live::{Live, State};
use crate::ui::page::Desk;
use crate::ui::view::{Row, View, each, el, words};

/// Messages that are listed at most.
const LISTED_MAX: usize = 30;

/// A message in the list.
#[derive(Clone, PartialEq)]
struct Listed {
    message: u64,
    name: Arc<str>,
    shape: Shape,
    relation: Option<Relation>,
}

/// What is in the air: how many messages, and the first of them.
#[derive(Clone, Default, PartialEq)]
struct Told {
    count: usize,
    listed: Vec<Listed>,
}

/// The list.
pub(super) fn twin(desk: Desk, layout: Live<Layout>) -> View {
    let inside = State::new(false);
    let playing = desk.session.timely(|lab| lab.playback().playing);
    let standing = Mutex::new(Told::default());
    let told = Live::new(move || {
        desk.beat.read();
        let layout = layout.read();
        let mut told = standing.lock().expect("law: nobody panics while looking");
        // While the keyboard is in a moving list, it stands: nobody can press what runs away.
        if !(inside.get() && playing.get()) {
            *told = tell(&desk.session.lab(), &layout);
        }
        told.clone()
    });
    let count = words(move || {
        let Told { count, listed } = &*told.read();
        let more = match count - listed.len() {
            0 => String::new(),
            more => format!("; {more} of them are not in the list"),
        };
        match count {
            0 => "No message is in the air".to_owned(),
            1 => "1 message in the air".to_owned(),
            it => format!("{it} messages in the air{more}"),
        }
    });
    // A row stays while others come and go: it says another thing.
    let row = move |index: usize| {
        let words = words(move || told.read().listed.get(index).map(sentence).unwrap_or_default());
        let go = move || {
            if let Some(it) = told.peek().listed.get(index) {
                desk.act(Action::Select(Some(Selection::Message(it.message))));
            }
        };
        let button = el("button.messages__row").attr("type", "button").on_click(go);
        el("li.thing").child(button.child(el("span").text(words)))
    };
    let row = move |index: usize| Row::new(index.to_string(), move || row(index));
    let list = move || (0..told.read().listed.len()).map(row).collect();
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
        let mut all: Vec<(String, (NodeId, NodeId))> = Vec::new();
        for it in all_links(lab.scenario()).into_iter().map(ends) {
            // All channels of one broker are reached over the same link.
            if all.iter().all(|known| known.1 != it) {
                all.push((link_name(lab.plan(), it), it));
            }
        }
        all
    });
    let row = move |(name, (from, to)): (String, (NodeId, NodeId))| {
        Row::new(name.clone(), move || thing_button(desk, name, Selection::Link(from, to), None))
    };
    let list = move || all.get().into_iter().map(row).collect();
    el("ul").child(each(list))
}

/// Looks at what is in the air. Copies for several readers are one message.
fn tell(lab: &Lab, layout: &Layout) -> Told {
    let mut all = flights(lab, layout);
    all.retain(|it| !it.lost);
    let mut seen: Vec<u64> = all.iter().map(|it| it.message).collect();
    seen.sort_unstable();
    seen.dedup();
    let mut told = Told { count: seen.len(), listed: Vec::new() };
    for it in all {
        if told.listed.len() < LISTED_MAX && told.listed.iter().all(|row| row.message != it.message)
        {
            let relation = lab.lineage().and_then(|lineage| lineage.relation(it.message));
            let Flight { message, name, shape, .. } = it;
            told.listed.push(Listed { message, name, shape, relation });
        }
    }
    told
}

/// What a message is, and how it stands to what is selected.
fn sentence(it: &Listed) -> String {
    let standing = match it.relation {
        None => "",
        Some(Relation::Selected) => ", selected",
        Some(Relation::Cause) => ", led to what is selected",
        Some(Relation::Effect) => ", followed from what is selected",
    };
    [&it.name, ", ", it.shape.word(), standing].concat()
}
