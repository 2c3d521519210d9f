//! Playing, pausing, stepping, speed and seed.

use super::branches::branch_strip;
use super::controls::{button, select, switch};
use super::icon::{Icon, icon};
use super::live::Live;
use super::page::{Desk, Opened};
use super::timeline::timeline;
use super::until::until_note;
use super::view::{View, dynamic, el, nothing, shown, when, words};
use crate::app::view::halt;
use crate::app::{Action, SPEEDS};
use crate::world::Input;

/// The strip below the stage.
pub(super) fn transport(desk: Desk) -> View {
    let session = desk.session;
    let playing = session.timely(|lab| lab.playback().playing);
    let at_start = session.view(|lab| lab.run().engine().steps() == 0);
    let ended = session.view(|lab| lab.run().engine().next_time().is_none());
    let halted = session.view(|lab| lab.run().engine().halt().is_some());
    let now = session.timely(|lab| lab.run().now().to_string());
    let narrow = desk.narrow;
    let toggle = move || {
        let (sign, words) =
            if playing.get() { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
        let act = move || desk.act(Action::TogglePlay);
        button("button button--main", Some(sign), words, Some(halted.into()), act)
    };
    let step = |sign, words: &'static str, off: Live<bool>, action: fn() -> Action| {
        let act = move || desk.act(action());
        button("button button--sign", Some(sign), words, Some(off.into()), act)
    };
    let play = el("div.transport__play")
        .child(dynamic(toggle))
        .child(step(Icon::StepBack, "Step back", at_start, || Action::StepBack))
        .child(step(Icon::Step, "Step", ended, || Action::Step));
    let (line, tools) = timeline(desk);
    let open_until = move || desk.opened.set(Some(Opened::Until));
    let until = button(
        "button button--sign",
        Some(Icon::Until),
        "Run until…",
        Some(halted.into()),
        open_until,
    );
    let row = el("div.transport__row")
        .child(play)
        .child(el("output.transport__now").attr("aria-label", "Virtual time").text(now))
        .child(speeds(desk))
        .child(until)
        .child(tools)
        .child(shown(when(move || !narrow.get()), move || run_settings(desk)));
    el("section.transport")
        .attr("aria-label", "Transport")
        .child(branch_strip(desk))
        .child(line)
        .child(row)
        .child(until_note(desk))
        .child(halt_note(desk))
        .child(way_note(desk))
}

/// A speed as people say it: `1/20×` rather than `0.05×`.
fn speed_words(speed: f64) -> String {
    if speed < 1.0 { format!("1/{}×", (1.0 / speed).round()) } else { format!("{speed}×") }
}

fn speeds(desk: Desk) -> View {
    // Written, never computed: equal numbers are equal.
    let present = desk.session.timely(|lab| {
        let speed = lab.playback().speed;
        SPEEDS.iter().position(|it| speed.total_cmp(it).is_eq()).unwrap_or_default().to_string()
    });
    let choose = move |index: String| {
        if let Some(speed) = index.parse().ok().and_then(|it: usize| SPEEDS.get(it)) {
            desk.act(Action::SetSpeed(*speed));
        }
    };
    let options =
        SPEEDS.iter().enumerate().map(|(index, it)| (index.to_string(), speed_words(*it)));
    select("field", "Speed", options.collect(), present, choose)
}

/// Seed, new starts and habits: below the stage, or among the knobs of a narrow page.
pub(super) fn run_settings(desk: Desk) -> View {
    let session = desk.session;
    let seed = session.view(|lab| lab.world().seed);
    let habits = session.view(|lab| lab.world().habits_on);
    let start = move |seed: Option<u64>| {
        if let Some(seed) = seed {
            desk.act(Action::Restart(seed));
        }
    };
    let again = move || start(Some(*seed.peek()));
    let other = move || start(Some(seed.peek().wrapping_add(1)));
    let field = el("input.run__seed")
        .attr("type", "number")
        .attr("min", "0")
        .attr("step", "1")
        .value(words(move || seed.get().to_string()))
        .on_value("change", move |it| start(it.parse().ok()));
    let act = move |on| desk.act(Action::Do(Input::Habits { on }));
    el("div.run")
        .child(el("label.field").child(el("span.field__label").text("Seed")).child(field))
        .child(button("button button--sign", Some(Icon::Restart), "Restart", None, again))
        .child(button("button button--sign", Some(Icon::Dice), "Another seed", None, other))
        .child(switch("People act by themselves", habits.into(), act))
}

/// How far the playhead is on a long way, and the button that ends it. Style keeps short ways out of sight.
fn way_note(desk: Desk) -> View {
    let session = desk.session;
    let goal = session.timely(|lab| lab.goal().filter(|_| !lab.playback().playing));
    let now = session.timely(|lab| lab.run().now());
    let there = Live::new(move || goal.get().is_some());
    shown(there.into(), move || {
        let told = words(move || {
            let goal = goal.get().unwrap_or_default();
            ["On the way to ", &goal.to_string(), ", at ", &now.get().to_string()].concat()
        });
        let stop = move || desk.act(Action::Stop);
        let bar = el("progress")
            .attr("aria-label", "On the way")
            .attr("max", words(move || goal.get().unwrap_or_default().as_micros().to_string()))
            .attr("value", words(move || now.get().as_micros().to_string()));
        el("div.notice.notice--late").child(el("span").text(told)).child(bar).child(button(
            "button",
            Some(Icon::Pause),
            "Stop",
            None,
            stop,
        ))
    })
}

/// Why nothing goes on, when nothing does.
fn halt_note(desk: Desk) -> View {
    let note = desk.session.view(|lab| {
        let engine = lab.run().engine();
        match halt(lab) {
            Some(words) => Some(words),
            None if engine.next_time().is_none() => {
                Some("Nothing is under way any more. Act on a screen, or start again.".to_owned())
            }
            None => None,
        }
    });
    dynamic(move || match note.get() {
        Some(words) => {
            el("p.transport__note").attr("role", "status").child(icon(Icon::Warning)).text(words)
        }
        None => nothing(),
    })
}
