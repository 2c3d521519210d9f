//! The dialog that lists the keys and says how to read the stage.

use super::controls::pair;
use super::dialog::dialog;
use super::keys::KEYS;
use super::page::{Desk, Opened};
use super::view::{View, el, group};

/// The dialog.
pub(super) fn help_dialog(desk: Desk) -> View {
    let content = || {
        let row = |(key, meaning): &(&'static str, &'static str)| {
            pair("keys__row", el("kbd").text(*key), group().text(*meaning))
        };
        group()
            .child(el("p").text(
                "People and their screens stand on the left, and the screens can be used. Commands \
                 travel along the top, events come down on the right, and views bring the news back \
                 along the bottom. A message is under way for exactly as long as it takes in the \
                 simulated world.",
            ))
            .child(el("p").text(
                "Everything can be selected: a message in the air, a service, a queue, a person. \
                 The inspector shows what is known about it.",
            ))
            .child(el("h3.panel__heading").text("Keys"))
            .child(el("dl.keys").children(KEYS.iter().map(row)))
    };
    dialog("Help", desk.is_open(Opened::Help), move || desk.close(&Opened::Help), content)
}
