//! The timeline as tables.

use super::Line;
use crate::app::Action;
use crate::app::view::timeline::{FigureRow, Happening, figures, happenings};
use crate::base::Time;
use crate::ui::live::Live;
use crate::ui::view::{View, dynamic, el, group, nothing};

/// What is told: figures, happenings, and how many more of those there are.
type Told = (Vec<FigureRow>, Vec<Happening>, usize);

/// Quantities, and what happens in sight.
pub(super) fn tables(line: Line) -> View {
    let told: Live<Told> = Live::new(move || {
        line.desk.beat.read();
        let lab = line.desk.session.lab();
        let axis = line.window.get().axis(&lab, line.width.get());
        let brush = line.brush.get();
        let span = brush.unwrap_or_else(|| {
            let (from, to) = axis.edges();
            (from, to.min(lab.run().furthest()))
        });
        let (all, more) = happenings(&lab, span);
        (figures(&lab, &axis, brush), all, more)
    });
    let content = move || {
        let (figures, all, more) = &*told.read();
        group().child(quantities(figures)).child(told_in_words(line, all, *more))
    };
    el("div.timeline__tables.wide")
        .attr("role", "region")
        .attr("aria-label", "The timeline as tables")
        .attr("tabindex", "0")
        .child(dynamic(content))
}

fn head(names: &[&'static str]) -> View {
    let cell = |it: &&'static str| el("th").attr("scope", "col").text(*it);
    el("thead").child(el("tr").children(names.iter().map(cell)))
}

fn quantities(all: &[FigureRow]) -> View {
    let row = |it: &FigureRow| {
        let name = el("th").attr("scope", "row").text(format!("{}, {}", it.name, it.what));
        let figures = [&it.figures.now, &it.figures.mean, &it.figures.peak];
        el("tr").child(name).children(figures.map(|it| el("td").text(it.clone())))
    };
    el("table.table")
        .attr("aria-label", "Quantities")
        .child(head(&["Quantity", "at the playhead", "mean", "highest"]))
        .child(el("tbody").children(all.iter().map(row)))
}

fn told_in_words(line: Line, all: &[Happening], more: usize) -> View {
    let row = |it: &Happening| {
        let (at, selection) = (it.at, it.selection.clone());
        let act = move || {
            line.desk.act(Action::Seek(at));
            if selection.is_some() {
                line.desk.act(Action::Select(selection.clone()));
            }
        };
        let go =
            el("button.timeline__go").attr("type", "button").on_click(act).text(it.words.clone());
        el("tr").child(el("th").attr("scope", "row").text(time_words(at))).child(el("td").child(go))
    };
    let rest = match more {
        0 => nothing(),
        more => el("p.muted").text(format!("{more} more begin in sight: zoom in to read them.")),
    };
    let table = el("table.table.timeline__told")
        .attr("aria-label", "What begins in sight")
        .child(head(&["At", "What"]))
        .child(el("tbody").children(all.iter().map(row)));
    group().child(table).child(rest)
}

fn time_words(at: Time) -> String {
    at.to_string()
}
