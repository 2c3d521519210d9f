//! The scorecard: what the interactions of the running world do to its people, and the way to compare.

use super::compare::comparison;
use super::controls::{button, pair};
use super::icon::{Icon, icon};
use super::live::Live;
use super::page::{Desk, Opened};
use super::view::{Row, View, each, el, group, nothing, shown, when};
use crate::app::view::{FigureView, ScoreView, live_scores, rival_score};
use crate::measure::Measure;

/// A scorecard, and that of the rival run beside it.
type Pair = (ScoreView, Option<(String, ScoreView)>);

/// The panel's tab.
pub(super) fn scores_panel(desk: Desk) -> View {
    let all = Live::new(move || {
        desk.beat.read();
        let lab = desk.session.lab();
        let all = live_scores(&lab).into_iter().filter(|it| it.intents > 0);
        all.map(|it| (rival_score(&lab, it.client), it)).map(|(a, b)| (b, a)).collect::<Vec<Pair>>()
    });
    let none = when(move || all.read().is_empty());
    let row = |it: Pair| Row::new(format!("{it:?}"), move || card(it));
    let open = move || desk.opened.set(Some(Opened::Trials));
    group()
        .child(el("h2.panel__title").text("What it does to people"))
        .child(button("button", None, "All interactions", None, open))
        .child(comparison(desk))
        .child(shown(none, || el("p").text("Nobody has wished for anything yet. Act on a screen.")))
        .child(each(move || all.get().into_iter().map(row).collect()))
        .child(definitions())
}

/// One scorecard. A row of the list has one element.
fn card((it, rival): Pair) -> View {
    let heading = if rival.is_some() { ["Here: ", &it.title].concat() } else { it.title };
    let count = |it: u64| if it == 1 { "1 wish".to_owned() } else { format!("{it} wishes") };
    let head = rival.as_ref().map_or_else(nothing, |(name, there)| {
        let column = |words: String| el("th").attr("scope", "col").text(words);
        let row = el("tr").child(el("td")).child(column("Here".to_owned()));
        el("thead").child(row.child(column(format!("{name}, {}", count(there.intents)))))
    });
    let there = rival.map(|it| it.1.figures);
    let row = |(place, it): (usize, FigureView)| {
        let beside = there.as_ref().map_or_else(nothing, |all| value(&all[place]));
        let unit = el("span.muted").text([", ", it.measure.unit().name()].concat());
        let name = el("th").attr("scope", "row").text(it.measure.label()).child(unit);
        el("tr").child(name).child(value(&it)).child(beside)
    };
    let body = el("tbody").children(it.figures.into_iter().enumerate().map(row));
    el("section.score")
        .child(el("h3.panel__heading").text(heading))
        .child(el("p.muted").text(count(it.intents)))
        .child(el("table.table").child(head).child(body))
}

/// A figure in a table. What should not have happened has a sign.
pub(super) fn value(it: &FigureView) -> View {
    if it.is_harm {
        let sign = el("span.hidden").text(", should be zero");
        return el("td.score__harm").child(icon(Icon::Warning)).text(it.words.clone()).child(sign);
    }
    el("td").text(it.words.clone())
}

fn definitions() -> View {
    let row =
        |it: Measure| pair("score__meaning", group().text(it.label()), group().text(it.meaning()));
    el("details")
        .child(el("summary").text("What is measured"))
        .child(el("dl").children(Measure::all().map(row)))
}
