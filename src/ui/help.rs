//! The dialog that lists the keys and says how to read the stage.

use leptos::prelude::*;

use super::controls::pair;
use super::dialog::dialog;
use super::keys::KEYS;
use super::page::{Desk, Opened};

/// The dialog.
pub(super) fn help_dialog(desk: Desk) -> AnyView {
    let content = || {
        let row = |(key, meaning): &(&'static str, &'static str)| {
            pair("keys__row", view! { <kbd>{*key}</kbd> }.into_any(), (*meaning).into_any())
        };
        let keys: Vec<AnyView> = KEYS.iter().map(row).collect();
        view! {
            <p>
                "People and their screens stand on the left, and the screens can be used. Commands \
                 travel along the top, \
                 events come down on the right, and views bring the news back along the bottom. A message is under \
                 way for exactly as long as it takes in the simulated world."
            </p>
            <p>
                "Everything can be selected: a message in the air, a service, a queue, a person. \
                 The inspector shows what is known about it."
            </p>
            <h3 class="panel__heading">"Keys"</h3>
            <dl class="keys">{keys}</dl>
        }
        .into_any()
    };
    dialog("Help", desk.is_open(Opened::Help), move || desk.close(&Opened::Help), content)
}
