//! All interactions, measured: trials with several seeds, their scorecards, and the frontier between two measures.
//!
//! It gives the trials a slice of each frame.

use super::controls::{button, select, switch};
use super::dialog::dialog;
use super::frame_loop::use_frames;
use super::live::{Live, State};
use super::page::{Desk, Opened};
use super::platform::save_file;
use super::scores::value;
use super::view::{View, dynamic, el, group, nothing, shown, when, words};
use crate::app::view::{FrontierView, LINES, PointView, ScoreView, frontier, trial_scores};
use crate::app::{Action, Field, Trials};
use crate::interaction::{PARTS, choices};
use crate::measure::Measure;

/// How long trials may take of a frame, in milliseconds.
const SLICE_MS: f64 = 6.0;
/// How many times the results are drawn while trials run.
const DRAWN: usize = 3;
/// Numbers of seeds that one can choose.
const SEEDS: [&str; 4] = ["3", "10", "30", "100"];

/// Lets trials go on in every frame, as long as there is something to do.
pub(super) fn use_trials(desk: Desk) {
    let session = desk.session;
    let running = session.timely(|lab| lab.trials().is_some_and(Trials::is_running));
    use_frames(running, Box::new(move |_| session.advance_trials(SLICE_MS)));
}

/// The dialog.
pub(super) fn trials_dialog(desk: Desk) -> View {
    let close = move || desk.close(&Opened::Trials);
    dialog("All interactions", desk.is_open(Opened::Trials), close, move || content(desk))
}

fn content(desk: Desk) -> View {
    let told = "The open scenario with its knobs as they stand, at many interactions. The same people want the same \
         things in all of them: for a minute they act, then a minute passes in which what is under way ends.";
    let count = desk.session.timely(|lab| lab.trials().map_or(0, drawn_scores));
    let there = when(move || count.get() > 0);
    group()
        .child(el("p").text(told))
        .child(controls(desk))
        .child(progress(desk))
        .child(shown(there.clone(), move || picture(desk, count)))
        .child(shown(there, move || results(desk, count)))
}

/// How many scorecards are drawn: all at the end, and now and then before it. Drawing takes longer than a frame.
fn drawn_scores(trials: &Trials) -> usize {
    let courses = trials.courses();
    let done = courses.iter().take_while(|it| !it.scores.is_empty()).count();
    let step = (courses.len() / DRAWN).max(1);
    let drawn = if trials.is_running() { done - done % step } else { courses.len() };
    courses.iter().take(drawn).map(|it| it.scores.len()).sum()
}

fn controls(desk: Desk) -> View {
    let session = desk.session;
    let seeds = State::new(SEEDS[1].to_owned());
    let parts = State::new(Vec::new());
    let running = session.timely(|lab| lab.trials().is_some_and(Trials::is_running));
    let options = SEEDS.iter().map(|it| ((*it).to_owned(), format!("{it} seeds"))).collect();
    let chosen = words(move || seeds.get());
    let said = words(move || if running.get() { "Cancel" } else { "Run" }.to_owned());
    let act = move || {
        let field = || match parts.peek().clone() {
            parts if parts.is_empty() => Field::Presets,
            parts => Field::Grid(parts),
        };
        let begin = || Action::StartTrials(field(), seeds.peek().parse().unwrap_or(1));
        desk.act(if *running.peek() { Action::StopTrials } else { begin() });
    };
    let too_many = when(move || Trials::COURSES_MAX < points(&parts.read()));
    let off = when(move || !running.get() && too_many.holds());
    group().child(varied(parts)).child(
        el("div.trials__controls")
            .child(select("field", "With", options, chosen, move |it| seeds.set(it)))
            .child(button("button button--main", None, said, Some(off), act)),
    )
}

/// How many interactions a grid has.
fn points(parts: &[&str]) -> usize {
    parts.iter().map(|it| choices(it).len()).product()
}

