//! Playing, pausing, stepping, speed and seed.

use leptos::prelude::*;

use super::controls::{button, select, switch};
use super::icon::{Icon, icon};
use super::leaf::{dynamic, nothing, on_value, shown, when, words};
use super::page::Desk;
use super::scrubber::scrubber;
use crate::app::view::halt_words;
use crate::app::{Action, SPEEDS};

/// The strip below the stage.
pub(super) fn transport(desk: Desk) -> AnyView {
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
        button("button button--main", Some(sign), words, Some(halted), move || {
            desk.act(Action::TogglePlay)
        })
    };
    let step = |sign, words, off, action: fn() -> Action| {
        button("button button--sign", Some(sign), words, Some(off), move || desk.act(action()))
    };
    view! {
        <section class="transport" aria-label="Transport">
            {scrubber(desk)}
            <div class="transport__row">
                <div class="transport__play">
                    {dynamic(toggle)}
                    {step(Icon::StepBack, "Step back", at_start, || Action::StepBack)}
                    {step(Icon::Step, "Step", ended, || Action::Step)}
                </div>
                <output class="transport__now" aria-label="Virtual time">{now}</output>
                {speeds(desk)}
                {shown(when(move || !narrow.get()), move || run_settings(desk))}
            </div>
            {halt_note(desk)}
        </section>
    }
    .into_any()
}

/// A speed as people say it: `1/20×` rather than `0.05×`.
fn speed_words(speed: f64) -> String {
    if speed < 1.0 { format!("1/{}×", (1.0 / speed).round()) } else { format!("{speed}×") }
}

fn speeds(desk: Desk) -> AnyView {
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
pub(super) fn run_settings(desk: Desk) -> AnyView {
    let session = desk.session;
    let seed = session.view(|lab| lab.world().seed);
    let habits = session.view(|lab| lab.world().habits_on);
    let start = move |seed: Option<u64>| {
        if let Some(seed) = seed {
            desk.act(Action::Restart(seed));
        }
    };
    let again = move || start(Some(seed.get_untracked()));
    let other = move || start(Some(seed.get_untracked().wrapping_add(1)));
    view! {
        <div class="run">
            <label class="field">
                <span class="field__label">"Seed"</span>
                <input
                    class="run__seed"
                    type="number"
                    min="0"
                    step="1"
                    prop:value=words(move || seed.get().to_string())
                    on:change=on_value(move |it| start(it.parse().ok()))
                />
            </label>
            {button("button", Some(Icon::Restart), "Restart", None, again)}
            {button("button", None, "Another seed", None, other)}
            {switch("People act by themselves", habits, move |on| desk.act(Action::Habits(on)))}
        </div>
    }
    .into_any()
}

/// Why nothing goes on, when nothing does.
fn halt_note(desk: Desk) -> AnyView {
    let note = desk.session.view(|lab| {
        let engine = lab.run().engine();
        match engine.halt() {
            Some(halt) => Some(halt_words(halt)),
            None if engine.next_time().is_none() => {
                Some("Nothing is under way any more. Act on a screen, or start again.".to_owned())
            }
            None => None,
        }
    });
    dynamic(move || match note.get() {
        Some(words) => {
            let sign = icon(Icon::Warning);
            view! { <p class="transport__note" role="status">{sign}{words}</p> }.into_any()
        }
        None => nothing(),
    })
}
