//! Branches: a small picture of the tree below the stage, and a dialog that lists them by name.
//!
//! Both show themselves only when there is more than one, so that who never goes back never meets them.

use super::controls::button;
use super::dialog::dialog;
use super::icon::{Icon, icon};
use super::live::Live;
use super::page::{Desk, Opened};
use super::view::{Row, View, dynamic, each, el, group, nothing, shown, when, words};
use crate::app::view::{BranchView, branch_outlines, branches};
use crate::app::{Action, Difference};
use crate::history::BranchId;

type All = Live<Vec<BranchView>>;

/// How high a row of the tree is drawn, in pixels.
const ROW_PX: usize = 8;

/// The strip above the transport.
pub(super) fn branch_strip(desk: Desk) -> View {
    let all = known(desk);
    let several = when(move || all.read().len() > 1);
    let objection = desk.session.view(|lab| lab.objection().map(str::to_owned));
    let said = move || match objection.get() {
        Some(why) => el("p.transport__note").child(icon(Icon::Warning)).text(why),
        None => nothing(),
    };
    group()
        .child(shown(several, move || strip(desk, all)))
        .child(el("div").attr("role", "status").child(dynamic(said)))
}

/// All branches. How far the one on the stage is known follows the beat, not the frames.
fn known(desk: Desk) -> All {
    Live::new(move || {
        desk.beat.read();
        desk.session.track_acts();
        branches(&desk.session.lab())
    })
}

fn strip(desk: Desk, all: All) -> View {
    let played = move || all.read().iter().find(|it| it.played).map(|it| it.name.clone());
    let name = words(move || {
        let count = all.read().len();
        [&count.to_string(), " branches: ", &played().unwrap_or_default()].concat()
    });
    let open = move || desk.opened.set(Some(Opened::Branches));
    let outlines = Live::new(move || branch_outlines(&all.read()));
    let rows = move || all.read().len();
    let tree = el("svg.branches__tree")
        .attr("aria-hidden", "true")
        .attr("preserveAspectRatio", "none")
        .attr("viewBox", words(move || ["0 0 100 ", &(rows() * 10).to_string()].concat()))
        .style("block-size", words(move || [&(rows() * ROW_PX).to_string(), "px"].concat()))
        .child(el("path").attr("d", words(move || outlines.read().0.clone())))
        .child(el("path.branches__played").attr("d", words(move || outlines.read().1.clone())));
    el("div.branches")
        .child(button("button button--plain branches__name", None, name, None, open))
        .child(el("div.branches__picture").child(tree).on_click(open))
}

/// Goes to the branch after the one on the stage, or before it.
pub(super) fn go_to_next(desk: Desk, on: bool) {
    let all = branches(&desk.session.lab());
    let Some(here) = all.iter().position(|it| it.played) else { return };
    let there = if on { here + 1 } else { here + all.len() - 1 } % all.len();
    desk.act(Action::SwitchBranch(all[there].id));
}

/// The list.
pub(super) fn branches_dialog(desk: Desk) -> View {
    let content = move || {
        let all = known(desk);
        let row = move |it: BranchView| Row::new(it.id.to_string(), move || item(desk, all, it.id));
        group()
            .child(el("p").text(
                "Acting in the past begins a branch: what was done after that instant stays in the old one.",
            ))
            .child(el("ul.branches__list").child(each(move || all.get().into_iter().map(row).collect())))
    };
    let close = move || desk.close(&Opened::Branches);
    dialog("Branches", desk.is_open(Opened::Branches), close, content)
}

/// A branch: its name, where it comes from, and what can be done with it.
fn item(desk: Desk, all: All, id: BranchId) -> View {
    let look = move || all.read().iter().find(|it| it.id == id).cloned();
    let is = move |holds: fn(&BranchView) -> bool| when(move || look().as_ref().is_some_and(holds));
    let name = words(move || look().map_or_else(String::new, |it| it.name));
    let origin = words(move || look().map_or_else(String::new, |it| origin(&it, &all.read())));
    let call = move |words: &str| {
        let name = look().map_or_else(String::new, |it| it.name);
        [words, " ", &name].concat()
    };
    let named = move |act: &'static str| words(move || call(act));
    let field = el("input.branches__field")
        .attr("type", "text")
        .attr("maxlength", "64")
        .attr("aria-label", named("Name of"))
        .value(name)
        .on_value("change", move |it| desk.act(Action::RenameBranch(id, it)));
    let act = move |class, say: &'static str, off, action: fn(BranchId) -> Action| {
        let press = move || desk.act(action(id));
        button(class, None, say, Some(off), press).attr("aria-label", named(say))
    };
    let compare = move || {
        let beside = look().is_some_and(|it| it.beside);
        desk.act(Action::Compare((!beside).then_some(Difference::Branch(id))));
    };
    let say = words(move || {
        let beside = look().is_some_and(|it| it.beside);
        if beside { "Compare no more" } else { "Compare" }.to_owned()
    });
    let fork = move || {
        if let Some(it) = look() {
            desk.act(Action::SwitchBranch(id));
            desk.act(Action::Seek(it.fork));
        }
    };
    let is_first = is(|it| it.parent.is_none());
    let buttons = el("div.branches__buttons")
        .child(act("button", "Show", is(|it| it.played), Action::SwitchBranch))
        .child(button("button", None, say.clone(), Some(is(|it| it.played)), compare).attr(
            "aria-label",
            words(move || {
                let beside = look().is_some_and(|it| it.beside);
                call(if beside { "Compare no more with" } else { "Compare with" })
            }),
        ))
        .child(
            button("button", None, "Go to the fork", Some(is_first.clone()), fork)
                .attr("aria-label", named("Go to the fork of")),
        )
        .child(act("button button--danger", "Delete", is_first, Action::DeleteBranch));
    let class = words(move || {
        let played = look().is_some_and(|it| it.played);
        if played { "branches__item branches__item--played" } else { "branches__item" }.to_owned()
    });
    el("li").attr("class", class).child(field).child(el("p.muted").text(origin)).child(buttons)
}

/// Where a branch comes from, and whether one looks at it.
fn origin(it: &BranchView, all: &[BranchView]) -> String {
    let from = it.parent.and_then(|above| all.get(above)).map_or_else(
        || "From the start".to_owned(),
        |above| format!("Left “{}” at {}", above.name, it.fork),
    );
    let shown = match (it.played, it.beside) {
        (true, _) => " · on the stage",
        (_, true) => " · beside it",
        _ => "",
    };
    [&from, " · known up to ", &it.until.to_string(), shown].concat()
}
