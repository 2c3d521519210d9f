//! The field that finds what has happened, and what it has found.

use gloo_timers::callback::Timeout;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::inspector::thing_button;
use super::live::Live;
use super::page::Desk;
use super::panel::Tab;
use super::view::{Row, View, dynamic, each, el, group, nothing, words};
use crate::app::{Action, Hit, Lab};
use crate::base::limits::SEARCH_HITS_MAX;

/// Names the field, so that a key can find it.
const FIELD: &str = "search";

/// The field and its hits, the latest first.
pub(super) fn search(desk: Desk) -> View {
    let found = Live::new(move || {
        desk.beat.read();
        desk.session.track_acts();
        look(&desk.session.lab())
    });
    let text = words(move || {
        desk.session.track_acts();
        desk.session.lab().search().map_or_else(String::new, |it| it.text().to_owned())
    });
    let field = el("input.search__field")
        .attr("type", "search")
        .attr("id", FIELD)
        .attr("autocomplete", "off")
        .attr("placeholder", "lost, Ana, OrderAccepted, mug …")
        .value(text)
        .on_value("input", move |text| desk.act(Action::Search(text)));
    let count = move || match &*found.read() {
        None => nothing(),
        Some((hits, count)) => {
            el("p.muted").attr("role", "status").text(count_words(hits.len(), *count))
        }
    };
    let rows = move || match &*found.read() {
        Some((hits, _)) => hits.iter().enumerate().map(|it| row(desk, it)).collect(),
        None => Vec::new(),
    };
    let label = el("label.search")
        .child(el("span.field__label").text("Find what has happened"))
        .child(field);
    group()
        .child(label)
        .child(dynamic(count))
        .child(el("ul.messages.search__hits").child(each(rows)))
}

fn look(lab: &Lab) -> Option<(Vec<Hit>, u64)> {
    lab.search().map(|it| it.hits(lab))
}

fn row(desk: Desk, (index, it): (usize, &Hit)) -> Row {
    let Hit { at, words, select } = it.clone();
    let key = [&index.to_string(), " ", &at.as_micros().to_string(), " ", &words].concat();
    Row::new(key, move || thing_button(desk, words, select, Some(at)))
}

fn count_words(shown: usize, count: u64) -> String {
    match count {
        0 => {
            "Nothing found. Words are a kind (lost, refuses, crash), a name, or a value.".to_owned()
        }
        1 => "1 found".to_owned(),
        _ if shown as u64 == count => format!("{count} found, the latest first"),
        _ => format!("{count} found; these are the latest {SEARCH_HITS_MAX} (SEARCH_HITS_MAX)"),
    }
}

/// Shows the field and gives it the focus.
pub(super) fn go_to_search(desk: Desk) {
    desk.tab.set(Tab::Inspector);
    desk.sheet.set(true);
    // When it stands on the page.
    let focus = || {
        let field = document().get_element_by_id(FIELD);
        if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // It can only fail on elements that take no focus.
            let _ = field.focus();
        }
    };
    Timeout::new(0, focus).forget();
}