/// The choice of what is tried: all presets, or all choices of some parts of what stands on the stage.
fn varied(parts: State<Vec<&'static str>>) -> View {
    let said = words(move || {
        let parts = parts.read();
        match points(&parts) {
            _ if parts.is_empty() => "All that have a name are tried.".to_owned(),
            it if it > Trials::COURSES_MAX => {
                format!("That makes {it}: {} can be tried at most.", Trials::COURSES_MAX)
            }
            it => format!("{it} are tried: the present one, with all choices of these parts."),
        }
    });
    let part = |name: &'static str| {
        let turn = move |on: bool| {
            let mut chosen = (*parts.peek()).clone();
            chosen.retain(|it| *it != name);
            if on {
                chosen.push(name);
            }
            parts.set(chosen);
        };
        switch(name, when(move || parts.read().contains(&name)), turn)
    };
    el("fieldset.trials__grid")
        .child(el("legend").text("Vary"))
        .children(PARTS.map(part))
        .child(el("p.muted").attr("role", "status").text(said))
}

fn progress(desk: Desk) -> View {
    let progress = desk.session.timely(|lab| lab.trials().map_or((0, 0), Trials::progress));
    let failure = desk.session.timely(|lab| {
        lab.trials().and_then(Trials::failure).map_or_else(String::new, str::to_owned)
    });
    let said = words(move || {
        let (done, all) = progress.get();
        format!("{done} of {all} runs")
    });
    let begun = when(move || progress.get().1 > 0);
    let row = move || {
        let bar = el("progress")
            .attr("aria-label", "Runs that are over")
            .attr("max", words(move || progress.get().1.max(1).to_string()))
            .attr("value", words(move || progress.get().0.to_string()));
        el("div.trials__progress").child(bar).child(el("p").text(said.clone()))
    };
    group()
        .child(shown(begun, row))
        .child(el("p.finding__words").attr("role", "alert").text(failure))
}

/// The picture, and the choice of its measures.
fn picture(desk: Desk, count: Live<usize>) -> View {
    let across = State::new(Measure::Feedback);
    let upward = State::new(Measure::FalseClaim);
    let seen = Live::new(move || {
        count.read();
        frontier(&desk.session.lab(), across.get(), upward.get())
    });
    let missing = words(move || match &*seen.read().missing {
        [] => String::new(),
        all => format!("Without a value: {}", all.join(", ")),
    });
    group()
        .child(el("h3.panel__heading").text("The frontier: less is better, both ways"))
        .child(
            el("div.trials__controls")
                .child(measure("Upward", upward))
                .child(measure("To the right", across)),
        )
        .child(dynamic(move || drawn(desk, &seen.read(), (across.get(), upward.get()))))
        .child(el("p.muted").text(missing))
}

fn measure(label: &'static str, chosen: State<Measure>) -> View {
    let options = Measure::all().map(|it| (it.name().to_owned(), it.label().to_owned()));
    let value = words(move || chosen.get().name().to_owned());
    let act = move |name: String| {
        if let Some(it) = Measure::all().find(|it| it.name() == name) {
            chosen.set(it);
        }
    };
    select("field", label, options.collect(), value, act)
}

fn drawn(desk: Desk, it: &FrontierView, (across, upward): (Measure, Measure)) -> View {
    let [right, top] = &it.ends;
    let lines = it.points.iter().filter_map(|it| Some(leader(it, it.line?)));
    let leaders = el("svg.frontier__leaders")
        .attr("viewBox", "0 0 100 100")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .children(lines);
    let points = it.points.iter().map(|it| point(desk, it));
    let named = it.points.iter().filter_map(|it| Some((it, it.line?)));
    let names = named.map(|(it, line)| el("li").child(name(desk, it, line)));
    let plane =
        el("div.frontier__plane").child(leaders).children(points).child(el("ul").children(names));
    el("figure.frontier")
        .attr("aria-label", format!("{} against {}", upward.label(), across.label()))
        .child(el("figcaption.frontier__top").text(format!("{} ↑ up to {top}", upward.label())))
        .child(plane)
        .child(el("p.frontier__right").text(format!("{} → up to {right}", across.label())))
}

