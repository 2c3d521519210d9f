//! Playing, pausing, stepping, speed and seed.

use leptos::prelude::*;

use super::icon::{Icon, icon};
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
    let toggle = move || if playing.get() { "Pause" } else { "Play" };
    view! {
        <section class="transport" aria-label="Transport">
            {scrubber(desk)}
            <div class="transport__row">
                <div class="transport__play">
                    <button
                        type="button"
                        class="button button--main"
                        aria-label=toggle
                        disabled=halted
                        on:click=move |_| desk.act(Action::TogglePlay)
                    >
                        {move || icon(if playing.get() { Icon::Pause } else { Icon::Play })}
                        <span class="button__words">{toggle}</span>
                    </button>
                    {step(desk, "Step back", Icon::StepBack, Action::StepBack, at_start)}
                    {step(desk, "Step", Icon::Step, Action::Step, ended)}
                </div>
                <output class="transport__now" aria-label="Virtual time">{now}</output>
                {speeds(desk)}
                {move || (!desk.narrow.get()).then(|| run_settings(desk))}
            </div>
            {halt_note(desk)}
        </section>
    }
    .into_any()
}

fn step(desk: Desk, words: &'static str, sign: Icon, action: Action, off: Memo<bool>) -> AnyView {
    view! {
        <button
            type="button"
            class="button"
            aria-label=words
            title=words
            disabled=off
            on:click=move |_| desk.act(action.clone())
        >
            {icon(sign)}
            <span class="button__words">{words}</span>
        </button>
    }
    .into_any()
}

/// A speed as people say it: `1/20×` rather than `0.05×`.
fn speed_words(speed: f64) -> String {
    if speed < 1.0 { format!("1/{}×", (1.0 / speed).round()) } else { format!("{speed}×") }
}

fn speeds(desk: Desk) -> AnyView {
    let speed = desk.session.timely(|lab| lab.playback().speed);
    let choose = move |index: String| {
        if let Some(speed) = index.parse().ok().and_then(|it: usize| SPEEDS.get(it)) {
            desk.act(Action::SetSpeed(*speed));
        }
    };
    // Written, never computed: equal numbers are equal.
    let present = move || SPEEDS.iter().position(|it| speed.get().total_cmp(it).is_eq());
    let options = SPEEDS.iter().enumerate().map(|(index, it)| {
        view! { <option value=index selected=move || present() == Some(index)>{speed_words(*it)}</option> }
    });
    view! {
        <label class="field">
            <span class="field__label">"Speed"</span>
            <select
                prop:value=move || present().map_or_else(String::new, |it| it.to_string())
                on:change:target=move |ev| choose(ev.target().value())
            >
                {options.collect_view()}
            </select>
        </label>
    }
    .into_any()
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
    view! {
        <div class="run">
            <label class="field">
                <span class="field__label">"Seed"</span>
                <input
                    class="run__seed"
                    type="number"
                    min="0"
                    step="1"
                    prop:value=move || seed.get().to_string()
                    on:change:target=move |ev| start(ev.target().value().parse().ok())
                />
            </label>
            <button
                type="button"
                class="button"
                title="Starts again with the same seed"
                on:click=move |_| start(Some(seed.get_untracked()))
            >
                {icon(Icon::Restart)}
                <span>"Restart"</span>
            </button>
            <button
                type="button"
                class="button"
                title="Starts again with the next seed: other luck"
                on:click=move |_| start(Some(seed.get_untracked().wrapping_add(1)))
            >
                "Another seed"
            </button>
            <label class="switch">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=habits
                    on:change:target=move |ev| desk.act(Action::Habits(ev.target().checked()))
                />
                <span>"People act by themselves"</span>
            </label>
        </div>
    }
    .into_any()
}

/// Why nothing goes on, when nothing does.
fn halt_note(desk: Desk) -> AnyView {
    let words = desk.session.view(|lab| {
        let engine = lab.run().engine();
        match engine.halt() {
            Some(halt) => Some(halt_words(halt)),
            None if engine.next_time().is_none() => {
                Some("Nothing is under way any more. Act on a screen, or start again.".to_owned())
            }
            None => None,
        }
    });
    view! {
        {move || {
            words.get().map(|it| view! { <p class="transport__note" role="status">{icon(Icon::Warning)}{it}</p> })
        }}
    }
    .into_any()
}