fn percent(share: f64) -> String {
    [&(share * 100.0).to_string(), "%"].concat()
}

/// The middle of a line, from the top, 0 to 1.
fn line_at(line: usize) -> f64 {
    (line as f64 + 0.5) / LINES as f64
}

/// A point. Where its name is not written, it is the button itself.
fn point(desk: Desk, it: &PointView) -> View {
    let class =
        if it.is_best { "frontier__point frontier__point--best" } else { "frontier__point" };
    let point = if it.line.is_some() {
        el("span").attr("class", class).attr("aria-hidden", "true")
    } else {
        let label = it.label.to_string();
        el("button")
            .attr("type", "button")
            .attr("class", class)
            .attr("aria-label", label.clone())
            .attr("title", label)
            .on_click(open(desk, it))
    };
    point.style("left", percent(it.x)).style("bottom", percent(it.y))
}

/// Opens the world of a point.
fn open(desk: Desk, it: &PointView) -> impl Fn() + 'static {
    let interaction = it.interaction;
    move || {
        desk.opened.set(None);
        if let Some(interaction) = interaction {
            desk.act(Action::ChooseEverywhere(interaction));
        }
    }
}

/// The thin line from a point to its name.
fn leader(it: &PointView, line: usize) -> View {
    let aside = if it.leftward { -0.02 } else { 0.02 };
    let all = [it.x, 1.0 - it.y, it.x + aside, line_at(line)].map(|it| (it * 100.0).to_string());
    let [from_x, from_y, to_x, to_y] = &all;
    el("path").attr("d", ["M", from_x, " ", from_y, "L", to_x, " ", to_y].concat())
}

/// A name: a button that opens its world.
fn name(desk: Desk, it: &PointView, line: usize) -> View {
    let side = if it.leftward { "right" } else { "left" };
    let share = if it.leftward { 1.0 - it.x } else { it.x };
    button("frontier__name", None, it.label.to_string(), None, open(desk, it))
        .style("top", percent(line_at(line)))
        .style(side, percent(share + 0.025))
        .style("max-width", percent(1.0 - share - 0.025))
}

/// The scorecards as a table, and files of them.
fn results(desk: Desk, count: Live<usize>) -> View {
    let all = Live::new(move || {
        count.read();
        trial_scores(&desk.session.lab())
    });
    let save = |words: &'static str,
                name: &'static str,
                kind: &'static str,
                text: fn(&Trials) -> String| {
        let act = move || {
            let text = desk.session.lab().trials().map(text);
            if !text.is_some_and(|it| save_file(name, kind, &it)) {
                desk.note.set(format!("{name} could not be saved"));
            }
        };
        button("button", None, words, None, act)
    };
    group()
        .child(el("h3.panel__heading").text("The scorecards"))
        .child(dynamic(move || table(&all.read())))
        .child(
            el("p.dialog__actions")
                .child(save("Save as CSV", "scores.csv", "text/csv", Trials::csv))
                .child(save("Save as JSON", "scores.json", "application/json", Trials::json)),
        )
}

/// A row for each scorecard. It is wider than most screens and scrolls by itself.
fn table(all: &[ScoreView]) -> View {
    let column = |it: Measure| {
        let unit = el("span.muted").text(it.unit().name());
        el("th").attr("scope", "col").attr("title", it.meaning()).text(it.label()).child(unit)
    };
    let head = el("tr").child(el("td")).children(Measure::all().map(column));
    let row = |it: &ScoreView| {
        let name = el("th").attr("scope", "row").text(it.title.clone());
        el("tr").child(name).children(it.figures.iter().map(value))
    };
    let table = el("table.table").child(el("thead").child(head));
    el("div.wide")
        .attr("role", "region")
        .attr("aria-label", "The scorecards")
        .attr("tabindex", "0")
        .child(if all.is_empty() {
            nothing()
        } else {
            table.child(el("tbody").children(all.iter().map(row)))
        })
}
